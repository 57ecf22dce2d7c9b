"""Caps, quotas, tariff-rate quotas and export taxes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from parley.equilibrium import Outcome, Policy, gradient, solve
from parley.errors import InputError, LabelError
from parley.world import World

if TYPE_CHECKING:
    from parley.typing import Array

MakeWorld = Callable[..., World]

FLOW = {"importer": "E00", "exporter": "E01", "sector": "S01"}
NEXT = {"importer": "E00", "exporter": "E02", "sector": "S01"}
RENTS = ["importer", "exporter", "wasted", "E03"]


def volume(outcome: Outcome, *, importer: int = 0, exporter: int = 1, sector: int = 1) -> float:
    """Volume of a flow in base-period USD mn; nothing of it is wasted."""
    value = outcome.trade_usd_mn[importer, exporter, sector]
    return float(value / outcome.exporter_price_hat[exporter, sector])


@pytest.mark.parametrize("rent", RENTS)
def test_cap_at_the_base_flow_costs_nothing(make_world: MakeWorld, rent: str) -> None:
    world = make_world(1)
    outcome = solve(world, Policy.none(world).cap(**FLOW, share=1.0, rent=rent))
    np.testing.assert_allclose(outcome.real_income_hat, 1.0, atol=1e-9)


def test_slack_cap_has_no_price(make_world: MakeWorld) -> None:
    world = make_world(1)
    outcome = solve(world, Policy.none(world).cap(**FLOW, share=1.5))
    assert list(outcome.shadow_price.values()) == [0.0]


@pytest.mark.parametrize("two_uses", [False, True])
def test_import_quota_equals_its_tariff(make_world: MakeWorld, two_uses: bool) -> None:
    world = make_world(1, two_uses=two_uses)
    none = Policy.none(world)
    limited = solve(world, none.cap(**FLOW, share=0.3, rent="importer"), tolerance=1e-12)
    base = (world.final + world.intermediate)[0, 1, 1]
    assert volume(limited) == pytest.approx(0.3 * base, rel=1e-9)
    (price,) = limited.shadow_price.values()
    rate = (1.0 + world.tariff[0, 1, 1]) * (1.0 + price) - 1.0
    duty = solve(world, none.set_duty(**FLOW, rate=rate), tolerance=1e-12)
    np.testing.assert_allclose(limited.welfare, duty.welfare, atol=1e-10)
    np.testing.assert_allclose(
        limited.revenue_usd_mn + limited.rent_usd_mn, duty.revenue_usd_mn, rtol=1e-9
    )


def test_export_licence_equals_its_export_tax(make_world: MakeWorld) -> None:
    world = make_world(2)
    none = Policy.none(world)
    limited = solve(world, none.cap(**FLOW, share=0.3, rent="exporter"), tolerance=1e-12)
    (price,) = limited.shadow_price.values()
    taxed = solve(world, none.add_export_tax(**FLOW, rate=price), tolerance=1e-12)
    np.testing.assert_allclose(limited.welfare, taxed.welfare, atol=1e-10)
    np.testing.assert_allclose(
        limited.revenue_usd_mn + limited.rent_usd_mn, taxed.revenue_usd_mn, rtol=1e-9
    )


def test_wasted_rent_equals_its_iceberg_cost(make_world: MakeWorld) -> None:
    world = make_world(2)
    none = Policy.none(world)
    limited = solve(world, none.cap(**FLOW, share=0.5, rent="wasted"), tolerance=1e-12)
    (price,) = limited.shadow_price.values()
    cost = solve(world, none.add_iceberg(**FLOW, factor=1.0 + price), tolerance=1e-12)
    np.testing.assert_allclose(limited.welfare, cost.welfare, atol=1e-10)
    assert np.all(limited.rent_usd_mn == 0.0)


def test_rent_goes_to_the_named_holder(make_world: MakeWorld) -> None:
    world = make_world(2)
    outcome = solve(world, Policy.none(world).cap(**FLOW, share=0.5, rent="E03"))
    assert outcome.rent_usd_mn[3] > 0.0
    assert np.count_nonzero(outcome.rent_usd_mn) == 1


@pytest.mark.parametrize("rent", RENTS)
def test_cap_to_a_millionth_approaches_the_ban(make_world: MakeWorld, rent: str) -> None:
    world = make_world(3)
    none = Policy.none(world)
    ban = solve(world, none.ban(**FLOW), tolerance=1e-12)
    limited = solve(world, none.cap(**FLOW, share=1e-6, rent=rent), tolerance=1e-12)
    np.testing.assert_allclose(limited.welfare, ban.welfare, atol=1e-4)
    nearer = solve(world, none.cap(**FLOW, share=1e-9, rent=rent), tolerance=1e-12)
    assert np.abs(nearer.welfare - ban.welfare).max() < np.abs(limited.welfare - ban.welfare).max()


@pytest.mark.parametrize("regime", ["inside", "filled", "beyond"])
@pytest.mark.parametrize("rent", ["importer", "exporter"])
def test_tariff_rate_quota_in_each_regime(make_world: MakeWorld, regime: str, rent: str) -> None:
    world = make_world(4, duties=0.0)
    none = Policy.none(world)
    inside = solve(world, none.set_duty(**FLOW, rate=0.05), tolerance=1e-12)
    beyond = solve(world, none.set_duty(**FLOW, rate=0.4), tolerance=1e-12)
    most, least = volume(inside), volume(beyond)
    limit = {"inside": 2.0 * most, "filled": (most * least) ** 0.5, "beyond": 0.1 * least}[regime]
    policy = none.tariff_rate_quota(
        **FLOW, in_quota=0.05, out_of_quota=0.4, volume_usd_mn=limit, rent=rent
    )
    outcome = solve(world, policy, tolerance=1e-12)
    (price,) = outcome.shadow_price.values()
    if regime == "inside":
        np.testing.assert_allclose(outcome.welfare, inside.welfare, atol=1e-10)
    elif regime == "filled":
        assert volume(outcome) == pytest.approx(limit, rel=1e-9)
        assert 0.0 < price < 1.4 / 1.05 - 1.0
    else:
        assert price == pytest.approx(1.4 / 1.05 - 1.0)
        if rent == "importer":
            np.testing.assert_allclose(outcome.welfare, beyond.welfare, atol=1e-10)
        per_unit = outcome.exporter_price_hat[1, 1] * (0.35 if rent == "importer" else 1.0 / 3.0)
        assert outcome.rent_usd_mn.sum() == pytest.approx(limit * per_unit, rel=1e-8)


def test_overlapping_caps_solve_together(make_world: MakeWorld) -> None:
    world = make_world(5)
    flows = (world.final + world.intermediate)[0, :, 1]
    both = {"importer": "E00", "exporter": ("E01", "E02"), "sector": "S01"}
    policy = (
        Policy.none(world)
        .cap(**FLOW, share=0.4, rent="importer")
        .cap(**both, share=0.5, rent="exporter")
        .cap(importer="E00", exporter=None, sector="S01", share=0.6, rent="importer")
    )
    outcome = solve(world, policy, tolerance=1e-11)
    volumes = [volume(outcome, exporter=at) for at in (1, 2, 3)]
    used = [volumes[0], sum(volumes[:2]), sum(volumes)]
    limits = [0.4 * flows[1], 0.5 * (flows[1] + flows[2]), 0.6 * flows[1:].sum()]
    for use, limit, price in zip(used, limits, outcome.shadow_price.values(), strict=True):
        assert use <= limit * (1.0 + 1e-8)
        assert price == 0.0 or use == pytest.approx(limit, rel=1e-8)
    assert sum(price > 0.0 for price in outcome.shadow_price.values()) >= 2


def test_two_caps_on_one_flow_leave_the_tighter(make_world: MakeWorld) -> None:
    world = make_world(5)
    policy = Policy.none(world).cap(**FLOW, share=0.7).cap(**FLOW, share=0.4, rent="importer")
    outcome = solve(world, policy, tolerance=1e-12)
    loose, tight = outcome.shadow_price.values()
    assert loose == 0.0
    assert tight > 0.0
    alone = solve(world, Policy.none(world).cap(**FLOW, share=0.4, rent="importer"))
    np.testing.assert_allclose(outcome.welfare, alone.welfare, atol=1e-9)


def test_rents_close_the_accounts(make_world: MakeWorld) -> None:
    world = make_world(6)
    policy = (
        Policy.none(world)
        .cap(**FLOW, share=0.4, rent="E03")
        .add_export_tax(importer=None, exporter="E02", rate=0.2)
        .add_duty(importer="E00", exporter=None, rate=0.3)
    )
    outcome = solve(world, policy, closure="balanced", tolerance=1e-12)
    v = outcome.solution.values
    earned = outcome.income_usd_mn + outcome.revenue_usd_mn + outcome.rent_usd_mn
    np.testing.assert_allclose(v["final_spending"].sum(axis=0), earned, rtol=1e-10)
    sold = outcome.trade_usd_mn.sum(axis=0)
    np.testing.assert_allclose(sold, v["sales_level"].T, rtol=1e-10)


def test_lerner_symmetry(make_world: MakeWorld) -> None:
    """A uniform import duty equals a uniform export tax when trade is balanced."""
    world = make_world(7, duties=0.0)
    none = Policy.none(world)
    duty = none.set_duty(importer="E00", exporter=None, rate=0.3)
    tax = none.add_export_tax(importer=None, exporter="E00", rate=0.3)
    first, second = (solve(world, p, closure="balanced", tolerance=1e-12) for p in (duty, tax))
    np.testing.assert_allclose(first.welfare, second.welfare, atol=1e-10)


def everything(world: World) -> Policy:
    return (
        Policy.none(world)
        .cap(**FLOW, share=0.4, rent="exporter")
        .cap(importer="E00", exporter=("E01", "E02"), sector="S01", share=0.6, rent="importer")
        .cap(importer="E02", exporter="E00", share=0.7, rent="wasted")
        .cap(importer="E03", exporter="E00", sector="S00", share=0.7, rent="E01", use="final")
        .tariff_rate_quota(
            importer="E01",
            exporter="E03",
            sector="S02",
            in_quota=0.0,
            out_of_quota=0.3,
            share=0.2,
            rent="exporter",
        )
        .cap(importer="E02", exporter="E01", value_usd_mn=3e4, rent="exporter")
        .quota(importer=("E02", "E03"), exporter="E01", sector="S01", value_usd_mn=1e4,
               deflator="importer_prices")
        .add_specific_duty(importer="E00", exporter=("E01", "E02"), sector="S01", amount=0.1)
        .add_specific_duty(importer=("E00", "E01"), exporter="E02", amount=0.2,
                           deflator="importer_prices")
        .add_export_tax(importer="E00", exporter="E01", rate=0.15)
        .add_duty(importer="E00", exporter=None, rate=0.2)
    )  # fmt: skip


@pytest.mark.parametrize("two_uses", [False, True])
def test_sweep_derivatives_with_every_wedge(make_world: MakeWorld, two_uses: bool) -> None:
    world = make_world(8, two_uses=two_uses)
    sweep = solve(world, everything(world)).solution.sweep
    rng = np.random.default_rng(0)
    state = rng.normal(0.0, 0.05, sweep.size)
    state[-sweep.limits :] = np.linspace(0.15, 0.3, sweep.limits)
    v = sweep.values(state)
    direction, step = rng.normal(size=(sweep.size, 3)), 1e-6
    change = sweep.tangent(v, direction)[1]
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


@pytest.mark.parametrize("two_uses", [False, True])
def test_gradient_with_every_wedge_equals_differences(
    make_world: MakeWorld, two_uses: bool
) -> None:
    world = make_world(8, two_uses=two_uses)
    policy, step = everything(world), 1e-4
    outcome = solve(world, policy, tolerance=1e-13)
    for name in ("welfare", "revenue_usd_mn"):
        weight = np.random.default_rng(3).normal(size=4)
        found = gradient(outcome, {name: weight})

        def slope(up: Policy, down: Policy, name: str = name, weight: Array = weight) -> float:
            values = [getattr(solve(world, p, tolerance=1e-13), name) for p in (up, down)]
            return float(weight @ (values[0] - values[1])) / (2.0 * step)

        for cell, at in ((FLOW, (0, 1, 1)), (NEXT, (0, 2, 1))):
            duty = slope(policy.add_duty(**cell, rate=step), policy.add_duty(**cell, rate=-step))
            tax = slope(
                policy.add_export_tax(**cell, rate=step),
                policy.add_export_tax(**cell, rate=-step),
            )
            scale = np.abs(found.duty).max()
            assert found.duty[at] == pytest.approx(duty, rel=1e-5, abs=1e-6 * scale)
            assert found.export_tax[at] == pytest.approx(tax, rel=1e-5, abs=1e-6 * scale)


def test_gradient_to_a_limit_equals_differences(make_world: MakeWorld) -> None:
    world = make_world(8)
    none, share, step = Policy.none(world), 0.4, 1e-4
    outcome = solve(world, none.cap(**FLOW, share=share), tolerance=1e-13)
    found = gradient(outcome, {"welfare": np.eye(4)[0]})
    ends = [
        solve(world, none.cap(**FLOW, share=share * np.exp(move)), tolerance=1e-13).welfare[0]
        for move in (step, -step)
    ]
    assert found.limit[0] == pytest.approx((ends[0] - ends[1]) / (2.0 * step), rel=1e-5)
    assert found.one_sided == ()


def test_just_binding_limit_is_flagged(make_world: MakeWorld) -> None:
    world = make_world(8)
    outcome = solve(world, Policy.none(world).cap(**FLOW, share=1.0), tolerance=1e-12)
    found = gradient(outcome, {"welfare": np.eye(4)[0]})
    assert found.one_sided == ("E00 from E01, S01",)


def test_many_caps_bind_at_once(make_world: MakeWorld) -> None:
    world = make_world(9, economies=5, sectors=4)
    policy = Policy.none(world)
    for importer in world.economies:
        for exporter in world.economies:
            if importer != exporter:
                policy = policy.cap(importer=importer, exporter=exporter, share=0.8)
    outcome = solve(world, policy, tolerance=1e-11)
    flows = outcome.trade_usd_mn / outcome.exporter_price_hat[None]
    used = flows.sum(axis=2) / outcome.trade_base_usd_mn.sum(axis=2)
    abroad = used[~np.eye(5, dtype=bool)]
    assert abroad.max() <= 0.8 * (1.0 + 1e-9)
    assert len(outcome.shadow_price) == 20


@pytest.mark.parametrize("size", [{}, {"share": 0.5, "volume_usd_mn": 3.0}, {"share": 0.0}])
def test_limit_is_stated_once_and_positive(make_world: MakeWorld, size: dict[str, float]) -> None:
    with pytest.raises(InputError, match="limit E00 from E01, S01"):
        Policy.none(make_world(1)).cap(**FLOW, **size)


def test_unknown_holder_is_named(make_world: MakeWorld) -> None:
    world = make_world(1)
    with pytest.raises(LabelError, match="rent 'ATL'"):
        solve(world, Policy.none(world).cap(**FLOW, share=0.5, rent="ATL"))
