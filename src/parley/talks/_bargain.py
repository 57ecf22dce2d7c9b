"""Bargaining rules on a finite set of payoffs. They know nothing of trade.

Payoffs are cardinal by declaration: the unit in which they are given is part of the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

import numpy as np

from parley.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.typing import Array

RuleName: TypeAlias = Literal["nash", "kalai-smorodinsky", "equal-gains"]


def gains_over(payoffs: Array, walk_away: Array) -> Array:
    """Return payoffs less the walk-away point, shape (deal, party), after checking shapes."""
    payoffs, walk_away = np.asarray(payoffs, float), np.asarray(walk_away, float)
    if payoffs.ndim != 2 or walk_away.shape != payoffs.shape[1:]:
        raise InputError(
            f"payoffs of shape {payoffs.shape} do not fit a walk-away point of shape "
            f"{walk_away.shape}: give (deal, party) and (party,)"
        )
    if not (np.isfinite(payoffs).all() and np.isfinite(walk_away).all()):
        raise InputError("payoffs and walk-away point must be finite numbers")
    gains: Array = payoffs - walk_away
    return gains


def nash_product(
    payoffs: Array, walk_away: Array, *, weights: Sequence[float] | None = None
) -> int | None:
    """Return the row with the largest (weighted) product of gains; None if no row gains all.

    Parameters
    ----------
    payoffs
        Shape (deal, party).
    walk_away
        What each party has without a deal, shape (party,).
    weights
        Bargaining weights by party, positive; equal when left out.

    References
    ----------
    Nash (1950), Econometrica 18; weights as in Kalai (1977), Int. J. Game Theory 6.

    Examples
    --------
    >>> nash_product(np.array([[4.0, 1.0], [2.0, 3.0], [1.0, 4.0]]), np.zeros(2))
    1
    """
    gains = gains_over(payoffs, walk_away)
    power = powers(gains.shape[1], weights)
    rows = np.flatnonzero((gains > 0).all(axis=1))
    if not rows.size:
        return None
    scores = np.log(gains[rows]) @ power
    return int(rows[np.argmax(scores)])


def kalai_smorodinsky(
    payoffs: Array, walk_away: Array, *, weights: Sequence[float] | None = None
) -> int | None:
    """Return the row that gives every party the largest equal share of its ideal gain.

    With `weights` the shares are in their proportion. The ideal gain of a party is its largest
    gain among the rows that leave nobody worse off.
    On a finite set the shares are equal only up to the spacing of the set: the row with the
    largest smallest share is taken. None if no row gains all.

    References
    ----------
    Kalai and Smorodinsky (1975), Econometrica 43.
    """
    gains = gains_over(payoffs, walk_away)
    rational = gains[(gains >= 0).all(axis=1)]
    if not rational.size or not (rational > 0).all(axis=1).any():
        return None
    return _largest_smallest(gains / rational.max(axis=0) / powers(gains.shape[1], weights), gains)


def equal_gains(
    payoffs: Array, walk_away: Array, *, weights: Sequence[float] | None = None
) -> int | None:
    """Return the row with the largest gain in proportion to the walk-away point, equal for all.

    With `weights` the gains are in their proportion. Payoffs are levels (real income), so the
    walk-away point must be positive: maximise c subject to ``G_i = (1 + c) G_i(walk-away)``.
    None if no row gains all.

    References
    ----------
    Ossa (2014), American Economic Review 104, section IV.C, the rule of its Table 5.
    """
    gains = gains_over(payoffs, walk_away)
    level = np.asarray(walk_away, float)
    if not (level > 0).all():
        raise InputError(
            f"equal proportional gains need positive levels at the walk-away point, not "
            f"{tuple(level)}: give real income, not a change of it"
        )
    if not (gains > 0).all(axis=1).any():
        return None
    return _largest_smallest(gains / level / powers(gains.shape[1], weights), gains)


def powers(parties: int, weights: Sequence[float] | None) -> Array:
    """Return bargaining weights as an array, of mean one; equal when left out.

    Raises
    ------
    InputError
        When one is not positive, or there is not one for each party.
    """
    power = np.ones(parties) if weights is None else np.asarray(weights, float)
    if power.shape != (parties,) or not (np.isfinite(power).all() and (power > 0).all()):
        raise InputError(f"weights {tuple(power.tolist())} must be positive, one per party")
    mean_one: Array = power / power.mean()
    return mean_one


def _largest_smallest(shares: Array, gains: Array) -> int:
    """Row with the largest smallest share; among ties the one with the larger sum."""
    rows = np.flatnonzero((gains > 0).all(axis=1))
    order = np.lexsort((shares[rows].sum(axis=1), shares[rows].min(axis=1)))
    return int(rows[order[-1]])


class Rule(Protocol):
    """Pick a row of payoffs, (deal, party), against a walk-away point; None is no deal."""

    def __call__(
        self, payoffs: Array, walk_away: Array, *, weights: Sequence[float] | None = None
    ) -> int | None:
        """Return the row."""


RULES: dict[RuleName, Rule] = {
    "nash": nash_product,
    "kalai-smorodinsky": kalai_smorodinsky,
    "equal-gains": equal_gains,
}
