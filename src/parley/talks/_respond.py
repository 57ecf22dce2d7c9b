"""The duties that are best for one party while all others keep theirs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import InputError
from parley.talks._arena import Arena, Slopes, arena_of, point_of
from parley.talks._ascent import Ascent, Point, ascend, residual
from parley.talks._conditions import settle
from parley.talks._objective import Objective, Welfare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parley.equilibrium import Closure, Model, Outcome, Policy
    from parley.typing import Array, Mask
    from parley.world import Elasticities, World

STARTS = ("status quo", "free trade", "40 per cent", "upper bound", "one duty by sector")
"""Where a search for an optimum starts, beside random duties."""

_SAME = 1e-6  # of the objective: optima closer than this are one
_TYPICAL = np.log(1.4)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Optimum:
    """A local optimum of one party, with its certificate."""

    party: str
    objective: str
    value: float  # of the objective; 1 is the base year
    outcome: Outcome = field(repr=False)
    cells: Mask = field(repr=False)  # the duties that were free, (importer, exporter, sector)
    residual: float  # what a first-order step would still bring, as a fraction of the objective
    starts: tuple[str, ...]  # that led here
    solved: int  # equilibria, over those starts

    @property
    def duties(self) -> Array:
        """All duties at the optimum, (importer, exporter, sector)."""
        return self.outcome.policy.tariff(self.outcome.world.tariff)

    @property
    def median_duty(self) -> float:
        """The median of the duties that were free."""
        return float(np.median(self.duties[self.cells]))

    def at_bounds(self, bounds: tuple[float, float]) -> tuple[str, ...]:
        """Return the free duties that lie at a bound, as "USA on CHN, steel: 0"."""
        world, near = self.outcome.world, 1e-9
        found = []
        for n, i, s in zip(*np.nonzero(self.cells), strict=True):
            duty = float(self.duties[n, i, s])
            if min(abs(duty - bound) for bound in bounds) < near:
                codes = f"{world.economies[n]} on {world.economies[i]}, {world.sectors[s]}"
                found.append(f"{codes}: {duty:g}")
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The best of the optima that were found, and all distinct ones, best first."""

    optima: tuple[Optimum, ...]
    starts: tuple[str, ...]

    @property
    def best(self) -> Optimum:
        """The optimum with the highest value."""
        return self.optima[0]


def best_response(  # noqa: PLR0913 - the options of one question
    world: World,
    party: str,
    *,
    objective: Objective | None = None,
    policy: Policy | None = None,
    partners: Sequence[str] | None = None,
    sectors: Sequence[str] | None = None,
    bounds: tuple[float, float] = (0.0, 10.0),
    starts: Sequence[str] = STARTS,
    random: int = 0,
    seed: int = 0,
    tolerance: float = 1e-10,
    closure: Closure = "proportional",
    model: Model | None = None,
    elasticities: Elasticities | None = None,
) -> Response:
    """Return the duties of `party` that are best for it, from many starts.

    Parameters
    ----------
    party
        Code of the economy whose duties are free, by partner and sector.
    objective
        Default: the welfare of the party.
    policy
        What everyone does; the free duties are overwritten. Default: the base year.
    partners, sectors
        Whose goods and which sectors; default: all partners, all goods of the world.
    bounds
        Lowest and highest duty, fractions. A lower bound below zero allows import subsidies,
        which are transfers in another coat.
    starts
        Names among ``STARTS``.
    random
        How many more starts with random duties, drawn from `seed`.
    tolerance
        Largest first-order gain left, as a fraction of the objective.
    closure, model, elasticities
        As in `parley.equilibrium.solve`.

    Raises
    ------
    InputError
        For an unknown start, bounds out of order, or a party that buys nothing of what is named.
    """
    arena = arena_of(
        world, policy=policy, closure=closure, model=model, elasticities=elasticities, bounds=bounds
    )
    objective = Welfare(party=party) if objective is None else objective
    mask = arena.cells(party, partners=partners, sectors=sectors)
    begin = arena.outcome(mask, arena.variables(mask, arena.duties))
    found: list[Optimum] = []
    names: list[str] = []
    for name, variables in _starts(arena, mask, objective, starts, random=random, seed=seed):
        names.append(name)
        arena.nearest = begin
        merge(found, climb(arena, mask, objective, variables, name, tolerance=tolerance))
    found.sort(key=lambda optimum: -optimum.value)
    return Response(optima=tuple(found), starts=tuple(names))


