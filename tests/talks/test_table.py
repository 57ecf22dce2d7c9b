"""Instruments, deals and the policies that they become."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley import talks, world
from parley.equilibrium import Policy, solve
from parley.errors import InputError, LabelError
from parley.world import World


@pytest.fixture(scope="module")
def g20() -> World:
    return world.load("g20-2019")


def instrument(kind: str, setting: float, **more: object) -> talks.Instrument:
    limits = {"quota": (0.1, math.inf), "cap": (0.1, math.inf)}
    low, high = limits.get(kind, (0.0, 10.0 if kind.startswith("duty") else 1.0))
    fields = {"owner": "USA", "partners": ("CHN",), "setting": setting, "low": low, "high": high}
    return talks.Instrument(kind=kind, **(fields | more))


def table(*instruments: talks.Instrument) -> talks.Table:
    return talks.Table(instruments=instruments)


NEUTRAL = {
    "duty_points": 0.0,
    "export_tax": 0.0,
    "quota": math.inf,
    "cap": math.inf,
    "import_ban": 0.0,
    "export_ban": 0.0,
}


@pytest.mark.parametrize(("kind", "setting"), NEUTRAL.items())
def test_an_instrument_that_does_nothing_is_the_null_policy(
    kind: str, setting: float, g20: World
) -> None:
    one = instrument(kind, setting)
    policy, none = table(one).policy(table(one).status_quo, g20), Policy.none(g20)
    assert one.none == setting
    assert policy.limits == ()
    for name in ("duty_level", "duty_points", "export_tax", "iceberg", "banned"):
        np.testing.assert_array_equal(getattr(policy, name), getattr(none, name))


def test_base_duties_set_anew_move_nobody(make_two: Callable[..., World]) -> None:
    two = make_two()
    one = instrument("duty", 0.0, owner="AAA", partners=("BBB",))
    outcome = solve(two, table(one).policy(table(one).status_quo, two))
    np.testing.assert_allclose(outcome.welfare, 0.0, atol=1e-12)


@pytest.mark.parametrize("kind", ["quota", "cap"])
def test_a_limit_at_the_base_flow_costs_nothing(kind: str, g20: World) -> None:
    one = instrument(kind, 1.0)
    outcome = solve(g20, table(one).policy(table(one).status_quo, g20))
    np.testing.assert_allclose(outcome.welfare, 0.0, atol=1e-9)


def test_a_tighter_cap_lets_less_through(g20: World) -> None:
    one = instrument("cap", math.inf, sectors=("C",))
    halved = solve(g20, table(one).policy(table(one).deal([0.5]), g20))
    (shadow,) = halved.shadow_price.values()
    assert shadow > 0.0
    usa, china, goods = g20.economy("USA"), g20.economy("CHN"), g20.sector("C")
    assert halved.trade_usd_mn[china, usa, goods] < g20.flows[china, usa, goods]


def test_a_ban_equals_a_very_high_duty(g20: World) -> None:
    ban, duty = instrument("import_ban", 1.0), instrument("duty_points", 1e4, high=1e4)
    banned = solve(g20, table(ban).policy(table(ban).status_quo, g20))
    charged = solve(g20, table(duty).policy(table(duty).status_quo, g20))
    np.testing.assert_allclose(banned.welfare, charged.welfare, atol=1e-7)


def test_an_export_tax_falls_on_what_the_owner_sells(g20: World) -> None:
    one = instrument("export_tax", 0.2, sectors=("C",))
    policy = table(one).policy(table(one).status_quo, g20)
    at = np.argwhere(policy.export_tax)
    assert [g20.economies[at[0, 0]], g20.economies[at[0, 1]]] == ["CHN", "USA"]
    assert len(at) == 1


def test_a_quota_on_final_use_leaves_inputs_alone(g20: World) -> None:
    one = instrument("cap", 0.5, sectors=("C",), use="final")
    (limit,) = table(one).policy(table(one).status_quo, g20).limits
    assert limit.cells[0].sum() == 1
    assert limit.cells[1].sum() == 0


def test_a_group_stands_for_its_members(g20: World) -> None:
    one = instrument("duty_points", 0.1, partners=("EUU",), sectors=("C",))
    policy = table(one).policy(table(one).status_quo, g20)
    assert [g20.economies[i] for i in np.argwhere(policy.duty_points)[:, 1]] == [
        "DEU",
        "FRA",
        "ITA",
    ]


def test_a_level_on_the_table_replaces_one_beside_it(g20: World) -> None:
    one = instrument("duty", 0.05, sectors=("C",))
    beside = Policy.none(g20).set_duty(importer="USA", exporter="CHN", sector="C", rate=0.5)
    policy = table(one).policy(table(one).status_quo, g20, beside=beside)
    assert np.nansum(policy.duty_level) == 0.05


def test_points_come_on_top_of_a_level_in_any_order(g20: World) -> None:
    points, level = instrument("duty_points", 0.1), instrument("duty", 0.2)
    usa, china, goods = g20.economy("USA"), g20.economy("CHN"), g20.sector("C")
    for both in (table(points, level), table(level, points)):
        duties = both.policy(both.status_quo, g20).tariff(g20.tariff)
        assert duties[usa, china, goods] == pytest.approx(0.3)


@given(st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3))
def test_a_deal_holds_one_setting_by_name(rates: list[float]) -> None:
    three = table(*(instrument("duty_points", 0.0, partners=(p,)) for p in ("CHN", "IND", "EUU")))
    deal = three.status_quo.but(dict(zip(three.names, rates, strict=True)))
    assert deal.settings == tuple(rates)
    assert deal["USA additional duty on IND"] == rates[1]
    assert deal == three.deal(rates)


def test_a_deal_of_another_table_is_refused(g20: World) -> None:
    one, other = table(instrument("quota", 1.0)), table(instrument("export_tax", 0.0))
    with pytest.raises(LabelError, match="the deal sets USA quota"):
        other.policy(one.status_quo, g20)
    with pytest.raises(LabelError, match="no instrument 'tea'"):
        one.status_quo.but({"tea": 1.0})


@pytest.mark.parametrize(
    ("kind", "setting"),
    [
        ("import_ban", 0.5),
        ("quota", 0.0),
        ("quota", math.nan),
        ("duty", -1.0),
        ("export_tax", math.inf),
    ],
)
def test_a_setting_that_means_nothing_is_refused(kind: str, setting: float) -> None:
    with pytest.raises(InputError, match="is no setting of"):
        instrument(kind, setting)


def test_a_breach_restricts_more_and_never_less() -> None:
    assert instrument("duty_points", 0.1).breaches(0.3) == (0.3, 10.0)
    assert instrument("cap", 0.5).breaches(0.8) == (0.1, 0.8)
    assert instrument("export_ban", 0.0).breaches(0.0) == (0.0, 1.0)


def test_two_instruments_of_one_name_are_refused() -> None:
    with pytest.raises(InputError, match="name of its own"):
        table(instrument("quota", 1.0), instrument("quota", 0.5))


def test_a_party_that_sets_nothing_may_sit_at_the_table() -> None:
    both = talks.Table(instruments=(instrument("quota", 1.0),), parties=("USA", "CHN"))
    assert both.owned_by("CHN") == ()
    with pytest.raises(InputError, match="sit at the table"):
        talks.Table(instruments=(instrument("quota", 1.0),), parties=("CHN", "EUU"))


def test_a_search_tries_a_ban_on_and_off_and_a_limit_lifted() -> None:
    both = table(instrument("import_ban", 0.0), instrument("cap", math.inf))

    def payoff(deal: talks.Deal) -> np.ndarray:
        ban, share = deal.settings
        return np.array([ban - (0.0 if math.isinf(share) else (share - 0.43) ** 2 + 1.0)])

    found, row = talks.search(payoff, both.instruments, lambda pays: int(np.argmax(pays[:, 0])))
    assert row is not None
    assert found.deals[row].settings == (1.0, math.inf)
    assert {deal.settings[0] for deal in found.deals} == {0.0, 1.0}


def test_lowered_duties_stop_at_none_and_leave_the_rest() -> None:
    three = table(
        instrument("duty_points", 0.3),
        instrument("duty", 0.05, partners=("IND",)),
        instrument("cap", 0.5, partners=("BRA",)),
    )
    assert three.lowered("USA", 0.1).settings == pytest.approx((0.2, 0.0, 0.5))
    assert three.lowered("CHN", 0.1) == three.status_quo
