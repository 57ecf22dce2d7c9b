"""The first-order conditions of one party, or of all parties of a war, solved at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from parley.equilibrium import Anderson
from parley.talks._arena import Slopes
from parley.talks._ascent import Point, residual

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parley.equilibrium import Outcome
    from parley.talks._arena import Arena
    from parley.talks._objective import Objective
    from parley.typing import Array, Mask

Rough: TypeAlias = "Callable[[Array, float], Point | None]"
"""Evaluate slopes at some variables, to an accuracy; None where they are not defined."""

_STEPS = 120
_LARGEST_STEP = 0.5
_PATIENCE = 11  # steps without progress before the acceleration starts anew
_LOOSE, _CLOSER = 1e-4, 1e-2  # accuracy at first, and against the root of the gain that is left
_MUCH, _KICK = 0.1, 0.15  # of the largest gain; and how far such a variable is then moved
_RENEWED = 3  # point at which the linearisation is renewed: near enough to serve the rest
EXACT = 1e-11


def stationary(
    evaluate: Rough, start: Array, *, low: Array, high: Array, tolerance: float, limit: int = _STEPS
) -> tuple[bool, Array]:
    """Iterate on first-order conditions within bounds, accelerated.

    Every variable moves by its natural step along its slope. The slopes may be those of several
    functions, each variable following the one that its owner maximises, and are as exact as the
    distance to go asks for. Nothing makes a value rise: what is found may be a saddle.

    Returns whether no more than `tolerance` is left to gain to first order, and the variables;
    those of the start when it does not come to that.
    """
    mixer, at, scale = Anderson(start.size), start, np.zeros(0)
    best, since, accuracy = np.inf, 0, _LOOSE
    for _ in range(limit):
        point = evaluate(at, accuracy)
        if point is None:
            break
        left = residual(point, low, high)
        if left <= tolerance and accuracy <= EXACT:
            return True, at
        accuracy = EXACT if left <= tolerance else min(_LOOSE, _CLOSER * float(np.sqrt(left)))
        since = 0 if left < 0.5 * best else since + 1
        best = min(best, left)
        if not scale.size:
            scale = point.step**-0.5  # so that a variable counts as much as it matters
        step = np.clip(point.step * point.slope, -_LARGEST_STEP, _LARGEST_STEP)
        if since > _PATIENCE:
            step = np.where(_holds_up(point, low, high), _KICK * np.sign(point.slope), step)
            mixer, since, best = Anderson(start.size), 0, np.inf
        move = np.clip(at + step, low, high) - at
        proposal = mixer.propose(at * scale, move * scale) / scale
        at = np.clip(at + np.clip(proposal - at, -1.0, 1.0), low, high)
    return False, start


def _holds_up(point: Point, low: Array, high: Array) -> Mask:
    """Return the variables whose own natural step would still bring much of what is left.

    Where trade reacts so strongly that a duty soon ends it, the natural step is far too short.
    """
    move = np.clip(point.at + point.step * point.slope, low, high) - point.at
    gain = point.slope * move
    much: Mask = gain >= _MUCH * gain.max()
    return much


def settle(
    arena: Arena,
    masks: Sequence[Mask],
    objectives: Sequence[Objective],
    start: Array,
    *,
    tolerance: float,
) -> tuple[bool, Array]:
    """Solve the first-order conditions of all parties together, from duties at `start`.

    Returns as `stationary` does.
    """
    union = np.logical_or.reduce(masks)
    low, high = arena.bounds(union)
    slopes, count = Slopes(objectives), 0

    def evaluate(at: Array, accuracy: float) -> Point | None:
        nonlocal count
        outcome = arena.try_outcome(union, at, tolerance=max(accuracy, arena.tolerance))
        if outcome is None:
            return None
        count += 1
        if count == _RENEWED:
            arena.renew()
        points = points_at(arena, masks, slopes, outcome, tolerance=accuracy)
        slope, step = np.zeros(union.shape), np.ones(union.shape)
        for mask, point in zip(masks, points, strict=True):
            slope[mask], step[mask] = point.slope, point.step
        return Point(at=at, value=0.0, slope=slope[union], step=step[union])

    return stationary(evaluate, start, low=low, high=high, tolerance=tolerance)


def points_at(
    arena: Arena,
    masks: Sequence[Mask],
    slopes: Slopes,
    outcome: Outcome,
    *,
    tolerance: float = EXACT,
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
