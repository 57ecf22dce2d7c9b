"""The linearisation at one state, inverted once and reused for every policy near it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from parley.equilibrium._blocks import Values
    from parley.equilibrium._sweep import Sweep
    from parley.typing import Array

_COLUMNS = 256  # directions at a time: keeps the temporaries in cache


class DenseInverse:
    """The exact Newton step of one linearisation, stored in single precision."""

    def __init__(self, sweep: Sweep, v: Values) -> None:
        self._inverse = np.linalg.inv(-jacobian(sweep, v)).astype(np.float32)

    def step(self, residual: Array) -> Array:
        """Return the change of the state that would remove `residual` (size[, batch])."""
        scale = np.abs(residual).max() or 1.0
        step = self._inverse @ (residual / scale).astype(np.float32)
        return step.astype(np.float64) * scale

    def transposed(self, residual: Array) -> Array:
        """Return the same step for the transposed system."""
        scale = np.abs(residual).max() or 1.0
        step = self._inverse.T @ (residual / scale).astype(np.float32)
        return step.astype(np.float64) * scale


def jacobian(sweep: Sweep, v: Values) -> Array:
    """Return the derivative of the residual to the state, shape (size, size)."""
    matrix = np.empty((sweep.size, sweep.size))
    for start in range(0, sweep.size, _COLUMNS):
        width = min(_COLUMNS, sweep.size - start)
        direction = np.zeros((sweep.size, width))
        direction[start + np.arange(width), np.arange(width)] = 1.0
        matrix[:, start : start + width] = sweep.tangent(v, direction)[1]
    return matrix
