"""Closed forms and laws of each variant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from parley import world as station
from parley.equilibrium import Model, Outcome, Policy, first_order, solve
from parley.world import Elasticities, World

MakeWorld = Callable[..., World]
TIGHT = 1e-12


def frictions(world: World) -> Policy:
    return Policy.none(world).add_iceberg(importer=None, exporter=None, factor=1.3)


def varied(world: World, policy: Policy, **changes: Any) -> Outcome:  # noqa: ANN401 - fields
    elasticities = replace(world.elasticities, **changes)
    return solve(world, policy, elasticities=elasticities, closure="balanced", tolerance=TIGHT)


def home_share(outcome: Outcome) -> np.ndarray:
    ratios = []
    for flows in (outcome.trade_usd_mn, outcome.trade_base_usd_mn):
        spent = flows.sum(axis=1)
        ratios.append(flows[np.arange(len(spent)), np.arange(len(spent))] / spent)
    return ratios[0] / ratios[1]


def test_one_sector_welfare_is_the_home_share(make_world: MakeWorld) -> None:
    """Arkolakis, Costinot and Rodriguez-Clare (2012): W = share ** (-1 / epsilon)."""
    world = make_world(1, sectors=1, inputs=False, duties=0.0, imbalance=0.0, two_uses=False)
    outcome = varied(world, frictions(world))
    expected = home_share(outcome)[:, 0] ** (-1.0 / world.elasticities.trade[0])
    np.testing.assert_allclose(outcome.real_income_hat, expected, rtol=1e-10)


def test_roundabout_production_multiplies_it(make_world: MakeWorld) -> None:
    """The same authors, section 4: the exponent is divided by labour's share in cost."""
    world = make_world(1, sectors=1, duties=0.0, imbalance=0.0, two_uses=False, labour=0.4)
    outcome = varied(world, frictions(world))
    expected = home_share(outcome)[:, 0] ** (-1.0 / (0.4 * world.elasticities.trade[0]))
    np.testing.assert_allclose(outcome.real_income_hat, expected, rtol=1e-10)


def test_many_sectors_weigh_it_by_spending(make_world: MakeWorld) -> None:
    world = make_world(1, inputs=False, duties=0.0, imbalance=0.0, two_uses=False)
    outcome = varied(world, frictions(world))
    weight = world.final.sum(axis=1) / world.final.sum(axis=(1, 2))[:, None]
    factors = home_share(outcome) ** (-weight / world.elasticities.trade)
    np.testing.assert_allclose(outcome.real_income_hat, factors.prod(axis=1), rtol=1e-9)


def test_scale_economies_enter_by_sector_size(make_world: MakeWorld) -> None:
    """Kucheryavyy, Lyn and Rodriguez-Clare (2023): times (share of labour) ** (-weight psi)."""
    world = make_world(1, inputs=False, duties=0.0, imbalance=0.0, two_uses=False)
    psi = np.array([0.1, 0.05, 0.0])
    outcome = varied(world, frictions(world), scale=psi)
    weight = world.final.sum(axis=1) / world.final.sum(axis=(1, 2))[:, None]
    gains = home_share(outcome) ** (-weight / world.elasticities.trade)
    gains = gains * outcome.employment_hat ** (weight * psi)
    np.testing.assert_allclose(outcome.real_income_hat, gains.prod(axis=1), rtol=1e-9)


def test_strong_scale_economies_have_several_equilibria() -> None:
    """Two equal economies, two goods, psi epsilon above one: either may take either good."""
    flows = np.full((2, 2, 2), 0.5) + 0.3 * np.eye(2)[:, :, None]
    tied = Elasticities(
        name="scale",
        trade=np.full(2, 5.0),
        trade_se=np.zeros(2),
        value_added=np.ones(2),
        inputs=np.ones(2),
        scale=np.full(2, 0.5),
    )
    world = World(
        name="twins",
        year=2000,
        economies=("AAA", "BBB"),
        sectors=("X", "Y"),
        sector_titles=("X", "Y"),
        final=flows,
        intermediate=np.zeros_like(flows),
        input_use=np.zeros((2, 2, 2)),
        value_added=flows.sum(axis=0),
        tariff=np.zeros_like(flows),
        tariff_known=np.ones(flows.shape, dtype=bool),
        trade_deficit=np.zeros(2),
        elasticities=tied,
        elasticities_short=tied,
        source="made up",
        licence="none",
    )
    outcome = solve(world, Policy.none(world))
    assert outcome.scale_times_trade.min() > 1.0
    assert outcome.starts_elsewhere > 0


