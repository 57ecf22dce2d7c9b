"""Tangent equals central differences; adjoint equals tangent transposed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from parley.equilibrium import Closure, Model, Policy, solve
from parley.world import World

MakeWorld = Callable[..., World]


@pytest.mark.parametrize("closure", ["proportional", "fixed_share", "balanced"])
@pytest.mark.parametrize("profits", [False, True])
@pytest.mark.parametrize("two_uses", [False, True])
def test_sweep_derivatives(
    make_world: MakeWorld, closure: Closure, profits: bool, two_uses: bool
) -> None:
    world = make_world(3, two_uses=two_uses, inputs=not profits)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.4)
    outcome = solve(world, policy, model=Model(closure=closure, profits=profits))
    sweep = outcome.solution.sweep
    rng = np.random.default_rng(0)
    state = outcome.solution.state + rng.normal(0.0, 0.05, sweep.size)
    v = sweep.values(state)
    direction = rng.normal(size=(sweep.size, 3))
    _, change = sweep.tangent(v, direction)
    step = 1e-6
    central = np.stack(
        [
            sweep.residual(sweep.values(state + step * column))
            - sweep.residual(sweep.values(state - step * column))
            for column in direction.T
        ],
        axis=1,
    ) / (2.0 * step)
    np.testing.assert_allclose(change, central, atol=1e-8 * np.abs(central).max())
    implied = rng.normal(size=(sweep.size, 3))
    _, sensitivity = sweep.adjoint(v, implied)
    np.testing.assert_allclose(
        (sensitivity * direction).sum(axis=0), (implied * change).sum(axis=0), rtol=1e-10
    )
