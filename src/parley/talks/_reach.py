"""How far payoffs can go along a ray, and where their product is largest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from parley.talks._weigh import weigh

if TYPE_CHECKING:
    from parley.talks._climb import Box, Climbed
    from parley.typing import Array

_STIFFNESS = 0.05  # of a constraint that is not kept against the length of the ray
_KEPT = 3e-5  # of a unit of each payoff
_SHORT = 1e-4  # of a unit: who gains nothing may end so far below
_ROUNDS = 25
_PAIR = 2


def reach(  # noqa: PLR0913 - a ray and how to follow it
    box: Box,
    start: Array,
    *,
    origin: Array,
    direction: Array,
    slack: Array,
    odds: float = 0.0,
    kept: float = _KEPT,
) -> Climbed | None:
    """Return the deal with payoffs as far beyond `origin` along `direction` as can be.

    ``max t`` subject to ``payoff_i >= origin_i + t direction_i`` for every party; t is the
    `value` of the answer. For two parties it is the deal that is best for some weights, where
    there are such weights; else, and for more parties, an augmented Lagrangian finds it, which
    asks nothing of the shape of the set of payoffs.

    Parameters
    ----------
    direction
        Of each payoff, not negative, at least one positive.
    slack
        What counts as one unit of each payoff, positive.
    odds
        Log odds of the first of two weights to begin with; the answer names its own.
    kept
        How far from the ray the answer may lie, in units of `slack`.
    """
    if len(origin) != _PAIR:
        return furthest(box, start, origin=origin, direction=direction, slack=slack)
    way = direction / slack / (direction / slack).max()

    def gap(payoffs: Array, _: float) -> float:
        gained = (payoffs - origin) / slack
        return float(gained[0] * way[1] - gained[1] * way[0])

    found = weigh(box, start, slack=slack, gap=gap, tolerance=kept, odds=odds)
    if found is None:
        return None
    ends = [
        replace(_measured(one, origin, direction, slack, 2.0 * kept), odds=found[2])
        for one in found[:2]
    ]
    if found[0] is not found[1]:
        ends += [
            one for end in ends
            if (one := furthest(box, box.variables(end.deal), origin=origin,
                                direction=direction, slack=slack)) is not None
        ]  # fmt: skip
    return max(ends, key=lambda one: one.value)


def best_product(
    box: Box, start: Array, *, origin: Array, power: Array, slack: Array
) -> Climbed | None:
    """Return the deal with the largest product of gains over `origin`, weighted by `power`.

    Its `value` is the logarithm of the product, in units of `slack`. None where no gains are
    found from the start.
    """

    def value(payoffs: Array) -> tuple[float, Array] | None:
        gains = payoffs - origin
        if gains.min() <= 0.0:
            return None
        return float(power @ np.log(gains / slack)), power / gains

    def gap(payoffs: Array, odds: float) -> float:
        gains = (payoffs - origin) / slack
        if gains.min() <= 0.0:
            return -np.inf if gains[0] <= 0.0 else np.inf
        return odds - float(np.log(power[0] / gains[0]) - np.log(power[1] / gains[1]))

    ends: tuple[Climbed, ...] = ()
    if len(origin) == _PAIR:
        found = weigh(box, start, slack=slack, gap=gap, tolerance=_KEPT)
        ends = () if found is None else found[:2]
    if len(ends) == _PAIR and ends[0] is ends[1]:
        worth = value(ends[0].payoffs)
        return None if worth is None else replace(ends[0], value=worth[0])
    starts = [start, *(box.variables(end.deal) for end in ends)]
    climbed = [one for at in starts if (one := box.climb(value, at)) is not None]
    return max(climbed, key=lambda one: one.value, default=None)


def furthest(
    box: Box, start: Array, *, origin: Array, direction: Array, slack: Array
) -> Climbed | None:
    """Return the deal with payoffs as far beyond `origin` along `direction` as can be.

    ``max t`` subject to ``payoff_i >= origin_i + t direction_i`` for every party, by an augmented
    Lagrangian in which t is eliminated; the set of payoffs need not be convex. The `value` of the
    answer is t.

    Parameters
    ----------
    direction
        Of each payoff, not negative, at least one positive.
    slack
        What counts as one unit of each payoff, positive.

    References
    ----------
    Pascoletti and Serafini (1984), J. Optimization Theory and Applications 42; Nocedal and Wright
    (2006), Numerical Optimization, section 17.3.
    """
    way = direction / slack
    length = way.sum()
    multiplier, stiffness, last = way / (way @ way), _STIFFNESS, np.inf
    at = start
    for _ in range(_ROUNDS):
        held, stiff = multiplier, stiffness

        def value(payoffs: Array, held: Array = held, stiff: float = stiff) -> tuple[float, Array]:
            reached = (payoffs - origin) / slack
            t = _common(reached, way, held, stiff)
            pull = np.maximum(held - stiff * (reached - t * way), 0.0)
            return t - float((pull**2 - held**2).sum()) / (2.0 * stiff), pull / slack

        found = box.climb(value, at)
        if found is None:
            return None
        best, at = found, box.variables(found.deal)
        reached = (found.payoffs - origin) / slack
        t = _common(reached, way, held, stiff)
        gap = reached - t * way
        multiplier = np.maximum(held - stiff * gap, 0.0)
        left = float(np.abs(np.minimum(gap, multiplier / stiff)).max())
        if left <= _KEPT * max(1.0, abs(t) * length):
            break
        if left > 0.3 * last:
            stiffness *= 3.0
        last = left
    return _measured(best, origin, direction, slack)


def _measured(
    found: Climbed, origin: Array, direction: Array, slack: Array, short: float = _SHORT
) -> Climbed:
    """Return `found` with how far along the ray it lies; below all when it falls short."""
    gained, way = (found.payoffs - origin) / slack, direction / slack
    still = way <= 0.0
    if (gained[still] < -short).any():
        return replace(found, value=-np.inf)
    return replace(found, value=float((gained[~still] / way[~still]).min()))


def _common(reached: Array, way: Array, held: Array, stiff: float) -> float:
    """Return the t at which ``sum way max(0, held - stiff (reached - t way))`` is one."""
    moving = np.flatnonzero(way > 0.0)
    starts = (reached[moving] - held[moving] / stiff) / way[moving]
    order = moving[np.argsort(starts)]
    level, slope = 0.0, 0.0
    for count, at in enumerate(order):
        level += way[at] * (held[at] - stiff * reached[at])
        slope += stiff * way[at] ** 2
        t = (1.0 - level) / slope
        later = order[count + 1 : count + 2]
        if not later.size or t <= (reached[later[0]] - held[later[0]] / stiff) / way[later[0]]:
            return float(t)
    raise AssertionError("unreachable: the last piece has no end")
