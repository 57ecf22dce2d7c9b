"""A what-if as a person writes it: TOML in, a `Policy` out; every fault with its line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict, get_args

import numpy as np

from parley.equilibrium._base import CLOSURES, Closure
from parley.equilibrium._limit import DEFLATORS, Deflator
from parley.equilibrium._policy import USES, Policy, Use
from parley.equilibrium._scenario_page import Page
from parley.errors import DataError, InputError, LabelError, ScenarioError
from parley.world import economies_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parley.equilibrium._limit import Size
    from parley.world import Elasticities, World

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

_TOP = ("world", "closure", "elasticities", "scale", "carve", "policy", "table")
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
_BARGAINED = ("owner", "name", "bounds", "without_deal")
_CARVED = ("name", "elasticity", "trade_elasticity", "share")
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
    owner: str = ""  # who sets it, where the instrument does not say: a ban
    name: str = ""  # what it is called at a table
    bounds: tuple[float, float] | None = None  # between which it is negotiated
    without_deal: float | None = None  # to which the setting goes when talks fail
    span: tuple[float, float] | None = None  # that an unknown setting may have, the key `range`
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Carve:
    """A choke point that the scenario makes a sector, with what is not published of it."""

    name: str
    elasticity: float | None
    trade_elasticity: float | None
    share: Mapping[str, float]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A what-if: a world by name, how it is solved, and the policy.

    Rows of `table` are under negotiation and may have no known setting; they are no part of the
    policy.
    """

    name: str
    world: str
    closure: Closure
    horizons: tuple[Literal["long", "short"], ...]
    rows: tuple[Row, ...]
    scale: float = 0.0  # psi of goods; services have constant returns
    table: tuple[Row, ...] = ()
    carve: tuple[Carve, ...] = field(default=(), repr=False)


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
    page = Page(text=text, name=name)
    for key in content:
        if key not in _TOP:
            raise page.fault(key, f"key {key!r} is unknown; a scenario has {', '.join(_TOP)}")
    rows = {key: _rows(content, key, page) for key in ("carve", "policy", "table")}
    if not rows["policy"]:
        raise ScenarioError(f"{name}: no [[policy]] row; add one that says what changes")
    tables = replace(page, array="table")
    horizon = page.choice(content, "elasticities", ("both", "long", "short"), default="both")
    return Scenario(
        name=name,
        world=page.choice(content, "world", None, default="g20-2019"),
        closure=page.choice(content, "closure", CLOSURES, default="proportional"),
        horizons=("long", "short") if horizon == "both" else (horizon,),
        rows=tuple(_row(row, page, at) for at, row in enumerate(rows["policy"])),
        scale=page.number(content, "scale", None) or 0.0,
        table=tuple(_row(row, tables, at, is_open=True) for at, row in enumerate(rows["table"])),
        carve=tuple(
            _carve(row, replace(page, array="carve"), at) for at, row in enumerate(rows["carve"])
        ),
    )


def scenario_world(scenario: Scenario) -> World:
    """Return the world of a scenario, with its choke points carved out.

    Raises
    ------
    ScenarioError
        When a choke point is unknown or lacks a number; the line is named.
    """
    from parley.world import choke_point, load

    world = load(scenario.world)
    for one in scenario.carve:
        try:
            choke = choke_point(one.name, elasticity=one.elasticity, share=one.share)
            if one.trade_elasticity is not None:
                choke = replace(choke, trade_elasticity=one.trade_elasticity)
            world = world.carve(choke)
        except (DataError, LabelError) as error:
            raise ScenarioError(f"{scenario.name} line {one.line}: {error}") from error
    return world


def scenario_elasticities(
    scenario: Scenario, world: World, horizon: Literal["long", "short"]
) -> Elasticities:
    """Return the elasticities of a horizon, with the scale economies of the scenario."""
    chosen = world.elasticities_short if horizon == "short" else world.elasticities
    if scenario.scale == 0.0:
        return chosen
    is_good = np.isin(world.sectors, world.goods)
    return replace(
        chosen,
        scale=np.where(is_good, scenario.scale, chosen.scale),
        sources=(*chosen.sources, f"scale economies of goods: {scenario.scale:g}, {scenario.name}"),
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


def _rows(content: Mapping[str, object], key: str, page: Page) -> list[object]:
    rows = content.get(key, [])
    if not isinstance(rows, list):
        raise page.fault(key, f"{key} must be written as [[{key}]] rows")
    return rows


def _carve(content: object, page: Page, at: int) -> Carve:
    row = _table_of(content, page, at, _CARVED)
    share = row.get("share", {})
    if not isinstance(share, dict):
        raise page.fault("share", "share must name economies, { USA = 0.0 }", at)
    return Carve(
        name=page.choice(row, "name", None, default=None, at=at),
        elasticity=page.number(row, "elasticity", at),
        trade_elasticity=page.number(row, "trade_elasticity", at),
        share={code: page.number(share, code, at) or 0.0 for code in share},
        line=page.line("", at),
    )


def _table_of(content: object, page: Page, at: int, keys: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise ScenarioError(f"{page.name}: {page.array} must be written as [[{page.array}]] rows")
    for key in content:
        if key not in keys:
            raise page.fault(key, f"key {key!r} is unknown; a row has {', '.join(keys)}", at)
    return content


def _row(row: object, page: Page, at: int, *, is_open: bool = False) -> Row:
    """Return a row; one of a table `is_open`: it may leave its setting open and say a range."""
    keys = (*_ROW, *_BARGAINED, "range") if is_open else (*_ROW, *_BARGAINED)
    content = _table_of(row, page, at, keys)
    instrument = page.choice(content, "instrument", INSTRUMENTS, default=None, at=at)
    numbers = {
        key: page.number(content, key, at)
        for key in ("setting", *_SIZES, "in_quota", "out_of_quota", "without_deal")
    }
    if not is_open and instrument in _NEEDS_SETTING and numbers["setting"] is None:
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
        owner=str(content.get("owner", "")),
        name=str(content.get("name", "")),
        bounds=page.interval(content, "bounds", at),
        span=page.interval(content, "range", at),
        line=page.line("", at),
        **numbers,
    )
