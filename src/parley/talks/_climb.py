"""Climb on the settings of a table: some function of the payoffs, within their bounds."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from parley.talks._ascent import Point, ascend, residual
from parley.talks._conditions import EXACT, stationary
from parley.talks._instrument import BANS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parley.talks._game import Game
    from parley.talks._instrument import Instrument
    from parley.talks._table import Deal
    from parley.typing import Array, Index

Value: TypeAlias = "Callable[[Array], tuple[float, Array] | None]"
"""Of payoffs, (party,): a value and its derivatives; None where it is not defined."""

TOP = 3.0  # of the base-year flow: up to where a limit that may be lifted is searched
_FLAT = 1e-9
_GLIDE, _CLIMB = 60, 150  # equilibria
_ROUNDING = 1e-9
_DAMPING, _TINY = 0.7, 1e-300


@dataclass(frozen=True, slots=True, kw_only=True)
class Climbed:
    """A local optimum on the settings of a table."""

    deal: Deal
    payoffs: Array = field(repr=False)  # (party,)
    value: float
    residual: float  # what a first-order step would still bring, in units of the value
    odds: float = 0.0  # log odds of the first of two weights at which it is best, where known


class Box:
    """The settings that may move, each within its bounds, around a deal that fixes all others.

    Variables are ``log(1 + setting)`` of duties and taxes and ``log(setting)`` of limits.
    """

    def __init__(
        self, game: Game, at: Deal, bounds: Sequence[tuple[float, float]] | None = None
    ) -> None:
        self.game, self.at = game, at
        limits = game.table.bounds if bounds is None else bounds
        pairs = list(zip(game.table.instruments, limits, strict=True))
        self.free: Index = np.array(
            [
                i
                for i, (one, (low, high)) in enumerate(pairs)
                if one.kind not in BANS and low < high
            ],
            dtype=np.intp,
        )
        self._offset = np.array([0.0 if pairs[i][0].is_limit else 1.0 for i in self.free])
        self._loosest = [limits[i][1] for i in self.free]
        self.low = np.log([limits[i][0] for i in self.free] + self._offset)
        self.high = np.log([_finite(limits[i][1]) for i in self.free] + self._offset)

    def variables(self, deal: Deal) -> Array:
        """Return the variables of the settings that may move, within their bounds."""
        found = np.log([_finite(deal.settings[at]) for at in self.free] + self._offset)
        clipped: Array = np.clip(found, self.low, self.high)
        return clipped

    def deal(self, variables: Array) -> Deal:
        """Return the deal with these settings; a limit at the top of its search is lifted."""
        settings = list(self.at.settings)
        values = np.exp(variables) - self._offset
        for position, value, is_top, loosest in zip(
            self.free, values.tolist(), variables >= self.high, self._loosest, strict=True
        ):
            settings[position] = loosest if is_top else value
        return self.game.table.deal(settings)

    def growth(self, variables: Array) -> Array:
        """Return the derivative of each setting to its variable."""
        slope: Array = np.exp(variables)
        return slope

    def climb(self, value: Value, start: Array, *, tolerance: float = _FLAT) -> Climbed | None:
        """Return the local optimum of `value` above `start`, None where it is not defined there.

        The first-order conditions are solved at once; where that does not settle, or ends below
        the start, the value is climbed instead.
        """
        first = self._point(value, start, EXACT)
        if first is None:
            return None
        if not self.free.size:
            payoffs = self.game(self.at)
            return Climbed(deal=self.at, payoffs=payoffs, value=first.value, residual=0.0)
        settled, at = stationary(
            lambda at, accuracy: self._point(value, at, accuracy),
            start, low=self.low, high=self.high, tolerance=tolerance, limit=_GLIDE,
        )  # fmt: skip
        point = self._point(value, at, EXACT) if settled else None
        if point is None or point.value < first.value - _ROUNDING:
            point = self._ascended(value, start, tolerance)
        deal = self.deal(point.at)
        return Climbed(
            deal=deal,
            payoffs=self.game(deal),
            value=point.value,
            residual=residual(point, self.low, self.high),
        )

    def _ascended(self, value: Value, start: Array, tolerance: float) -> Point:
        def evaluate(at: Array) -> Point | None:
            return self._point(value, at, EXACT)

        return ascend(
            evaluate, start, low=self.low, high=self.high, tolerance=tolerance, limit=_CLIMB
        ).point

    def _point(self, value: Value, at: Array, accuracy: float) -> Point | None:
        found = self.game.near(self.deal(at), accuracy)
        worth = None if found is None else value(found.payoffs)
        if found is None or worth is None:
            return None
        weight = worth[1]
        return Point(
            at=at,
            value=worth[0],
            slope=(weight @ found.slopes[:, self.free]) * self.growth(at),
            step=_DAMPING / (np.abs(weight) @ found.bends[:, self.free] + _TINY),
        )


def _finite(setting: float) -> float:
    return setting if math.isfinite(setting) else TOP


def bans(instruments: Sequence[Instrument], bounds: Sequence[tuple[float, float]]) -> list[int]:
    """Return the positions of bans that may be switched."""
    return [
        at
        for at, (one, (low, high)) in enumerate(zip(instruments, bounds, strict=True))
        if one.kind in BANS and low < high
    ]
