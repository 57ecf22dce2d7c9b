"""Preconditioners change the way, never the answer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from parley.equilibrium import Model, Policy, gradient, solve
from parley.equilibrium._base import calibrate
from parley.equilibrium._kernel import build_kernel
from parley.equilibrium._precondition import DenseInverse, linearise
from parley.equilibrium._solve import solve_state
from parley.equilibrium._sweep import Sweep
from parley.equilibrium._twolevel import TwoLevel
from parley.world import World

MakeWorld = Callable[..., World]


@pytest.mark.parametrize("two_uses", [False, True])
@pytest.mark.parametrize("closure", ["proportional", "fixed_share"])
def test_two_levels_reach_the_same_equilibrium(
    make_world: MakeWorld, two_uses: bool, closure: str
) -> None:
    world = make_world(3, economies=6, sectors=9, two_uses=two_uses)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=1.45)
    base = calibrate(world, world.elasticities, Model(closure=closure))
    still = Sweep(base, build_kernel(base, Policy.none(world)))
    v = still.values(np.zeros(still.size))
    sweep = Sweep(base, build_kernel(base, policy))
    found = [
        solve_state(sweep, np.zeros(sweep.size), kind(still, v), tolerance=1e-12)
        for kind in (DenseInverse, TwoLevel)
    ]
    np.testing.assert_allclose(found[0].state, found[1].state, atol=1e-10)
    assert found[1].iterations < 40


@pytest.mark.parametrize("kind", [DenseInverse, TwoLevel])
def test_transposed_step_is_the_transpose(
    make_world: MakeWorld, kind: type[DenseInverse | TwoLevel]
) -> None:
    world = make_world(3, economies=6, sectors=9)
    base = calibrate(world, world.elasticities, Model())
    sweep = Sweep(base, build_kernel(base, Policy.none(world)))
    inverse = kind(sweep, sweep.values(np.zeros(sweep.size)))
    rng = np.random.default_rng(0)
    one, two = rng.normal(size=(2, sweep.size, 1))
    assert (inverse.step(one) * two).sum() == pytest.approx(
        (inverse.transposed(two) * one).sum(), rel=1e-4
    )


def test_many_sectors_take_two_levels_and_their_gradient_is_right(make_world: MakeWorld) -> None:
    world = make_world(4, economies=14, sectors=40)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.3)
    outcome = solve(world, policy, tolerance=1e-13)
    sweep = outcome.solution.sweep
    assert isinstance(linearise(sweep, outcome.solution.values), TwoLevel)
    found = gradient(outcome, {"welfare": np.eye(14)[0]}).duty[0, 2, 1]
    cell, step = {"importer": "E00", "exporter": "E02", "sector": "S01"}, 1e-3
    ends = [
        solve(world, policy.add_duty(**cell, rate=move), tolerance=1e-13).welfare[0]
        for move in (step, -step)
    ]
    assert found == pytest.approx((ends[0] - ends[1]) / (2 * step), rel=1e-4)
