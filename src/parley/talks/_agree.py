"""What a bargaining rule picks at a table in a world, by gradients from many starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.talks._bargain import RuleName, powers
from parley.talks._climb import Box, Climbed
from parley.talks._look import looked, switched
from parley.talks._reach import best_product, reach

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from parley.talks._game import Game
    from parley.talks._table import Deal
    from parley.typing import Array

_CLIMBED = 3  # of the best deals of the look
_LEAST = 1e-3  # of one per cent of income: gains are counted at least in such units
_NOTHING = 1e-6  # of such a unit: gains below are none
_KEPT, _ROUGH = 3e-5, 3e-2  # of a unit of each payoff: how far from its ray a deal may lie
_SAME = 1e-4  # of the gains: deals closer than this in what they pay are one


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The deals in which a search for a rule's answer ended, best first."""

    optima: tuple[Climbed, ...]  # distinct; none when no deal gains all
    starts: tuple[str, ...]  # from which the search climbed
    looked: int  # deals that were looked at first


def agree(
    game: Game,
    walk_away: Deal,
    *,
    rule: RuleName,
    weights: Sequence[float] | None,
    count: int,
    seed: int,
) -> Agreement:
    """Return what `rule` picks against `walk_away`; see `bargain`."""
    threat, power = game(walk_away), powers(len(game.table.parties), weights)
    found = looked(
        game, {"status quo": game.table.status_quo, "walk-away point": walk_away},
        count=count, seed=seed,
    )  # fmt: skip
    search = _Search(game, threat, found)
    # Whether any deal gains all is seen without following the ray to its end.
    kept = _KEPT if rule == "equal-gains" and weights is None else _ROUGH
    equal = search.along(game.levels(threat), kept=kept)
    optima = [one for one in equal if _gains_all(game, one, threat)]
    if optima and rule == "kalai-smorodinsky":
        optima = search.along(power * search.ideal_gains(optima[0]), [one.deal for one in optima])
    elif optima and rule == "nash":
        optima = search.product(power, optima)
    elif optima and weights is not None:
        optima = search.along(power * game.levels(threat))
    optima = [one for one in optima if _gains_all(game, one, threat)]
    return Agreement(optima=tuple(optima), starts=search.starts, looked=len(found))


def _gains_all(game: Game, one: Climbed, threat: Array) -> bool:
    return bool(((one.payoffs - threat) / game.scale > _LEAST * _NOTHING).all())


class _Search:
    """Climbs from the best deals of a look, under one rule or the other."""

    def __init__(self, game: Game, threat: Array, found: Mapping[str, tuple[Deal, Array]]) -> None:
        self._game, self._threat = game, threat
        gains = np.array([payoffs - threat for _, payoffs in found.values()])
        self._slack = np.maximum(gains.max(axis=0), _LEAST * game.scale)
        names = list(found)
        order = np.argsort(-(gains / self._slack).min(axis=1), kind="stable")[:_CLIMBED]
        self.starts = tuple(
            dict.fromkeys((*(names[row] for row in order), "status quo", "mildest"))
        )
        self._begin = [found[name][0] for name in self.starts if name in found]

    def along(
        self, direction: Array, start: Sequence[Deal] = (), *, kept: float = _KEPT
    ) -> list[Climbed]:
        """Return the furthest deals along a direction of gains, the furthest first."""

        def climb(box: Box, at: Array) -> Climbed | None:
            return reach(
                box, at, origin=self._threat, direction=direction, slack=self._slack, kept=kept
            )

        return self._from(start or self._begin, climb)

    def ideal_gains(self, rational: Climbed) -> Array:
        """Return the largest gain of each party that leaves no other worse off, (party,)."""
        unit = np.eye(len(self._threat))
        best = [self.along(self._slack * row, [rational.deal, *self._begin[:1]])[0] for row in unit]
        gains = np.diag([one.payoffs for one in best]) - self._threat
        ideal: Array = np.maximum(gains, self._slack * _NOTHING)
        return ideal

    def product(self, power: Array, rational: Sequence[Climbed]) -> list[Climbed]:
        """Return the deals with the largest weighted product of gains, from those given."""

        def climb(box: Box, at: Array) -> Climbed | None:
            return best_product(box, at, origin=self._threat, power=power, slack=self._slack)

        return self._from([*(one.deal for one in rational), *self._begin[:1]], climb)

    def _from(
        self, starts: Sequence[Deal], climb: Callable[[Box, Array], Climbed | None]
    ) -> list[Climbed]:
        found: list[Climbed] = []
        for start in starts:
            box = Box(self._game, start)
            first = climb(box, box.variables(start))
            if first is not None:
                self._merge(found, switched(self._game, first, climb))
        found.sort(key=lambda one: -one.value)
        return found

    def _merge(self, found: list[Climbed], new: Climbed) -> None:
        for at, old in enumerate(found):
            if np.abs((old.payoffs - new.payoffs) / self._slack).max() <= _SAME:
                found[at] = max(old, new, key=lambda one: one.value)
                return
        found.append(new)
