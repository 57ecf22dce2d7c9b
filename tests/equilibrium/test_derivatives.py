"""Tangent equals central differences; adjoint equals tangent transposed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from parley.equilibrium import Model, Outcome, Policy, gradient, solve
from parley.equilibrium._base import calibrate
from parley.equilibrium._kernel import build_kernel
from parley.equilibrium._sweep import Economy, Sweep
from parley.world import Elasticities, World

MakeWorld = Callable[..., World]


MODELS = [
    Model(),
    Model(closure="fixed_share"),
    Model(closure="balanced"),
    Model(profits=True),
]
BENT = [
    Model(rebate="income_tax"),
    Model(margin=(0.1, 0.2, 0.15, 0.05), closure="fixed_share"),
    Model(pass_through=(1.2, 0.9, 1.0, 0.7)),
    Model(margin=(0.1, 0.2, 0.15, 0.05), pass_through=(1.2, 0.9, 1.0, 0.7), rebate="income_tax"),
]
VARIANTS: dict[str, dict[str, Any]] = {
    "cobb-douglas": {},
    "nested": {"value_added": np.array([0.5, 1.0, 1.4]), "inputs": np.array([0.2, 0.9, 1.0])},
    "scale": {"scale": np.array([0.1, 0.0, 0.15])},
    "elastic labour": {"labour_supply": 0.5},
    "specific labour": {"labour_mobile": False},
    "specific elastic labour": {"labour_mobile": False, "labour_supply": 0.4},
    "demand": {"demand": 0.6},
    "all": {
        "value_added": np.array([0.5, 0.8, 0.9]),
        "inputs": np.array([0.2, 0.3, 0.1]),
        "scale": np.array([0.02, 0.03, 0.05]),
        "labour_supply": 0.3,
        "labour_mobile": False,
        "demand": 0.7,
    },
}


def check_derivatives(sweep: Sweep) -> None:
    """The tangent is the central difference; the adjoint is the tangent transposed."""
    rng = np.random.default_rng(0)
    state = rng.normal(0.0, 0.05, sweep.size)
    state = state if not sweep.limits else np.append(state[: -sweep.limits], 0.2)
    v = sweep.values(state)
    direction = rng.normal(size=(sweep.size, 3))
    change = sweep.tangent(v, direction)[1]
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
    sensitivity = sweep.adjoint(v, implied)[1]
    np.testing.assert_allclose(
        (sensitivity * direction).sum(axis=0), (implied * change).sum(axis=0), rtol=1e-9
    )


def check_gradient(world: World, policy: Policy, elasticities: Elasticities, model: Model) -> None:
    """The gradient of three results is their central difference."""
    cell, step = {"importer": "E00", "exporter": "E02", "sector": "S01"}, 1e-4

    def solved(move: float) -> Outcome:
        moved = policy.add_duty(**cell, rate=move)
        return solve(world, moved, elasticities=elasticities, model=model, tolerance=1e-12)

    here, up, down = solved(0.0), solved(step), solved(-step)
    for name in ("welfare", "real_income_hat", "revenue_usd_mn"):
        found = gradient(here, {name: np.eye(4)[0]}).duty
        slope = (getattr(up, name)[0] - getattr(down, name)[0]) / (2.0 * step)
        assert found[0, 2, 1] == pytest.approx(slope, rel=1e-5, abs=1e-6 * np.abs(found).max())


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("variant", list(VARIANTS))
@pytest.mark.parametrize("two_uses", [False, True])
def test_sweep_derivatives(
    make_world: MakeWorld, model: Model, variant: str, two_uses: bool
) -> None:
    world = make_world(3, two_uses=two_uses, labour=0.55)
    elasticities = replace(world.elasticities, **VARIANTS[variant])
    base = calibrate(world, elasticities, model)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.4)
    check_derivatives(Sweep(Economy(base), build_kernel(base, policy)))


BENT_LABOUR: dict[str, Any] = {"labour_supply": 0.5, "scale": np.array([0.05, 0.1, 0.0])}


@pytest.mark.parametrize("model", BENT)
@pytest.mark.parametrize("two_uses", [False, True])
def test_sweep_derivatives_with_margins_and_rebates(
    make_world: MakeWorld, model: Model, two_uses: bool
) -> None:
    world = make_world(3, two_uses=two_uses, labour=0.6)
    elasticities = replace(world.elasticities, **BENT_LABOUR)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.4)
    policy = policy.cap(importer="E00", exporter="E01", share=0.5)
    base = calibrate(world, elasticities, model)
    check_derivatives(Sweep(Economy(base), build_kernel(base, policy)))


@pytest.mark.parametrize("model", BENT)
def test_gradient_with_margins_and_rebates(make_world: MakeWorld, model: Model) -> None:
    world = make_world(3, labour=0.6)
    elasticities = replace(world.elasticities, **BENT_LABOUR)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.4)
    check_gradient(world, policy, elasticities, model)


@pytest.mark.parametrize("model", BENT)
def test_margins_and_rebates_start_at_hats_of_one(make_world: MakeWorld, model: Model) -> None:
    world = make_world(3, labour=0.6, duties=0.0)
    elasticities = replace(world.elasticities, **BENT_LABOUR)
    outcome = solve(world, Policy.none(world), elasticities=elasticities, model=model)
    np.testing.assert_allclose(outcome.welfare, 0.0, atol=1e-10)


@pytest.mark.parametrize("variant", list(VARIANTS))
def test_gradient_of_each_variant_equals_differences(make_world: MakeWorld, variant: str) -> None:
    world = make_world(3)
    elasticities = replace(world.elasticities, **VARIANTS[variant])
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.4)
    check_gradient(world, policy, elasticities, Model())


@pytest.mark.parametrize("variant", list(VARIANTS))
def test_each_variant_starts_at_hats_of_one_and_closes(make_world: MakeWorld, variant: str) -> None:
    world = make_world(6)
    elasticities = replace(world.elasticities, **VARIANTS[variant])
    none = Policy.none(world)
    still = solve(world, none, elasticities=elasticities)
    np.testing.assert_allclose(still.welfare, 0.0, atol=1e-9)
    policy = none.add_duty(importer="E00", exporter="E01", rate=1.45)
    outcome = solve(world, policy, elasticities=elasticities, tolerance=1e-12)
    v = outcome.solution.values
    spent = v["final_spending"].sum(axis=0)
    earned = outcome.income_usd_mn + outcome.revenue_usd_mn + outcome.trade_deficit_usd_mn
    np.testing.assert_allclose(spent, earned, rtol=1e-9)
    costs = outcome.payroll_usd_mn.sum() + v["input_spending"].sum()
    np.testing.assert_allclose(costs, v["sales_level"].sum(), rtol=1e-10)
