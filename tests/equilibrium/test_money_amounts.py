"""Limits on value and duties per unit: amounts of money, with their deflator."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from parley.equilibrium import Policy, gradient, solve, tangent
from parley.errors import InputError
from parley.world import World

MakeWorld = Callable[..., World]

FLOW = {"importer": "E00", "exporter": "E01", "sector": "S01"}
CELL = (0, 1, 1)


@pytest.mark.parametrize("deflator", ["numeraire", "importer_prices"])
@pytest.mark.parametrize("two_uses", [False, True])
def test_specific_duty_equals_the_duty_that_it_comes_to(
    make_world: MakeWorld, deflator: str, two_uses: bool
) -> None:
    world = make_world(1, two_uses=two_uses)
    none = Policy.none(world)
    found = solve(
        world, none.add_specific_duty(**FLOW, amount=0.4, deflator=deflator), tolerance=1e-12
    )
    index = found.price_index_hat[0] if deflator == "importer_prices" else 1.0
    rate = world.tariff[CELL] + 0.4 * index / found.exporter_price_hat[1, 1]
    assert found.duty_rate[CELL] == pytest.approx(rate, rel=1e-10)
    same = solve(world, none.set_duty(**FLOW, rate=rate), tolerance=1e-12)
    np.testing.assert_allclose(found.welfare, same.welfare, atol=1e-10)
    np.testing.assert_allclose(found.revenue_usd_mn, same.revenue_usd_mn, rtol=1e-9)
    assert found.shadow_price == {}


def test_specific_duty_is_charged_on_a_price_that_an_export_tax_raises(
    make_world: MakeWorld,
) -> None:
    world = make_world(1)
    policy = Policy.none(world).add_specific_duty(**FLOW, amount=0.4)
    policy = policy.add_export_tax(**FLOW, rate=0.5)
    found = solve(world, policy, tolerance=1e-12)
    paid = found.exporter_price_hat[1, 1] * 1.5
    assert found.duty_rate[CELL] == pytest.approx(world.tariff[CELL] + 0.4 / paid, rel=1e-10)


def test_specific_subsidy_lowers_the_price(make_world: MakeWorld) -> None:
    world = make_world(1)
    found = solve(world, Policy.none(world).add_specific_duty(**FLOW, amount=-0.1))
    assert found.duty_rate[CELL] < world.tariff[CELL]
    assert found.trade_usd_mn[CELL] > found.trade_base_usd_mn[CELL]


@pytest.mark.parametrize("rent", ["importer", "exporter", "E03"])
def test_value_cap_is_met_at_customs_value(make_world: MakeWorld, rent: str) -> None:
    world = make_world(2)
    limit = 0.4 * (world.final + world.intermediate)[CELL]
    found = solve(
        world, Policy.none(world).cap(**FLOW, value_usd_mn=limit, rent=rent), tolerance=1e-12
    )
    (price,) = found.shadow_price.values()
    value = found.trade_usd_mn[CELL] * (1.0 if rent == "importer" else 1.0 + price)
    assert value == pytest.approx(limit, rel=1e-9)
    assert price > 0.0


def test_value_cap_can_follow_the_importers_prices(make_world: MakeWorld) -> None:
    world = make_world(2)
    limit = 0.4 * (world.final + world.intermediate)[CELL]
    policy = Policy.none(world).quota(**FLOW, value_usd_mn=limit, deflator="importer_prices")
    found = solve(world, policy, tolerance=1e-12)
    value = found.trade_usd_mn[CELL] / found.price_index_hat[0]
    assert value == pytest.approx(limit, rel=1e-9)


def test_quota_is_a_cap_whose_rent_stays_with_the_importer(make_world: MakeWorld) -> None:
    world = make_world(2)
    none = Policy.none(world)
    quota = solve(world, none.quota(**FLOW, share=0.5))
    cap = solve(world, none.cap(**FLOW, share=0.5, rent="importer"))
    np.testing.assert_array_equal(quota.welfare, cap.welfare)
    assert quota.rent_usd_mn[0] > 0.0


def test_gradient_sees_that_a_specific_duty_falls_with_the_price(make_world: MakeWorld) -> None:
    world = make_world(8)
    policy, step = Policy.none(world).add_specific_duty(**FLOW, amount=0.4), 1e-4
    here = solve(world, policy, tolerance=1e-13)
    found = gradient(here, {"welfare": np.eye(4)[0]}).duty[CELL]
    ends = [
        solve(world, policy.add_duty(**FLOW, rate=move), tolerance=1e-13).welfare[0]
        for move in (step, -step)
    ]
    assert found == pytest.approx((ends[0] - ends[1]) / (2.0 * step), rel=1e-5)
    direction = np.zeros_like(world.tariff)
    direction[CELL] = 1.0
    assert tangent(here, direction)["welfare"][0] == pytest.approx(found, rel=1e-8)


def test_specific_duties_add_up(make_world: MakeWorld) -> None:
    world = make_world(3)
    none = Policy.none(world)
    one = none.add_specific_duty(**FLOW, amount=0.1)
    other = none.add_specific_duty(**FLOW, amount=0.2)
    both = none.add_specific_duty(**FLOW, amount=0.3)
    first, second = solve(world, one + other), solve(world, both)
    np.testing.assert_allclose(first.welfare, second.welfare, atol=1e-12)


def test_unknown_deflator_is_named(make_world: MakeWorld) -> None:
    none = Policy.none(make_world(1))
    with pytest.raises(InputError, match="deflator 'cpi'"):
        none.add_specific_duty(**FLOW, amount=0.1, deflator="cpi")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="deflator 'cpi'"):
        none.quota(**FLOW, value_usd_mn=1.0, deflator="cpi")  # type: ignore[typeddict-item]
