"""The exchange rate of the talks: what one point of a duty costs its owner and gives the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium import gradients
from parley.errors import InputError

if TYPE_CHECKING:
    from parley.equilibrium import Outcome

_POINT = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """What cutting the duty of `owner` on `partner` in one sector by a point brings each.

    Equivalent variation in base-year USD million a year, to first order at the outcome; a gain
    is positive.
    """

    owner: str
    partner: str
    sector: str
    duty: float  # now
    owner_gain_usd_mn: float
    partner_gain_usd_mn: float

    @property
    def price(self) -> float | None:
        """What the owner gives up for a dollar to the partner; None where neither holds."""
        if self.partner_gain_usd_mn <= 0.0:
            return None
        return -self.owner_gain_usd_mn / self.partner_gain_usd_mn


def concessions(outcome: Outcome, between: tuple[str, str]) -> tuple[Concession, ...]:
    """Return the concessions of two parties by sector, the one worth most to its partner first.

    Raises
    ------
    InputError
        When the two are one.
    """
    if between[0] == between[1]:
        raise InputError("concessions are between two parties, not one")
    world = outcome.world
    at = [world.economy(code) for code in between]
    unit = np.eye(len(world.economies))
    found = gradients(outcome, [{"equivalent_variation_usd_mn": unit[n]} for n in at])
    duties = outcome.policy.tariff(world.tariff)
    rows = [
        Concession(
            owner=between[one],
            partner=between[1 - one],
            sector=sector,
            duty=float(duties[at[one], at[1 - one], s]),
            owner_gain_usd_mn=-_POINT * float(found[one].duty[at[one], at[1 - one], s]),
            partner_gain_usd_mn=-_POINT * float(found[1 - one].duty[at[one], at[1 - one], s]),
        )
        for one in (0, 1)
        for s, sector in enumerate(world.sectors)
        if sector in (world.goods or world.sectors) and world.flows[at[one], at[1 - one], s] > 0.0
    ]
    return tuple(sorted(rows, key=lambda row: -row.partner_gain_usd_mn))
