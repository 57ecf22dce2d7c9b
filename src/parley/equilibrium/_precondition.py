"""The linearisation at one state, inverted once and reused for every policy near it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from parley.equilibrium._blocks import by_sector
from parley.equilibrium._fixedpoint import largest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parley.equilibrium._blocks import Values
    from parley.equilibrium._sweep import Sweep
    from parley.typing import Array

    Single: TypeAlias = NDArray[np.float32]

_MODES = 48  # patterns that are solved directly; more where there are many economies
_PASSES = 4
_RIDGE = 1e-9
_SPLIT = 1e-6


class Inverse(Protocol):
    """An approximate Newton step and its transpose."""

    def aim(self, v: Values) -> bool:
        """Adapt to which limits bind at `v`; return whether that changed."""

    def step(self, residual: Array) -> Array:
        """Return the change of the state that would remove `residual` (size[, batch])."""

    def transposed(self, residual: Array) -> Array:
        """Return the same step for the transposed system."""


class Linearised:
    """The inverted linearisation at one state, in single precision.

    First each economy's own part of the system is inverted: how its wages, prices, sales and
    spending feed each other through its own markets. What one such step leaves is multiplied by
    ``left = 1 - inverse @ system``; the leading invariant subspace of that, a few patterns of
    trade between economies, is found by orthogonal iteration from a fixed start (Halko,
    Martinsson and Tropp 2011, algorithm 4.4) and solved directly.
    """

    def __init__(self, sweep: Sweep, v: Values) -> None:
        core, economies = sweep.size - sweep.limits, sweep.base.shape[1]
        own = -own_parts(sweep, v)
        own += _RIDGE * np.eye(own.shape[1])  # nothing pins the price level of a closed economy
        self._own: Single = np.linalg.inv(own).astype(np.float32)
        modes = min(core, max(_MODES, economies // 3))
        self._slow: Single = np.zeros((core, modes), dtype=np.float32)
        self._more: Single = np.zeros((modes, modes), dtype=np.float32)

        def left(columns: Array) -> Array:
            full = np.zeros((sweep.size, modes))
            full[:core] = columns
            return columns + self.step(sweep.tangent(v, full)[1][:core])

        slow = np.random.default_rng(0).normal(size=(core, modes))
        for _ in range(_PASSES):
            slow = np.linalg.qr(left(slow))[0]
        more = np.linalg.inv(np.eye(modes) - slow.T @ left(slow)) - np.eye(modes)
        self._slow, self._more = slow.astype(np.float32), more.astype(np.float32)

    def aim(self, v: Values) -> bool:
        return False

    def step(self, residual: Array) -> Array:
        scale = largest(residual) or 1.0
        moved = self._apply(self._own, _single(residual, scale))
        moved += self._slow @ (self._more @ (self._slow.T @ moved))
        return _double(moved, scale).reshape(residual.shape)

    def transposed(self, residual: Array) -> Array:
        scale = largest(residual) or 1.0
        flat = _single(residual, scale)
        flat += self._slow @ (self._more.T @ (self._slow.T @ flat))
        moved = self._apply(self._own.transpose(0, 2, 1), flat)
        return _double(moved, scale).reshape(residual.shape)

    @staticmethod
    def _apply(own: Single, flat: Single) -> Single:
        """Apply one matrix per economy to a state, whose parts all have economies last."""
        economies, parts, _ = own.shape
        shape = (parts, economies, flat.shape[1])
        moved = np.empty_like(flat)
        by_economy, out = (part.reshape(shape).transpose(1, 0, 2) for part in (flat, moved))
        np.matmul(own, by_economy, out=out)
        return moved


def own_parts(sweep: Sweep, v: Values) -> Array:
    """Return the derivative of each economy's residual to its own state, (economy, part, part).

    All economies are moved at once with the trade between them shut off; what comes back through
    foreign buyers, who share their spending among suppliers, and the numeraire are put right.
    """
    base = sweep.base
    economies = base.shape[1]
    parts = (sweep.size - sweep.limits) // economies
    own = np.arange(base.uses * economies), np.tile(np.arange(economies), base.uses)
    closed = dict(v)
    for name in ("gross", "net"):
        closed[name] = np.zeros_like(v[name])
        closed[name][:, *own] = v[name][:, *own]
    probes = np.zeros((sweep.size, parts))
    probes[np.arange(parts * economies), np.repeat(np.arange(parts), economies)] = 1.0
    d, change = sweep.tangent(closed, probes)
    sold = (base.sales > 0.0)[:, :, None]
    abroad = (v["gross"] - closed["gross"]) * (v["net"] - closed["net"])
    per = by_sector(abroad.transpose(0, 2, 1), v["per_denominator"] / v["denominator"])
    shared = base.trade_elasticity * v["attraction"] * per / np.where(sold[:, :, 0], v["pull"], 1.0)
    world = d["income"].sum(axis=0) / v["income"].sum()
    moved = sweep.unpack(change)
    moved["sales"] += np.where(sold, shared[:, :, None] * d["cost"] + world, 0.0)
    core = sweep.pack(moved)[: parts * economies]
    return core.reshape(parts, economies, parts).transpose(1, 0, 2)


def _single(residual: Array, scale: float) -> Single:
    """Return a residual over its scale in single precision, (size, batch)."""
    flat: Single = np.multiply(residual, 1.0 / scale).astype(np.float32)
    return flat.reshape(len(flat), -1)


def _double(step: Single, scale: float) -> Array:
    full: Array = np.multiply(step, scale, dtype=np.float64)
    return full


class Bordered:
    """A step for a scenario with limits: the core's inverse, bordered by the binding ones.

    Duties per unit, which come after the limits in a state, follow prices by themselves.
    """

    def __init__(self, core: Inverse, sweep: Sweep, v: Values) -> None:
        if sweep.kernel.wedges is None:
            raise ValueError("a scenario without limits has no border")
        self._core, self._size = core, sweep.size - sweep.limits
        limits = len(sweep.kernel.wedges.names)
        self._end = self._size + limits
        self._step = sweep.kernel.wedges.step[:limits]
        self._free = v["free"][:limits, 0] > 0.0
        width = max(limits, 1)  # one idle column where there are duties per unit alone
        unit = np.eye(sweep.size, width, -self._size) * (limits > 0)
        moved, change = sweep.tangent(v, unit)
        excess = np.eye(sweep.limits, width)
        rows = sweep.adjoint(v, np.zeros_like(unit), {"excess": excess})[1][: self._size]
        self._reach = core.step(change[: self._size])[:, :limits]
        self._rows = core.transposed(rows)[:, :limits]
        corner = moved["excess"][:limits, :limits] + rows[:, :limits].T @ self._reach
        # Two limits on the same flows have equal rows: a touch more slope lets the tighter win.
        self._corner = corner - _SPLIT * np.diag(np.abs(np.diag(corner)))

    def aim(self, v: Values) -> bool:
        free = v["free"][: self._end - self._size, 0] > 0.0
        changed = bool((free != self._free).any())
        self._free = free
        return changed

    def step(self, residual: Array) -> Array:
        flat = residual.reshape(len(residual), -1)
        core, limits, per_unit = np.split(flat, (self._size, self._end))
        free, held = self._free, ~self._free
        shadow = np.where(free[:, None], 0.0, limits)
        gap = limits / self._step + self._rows.T @ core + self._corner @ shadow
        shadow[free] = -np.linalg.solve(self._corner[np.ix_(free, free)], gap[free])
        shadow[held] = limits[held]
        core = self._core.step(core) + self._reach @ shadow
        moved = np.concatenate((core, shadow, per_unit))
        return moved.reshape(residual.shape)

    def transposed(self, residual: Array) -> Array:
        flat = residual.reshape(len(residual), -1)
        core, limits, per_unit = np.split(flat, (self._size, self._end))
        free, held = self._free, ~self._free
        total = limits + self._reach.T @ core
        met = -np.linalg.solve(self._corner[np.ix_(free, free)].T, total[free])
        shadow = np.zeros_like(total)
        shadow[free] = met / self._step[free]
        shadow[held] = total[held] + self._corner[np.ix_(free, held)].T @ met
        core = self._core.transposed(core) + self._rows[:, free] @ met
        moved = np.concatenate((core, shadow, per_unit))
        return moved.reshape(residual.shape)


def bordered(core: Inverse, sweep: Sweep, v: Values) -> Inverse:
    """Return `core` with a border for the limits of the scenario, if it has any."""
    return Bordered(core, sweep, v) if sweep.limits else core
