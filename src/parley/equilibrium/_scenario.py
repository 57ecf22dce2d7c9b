"""A what-if as a person writes it: TOML in, a `Policy` out; every fault with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict, get_args

from parley.equilibrium._base import CLOSURES, Closure
from parley.equilibrium._limit import DEFLATORS, Deflator
from parley.equilibrium._policy import USES, Policy, Use
from parley.errors import InputError, LabelError, ScenarioError
from parley.world import economies_of

if TYPE_CHECKING:
    from parley.equilibrium._limit import Size
    from parley.world import World

Instrument: TypeAlias = Literal[
    "duty",
    "duty_points",
    "specific_duty",
    "export_tax",
    "iceberg",
    "quota",
    "cap",
    "tariff_rate_quota",
    "ban",
]
INSTRUMENTS: tuple[Instrument, ...] = get_args(Instrument)

_TOP = ("world", "closure", "elasticities", "policy")
_ROW: tuple[str, ...] = (
    "importer",
    "exporter",
    "sector",
    "instrument",
    "setting",
    "from",
    "use",
    "rent",
)
_SIZES = ("volume_usd_mn", "value_usd_mn")
_ROW += (*_SIZES, "deflator", "in_quota", "out_of_quota")
_NEEDS_SETTING = ("duty", "duty_points", "specific_duty", "export_tax", "iceberg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a policy: who charges whom what on which goods."""

    importer: str | tuple[str, ...] | None  # codes or parties; None is everyone
    exporter: str | tuple[str, ...] | None
    sector: str | tuple[str, ...] | None
    instrument: Instrument
    setting: float | None = None  # rate, points, amount, cost factor, or share of the base flow
    volume_usd_mn: float | None = None
    value_usd_mn: float | None = None
    deflator: Deflator = "numeraire"
    in_quota: float | None = None
    out_of_quota: float | None = None
    use: Use | None = None
    rent: str | None = None
    source: str = ""  # where the setting comes from, the key `from`
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A what-if: a world by name, how it is solved, and the policy."""

    name: str
    world: str
    closure: Closure
    horizons: tuple[Literal["long", "short"], ...]
    rows: tuple[Row, ...]


def read_scenario(text: str, *, name: str) -> Scenario:
    r"""Return the scenario that the TOML document `text` describes.

    Parameters
    ----------
    name
        What messages call the document: its file name.

    Raises
    ------
    ScenarioError
        When the document is not TOML, a key is unknown, or a value is of the wrong kind; the
        line is named.

    Examples
    --------
    >>> row = '[[policy]]\nimporter = "USA"\nexporter = "CHN"\nsetting = 0.3\n'
    >>> read_scenario(row + 'instrument = "duty_points"', name="x.toml").rows[0].setting
    0.3
    """
    import tomllib

    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"{name}: not TOML: {error}") from error
    except RecursionError as error:
        raise ScenarioError(f"{name}: not a scenario: its values nest too deeply") from error
    page = _Page(text=text, name=name)
    for key in content:
        if key not in _TOP:
            raise page.fault(key, f"key {key!r} is unknown; a scenario has {', '.join(_TOP)}")
    rows = content.get("policy", [])
    if not isinstance(rows, list) or not rows:
        raise ScenarioError(f"{name}: no [[policy]] row; add one that says what changes")
    horizon = page.choice(content, "elasticities", ("both", "long", "short"), default="both")
    return Scenario(
        name=name,
        world=page.choice(content, "world", None, default="g20-2019"),
        closure=page.choice(content, "closure", CLOSURES, default="proportional"),
        horizons=("long", "short") if horizon == "both" else (horizon,),
        rows=tuple(_row(row, page, at) for at, row in enumerate(rows)),
    )


def scenario_policy(scenario: Scenario, world: World) -> Policy:
    """Return the policy of a scenario in `world`; parties such as EUU stand for their members.

    Raises
    ------
    ScenarioError
        When a row names an economy or sector that the world does not have, or what it asks for
        cannot be.
    """
    policy = Policy.none(world)
    for row in scenario.rows:
        try:
            policy = _applied(policy, row, world)
        except (InputError, LabelError) as error:
            raise ScenarioError(f"{scenario.name} line {row.line}: {error}") from error
    return policy


def _applied(policy: Policy, row: Row, world: World) -> Policy:
    flow = _Flow(
        importer=_economies(world, row.importer),
        exporter=_economies(world, row.exporter),
        sector=row.sector,
    )
    setting = row.setting or 0.0
    match row.instrument:
        case "duty":
            return policy.set_duty(**flow, rate=setting)
        case "duty_points":
            return policy.add_duty(**flow, rate=setting)
        case "specific_duty":
            return policy.add_specific_duty(**flow, amount=setting, deflator=row.deflator)
        case "export_tax":
            return policy.add_export_tax(**flow, rate=setting)
        case "iceberg":
            return policy.add_iceberg(**flow, factor=setting, use=row.use)
        case "ban":
            return policy.ban(**flow, use=row.use)
        case "quota":
            return policy.quota(**flow, **_size(row), rent=row.rent or "importer", use=row.use)
        case "cap":
            return policy.cap(**flow, **_size(row), rent=row.rent or "exporter", use=row.use)
        case "tariff_rate_quota":
            return policy.tariff_rate_quota(
                **flow,
                **_size(row),
                in_quota=row.in_quota or 0.0,
                out_of_quota=row.out_of_quota or 0.0,
                rent=row.rent or "importer",
            )


class _Flow(TypedDict):
    importer: tuple[str, ...] | None
    exporter: tuple[str, ...] | None
    sector: str | tuple[str, ...] | None


def _size(row: Row) -> Size:
    return {
        "share": row.setting,
        "volume_usd_mn": row.volume_usd_mn,
        "value_usd_mn": row.value_usd_mn,
        "deflator": row.deflator,
    }


def _economies(world: World, parties: str | tuple[str, ...] | None) -> tuple[str, ...] | None:
    if parties is None:
        return None
    named = (parties,) if isinstance(parties, str) else parties
    return tuple(code for party in named for code in economies_of(world, party))


def _row(content: object, page: _Page, at: int) -> Row:
    if not isinstance(content, dict):
        raise ScenarioError(f"{page.name}: policy must be written as [[policy]] rows")
    for key in content:
        if key not in _ROW:
            raise page.fault(key, f"key {key!r} is unknown; a row has {', '.join(_ROW)}", at)
    instrument = page.choice(content, "instrument", INSTRUMENTS, default=None, at=at)
    numbers = {
        key: page.number(content, key, at)
        for key in ("setting", *_SIZES, "in_quota", "out_of_quota")
    }
    if instrument in _NEEDS_SETTING and numbers["setting"] is None:
        raise page.fault("instrument", f"a row of instrument {instrument!r} needs `setting`", at)
    if instrument == "tariff_rate_quota" and None in (numbers["in_quota"], numbers["out_of_quota"]):
        raise page.fault("instrument", "a tariff-rate quota needs in_quota and out_of_quota", at)
    return Row(
        importer=page.codes(content, "importer", at),
        exporter=page.codes(content, "exporter", at),
        sector=page.codes(content, "sector", at),
        instrument=instrument,
        use=page.choice(content, "use", USES, default=None, at=at) if "use" in content else None,
        rent=page.choice(content, "rent", None, default=None, at=at) if "rent" in content else None,
        deflator=page.choice(content, "deflator", DEFLATORS, default="numeraire", at=at),
        source=str(content.get("from", "")),
        line=page.line("", at),
        **numbers,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The text of a scenario, to find the line of a fault."""

    text: str
    name: str

    def line(self, key: str, at: int | None = None) -> int:
        """Return the line of a key, at the top or in row `at`; of the row when it has none."""
        row, start = -1, 1
        for number, line in enumerate(self.text.splitlines(), start=1):
            if re.match(r"\s*\[\[\s*policy\s*\]\]", line):
                row += 1
                start = number if row == (at or 0) else start
            inside = row == (-1 if at is None else at)
            if inside and key and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
                return number
        return start

    def fault(self, key: str, words: str, at: int | None = None) -> ScenarioError:
        return ScenarioError(f"{self.name} line {self.line(key, at)}: {words}")

    def choice(
        self,
        content: dict[str, Any],  # Any: what TOML holds
        key: str,
        allowed: tuple[str, ...] | None,
        *,
        default: str | None,
        at: int | None = None,
    ) -> Any:  # noqa: ANN401 - one of the values allowed
        """Return a word; `allowed` is None for any, or the words that may stand there."""
        word = content.get(key, default)
        if isinstance(word, str) and (allowed is None or word in allowed):
            return word
        may = "a word in quotes" if allowed is None else f"one of {', '.join(allowed)}"
        raise self.fault(key, f"{key} is {word!r}; it must be {may}", at)

    def number(self, content: dict[str, Any], key: str, at: int) -> float | None:  # Any: TOML
        value = content.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault(key, f"{key} is {value!r}; it must be a number, 0.25 for 25 %", at)
        return float(value)

    def codes(
        self,
        content: dict[str, Any],
        key: str,
        at: int,  # Any: what TOML holds
    ) -> str | tuple[str, ...] | None:
        value = content.get(key)
        if value in (None, "all"):
            return None
        if isinstance(value, str):
            return value
        if isinstance(value, list) and value and all(isinstance(code, str) for code in value):
            return tuple(value)
        raise self.fault(key, f"{key} is {value!r}; it must be a code or a list of codes", at)
