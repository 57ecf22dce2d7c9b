"""Ossa (2014), "Trade wars and trade talks with data": tables 3, 4 and 5, recomputed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium import Policy, solve
from parley.equilibrium.published import OSSA_MODEL, REGIONS, Cell
from parley.talks._cooperate import cooperate
from parley.talks._objective import WeightedIncome
from parley.talks._respond import best_response
from parley.talks._war import nash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parley.equilibrium import Outcome
    from parley.talks._cooperate import Cooperation
    from parley.talks._respond import Optimum
    from parley.talks._war import War
    from parley.typing import Array
    from parley.world import World

_UNILATERAL_STARTS = ("40 per cent", "upper bound")


def ossa_tables(world: World, weights: Array) -> Iterator[Cell]:
    """Yield the cells of tables 3, 4 and 5, without and with political weights.

    Duties lie between 0 and 1,000 per cent. Wages are relative to their mean over regions, profits
    relative to the own wage, as in the paper.

    Parameters
    ----------
    world
        That of `parley.world.ossa_2014`.
    weights
        Those of `parley.world.ossa_2014_weights`, (economy, sector).
    """
    factual = solve(world, Policy.none(world), model=OSSA_MODEL)
    for scenario, lambdas in (("baseline", np.ones_like(weights)), ("lobbying", weights)):
        objectives = [
            WeightedIncome(party=code, weights=tuple(row.tolist()))
            for code, row in zip(world.economies, lambdas, strict=True)
        ]
        yield from _unilateral(factual, objectives, scenario)
        war = nash(factual.world, objectives, model=OSSA_MODEL, starts=("status quo",)).first
        yield from _war(war, scenario)
        yield from _talks(factual, war, objectives, scenario)


def _unilateral(
    factual: Outcome, objectives: Sequence[WeightedIncome], scenario: str
) -> Iterator[Cell]:
    for n, objective in enumerate(objectives):
        best = best_response(
            factual.world,
            objective.party,
            objective=objective,
            model=OSSA_MODEL,
            starts=_UNILATERAL_STARTS,
        ).best
        yield from _cells("3", scenario, n, best, best.value, best.median_duty)
        others = [one.value(best.outcome) - 1.0 for one in objectives if one is not objective]
        yield _cell("3", scenario, n, "others_government", float(np.mean(others)))


def _war(war: War, scenario: str) -> Iterator[Cell]:
    for n, (value, duty) in enumerate(zip(war.values, war.median_duties, strict=True)):
        yield from _cells("4", scenario, n, war, value, duty)


def _talks(
    factual: Outcome, war: War, objectives: Sequence[WeightedIncome], scenario: str
) -> Iterator[Cell]:
    world = factual.world
    none = Policy.none(world).set_duty(importer=None, exporter=None, rate=0.0)
    starts = {
        "from Nash": war.outcome,
        "from factual": factual,
        "from free trade": solve(world, none, model=OSSA_MODEL),
    }
    for name, walk_away in starts.items():
        deal: Cooperation = cooperate(walk_away, objectives)
        for n, gain in enumerate(deal.gains):
            yield _cell("5", f"{scenario}, {name}", n, "government", gain)


def _cells(
    table: str, scenario: str, n: int, found: Optimum | War, value: float, duty: float
) -> Iterator[Cell]:
    outcome = found.outcome
    wage, profit = outcome.wage_hat, outcome.profit_usd_mn[n].sum()
    base = outcome.solution.sweep.base
    before = (base.profit_share[:, n] * base.sales[:, n]).sum()
    yield _cell(table, scenario, n, "government", value - 1.0)
    yield _cell(table, scenario, n, "welfare", float(outcome.welfare[n]))
    yield _cell(table, scenario, n, "wage", float(wage[n] / wage.mean()) - 1.0)
    yield _cell(table, scenario, n, "profit", float(profit / before / wage[n]) - 1.0)
    yield _cell(table, scenario, n, "median_duty", duty)


def _cell(table: str, scenario: str, n: int, variable: str, value: float) -> Cell:
    return Cell(
        table=table, scenario=scenario, who=REGIONS[n], variable=variable, value=100.0 * value
    )
