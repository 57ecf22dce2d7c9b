"""The duties of a day by somebody else's labels: economies and sectors of a table of goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.duties._headline import LABEL, headline
from parley.duties._table import table
from parley.duties._units import units
from parley.errors import InputError
from parley.records import DutyCell, DutyTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from parley.ledger import Ledger
    from parley.records import Clock, Profile

_SECTORS = ("A", "B", *(f"c{number}" for number in range(3, 17)))  # of the trade data
_REST = "ROW"


def labelled(  # noqa: PLR0913 - the filters of one query
    ledger: Ledger,
    day: date,
    *,
    economies: Sequence[str],
    goods: Sequence[str],
    groups: Mapping[str, Sequence[str]],
    known: date | None = None,
    clock: Clock = "published",
    profile: Profile = "legal",
) -> tuple[DutyTable, DutyTable]:
    """Return the duties in force on `day` by the labels of a world.

    Parameters
    ----------
    economies
        Codes; "ROW" takes the partners of the trade data that have no economy of their own.
    goods
        Sectors on which duties fall: those of `hs_sectors.csv`, "C" for all of manufacturing, or
        a single one for all goods.
    groups
        By party, the economies that have its rates: ``{"EUU": ("DEU", "FRA", "ITA")}``.

    Returns
    -------
    tuple
        The whole duties of the United States by exporter and sector, at weights of 2024 (basis
        "total"); and what other economies charge on goods of the United States on top of their
        base, by headline with the scope assumed (basis "additional").

    Raises
    ------
    InputError
        When an economy has no partner in the trade data, or goods are not those of the data.
    """
    us = table(
        ledger,
        day,
        known=known,
        clock=clock,
        profile=profile,
        sectors=_sector_map(goods),
        exporters=_exporters(economies, groups),
    )
    answers = []
    for importer in economies:
        if importer in ("USA", _REST):
            continue
        points = headline(
            ledger, day, "USA", importer=importer, known=known, clock=clock, profile=profile
        )
        answers += [
            DutyCell(
                importer=importer,
                exporter="USA",
                sector=sector,
                tariff=sum(one.percent for one in points) / 100.0,
                measures=tuple(one.measure for one in points),
                label=LABEL,
            )
            for sector in goods
            if points
        ]
    return us, DutyTable(
        on=day,
        known=known,
        basis="additional",
        concept="headline rates on US goods, scope assumed to be all goods",
        cells=tuple(answers),
    )


def _sector_map(goods: Sequence[str]) -> dict[str, str]:
    if len(goods) == 1:
        return dict.fromkeys(_SECTORS, goods[0])
    merged = {name: "C" if "C" in goods and name.startswith("c") else name for name in _SECTORS}
    unknown = set(merged.values()) ^ set(goods)
    if unknown:
        raise InputError(
            f"duties by sector need the goods A, B and C, or c3 to c16; {min(unknown)!r} "
            "does not fit"
        )
    return merged


def _exporters(
    economies: Sequence[str], groups: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    partners = [one.code for one in units() if not one.within]
    found: dict[str, tuple[str, ...]] = {
        code: (party,) for party, codes in groups.items() for code in codes
    }
    own = {code: (code,) for code in partners if code in economies}
    taken = {*own, *groups}
    rest = tuple(code for code in partners if code not in taken)
    found |= own
    if _REST in economies and rest:
        found[_REST] = rest
    missing = [code for code in economies if code not in found and code != "USA"]
    if missing:
        raise InputError(
            f"the trade data have no partner {missing[0]!r} ({len(missing)} economies of "
            f"{len(economies)}); use a world with fewer economies"
        )
    return found
