"""Preconditioners change the way, never the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from parley.equilibrium import Model, Policy, gradient, solve
from parley.equilibrium._base import Closure, calibrate
from parley.equilibrium._blocks import Values
from parley.equilibrium._kernel import build_kernel
from parley.equilibrium._precondition import Linearised, own_parts
from parley.equilibrium._solve import solve_state
from parley.equilibrium._sweep import Economy, Sweep
from parley.world import World

if TYPE_CHECKING:
    from parley.typing import Array

MakeWorld = Callable[..., World]


def sweeps(world: World, policy: Policy, model: Model | None = None) -> tuple[Sweep, Sweep]:
    economy = Economy(calibrate(world, world.elasticities, model or Model()))
    kernels = (build_kernel(economy.base, p) for p in (Policy.none(world), policy))
    before, after = (Sweep(economy, kernel) for kernel in kernels)
    return before, after


def jacobian(sweep: Sweep, v: Values) -> Array:
    return sweep.tangent(v, np.eye(sweep.size))[1]


class Newton:
    """The exact step, by the plain inverse of the whole Jacobian."""

    def __init__(self, sweep: Sweep, v: Values) -> None:
        self._inverse = np.linalg.inv(-jacobian(sweep, v))

    def aim(self, v: Values) -> bool:
        return False

    def step(self, residual: Array) -> Array:
        return self._inverse @ residual

    def transposed(self, residual: Array) -> Array:
        return self._inverse.T @ residual


@pytest.mark.parametrize("two_uses", [False, True])
@pytest.mark.parametrize("closure", ["proportional", "fixed_share"])
def test_exact_and_approximate_steps_reach_the_same_equilibrium(
    make_world: MakeWorld, two_uses: bool, closure: Closure
) -> None:
    world = make_world(3, economies=6, sectors=9, two_uses=two_uses)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=1.45)
    still, sweep = sweeps(world, policy, Model(closure=closure))
    v, start = still.values(np.zeros(still.size)), np.zeros(still.size)
    exact, found = (
        solve_state(sweep, start, kind(still, v), tolerance=1e-12) for kind in (Newton, Linearised)
    )
    np.testing.assert_allclose(found.state, exact.state, atol=1e-10)
    assert found.iterations <= exact.iterations + 5


def test_own_parts_are_the_diagonal_blocks_of_the_jacobian(make_world: MakeWorld) -> None:
    world = make_world(3, economies=5, sectors=4, imbalance=0.0)
    still, _ = sweeps(world, Policy.none(world), Model(closure="balanced"))
    v = still.values(np.zeros(still.size))
    parts = still.size // 5
    whole = jacobian(still, v)
    world_income = still.tangent(v, np.eye(still.size))[0]["income"].sum(axis=0)
    sales = slice(5 * 5, 9 * 5)  # the numeraire joins economies, so it is left out of own parts
    whole[sales] += world_income / v["income"].sum()
    expected = np.einsum("anbn->nab", whole.reshape(parts, 5, parts, 5))
    np.testing.assert_allclose(own_parts(still, v), expected, atol=1e-12)


@pytest.mark.parametrize("specific", [False, True])
def test_what_a_step_leaves_is_small(make_world: MakeWorld, specific: bool) -> None:
    world = make_world(3, economies=12, sectors=9)
    elasticities = replace(world.elasticities, labour_mobile=not specific)
    still, _ = sweeps(replace(world, elasticities=elasticities), Policy.none(world))
    v = still.values(np.zeros(still.size))
    left = np.eye(still.size) + Linearised(still, v).step(jacobian(still, v))
    assert np.abs(np.linalg.eigvals(left)).max() < 0.15


def test_transposed_step_is_the_transpose(make_world: MakeWorld) -> None:
    world = make_world(3, economies=6, sectors=9)
    sweep, _ = sweeps(world, Policy.none(world))
    inverse = Linearised(sweep, sweep.values(np.zeros(sweep.size)))
    one, two = np.random.default_rng(0).normal(size=(2, sweep.size, 1))
    assert (inverse.step(one) * two).sum() == pytest.approx(
        (inverse.transposed(two) * one).sum(), rel=1e-4
    )


def test_gradient_of_a_large_world_is_right(make_world: MakeWorld) -> None:
    world = make_world(4, economies=14, sectors=40)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.3)
    outcome = solve(world, policy, tolerance=1e-13)
    found = gradient(outcome, {"welfare": np.eye(14)[0]}).duty[0, 2, 1]
    cell, step = {"importer": "E00", "exporter": "E02", "sector": "S01"}, 1e-3
    ends = [
        solve(world, policy.add_duty(**cell, rate=move), tolerance=1e-13).welfare[0]
        for move in (step, -step)
    ]
    assert found == pytest.approx((ends[0] - ends[1]) / (2 * step), rel=1e-4)


def test_a_world_without_trade_is_no_obstacle(make_world: MakeWorld) -> None:
    world = make_world(3, economies=5, sectors=4, zeros=1.0, imbalance=0.0)
    policy = Policy.none(world).add_iceberg(importer="E00", exporter=None, factor=1.1)
    np.testing.assert_allclose(solve(world, policy).welfare, 0.0, atol=1e-12)
