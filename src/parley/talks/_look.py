"""Where searches at a table start: named deals, and a look over the whole box."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import ConvergenceError
from parley.talks._climb import TOP, Box, Climbed, bans
from parley.talks._instrument import BANS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from parley.talks._game import Game
    from parley.talks._instrument import Instrument
    from parley.talks._table import Deal
    from parley.typing import Array

_LIFTED = 0.3  # how often a look lifts a limit that may be lifted


def looked(
    game: Game,
    named: Mapping[str, Deal],
    *,
    bounds: Sequence[tuple[float, float]] | None = None,
    fixed: Deal | None = None,
    count: int,
    seed: int,
) -> dict[str, tuple[Deal, Array]]:
    """Return deals with their payoffs: those `named`, the mildest, the harshest, and a look.

    Parameters
    ----------
    bounds
        Default: those of the table. Equal bounds hold an instrument fixed.
    fixed
        Whose settings the fixed instruments have; default: the status quo.
    count
        How many deals of the look, drawn from `seed` over the whole box; duties are drawn more
        often where they are low.

    Deals at which there is no equilibrium are left out.
    """
    limits = game.table.bounds if bounds is None else bounds
    fixed = game.table.status_quo if fixed is None else fixed
    instruments = game.table.instruments
    ends = list(zip(instruments, limits, fixed.settings, strict=True))
    deals = dict(named)
    deals["mildest"] = game.table.deal([_end(one, b, now, mild=True) for one, b, now in ends])
    deals["harshest"] = game.table.deal([_end(one, b, now, mild=False) for one, b, now in ends])
    generator = np.random.default_rng(seed)
    for at in range(count):
        drawn = [_drawn(one, b, now, generator) for one, b, now in ends]
        deals[f"look {at + 1}"] = game.table.deal(drawn)
    found: dict[str, tuple[Deal, Array]] = {}
    for name, deal in deals.items():
        try:
            found[name] = (deal, game(deal))
        except ConvergenceError:
            continue
    return found


def switched(
    game: Game,
    first: Climbed,
    climb: Callable[[Box, Array], Climbed | None],
    *,
    bounds: Sequence[tuple[float, float]] | None = None,
) -> Climbed:
    """Return `first`, or what is better after switching bans one by one and climbing again."""
    limits = game.table.bounds if bounds is None else bounds
    best, improved = first, True
    while improved:
        improved = False
        for at in bans(game.table.instruments, limits):
            name = game.table.names[at]
            other = best.deal.but({name: 1.0 - best.deal.settings[at]})
            box = Box(game, other, limits)
            found = climb(box, box.variables(other))
            if found is not None and found.value > best.value:
                best, improved = found, True
    return best


def _end(one: Instrument, bounds: tuple[float, float], now: float, *, mild: bool) -> float:
    low, high = bounds
    if low == high:
        return now
    return high if mild == one.is_limit else low


def _drawn(
    one: Instrument, bounds: tuple[float, float], now: float, generator: np.random.Generator
) -> float:
    low, high = bounds
    part = float(generator.uniform())
    if low == high:
        return now
    if one.kind in BANS:
        return low if part < 0.5 else high
    if one.is_limit:
        top = high if math.isfinite(high) else min(1.0, TOP)
        lifted = math.isinf(high) and generator.uniform() < _LIFTED
        return high if lifted else low + part * (top - low)
    start, end = math.log1p(low), math.log1p(high)
    return math.expm1(start + part**2 * (end - start))
