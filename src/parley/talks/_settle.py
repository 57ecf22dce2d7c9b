"""What the sides of a table could settle on, and what each would gain by breaking it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import InputError
from parley.talks._bargain import RULES, RuleName
from parley.talks._holding import Holding
from parley.talks._table import Payoff, Settings, Table, search

if TYPE_CHECKING:
    from parley.typing import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A setting of every instrument of a table and what it pays each party."""

    settings: Settings
    payoffs: tuple[float, ...]  # by party of the table


@dataclass(frozen=True, slots=True, kw_only=True)
class Bargain:
    """What a rule picks on a table against a walk-away point; no deal if none gains all."""

    parties: tuple[str, ...]
    rule: RuleName
    walk_away: Deal
    deal: Deal | None
    at_bounds: tuple[str, ...] = ()  # the duties of the deal that lie at a bound, as "USA on CHN"
    spacing: float  # how closely the table was searched
    tried: int

    @property
    def gains(self) -> tuple[float, ...] | None:
        """What each party gains over the walk-away point, or None without a deal."""
        if self.deal is None:
            return None
        return tuple(np.subtract(self.deal.payoffs, self.walk_away.payoffs).tolist())


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """The best a party can do with its own instruments while all others keep to the deal."""

    party: str
    settings: Settings
    payoffs: tuple[float, ...]


def deal_at(payoff: Payoff, settings: Settings) -> Deal:
    """Return the deal of these settings with its payoffs."""
    return Deal(settings=settings, payoffs=tuple(np.asarray(payoff(settings), float).tolist()))


def bargain(
    table: Table,
    payoff: Payoff,
    walk_away: Settings,
    *,
    rule: RuleName = "nash",
    points: int = 9,
    tolerance: float = 0.005,
) -> Bargain:
    """Return what `rule` picks within the bounds of the table.

    The rule "equal-gains" needs payoffs that are levels.
    """
    if len(walk_away) != len(table.instruments):
        raise InputError(f"the walk-away point sets {len(walk_away)} instruments, the table has "
                         f"{len(table.instruments)}")  # fmt: skip
    fallback = deal_at(payoff, walk_away)
    threat = np.array(fallback.payoffs)

    def pick(payoffs: Array) -> int | None:
        return RULES[rule](payoffs, threat)

    found, row = search(payoff, table.bounds, pick, points=points, tolerance=tolerance)
    deal = None
    if row is not None:
        deal = Deal(settings=found.settings[row], payoffs=tuple(found.payoffs[row].tolist()))
    return Bargain(
        parties=table.parties,
        rule=rule,
        walk_away=fallback,
        deal=deal,
        at_bounds=() if deal is None else _at_bounds(table, deal.settings),
        spacing=found.spacing,
        tried=len(found.settings),
    )


def best_breach(
    table: Table,
    payoff: Payoff,
    deal: Settings,
    party: str,
    *,
    points: int = 9,
    tolerance: float = 0.005,
) -> Breach:
    """Return the best joint breach of `party`: all of its instruments, all others at the deal.

    A deal on duties is a set of ceilings: to charge less than agreed is no breach. Where no
    higher duty pays, the breach is the deal itself and brings nothing.
    """
    own = table.owned_by(party)
    if not own:
        raise InputError(f"{party} owns no instrument at this table ({', '.join(table.parties)})")
    position = table.parties.index(party)
    bounds = tuple(
        (deal[i], max(deal[i], high) if i in own else deal[i])
        for i, (_, high) in enumerate(table.bounds)
    )

    def pick(payoffs: Array) -> int:
        return int(np.argmax(payoffs[:, position]))

    found, row = search(payoff, bounds, pick, points=points, tolerance=tolerance)
    assert row is not None  # argmax always picks
    stay = np.asarray(payoff(deal), float)
    if stay[position] >= found.payoffs[row, position]:
        return Breach(party=party, settings=deal, payoffs=tuple(stay.tolist()))
    return Breach(
        party=party, settings=found.settings[row], payoffs=tuple(found.payoffs[row].tolist())
    )


def holding(
    table: Table, deal: Deal, punishment: Deal, breach: Breach, *, lag: float = 1.0
) -> Holding:
    """Return what the party of `breach` needs to keep to `deal` under threat of `punishment`."""
    position = table.parties.index(breach.party)
    return Holding(
        party=breach.party,
        breach=breach.payoffs[position],
        deal=deal.payoffs[position],
        punishment=punishment.payoffs[position],
        lag=lag,
    )


def _at_bounds(table: Table, settings: Settings) -> tuple[str, ...]:
    return tuple(
        f"{one.party} on {one.partner}"
        for one, setting in zip(table.instruments, settings, strict=True)
        if setting in (one.low, one.high)
    )
