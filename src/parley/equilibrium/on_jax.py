"""The same model on JAX: derivatives by machine, and many policies at a time on a GPU.

Needs the extra `gpu`. The residual is that of the NumPy engine, block by block (see `_traced`);
every answer is checked by the NumPy engine before it is returned. Importing this module switches
JAX to double precision.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._base import Model
from parley.equilibrium._outcome import Outcome
from parley.equilibrium._policy import used
from parley.equilibrium._solve import Solution, prepare, solve
from parley.equilibrium._sweep import Sweep
from parley.errors import InputError, SettingsError

try:
    import jax
    import jax.numpy as jnp
except ModuleNotFoundError as error:
    raise SettingsError(
        'the engine on JAX needs JAX, which is not installed: `pip install "parley[gpu]"`'
    ) from error

from parley.equilibrium._traced import Traced

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parley.equilibrium._base import Closure
    from parley.equilibrium._policy import Policy
    from parley.equilibrium._traced import Untyped
    from parley.typing import Array
    from parley.world import Elasticities, World

jax.config.update("jax_enable_x64", True)  # type: ignore[no-untyped-call]  # JAX types it not

_MEMORY = 6
_RIDGE = 1e-12
_STEPS = 200
_LARGEST_STEP = 1.0  # in logs


def residual(sweep: Sweep) -> Callable[[Untyped], Untyped]:
    """Return the residual of a scenario as a function that JAX can differentiate.

    It maps a state (size,) to the gaps of all markets in logs, as `Sweep.residual` does.
    """
    gross, net = jnp.asarray(sweep.kernel.gross), jnp.asarray(sweep.kernel.net)
    return lambda state: _residual(sweep, gross, net, state)


def _residual(sweep: Sweep, gross: Untyped, net: Untyped, state: Untyped) -> Untyped:
    """Return the gaps of the markets under kernels that JAX may trace as well."""
    kernels: Untyped = {"gross": Traced(gross), "net": Traced(net)}
    given: Untyped = Traced(state)
    traced = Sweep(sweep.economy, replace(sweep.kernel, **kernels, taken=None))
    found: Untyped = traced.residual(traced.values(given))
    return found.value


def solve_many(
    world: World,
    policies: Sequence[Policy],
    *,
    closure: Closure = "proportional",
    elasticities: Elasticities | None = None,
    model: Model | None = None,
    tolerance: float = 1e-10,
) -> tuple[Outcome, ...]:
    """Return the equilibria of `world` under many policies, solved at the same time.

    What does not come down to `tolerance` here is solved by the NumPy engine, which raises when
    there is no equilibrium.

    Raises
    ------
    InputError
        When a policy has limits, duties per unit or export taxes, or differs by use; those are
        solved one at a time by `solve`.
    ConvergenceError
        When a policy has no equilibrium.
    """
    for at, policy in enumerate(policies, start=1):
        _check(policy, at)
    if not policies:
        return ()
    model = Model(closure=closure) if model is None else model
    elasticities = world.elasticities if elasticities is None else elasticities
    prepared = prepare(world, elasticities, model, split_uses=False)
    sweeps = [prepared.sweep(policy) for policy in policies]
    states, counts = _states(sweeps, tolerance)
    found = []
    for sweep, policy, state, count in zip(sweeps, policies, states, counts, strict=True):
        v = sweep.values(state)
        gap = float(np.abs(sweep.residual(v)).max())
        if not gap <= tolerance:
            found.append(
                solve(world, policy, elasticities=elasticities, model=model, tolerance=tolerance)
            )
            continue
        solution = Solution(sweep=sweep, state=state, values=v, residual=gap, iterations=count)
        found.append(
            Outcome(
                status="solved",
                residual=gap,
                iterations=count,
                world=prepared.base.world,
                policy=policy,
                solution=solution,
                preconditioner=prepared,
            )
        )
    return tuple(found)


def _check(policy: Policy, at: int) -> None:
    if policy.limits or used(policy.specific_duty) or used(policy.export_tax):
        raise InputError(
            f"solve_many: policy {at} has limits, duties per unit or export taxes; use solve"
        )
    if policy.splits_uses:
        raise InputError(f"solve_many: policy {at} treats final and other buyers apart; use solve")


def _states(sweeps: Sequence[Sweep], tolerance: float) -> tuple[Array, list[int]]:
    """Return the state that each scenario ends in and the steps that it took."""
    first = sweeps[0]
    inverse = _newton_step(first)

    def run(gross: Untyped, net: Untyped) -> Untyped:
        return _iterate(lambda state: _residual(first, gross, net, state), inverse, tolerance)

    gross, net = (
        jnp.asarray(np.stack([getattr(sweep.kernel, name) for sweep in sweeps]))
        for name in ("gross", "net")
    )
    states, counts = jax.jit(jax.vmap(run))(gross, net)
    return np.asarray(states), [int(count) for count in counts]


def _newton_step(sweep: Sweep) -> Untyped:
    """Return the inverse of minus the Jacobian at the base year, (size, size)."""
    gross, net = jnp.asarray(sweep.base.share), jnp.asarray(sweep.base.net_share)
    slope = jax.jit(jax.jacfwd(lambda state: _residual(sweep, gross, net, state)))
    return jnp.linalg.inv(-slope(jnp.zeros(sweep.size)))


def _iterate(gaps: Callable[[Untyped], Untyped], inverse: Untyped, tolerance: float) -> Untyped:
    """Return the state that Anderson's acceleration of Newton's base-year step ends in."""
    size = inverse.shape[0]
    empty = jnp.zeros((_MEMORY, size))

    def go_on(carry: Untyped) -> Untyped:
        count, _, _, _, _, gap = carry
        return (count < _STEPS) & (gap > tolerance)

    def advance(carry: Untyped) -> Untyped:
        count, state, last, steps, moves, _ = carry
        gap = gaps(state)
        step = inverse @ gap
        slot = count % _MEMORY
        fresh = count > 0
        steps = jnp.where(fresh, steps.at[slot].set(step - last[1]), steps)
        moves = jnp.where(fresh, moves.at[slot].set(state - last[0]), moves)
        gram = steps @ steps.T
        gram = gram + jnp.eye(_MEMORY) * (_RIDGE * jnp.trace(gram) + 1e-300)
        weights = jnp.linalg.solve(gram, steps @ step)
        move = step - weights @ (steps + moves)
        longest = jnp.abs(move).max()
        move = move * jnp.minimum(1.0, _LARGEST_STEP / longest)
        largest = jnp.abs(gap).max()
        kept = jnp.where(largest <= tolerance, state, state + move)
        return count + 1, kept, (state, step), steps, moves, largest

    start = jnp.zeros(size)
    carry = (0, start, (start, start), empty, empty, jnp.inf)
    count, state, *_ = jax.lax.while_loop(go_on, advance, carry)
    return state, count
