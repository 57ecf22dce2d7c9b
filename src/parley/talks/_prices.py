"""The exchange rate of the talks: what giving way a little costs its owner and gives the others."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.talks._instrument import BANS

if TYPE_CHECKING:
    from parley.talks._game import Game
    from parley.talks._table import Deal

_POINT = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What giving way by a point on one instrument brings each party of the table.

    A point is a hundredth of the price for a duty or tax, to first order; a hundredth of the
    base-year flow for a limit; for a ban it is lifting it whole.
    """

    instrument: str
    owner: str
    setting: float  # now
    step: str  # what is done: "-1 point", "+1 % of the base-year flow", "lifted"
    gains: tuple[tuple[str, float], ...]  # by party
    unit: str

    @property
    def owner_gain(self) -> float:
        """What its owner gains; a cost is negative."""
        return dict(self.gains)[self.owner]

    @property
    def others_gain(self) -> float:
        """What all others gain together."""
        return sum(gain for party, gain in self.gains if party != self.owner)

    @property
    def price(self) -> float | None:
        """What the owner gives up for one unit to the others; None where they gain nothing."""
        return None if self.others_gain <= 0.0 else -self.owner_gain / self.others_gain


def prices(game: Game, deal: Deal | None = None) -> tuple[Price, ...]:
    """Return what a point of each instrument brings, the one worth most to the others first.

    Left out is what has nothing to give: a limit or a ban that is lifted already.

    Parameters
    ----------
    deal
        From where; default: the status quo.
    """
    deal = game.table.status_quo if deal is None else deal
    slopes = game.slopes(deal)
    rows = []
    for at, (one, setting) in enumerate(zip(game.table.instruments, deal.settings, strict=True)):
        if one.kind in BANS:
            if not setting:
                continue
            moved = game(deal.but({one.name: 0.0})) - game(deal)
            step = "lifted"
        elif one.is_limit:
            if math.isinf(setting):
                continue
            moved, step = _POINT * slopes[:, at], "+1 % of the base-year flow"
        else:
            moved, step = -_POINT * slopes[:, at], "-1 point"
        rows.append(
            Price(
                instrument=one.name,
                owner=one.owner,
                setting=setting,
                step=step,
                gains=tuple(zip(game.table.parties, moved.tolist(), strict=True)),
                unit=game.unit,
            )
        )
    return tuple(sorted(rows, key=lambda row: -row.others_gain))
