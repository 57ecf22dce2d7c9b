"""The table: search, bargain and breach on payoffs in closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest

from parley import talks
from parley.errors import InputError


def duties(low: float = 0.0, high: float = 1.0) -> talks.Table:
    one = duty("AAA", "BBB", setting=high, low=low, high=high)
    two = duty("BBB", "AAA", setting=high, low=low, high=high)
    return talks.Table(instruments=(one, two))


def duty(owner: str, partner: str, *, setting: float, low: float, high: float) -> talks.Instrument:
    return talks.Instrument(
        owner=owner, partners=(partner,), kind="duty_points", setting=setting, low=low, high=high
    )


def at(*settings: float) -> talks.Deal:
    return duties().deal(settings)


def dilemma(deal: talks.Deal) -> np.ndarray:
    """Own duty t gains 2 t - 2.5 t^2, the other's costs 2 t: the best own duty is 0.4."""
    own = np.array(deal.settings)
    return 2.0 * own - 2.5 * own**2 - 2.0 * own[::-1]


def test_the_bargain_of_equals_is_no_duty() -> None:
    # Symmetric sum per duty t: 2 t - 2.5 t^2 - 2 t = -2.5 t^2, largest at zero.
    found = talks.bargain(duties(), dilemma, at(0.4, 0.4))
    assert found.best is not None
    assert found.best.deal.settings == (0.0, 0.0)
    assert found.at_bounds == ("AAA additional duty on BBB", "BBB additional duty on AAA")
    assert found.gains == pytest.approx((0.4, 0.4))


def test_an_interior_bargain_is_found_to_the_tolerance() -> None:
    def payoff(deal: talks.Deal) -> np.ndarray:
        x, y = deal.settings
        return np.array([1.0 - (x - 0.37) ** 2, 1.0 - (y - 0.62) ** 2])

    found = talks.bargain(duties(), payoff, at(0.0, 0.0), tolerance=0.001)
    assert found.best is not None
    np.testing.assert_allclose(found.best.deal.settings, (0.37, 0.62), atol=0.001)
    assert found.at_bounds == ()


def test_a_set_that_is_not_convex_is_searched_over_all_of_it() -> None:
    def payoff(deal: talks.Deal) -> np.ndarray:
        x = deal.settings[0]
        near, far = math.exp(-200 * (x - 0.1) ** 2), 2.0 * math.exp(-200 * (x - 0.85) ** 2)
        return np.array([near + far, near + far])

    found = talks.bargain(duties(), payoff, at(0.5, 0.5), tolerance=0.001)
    assert found.best is not None
    assert found.best.deal.settings[0] == pytest.approx(0.85, abs=0.001)


def test_no_deal_is_an_answer() -> None:
    def zero_sum(deal: talks.Deal) -> np.ndarray:
        return np.array([deal.settings[0] - deal.settings[1], deal.settings[1] - deal.settings[0]])

    found = talks.bargain(duties(), zero_sum, at(0.5, 0.5))
    assert found.best is None
    assert found.gains is None


def test_the_best_breach_is_the_best_response_to_the_deal() -> None:
    breach = talks.best_breach(duties(), dilemma, at(0.0, 0.0), "BBB", tolerance=0.0005)
    assert breach.deal.settings[0] == 0.0
    assert breach.deal.settings[1] == pytest.approx(0.4, abs=0.0005)
    assert breach.payoffs[1] == pytest.approx(0.4, abs=1e-5)


def test_who_is_at_its_best_response_has_no_breach() -> None:
    breach = talks.best_breach(duties(), dilemma, at(0.4, 0.4), "AAA")
    assert breach.deal.settings == (0.4, 0.4)
    assert breach.payoffs[0] == dilemma(at(0.4, 0.4))[0]


def test_to_charge_less_than_agreed_is_no_breach() -> None:
    # At 0.6 the best own duty, 0.4, lies below what was agreed.
    breach = talks.best_breach(duties(), dilemma, at(0.6, 0.6), "AAA")
    assert breach.deal.settings == (0.6, 0.6)


def test_holding_takes_the_breach_the_deal_and_the_punishment_of_one_party() -> None:
    table = duties()
    deal, war = talks.paid(dilemma, at(0.0, 0.0)), talks.paid(dilemma, at(0.4, 0.4))
    breach = talks.best_breach(table, dilemma, deal.deal, "AAA", tolerance=0.0005)
    held = talks.holding(table, deal, war, breach)
    # B = 0.4, C = 0, P = -0.4: delta = 0.4 / 0.8.
    assert held.least_discount_factor == pytest.approx(0.5, abs=1e-4)


def test_each_setting_is_paid_once() -> None:
    seen: list[talks.Deal] = []

    def payoff(deal: talks.Deal) -> np.ndarray:
        seen.append(deal)
        return dilemma(deal)

    talks.search(payoff, duties().instruments, lambda payoffs: int(np.argmax(payoffs[:, 0])))
    assert len(seen) == len(set(seen))


def test_a_setting_outside_its_bounds_is_refused() -> None:
    with pytest.raises(InputError, match="outside"):
        duty("AAA", "BBB", setting=2.0, low=0.0, high=1.0)


def test_a_party_without_an_instrument_is_named() -> None:
    with pytest.raises(InputError, match="CCC owns no instrument"):
        talks.best_breach(duties(), dilemma, at(0.0, 0.0), "CCC")


def test_single_breaches_may_all_hold_where_the_joint_breach_does_not() -> None:
    # Each ban alone brings AAA 1, both together 6; the deal pays 10 and punishment 8.
    table = talks.Table(
        instruments=tuple(
            talks.Instrument(
                owner=owner, partners=(other,), kind=kind, setting=0.0, low=0.0, high=1.0
            )  # type: ignore[arg-type]
            for owner, other, kind in (
                ("AAA", "BBB", "import_ban"),
                ("AAA", "BBB", "export_ban"),
                ("BBB", "AAA", "import_ban"),
            )
        )
    )

    def payoff(deal: talks.Deal) -> np.ndarray:
        one, two, three = deal.settings
        return np.array([10.0 + one + two + 4.0 * one * two - 20.0 * three, 5.0 - one - two])

    joint = talks.best_breach(table, payoff, table.status_quo, "AAA")
    patience = 0.5
    held = talks.Holding(party="AAA", breach=joint.payoffs[0], deal=10.0, punishment=8.0)
    assert not held.holds(discount_factor=patience)
    for name in table.names[:2]:
        single = payoff(table.status_quo.but({name: 1.0}))[0]
        alone = talks.Holding(party="AAA", breach=float(single), deal=10.0, punishment=8.0)
        assert alone.holds(discount_factor=patience)
