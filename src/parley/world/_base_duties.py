"""The base duties that ship: of the United States by partner, and of China on the United States."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.world._tables import rows

if TYPE_CHECKING:
    from parley.typing import Array, Mask

BASE_DUTIES_YEAR = 2024
"""Last year of the base duties of the shipped worlds: a measure that began by its end is in them
and must not be added again. It is the year of `us_duties_2024.csv`; China's mean duty held too."""

CHINA_ON_US = 0.203
"""Mean Chinese duty on US goods since 14 February 2020: Peterson Institute for International
Economics, "US-China Trade War Tariffs: An Up-to-Date Chart"."""

CUSTOMS_UNION = ("DEU", "FRA", "ITA")
"""Members of the EU customs union (Treaty on the Functioning of the EU, article 28): no duties."""

NOTES = (
    "Base duties of the United States: calculated duty over customs value of imports for "
    "consumption, calendar 2024 (US Census Bureau), by partner and sector, put on the base year; "
    "DEU, FRA and ITA have the rates of the European Union, ROW those of the other partners and "
    "the Union's other members by their share in BACI 2023. HS 98 and 99 are left out.",
    "Base duty of China on the United States: 20.3 % on all goods, the average since 14 February "
    "2020 by the Peterson Institute (before the measures of 2025); it is not known by sector.",
    "All other base duties on goods have no source here and are zero, except those inside the EU "
    "customs union, which are none. Services carry no customs duty.",
)


def base_duties(
    economies: tuple[str, ...], sectors: tuple[str, ...], goods: tuple[str, ...]
) -> tuple[Array, Mask]:
    """Return base duties as fractions and where they have a source; (importer, exporter, sector).

    `goods` are the sectors on which duties fall, with codes of `hs_sectors.csv` or "C" for all
    manufacturing.
    """
    shape = (len(economies), len(economies), len(sectors))
    tariff = np.zeros(shape)
    known = np.broadcast_to(~np.isin(sectors, goods), shape).copy()
    own = np.arange(len(economies))
    known[own, own] = True
    at = {code: place for place, code in enumerate(economies)}
    trade, duty = _us_sums(sectors)
    for economy, sector in trade:
        if economy in at and trade[economy, sector] > 0:
            cell = at["USA"], at[economy], sectors.index(sector)
            tariff[cell] = duty[economy, sector] / trade[economy, sector]
            known[cell] = True
    for sector in goods:
        cell = at["CHN"], at["USA"], sectors.index(sector)
        tariff[cell], known[cell] = CHINA_ON_US, True
    union = [at[code] for code in CUSTOMS_UNION]
    known[np.ix_(union, union)] = True
    return tariff, known


def _us_sums(sectors: tuple[str, ...]) -> tuple[dict[tuple[str, str], float], ...]:
    trade: dict[tuple[str, str], float] = {}
    duty: dict[tuple[str, str], float] = {}
    for row in rows("data/us_duties_2024.csv"):
        industry = row["sector"]
        sector = "C" if industry not in sectors and industry.startswith("c") else industry
        if sector not in ("A", "B", "C") and not sector.startswith("c"):
            continue  # electricity and works of art cross no customs line of these sectors
        cell = (row["economy"], sector)
        trade[cell] = trade.get(cell, 0.0) + float(row["imports_usd_mn"])
        duty[cell] = duty.get(cell, 0.0) + float(row["duty_usd_mn"])
    return trade, duty
