"""The brief's questions to the engine: which elasticities, and which base duties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley import talks
from parley.equilibrium import Model

if TYPE_CHECKING:
    from parley.brief._options import Horizon
    from parley.equilibrium import Closure
    from parley.talks import Payoffs, Table
    from parley.world import World

CLOSURE: Closure = "proportional"
CLOSURE_IN_WORDS = (
    "trade imbalances stay in proportion to each economy’s income (the residual is shared out), "
    "wages adjust, labour moves between sectors and stays in its economy."
)


def economy_of(world: World, table: Table, horizon: Horizon) -> Payoffs:
    """Return what the deals of a table pay at the central elasticities of a horizon."""
    return talks.Payoffs(
        world=world,
        table=table,
        elasticities=world.elasticities_short if horizon == "short" else world.elasticities,
        model=Model(closure=CLOSURE),
    )


def base_duty(economy: Payoffs, importer: str, exporter: str) -> float:
    """Return the average base duty of one party on the other's goods, by base-year trade."""
    world = economy.world
    goods = [world.sector(code) for code in world.goods]
    cells = np.ix_(economy.positions(importer), economy.positions(exporter), goods)
    flows = world.flows[cells]
    return float((flows * world.tariff[cells]).sum() / flows.sum())
