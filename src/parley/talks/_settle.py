"""What the sides of a table could settle on, and what each would gain by breaking it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import InputError, LabelError
from parley.talks._bargain import RULES, RuleName
from parley.talks._holding import Holding
from parley.talks._search import search

if TYPE_CHECKING:
    from parley.talks._instrument import Instrument
    from parley.talks._table import Deal, Payoff, Table
    from parley.typing import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidDeal:
    """A deal and what it pays each party."""

    deal: Deal
    payoffs: tuple[float, ...]  # by party of the table


@dataclass(frozen=True, slots=True, kw_only=True)
class Bargain:
    """What a rule picks on a table against a walk-away point; no deal if none gains all."""

    parties: tuple[str, ...]
    rule: RuleName
    walk_away: PaidDeal
    best: PaidDeal | None
    at_bounds: tuple[str, ...] = ()  # names of the instruments that the deal sets to a bound
    spacing: float  # how closely the table was searched
    tried: int

    @property
    def gains(self) -> tuple[float, ...] | None:
        """What each party gains over the walk-away point, or None without a deal."""
        if self.best is None:
            return None
        return tuple(np.subtract(self.best.payoffs, self.walk_away.payoffs).tolist())


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """The best a party can do with its own instruments while all others keep to the deal."""

    party: str
    deal: Deal
    payoffs: tuple[float, ...]


def paid(payoff: Payoff, deal: Deal) -> PaidDeal:
    """Return the deal with its payoffs."""
    return PaidDeal(deal=deal, payoffs=tuple(np.asarray(payoff(deal), float).tolist()))


def bargain(
    table: Table,
    payoff: Payoff,
    walk_away: Deal,
    *,
    rule: RuleName = "nash",
    points: int = 9,
    tolerance: float = 0.005,
) -> Bargain:
    """Return what `rule` picks within the bounds of the table.

    The rule "equal-gains" needs payoffs that are levels.
    """
    if walk_away.instruments != table.names:
        raise LabelError(
            f"the walk-away point sets {', '.join(walk_away.instruments)}, the table has "
            f"{', '.join(table.names)}"
        )
    fallback = paid(payoff, walk_away)
    threat = np.array(fallback.payoffs)

    def pick(payoffs: Array) -> int | None:
        return RULES[rule](payoffs, threat)

    found, row = search(payoff, table.instruments, pick, points=points, tolerance=tolerance)
    best = None
    if row is not None:
        best = PaidDeal(deal=found.deals[row], payoffs=tuple(found.payoffs[row].tolist()))
    return Bargain(
        parties=table.parties,
        rule=rule,
        walk_away=fallback,
        best=best,
        at_bounds=() if best is None else _at_bounds(table, best.deal),
        spacing=found.spacing,
        tried=len(found.deals),
    )


def best_breach(
    table: Table,
    payoff: Payoff,
    deal: Deal,
    party: str,
    *,
    points: int = 9,
    tolerance: float = 0.005,
) -> Breach:
    """Return the best joint breach of `party`: all of its instruments, all others at the deal.

    To restrict less than agreed is no breach (`Instrument.breaches`). Where no harsher setting
    pays, the breach is the deal itself and brings nothing.
    """
    own = table.owned_by(party)
    if not own:
        raise InputError(f"{party} owns no instrument at this table ({', '.join(table.parties)})")
    position = table.parties.index(party)
    free = [
        _between(one, agreed, one.breaches(agreed) if i in own else (agreed, agreed))
        for i, (one, agreed) in enumerate(zip(table.instruments, deal.settings, strict=True))
    ]

    def pick(payoffs: Array) -> int:
        return int(np.argmax(payoffs[:, position]))

    found, row = search(payoff, free, pick, points=points, tolerance=tolerance)
    assert row is not None  # argmax always picks
    stay = np.asarray(payoff(deal), float)
    if stay[position] >= found.payoffs[row, position]:
        return Breach(party=party, deal=deal, payoffs=tuple(stay.tolist()))
    return Breach(party=party, deal=found.deals[row], payoffs=tuple(found.payoffs[row].tolist()))


def _between(instrument: Instrument, setting: float, bounds: tuple[float, float]) -> Instrument:
    return replace(instrument, setting=setting, low=bounds[0], high=bounds[1])


def holding(
    table: Table, deal: PaidDeal, punishment: PaidDeal, breach: Breach, *, lag: float = 1.0
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


def _at_bounds(table: Table, deal: Deal) -> tuple[str, ...]:
    return tuple(
        one.name
        for one, setting in zip(table.instruments, deal.settings, strict=True)
        if setting in (one.low, one.high)
    )
