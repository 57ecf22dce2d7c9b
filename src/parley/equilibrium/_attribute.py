"""What each item of a package is worth: the joint outcome shared out among its items."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._base import Model
from parley.equilibrium._gradient import gradients
from parley.equilibrium._policy import Policy, used
from parley.equilibrium._solve import solve
from parley.errors import ConvergenceError, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parley.equilibrium._outcome import Outcome
    from parley.typing import Array, Index
    from parley.world import Elasticities, World

_MOST_EXACT = 10  # items: 1,024 coalitions
_TOLERANCE = 1e-11
_ADDS_UP = 1e-9
_MOST_NODES = 128


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Attribution:
    """Welfare of a package by item and economy; fractions of base-year income.

    Arrays have shape (item, economy). Parts add up to `total`.
    """

    items: tuple[str, ...]
    economies: tuple[str, ...]
    parts: Array = field(repr=False)
    total: Array = field(repr=False)  # (economy,)
    first_in: Array = field(repr=False)  # of the item alone, after the start
    last_in: Array = field(repr=False)  # of the item added to all the others
    standard_error: Array = field(repr=False)  # of sampled parts, zero where they are exact
    method: str


@dataclass(slots=True, eq=False)
class _Coalitions:
    """Welfare of each set of items, solved once, each from its nearest neighbour."""

    world: World
    items: tuple[Policy, ...]
    start: Policy
    model: Model
    elasticities: Elasticities | None
    solved: dict[int, Array] = field(default_factory=dict)
    last: Outcome | None = None

    def welfare(self, members: int) -> Array:
        """Return the welfare of the items whose bits are set, (economy,)."""
        if members not in self.solved:
            policy = self.start
            for at, item in enumerate(self.items):
                if members >> at & 1:
                    policy = policy + item
            self.last = solve(
                self.world,
                policy,
                model=self.model,
                elasticities=self.elasticities,
                start=self.last,
                tolerance=_TOLERANCE,
            )
            self.solved[members] = self.last.welfare
        return self.solved[members]


def attribute(  # noqa: PLR0913 - the options of one question
    world: World,
    items: Mapping[str, Policy],
    *,
    start: Policy | None = None,
    model: Model | None = None,
    elasticities: Elasticities | None = None,
    samples: int = 200,
    seed: int = 0,
) -> Attribution:
    """Share the welfare of all `items` together out among them, by Shapley's value.

    An item's part is its marginal effect averaged over every order in which the items could have
    been taken. Up to ten items it is exact; beyond, orders are drawn, each with its reverse.

    Parameters
    ----------
    items
        Named policies; each is added to `start` (default: no policy). Any set of them must be a
        legal policy: two items that set one duty to different levels are refused.
    samples, seed
        Pairs of orders that are drawn for more than ten items.

    References
    ----------
    Shapley (1953), "A value for n-person games"; Castro, Gomez and Tejada (2009) on sampling.
    """
    if not items:
        raise InputError("attribute: there is no item to share the outcome among")
    coalitions = _Coalitions(
        world=world,
        items=tuple(items.values()),
        start=Policy.none(world) if start is None else start,
        model=model or Model(),
        elasticities=elasticities,
    )
    count = len(items)
    everything = (1 << count) - 1
    none, total = coalitions.welfare(0), coalitions.welfare(everything)
    if count <= _MOST_EXACT:
        parts, error, method = _exact(coalitions, count), np.zeros((count, none.size)), "exact"
    else:
        parts, error = _sampled(coalitions, count, samples=samples, seed=seed)
        method = f"{2 * samples} orders, seed {seed}"
    alone = [coalitions.welfare(1 << at) - none for at in range(count)]
    last = [total - coalitions.welfare(everything & ~(1 << at)) for at in range(count)]
    return Attribution(
        items=tuple(items),
        economies=world.economies,
        parts=parts,
        total=total - none,
        first_in=np.array(alone),
        last_in=np.array(last),
        standard_error=error,
        method=f"Shapley, {method}",
    )


def _exact(coalitions: _Coalitions, count: int) -> Array:
    weights = [factorial(k) * factorial(count - 1 - k) / factorial(count) for k in range(count)]
    order = [members ^ (members >> 1) for members in range(1 << count)]  # one item at a time
    values = {members: coalitions.welfare(members) for members in order}
    parts = np.zeros((count, values[0].size))
    for members, welfare in values.items():
        size = members.bit_count()
        for at in range(count):
            if members >> at & 1:
                parts[at] += weights[size - 1] * welfare
            else:
                parts[at] -= weights[size] * welfare
    return parts


def _sampled(
    coalitions: _Coalitions, count: int, *, samples: int, seed: int
) -> tuple[Array, Array]:
    generator = np.random.default_rng(seed)
    drawn = []
    for _ in range(samples):
        order = generator.permutation(count)
        pair = [_marginals(coalitions, way) for way in (order, order[::-1])]
        drawn.append((pair[0] + pair[1]) / 2.0)
    spread = np.std(drawn, axis=0, ddof=1) / np.sqrt(samples)
    return np.mean(drawn, axis=0), spread


def _marginals(coalitions: _Coalitions, order: Index) -> Array:
    members, before = 0, coalitions.welfare(0)
    marginal = np.zeros((len(order), before.size))
    for at in order:
        members |= 1 << int(at)
        after = coalitions.welfare(members)
        marginal[int(at)] = after - before
        before = after
    return marginal


def attribute_along_path(
    world: World,
    items: Mapping[str, Policy],
    *,
    start: Policy | None = None,
    model: Model | None = None,
    elasticities: Elasticities | None = None,
) -> Attribution:
    """Share the welfare of duties out by moving all of them together, in equal small steps.

    The value of Aumann and Shapley: the integral of each item's derivative along the straight path
    from the start to the end, from one adjoint at each node. Items must be changes of duties and
    export taxes that add up.

    Raises
    ------
    InputError
        When an item limits, bans, wastes or charges per unit, or when the changes of the items
        do not add up.
    ConvergenceError
        When the parts do not add up to the total at the finest grid.

    References
    ----------
    Aumann and Shapley (1974), "Values of non-atomic games".
    """
    first = Policy.none(world) if start is None else start
    last = first
    for item in items.values():
        last = last + item
    changes = {name: _change(world, first, item, name) for name, item in items.items()}
    _require_sum(world, first, last, changes)
    solved = partial(
        solve, world, model=model or Model(), elasticities=elasticities, tolerance=_TOLERANCE
    )
    ends = [solved(first), solved(last)]
    total = ends[1].welfare - ends[0].welfare
    nodes = 8
    while nodes <= _MOST_NODES:
        parts = _integrate(world, first, changes, nodes, ends[0])
        if np.abs(parts.sum(axis=0) - total).max() <= _ADDS_UP:
            break
        nodes *= 2
    else:
        gap = np.abs(parts.sum(axis=0) - total).max()
        raise ConvergenceError(f"the parts miss the total by {gap:.1e}; use attribute() instead")
    alone = [solved(first + item).welfare - ends[0].welfare for item in items.values()]
    others = [_without(first, items, name) for name in items]
    missing = [ends[1].welfare - solved(other).welfare for other in others]
    return Attribution(
        items=tuple(items),
        economies=world.economies,
        parts=parts,
        total=total,
        first_in=np.array(alone),
        last_in=np.array(missing),
        standard_error=np.zeros_like(parts),
        method=f"Aumann-Shapley, {nodes} nodes",
    )


def _change(world: World, start: Policy, item: Policy, name: str) -> tuple[Array, Array]:
    if item.limits or any(used(one) for one in (item.banned, item.iceberg, item.specific_duty)):
        raise InputError(
            f"item {name!r} is not a change of ad valorem duties or export taxes alone; "
            "use attribute()"
        )
    duty = (start + item).tariff(world.tariff) - start.tariff(world.tariff)
    return duty, item.export_tax


def _require_sum(
    world: World, first: Policy, last: Policy, changes: Mapping[str, tuple[Array, Array]]
) -> None:
    whole = last.tariff(world.tariff) - first.tariff(world.tariff)
    gap = np.abs(sum(duty for duty, _ in changes.values()) - whole).max()
    if gap > 1e-12:
        raise InputError(
            f"the duties of the items miss their sum by {gap:.1e}: build them with add_duty"
        )


def _without(start: Policy, items: Mapping[str, Policy], left_out: str) -> Policy:
    policy = start
    for name, item in items.items():
        policy = policy if name == left_out else policy + item
    return policy


def _integrate(
    world: World,
    start: Policy,
    changes: Mapping[str, tuple[Array, Array]],
    nodes: int,
    outcome: Outcome,
) -> Array:
    """Return the integral of each item's derivative by Gauss-Legendre, (item, economy)."""
    places, weights = np.polynomial.legendre.leggauss(nodes)
    objectives = [{"welfare": row} for row in np.eye(len(world.economies))]
    duty = sum(change for change, _ in changes.values())
    tax = sum(change for _, change in changes.values())
    parts = np.zeros((len(changes), len(world.economies)))
    for place, weight in zip((places + 1.0) / 2.0, weights / 2.0, strict=True):
        policy = start.moved(duty=place * duty, export_tax=place * tax)
        outcome = solve(
            world,
            policy,
            model=outcome.model,
            elasticities=outcome.elasticity_set,
            start=outcome,
            tolerance=_TOLERANCE,
        )
        for economy, slope in enumerate(gradients(outcome, objectives)):
            for at, (by_duty, by_tax) in enumerate(changes.values()):
                moved = (slope.duty * by_duty).sum() + (slope.export_tax * by_tax).sum()
                parts[at, economy] += weight * moved
    return parts
