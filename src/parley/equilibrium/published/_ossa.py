"""Ossa (2014), "Trade wars and trade talks with data": the economy and its free trade.

Seven regions, 33 industries, a fixed number of firms with profits, no inputs, mobile labour. Trade
is first purged of imbalances at the duties of 2007.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.equilibrium._base import Model
from parley.equilibrium._policy import Policy
from parley.equilibrium._solve import solve
from parley.equilibrium.published._cell import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parley.world import World

OSSA_MODEL = Model(closure="balanced", profits=True)
_NAMES = {
    "BRA": "Brazil",
    "CHN": "China",
    "EUU": "EU",
    "IND": "India",
    "JPN": "Japan",
    "ROW": "ROW",
    "USA": "US",
}


REGIONS = tuple(_NAMES.values())
"""The regions as the paper names them, in the order of its world."""


def ossa(world: World) -> Iterator[Cell]:
    """Yield the welfare change from the duties of 2007 to free trade, by region.

    Parameters
    ----------
    world
        That of `parley.world.ossa_2014`.
    """
    policy = Policy.none(world).set_duty(importer=None, exporter=None, rate=0.0)
    outcome = solve(world, policy, model=OSSA_MODEL, tolerance=1e-12)
    for region, welfare in zip(world.economies, outcome.welfare, strict=True):
        yield Cell(
            table="free trade",
            scenario="duties of 2007 to free trade",
            who=_NAMES[region],
            variable="welfare",
            value=100.0 * float(welfare),
        )
