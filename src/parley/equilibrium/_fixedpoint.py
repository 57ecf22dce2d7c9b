"""Anderson acceleration of preconditioned steps, for a residual and its linear adjoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.errors import ConvergenceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from parley.typing import Array

_MEMORY = 8
_RIDGE = 1e-14
_DIVERGED = 1e8  # of the right side


def largest(values: Array) -> float:
    """Return the largest absolute value, NaN if any is."""
    return float(np.maximum.reduce(np.abs(values), axis=None))


class Anderson:
    """The last few steps and states, and the combination of them that goes furthest.

    Parameters
    ----------
    curvature
        How strongly to distrust a pair of states that lie far apart: the step between them says
        less about the slope here. Zero for a linear problem.
    """

    def __init__(self, size: int, *, curvature: float = 0.0) -> None:
        self._curvature = curvature
        self._differences = np.empty((_MEMORY, size))  # of steps
        self._moves = np.empty((_MEMORY, size))  # of states and steps together
        self._gram = np.empty((_MEMORY, _MEMORY))
        self._count = 0
        self._last: tuple[Array, Array] | None = None

    def propose(self, state: Array, step: Array) -> Array:
        """Return the next state, given the preconditioned step at this one.

        Both are vectors, or single columns.
        """
        if self._last is not None:
            move, difference = state - self._last[0], step - self._last[1]
            self._remember(move.reshape(-1), difference.reshape(-1))
        self._last = (state, step)
        held = min(self._count, _MEMORY)
        if held == 0:
            return state + step
        try:
            weights = np.linalg.solve(self._gram[:held, :held], self._differences[:held] @ step)
        except np.linalg.LinAlgError:
            self.forget()
            return state + step
        mixed: Array = state + step - self._moves[:held].T @ weights
        return mixed

    def _remember(self, move: Array, difference: Array) -> None:
        slot = self._count % _MEMORY
        self._count += 1
        held = min(self._count, _MEMORY)
        self._differences[slot] = difference
        np.add(move, difference, out=self._moves[slot])
        row = self._differences[:held] @ difference
        row[slot] *= 1.0 + _RIDGE + (self._curvature * largest(move)) ** 2
        self._gram[slot, :held] = self._gram[:held, slot] = row

    def forget(self) -> None:
        """Drop the history, after a jump or a new linearisation."""
        self._count, self._last = 0, None


def solve_linear(
    apply: Callable[[Array], Array],
    precondition: Callable[[Array], Array],
    right: Array,
    *,
    start: Array | None = None,
    tolerance: float = 1e-12,
    limit: int = 200,
) -> Array:
    """Solve ``apply(x) = -right`` column by column at once by preconditioned steps.

    Shapes are (size, batch). All columns share one acceleration, each with its own weights.
    """
    x = precondition(right) if start is None else start
    scale = np.abs(right).max(axis=0) + 1e-300
    mixer = Anderson(len(right)) if right.shape[1] == 1 else _Columns(right.shape)
    for _ in range(limit):
        residual = apply(x) + right
        left = float((np.abs(residual).max(axis=0) / scale).max())
        if left <= tolerance:
            return x
        if not left < _DIVERGED:
            raise ConvergenceError("the derivative system diverges: there is no derivative here")
        x = mixer.propose(x, precondition(residual))
    raise ConvergenceError(
        f"the derivative system stopped at {np.abs(residual).max():.2e} after {limit} steps"
    )


class _Columns:
    """Anderson acceleration of many columns at once, each with weights of its own."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._steps = np.empty((_MEMORY, *shape))  # differences of steps
        self._moves = np.empty((_MEMORY, *shape))  # of states and steps together
        self._gram = np.empty((shape[1], _MEMORY, _MEMORY))
        self._count = 0
        self._last: tuple[Array, Array] | None = None

    def propose(self, state: Array, step: Array) -> Array:
        """Return the next states, given the preconditioned steps at these."""
        if self._last is not None:
            self._remember(state - self._last[0], step - self._last[1])
        self._last = (state, step)
        mixed = state + step
        held = min(self._count, _MEMORY)
        if held == 0:
            return mixed
        right = np.stack([(one * step).sum(axis=0) for one in self._steps[:held]], axis=1)
        gram = self._gram[:, :held, :held]
        weights = np.linalg.solve(gram, right[:, :, None])[:, :, 0]
        for at in range(held):
            mixed -= weights[:, at] * self._moves[at]
        return mixed

    def _remember(self, move: Array, difference: Array) -> None:
        slot = self._count % _MEMORY
        self._count += 1
        self._steps[slot] = difference
        np.add(move, difference, out=self._moves[slot])
        for at in range(min(self._count, _MEMORY)):
            product = (self._steps[at] * difference).sum(axis=0)
            self._gram[:, slot, at] = self._gram[:, at, slot] = product
        self._gram[:, slot, slot] *= 1.0 + _RIDGE
        self._gram[:, slot, slot] += 1e-300
