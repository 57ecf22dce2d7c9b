"""The bargaining rules against closed forms on payoff sets without an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from parley import talks
from parley.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    Rule = Callable[[np.ndarray, np.ndarray], int | None]


def line(slope: float, points: int = 1001) -> np.ndarray:
    """Payoffs on u2 = slope (1 - u1)."""
    first = np.linspace(0.0, 1.0, points)
    return np.column_stack([first, slope * (1.0 - first)])


def test_nash_on_a_line_halves_it_from_the_walk_away_point() -> None:
    walk_away = np.array([0.2, 0.1])
    row = talks.nash_product(line(1.0), walk_away)
    assert row is not None
    np.testing.assert_allclose(line(1.0)[row], [0.55, 0.45], atol=1e-9)


def test_weights_move_nash_by_their_share() -> None:
    row = talks.nash_product(line(1.0), np.zeros(2), weights=(3.0, 1.0))
    assert row is not None
    np.testing.assert_allclose(line(1.0)[row], [0.75, 0.25], atol=1e-9)


@pytest.mark.parametrize("rule", [talks.nash_product, talks.kalai_smorodinsky])
def test_affine_changes_of_one_payoff_do_not_move_the_choice(rule: Rule) -> None:
    payoffs = np.column_stack([line(1.0)[:, 0], np.sqrt(line(1.0)[:, 1])])
    walk_away = np.array([0.1, 0.2])
    scale, shift = np.array([7.0, 0.3]), np.array([-5.0, 40.0])
    assert rule(payoffs, walk_away) == rule(payoffs * scale + shift, walk_away * scale + shift)


def test_a_log_transform_changes_the_answer_of_nash() -> None:
    payoffs = 1.0 + line(1.0)
    walk_away = np.array([1.0, 1.5])
    assert talks.nash_product(payoffs, walk_away) != talks.nash_product(
        np.log(payoffs), np.log(walk_away)
    )


def test_kalai_smorodinsky_shares_the_ideal_gains_equally() -> None:
    # On u2 = 4 (1 - u1) from zero the ideal gains are 1 and 4: half of each is on the line.
    row = talks.kalai_smorodinsky(line(4.0), np.zeros(2))
    assert row is not None
    np.testing.assert_allclose(line(4.0)[row], [0.5, 2.0], atol=1e-9)


def test_weights_share_ideal_gains_in_their_proportion() -> None:
    # Shares 2 a and a of the ideals 1 and 4 on u2 = 4 (1 - u1): 4 a = 4 (1 - 2 a), a = 1 / 3.
    row = talks.kalai_smorodinsky(line(4.0), np.zeros(2), weights=(2.0, 1.0))
    assert row is not None
    np.testing.assert_allclose(line(4.0)[row], [2.0 / 3.0, 4.0 / 3.0], atol=4e-3)


def test_weights_share_proportional_gains() -> None:
    # From (1, 1) on u1 + u2 = 5: gains 3 c and c with 4 c = 3.
    first = np.linspace(0.0, 5.0, 1001)
    payoffs = np.column_stack([first, 5.0 - first])
    row = talks.equal_gains(payoffs, np.ones(2), weights=(3.0, 1.0))
    assert row is not None
    np.testing.assert_allclose(payoffs[row], [3.25, 1.75], atol=1e-9)


@pytest.mark.parametrize("rule", talks.RULES.values())
def test_a_weight_of_nothing_is_refused(rule: Rule) -> None:
    with pytest.raises(InputError, match="must be positive"):
        rule(1.0 + line(1.0), np.ones(2), weights=(1.0, 0.0))  # type: ignore[call-arg]


def test_kalai_smorodinsky_ignores_ideals_that_hurt_the_other() -> None:
    payoffs = np.vstack([line(4.0), [[100.0, -1.0]]])
    row = talks.kalai_smorodinsky(payoffs, np.zeros(2))
    assert row == talks.kalai_smorodinsky(line(4.0), np.zeros(2))


def test_equal_gains_grow_both_levels_by_the_same_rate() -> None:
    # From (1, 2) on u1 + u2 = 4.5: 3 (1 + c) = 4.5.
    first = np.linspace(0.0, 4.5, 901)
    payoffs = np.column_stack([first, 4.5 - first])
    row = talks.equal_gains(payoffs, np.array([1.0, 2.0]))
    assert row is not None
    np.testing.assert_allclose(payoffs[row], [1.5, 3.0], atol=1e-9)


def test_equal_gains_refuse_a_change_of_income() -> None:
    with pytest.raises(InputError, match="positive levels"):
        talks.equal_gains(line(1.0), np.array([0.0, 0.5]))


@pytest.mark.parametrize("rule", talks.RULES.values())
def test_no_deal_that_gains_all_is_an_answer(rule: Rule) -> None:
    assert rule(np.array([[1.0, 5.0], [5.0, 1.0], [3.0, 3.0]]), np.array([3.0, 3.0])) is None


def test_shapes_that_do_not_fit_are_named() -> None:
    with pytest.raises(InputError, match="walk-away point of shape"):
        talks.nash_product(line(1.0), np.zeros(3))


def test_missing_payoffs_are_refused() -> None:
    with pytest.raises(InputError, match="finite"):
        talks.nash_product(np.array([[np.nan, 1.0]]), np.zeros(2))
