"""Duties of a day out of the record, as a policy of a world."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from parley.errors import InputError

if TYPE_CHECKING:
    from parley.equilibrium import Policy
    from parley.ledger import Ledger
    from parley.records import DutyTable
    from parley.world import World

_GROUPS = ("EUU",)


def duties_since(
    record: Ledger,
    world: World,
    *,
    day: date,
    known: date | None = None,
    between: tuple[str, ...] = (),
) -> Policy:
    """Return what moved between the base year of a world's duties and `day`, by the record.

    The duties of the United States are averages over its imports of 2024 by partner and sector;
    those of others on its goods are headline rates.

    Parameters
    ----------
    between
        Parties whose duties on each other are taken, and no others; () takes all.

    Raises
    ------
    InputError
        When the day lies in the base year, or the world has no base duties of that year.
    """
    from parley import world as station
    from parley.equilibrium import Policy

    start = date(station.BASE_DUTIES_YEAR, 12, 31)
    if day <= start:
        raise InputError(
            f"the duties of {day} are in the base duties of {world.name}, which are those of "
            f"{station.BASE_DUTIES_YEAR}; name a later day"
        )
    sides = [station.economies_of(world, party) for party in between]
    policy = Policy.none(world)
    tables = [
        duties_on(record, world, at, known=asked, between=between)
        for at, asked in ((start, None), (day, known))
    ]
    for before, after in zip(*tables, strict=True):
        policy += Policy.from_duties(world, _among(before, sides), _among(after, sides))
    return policy


def duties_on(
    record: Ledger,
    world: World,
    day: date,
    *,
    known: date | None = None,
    between: tuple[str, ...] = (),
) -> tuple[DutyTable, ...]:
    """Return the duties of a day by the labels of a world, as `duties.labelled` does.

    A choke point that was carved out of a sector has the duties of that sector.
    With `between` only the economies of these parties are asked for.
    """
    from parley import duties
    from parley import world as station

    groups = {party: station.economies_of(world, party) for party in _GROUPS}
    parents = {
        name: station.choke_point(name).parent
        for name in station.choke_points()
        if name in world.goods
    }
    named = tuple(code for party in between for code in station.economies_of(world, party))
    tables = duties.labelled(
        record,
        day,
        economies=named or world.economies,
        goods=[code for code in world.goods if code not in parents],
        groups=groups,
        known=known,
    )
    return tuple(_with_parts(table, parents) for table in tables)


def _with_parts(table: DutyTable, parents: dict[str, str]) -> DutyTable:
    parts = [
        replace(cell, sector=name, label=f"rates of {parent}", unmatched_usd_mn=0.0)
        for name, parent in parents.items()
        for cell in table.cells
        if cell.sector == parent
    ]
    return replace(table, cells=(*table.cells, *parts))


def by_party(table: DutyTable, world: World, between: tuple[str, ...]) -> DutyTable:
    """Return the duties of parties on each other, the members of a group as the group."""
    from parley import world as station

    party = {code: one for one in between for code in station.economies_of(world, one)}
    cells = {
        (party[cell.importer], party[cell.exporter], cell.sector): cell
        for cell in table.cells
        if cell.importer in party and cell.exporter in party
    }
    renamed = (
        replace(cell, importer=importer, exporter=exporter)
        for (importer, exporter, _), cell in cells.items()
        if importer != exporter
    )
    return replace(table, cells=tuple(renamed))


def _among(table: DutyTable, sides: list[tuple[str, ...]]) -> DutyTable:
    """Return the cells in which economies of two different sides meet; all without sides."""
    if not sides:
        return table
    side = {code: at for at, codes in enumerate(sides) for code in codes}
    kept = tuple(
        cell
        for cell in table.cells
        if cell.importer in side
        and cell.exporter in side
        and side[cell.importer] != side[cell.exporter]
    )
    return replace(table, cells=kept)
