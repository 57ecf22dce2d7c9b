"""The first-order conditions of one party, or of all parties of a war, solved at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium import Anderson
from parley.talks._arena import Slopes
from parley.talks._ascent import Point, residual

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.equilibrium import Outcome
    from parley.talks._arena import Arena
    from parley.talks._objective import Objective
    from parley.typing import Array, Mask

_STEPS = 120
_LARGEST_STEP = 0.5
_PATIENCE = 11  # steps without progress before the acceleration starts anew
_RENEWED = 3  # point at which the linearisation is renewed: near enough to serve the rest
_LOOSE, _CLOSER = 1e-4, 1e-2  # accuracy at first, and against the root of the gain that is left
_EXACT = 1e-11
_MUCH, _KICK = 0.1, 0.15  # of the largest gain; and how far such a duty is then moved


def settle(
    arena: Arena,
    masks: Sequence[Mask],
    objectives: Sequence[Objective],
    start: Array,
    *,
    tolerance: float,
) -> tuple[bool, Array]:
    """Iterate on the first-order conditions of all parties together, accelerated.

    Every duty moves by its natural step along the slope of its owner's objective. Equilibria and
    slopes are as exact as the distance to go asks for.

    Returns whether no party has more than `tolerance` left to gain to first order, and the
    variables; those of the start when it does not come to that.
    """
    union = np.logical_or.reduce(masks)
    low, high = arena.bounds(union)
    slopes, mixer, at = Slopes(objectives), Anderson(int(union.sum())), start
    step, scale = np.zeros(union.shape), np.zeros(union.shape)
    best, since, accuracy = np.inf, 0, _LOOSE
    for count in range(_STEPS):
        outcome = arena.try_outcome(union, at, tolerance=max(accuracy, arena.tolerance))
        if outcome is None:
            break
        if count == _RENEWED:
            arena.renew()
        points = points_at(arena, masks, slopes, outcome, tolerance=accuracy)
        left = max(residuals(arena, masks, points))
        if left <= tolerance and accuracy <= _EXACT:
            return True, at
        accuracy = _EXACT if left <= tolerance else min(_LOOSE, _CLOSER * float(np.sqrt(left)))
        since = 0 if left < 0.5 * best else since + 1
        best = min(best, left)
        for mask, point in zip(masks, points, strict=True):
            if not scale[mask].any():
                scale[mask] = point.step**-0.5  # so that a cell counts as much as it matters
            step[mask] = np.clip(point.step * point.slope, -_LARGEST_STEP, _LARGEST_STEP)
            if since > _PATIENCE:
                late = _holds_up(point, low[0], high[0])
                step[mask] = np.where(late, _KICK * np.sign(point.slope), step[mask])
        if since > _PATIENCE:
            mixer, since, best = Anderson(int(union.sum())), 0, np.inf
        move = np.clip(at + step[union], low, high) - at
        proposal = mixer.propose(at * scale[union], move * scale[union]) / scale[union]
        at = np.clip(at + np.clip(proposal - at, -1.0, 1.0), low, high)
    return False, start


def _holds_up(point: Point, low: float, high: float) -> Mask:
    """Return the duties whose own natural step would still bring much of what is left.

    Where trade reacts so strongly that a duty soon ends it, the natural step is far too short.
    """
    move = np.clip(point.at + point.step * point.slope, low, high) - point.at
    gain = point.slope * move
    much: Mask = gain >= _MUCH * gain.max()
    return much


def points_at(
    arena: Arena,
    masks: Sequence[Mask],
    slopes: Slopes,
    outcome: Outcome,
    *,
    tolerance: float = _EXACT,
) -> list[Point]:
    """Return each party's objective as a function of its own duties, at one outcome."""
    values, by_cell = slopes.at(outcome, tolerance=tolerance)
    paid = np.log1p(outcome.policy.tariff(outcome.world.tariff))
    return [
        Point(at=paid[mask], value=float(value), slope=slope[mask], step=arena.step(outcome, mask))
        for mask, value, slope in zip(masks, values, by_cell, strict=True)
    ]


def residuals(arena: Arena, masks: Sequence[Mask], points: Sequence[Point]) -> list[float]:
    """Return what a first-order step would still bring each party."""
    return [residual(point, *arena.bounds(mask)) for mask, point in zip(masks, points, strict=True)]
