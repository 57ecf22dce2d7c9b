"""The table: who can set what between which bounds, and what every setting pays."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from parley.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from parley.typing import Array

Settings: TypeAlias = tuple[float, ...]
"""A setting of every instrument of a table, in the table's order."""

Payoff: TypeAlias = "Callable[[Settings], Array]"
"""What a setting pays each party of the table, shape (party,), in one stated unit."""

_SHRINK = 0.5  # each closer look halves the spacing, so that neighbouring looks overlap


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A duty that `party` charges on the goods of `partner`, added to the base of the world.

    Values are fractions of customs value.
    """

    party: str
    partner: str
    setting: float  # now
    low: float
    high: float
    measures: tuple[str, ...] = ()  # ids of the record's entries behind `setting`

    def __post_init__(self) -> None:
        if not self.low <= self.setting <= self.high:
            raise InputError(
                f"the duty of {self.party} on {self.partner}: setting {self.setting} is outside "
                f"its bounds {self.low} to {self.high}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The instruments under negotiation."""

    instruments: tuple[Instrument, ...]

    def __post_init__(self) -> None:
        owned = [(instrument.party, instrument.partner) for instrument in self.instruments]
        if not owned or len(set(owned)) != len(owned):
            raise InputError("a table needs instruments, one for each party and partner")

    @property
    def parties(self) -> tuple[str, ...]:
        """The owners of the instruments, each once, in order of appearance."""
        return tuple(dict.fromkeys(instrument.party for instrument in self.instruments))

    @property
    def now(self) -> Settings:
        """The settings that hold now."""
        return tuple(instrument.setting for instrument in self.instruments)

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Lowest and highest setting of each instrument."""
        return tuple((instrument.low, instrument.high) for instrument in self.instruments)

    def owned_by(self, party: str) -> tuple[int, ...]:
        """Return the positions of the party's instruments."""
        return tuple(i for i, one in enumerate(self.instruments) if one.party == party)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Every setting that a search tried, with what each pays."""

    settings: tuple[Settings, ...]
    payoffs: Array  # (setting, party)
    spacing: float  # of the closest look, in units of the settings


def search(
    payoff: Payoff,
    bounds: tuple[tuple[float, float], ...],
    pick: Callable[[Array], int | None],
    *,
    points: int = 9,
    tolerance: float = 0.005,
) -> tuple[Search, int | None]:
    """Look over the whole box, then ever closer around what `pick` chooses.

    The set of payoffs need not be convex: the first look covers the box evenly, and every closer
    look adds to the set from which `pick` chooses again. An optimum that lies between the points
    of the first look, away from the best of them, is not found.

    Parameters
    ----------
    payoff
        What a setting pays; called once for each setting.
    bounds
        Lowest and highest value of each instrument; equal values hold it fixed.
    pick
        Takes payoffs of shape (setting, party), returns the chosen row or None.
    points
        Points per free instrument of the first look, at least 3.
    tolerance
        Spacing at which the search ends, in units of the settings.

    Returns
    -------
    The search, and the row that was picked in the end (None when `pick` never chose).
    """
    if points < 3 or not tolerance > 0:
        raise InputError(f"a search needs 3 points and a tolerance above zero, not {points}")
    tried: dict[Settings, Array] = {}
    axes = [_axis(low, high, points) for low, high in bounds]
    spacing = max((high - low) / (points - 1) for low, high in bounds)
    steps = [(high - low) / (points - 1) for low, high in bounds]
    while True:
        for setting in itertools.product(*axes):
            if setting not in tried:
                tried[setting] = np.asarray(payoff(setting), float)
        row = pick(np.array(list(tried.values())))
        if row is None or spacing <= tolerance:
            found = Search(
                settings=tuple(tried), payoffs=np.array(list(tried.values())), spacing=spacing
            )
            return found, row
        steps = [step * _SHRINK for step in steps]
        spacing *= _SHRINK
        centre = list(tried)[row]
        axes = [
            _around(middle, step, limits)
            for middle, step, limits in zip(centre, steps, bounds, strict=True)
        ]


def _axis(low: float, high: float, points: int) -> tuple[float, ...]:
    if low == high:
        return (low,)
    return tuple(round(float(value), 12) for value in np.linspace(low, high, points))


def _around(middle: float, step: float, limits: tuple[float, float]) -> tuple[float, ...]:
    near = (middle - step, middle, middle + step)
    return tuple(dict.fromkeys(round(min(max(x, limits[0]), limits[1]), 12) for x in near))
