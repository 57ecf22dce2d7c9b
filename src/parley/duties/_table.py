"""The table of duties by exporter and sector that the engine takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.duties._rates import Duties, on
from parley.duties._units import unit
from parley.errors import InputError
from parley.records import DutyCell, DutyTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from parley.ledger import Ledger
    from parley.records import Clock, Profile
    from parley.typing import Array, Mask

NO_PRODUCT = ("", "X")  # sectors of what crosses no customs line of a sector: HS 98 and 99


def table(  # noqa: PLR0913 - the filters of one query
    ledger: Ledger,
    day: date,
    *,
    known: date | None = None,
    clock: Clock = "published",
    profile: Profile = "legal",
    sectors: Mapping[str, str] | None = None,
    exporters: Mapping[str, Sequence[str]] | None = None,
) -> DutyTable:
    """Return the trade-weighted applied duties of the United States by exporter and sector.

    `sectors` maps the sectors of `hs_sectors.csv` to those of a world; what it leaves out stands
    as unmatched value. `exporters` gives, by economy, the partners whose goods it takes: an
    economy without figures of its own can have the rates of a bloc or a group.

    Raises
    ------
    InputError
        When a map names a sector or partner that the trade data do not have.
    """
    duties = on(ledger, day, known=known, clock=clock, profile=profile)
    goods = duties.goods
    sector = _mapped(goods.sector, sectors)
    rate = duties.rate
    takes = exporters or {code: (code,) for code in np.unique(goods.partner).tolist()}
    cells = []
    for economy, partners in takes.items():
        of_one = np.logical_or.reduce([goods.of(unit(code).code) for code in partners])
        lost = float(goods.value[of_one & np.isin(sector, NO_PRODUCT)].sum()) / 1e6
        for name in sorted(set(sector[of_one].tolist()) - set(NO_PRODUCT)):
            rows = of_one & (sector == name)
            if goods.value[rows].sum() > 0:
                cell = _cell(duties, rate, rows, economy, name)
                label = "" if economy in partners else f"rates of {', '.join(partners)}"
                cells.append(replace(cell, unmatched_usd_mn=lost, label=label))
                lost = 0.0
    return DutyTable(on=day, known=known, basis="total", concept=duties.concept, cells=tuple(cells))


def _cell(duties: Duties, rate: Array, rows: Mask, exporter: str, sector: str) -> DutyCell:
    value = duties.goods.value[rows]
    weights = value / value.sum()
    falling = [layer for layer in duties.layers if layer.portion[rows].any()]
    touched = sum((layer.portion[rows] for layer in falling), np.zeros(len(value)))
    return DutyCell(
        importer="USA",
        exporter=exporter,
        sector=sector,
        tariff=float((rate[rows] * weights).sum()),
        statutory_maximum=float(rate[rows].max()),
        exempt_share=float(weights[touched == 0.0].sum()),
        trade_usd_mn=float(value.sum() / 1e6),
        measures=tuple(layer.charge.measure for layer in falling),
    )


def _mapped(codes: np.ndarray[Any, Any], to: Mapping[str, str] | None) -> np.ndarray[Any, Any]:
    if to is None:
        return codes
    unknown = to.keys() - set(codes.tolist())
    if unknown:
        raise InputError(f"the trade data have no sector {min(unknown)!r}")
    return np.array([to.get(code, "") for code in codes.tolist()])
