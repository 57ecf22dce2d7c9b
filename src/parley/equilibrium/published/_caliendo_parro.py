"""Caliendo and Parro (2015), "Estimates of the trade and welfare effects of NAFTA", table 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._decompose import first_order
from parley.equilibrium._policy import Policy
from parley.equilibrium._solve import solve
from parley.equilibrium.published._cell import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parley.typing import Array
    from parley.world import World

_NAFTA = ("CAN", "MEX", "USA")
_NAMES = {"MEX": "Mexico", "CAN": "Canada", "USA": "USA"}


def caliendo_parro(world: World, later: Array) -> Iterator[Cell]:
    """Yield table 2, and the exact change of real income beside its first-order terms.

    The deficits are closed first; then the duties among the three members move to those of 2005.

    Parameters
    ----------
    world, later
        The world of 1993 and the duties of 2005, of `parley.world.caliendo_parro_2015`.
    """
    members = np.isin(world.economies, _NAFTA)
    change = np.where((members[:, None] & members)[:, :, None], later - world.tariff, 0.0)
    policy = Policy.none(world).moved(duty=change)
    outcome = solve(world, policy, closure="balanced", tolerance=1e-12)
    parts = first_order(outcome)
    for code, name in _NAMES.items():
        n = world.economy(code)
        for variable, value in (
            ("total", parts.total[n]),
            ("tot", parts.terms_of_trade[n]),
            ("vot", parts.volume_of_trade[n]),
            ("real_wage", outcome.wage_hat[n] / outcome.price_index_hat[n] - 1.0),
            ("exact_real_income", outcome.real_income_hat[n] - 1.0),
        ):
            yield Cell(
                table="2",
                scenario="NAFTA tariffs of 1993 to 2005",
                who=name,
                variable=variable,
                value=100.0 * float(value),
            )
