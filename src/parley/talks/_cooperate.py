"""Duties on which all could agree, none gaining more in proportion than another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium import gradient
from parley.errors import ConvergenceError, InputError
from parley.talks._arena import Arena, arena_of
from parley.talks._ascent import Point, ascend
from parley.talks._objective import Objective, Welfare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.equilibrium import Outcome, Policy
    from parley.typing import Array, Mask

_STIFFNESS = 20.0  # of unequal gains against the common gain
_EQUAL = 4e-7  # gains this close are equal
_FLAT = 1e-9
_ROUNDS = 30
_CLIMB = 600
_LEAST_WEIGHT = 0.02


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cooperation:
    """Duties that give every party the same gain over the walk-away point.

    The gain is a local maximum: no small change of the duties within bounds raises it for all.
    """

    parties: tuple[str, ...]
    objective: str
    gains: tuple[float, ...]  # of each party over the walk-away point, as a fraction of it
    outcome: Outcome = field(repr=False)
    walk_away: Outcome = field(repr=False)
    weights: tuple[float, ...]  # of the log objectives whose sum the duties maximise; sum one
    residual: float  # what a first-order step would still add to that sum
    start: str
    solved: int

    @property
    def gain(self) -> float:
        """The smallest gain."""
        return min(self.gains)

    @property
    def is_deal(self) -> bool:
        """Whether every party gains; gains of nothing are no deal."""
        return self.gain > _EQUAL

    @property
    def duties(self) -> Array:
        """All duties, (importer, exporter, sector)."""
        return self.outcome.policy.tariff(self.outcome.world.tariff)


def cooperate(
    walk_away: Outcome,
    parties: Sequence[str | Objective],
    *,
    start: Policy | None = None,
    among_themselves: bool = False,
    sectors: Sequence[str] | None = None,
    bounds: tuple[float, float] = (0.0, 10.0),
) -> Cooperation:
    """Return the duties with the largest gain that is equal, in proportion, for all parties.

    ``max c`` subject to ``G_i = (1 + c) G_i(walk-away)`` for every party, by an augmented
    Lagrangian in which the common gain is eliminated; every step is a climb by the adjoint of a
    weighted sum of log objectives.

    Parameters
    ----------
    walk_away
        What happens without a deal: an outcome of the base year, of free trade, of a war.
    parties
        Codes (their objective is welfare) or objectives.
    start
        Duties from which the search starts; default: none between any two economies.
    among_themselves, sectors, bounds
        As in `nash`. A lower bound below zero allows import subsidies: transfers in another coat.

    Raises
    ------
    InputError
        For a party named twice.
    ConvergenceError
        When the gains do not become equal.

    References
    ----------
    Ossa (2014), American Economic Review 104(12), section IV.C; the method is that of Nocedal
    and Wright (2006), Numerical Optimization, section 17.3.
    """
    objectives = [Welfare(party=one) if isinstance(one, str) else one for one in parties]
    codes = tuple(objective.party for objective in objectives)
    if not codes or len(set(codes)) != len(codes):
        raise InputError("an agreement needs parties, each named once")
    world = walk_away.world
    name = "free trade" if start is None else "the duties given"
    first = walk_away.policy.set_duty(importer=None, exporter=None, rate=0.0)
    arena = _arena(walk_away, bounds)
    partners = codes if among_themselves else None
    masks = [arena.cells(code, partners=partners, sectors=sectors) for code in codes]
    union = np.logical_or.reduce(masks)
    before = np.log([objective.value(walk_away) for objective in objectives])
    at = arena.variables(union, (first if start is None else start).tariff(world.tariff))
    return _Search(arena, objectives, union, before).run(at, walk_away, name)


def _arena(walk_away: Outcome, bounds: tuple[float, float]) -> Arena:
    return arena_of(
        walk_away.world,
        policy=walk_away.policy,
        closure=walk_away.closure,
        model=walk_away.model,
        elasticities=walk_away.elasticity_set,
        bounds=bounds,
    )


class _Search:
    """The augmented Lagrangian ``sum_i m_i g_i - r/2 sum_i (g_i - mean g)^2`` of log gains g."""

    def __init__(
        self, arena: Arena, objectives: list[Objective], union: Mask, before: Array
    ) -> None:
        self._arena, self._objectives, self._union, self._before = arena, objectives, union, before
        self._weights = np.full(len(objectives), 1.0 / len(objectives))
        self._importer = np.nonzero(union)[0]
        self._stiffness = _STIFFNESS

    def run(self, at: Array, walk_away: Outcome, start: str) -> Cooperation:
        low, high = self._arena.bounds(self._union)
        apart, last = np.inf, np.inf
        for _ in range(_ROUNDS):
            found = ascend(
                self._point, at, low=low, high=high,
                tolerance=max(_FLAT, 1e-3 * min(apart, 1e-2)), limit=_CLIMB,
            )  # fmt: skip
            at = found.point.at
            outcome = self._arena.outcome(self._union, at)
            gains = self._gains(outcome)
            uneven = gains - gains.mean()
            apart = float(np.abs(uneven).max())
            self._weights = self._weights - self._stiffness * uneven
            if apart <= _EQUAL and found.residual <= 10.0 * _FLAT:
                return self._made(outcome, walk_away, gains, found.residual, start)
            if apart > 0.3 * last:
                self._stiffness *= 2.0
            last = apart
        raise ConvergenceError(f"gains still differ by {apart:.1e} after {_ROUNDS} rounds")

    def _made(
        self, outcome: Outcome, walk_away: Outcome, gains: Array, flat: float, start: str
    ) -> Cooperation:
        return Cooperation(
            parties=tuple(objective.party for objective in self._objectives),
            objective=" and ".join(dict.fromkeys(one.name for one in self._objectives)),
            gains=tuple(np.expm1(gains).tolist()),
            outcome=outcome,
            walk_away=walk_away,
            weights=tuple(self._weights.tolist()),
            residual=flat,
            start=start,
            solved=self._arena.solved,
        )

    def _gains(self, outcome: Outcome) -> Array:
        levels = np.array([objective.value(outcome) for objective in self._objectives])
        with np.errstate(invalid="ignore", divide="ignore"):
            gains: Array = np.log(levels) - self._before
        return gains

    def _point(self, at: Array) -> Point | None:
        outcome = self._arena.try_outcome(self._union, at)
        if outcome is None:
            return None
        gains = self._gains(outcome)
        if not np.isfinite(gains).all():
            return None
        uneven = gains - gains.mean()
        pull = self._weights - self._stiffness * uneven
        seeds: dict[str, Array] = {}
        for objective, weight in zip(self._objectives, pull, strict=True):
            share = weight / objective.value(outcome)
            for name, slope in objective.seeds(outcome).items():
                seeds[name] = seeds.get(name, 0.0) + share * slope
        paid = 1.0 + outcome.policy.tariff(outcome.world.tariff)
        return Point(
            at=at,
            value=float(self._weights @ gains - 0.5 * self._stiffness * (uneven @ uneven)),
            slope=(gradient(outcome, seeds).duty * paid)[self._union],
            step=self._step(outcome),
        )

    def _step(self, outcome: Outcome) -> Array:
        """Return natural steps: an importer loses a triangle, which counts with its weight."""
        weight = np.full(len(outcome.economies), 1.0 / len(self._objectives))
        for objective, own in zip(self._objectives, self._weights, strict=True):
            weight[outcome.world.economy(objective.party)] = max(own, _LEAST_WEIGHT)
        natural: Array = self._arena.step(outcome, self._union) / weight[self._importer]
        return natural
