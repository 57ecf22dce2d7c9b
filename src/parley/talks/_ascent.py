"""Climb a smooth function within bounds: a projected quasi-Newton method with named parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from parley.typing import Array

_MEMORY = 12
_ARMIJO = 1e-4
_SHORTEST = 1e-10  # of a full step
_CURVED = 1e-12
_NEAR, _LONGEST = 1e-2, 1.0  # to a bound; a step of one variable
_ROUNDING = 1e-11  # below this a gain drowns in the rounding of values


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Point:
    """A function at one place."""

    at: Array
    value: float
    slope: Array
    step: Array  # per variable, how far a unit of slope should carry: positive


class Evaluate(Protocol):
    """Evaluate a function with its derivative."""

    def __call__(self, at: Array) -> Point | None:
        """Return the function at `at`, or None where it is not defined."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ascent:
    """Where a climb ended, and how flat it is there."""

    point: Point
    residual: float
    evaluations: int


def residual(point: Point, low: Array, high: Array) -> float:
    """Return what a preconditioned step within bounds would still bring, to first order.

    Zero if and only if the first-order conditions of a local maximum hold.
    """
    move = np.clip(point.at + point.step * point.slope, low, high) - point.at
    return float(point.slope @ move)


def ascend(
    evaluate: Evaluate,
    start: Array,
    *,
    low: Array,
    high: Array,
    tolerance: float = 1e-11,
    limit: int = 400,
) -> Ascent:
    """Climb from `start` until `residual` is below `tolerance` or no step leads higher.

    Limited-memory BFGS on the variables that are free to move, started in each step from the
    diagonal that `evaluate` names, with a search along the projected direction: the value never
    falls.

    References
    ----------
    Bertsekas (1982), "Projected Newton methods", SIAM J. Control and Optimization 20(2);
    Nocedal and Wright (2006), Numerical Optimization, algorithm 7.4.
    """
    point = evaluate(np.clip(start, low, high))
    if point is None:
        raise ValueError("the function is not defined at the start")
    pairs: list[tuple[Array, Array]] = []
    spent = 1
    while spent < limit:
        if residual(point, low, high) <= tolerance:
            break
        found, tries = _search(evaluate, point, _direction(point, pairs, low, high), low, high)
        spent += tries
        if found is None and pairs:
            pairs = []
            continue
        if found is None:
            break
        moved, turned = found.at - point.at, point.slope - found.slope
        if moved @ turned > _CURVED * np.sqrt((moved @ moved) * (turned @ turned)):
            pairs = [*pairs[1 - _MEMORY :], (moved, turned)]
        point = found
    return Ascent(point=point, residual=residual(point, low, high), evaluations=spent)


def _direction(point: Point, pairs: list[tuple[Array, Array]], low: Array, high: Array) -> Array:
    """Return the quasi-Newton direction; variables on their way to a bound go there straight."""
    straight = np.clip(point.at + point.step * point.slope, low, high) - point.at
    near = min(_NEAR, float(np.abs(straight).max()))
    held = ((point.at <= low + near) & (point.slope <= 0.0)) | (
        (point.at >= high - near) & (point.slope >= 0.0)
    )
    free = np.where(held, 0.0, 1.0)
    q, kept = point.slope * free, []
    for moved, turned in reversed(pairs):
        moved, turned = moved * free, turned * free
        curvature = moved @ turned
        if curvature <= _CURVED * np.sqrt((moved @ moved) * (turned @ turned)):
            continue
        rho = 1.0 / curvature
        alpha = rho * (moved @ q)
        q = q - alpha * turned
        kept.append((moved, turned, rho, alpha))
    r = q * point.step
    for moved, turned, rho, alpha in reversed(kept):
        r = r + moved * (alpha - rho * (turned @ r))
    direction = np.where(held, straight, np.clip(r, -_LONGEST, _LONGEST))
    return direction if direction @ point.slope > 0.0 else straight


def _search(
    evaluate: Callable[[Array], Point | None],
    point: Point,
    direction: Array,
    low: Array,
    high: Array,
) -> tuple[Point | None, int]:
    """Halve the projected step until the value rises enough; None when it never does."""
    length, tries = 1.0, 0
    while length > _SHORTEST:
        at = np.clip(point.at + length * direction, low, high)
        gain = float(point.slope @ (at - point.at))
        if gain <= 0.0:
            return None, tries
        tries += 1
        found = evaluate(at)
        if found is not None and _rises(point, found, gain, low, high):
            return found, tries
        length *= 0.5 if length > 1e-3 else 0.1
    return None, tries


def _rises(point: Point, found: Point, gain: float, low: Array, high: Array) -> bool:
    """Whether the value rises enough, or, where rounding hides that, the slope flattens."""
    if found.value >= point.value + _ARMIJO * gain and gain > _ROUNDING:
        return True
    return gain <= _ROUNDING and residual(found, low, high) < residual(point, low, high)
