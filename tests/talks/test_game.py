"""Bargains, frontiers, wars and promises at a table in a small world."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from parley import talks
from parley.equilibrium import Model
from parley.errors import InputError
from parley.world import World

if TYPE_CHECKING:
    from conftest import TwoEconomies

BOTH = ("AAA", "BBB")


def duty(owner: str, partner: str, *, setting: float = 0.0, high: float = 2.0) -> talks.Instrument:
    return talks.Instrument(
        owner=owner, partners=(partner,), kind="duty", setting=setting, low=0.0, high=high
    )


def game_of(make_two: TwoEconomies, *extra: talks.Instrument, **options: object) -> talks.Game:
    table = talks.Table(instruments=(duty("AAA", "BBB"), duty("BBB", "AAA"), *extra))
    return talks.Game(world=make_two(size=(3.0, 1.0)), table=table, **options)  # type: ignore[arg-type]


def test_slopes_are_those_of_finite_differences(make_two: TwoEconomies) -> None:
    tax = talks.Instrument(
        owner="BBB", partners=("AAA",), kind="export_tax", setting=0.05, low=0.0, high=1.0
    )
    cap = talks.Instrument(
        owner="AAA", partners=("BBB",), kind="cap", setting=0.7, low=0.1, high=math.inf
    )
    game = game_of(make_two, tax, cap, tolerance=1e-13)
    deal = game.table.deal((0.2, 0.1, 0.05, 0.7))
    slopes = game.slopes(deal)
    for at, name in enumerate(game.table.names):
        low, high = (game(deal.but({name: deal[name] + h})) for h in (-1e-4, 1e-4))
        np.testing.assert_allclose(slopes[:, at], (high - low) / 2e-4, rtol=1e-5)


def test_indices_have_slopes_of_their_own(make_two: TwoEconomies) -> None:
    usd = game_of(make_two)
    deal = usd.table.deal((0.2, 0.1))
    for index in ("level", "log"):
        game = game_of(make_two, index=index)
        np.testing.assert_allclose(np.argsort(game(deal)), np.argsort(usd(deal) / usd.scale))
        low, high = (game(usd.table.deal((0.2 + h, 0.1))) for h in (-1e-4, 1e-4))
        np.testing.assert_allclose(game.slopes(deal)[:, 0], (high - low) / 2e-4, rtol=1e-4)


def test_the_war_of_a_table_is_that_of_the_world(make_two: TwoEconomies) -> None:
    game = game_of(make_two)
    found = talks.table_war(game)
    war = talks.nash(game.world, BOTH).first
    expected = (war.duties[0, 1, 0], war.duties[1, 0, 0])
    np.testing.assert_allclose(found.deal.settings, expected, atol=1e-5)
    assert max(found.gains_left) < 1e-6 * game.scale.max()


def test_equal_gains_at_a_table_are_those_of_the_world(make_two: TwoEconomies) -> None:
    game = game_of(make_two)
    war = talks.nash(game.world, BOTH).first
    threat = game.table.deal((float(war.duties[0, 1, 0]), float(war.duties[1, 0, 0])))
    found = talks.bargain(game.table, game, threat, rule="equal-gains")
    assert found.gains is not None
    share = np.array(found.gains) / game.levels(np.array(found.walk_away.payoffs))
    deal = talks.cooperate(war.outcome, BOTH)
    np.testing.assert_allclose(share, deal.gains, atol=2e-6)


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["nash", "kalai-smorodinsky"])
def test_a_bargain_is_the_best_of_a_fine_grid(make_two: TwoEconomies, rule: str) -> None:
    game = game_of(make_two)
    threat = talks.table_war(game).deal
    found = talks.bargain(game.table, game, threat, rule=rule)  # type: ignore[arg-type]
    grid = talks.bargain(
        game.table,
        lambda deal: game(deal),
        threat,
        rule=rule,
        points=7,
        tolerance=0.005,  # type: ignore[arg-type]
    )
    assert found.gains is not None
    assert grid.gains is not None
    assert found.unit == game.unit
    # The grid lies below the best deal, by no more than its spacing allows.
    np.testing.assert_allclose(found.gains, grid.gains, rtol=0.03)
    if rule == "nash":
        assert np.prod(found.gains) >= np.prod(grid.gains) * (1.0 - 1e-6)


@pytest.mark.slow
def test_weights_shift_a_bargain(make_two: TwoEconomies) -> None:
    game = game_of(make_two)
    threat = talks.table_war(game).deal
    even, tilted = (
        talks.bargain(game.table, game, threat, weights=weights).gains
        for weights in (None, (1.0, 3.0))
    )
    assert even is not None
    assert tilted is not None
    assert tilted[1] > even[1] + 1.0
    assert tilted[0] < even[0] - 1.0


@pytest.mark.slow
def test_free_trade_leaves_nothing_to_bargain_over(make_two: TwoEconomies) -> None:
    table = talks.Table(instruments=(duty("AAA", "BBB"), duty("BBB", "AAA")))
    game = talks.Game(world=make_two(), table=table)
    assert talks.bargain(table, game, table.status_quo).best is None


@pytest.mark.slow
def test_a_log_index_moves_the_nash_bargain(make_two: TwoEconomies) -> None:
    usd, log = game_of(make_two), game_of(make_two, index="log")
    threat = talks.table_war(usd).deal
    plain = talks.bargain(usd.table, usd, threat).best
    logs = talks.bargain(log.table, log, threat).best
    assert plain is not None
    assert logs is not None
    # Gains are small against income, so that the two lie close, but they are not one.
    difference = np.abs(np.subtract(plain.deal.settings, logs.deal.settings)).max()
    assert 1e-7 < difference < 0.05


@pytest.mark.slow
def test_no_deal_of_the_box_lies_beyond_the_frontier(make_two: TwoEconomies) -> None:
    game = game_of(make_two)
    found = talks.frontier(game, talks.table_war(game).deal, points=9)
    first = np.array([one.payoffs[0] for one in found.deals])
    second = np.array([one.payoffs[1] for one in found.deals])
    assert (np.diff(first) < 0.0).all()
    assert (np.diff(second) > 0.0).all()
    assert found.walk_away is not None
    assert min(first) >= found.walk_away.payoffs[0] - 1.0
    for one in np.linspace(0.0, 0.5, 6):
        for two in np.linspace(0.0, 0.5, 6):
            paid = game(game.table.deal((float(one), float(two))))
            beyond = (first > paid[0] + 1e-3) & (second > paid[1] + 1e-3)
            inside = np.interp(paid[0], first[::-1], second[::-1])
            if first[-1] < paid[0] < first[0]:
                # The chord between two deals of the frontier lies a little inside it.
                assert beyond.any() or paid[1] <= inside + 0.02 * np.ptp(second)


def test_a_frontier_is_of_two_parties(make_two: TwoEconomies) -> None:
    world = make_two()
    table = talks.Table(instruments=(duty("AAA", "BBB"),))
    with pytest.raises(InputError, match="two parties"):
        talks.frontier(talks.Game(world=world, table=table))


def test_a_deal_holds_by_the_best_joint_breach(make_two: TwoEconomies) -> None:
    table = talks.Table(instruments=(duty("AAA", "BBB"), duty("BBB", "AAA")))
    game = talks.Game(world=make_two(), table=table)
    war = talks.table_war(game, table.deal((0.4, 0.4)))
    held = talks.holds(game, table.status_quo, war.deal, war=war.deal, lag=1.0)
    for side in held.sides:
        alone = talks.best_response(game.world, side.party).best
        gain = (alone.value - 1.0) * 100.0 * game.scale[0]
        assert side.holding.one_shot_gain == pytest.approx(gain, rel=1e-5)
        assert side.is_punished_credibly
        assert side.reversion == side.holding
        assert side.watched is not None
    assert held.verdict == "patience needed"
    factor = held.least_discount_factor
    assert factor is not None
    assert held.longest_lag == pytest.approx(math.log(factor) / -0.05)


def test_a_war_tempts_nobody(make_two: TwoEconomies) -> None:
    game = game_of(make_two)
    war = talks.table_war(game).deal
    held = talks.holds(game, war, war)
    assert max(side.holding.one_shot_gain for side in held.sides) < 1e-5 * game.scale.max()


def test_a_punishment_that_hurts_the_punisher_is_not_credible(make_two: TwoEconomies) -> None:
    table = talks.Table(instruments=(duty("AAA", "BBB", high=9.0), duty("BBB", "AAA", high=9.0)))
    game = talks.Game(world=make_two(), table=table)
    held = talks.holds(game, table.status_quo, table.deal((9.0, 9.0)))
    assert not any(side.is_punished_credibly for side in held.sides)


@pytest.mark.slow
def test_less_patience_keeps_a_smaller_deal(make_two: TwoEconomies) -> None:
    game = game_of(make_two)
    war = talks.table_war(game).deal
    deal = game.table.deal((0.05, 0.0))
    needed = talks.holds(game, deal, war).least_discount_factor
    assert needed is not None
    patient = talks.largest_that_holds(game, deal, war, discount_factor=needed + 1e-3)
    impatient = talks.largest_that_holds(game, deal, war, discount_factor=0.5 * needed)
    assert patient[0] == 1.0
    assert 0.0 < impatient[0] < 1.0
    held = talks.holds(game, impatient[1].deal, war)
    assert all(side.holding.holds(discount_factor=0.5 * needed) for side in held.sides)


@pytest.mark.slow
def test_a_ban_that_pays_is_switched(make_three: Callable[[], World]) -> None:
    ban = talks.Instrument(
        owner="AAA", partners=("BBB",), kind="export_ban", setting=1.0, low=0.0, high=1.0,
        sectors=("a",),
    )  # fmt: skip
    table = talks.Table(instruments=(duty("BBB", "AAA", setting=0.2, high=0.2), ban))
    game = talks.Game(world=make_three(), table=table, model=Model(closure="balanced"))
    found = talks.bargain(table, game, table.status_quo, rule="equal-gains")
    assert found.best is not None
    assert found.best.deal.settings[1] == 0.0
    assert min(found.gains or ()) > 0.0
    lifted = {one.instrument: one for one in talks.prices(game)}[ban.name]
    assert lifted.step == "lifted"
    assert lifted.others_gain > 0.0


def test_the_price_of_a_point_is_its_slope(make_two: TwoEconomies) -> None:
    game = game_of(make_two)
    deal = game.table.deal((0.3, 0.2))
    slopes = game.slopes(deal)
    found = {one.owner: one for one in talks.prices(game, deal)}
    assert found["AAA"].owner_gain == pytest.approx(-0.01 * slopes[0, 0])
    assert found["AAA"].others_gain == pytest.approx(-0.01 * slopes[1, 0])
    assert found["AAA"].price == pytest.approx(-slopes[0, 0] / slopes[1, 0])


def test_usd_payoffs_are_of_welfare_alone(make_two: TwoEconomies) -> None:
    with pytest.raises(InputError, match="index"):
        game_of(make_two, objectives={"AAA": talks.Welfare(party="AAA")})


def test_a_ban_on_the_only_good_is_autarky_and_pays_nobody(make_two: TwoEconomies) -> None:
    ban = talks.Instrument(
        owner="AAA", partners=("BBB",), kind="export_ban", setting=0.0, low=0.0, high=1.0
    )
    table = talks.Table(instruments=(duty("AAA", "BBB"), duty("BBB", "AAA"), ban))
    game = talks.Game(world=make_two(), table=table)
    # Arkolakis, Costinot and Rodriguez-Clare (2012): home share to the power 1 / elasticity.
    lost = 100.0 * (0.7 ** (1.0 / 4.0) - 1.0)
    np.testing.assert_allclose(game(table.deal((0.0, 0.0, 1.0))) / game.scale, lost, rtol=1e-5)
    held = talks.holds(game, table.status_quo, table.deal((0.3, 0.3, 0.0)))
    assert all(side.breach.deal.settings[2] == 0.0 for side in held.sides)
