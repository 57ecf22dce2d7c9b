"""JAX differentiates the model that NumPy runs: the oracle of its hand-written derivatives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from parley.equilibrium import Model, Policy, solve
from parley.equilibrium._base import calibrate
from parley.equilibrium._kernel import build_kernel
from parley.equilibrium._sweep import Economy, Sweep
from parley.errors import InputError
from parley.world import Elasticities, World

jax = pytest.importorskip("jax", reason="JAX is not installed; it comes with the extra gpu")

from parley.equilibrium import on_jax  # noqa: E402 - after the check that JAX is there

MakeWorld = Callable[..., World]
pytestmark = pytest.mark.slow
FLOW = {"importer": "E00", "exporter": "E01", "sector": "S01"}


VARIANTS: dict[str, tuple[dict[str, Any], Model]] = {
    "cobb-douglas": ({}, Model()),
    "fixed share": ({}, Model(closure="fixed_share")),
    "balanced": ({}, Model(closure="balanced")),
    "profits": ({}, Model(profits=True)),
    "nested": (
        {"value_added": np.array([0.5, 1.0, 1.4]), "inputs": np.array([0.2, 0.9, 1.0])},
        Model(),
    ),
    "scale": ({"scale": np.array([0.1, 0.0, 0.15])}, Model()),
    "elastic labour": ({"labour_supply": 0.5}, Model()),
    "specific elastic labour": ({"labour_mobile": False, "labour_supply": 0.4}, Model()),
    "demand": ({"demand": 0.6}, Model()),
    "margins and rebates": (
        {"labour_supply": 0.5, "scale": np.array([0.05, 0.1, 0.0])},
        Model(
            margin=(0.1, 0.2, 0.15, 0.05),
            pass_through=(1.2, 0.9, 1.0, 0.7),
            rebate="income_tax",
        ),
    ),
}


def check(sweep: Sweep) -> None:
    """The tangent is JAX's forward derivative, the adjoint its backward one."""
    rng = np.random.default_rng(0)
    state = rng.normal(0.0, 0.05, sweep.size)
    if sweep.limits:
        state[-sweep.limits :] = np.linspace(0.15, 0.3, sweep.limits)
    v = sweep.values(state)
    gaps = jax.jit(on_jax.residual(sweep))
    np.testing.assert_allclose(gaps(state), sweep.residual(v), atol=1e-13)
    direction = rng.normal(size=sweep.size)
    forward = jax.jvp(gaps, (state,), (direction,))[1]
    change = sweep.tangent(v, direction[:, None])[1][:, 0]
    np.testing.assert_allclose(change, forward, atol=1e-12 * np.abs(forward).max())
    implied = rng.normal(size=sweep.size)
    (backward,) = jax.vjp(gaps, state)[1](implied)
    sensitivity = sweep.adjoint(v, implied[:, None])[1][:, 0]
    np.testing.assert_allclose(sensitivity, backward, atol=1e-12 * np.abs(backward).max())


@pytest.mark.parametrize("variant", list(VARIANTS))
def test_derivatives_are_those_of_jax(make_world: MakeWorld, variant: str) -> None:
    world = make_world(3, two_uses=len(variant) % 2 == 0, labour=0.6)
    changes, model = VARIANTS[variant]
    base = calibrate(world, changed(world.elasticities, changes), model)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.4)
    check(Sweep(Economy(base), build_kernel(base, policy)))


def test_derivatives_with_every_wedge_are_those_of_jax(make_world: MakeWorld) -> None:
    world = make_world(8)
    policy = (
        Policy.none(world)
        .cap(**FLOW, share=0.4)
        .quota(importer="E00", exporter=("E01", "E02"), sector="S01", share=0.6)
        .cap(importer="E02", exporter="E00", share=0.7, rent="wasted")
        .quota(importer=("E02", "E03"), exporter="E01", value_usd_mn=1e4,
               deflator="importer_prices")
        .add_specific_duty(importer="E00", exporter="E02", amount=0.1, deflator="importer_prices")
        .tariff_rate_quota(importer="E01", exporter="E03", sector="S02", in_quota=0.0,
                           out_of_quota=0.3, share=0.2)
        .add_export_tax(importer="E00", exporter="E01", rate=0.15)
    )  # fmt: skip
    check(solve(world, policy).solution.sweep)


def changed(elasticities: Elasticities, changes: dict[str, Any]) -> Elasticities:
    return replace(elasticities, **changes)


def test_many_policies_at_once_equal_one_at_a_time(make_world: MakeWorld) -> None:
    world = make_world(4)
    none = Policy.none(world)
    policies = [
        none.add_duty(importer="E00", exporter=other, rate=rate)
        for other in ("E01", "E02", None)
        for rate in (0.1, 1.45)
    ]
    policies.append(none.ban(**FLOW))
    for policy, found in zip(policies, on_jax.solve_many(world, policies), strict=True):
        assert found.residual <= 1e-10
        alone = solve(world, policy, tolerance=1e-12)
        np.testing.assert_allclose(found.welfare, alone.welfare, atol=1e-9)


def test_limits_are_left_to_the_engine(make_world: MakeWorld) -> None:
    world = make_world(4)
    with pytest.raises(InputError, match="policy 1 has limits"):
        on_jax.solve_many(world, [Policy.none(world).cap(**FLOW, share=0.5)])
