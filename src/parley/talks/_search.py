"""Look over the whole box of deals, then ever closer."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import InputError
from parley.talks._instrument import BANS
from parley.talks._table import Deal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parley.talks._instrument import Instrument
    from parley.talks._table import Payoff
    from parley.typing import Array

_SHRINK = 0.5  # each closer look halves the spacing, so that neighbouring looks overlap


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Every deal that a search tried, with what each pays."""

    deals: tuple[Deal, ...]
    payoffs: Array  # (deal, party)
    spacing: float  # of the closest look, in units of the settings


def search(
    payoff: Payoff,
    instruments: Sequence[Instrument],
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
        What a deal pays; called once for each.
    instruments
        Searched between their bounds; equal bounds hold one fixed. A ban is on or off; a limit
        without an upper bound is looked at up to the base-year flow, and lifted.
    pick
        Takes payoffs of shape (deal, party), returns the chosen row or None.
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
    names = tuple(one.name for one in instruments)
    tried: dict[Deal, Array] = {}
    axes = [_axis(one, points) for one in instruments]
    steps = [_width(one) / (points - 1) for one in instruments]
    while True:
        for settings in itertools.product(*axes):
            deal = Deal(instruments=names, settings=settings)
            if deal not in tried:
                tried[deal] = np.asarray(payoff(deal), float)
        row = pick(np.array(list(tried.values())))
        if row is None or max(steps) <= tolerance:
            found = Search(
                deals=tuple(tried), payoffs=np.array(list(tried.values())), spacing=max(steps)
            )
            return found, row
        steps = [step * _SHRINK for step in steps]
        centre = list(tried)[row].settings
        axes = [
            _around(one, middle, step)
            for one, middle, step in zip(instruments, centre, steps, strict=True)
        ]


def _width(instrument: Instrument) -> float:
    """Return how wide the even looks range; nothing for what is on or off."""
    if instrument.kind in BANS:
        return 0.0
    return max(_top(instrument) - instrument.low, 0.0)


def _top(instrument: Instrument) -> float:
    return instrument.high if math.isfinite(instrument.high) else 1.0


def _axis(instrument: Instrument, points: int) -> tuple[float, ...]:
    if _width(instrument) == 0.0:
        return tuple(dict.fromkeys((instrument.low, instrument.high)))
    values = np.linspace(instrument.low, _top(instrument), points)
    ends = (instrument.high,) if math.isinf(instrument.high) else ()
    return (*(round(float(value), 12) for value in values), *ends)


def _around(instrument: Instrument, middle: float, step: float) -> tuple[float, ...]:
    low, high = instrument.low, instrument.high
    if step == 0.0:
        return _axis(instrument, 2)
    near = (middle - step, middle, middle + step)
    return tuple(dict.fromkeys(round(min(max(x, low), high), 12) for x in near))
