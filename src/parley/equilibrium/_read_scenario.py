"""A scenario as a person writes it, in TOML; every fault with its line."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from parley.equilibrium._base import CLOSURES
from parley.equilibrium._limit import DEFLATORS
from parley.equilibrium._policy import USES
from parley.equilibrium._scenario import INSTRUMENTS, Carve, FromRecord, Row, Scenario
from parley.equilibrium._scenario_page import Page
from parley.equilibrium._uncertainty import Uncertainty
from parley.errors import InputError, ScenarioError

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOP: tuple[str, ...] = ("world", "closure", "elasticities", "scale", "labour_supply")
_TOP += ("carve", "policy", "table", "from_record", "uncertainty")
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


_RECORDED = ("on", "against", "between", "known")
_UNCERTAIN = tuple(one.name for one in fields(Uncertainty))


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
    if not rows["policy"] and "from_record" not in content:
        raise ScenarioError(
            f"{name}: no [[policy]] row and no from_record; add one that says what changes"
        )
    tables = replace(page, array="table")
    horizon = page.choice(content, "elasticities", ("both", "long", "short"), default="both")
    return Scenario(
        name=name,
        world=page.choice(content, "world", None, default="g20-2019"),
        closure=page.choice(content, "closure", CLOSURES, default="proportional"),
        scale=page.number(content, "scale"),
        labour_supply=page.number(content, "labour_supply"),
        from_record=_from_record(content, page),
        uncertainty=_uncertainty(content, page),
        horizons=("long", "short") if horizon == "both" else (horizon,),
        rows=tuple(_row(row, page, at) for at, row in enumerate(rows["policy"])),
        table=tuple(_row(row, tables, at, is_open=True) for at, row in enumerate(rows["table"])),
        carve=tuple(
            _carve(row, replace(page, array="carve"), at) for at, row in enumerate(rows["carve"])
        ),
    )


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


def _from_record(content: dict[str, Any], page: Page) -> FromRecord | None:  # Any: TOML
    if "from_record" not in content:
        return None
    page = replace(page, array="from_record")
    asked = _subtable(content, "from_record", _RECORDED, page)
    on = page.day(asked, "on")
    if on is None:
        raise page.fault("", "from_record needs `on`, the day whose duties it takes")
    between = page.codes(asked, "between")
    return FromRecord(
        on=on,
        against=page.day(asked, "against"),
        between=(between,) if isinstance(between, str) else between or (),
        known=page.day(asked, "known"),
        line=page.line(""),
    )


def _uncertainty(content: dict[str, Any], page: Page) -> Uncertainty:  # Any: TOML
    if "uncertainty" not in content:
        return Uncertainty()
    page = replace(page, array="uncertainty")
    asked = _subtable(content, "uncertainty", _UNCERTAIN, page)
    numbers = {key: page.number(asked, key) for key in asked if key != "closures"}
    closures = page.codes(asked, "closures") or ()
    named = (closures,) if isinstance(closures, str) else closures
    try:
        return Uncertainty(**numbers, closures=named)  # type: ignore[arg-type]  # it checks them
    except InputError as error:
        raise page.fault("", str(error)) from error


def _subtable(
    content: dict[str, Any],
    key: str,
    known: tuple[str, ...],
    page: Page,  # Any: TOML
) -> dict[str, Any]:
    table = content[key]
    if not isinstance(table, dict):
        raise page.fault(key, f"{key} must be a table: [{key}], or {key} = {{ ... }}")
    for name in table:
        if name not in known:
            raise page.fault(name, f"key {name!r} is unknown; {key} has {', '.join(known)}")
    return table