def test_mild_scale_economies_have_one(make_world: MakeWorld) -> None:
    world = make_world(1, inputs=False, duties=0.0, two_uses=False)
    outcome = varied(world, frictions(world), scale=np.array([0.1, 0.05, 0.0]))
    assert outcome.starts_elsewhere == 0


def test_scale_without_sectors_changes_nothing(make_world: MakeWorld) -> None:
    world = make_world(2, sectors=1, inputs=False, two_uses=False)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.5)
    plain, scaled = varied(world, policy), varied(world, policy, scale=np.array([0.15]))
    np.testing.assert_allclose(scaled.welfare, plain.welfare, atol=1e-10)


def test_profits_equal_competition_at_one_elasticity(make_world: MakeWorld) -> None:
    world = make_world(3, inputs=False, two_uses=False)
    world = replace(world, elasticities=replace(world.elasticities, trade=np.full(3, 4.0)))
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.6)
    both = [solve(world, policy, model=Model(profits=on), tolerance=TIGHT) for on in (False, True)]
    np.testing.assert_allclose(both[0].welfare, both[1].welfare, atol=1e-11)


def test_profits_differ_when_elasticities_do(make_world: MakeWorld) -> None:
    world = make_world(3, inputs=False, two_uses=False)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.6)
    both = [solve(world, policy, model=Model(profits=on)) for on in (False, True)]
    assert np.abs(both[0].welfare - both[1].welfare).max() > 1e-5


def test_leontief_inputs_stay_in_proportion(make_world: MakeWorld) -> None:
    world = make_world(4, two_uses=False)
    policy = Policy.none(world).ban(importer="E00", exporter="E01", sector="S01")
    outcome = varied(world, policy, value_added=np.zeros(3), inputs=np.zeros(3))
    labour = outcome.employment_hat / outcome.output_hat
    np.testing.assert_allclose(labour, 1.0, rtol=1e-9)


@pytest.mark.parametrize("field", ["value_added", "inputs", "demand"])
def test_substitution_of_one_is_the_cobb_douglas_limit(make_world: MakeWorld, field: str) -> None:
    world = make_world(4)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.8)
    near: Any = 1.0 + 1e-9 if field == "demand" else np.full(3, 1.0 + 1e-9)
    plain = varied(world, policy)
    np.testing.assert_allclose(
        varied(world, policy, **{field: near}).welfare, plain.welfare, atol=1e-8
    )


def test_demand_follows_relative_prices(make_world: MakeWorld) -> None:
    world = make_world(5, inputs=False, two_uses=False)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, sector="S00", rate=0.9)
    outcome = varied(world, policy, demand=0.5)
    v = outcome.solution.values
    spent = v["final_spending"].T / outcome.solution.sweep.base.final_spending.T
    quantity = spent / outcome.consumer_price_hat
    price = outcome.consumer_price_hat
    np.testing.assert_allclose(
        quantity[:, 0] / quantity[:, 1], (price[:, 0] / price[:, 1]) ** -0.5, rtol=1e-10
    )


def test_specific_labour_stays(make_world: MakeWorld) -> None:
    world = make_world(6)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.9)
    outcome = varied(world, policy, labour_mobile=False)
    np.testing.assert_allclose(outcome.employment_hat, 1.0, rtol=1e-9)


def test_elastic_labour_follows_the_real_wage(make_world: MakeWorld) -> None:
    world = make_world(6)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.9)
    outcome = varied(world, policy, labour_supply=0.4)
    base = outcome.solution.sweep.base.payroll.T
    hours = (outcome.employment_hat * base).sum(axis=1) / base.sum(axis=1)
    real_wage = outcome.wage_hat / outcome.price_index_hat
    np.testing.assert_allclose(hours, real_wage**0.4, rtol=1e-9)
    assert (np.abs(outcome.welfare) < np.abs(outcome.real_income_hat - 1.0))[0]


