"""Ossa (2014), "Trade wars and trade talks with data": the economy and its free trade.

Seven regions, 33 industries, a fixed number of firms with profits, no inputs, mobile labour. Trade
is first purged of imbalances at the duties of 2007.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._base import Model
from parley.equilibrium._policy import Policy
from parley.equilibrium._solve import balanced, solve
from parley.equilibrium.published._cell import Cell
from parley.world import Elasticities, World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parley.typing import Array

OSSA_MODEL = Model(closure="balanced", profits=True)
REGIONS = ("Brazil", "China", "EU", "India", "Japan", "ROW", "US")
_INDUSTRIES = 33
_MEAN_SIGMA = 0  # the column of sigma_s.csv with elasticities of mean 3.42


def ossa_world(files: Mapping[str, Array]) -> World:
    """Return the economy of 2007 at its duties, without imbalances.

    Parameters
    ----------
    files
        Numbers of the replication package by name: "trade_ijs" in million USD and "tariff_ijs",
        both (industry and exporter stacked, importer), and "sigma_s" (industry, alternative).
    """
    flows, tariff = _cells(files["trade_ijs"]), _cells(files["tariff_ijs"])
    elasticities = Elasticities(
        name="Ossa (2014), table 1",
        trade=files["sigma_s"][:, _MEAN_SIGMA] - 1.0,
        trade_se=np.zeros(_INDUSTRIES),
        value_added=np.ones(_INDUSTRIES),
        inputs=np.ones(_INDUSTRIES),
        scale=np.zeros(_INDUSTRIES),
    )
    sectors = tuple(f"{at + 1:02d}" for at in range(_INDUSTRIES))
    regions, n = REGIONS, len(REGIONS)
    world = World(
        name="ossa-2007",
        year=2007,
        economies=regions,
        sectors=sectors,
        sector_titles=sectors,
        final=flows,
        intermediate=np.zeros_like(flows),
        input_use=np.zeros((n, _INDUSTRIES, _INDUSTRIES)),
        value_added=flows.sum(axis=0),
        tariff=tariff,
        tariff_known=np.ones(tariff.shape, dtype=bool),
        trade_deficit=flows.sum(axis=(1, 2)) - flows.sum(axis=(0, 2)),
        elasticities=elasticities,
        elasticities_short=elasticities,
        goods=sectors,
        source="Ossa (2014), American Economic Review 104(12), replication package (GTAP 8)",
        licence="see the source",
    )
    return balanced(world, model=OSSA_MODEL)


def ossa(files: Mapping[str, Array]) -> Iterator[Cell]:
    """Yield the welfare change from the duties of 2007 to free trade, by region."""
    world = ossa_world(files)
    policy = Policy.none(world).set_duty(importer=None, exporter=None, rate=0.0)
    outcome = solve(world, policy, model=OSSA_MODEL, tolerance=1e-12)
    for region, welfare in zip(REGIONS, outcome.welfare, strict=True):
        yield Cell(
            table="free trade",
            scenario="duties of 2007 to free trade",
            who=region,
            variable="welfare",
            value=100.0 * float(welfare),
        )


def _cells(stacked: Array) -> Array:
    """From (industry and exporter stacked, importer) to (importer, exporter, industry)."""
    n = len(REGIONS)
    cells: Array = stacked.reshape(_INDUSTRIES, n, n).transpose(2, 1, 0)
    return np.ascontiguousarray(cells)
