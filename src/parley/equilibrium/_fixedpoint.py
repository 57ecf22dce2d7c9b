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
    tolerance: float = 1e-12,
    limit: int = 200,
) -> Array:
    """Solve ``apply(x) = -right`` column by column at once, from zero, by preconditioned steps.

    Shapes are (size, batch). All columns share one acceleration, each with its own weights.
    """
    x = precondition(right)
    scale = np.abs(right).max(axis=0) + 1e-300
    previous: tuple[Array, Array] | None = None
    history: list[tuple[Array, Array]] = []
    for _ in range(limit):
        residual = apply(x) + right
        if (np.abs(residual).max(axis=0) / scale).max() <= tolerance:
            return x
        step = precondition(residual)
        if previous is not None:
            history = [*history[1 - _MEMORY :], (step - previous[1], x - previous[0])]
        previous = (x, step)
        x = x + step
        if history:
            x = x - _mix(history, step)
    raise ConvergenceError(
        f"the derivative system stopped at {np.abs(residual).max():.2e} after {limit} steps"
    )


def _mix(history: list[tuple[Array, Array]], step: Array) -> Array:
    steps = np.stack([pair[0] for pair in history])  # (memory, size, batch)
    states = np.stack([pair[1] for pair in history])
    gram = np.einsum("inb,jnb->bij", steps, steps)
    gram += (_RIDGE * np.einsum("bii->b", gram) + 1e-300)[:, None, None] * np.eye(len(history))
    right = np.einsum("inb,nb->bi", steps, step)
    weights = np.linalg.solve(gram, right[:, :, None])[:, :, 0]
    mixed: Array = np.einsum("bi,inb->nb", weights, steps + states)
    return mixed
