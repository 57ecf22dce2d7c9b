"""The best that one party of a table can do with its own instruments, all others given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import ConvergenceError, InputError
from parley.talks._ascent import Point
from parley.talks._climb import Box, Climbed
from parley.talks._conditions import stationary
from parley.talks._look import looked, switched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.talks._game import Game
    from parley.talks._table import Deal
    from parley.typing import Array

_LOOKS, _BEGUN = 8, 2  # deals that are looked at, and the best of them that are climbed from
_SETTLED = 1e-10  # of one per cent of income: what a first-order step would still bring
LEAST_GAIN = 1e-5  # of one per cent of income: a party that gains less stays where it is
_ROUNDS = 8
_DAMPING = 0.7
_TINY = 1e-300


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWar:
    """Settings at which no party of a table gains by changing its own."""

    deal: Deal
    payoffs: tuple[float, ...]  # by party
    unit: str
    gains_left: tuple[float, ...]  # what a search of its own still finds for each party
    start: str


def reply(
    game: Game,
    deal: Deal,
    party: str,
    bounds: Sequence[tuple[float, float]],
    *,
    looks: int = _LOOKS,
    seed: int = 0,
) -> Climbed:
    """Return the best deal for `party` that moves only its instruments, within `bounds`.

    Climbs start from the deal itself, from the harshest, and from the best of a look; a ban is
    switched where that pays. Nothing better than `deal` comes back as `deal`. `looks` is how many
    deals are drawn from `seed` and looked at.
    """
    at = game.table.parties.index(party)
    own = game.table.owned_by(party)
    if not own:
        names = ", ".join(game.table.parties)
        raise InputError(f"{party} owns no instrument at this table ({names})")
    free = [
        bounds[i] if i in own else (setting, setting) for i, setting in enumerate(deal.settings)
    ]
    weight = np.zeros(len(game.table.parties))
    weight[at] = 1.0 / game.scale[at]

    def climb(box: Box, start: Array) -> Climbed | None:
        return box.climb(lambda payoffs: (float(weight @ payoffs), weight), start)

    found = looked(game, {"deal": deal}, bounds=free, fixed=deal, count=looks, seed=seed)
    order = sorted(found, key=lambda name: -float(found[name][1][at]))[:_BEGUN]
    best = Climbed(deal=deal, payoffs=game(deal), value=float(weight @ game(deal)), residual=0.0)
    for name in dict.fromkeys(("deal", *order)):
        start = found[name][0]
        box = Box(game, start, free)
        first = climb(box, box.variables(start))
        if first is not None:
            best = max(best, switched(game, first, climb, bounds=free), key=lambda one: one.value)
    return best


def table_war(game: Game, start: Deal | None = None, *, name: str = "status quo") -> TableWar:
    """Return settings at which no party gains by changing its own, within the table's bounds.

    All first-order conditions are solved at once from `start`; then every party searches for
    something better on its own, and where one finds it all move again.

    Raises
    ------
    ConvergenceError
        When the parties still answer each other after the last round.
    """
    at = game.table.status_quo if start is None else start
    for _ in range(_ROUNDS):
        at = _together(game, at)
        left = []
        for position, party in enumerate(game.table.parties):
            if not game.table.owned_by(party):
                left.append(0.0)
                continue
            found = reply(game, at, party, game.table.bounds)
            gain = float(found.payoffs[position] - game(at)[position])
            left.append(gain)
            if gain > LEAST_GAIN * game.scale[position]:
                at = found.deal
        if all(gain <= LEAST_GAIN * unit for gain, unit in zip(left, game.scale, strict=True)):
            return TableWar(
                deal=at,
                payoffs=tuple(game(at).tolist()),
                unit=game.unit,
                gains_left=tuple(left),
                start=name,
            )
    raise ConvergenceError(f"from {name}: the parties of the table still answer each other")


def _together(game: Game, start: Deal) -> Deal:
    """Return where all first-order conditions hold at once, or `start` where that is not found."""
    box = Box(game, start)
    owner = [game.table.parties.index(game.table.instruments[i].owner) for i in box.free]
    column = np.arange(box.free.size)

    def evaluate(at: Array, accuracy: float) -> Point | None:
        near = game.near(box.deal(at), accuracy)
        if near is None:
            return None
        slopes, bends = (part[:, box.free][owner, column] for part in (near.slopes, near.bends))
        unit = game.scale[owner]
        return Point(
            at=at,
            value=0.0,
            slope=slopes / unit * box.growth(at),
            step=_DAMPING / (bends / unit + _TINY),
        )

    settled, found = stationary(
        evaluate, box.variables(start), low=box.low, high=box.high, tolerance=_SETTLED
    )
    return box.deal(found) if settled else start