def test_merging_equal_economies_is_neutral(make_world: MakeWorld) -> None:
    """Two copies of one economy, treated alike, are one economy of twice the size."""
    one = make_world(7, economies=3, imbalance=0.0, two_uses=False)
    twice = np.array([0, 1, 2, 2])
    part = np.array([1.0, 1.0, 0.5, 0.5])
    cells = np.ix_(twice, twice)
    both = part[:, None, None] * part[None, :, None]
    flows = {name: getattr(one, name)[cells] * both for name in ("final", "intermediate")}
    split = replace(
        one,
        name="split",
        economies=("E00", "E01", "E02", "E03"),
        input_use=one.input_use[twice] * part[:, None, None],
        value_added=one.value_added[twice] * part[:, None],
        tariff=one.tariff[cells],
        tariff_known=one.tariff_known[cells],
        trade_deficit=np.zeros(4),
        **flows,
    )
    policies = [
        Policy.none(one).add_duty(importer="E00", exporter="E02", rate=0.7),
        Policy.none(split).add_duty(importer="E00", exporter=("E02", "E03"), rate=0.7),
    ]
    first, second = (
        solve(world, policy, closure="balanced", tolerance=TIGHT)
        for world, policy in zip((one, split), policies, strict=True)
    )
    np.testing.assert_allclose(second.welfare, first.welfare[twice], atol=1e-10)


def test_nominal_scale_is_free(make_world: MakeWorld) -> None:
    """A world in other money has the same hats."""
    world = make_world(8)
    names = ("final", "intermediate", "input_use", "value_added", "trade_deficit")
    dear = replace(world, **{name: 7.0 * getattr(world, name) for name in names})
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=0.7)
    first, second = solve(world, policy, tolerance=TIGHT), solve(dear, policy, tolerance=TIGHT)
    np.testing.assert_allclose(second.welfare, first.welfare, atol=1e-11)
    np.testing.assert_allclose(second.revenue_usd_mn, 7.0 * first.revenue_usd_mn, rtol=1e-10)


def test_zero_flows_stay_zero(make_world: MakeWorld) -> None:
    world = make_world(9, zeros=0.4)
    policy = Policy.none(world).set_duty(importer=None, exporter=None, rate=1.45)
    outcome = solve(world, policy, closure="balanced", tolerance=TIGHT)
    assert np.all(outcome.trade_usd_mn[outcome.trade_base_usd_mn == 0.0] == 0.0)


def test_economy_without_home_supply_solves(make_world: MakeWorld) -> None:
    world = make_world(10, inputs=False, two_uses=False, imbalance=0.0, duties=0.0)
    final = world.final.copy()
    final[1, 1, 0] = 0.0
    lacking = replace(
        world,
        final=final,
        value_added=final.sum(axis=0),
        trade_deficit=final.sum(axis=(1, 2)) - final.sum(axis=(0, 2)),
    )
    policy = Policy.none(lacking).add_duty(importer="E01", exporter=None, rate=5.0)
    outcome = solve(lacking, policy, closure="balanced", tolerance=TIGHT)
    assert outcome.trade_usd_mn[1, 1, 0] == 0.0
    assert outcome.welfare[1] < 0.0


@pytest.mark.parametrize("horizon", ["elasticities", "elasticities_short"])
def test_the_duties_of_april_2025_on_the_shipped_world(horizon: str) -> None:
    world = station.load("g20-2019")
    goods = tuple(world.goods)
    policy = (
        Policy.none(world)
        .add_duty(importer="USA", exporter="CHN", sector=goods, rate=1.45)
        .add_duty(importer="CHN", exporter="USA", sector=goods, rate=1.25)
    )
    outcome = solve(world, policy, elasticities=getattr(world, horizon), tolerance=TIGHT)
    usa, chn, mex = (world.economy(code) for code in ("USA", "CHN", "MEX"))
    assert outcome.welfare[usa] < 0.0
    assert outcome.welfare[chn] < 0.0
    assert outcome.welfare[mex] > 0.0
    for n, i in ((usa, chn), (chn, usa)):
        assert outcome.trade_usd_mn[n, i, 2] < 0.5 * outcome.trade_base_usd_mn[n, i, 2]


def test_first_order_parts_are_near_the_exact_change_of_a_small_shock(
    make_world: MakeWorld,
) -> None:
    world = make_world(11, inputs=False, two_uses=False, imbalance=0.0)
    policy = Policy.none(world).add_duty(importer="E00", exporter=None, rate=1e-4)
    outcome = solve(world, policy, closure="balanced", tolerance=1e-13)
    np.testing.assert_allclose(first_order(outcome).total, outcome.welfare, atol=1e-8)
