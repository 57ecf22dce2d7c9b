"""The deals of a table between two parties that no other deal betters for both."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import ConvergenceError, InputError
from parley.talks._climb import Box, Climbed
from parley.talks._look import looked, switched
from parley.talks._reach import furthest, reach
from parley.talks._settle import PaidDeal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.talks._game import Game
    from parley.talks._table import Deal
    from parley.typing import Array

_PAIR = 2
_END = 13.8  # log odds of a weight of one in a million
_LEAST = 1e-3  # of one per cent of income: payoffs are counted at least in such units
_TRIES = 2  # climbs for each point
_CLOSE = 1e-3  # of log odds: weights so close lead to one deal or jump over a gap
_SAME = 1e-3  # of a gap: a deal so close to its end is that end
_DOMINATED = 1e-5  # of the width of the frontier


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """Deals between two parties that no deal found betters for both, from one end to the other."""

    parties: tuple[str, str]
    unit: str  # of the payoffs
    deals: tuple[PaidDeal, ...]  # the first party's payoff falls along them
    walk_away: PaidDeal | None  # every deal leaves both at least as well off, if given
    residual: float = field(default=0.0)  # what a first-order step would still bring at worst


def frontier(
    game: Game, walk_away: Deal | None = None, *, points: int = 50, looks: int = 24, seed: int = 0
) -> Frontier:
    """Return the Pareto set of a table of two parties.

    From the best deal of one party to that of the other the widest gap is halved, by the deal
    that is best for weights in between; where the set of payoffs bends inwards and no weights
    lead into a gap, by following a ray into it. Without a walk-away point the ends are what each
    party likes best.

    Parameters
    ----------
    points
        How many deals at most; those that another one betters are left out.
    looks, seed
        How many deals of the whole box are looked at for starts, and the seed of the draw.

    Raises
    ------
    InputError
        For a table of other than two parties, or fewer than two points.
    ConvergenceError
        When no deal has an equilibrium.
    """
    parties = game.table.parties
    if len(parties) != _PAIR or points < _PAIR:
        raise InputError(
            f"a frontier is of two parties and two points or more, not of {', '.join(parties)} "
            f"and {points}"
        )
    begin = looked(game, {"status quo": game.table.status_quo}, count=looks, seed=seed)
    ends = [_best(game, begin, at, walk_away) for at in (0, 1)]
    origin = (
        np.array([ends[1].payoffs[0], ends[0].payoffs[1]])
        if walk_away is None
        else np.asarray(game(walk_away))
    )
    width = np.array([ends[at].payoffs[at] for at in (0, 1)]) - origin
    width = np.maximum(width, _LEAST * game.scale)
    found = _filled(game, ends, origin, width, points)
    kept = [one for one in found if not _bettered(one, found, width)]
    kept.sort(key=lambda one: -float(one.payoffs[0]))
    return Frontier(
        parties=(parties[0], parties[1]),
        unit=game.unit,
        deals=tuple(_paid(one) for one in kept),
        walk_away=None
        if walk_away is None
        else PaidDeal(deal=walk_away, payoffs=tuple(game(walk_away).tolist())),
        residual=max(one.residual for one in kept),
    )


def _best(
    game: Game, begin: dict[str, tuple[Deal, Array]], at: int, walk_away: Deal | None
) -> Climbed:
    """Return the best deal of one party; with a walk-away point, among those that harm nobody."""
    slack, unit = game.scale, np.eye(_PAIR)[at]
    starts = sorted(begin.values(), key=lambda pair: -float(pair[1][at]))[:3]
    origin = None if walk_away is None else np.asarray(game(walk_away))

    def climb(box: Box, start: Array) -> Climbed | None:
        if origin is None:
            weight = (unit + 1e-6) / slack  # a touch of the other's, so that no gain is left lying
            best = box.climb(lambda payoffs: (float(weight @ payoffs), weight), start)
            return None if best is None else replace(best, odds=_END if at == 0 else -_END)
        return reach(box, start, origin=origin, direction=unit * slack, slack=slack)

    if walk_away is not None:
        starts = [*starts, (walk_away, np.asarray(game(walk_away)))]
    found = []
    for deal, _ in starts:
        box = Box(game, deal)
        first = climb(box, box.variables(deal))
        if first is not None:
            found.append(switched(game, first, climb))
    if not found:
        raise ConvergenceError("no deal of the table has an equilibrium from which to search")
    return max(found, key=lambda one: one.value)


def _filled(
    game: Game, ends: Sequence[Climbed], origin: Array, width: Array, points: int
) -> list[Climbed]:
    """Return deals from one end to the other, the widest gap between two halved each time.

    A gap is halved by the weights between those of its ends. Where these leave it as it is, the
    set of payoffs bends inwards, and a ray into the gap is followed instead.
    """
    found = list(ends)
    for _ in range(_TRIES * points):
        gaps = [_distance(one, two, width) for one, two in itertools.pairwise(found)]
        at = int(np.argmax(gaps))
        if len(found) >= points or gaps[at] <= _DOMINATED:
            break
        one, two = found[at], found[at + 1]
        new = _between(game, one, two, origin, width)
        if new is None:
            break
        for side, end in ((at, one), (at + 1, two)):
            if _distance(new, end, width) <= _SAME * gaps[at]:
                found[side] = new  # the same deal, nearer in weights
                break
        else:
            found.insert(at + 1, new)
    return found


def _between(game: Game, one: Climbed, two: Climbed, origin: Array, width: Array) -> Climbed | None:
    odds = 0.5 * (one.odds + two.odds)
    share = 1.0 / (1.0 + np.exp(-odds))
    weight = np.array([share, 1.0 - share]) / game.scale

    def weighed(box: Box, start: Array) -> Climbed | None:
        return box.climb(lambda payoffs: (float(weight @ payoffs), weight), start)

    def followed(box: Box, start: Array) -> Climbed | None:
        ray = 0.5 * (one.payoffs + two.payoffs) - origin
        return furthest(box, start, origin=origin, direction=np.maximum(ray, 0.0), slack=width)

    climb = weighed if abs(one.odds - two.odds) > _CLOSE else followed
    box = Box(game, one.deal)
    first = climb(box, box.variables(one.deal))
    return None if first is None else replace(switched(game, first, climb), odds=odds)


def _distance(one: Climbed, two: Climbed, width: Array) -> float:
    return float(np.abs((one.payoffs - two.payoffs) / width).max())


def _bettered(one: Climbed, all_: Sequence[Climbed], width: Array) -> bool:
    """Whether another deal gives both more, by more than the search leaves open."""
    return any(bool(((other.payoffs - one.payoffs) / width > _DOMINATED).all()) for other in all_)


def _paid(one: Climbed) -> PaidDeal:
    return PaidDeal(deal=one.deal, payoffs=tuple(one.payoffs.tolist()))
