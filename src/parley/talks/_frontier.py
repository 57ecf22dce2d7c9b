"""The deals of a table between two parties that no other deal betters for both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import ConvergenceError, InputError
from parley.talks._climb import Box, Climbed
from parley.talks._look import looked, switched
from parley.talks._reach import reach
from parley.talks._settle import PaidDeal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.talks._game import Game
    from parley.talks._table import Deal
    from parley.typing import Array

_PAIR = 2
_LEAST = 1e-3  # of one per cent of income: payoffs are counted at least in such units
_NEAR = 5e-3  # of the width: a deal of the frontier may lie so far from its ray
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

    Rays are followed from the walk-away point, evenly turned from the best of one party to the
    best of the other, as far as payoffs go; the set of payoffs need not be convex. Without a
    walk-away point they start where each party has what the other's best deal leaves it.

    Parameters
    ----------
    points
        How many rays; deals that another one betters are left out.
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
    found = [ends[0]]
    for turn in np.linspace(0.0, np.pi / 2.0, points)[1:-1]:
        direction = width * np.array([np.cos(turn), np.sin(turn)])
        found.append(_along(game, found[-1], origin, direction, width))
    found.append(ends[1])
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
            return box.climb(lambda payoffs: (float(weight @ payoffs), weight), start)
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


def _along(game: Game, near: Climbed, origin: Array, direction: Array, slack: Array) -> Climbed:
    def climb(box: Box, start: Array) -> Climbed | None:
        return reach(
            box, start, origin=origin, direction=direction, slack=slack, odds=near.odds, kept=_NEAR
        )

    box = Box(game, near.deal)
    first = climb(box, box.variables(near.deal))
    if first is None:
        raise ConvergenceError("the frontier was lost between two of its points")
    return switched(game, first, climb)


def _bettered(one: Climbed, all_: Sequence[Climbed], width: Array) -> bool:
    """Whether another deal gives both more, by more than the search leaves open."""
    return any(bool(((other.payoffs - one.payoffs) / width > _DOMINATED).all()) for other in all_)


def _paid(one: Climbed) -> PaidDeal:
    return PaidDeal(deal=one.deal, payoffs=tuple(one.payoffs.tolist()))
