"""Best responses and trade wars: closed forms, certificates, and planted faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from parley import talks
from parley.equilibrium import Policy, solve
from parley.errors import InputError, LabelError

if TYPE_CHECKING:
    from conftest import TwoEconomies
    from parley.equilibrium import Outcome
    from parley.world import World


def home_share(outcome: Outcome, n: int) -> float:
    """Share of its own goods in what an economy buys, at prices before duty."""
    bought = outcome.trade_usd_mn[n, :, 0]
    return float(bought[n] / bought.sum())


def welfare_at(world: World, *, own: float, other: float = 0.0) -> float:
    policy = Policy.none(world).set_duty(importer="AAA", exporter="BBB", rate=own)
    policy = policy.set_duty(importer="BBB", exporter="AAA", rate=other)
    return float(solve(world, policy, tolerance=1e-13).welfare[0])


@pytest.mark.parametrize("elasticity", [1.5, 4.0, 8.0])
@pytest.mark.parametrize("size", [(1.0, 1.0), (5.0, 1.0)])
def test_optimal_duty_of_one_sector_and_two_economies(
    make_two: TwoEconomies, elasticity: float, size: tuple[float, float]
) -> None:
    # Gros (1987): t = 1 / (elasticity x foreign spending on its own goods), at the optimum.
    world = make_two(elasticity=elasticity, size=size)
    best = talks.best_response(world, "AAA", tolerance=1e-19).best
    duty = best.duties[0, 1, 0]
    assert duty == pytest.approx(1.0 / (elasticity * home_share(best.outcome, 1)), abs=1e-8)


def test_the_optimal_duty_is_where_bisection_finds_the_fixed_point(make_two: TwoEconomies) -> None:
    world, elasticity = make_two(elasticity=3.0, size=(2.0, 1.0)), 3.0

    def above(duty: float) -> bool:
        policy = Policy.none(world).set_duty(importer="AAA", exporter="BBB", rate=duty)
        share = home_share(solve(world, policy, tolerance=1e-13), 1)
        return duty > 1.0 / (elasticity * share)

    low, high = 0.0, 2.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if above(middle) else (middle, high)
    best = talks.best_response(world, "AAA", tolerance=1e-19).best
    assert best.duties[0, 1, 0] == pytest.approx(low, abs=1e-8)


def test_no_other_duty_does_better(make_two: TwoEconomies) -> None:
    world = make_two(elasticity=2.5)
    best = talks.best_response(world, "AAA").best
    for own in np.linspace(0.0, 2.0, 41):
        assert welfare_at(world, own=float(own)) <= best.value - 1.0 + 1e-12


def test_a_war_of_equals_costs_both(make_two: TwoEconomies) -> None:
    war = talks.nash(make_two(), ("AAA", "BBB")).first
    assert war.values[0] == pytest.approx(war.values[1], abs=1e-9)
    assert war.values[0] < 1.0
    assert war.duties[0, 1, 0] == pytest.approx(war.duties[1, 0, 0], abs=1e-6)
    assert war.duties[0, 1, 0] == pytest.approx(1.0 / (4.0 * home_share(war.outcome, 1)), abs=1e-5)


def test_a_large_economy_wins_the_war(make_two: TwoEconomies) -> None:
    war = talks.nash(make_two(size=(12.0, 1.0), openness=0.4), ("AAA", "BBB")).first
    assert war.values[0] > 1.0 > war.values[1]


def test_nobody_gains_by_leaving_a_war(make_two: TwoEconomies) -> None:
    world = make_two(size=(3.0, 1.0))
    war = talks.nash(world, ("AAA", "BBB")).first
    objectives = [talks.Welfare(party=code) for code in war.parties]
    for party, best in talks.deviations(war, objectives).items():
        assert best.value - war.values[war.parties.index(party)] < 1e-6


def test_a_planted_war_that_is_none_is_caught(make_two: TwoEconomies) -> None:
    world = make_two()
    best = talks.best_response(world, "AAA").best  # BBB has not answered yet
    planted = talks.War(
        parties=("AAA", "BBB"),
        objective="welfare",
        values=tuple(1.0 + best.outcome.welfare),
        outcome=best.outcome,
        cells=(best.cells, best.cells.transpose(1, 0, 2)),
        residuals=(0.0, 0.0),
        starts=("planted",),
        method="planted",
    )
    objectives = [talks.Welfare(party=code) for code in planted.parties]
    found = talks.deviations(planted, objectives)
    assert found["AAA"].value == pytest.approx(planted.values[0], abs=1e-9)
    assert found["BBB"].value > planted.values[1] + 1e-4


def test_a_bound_that_binds_is_named(make_two: TwoEconomies) -> None:
    best = talks.best_response(make_two(), "AAA", bounds=(0.0, 0.1)).best
    assert best.at_bounds((0.0, 0.1)) == ("AAA on BBB, all: 0.1",)
    assert best.residual <= 1e-10


def test_equal_weights_are_welfare(make_two: TwoEconomies) -> None:
    world = make_two()
    policy = Policy.none(world).set_duty(importer="AAA", exporter="BBB", rate=0.2)
    outcome = solve(world, policy)
    weighted = talks.WeightedIncome(party="AAA", weights=(1.0,))
    assert weighted.value(outcome) == pytest.approx(talks.Welfare(party="AAA").value(outcome))


def test_weights_need_mean_one() -> None:
    with pytest.raises(InputError, match="mean"):
        talks.WeightedIncome(party="AAA", weights=(1.0, 2.0))


def test_weights_fit_the_sectors(make_two: TwoEconomies) -> None:
    objective = talks.WeightedIncome(party="AAA", weights=(0.5, 1.5))
    with pytest.raises(LabelError, match="2 weights"):
        talks.best_response(make_two(), "AAA", objective=objective)


def test_an_unknown_start_is_refused(make_two: TwoEconomies) -> None:
    with pytest.raises(InputError, match="no start 'middle'"):
        talks.best_response(make_two(), "AAA", starts=("middle",))
