"""Laws that every equilibrium obeys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from parley.equilibrium import Closure, Policy, balanced, solve
from parley.errors import InfeasibleError, LabelError
from parley.world import World

CLOSURES: tuple[Closure, ...] = ("proportional", "fixed_share", "balanced")

MakeWorld = Callable[..., World]


@pytest.mark.parametrize("closure", CLOSURES)
def test_no_shock_gives_hats_of_one(make_world: MakeWorld, closure: Closure) -> None:
    world = make_world(1)
    outcome = solve(world, Policy.none(world), closure=closure)
    for hat in (outcome.real_income_hat, outcome.wage_hat, outcome.output_hat):
        np.testing.assert_allclose(hat, 1.0, rtol=1e-9)
    np.testing.assert_allclose(outcome.revenue_usd_mn, outcome.revenue_base_usd_mn, rtol=1e-9)
    assert outcome.status == "solved"


@pytest.mark.parametrize("closure", CLOSURES)
@pytest.mark.parametrize("seed", range(5))
def test_income_is_spent_and_markets_clear(
    make_world: MakeWorld, closure: Closure, seed: int
) -> None:
    world = make_world(seed, economies=5, sectors=4)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.6)
    outcome = solve(world, policy, closure=closure, tolerance=1e-12)
    values = outcome.solution.values
    spent = values["final_spending"].sum(axis=0)
    earned = outcome.income_usd_mn + outcome.revenue_usd_mn + outcome.trade_deficit_usd_mn
    np.testing.assert_allclose(spent, earned, rtol=1e-9)
    np.testing.assert_allclose(outcome.trade_deficit_usd_mn.sum(), 0.0, atol=1e-4)
    sold = outcome.trade_usd_mn.sum(axis=0)
    np.testing.assert_allclose(sold, values["sales_level"].T, rtol=1e-10)
    tariff = policy.tariff(outcome.world.tariff)
    np.testing.assert_allclose(
        (outcome.trade_usd_mn * tariff).sum(axis=(1, 2)), outcome.revenue_usd_mn, rtol=1e-9
    )
    shares = outcome.trade_usd_mn * (1.0 + tariff)
    bought = values["bought"].reshape(4, -1, 5).sum(axis=1).T
    np.testing.assert_allclose(shares.sum(axis=1), bought, rtol=1e-10)


def test_closures_follow_their_rule(make_world: MakeWorld) -> None:
    world = make_world(3)
    policy = Policy.none(world).add_duty(importer="E01", exporter=None, rate=0.5)
    income = world.value_added.sum(axis=1)
    fixed = solve(world, policy, closure="fixed_share", tolerance=1e-12)
    expected = world.trade_deficit / income.sum() * fixed.income_usd_mn.sum()
    np.testing.assert_allclose(fixed.trade_deficit_usd_mn, expected, rtol=1e-7)
    rate = world.trade_deficit / income
    own = solve(world, policy, closure="proportional", tolerance=1e-12)
    mean = (rate * own.income_usd_mn).sum() / own.income_usd_mn.sum()
    np.testing.assert_allclose(
        own.trade_deficit_usd_mn, (rate - mean) * own.income_usd_mn, rtol=1e-7
    )
    none = solve(world, policy, closure="balanced", tolerance=1e-12)
    np.testing.assert_allclose(none.trade_deficit_usd_mn / income, 0.0, atol=1e-9)


def test_relabelling_permutes(make_world: MakeWorld) -> None:
    world = make_world(5)
    order = np.array([2, 0, 3, 1])
    flipped = replace(
        world,
        economies=tuple(world.economies[at] for at in order),
        final=world.final[order][:, order],
        intermediate=world.intermediate[order][:, order],
        input_use=world.input_use[order],
        value_added=world.value_added[order],
        tariff=world.tariff[order][:, order],
        trade_deficit=world.trade_deficit[order],
    )
    first, second = (
        solve(w, Policy.none(w).add_duty(importer="E02", exporter="E01", rate=0.7), tolerance=1e-12)
        for w in (world, flipped)
    )
    np.testing.assert_allclose(second.welfare, first.welfare[order], atol=1e-11)


def test_ban_is_the_limit_of_a_rising_duty(make_world: MakeWorld) -> None:
    world = make_world(7)
    none = Policy.none(world)
    ban = solve(world, none.ban(importer="E00", exporter="E01"), tolerance=1e-12)
    duty = none.set_duty(importer="E00", exporter="E01", rate=1e12)
    np.testing.assert_allclose(solve(world, duty, tolerance=1e-12).welfare, ban.welfare, atol=1e-9)
    assert ban.trade_usd_mn[0, 1].sum() == 0.0


def test_autarky_is_reached_without_deficits(make_world: MakeWorld) -> None:
    world = make_world(8)
    policy = Policy.none(world).ban(importer=None, exporter=None)
    outcome = solve(world, policy, closure="balanced", tolerance=1e-12)
    abroad = outcome.trade_usd_mn.sum(axis=2)
    assert np.abs(abroad - np.diag(np.diag(abroad))).max() == 0.0
    assert (outcome.welfare < 0.0).all()


def test_autarky_with_a_deficit_is_refused(make_world: MakeWorld) -> None:
    world = make_world(8)
    policy = Policy.none(world).ban(importer="E01", exporter=None)
    policy = policy.ban(importer=None, exporter="E01")
    with pytest.raises(InfeasibleError, match="E01 is cut off"):
        solve(world, policy)


def test_importer_without_supplier_is_named(make_world: MakeWorld) -> None:
    world = make_world(2, inputs=False, two_uses=False)
    final = world.final.copy()
    final[1, 1, 0] = 0.0  # it imports all of the good
    lacking = replace(
        world,
        final=final,
        value_added=final.sum(axis=0),
        trade_deficit=final.sum(axis=(1, 2)) - final.sum(axis=(0, 2)),
    )
    policy = Policy.none(lacking).ban(importer="E01", exporter=None, sector="S00")
    with pytest.raises(InfeasibleError, match="E01 has no supplier of S00"):
        solve(lacking, policy)


def test_balanced_world_has_no_deficits_and_is_an_equilibrium(make_world: MakeWorld) -> None:
    world = balanced(make_world(9))
    np.testing.assert_allclose(world.trade_deficit / world.value_added.sum(), 0.0, atol=1e-12)
    outcome = solve(world, Policy.none(world), tolerance=1e-11)
    np.testing.assert_allclose(outcome.real_income_hat, 1.0, rtol=1e-9)


def test_warm_start_gives_the_same_outcome(make_world: MakeWorld) -> None:
    world = make_world(4)
    near = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.3)
    far = near.add_duty(importer="E00", exporter="E01", rate=0.9)
    cold = solve(world, far, tolerance=1e-12)
    warm = solve(world, far, start=solve(world, near), tolerance=1e-12)
    np.testing.assert_allclose(warm.welfare, cold.welfare, atol=1e-11)
    assert warm.iterations < cold.iterations


def test_policy_of_another_world_is_refused(make_world: MakeWorld) -> None:
    with pytest.raises(LabelError, match="the policy is for 3 economies"):
        solve(make_world(1), Policy.none(make_world(1, economies=3)))


@pytest.mark.parametrize("rate", [1.45, 5.0])
def test_world_wide_duties_solve(make_world: MakeWorld, rate: float) -> None:
    world = make_world(11, economies=6, sectors=5)
    policy = Policy.none(world).set_duty(importer=None, exporter=None, rate=rate)
    outcome = solve(world, policy, closure="balanced", tolerance=1e-11)
    assert outcome.residual <= 1e-11
