"""Find the equilibrium of a world under a policy, or say why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._base import Base, Model, calibrate
from parley.equilibrium._fixedpoint import Anderson, largest
from parley.equilibrium._kernel import build_kernel, kernel_between
from parley.equilibrium._outcome import Outcome
from parley.equilibrium._policy import Policy, used
from parley.equilibrium._precondition import Inverse, Linearised, bordered
from parley.equilibrium._rebase import rebase
from parley.equilibrium._sweep import Economy, Sweep
from parley.errors import ConvergenceError, InfeasibleError

if TYPE_CHECKING:
    from parley.equilibrium._base import Closure
    from parley.equilibrium._blocks import Values
    from parley.typing import Array
    from parley.world import Elasticities, World

_LARGEST_STEP = 1.0  # in logs
_CURVATURE = 3.0  # shares bend by the trade elasticity, of 2 to 50
_PATIENCE = 22  # iterations before the linearisation is renewed
_RENEWALS = 6
_SHORTEST_LEG = 1e-3  # of the way from the base year to the policy
_BALANCED = 1e-6  # USD mn: smaller imbalances are rounding
_BALANCED_TOLERANCE = 1e-13
_THROWN, _APART = 0.1, 1e-6  # in logs: further starts, and when two equilibria differ
_FOLLOWED = 60  # slowed sweeps from a further start
_HELD = 8  # prepared worlds kept in memory


class Preconditioner:
    """A base year made ready: its economy, and its linearisation inverted when first needed."""

    def __init__(self, base: Base) -> None:
        self.economy = Economy(base)

    @property
    def base(self) -> Base:
        """The base year."""
        return self.economy.base

    def sweep(self, policy: Policy) -> Sweep:
        """Return the model of the base year under `policy`."""
        return Sweep(self.economy, build_kernel(self.base, policy))

    @cached_property
    def inverse(self) -> Inverse:
        """The inverted linearisation at the base year."""
        sweep = self.sweep(Policy.none(self.base.world))
        return Linearised(sweep, sweep.values(np.zeros(sweep.size)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solution:
    """A solved state with everything that was computed at it."""

    sweep: Sweep
    state: Array
    values: Values
    residual: float
    iterations: int


class StalledError(ConvergenceError):
    """The iteration stopped; the driver decides what that means."""


def solve(  # noqa: PLR0913 - the options of one question
    world: World,
    policy: Policy,
    *,
    closure: Closure = "proportional",
    elasticities: Elasticities | None = None,
    model: Model | None = None,
    start: Outcome | None = None,
    tolerance: float = 1e-10,
) -> Outcome:
    """Return the equilibrium of `world` under `policy`.

    Parameters
    ----------
    closure
        How trade imbalances follow income; ignored when `model` is given. With "balanced" the
        base year is first solved without imbalances, and the policy is measured against that.
    elasticities
        Default: those of the world for the long horizon.
    model
        Which variant of the economy; default: competition with input-output links.
    start
        An outcome of the same world to start from; its linearisation is used again.
    tolerance
        Largest relative excess demand of any market.

    Raises
    ------
    ConvergenceError
        When no equilibrium was reached.
    InfeasibleError
        When there is none: a deficit that cannot be carried, a good without a supplier.
    """
    model = Model(closure=closure) if model is None else model
    elasticities = world.elasticities if elasticities is None else elasticities
    prepared = prepare(world, elasticities, model, split_uses=policy.splits_uses)
    sweep = prepared.sweep(policy)
    if used(policy.banned):
        _require_trade_for_deficits(sweep)
    state = np.zeros(sweep.size)
    if start is not None and start.solution.sweep.base.uses == prepared.base.uses:
        state, prepared = _carry_over(sweep, start), start.preconditioner
    try:
        solution = solve_state(sweep, state, prepared.inverse, tolerance=tolerance)
    except StalledError:
        solution = _follow(sweep, prepared.inverse, tolerance=tolerance)
    elsewhere = 0
    if start is None and elasticities.scale.any():
        elsewhere = _starts_elsewhere(solution, tolerance=tolerance)
    return Outcome(
        status="solved",
        starts_elsewhere=elsewhere,
        residual=solution.residual,
        iterations=solution.iterations,
        world=sweep.base.world,
        policy=policy,
        solution=solution,
        preconditioner=prepared,
    )


def relinearised(outcome: Outcome) -> Outcome:
    """Return `outcome` with its linearisation renewed at it: the start for many more nearby."""
    solution = outcome.solution
    prepared = Preconditioner(outcome.preconditioner.base)
    prepared.inverse = _linearised(solution.sweep, solution.values)
    return replace(outcome, preconditioner=prepared)


_prepared: dict[tuple[int, int, Model, bool], tuple[World, Elasticities, Preconditioner]] = {}


def prepare(
    world: World, elasticities: Elasticities, model: Model, *, split_uses: bool
) -> Preconditioner:
    """Return the calibrated base year, from memory when it was used of late."""
    key = (id(world), id(elasticities), model, split_uses)
    if key in _prepared:
        return _prepared[key][2]
    base = calibrate(world, elasticities, model, split_uses=split_uses)
    if model.closure == "balanced" and np.abs(world.trade_deficit).max() > _BALANCED:
        base = calibrate(_balanced(base), elasticities, model, split_uses=split_uses)
    while len(_prepared) >= _HELD:
        _prepared.pop(next(iter(_prepared)))
    # The world and the elasticities are kept too, so that no other object can take their ids.
    _prepared[key] = (world, elasticities, Preconditioner(base))
    return _prepared[key][2]


def balanced(
    world: World, *, elasticities: Elasticities | None = None, model: Model | None = None
) -> World:
    """Return `world` after its trade imbalances have closed and nothing else has changed.

    Duties stay; flows, output and prices are those of the equilibrium without transfers between
    economies (Caliendo and Parro 2015, section 5; Ossa 2014, section II).
    """
    model = replace(model or Model(), closure="balanced")
    return _balanced(calibrate(world, elasticities or world.elasticities, model))


def _balanced(base: Base) -> World:
    prepared = Preconditioner(base)
    sweep = prepared.sweep(Policy.none(base.world))
    start = np.zeros(sweep.size)
    solution = solve_state(sweep, start, prepared.inverse, tolerance=_BALANCED_TOLERANCE)
    return rebase(solution, name=f"{base.world.name}, balanced")


def solve_state(sweep: Sweep, start: Array, core: Inverse, *, tolerance: float) -> Solution:
    """Iterate from `start` until every market clears to `tolerance`.

    Raises
    ------
    StalledError
        When the iteration leaves the positive orthant for good or runs out of renewals.
    """
    mixer = Anderson(sweep.size, curvature=_CURVATURE)
    state, iteration, best, since, renewals = start, 0, np.inf, 0, 0
    good: Array | None = None
    inverse: Inverse | None = None
    while True:
        v = sweep.values(state)
        residual = sweep.residual(v)
        gap = largest(residual)
        if gap <= tolerance:
            return Solution(sweep=sweep, state=state, values=v, residual=gap, iterations=iteration)
        iteration += 1
        if not np.isfinite(gap):
            if good is None or np.abs(state - good).max() < 1e-6:
                raise StalledError(f"the iteration left the economy after {iteration} steps")
            state = good + 0.25 * (state - good)
            mixer.forget()
            continue
        since += 1
        if gap < 0.5 * best:
            best, since = gap, min(since, _PATIENCE // 2)
        if since > _PATIENCE:
            if renewals >= _RENEWALS:
                raise StalledError(f"residual {gap:.2e} after {iteration} steps")
            inverse = bordered(_linearised(sweep, v), sweep, v)
            since, renewals = 0, renewals + 1
            mixer.forget()
        if inverse is None:
            inverse = bordered(core, sweep, v)
        if inverse.aim(v):
            mixer.forget()
        good = state
        proposal = mixer.propose(state, inverse.step(residual))
        state = sweep.within_bounds(_limited(state, proposal))


def _linearised(sweep: Sweep, v: Values) -> Inverse:
    """Return the inverted linearisation at `v`; where it has none the iteration has stalled."""
    try:
        return Linearised(sweep, v)
    except np.linalg.LinAlgError as error:
        raise StalledError("the linearisation has no inverse: a market has closed down") from error


def _carry_over(sweep: Sweep, start: Outcome) -> Array:
    """Return the state of `start`, with the shadow prices of limits of the same name."""
    parts = start.solution.sweep.unpack(start.solution.state)
    if sweep.kernel.wedges is not None:
        old = start.solution.sweep.kernel.wedges
        known = {} if old is None else dict(zip(old.names, parts["shadow"], strict=False))
        shadow = np.zeros(sweep.kernel.wedges.count)
        for at, name in enumerate(sweep.kernel.wedges.names):
            shadow[at] = float(known.get(name, 0.0))
        parts["shadow"] = shadow
    return sweep.pack(parts)


def _starts_elsewhere(found: Solution, *, tolerance: float) -> int:
    """Return how many of two further starts do not come back to `found`.

    With scale economies there may be several equilibria, at corners too (Kucheryavyy, Lyn and
    Rodriguez-Clare 2023). A start is thrown off and follows the sweep, slowed down, so that it
    leaves an equilibrium that the economy itself would leave.
    """
    sweep, elsewhere = found.sweep, 0
    for seed in (1, 2):
        thrown = np.random.default_rng(seed).normal(0.0, _THROWN, found.state.size)
        state = sweep.within_bounds(found.state + thrown)
        with np.errstate(all="ignore"):
            elsewhere += not _comes_back(found, state, tolerance=tolerance)
    return elsewhere


def _comes_back(found: Solution, state: Array, *, tolerance: float) -> bool:
    sweep = found.sweep
    for _ in range(_FOLLOWED):
        state = sweep.within_bounds(state + 0.5 * sweep.residual(sweep.values(state)))
        if not np.isfinite(state).all():
            return False
    try:
        inverse = Linearised(sweep, sweep.values(state))
        second = solve_state(sweep, state, inverse, tolerance=tolerance)
    except (StalledError, np.linalg.LinAlgError):
        return False
    return bool(np.abs(second.state - found.state).max() <= _APART)


def _limited(state: Array, proposal: Array) -> Array:
    """Shorten a step so that no hat moves by more than a factor e."""
    move = proposal - state
    length = largest(move)
    return proposal if length <= _LARGEST_STEP else state + move * (_LARGEST_STEP / length)


def _follow(sweep: Sweep, inverse: Inverse, *, tolerance: float) -> Solution:
    """Reach the policy in legs from the base year, shortening a leg that fails."""
    base, target = sweep.base, sweep.kernel
    at, leg, state, spent = 0.0, 0.25, np.zeros(sweep.size), 0
    move = np.zeros(sweep.size)
    while True:
        reach = min(1.0, at + leg)
        part = target if reach == 1.0 else kernel_between(base, target, reach)
        try:
            found = solve_state(Sweep(sweep.economy, part), state, inverse, tolerance=tolerance)
        except StalledError:
            leg /= 4.0
            if leg < _SHORTEST_LEG:
                raise _no_equilibrium(sweep, move, at) from None
            continue
        spent += found.iterations
        if reach == 1.0:
            return replace(found, iterations=spent)
        move, state, at, leg = found.state - state, found.state, reach, 2.0 * leg
        inverse = _linearised(found.sweep, found.values)


def _no_equilibrium(sweep: Sweep, move: Array, reached: float) -> ConvergenceError:
    """Say what stopped the path: a deficit that cannot be carried, or the method."""
    world, model = sweep.base.world, sweep.base.model
    spending = np.abs(sweep.unpack(move)["spending"])
    n = int(np.argmax(spending))
    where = f"{world.name}: the path to the policy ends at {reached:.0%} of the way"
    if model.closure != "balanced" and np.abs(world.trade_deficit).max() > 0.0:
        return InfeasibleError(
            f"{where}, where spending of {world.economies[n]} gives way; its trade can no longer "
            f'carry {_imbalance(world, n)}. Solve with closure="balanced", or balance the '
            "world first"
        )
    return ConvergenceError(
        f"{where}, where {world.economies[n]} moves most; try a smaller policy or start from an "
        "outcome near it"
    )


def _imbalance(world: World, at: int) -> str:
    kind = "deficit" if world.trade_deficit[at] > 0.0 else "surplus"
    return f"a {kind} of {abs(world.trade_deficit[at]):,.0f} USD mn"


def _require_trade_for_deficits(sweep: Sweep) -> None:
    """Refuse a deficit of an economy that the policy cuts off from all trade."""
    world = sweep.base.world
    if sweep.base.model.closure == "balanced":
        return
    kernel = sweep.kernel.net.reshape(-1, len(world.economies), len(world.economies))
    flows = kernel.sum(axis=0)
    np.fill_diagonal(flows, 0.0)
    cut_off = (flows.sum(axis=0) + flows.sum(axis=1) <= 0.0) & (world.trade_deficit != 0.0)
    if cut_off.any():
        n = int(np.argmax(cut_off))
        raise InfeasibleError(
            f"{world.name}: {world.economies[n]} is cut off from all trade and cannot carry "
            f'{_imbalance(world, n)}; solve with closure="balanced"'
        )
