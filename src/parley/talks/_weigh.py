"""The weights on two payoffs at whose best deal a condition on the payoffs holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from parley.talks._climb import Box, Climbed
    from parley.typing import Array

Gap: TypeAlias = "Callable[[Array, float], float]"
"""Of payoffs and the log odds of the first weight; must rise with the odds, zero is the answer."""

_MOST = 16.0  # log odds of a weight, at most
_STRIDE = 0.25
_CLOSE = 1e-7  # of log odds: no gap between these means a jump
_ROUNDS = 60


def weigh(
    box: Box, start: Array, *, slack: Array, gap: Gap, tolerance: float, odds: float = 0.0
) -> tuple[Climbed, Climbed, float] | None:
    """Return the best deals for weights on either side of where `gap` is zero.

    The two are one where the gap vanishes, or where it does not change its sign up to the end.
    Where the set of payoffs bends inwards they stay apart: no weights pick what lies between.
    Where not even the start has an equilibrium, None.

    Parameters
    ----------
    slack
        What counts as one unit of each payoff, (2,).
    odds
        Log odds of the first weight to begin with; those found come back as the third result.
    """

    def best(at: float, near: Array) -> tuple[Climbed, float] | None:
        share = 1.0 / (1.0 + np.exp(-at))
        weight = np.array([share, 1.0 - share]) / slack
        found = box.climb(lambda payoffs: (float(weight @ payoffs), weight), near)
        return None if found is None else (found, gap(found.payoffs, at))

    first = best(odds, start)
    if first is None:
        return None
    ends = {odds: first}
    low = high = odds
    stride = _STRIDE
    while ends[low][1] > tolerance and low > -_MOST:
        step = best(max(low - stride, -_MOST), box.variables(ends[low][0].deal))
        if step is None:
            return None
        low, stride = max(low - stride, -_MOST), 2.0 * stride
        ends[low] = step
    while ends[high][1] < -tolerance and high < _MOST:
        step = best(min(high + stride, _MOST), box.variables(ends[high][0].deal))
        if step is None:
            return None
        high, stride = min(high + stride, _MOST), 2.0 * stride
        ends[high] = step
    if low < odds:
        high = min(at for at in ends if at > low)
    elif high > odds:
        low = max(at for at in ends if at < high)
    return _between(best, box, (low, *ends[low]), (high, *ends[high]), tolerance)


def _between(
    best: Callable[[float, Array], tuple[Climbed, float] | None],
    box: Box,
    below: tuple[float, Climbed, float],
    above: tuple[float, Climbed, float],
    tolerance: float,
) -> tuple[Climbed, Climbed, float] | None:
    """Close in on a change of sign: false position, halving where that creeps (Illinois)."""
    weights = [below[2], above[2]]
    side = 0
    for _ in range(_ROUNDS):
        for at, found, left in (below, above):
            if abs(left) <= tolerance:
                return found, found, at
        if above[2] < 0.0:
            return above[1], above[1], above[0]
        if below[2] > 0.0:
            return below[1], below[1], below[0]
        if above[0] - below[0] <= _CLOSE:
            break
        part = weights[0] / (weights[0] - weights[1]) if np.isfinite(weights).all() else 0.5
        at = below[0] + min(max(part, 0.02), 0.98) * (above[0] - below[0])
        near = below if part < 0.5 else above
        step = best(at, box.variables(near[1].deal))
        if step is None:
            return None
        if step[1] < 0.0:
            below = (at, *step)
            weights = [step[1], weights[1] * (0.5 if side < 0 else 1.0)]
            side = -1
        else:
            above = (at, *step)
            weights = [weights[0] * (0.5 if side > 0 else 1.0), step[1]]
            side = 1
    return below[1], above[1], 0.5 * (below[0] + above[0])
