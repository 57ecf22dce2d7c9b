"""Agreements with equal proportional gains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from parley import talks
from parley.equilibrium import Policy, solve
from parley.errors import InputError

if TYPE_CHECKING:
    from conftest import TwoEconomies


def test_equals_end_a_war_by_free_trade(make_two: TwoEconomies) -> None:
    war = talks.nash(make_two(), ("AAA", "BBB")).first
    deal = talks.cooperate(war.outcome, ("AAA", "BBB"))
    np.testing.assert_allclose(deal.duties, 0.0, atol=1e-6)
    # The base year is free trade, so the gain is what the war cost.
    np.testing.assert_allclose(deal.gains, 1.0 / war.values[0] - 1.0, atol=1e-7)
    assert deal.weights == pytest.approx((0.5, 0.5))


def test_unequal_parties_gain_in_equal_proportion(make_two: TwoEconomies) -> None:
    world = make_two(size=(3.0, 1.0), openness=0.3)
    war = talks.nash(world, ("AAA", "BBB")).first
    deal = talks.cooperate(war.outcome, ("AAA", "BBB"))
    assert deal.is_deal
    assert deal.gains[0] == pytest.approx(deal.gains[1], abs=1e-6)


def test_no_other_duties_give_both_more(make_two: TwoEconomies) -> None:
    world = make_two(size=(3.0, 1.0), openness=0.3)
    war = talks.nash(world, ("AAA", "BBB")).first
    deal = talks.cooperate(war.outcome, ("AAA", "BBB"))
    before = np.array(war.values)
    for one in np.linspace(0.0, 0.6, 7):
        for two in np.linspace(0.0, 0.6, 7):
            policy = Policy.none(world).set_duty(importer="AAA", exporter="BBB", rate=float(one))
            policy = policy.set_duty(importer="BBB", exporter="AAA", rate=float(two))
            gains = (1.0 + solve(world, policy).welfare) / before - 1.0
            assert gains.min() <= deal.gain + 1e-9


def test_free_trade_of_equals_leaves_nothing_to_agree_on(make_two: TwoEconomies) -> None:
    world = make_two()
    status_quo = solve(world, Policy.none(world))
    assert not talks.cooperate(status_quo, ("AAA", "BBB")).is_deal


def test_a_party_named_twice_is_refused(make_two: TwoEconomies) -> None:
    world = make_two()
    with pytest.raises(InputError, match="named once"):
        talks.cooperate(solve(world, Policy.none(world)), ("AAA", "AAA"))
