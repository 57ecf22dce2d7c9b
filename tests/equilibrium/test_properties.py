"""Laws of any equilibrium, on many random worlds, policies and closures."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import numpy as np
import pytest

from parley.equilibrium import Closure, Outcome, Policy, solve
from parley.world import World

MakeWorld = Callable[..., World]
CLOSURES: tuple[Closure, ...] = get_args(Closure)
FLOW = {"importer": "E00", "exporter": "E01", "sector": "S01"}


def solved(make_world: MakeWorld, seed: int, closure: Closure) -> Outcome:
    """An equilibrium with every kind of instrument in it."""
    world = make_world(seed, two_uses=seed % 2 == 0, zeros=0.1)
    policy = (
        Policy.none(world)
        .set_duty(importer="E00", exporter=None, rate=0.6)
        .add_duty(importer=None, exporter="E02", sector="S00", rate=-0.1)
        .add_specific_duty(importer="E01", exporter="E00", amount=0.2, deflator="importer_prices")
        .add_export_tax(importer=None, exporter="E03", rate=0.1)
        .add_iceberg(importer="E02", exporter="E01", factor=1.2)
        .cap(importer="E01", exporter="E02", share=0.5, rent="E03")
        .quota(importer="E03", exporter="E00", share=0.7)
    )
    return solve(world, policy, closure=closure, tolerance=1e-12)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("closure", CLOSURES)
class TestAccounts:
    """What must add up, whatever is charged and however deficits follow."""

    def test_shares_of_suppliers_sum_to_one(
        self, make_world: MakeWorld, seed: int, closure: Closure
    ) -> None:
        v = solved(make_world, seed, closure).solution.values
        spending = v["gross"] * v["attraction"][:, None, :] / v["denominator"][:, :, None]
        total = spending.sum(axis=2)
        np.testing.assert_allclose(total[v["bought"] > 0.0], 1.0, rtol=1e-12)

    def test_world_spending_is_world_income(
        self, make_world: MakeWorld, seed: int, closure: Closure
    ) -> None:
        outcome = solved(make_world, seed, closure)
        v = outcome.solution.values
        earned = outcome.income_usd_mn + outcome.revenue_usd_mn + outcome.rent_usd_mn
        assert v["final_spending"].sum() == pytest.approx(earned.sum(), rel=1e-10)
        np.testing.assert_allclose(
            v["final_spending"].sum(axis=0), earned + v["deficit"], rtol=1e-10
        )

    def test_walras_law_closes_the_last_market(
        self, make_world: MakeWorld, seed: int, closure: Closure
    ) -> None:
        """Goods, budgets and the numeraire leave one labour market that nobody had to clear."""
        outcome = solved(make_world, seed, closure)
        base = outcome.solution.sweep.base
        demanded = outcome.payroll_usd_mn.sum(axis=1) / outcome.wage_hat
        np.testing.assert_allclose(demanded, base.payroll.sum(axis=0), rtol=1e-10)
        sold = outcome.trade_usd_mn.sum(axis=0)
        np.testing.assert_allclose(sold, outcome.solution.values["sales_level"].T, rtol=1e-10)

    def test_imbalances_sum_to_zero(
        self, make_world: MakeWorld, seed: int, closure: Closure
    ) -> None:
        outcome = solved(make_world, seed, closure)
        scale = outcome.income_usd_mn.sum()
        assert abs(outcome.trade_deficit_usd_mn.sum()) < 1e-10 * scale
        assert abs(outcome.solution.values["deficit"].sum()) < 1e-10 * scale


@pytest.mark.parametrize("seed", range(6))
def test_base_year_income_is_final_spending(make_world: MakeWorld, seed: int) -> None:
    world = make_world(seed)
    outcome = solve(world, Policy.none(world))
    income = outcome.income_base_usd_mn + outcome.revenue_base_usd_mn + world.trade_deficit
    np.testing.assert_allclose(income, outcome.expenditure_base_usd_mn, rtol=1e-10)


@pytest.mark.parametrize("seed", range(4))
def test_uniform_tax_on_exports_is_a_uniform_duty_on_imports(
    make_world: MakeWorld, seed: int
) -> None:
    """Lerner (1936), with trade in balance and duties of the others in place."""
    world = make_world(seed + 10, two_uses=seed % 2 == 0)
    others = Policy.none(world).set_duty(importer="E00", exporter=None, rate=0.0)
    duty = others.set_duty(importer="E00", exporter=None, rate=0.25)
    tax = others.add_export_tax(importer=None, exporter="E00", rate=0.25)
    by_duty, by_tax = (
        solve(world, one, closure="balanced", tolerance=1e-12) for one in (duty, tax)
    )
    np.testing.assert_allclose(by_duty.welfare, by_tax.welfare, atol=1e-10)


@pytest.mark.parametrize("rent", ["importer", "exporter", "wasted", "E03"])
def test_tightening_a_value_cap_ends_in_the_ban(make_world: MakeWorld, rent: str) -> None:
    world = make_world(3)
    none = Policy.none(world)
    base = world.flows[0, 1, 1]
    ban = solve(world, none.ban(**FLOW), tolerance=1e-12).welfare
    gaps = [
        np.abs(
            solve(
                world, none.cap(**FLOW, value_usd_mn=part * base, rent=rent), tolerance=1e-12
            ).welfare
            - ban
        ).max()
        for part in (0.5, 1e-3, 1e-6)
    ]
    assert gaps[0] > gaps[1] > gaps[2]
    assert gaps[2] < 1e-4


def test_value_cap_at_the_base_flow_costs_nothing(make_world: MakeWorld) -> None:
    world = make_world(1)
    policy = Policy.none(world).quota(**FLOW, value_usd_mn=float(world.flows[0, 1, 1]))
    np.testing.assert_allclose(solve(world, policy).real_income_hat, 1.0, atol=1e-9)
