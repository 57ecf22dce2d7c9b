"""Whether an optimum is one: its first-order residual, many starts, and a second algorithm."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from parley.talks._arena import Arena, Slopes, point_of
from parley.talks._ascent import Point, ascend
from parley.talks._respond import STARTS, Optimum, best_response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.talks._objective import Objective
    from parley.typing import Array, Mask

_NO_GAIN = 1e-6  # of the objective
_NEARBY = 0.02  # of 1 + duty: how far from the optimum the second algorithm starts
_CLIMB = 150


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Certificate:
    """What was done to find something better than an optimum, and what came of it."""

    optimum: Optimum = field(repr=False)  # the one in question
    best: Optimum = field(repr=False)  # the best that was found, the one in question included
    values: tuple[float, ...]  # of the distinct optima that were found, best first
    starts: tuple[str, ...]  # of the search, all tried
    second: float  # the value that the second algorithm reached

    @property
    def residual(self) -> float:
        """What a first-order step would still bring: the local certificate."""
        return self.optimum.residual

    @property
    def gain(self) -> float:
        """How much better the best found is, as a fraction of the base year's objective."""
        return max(self.best.value, self.second) - self.optimum.value

    @property
    def holds(self) -> bool:
        """Whether nothing better was found."""
        return self.gain <= _NO_GAIN


def certify(
    optimum: Optimum,
    objective: Objective,
    *,
    bounds: tuple[float, float] = (0.0, 10.0),
    starts: Sequence[str] = STARTS,
    random: int = 16,
    seed: int = 0,
) -> Certificate:
    """Search for something better than `optimum`, from many starts and by a second algorithm.

    The search solves the first-order conditions from each start; the second algorithm climbs
    from a point near the optimum, which also leaves a saddle. No search proves that an optimum is
    global: the answer says what was tried.

    Parameters
    ----------
    optimum
        Of the objective's party: found by `best_response`, or claimed by somebody else.
    bounds, starts, random, seed
        As in `best_response`; with the default there are 21 starts.
    """
    outcome = optimum.outcome
    found = best_response(
        outcome.world,
        objective.party,
        objective=objective,
        policy=outcome.policy,
        partners=[outcome.economies[i] for i in np.flatnonzero(optimum.cells.any(axis=(0, 2)))],
        sectors=[outcome.sectors[s] for s in np.flatnonzero(optimum.cells.any(axis=(0, 1)))],
        bounds=bounds,
        starts=starts,
        random=random,
        seed=seed,
        model=outcome.model,
        elasticities=outcome.elasticity_set,
    )
    arena = Arena(
        world=outcome.world,
        policy=outcome.policy,
        model=outcome.model,
        elasticities=outcome.elasticity_set,
        low=bounds[0],
        high=bounds[1],
        nearest=outcome,
    )
    return Certificate(
        optimum=optimum,
        best=max(found.best, optimum, key=lambda one: one.value),
        values=tuple(one.value for one in found.optima),
        starts=found.starts,
        second=_climbed(arena, optimum.cells, objective, seed),
    )


def _climbed(arena: Arena, mask: Mask, objective: Objective, seed: int) -> float:
    """Return the value that a climb from near the duties in force reaches."""
    slopes, (low, high) = Slopes([objective]), arena.bounds(mask)
    start = arena.variables(mask, arena.duties)
    thrown = np.random.default_rng(seed).uniform(-_NEARBY, _NEARBY, start.size)

    def evaluate(at: Array) -> Point | None:
        return point_of(arena, mask, slopes, at)

    found = ascend(evaluate, np.clip(start + thrown, low, high), low=low, high=high, limit=_CLIMB)
    return float(np.exp(found.point.value))
