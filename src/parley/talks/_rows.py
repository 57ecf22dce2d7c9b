"""From the rows of a scenario to a table, and to the policy of what is not on it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from parley.equilibrium import Policy, scenario_policy
from parley.errors import InputError, ScenarioError
from parley.talks._instrument import (
    BANS,
    KINDS,
    LEAST,
    LIMITS,
    ON_EXPORTS,
    Instrument,
    InstrumentKind,
)
from parley.talks._table import Table, Unsized

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.equilibrium import Row, Scenario
    from parley.world import World

_NEUTRAL = dict.fromkeys(LIMITS, math.inf)
_BANS: dict[bool, InstrumentKind] = {True: "export_ban", False: "import_ban"}


def table_from_scenario(
    scenario: Scenario, world: World, *, between: Sequence[str], highest: float
) -> Table:
    """Return the table of a scenario; see `Table.from_scenario`."""
    instruments: list[Instrument] = []
    unsized: list[Unsized] = []
    returning: dict[str, float] = {}
    for row in (*scenario.rows, *scenario.table):
        if not _is_between(row, between):
            if row in scenario.table:
                raise _fault(scenario, row, f"not between {' and '.join(between)}")
            continue
        try:
            item = _item(row, world, highest=highest)
        except InputError as error:
            raise _fault(scenario, row, str(error)) from error
        if isinstance(item, Unsized):
            unsized.append(item)
            continue
        instruments.append(item)
        if row.without_deal is not None:
            returning[item.name] = row.without_deal
    if not instruments:
        raise InputError(
            f"{scenario.name}: no row is between {' and '.join(between)} alone; a table needs one"
        )
    table = Table(instruments=tuple(instruments), parties=tuple(between), unsized=tuple(unsized))
    return replace(table, without_deal=table.status_quo.but(returning)) if returning else table


def beside(scenario: Scenario, world: World, *, between: Sequence[str]) -> Policy:
    """Return the policy of the rows of a scenario that are not on the table of two parties."""
    off = tuple(row for row in scenario.rows if not _is_between(row, between))
    return scenario_policy(replace(scenario, rows=off), world)


def _fault(scenario: Scenario, row: Row, words: str) -> ScenarioError:
    return ScenarioError(f"{scenario.name} line {row.line}: {words}")


def _is_between(row: Row, between: Sequence[str]) -> bool:
    sides = {row.importer, row.exporter}
    return _kind(row) in KINDS and len(sides) == len(between) and sides == set(between)


def _kind(row: Row) -> str:
    if row.instrument == "ban":
        return _BANS[row.owner != "" and row.owner == row.exporter]
    return row.instrument


def _item(row: Row, world: World, *, highest: float) -> Instrument | Unsized:
    """Return what a row puts on the table; without a setting it is unsized."""
    if row.volume_usd_mn is not None or row.value_usd_mn is not None:
        raise InputError("state a limit on the table as a share of the base-year flow, `setting`")
    kind = cast("InstrumentKind", _kind(row))
    setting = 1.0 if row.instrument == "ban" and row.setting is None else row.setting
    low, high = row.bounds or _range(kind, highest)
    if setting is None:
        neutral = _NEUTRAL.get(kind, 0.0)
        if kind == "duty":
            raise InputError("a duty on the table needs its `setting`")
        found = _instrument(row, kind, world, neutral, (min(low, neutral), max(high, neutral)))
        return Unsized(instrument=found, span=row.span, note=row.source)
    values = [setting] if row.without_deal is None else [setting, row.without_deal]
    return _instrument(row, kind, world, setting, (min(low, *values), max(high, *values)))


def _range(kind: InstrumentKind, highest: float) -> tuple[float, float]:
    if kind in LIMITS:
        return LEAST, math.inf
    return 0.0, 1.0 if kind in BANS else highest


def _instrument(
    row: Row, kind: InstrumentKind, world: World, setting: float, bounds: tuple[float, float]
) -> Instrument:
    owner, partner = str(row.importer), str(row.exporter)
    if kind in ON_EXPORTS:
        owner, partner = partner, owner
    named = (row.sector,) if isinstance(row.sector, str) else row.sector or world.sectors
    sectors = () if set(named) == set(world.goods) else named  # () is all goods
    return Instrument(
        owner=owner,
        partners=(partner,),
        kind=kind,
        setting=setting,
        low=bounds[0],
        high=bounds[1],
        sectors=sectors,
        use=row.use,
        rent=row.rent or "",
        source=row.source,
        name=row.name,
    )
