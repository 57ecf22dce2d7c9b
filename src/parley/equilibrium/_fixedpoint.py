"""Anderson acceleration of preconditioned steps, for a residual and its linear adjoint."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import ConvergenceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from parley.typing import Array

_MEMORY = 6
_RIDGE = 1e-14


@dataclass(slots=True)
class Anderson:
    """The last few steps and states, and the combination of them that goes furthest."""

    size: int
    count: int = 0
    step: Array | None = None
    state: Array | None = None
    steps: Array = field(init=False)
    states: Array = field(init=False)

    def __post_init__(self) -> None:
        self.steps = np.empty((_MEMORY, self.size))
        self.states = np.empty((_MEMORY, self.size))

    def propose(self, state: Array, step: Array) -> Array:
        """Return the next state, given the preconditioned step at this one."""
        if self.step is not None and self.state is not None:
            slot = self.count % _MEMORY
            np.subtract(step, self.step, out=self.steps[slot])
            np.subtract(state, self.state, out=self.states[slot])
            self.count += 1
        self.step, self.state = step, state
        held = min(self.count, _MEMORY)
        if held == 0:
            return state + step
        differences = self.steps[:held]
        gram = differences @ differences.T
        gram[np.diag_indices(held)] *= 1.0 + _RIDGE
        try:
            weights = np.linalg.solve(gram, differences @ step)
        except np.linalg.LinAlgError:
            self.forget()
            return state + step
        mixed: Array = state + step - weights @ (differences + self.states[:held])
        return mixed

    def forget(self) -> None:
        """Drop the history, after a jump or a new linearisation."""
        self.count, self.step, self.state = 0, None, None


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
    mixer = _Columns(right.shape)
    for _ in range(limit):
        residual = apply(x) + right
        if (np.abs(residual).max(axis=0) / scale).max() <= tolerance:
            return x
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
