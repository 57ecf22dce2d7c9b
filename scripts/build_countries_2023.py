"""Build `countries-2023`: 194 economies, one sector, 2023.

    python scripts/build_countries_2023.py ../shared/data

Follows the data steps of Ignatenko, Macedoni, Lashkaripour and Simonovska (2025): exports from
BACI, spending from GDP, purchases from own producers as what spending leaves after imports.
Writes the world and, beside it, what the paper's model needs of each economy.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from parley.world import published, save
from parley.world._accounts import close_accounts

DATA = Path(__file__).parents[1] / "src" / "parley" / "world" / "data"
SHARE_IN_HOME_SALES = 0.12  # targets of step A: retail and distribution margins of the rest
SHARE_IN_US_SALES = 0.26  # of the world and of the United States, in the paper's code
PAPER = (
    "Ignatenko, Macedoni, Lashkaripour and Simonovska (2025), Making America Great Again? The "
    "Economic Impacts of Liberation Day Tariffs"
)
NOTES = (
    "One sector: flows between economies are goods (BACI HS22 2023); purchases from own producers "
    "are GDP spent on everything else, by the recipe of the paper. GMB and MHL import more than "
    "they spend and buy nothing at home. Taiwan is missing.",
    "All base duties are zero, as in the paper, and none is known.",
    "ARG, BGD, KOR and RUS trade with at most 117 partners in the source: the flows among them "
    "and with some 75 others are missing.",
    "Value added here is sales. The paper's model moves a part of each purchase (margin_share in "
    "countries-2023.csv) to the buyer's own economy; that belongs to its variant, not here.",
)


def margin_shares(exports: np.ndarray, gdp: np.ndarray, us: int) -> tuple[float, float]:
    """Return the margin shares of the rest of the world and the United States (step A)."""
    rest = np.arange(len(gdp)) != us
    world = {
        "within": exports[np.ix_(rest, rest)].sum(),
        "to_us": exports[rest, us].sum(),
        "from_us": exports[us, rest].sum(),
        "gdp_rest": gdp[rest].sum(),
        "gdp_us": gdp[us],
    }
    share = np.array([SHARE_IN_HOME_SALES, SHARE_IN_US_SALES])
    for _ in range(100):
        gap = _margin_gap(share, world)
        slope = np.column_stack(
            [(_margin_gap(share + step, world) - gap) / 1e-7 for step in 1e-7 * np.eye(2)]
        )
        share = share - np.linalg.solve(slope, gap)
        if np.abs(gap).max() < 1e-14:
            break
    return float(share[0]), float(share[1])


def _margin_gap(share: np.ndarray, world: dict[str, float]) -> np.ndarray:
    rest, us = share
    within, to_us, from_us = world["within"], world["to_us"], world["from_us"]
    sold = (1 - us) * to_us + (1 - rest) * within
    spent = world["gdp_rest"] + (1 - rest) * (from_us + within - sold)
    spent_us = world["gdp_us"] + (1 - us) * (to_us - (1 - rest) * from_us)
    home = (spent - from_us) / (spent - from_us + to_us)
    home_us = (spent_us - to_us) / (spent_us - to_us + from_us)
    return np.array(
        [
            (1 - home) * us + home * rest - SHARE_IN_HOME_SALES,
            home_us * us + (1 - home_us) * rest - SHARE_IN_US_SALES,
        ]
    )


def main() -> None:
    """Write the bundle and the table of economies."""
    folder = Path(sys.argv[1]) / "world" / "countries-2023"
    labels = pd.read_csv(folder / "country_labels.csv")
    codes = tuple(labels["iso3"])
    exports = np.nan_to_num(pd.read_csv(folder / "trade_cepii.csv").to_numpy()) / 1e3
    gdp = pd.read_csv(folder / "gdp.csv")["gdp"].to_numpy() / 1e6
    us = codes.index("USA")
    rest_share, us_share = margin_shares(exports, gdp, us)
    print(f"margin shares: {rest_share:.6f} rest of the world, {us_share:.6f} United States")
    margin = np.where(np.arange(len(codes)) == us, us_share, rest_share)
    imports = exports.sum(axis=0)
    transfer = (1 - margin) * (imports - exports @ (1 - margin))
    np.fill_diagonal(exports, np.maximum(gdp + transfer - imports, 0.0))
    flows = exports.T[:, :, None]
    world = close_accounts(
        final=flows,
        intermediate=np.zeros_like(flows),
        input_use=np.zeros((len(codes), 1, 1)),
        tariff=np.zeros_like(flows),
        tariff_known=np.eye(len(codes), dtype=bool)[:, :, None],
        name="countries-2023",
        year=2023,
        economies=codes,
        sectors=("ALL",),
        sector_titles=("Goods between economies, all spending at home",),
        goods=("ALL",),
        elasticities=published(("ALL",), horizon="long"),
        elasticities_short=published(("ALL",), horizon="short"),
        source=(
            "CEPII, BACI HS22 2023, version 202501 (Gaulier and Zignago 2010); World Bank, World "
            f"Development Indicators, GDP 2023; put together as in {PAPER}"
        ),
        licence="BACI: Etalab Open Licence 2.0. World Development Indicators: CC BY 4.0.",
        notes=NOTES,
    )
    save(world, DATA / "countries-2023.npz")
    tariffs = pd.read_csv(folder / "tariffs.csv")["applied_tariff"]
    table = pd.DataFrame(
        {
            "economy": codes,
            "name": labels["CountryName"],
            "gdp_usd_mn": gdp,
            "margin_share": margin,
            "announced_tariff": tariffs,
        }
    )
    with (DATA / "countries-2023.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# GDP 2023 (World Bank, CC BY 4.0); margin share of the paper, step A; rate that the\n"
            "# US announced on 2 April 2025 (Executive Order 14257, Annex I), fraction.\n"
        )
        table.to_csv(file, index=False, lineterminator="\n")
    print("\n".join(f"{key}: {value}" for key, value in world.summary().items()))


if __name__ == "__main__":
    main()
