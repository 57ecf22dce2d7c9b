"""Put the partners of goods imports of a world to another year's bilateral trade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

    from parley.typing import Array
    from parley.world import World


def baci_2023(folder: Path, economies: tuple[str, ...]) -> Array:
    """Return goods trade of 2023 among `economies`, USD million; (importer, exporter), ROW summed.

    Trade inside ROW is left out, as are flows of an economy with itself. Taiwan is missing.
    """
    labels = pd.read_csv(folder / "country_labels.csv")["iso3"].tolist()
    exports = np.nan_to_num(pd.read_csv(folder / "trade_cepii.csv").to_numpy()) / 1e3
    to = np.array(
        [[float((c if c in economies else "ROW") == e) for c in labels] for e in economies]
    )
    trade = to @ exports.T @ to.T
    np.fill_diagonal(trade, 0.0)
    return trade


def with_partners(world: World, trade: Array) -> tuple[Array, Array]:
    """Return `final` and `intermediate` in which partners of goods follow `trade`.

    The pattern of `trade` is fitted to each economy's goods imports and exports of the base
    year (RAS); its partners hold for goods as a whole. Imports of every good by use, exports of
    every good, purchases from own producers and services stay as they are. Pairs that `trade`
    lacks start from their flow of the base year.
    """
    goods = np.isin(world.sectors, world.goods)
    cells = np.stack([world.final, world.intermediate], axis=-1)[:, :, goods].copy()
    own = np.arange(len(world.economies))
    domestic = cells[own, own].copy()
    cells[own, own] = 0.0
    imports, exports = cells.sum(axis=1), cells.sum(axis=(0, 3))
    base = cells.sum(axis=(2, 3))
    missing = (trade == 0) & (base > 0)
    partner = np.where(missing, base, trade)
    print(f"pairs without trade in the source keep their flow: {_pairs(world, missing)}")
    for _ in range(10_000):
        partner *= _factor(imports.sum(axis=(1, 2)), partner.sum(axis=1))[:, None]
        partner *= _factor(exports.sum(axis=1), partner.sum(axis=0))[None]
        cells *= _factor(partner, cells.sum(axis=(2, 3)))[:, :, None, None]
        cells *= _factor(exports, cells.sum(axis=(0, 3)))[None, :, :, None]
        back = _factor(imports, cells.sum(axis=1))
        cells *= back[:, None]
        gap = np.abs(cells.sum(axis=(0, 3)) - exports) / np.maximum(exports, 1)
        if gap.max() < 1e-13 and np.abs(back - 1).max() < 1e-13:
            break
    print(f"partners: largest gap of an export total {gap.max():.1e}")
    cells[own, own] = domestic
    final, intermediate = world.final.copy(), world.intermediate.copy()
    final[:, :, goods], intermediate[:, :, goods] = cells[..., 0], cells[..., 1]
    return final, intermediate


def _pairs(world: World, missing: Array) -> str:
    return ", ".join(
        f"{world.economies[i]} to {world.economies[n]}" for n, i in np.argwhere(missing)
    )


def _factor(target: Array, found: Array) -> Array:
    return np.divide(target, found, out=np.ones_like(found), where=found > 0)
