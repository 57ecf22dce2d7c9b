"""Build `g20-detail`: the world `g20-2019` with manufacturing split into 14 industries.

    python scripts/build_g20_detail.py ../shared/data

Every cell of the OECD table of 2019 that buys from or sells to manufacturing is split by the
structure of the same economies in WIOD 2011, and the parts are rebalanced by RAS so that each
industry's sales equal its costs while every OECD cell keeps its total. ARG, SAU and ZAF, which
WIOD does not have, take the structure of its rest of the world.
"""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
from bilateral_partners import baci_2023, with_partners
from build_g20_2019 import DISCLAIMERS, LICENCE, SECTIONS, SOURCE, read, without_filler
from manufacturing_split import (
    BORROWED,
    INDUSTRIES,
    MADE,
    SECTORS,
    first_split,
    rebalance,
    report_change,
    structure,
)

from parley.world import World, from_table, published, save
from parley.world._accounts import close_accounts
from parley.world._base_duties import NOTES, base_duties
from parley.world._reshape import input_use_before_duty

DATA = Path(__file__).parents[1] / "src" / "parley" / "world" / "data"
GOODS = ("A", "B", *INDUSTRIES)
WIOD = (
    "Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), An Illustrated User Guide to the "
    "World Input-Output Database, Review of International Economics 23: 575-605"
)
NAME_2023 = "g20-detail-bilateral-2023"


def main() -> None:
    """Write both bundles and print what the split did."""
    folder = Path(sys.argv[1]) / "world"
    data, economies, sections = read(folder / "oecd-icio-2019-g20")
    data = without_filler(data, len(economies) * len(sections))
    z11, f11, va11 = structure(folder / "wiod-2013" / "wiot_2011.npz", economies)
    before = first_split(data, len(economies), z11, f11, va11)
    z, f, va = rebalance(*before)
    changes = [
        report_change(before[0], z, name="deliveries"),
        report_change(before[1], f, name="final use"),
        report_change(before[2], va, name="value added"),
    ]
    zeros, cells = zero_cells(z, f)
    detail = detailed_world(z, f, va, economies, (*split_notes(zeros, cells, changes),))
    save(detail, DATA / "g20-detail.npz")
    partners = with_bilateral_2023(detail, folder / "countries-2023")
    save(partners, DATA / f"{NAME_2023}.npz")
    for world in (detail, partners):
        print("\n".join(f"{key}: {value}" for key, value in world.summary().items()))


def zero_cells(z: np.ndarray, f: np.ndarray) -> tuple[int, int]:
    """Return how many cells of manufacturing industries are zero, and how many there are."""
    touched = MADE[None, :, None, None] | MADE[None, None, None, :]
    touched = np.broadcast_to(touched, z.shape)
    zeros = int((z[touched] == 0).sum() + (f[:, MADE] == 0).sum())
    return zeros, int(touched.sum()) + f[:, MADE].size


def split_notes(zeros: int, cells: int, changes: list[str]) -> tuple[str, ...]:
    """Return what a reader must know about the split."""
    return (
        f"Manufacturing of 2019 is split into 14 industries by the structure of 2011 ({WIOD}); "
        f"{', '.join(BORROWED)} have the structure of its rest of the world. Each cell of the "
        "OECD table keeps its total. Electronics with chips is one industry (c14), transport "
        "equipment one (c15).",
        f"{zeros} of {cells} cells of these industries are zero, as in 2011, and stay zero in "
        "every counterfactual.",
        "Rebalancing (RAS): " + "; ".join(changes) + ".",
    )


def detailed_world(
    z: np.ndarray, f: np.ndarray, va: np.ndarray, economies: tuple[str, ...], notes: tuple[str, ...]
) -> World:
    """Return the world of the split table."""
    nodes = len(economies) * len(SECTORS)
    tariff, known = base_duties(economies, SECTORS, GOODS)
    titles = SECTIONS | INDUSTRIES
    return from_table(
        transactions=z.reshape(nodes, nodes),
        final_use=f.reshape(nodes, len(economies)),
        output=(z.sum(axis=(0, 1)) + va).ravel(),
        tolerance=1e-9,
        tariff=tariff,
        tariff_known=known,
        name="g20-detail",
        year=2019,
        economies=economies,
        sectors=SECTORS,
        sector_titles=tuple(titles[code] for code in SECTORS),
        goods=GOODS,
        elasticities=published(SECTORS, horizon="long"),
        elasticities_short=published(SECTORS, horizon="short"),
        source=f"{SOURCE}; industries: {WIOD}",
        licence=f"{LICENCE} WIOD: credit to Timmer et al. (2015).",
        notes=(*notes, *DISCLAIMERS, *NOTES),
    )


def with_bilateral_2023(world: World, folder: Path) -> World:
    """Return the world whose partners of goods trade follow BACI 2023."""
    final, intermediate = with_partners(world, baci_2023(folder, world.economies))
    kept = {field.name: getattr(world, field.name) for field in fields(world)}
    for computed in ("value_added", "trade_deficit", "content_hash"):
        kept.pop(computed)
    note = (
        "Partners of goods trade follow BACI 2023 (CEPII, Gaulier and Zignago 2010), for goods as "
        "a whole, fitted to each economy's goods imports and exports of 2019; levels, output and "
        "purchases from own producers are of 2019. Taiwan is missing in BACI: its trade is in "
        "ROW in 2019 but has no part in the partners of 2023. Trade among ARG, KOR and RUS is "
        "missing in the file used and keeps its pattern of 2019."
    )
    return close_accounts(
        **kept
        | {
            "name": NAME_2023,
            "final": final,
            "intermediate": intermediate,
            "input_use": input_use_before_duty(world),
            "source": f"{world.source}; partners: CEPII BACI HS22 2023, Etalab 2.0",
            "notes": (note, *world.notes),
        }
    )


if __name__ == "__main__":
    main()
