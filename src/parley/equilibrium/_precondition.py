"""The linearisation at one state, inverted once and reused for every policy near it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from parley.equilibrium._twolevel import TwoLevel

if TYPE_CHECKING:
    from parley.equilibrium._blocks import Values
    from parley.equilibrium._sweep import Sweep
    from parley.typing import Array

_MANY_SECTORS = 8
_LARGE = 1000  # entries of a state, from where the dense inverse costs more than it saves
_SPLIT = 1e-6
_COLUMNS = 256  # directions at a time: keeps the temporaries in cache


class Inverse(Protocol):
    """An approximate Newton step and its transpose."""

    def aim(self, v: Values) -> bool:
        """Adapt to which limits bind at `v`; return whether that changed."""

    def step(self, residual: Array) -> Array:
        """Return the change of the state that would remove `residual` (size[, batch])."""

    def transposed(self, residual: Array) -> Array:
        """Return the same step for the transposed system."""


class DenseInverse:
    """The exact Newton step of one linearisation, stored in single precision."""

    def __init__(self, sweep: Sweep, v: Values) -> None:
        core = sweep.size - sweep.limits
        self._inverse = np.linalg.inv(-jacobian(sweep, v)[:core, :core]).astype(np.float32)

    def aim(self, v: Values) -> bool:
        return False

    def step(self, residual: Array) -> Array:
        scale = np.abs(residual).max() or 1.0
        step = self._inverse @ (residual / scale).astype(np.float32)
        return step.astype(np.float64) * scale

    def transposed(self, residual: Array) -> Array:
        scale = np.abs(residual).max() or 1.0
        step = self._inverse.T @ (residual / scale).astype(np.float32)
        return step.astype(np.float64) * scale


def linearise(sweep: Sweep, v: Values) -> Inverse:
    """Return the inverted linearisation at `v`: dense, or in two levels for many sectors."""
    base = sweep.base
    plain = base.elasticities.labour_mobile and not base.national_labour
    if plain and base.shape[0] >= _MANY_SECTORS and sweep.size >= _LARGE:
        return TwoLevel(sweep, v)
    return DenseInverse(sweep, v)


class Bordered:
    """A step for a scenario with limits: the core's inverse, bordered by the binding ones."""

    def __init__(self, core: Inverse, sweep: Sweep, v: Values) -> None:
        if sweep.kernel.wedges is None:
            raise ValueError("a scenario without limits has no border")
        self._core, self._size = core, sweep.size - sweep.limits
        self._step = sweep.kernel.wedges.step
        self._free = v["free"][:, 0] > 0.0
        unit = np.zeros((sweep.size, sweep.limits))
        unit[self._size :] = np.eye(sweep.limits)
        moved, change = sweep.tangent(v, unit)
        rows = sweep.adjoint(v, np.zeros_like(unit), {"excess": np.eye(sweep.limits)})[1]
        self._columns = change[: self._size]
        self._reach = core.step(self._columns)
        self._rows = core.transposed(rows[: self._size])
        corner = moved["excess"] + rows[: self._size].T @ self._reach
        # Two limits on the same flows have equal rows: a touch more slope lets the tighter win.
        self._corner = corner - _SPLIT * np.diag(np.abs(np.diag(corner)))

    def aim(self, v: Values) -> bool:
        free = v["free"][:, 0] > 0.0
        changed = bool((free != self._free).any())
        self._free = free
        return changed

    def step(self, residual: Array) -> Array:
        flat = residual.reshape(len(residual), -1)
        core, limits = flat[: self._size], flat[self._size :]
        free, held = self._free, ~self._free
        shadow = np.where(free[:, None], 0.0, limits)
        gap = limits / self._step + self._rows.T @ core + self._corner @ shadow
        shadow[free] = -np.linalg.solve(self._corner[np.ix_(free, free)], gap[free])
        shadow[held] = limits[held]
        moved = np.concatenate((self._core.step(core) + self._reach @ shadow, shadow))
        return moved.reshape(residual.shape)

    def transposed(self, residual: Array) -> Array:
        flat = residual.reshape(len(residual), -1)
        core, limits = flat[: self._size], flat[self._size :]
        free, held = self._free, ~self._free
        total = limits + self._reach.T @ core
        met = -np.linalg.solve(self._corner[np.ix_(free, free)].T, total[free])
        shadow = np.zeros_like(total)
        shadow[free] = met / self._step[free]
        shadow[held] = total[held] + self._corner[np.ix_(free, held)].T @ met
        moved = np.concatenate((self._core.transposed(core) + self._rows[:, free] @ met, shadow))
        return moved.reshape(residual.shape)


def bordered(core: Inverse, sweep: Sweep, v: Values) -> Inverse:
    """Return `core` with a border for the limits of the scenario, if it has any."""
    return Bordered(core, sweep, v) if sweep.limits else core


def jacobian(sweep: Sweep, v: Values) -> Array:
    """Return the derivative of the residual to the state, shape (size, size)."""
    matrix = np.empty((sweep.size, sweep.size))
    for start in range(0, sweep.size, _COLUMNS):
        width = min(_COLUMNS, sweep.size - start)
        direction = np.zeros((sweep.size, width))
        direction[start + np.arange(width), np.arange(width)] = 1.0
        matrix[:, start : start + width] = sweep.tangent(v, direction)[1]
    return matrix
