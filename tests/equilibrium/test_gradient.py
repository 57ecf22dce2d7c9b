"""One adjoint gives every derivative; it equals the tangent and central differences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from parley.equilibrium import (
    OBJECTIVES,
    Model,
    Outcome,
    Policy,
    gradient,
    gradients,
    solve,
    tangent,
)
from parley.errors import InputError
from parley.world import World

MakeWorld = Callable[..., World]

MODELS = [Model(), Model(closure="fixed_share"), Model(closure="balanced", profits=True)]


def weights(outcome: Outcome, name: str) -> np.ndarray:
    return np.random.default_rng(1).normal(size=getattr(outcome, name).shape)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("name", OBJECTIVES)
@pytest.mark.parametrize("two_uses", [False, True])
def test_gradient_equals_central_differences(
    make_world: MakeWorld, model: Model, name: str, two_uses: bool
) -> None:
    world = make_world(3, inputs=not model.profits, two_uses=two_uses)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.4)
    outcome = solve(world, policy, model=model, tolerance=1e-13)
    weight = weights(outcome, name)
    found = gradient(outcome, {name: weight}).duty
    cell, step = {"importer": "E00", "exporter": "E02", "sector": "S01"}, 1e-4
    near = [
        solve(world, policy.add_duty(**cell, rate=move), model=model, tolerance=1e-13)
        for move in (step, -step)
    ]
    up, down = (float((weight * getattr(each, name)).sum()) for each in near)
    expected = (up - down) / (2.0 * step)
    rounding = 1e-11 * outcome.trade_usd_mn.sum() if name.startswith("trade") else 0.0
    slack = 1e-6 * np.abs(found).max() + rounding
    assert found[0, 2, 1] == pytest.approx(expected, rel=1e-5, abs=slack)


@pytest.mark.parametrize("model", MODELS)
def test_adjoint_equals_tangent_transposed(make_world: MakeWorld, model: Model) -> None:
    world = make_world(4, inputs=not model.profits)
    policy = Policy.none(world).add_duty(importer="E01", exporter=None, rate=0.8)
    outcome = solve(world, policy, model=model, tolerance=1e-13)
    direction = np.random.default_rng(2).normal(size=world.tariff.shape)
    direction[np.arange(4), np.arange(4)] = 0.0
    moved = tangent(outcome, direction)
    for name, change in moved.items():
        weight = weights(outcome, name)
        slope = (gradient(outcome, {name: weight}).duty * direction).sum()
        assert slope == pytest.approx((weight * change).sum(), rel=1e-8)


def test_objectives_are_solved_together(make_world: MakeWorld) -> None:
    world = make_world(4)
    outcome = solve(world, Policy.none(world), tolerance=1e-12)
    every = gradients(outcome, [{"welfare": row} for row in np.eye(4)])
    for row, together in zip(np.eye(4), every, strict=True):
        alone = gradient(outcome, {"welfare": row})
        np.testing.assert_allclose(together.duty, alone.duty, atol=1e-11)


def test_gradient_of_iceberg_cost_equals_differences(make_world: MakeWorld) -> None:
    world = make_world(4)
    none = Policy.none(world)
    cell = {"importer": "E00", "exporter": "E02", "sector": "S01"}
    welfare = [
        solve(world, none.add_iceberg(**cell, factor=np.exp(move)), tolerance=1e-13).welfare[0]
        for move in (1e-5, -1e-5)
    ]
    found = gradient(solve(world, none, tolerance=1e-13), {"welfare": np.eye(4)[0]})
    slope = found.iceberg[:, 0, 2, 1].sum()
    assert slope == pytest.approx((welfare[0] - welfare[1]) / 2e-5, rel=1e-5)


def test_wrong_objective_is_named(make_world: MakeWorld) -> None:
    world = make_world(4)
    outcome = solve(world, Policy.none(world))
    with pytest.raises(InputError, match="no derivative of 'happiness'"):
        gradient(outcome, {"happiness": np.ones(4)})
    with pytest.raises(InputError, match=r"shape \(3,\), not \(4,\)"):
        gradient(outcome, {"welfare": np.ones(3)})
