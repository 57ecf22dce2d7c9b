"""Whether a party would keep to a deal: the one-shot gain from breach against the punishment."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

from parley.errors import InputError

Verdict: TypeAlias = Literal["any patience suffices", "patience needed", "no patience suffices"]

_BISECTIONS = 200  # halves [0, 1] beyond the resolution of a float


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What one party needs to keep to a deal. Payoffs are yearly flows in one unit.

    `lag` is the time in years until a breach is met by the punishment, `periods` its length in
    years (infinite when the punishment never ends). A breach that brings less than `least_gain`
    brings nothing: so little is the rounding of two equilibria.
    """

    party: str
    breach: float  # B: its best joint breach, while nobody answers yet
    deal: float  # C
    punishment: float  # P
    lag: float = 1.0
    periods: float = math.inf
    least_gain: float = 0.0

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.breach, self.deal, self.punishment))):
            raise InputError(f"{self.party}: breach, deal and punishment must be finite numbers")
        if not self.lag > 0 or not self.periods > 0:
            raise InputError(
                f"{self.party}: lag {self.lag} and periods {self.periods} must be above zero"
            )

    @property
    def one_shot_gain(self) -> float:
        """What a year of undetected breach brings, B - C; zero below `least_gain`."""
        gain = self.breach - self.deal
        return gain if abs(gain) >= self.least_gain else 0.0

    @property
    def cost_of_punishment(self) -> float:
        """What a year of punishment costs against the deal, C - P."""
        return self.deal - self.punishment

    @property
    def pays_to_be_punished(self) -> bool:
        """Whether the party is better off under what follows a breach than under the deal."""
        return self.cost_of_punishment < -self.least_gain

    @property
    def verdict(self) -> Verdict:
        """Whether the deal holds for every, for some or for no discount factor below one."""
        if self.one_shot_gain <= 0:
            return "any patience suffices"
        if self.cost_of_punishment <= 0:
            return "no patience suffices"
        # For short punishments the right side of the condition tends to (C - P) T / L.
        reach = self.cost_of_punishment * self.periods / self.lag
        return "patience needed" if reach > self.one_shot_gain else "no patience suffices"

    @property
    def least_discount_factor(self) -> float | None:
        """The yearly discount factor at which breach and deal are worth the same.

        Zero when any patience suffices, None when none does.
        """
        if self.verdict == "any patience suffices":
            return 0.0
        if self.verdict == "no patience suffices":
            return None
        if math.isinf(self.periods):
            ratio = self.one_shot_gain / (self.one_shot_gain + self.cost_of_punishment)
            return float(ratio ** (1.0 / self.lag))
        return self._root()

    def longest_lag(self, *, rate: float) -> float | None:
        """Return the longest lag in years at which the deal holds, discounting at `rate`.

        `rate` is a continuous yearly rate. Infinite when any patience suffices, None when no lag
        is short enough: with delta = exp(-rate) the condition of `holds` is
        ``L <= log(1 + (1 - delta^T) (C - P) / (B - C)) / rate``.
        """
        if not rate > 0:
            raise InputError(f"the discount rate must be above zero, not {rate}")
        if self.one_shot_gain <= 0:
            return math.inf
        if self.cost_of_punishment <= 0:
            return None
        length = 0.0 if math.isinf(self.periods) else math.exp(-rate * self.periods)
        cost = (1.0 - length) * self.cost_of_punishment
        return math.log1p(cost / self.one_shot_gain) / rate

    def holds(self, *, discount_factor: float) -> bool:
        """Return whether the party keeps the deal at a yearly `discount_factor` in [0, 1).

        It does if ``(1 - d^L) (B - C) <= d^L (1 - d^T) (C - P)``, with breach B, deal C,
        punishment P, detection lag L and length of the punishment T; for T infinite this is
        ``d^L >= (B - C) / (B - P)``.

        References
        ----------
        Bagwell and Staiger (2002), The Economics of the World Trading System, chapter 6.

        Examples
        --------
        >>> deal = Holding(party="USA", breach=12.0, deal=10.0, punishment=4.0)
        >>> deal.holds(discount_factor=0.2), deal.holds(discount_factor=0.3)
        (False, True)
        >>> deal.least_discount_factor
        0.25
        """
        if not 0.0 <= discount_factor < 1.0:
            raise InputError(f"a discount factor lies in [0, 1), not at {discount_factor}")
        if self.one_shot_gain <= 0:
            return True
        survival = discount_factor**self.lag
        length = 0.0 if math.isinf(self.periods) else discount_factor**self.periods
        temptation = (1.0 - survival) * self.one_shot_gain
        return bool(temptation <= survival * (1.0 - length) * self.cost_of_punishment)

    def _root(self) -> float:
        # With x = delta^L, x (1 - x^(T/L)) / (1 - x) rises from 0 to T/L: there is one root.
        low, high = 0.0, math.nextafter(1.0, 0.0)
        for _ in range(_BISECTIONS):
            middle = 0.5 * (low + high)
            if self.holds(discount_factor=middle):
                high = middle
            else:
                low = middle
        return high
