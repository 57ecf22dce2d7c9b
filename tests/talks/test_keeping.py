"""Whether deals on duties hold, and the price of concessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parley import talks
from parley.equilibrium import Policy, solve
from parley.errors import InputError

if TYPE_CHECKING:
    from conftest import TwoEconomies

BOTH = ("AAA", "BBB")


def test_free_trade_of_equals_needs_patience(make_two: TwoEconomies) -> None:
    world = make_two()
    deal = solve(world, Policy.none(world))
    war = talks.nash(world, BOTH).first
    for kept in talks.temptations(deal, war.outcome, BOTH):
        assert kept.holding.verdict == "patience needed"
        # B is the optimum against free trade, C free trade, P the war.
        alone = talks.best_response(world, kept.holding.party).best.value
        expected = (alone - 1.0) / (alone - war.values[0])
        assert kept.holding.least_discount_factor == pytest.approx(expected, abs=1e-6)
        assert kept.is_credible


def test_a_war_needs_no_patience(make_two: TwoEconomies) -> None:
    war = talks.nash(make_two(), BOTH).first
    for kept in talks.temptations(war.outcome, war.outcome, BOTH):
        assert kept.holding.one_shot_gain < 1e-7


def test_a_punishment_that_is_none_holds_nothing(make_two: TwoEconomies) -> None:
    world = make_two()
    deal = solve(world, Policy.none(world))
    for kept in talks.temptations(deal, deal, BOTH):
        assert kept.holding.verdict == "no patience suffices"


def test_a_punishment_that_hurts_the_punisher_is_not_credible(make_two: TwoEconomies) -> None:
    world = make_two()
    deal = solve(world, Policy.none(world))
    absurd = Policy.none(world).set_duty(importer=None, exporter=None, rate=9.0)
    for kept in talks.temptations(deal, solve(world, absurd), BOTH):
        assert not kept.is_credible


def test_a_deal_needs_two_sides(make_two: TwoEconomies) -> None:
    world = make_two()
    deal = solve(world, Policy.none(world))
    with pytest.raises(InputError, match="two parties"):
        talks.temptations(deal, deal, ("AAA",))


def test_a_concession_is_what_a_point_brings(make_two: TwoEconomies) -> None:
    world = make_two(size=(3.0, 1.0))

    def at(rate: float) -> Policy:
        return Policy.none(world).set_duty(importer="AAA", exporter="BBB", rate=rate)

    found = {row.owner: row for row in talks.concessions(solve(world, at(0.3)), BOTH)}
    step = 1e-4
    low, high = (solve(world, at(0.3 + move), tolerance=1e-13) for move in (-step, step))
    slope = (low.equivalent_variation_usd_mn - high.equivalent_variation_usd_mn) / (2.0 * step)
    assert found["AAA"].duty == 0.3
    assert found["AAA"].owner_gain_usd_mn == pytest.approx(0.01 * slope[0], rel=1e-5)
    assert found["AAA"].partner_gain_usd_mn == pytest.approx(0.01 * slope[1], rel=1e-5)


def test_at_the_best_duty_a_concession_costs_nothing(make_two: TwoEconomies) -> None:
    best = talks.best_response(make_two(), "AAA", tolerance=1e-17).best
    [row] = (row for row in talks.concessions(best.outcome, BOTH) if row.owner == "AAA")
    assert row.price == pytest.approx(0.0, abs=1e-6)
    assert row.partner_gain_usd_mn > 0.0
