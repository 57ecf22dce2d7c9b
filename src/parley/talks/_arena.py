"""Duties as variables: which cells each party sets, and the economy as a function of them.

A variable is ``log(1 + duty)``. The natural size of a step in it is the slope of the logarithm of
the objective over ``elasticity x import share``: where the two are equal the duty moves by as
much as the terms of trade would have it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium import Model, Policy, gradients, relinearised, solve
from parley.errors import ConvergenceError, InputError
from parley.talks._ascent import Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.equilibrium import Closure, Gradient, Outcome
    from parley.talks._objective import Objective
    from parley.typing import Array, Mask
    from parley.world import Elasticities, World

_DAMPING = 0.7
_SMALLEST_SHARE = 1e-9  # of income: cells that trade less move as if they traded this much


@dataclass(slots=True, kw_only=True, eq=False)
class Arena:
    """A world in which parties set duties within bounds, and all else follows `policy`."""

    world: World
    policy: Policy
    model: Model
    elasticities: Elasticities
    low: float
    high: float
    tolerance: float = 1e-10
    nearest: Outcome | None = field(default=None, repr=False)  # where the next solve starts
    solved: int = 0

    def __post_init__(self) -> None:
        if not -1.0 < self.low < self.high < np.inf:
            raise InputError(f"bounds of duties must lie above -1 and in order, not {self.low:g} "
                             f"and {self.high:g}")  # fmt: skip

    def cells(
        self,
        party: str,
        *,
        partners: Sequence[str] | None = None,
        sectors: Sequence[str] | None = None,
    ) -> Mask:
        """Return the duties that `party` sets, (importer, exporter, sector): cells with trade."""
        rows = [self.world.economy(code) for code in partners or self.world.economies]
        layers = [self.world.sector(code) for code in sectors or self._goods]
        own = self.world.economy(party)
        mask = np.zeros(self.world.tariff.shape, dtype=bool)
        mask[np.ix_([own], [row for row in rows if row != own], layers)] = True
        mask &= self.world.flows > 0.0
        if not mask.any():
            raise InputError(f"{party} has no duty to set: it buys nothing of what was named")
        return mask

    @property
    def _goods(self) -> tuple[str, ...]:
        return self.world.goods or self.world.sectors

    def variables(self, mask: Mask, duties: Array) -> Array:
        """Return the variables of the masked cells within bounds, given all duties."""
        inside: Array = np.log1p(np.clip(duties[mask], self.low, self.high))
        return inside

    @property
    def duties(self) -> Array:
        """The duties under `policy`, (importer, exporter, sector)."""
        return self.policy.tariff(self.world.tariff)

    def bounds(self, mask: Mask) -> tuple[Array, Array]:
        """Return lowest and highest variables of the masked cells."""
        count = int(mask.sum())
        return np.full(count, np.log1p(self.low)), np.full(count, np.log1p(self.high))

    def policy_at(self, mask: Mask, variables: Array) -> Policy:
        """Return `policy` with the duties of the masked cells set."""
        level, points = self.policy.duty_level.copy(), self.policy.duty_points.copy()
        level[mask], points[mask] = np.expm1(variables), 0.0
        return replace(self.policy, duty_level=level, duty_points=points)

    def outcome(self, mask: Mask, variables: Array, *, tolerance: float | None = None) -> Outcome:
        """Return the equilibrium at these duties."""
        found = solve(
            self.world,
            self.policy_at(mask, variables),
            model=self.model,
            elasticities=self.elasticities,
            start=self.nearest,
            tolerance=self.tolerance if tolerance is None else tolerance,
        )
        self.nearest, self.solved = found, self.solved + 1
        return found

    def try_outcome(
        self, mask: Mask, variables: Array, *, tolerance: float | None = None
    ) -> Outcome | None:
        """Return the equilibrium at these duties, None where there is none."""
        try:
            return self.outcome(mask, variables, tolerance=tolerance)
        except ConvergenceError:
            return None

    def renew(self) -> None:
        """Renew the linearisation where the last outcome lies: many more will lie near it."""
        if self.nearest is not None:
            self.nearest = relinearised(self.nearest)

    def step(self, outcome: Outcome, mask: Mask) -> Array:
        """Return how far a unit of slope of log welfare should carry each masked variable."""
        spending = np.exp(outcome.solution.values["spending"]) * outcome.expenditure_base_usd_mn
        share = outcome.trade_usd_mn * self.elasticities.trade / spending[:, None, None]
        natural: Array = _DAMPING / np.maximum(share[mask], _SMALLEST_SHARE)
        return natural


class Slopes:
    """The log of each objective with its derivatives, at one outcome after the other.

    Each outcome starts from what was found at the one before.
    """

    def __init__(self, objectives: Sequence[Objective]) -> None:
        self._objectives = objectives
        self._near: tuple[Gradient, ...] | None = None

    def at(self, outcome: Outcome, *, tolerance: float = 1e-11) -> tuple[Array, Array]:
        """Return the logs and their derivatives to every ``log(1 + duty)``.

        Shapes (party,) and (party, importer, exporter, sector).
        """
        levels = np.array([objective.value(outcome) for objective in self._objectives])
        if levels.min() <= 0.0:
            raise InputError("an objective fell to zero or below; its logarithm is not defined")
        seeds = [objective.seeds(outcome) for objective in self._objectives]
        found = gradients(outcome, seeds, start=self._near, tolerance=tolerance)
        self._near = found
        paid = 1.0 + outcome.policy.tariff(outcome.world.tariff)
        by_cell = np.stack([one.duty * paid / level
                            for one, level in zip(found, levels, strict=True)])  # fmt: skip
        return np.log(levels), by_cell


def point_of(arena: Arena, mask: Mask, slopes: Slopes, variables: Array) -> Point | None:
    """Return the objective of one party as a function of the masked duties."""
    outcome = arena.try_outcome(mask, variables)
    if outcome is None:
        return None
    value, slope = slopes.at(outcome)
    return Point(
        at=variables,
        value=float(value[0]),
        slope=slope[0][mask],
        step=arena.step(outcome, mask),
    )


def arena_of(
    world: World,
    *,
    policy: Policy | None,
    closure: Closure,
    model: Model | None,
    elasticities: Elasticities | None,
    bounds: tuple[float, float],
) -> Arena:
    """Return the arena that the options of a question describe."""
    return Arena(
        world=world,
        policy=Policy.none(world) if policy is None else policy,
        model=Model(closure=closure) if model is None else model,
        elasticities=world.elasticities if elasticities is None else elasticities,
        low=bounds[0],
        high=bounds[1],
    )
