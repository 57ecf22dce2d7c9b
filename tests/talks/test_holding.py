"""The holding condition against its closed form and its degenerate cases."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import InputError
from parley.talks import Holding


def case(**values: float) -> Holding:
    return Holding(party="USA", **({"breach": 12.0, "deal": 10.0, "punishment": 4.0} | values))


@pytest.mark.parametrize("lag", [1.0, 3.0])
def test_the_least_factor_is_the_closed_form(lag: float) -> None:
    assert case(lag=lag).least_discount_factor == pytest.approx((2.0 / 8.0) ** (1.0 / lag))


def test_one_period_of_punishment_has_its_own_closed_form() -> None:
    # (1 - d)(B - C) <= d (1 - d)(C - P): d >= (B - C) / (C - P) = 2 / 6.
    assert case(periods=1.0).least_discount_factor == pytest.approx(1.0 / 3.0, abs=1e-12)


def test_a_long_punishment_tends_to_one_that_never_ends() -> None:
    assert case(periods=500.0).least_discount_factor == pytest.approx(0.25, abs=1e-12)


def test_a_punishment_too_short_for_the_lag_never_suffices() -> None:
    # T/L = 1/3 of C - P = 6 does not reach B - C = 2.
    short = case(lag=3.0, periods=1.0)
    assert short.verdict == "no patience suffices"
    assert short.least_discount_factor is None
    assert not short.holds(discount_factor=0.999999)


def test_without_a_gain_from_breach_any_patience_suffices() -> None:
    held = case(breach=10.0)
    assert held.verdict == "any patience suffices"
    assert held.least_discount_factor == 0.0
    assert held.longest_lag(rate=0.05) == math.inf
    assert held.holds(discount_factor=0.0)


def test_a_punishment_that_does_not_hurt_never_suffices() -> None:
    lost = case(punishment=10.0)
    assert lost.verdict == "no patience suffices"
    assert lost.least_discount_factor is None
    assert lost.longest_lag(rate=0.05) is None


def test_a_short_punishment_has_a_longest_lag_too() -> None:
    short = case(periods=3.0)
    lag = short.longest_lag(rate=0.05)
    assert lag is not None
    assert case(periods=3.0, lag=lag).holds(discount_factor=math.exp(-0.05) + 1e-9)
    assert not case(periods=3.0, lag=1.01 * lag).holds(discount_factor=math.exp(-0.05))


def test_the_longest_lag_is_where_the_condition_is_an_equality() -> None:
    lag = case().longest_lag(rate=0.05)
    assert lag is not None
    assert case(lag=lag).least_discount_factor == pytest.approx(math.exp(-0.05))


def test_a_lag_of_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="lag"):
        case(lag=0.0)


@given(
    gain=st.floats(0.01, 10.0),
    cost=st.floats(0.01, 10.0),
    lag=st.floats(0.1, 10.0),
    periods=st.one_of(st.just(math.inf), st.floats(0.1, 50.0)),
)
def test_the_least_factor_parts_what_holds_from_what_does_not(
    gain: float, cost: float, lag: float, periods: float
) -> None:
    one = Holding(party="X", breach=gain, deal=0.0, punishment=-cost, lag=lag, periods=periods)
    least = one.least_discount_factor
    if least is None:
        assert not one.holds(discount_factor=0.999)
        return
    if least < 0.99:
        assert one.holds(discount_factor=min(least * 1.001 + 1e-6, 0.9999))
    if least > 1e-3:
        assert not one.holds(discount_factor=least * 0.999)


def test_a_gain_within_the_rounding_is_none() -> None:
    held = case(breach=10.0 + 1e-9, punishment=11.0, least_gain=1e-6)
    assert held.one_shot_gain == 0.0
    assert held.verdict == "any patience suffices"
    assert held.longest_lag(rate=0.05) == math.inf
    assert case(breach=10.0 + 1e-5, least_gain=1e-6).verdict == "patience needed"


def test_a_punishment_may_pay_the_punished() -> None:
    assert case(punishment=11.0).pays_to_be_punished
    assert not case().pays_to_be_punished