def climb(
    arena: Arena,
    mask: Mask,
    objective: Objective,
    variables: Array,
    name: str,
    *,
    tolerance: float = 1e-10,
) -> Optimum:
    """Return the local optimum that a search from `variables` ends in.

    The first-order conditions are solved by an accelerated fixed point; where that does not
    settle, or settles below the start, the objective is climbed instead.
    """
    before = arena.solved
    low, high = arena.bounds(mask)
    slopes = Slopes([objective])

    def evaluate(at: Array) -> Point | None:
        return point_of(arena, mask, slopes, at)

    settled, at = settle(arena, [mask], [objective], variables, tolerance=tolerance)
    point = evaluate(at) if settled else None
    if point is None or residual(point, low, high) > tolerance:
        found = ascend(evaluate, variables, low=low, high=high, tolerance=tolerance)
        point = found.point
    return Optimum(
        party=objective.party,
        objective=objective.name,
        value=float(np.exp(point.value)),
        outcome=arena.outcome(mask, point.at),
        cells=mask,
        residual=residual(point, low, high),
        starts=(name,),
        solved=arena.solved - before,
    )


def merge(found: list[Optimum], new: Optimum) -> None:
    """Add `new` to `found`, or its start to the optimum that it repeats."""
    for at, old in enumerate(found):
        if abs(old.value - new.value) <= _SAME * max(1.0, old.value):
            better = new if new.value > old.value else old
            found[at] = _joined(better, old, new)
            return
    found.append(new)


def _joined(better: Optimum, old: Optimum, new: Optimum) -> Optimum:
    return replace(better, starts=old.starts + new.starts, solved=old.solved + new.solved)


def _starts(
    arena: Arena,
    mask: Mask,
    objective: Objective,
    names: Sequence[str],
    *,
    random: int,
    seed: int,
) -> Iterator[tuple[str, Array]]:
    low, high = arena.bounds(mask)
    for name in names:
        if name not in STARTS:
            raise InputError(f"no start {name!r}; there are {', '.join(STARTS)}")
        if name == "one duty by sector":
            yield name, _by_sector(arena, mask, objective)
            continue
        yield (
            name,
            {
                "status quo": arena.variables(mask, arena.duties),
                "free trade": np.clip(np.zeros(low.size), low, high),
                "40 per cent": np.clip(np.full(low.size, _TYPICAL), low, high),
                "upper bound": high,
            }[name],
        )
    generator = np.random.default_rng(seed)
    for at in range(random):
        yield f"random {at + 1}", generator.uniform(low, high)


def _by_sector(arena: Arena, mask: Mask, objective: Objective) -> Array:
    """Return the optimum with one duty for all partners in each sector, lifted to partners."""
    used, group = np.unique(np.nonzero(mask)[2], return_inverse=True)
    found = climb_uniform(arena, mask, objective, np.full(used.size, _TYPICAL), tolerance=1e-8)
    lifted: Array = found.point.at[group]
    return lifted


def climb_uniform(
    arena: Arena, mask: Mask, objective: Objective, start: Array, *, tolerance: float
) -> Ascent:
    """Climb over duties that are one for all partners in each sector of `mask`, (sector used,)."""
    used, group = np.unique(np.nonzero(mask)[2], return_inverse=True)
    lift = np.zeros((group.size, used.size))
    lift[np.arange(group.size), group] = 1.0
    slopes = Slopes([objective])

    def evaluate(at: Array) -> Point | None:
        point = point_of(arena, mask, slopes, lift @ at)
        if point is None:
            return None
        step = 1.0 / (lift.T @ (1.0 / point.step))
        return Point(at=at, value=point.value, slope=lift.T @ point.slope, step=step)

    low, high = (bound[: used.size] for bound in arena.bounds(mask))
    return ascend(evaluate, np.clip(start, low, high), low=low, high=high, tolerance=tolerance)
