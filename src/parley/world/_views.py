"""A world in numbers for a reader: summary, pandas and xarray."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.world._reshape import services_mask

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from parley.world._world import World


def summary(world: World) -> dict[str, float | int | str]:
    """Return counts and totals of a world; money in USD million, shares as fractions."""
    trade = world.trade()
    goods = trade[:, :, np.isin(world.sectors, world.goods)]
    known = world.tariff_known[:, :, np.isin(world.sectors, world.goods)]
    tariff = world.tariff[:, :, np.isin(world.sectors, world.goods)]
    goods_total = float(goods.sum())
    crossing = ~services_mask(world)
    return {
        "name": world.name,
        "year": world.year,
        "economies": len(world.economies),
        "sectors": len(world.sectors),
        "goods_sectors": len(world.goods),
        "output_usd_mn": float(world.output.sum()),
        "value_added_usd_mn": float(world.value_added.sum()),
        "trade_usd_mn": float(trade.sum()),
        "goods_trade_usd_mn": goods_total,
        "duty_revenue_usd_mn": float(world.duty_revenue.sum()),
        "goods_trade_without_known_duty": _share((goods * ~known).sum(), goods_total),
        "duty_cells_known": int((world.tariff_known & crossing).sum()),
        "duty_cells": int(crossing.sum()),
        "mean_known_duty": _share((goods * known * tariff).sum(), float((goods * known).sum())),
        "empty_sectors": ", ".join(empty_sectors(world)),
        "zero_flows": int((world.flows == 0).sum()),
        "largest_deficit_usd_mn": float(np.abs(world.trade_deficit).max()),
        "content_hash": world.content_hash,
    }


def empty_sectors(world: World) -> tuple[str, ...]:
    """Return "economy sector" for every sector without output."""
    nobody = np.argwhere(world.output == 0)
    return tuple(f"{world.economies[n]} {world.sectors[s]}" for n, s in nobody)


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else 0.0


def to_frame(world: World) -> pd.DataFrame:
    """Return one row for each flow above zero: codes, uses, duty and whether it is known."""
    import pandas as pd

    n, i, s = np.nonzero(world.flows)
    return pd.DataFrame(
        {
            "importer": np.array(world.economies)[n],
            "exporter": np.array(world.economies)[i],
            "sector": np.array(world.sectors)[s],
            "final_usd_mn": world.final[n, i, s],
            "intermediate_usd_mn": world.intermediate[n, i, s],
            "tariff": world.tariff[n, i, s],
            "tariff_known": world.tariff_known[n, i, s],
        }
    )


def to_xarray(world: World) -> xr.Dataset:
    """Return the arrays of a world as a dataset; axes carry the codes."""
    import xarray as xr

    economies, sectors = list(world.economies), list(world.sectors)
    flow = ("importer", "exporter", "sector")
    return xr.Dataset(
        {
            "final": (flow, world.final),
            "intermediate": (flow, world.intermediate),
            "tariff": (flow, world.tariff),
            "tariff_known": (flow, world.tariff_known),
            "input_use": (("economy", "input", "sector"), world.input_use),
            "value_added": (("economy", "sector"), world.value_added),
            "trade_deficit": (("economy",), world.trade_deficit),
        },
        coords={
            "importer": economies,
            "exporter": economies,
            "economy": economies,
            "sector": sectors,
            "input": sectors,
        },
        attrs={"name": world.name, "year": world.year, "unit": "USD million, before duty"},
    )
