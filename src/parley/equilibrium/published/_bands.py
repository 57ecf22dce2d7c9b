"""The packages of 2025 as other models priced them, on a shipped world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from parley.equilibrium._decompose import real_gdp_hat
from parley.equilibrium._solve import solve
from parley.equilibrium.published._cell import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parley.equilibrium._outcome import Outcome
    from parley.equilibrium._policy import Policy
    from parley.typing import Array
    from parley.world import World

Horizon = Literal["long", "short"]


def bands(world: World, packages: Mapping[str, Policy]) -> Iterator[Cell]:
    """Yield what each package does, in the terms in which others have published it.

    Real GDP is a change in per cent; rates and shares are levels in per cent, after the economy
    has adjusted; "before" is the package on the imports of the base year.

    Parameters
    ----------
    packages
        By name, policies of `world`: the duties of a day against those of the base year.
    """
    goods = np.isin(world.sectors, world.goods)
    base = world.trade()[:, :, goods]
    usa, china = world.economy("USA"), world.economy("CHN")
    yield _cell(
        "base year", "before", "China's share of US goods imports", _share(base, usa, china)
    )
    for name, policy in packages.items():
        duties = policy.tariff(world.tariff)[:, :, goods]
        others = np.arange(len(world.economies)) != china
        yield _cell(name, "before", "average US duty", _mean_duty(base, duties, usa))
        for whose, rows in (("China", ~others), ("all others", others)):
            part = _mean_duty(base[:, rows], duties[:, rows], usa)
            yield _cell(name, "before", f"average US duty on {whose}", part)
        for horizon in ("long", "short"):
            outcome = _solved(world, policy, horizon)
            trade = _crossing(outcome)[:, :, goods]
            gdp = 100.0 * (float(real_gdp_hat(outcome)[usa]) - 1.0)
            yield _cell(name, horizon, "US real GDP", gdp)
            yield _cell(name, horizon, "average US duty", _mean_duty(trade, duties, usa))
            share = _share(trade, usa, china)
            yield _cell(name, horizon, "China's share of US goods imports", share)
            change = _between(trade, usa, china) / _between(base, usa, china) - 1.0
            yield _cell(name, horizon, "US-China goods trade", 100.0 * change)


def _solved(world: World, policy: Policy, horizon: str) -> Outcome:
    chosen = world.elasticities if horizon == "long" else world.elasticities_short
    return solve(world, policy, elasticities=chosen)


def _crossing(outcome: Outcome) -> Array:
    own = np.eye(len(outcome.economies), dtype=bool)[:, :, None]
    return np.where(own, 0.0, outcome.trade_usd_mn)


def _mean_duty(trade: Array, duties: Array, importer: int) -> float:
    return 100.0 * float((trade * duties)[importer].sum() / trade[importer].sum())


def _share(trade: Array, importer: int, exporter: int) -> float:
    return 100.0 * float(trade[importer, exporter].sum() / trade[importer].sum())


def _between(trade: Array, one: int, other: int) -> float:
    return float(trade[one, other].sum() + trade[other, one].sum())


def _cell(package: str, horizon: str, variable: str, value: float) -> Cell:
    return Cell(table=package, scenario=horizon, who="USA", variable=variable, value=value)
