"""What one deal brings over another, with its interval, and whether its sign is stable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium import Spread
from parley.errors import InputError
from parley.world import economies_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.equilibrium import Draws
    from parley.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What a party gains by one policy over another, USD million a year at base prices."""

    party: str
    point: float
    low: float
    high: float
    level: float  # of the interval
    monte_carlo_error: float  # the larger of the standard errors of the two ends
    same_sign: float  # part of the draws in which the sign is that of the point

    @property
    def is_stable(self) -> bool:
        """Whether the interval lies on one side of zero."""
        return self.low > 0.0 or self.high < 0.0

    @property
    def is_well_drawn(self) -> bool:
        """Whether the Monte Carlo error is under a tenth of the interval."""
        return self.monte_carlo_error < 0.1 * (self.high - self.low)


def gains(
    drawn: Draws,
    world: World,
    parties: Sequence[str],
    *,
    of: str,
    over: str,
    level: float = 0.90,
) -> tuple[Gain, ...]:
    """Return what each party gains by the policy `of` over the policy `over`, draw by draw.

    Both are solved under the same draws, so the difference carries no sampling noise of its own.

    Raises
    ------
    InputError
        When the two are one, or not among the draws.
    """
    if of == over:
        raise InputError(f"a gain is of one policy over another, not of {of!r} over itself")
    first, second = (drawn[name].equivalent_variation_usd_mn for name in (of, over))
    return tuple(_gain(party, first, second, _positions(world, party), level) for party in parties)


def _positions(world: World, party: str) -> list[int]:
    return [world.economy(code) for code in economies_of(world, party)]


def _gain(party: str, first: Spread, second: Spread, at: list[int], level: float) -> Gain:
    both = Spread(
        central=(first.central - second.central)[at].sum(),
        values=(first.values - second.values)[:, at].sum(axis=1),
    )
    low, high = both.interval(level)
    return Gain(
        party=party,
        point=float(both.central),
        low=float(low),
        high=float(high),
        level=level,
        monte_carlo_error=float(np.max(both.monte_carlo_error(level))),
        same_sign=float(np.mean(np.sign(both.values) == np.sign(both.central))),
    )
