"""What the sides of a table could settle on, and what each would gain by breaking it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import InputError, LabelError
from parley.talks._agree import agree
from parley.talks._bargain import RULES, RuleName
from parley.talks._game import Game
from parley.talks._holding import Holding
from parley.talks._reply import reply
from parley.talks._search import search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.talks._instrument import Instrument
    from parley.talks._table import Deal, Payoff, Table
    from parley.typing import Array

_LOOKS = 24  # deals of the whole box, beside the named ones


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
    spacing: float  # how closely the table was searched; zero where slopes led to the deal
    tried: int  # deals
    unit: str = ""  # in which payoffs are counted, where it is known
    weights: tuple[float, ...] | None = None  # of the parties; None is equal
    residual: float | None = None  # what a first-order step would still bring, of the rule's value
    others: tuple[PaidDeal, ...] = ()  # distinct local optima of the rule that are worse

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


def bargain(  # noqa: PLR0913 - the options of one question
    table: Table,
    payoff: Payoff,
    walk_away: Deal,
    *,
    rule: RuleName = "nash",
    weights: Sequence[float] | None = None,
    points: int = 9,
    tolerance: float = 0.005,
) -> Bargain:
    """Return what `rule` picks within the bounds of the table.

    A `Game` of the table is searched by slopes from many starts, over any number of instruments;
    any other payoffs are looked at on a grid that closes in.

    Parameters
    ----------
    rule
        "nash": the largest product of gains; "kalai-smorodinsky": the largest equal share of
        ideal gains; "equal-gains": the largest equal gain in proportion to the walk-away point,
        for which payoffs other than a `Game`'s must be levels.
    weights
        Of the parties: powers of the product, or proportions of the shares.
    points, tolerance
        Of the grid; see `search`.

    References
    ----------
    Nash (1950), Econometrica 18; Kalai and Smorodinsky (1975), Econometrica 43; Ossa (2014),
    American Economic Review 104, section IV.C.
    """
    if walk_away.instruments != table.names:
        raise LabelError(
            f"the walk-away point sets {', '.join(walk_away.instruments)}, the table has "
            f"{', '.join(table.names)}"
        )
    if isinstance(payoff, Game):
        return _by_slopes(payoff, walk_away, rule, weights)
    fallback = paid(payoff, walk_away)
    threat = np.array(fallback.payoffs)

    def pick(payoffs: Array) -> int | None:
        return RULES[rule](payoffs, threat, weights=weights)

    found, row = search(payoff, table.instruments, pick, points=points, tolerance=tolerance)
    best = None
    if row is not None:
        best = PaidDeal(deal=found.deals[row], payoffs=tuple(found.payoffs[row].tolist()))
    return Bargain(
        parties=table.parties,
        rule=rule,
        walk_away=fallback,
        best=best,
        at_bounds=() if best is None else at_bounds(table, best.deal),
        spacing=found.spacing,
        tried=len(found.deals),
        weights=None if weights is None else tuple(weights),
    )


def _by_slopes(
    game: Game, walk_away: Deal, rule: RuleName, weights: Sequence[float] | None
) -> Bargain:
    before = game.solved
    found = agree(game, walk_away, rule=rule, weights=weights, count=_LOOKS, seed=0)
    deals = tuple(
        PaidDeal(deal=one.deal, payoffs=tuple(one.payoffs.tolist())) for one in found.optima
    )
    best = deals[0] if deals else None
    return Bargain(
        parties=game.table.parties,
        rule=rule,
        walk_away=paid(game, walk_away),
        best=best,
        at_bounds=() if best is None else at_bounds(game.table, best.deal),
        spacing=0.0,
        tried=game.solved - before,
        unit=game.unit,
        weights=None if weights is None else tuple(weights),
        residual=found.optima[0].residual if found.optima else None,
        others=deals[1:],
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
    pays, the breach is the deal itself and brings nothing. A `Game` of the table is searched by
    slopes, any other payoffs on a grid.
    """
    if isinstance(payoff, Game):
        bounds = [
            one.breaches(agreed)
            for one, agreed in zip(table.instruments, deal.settings, strict=True)
        ]
        best = reply(payoff, deal, party, bounds)
        return Breach(party=party, deal=best.deal, payoffs=tuple(best.payoffs.tolist()))
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


def at_bounds(table: Table, deal: Deal) -> tuple[str, ...]:
    """Return the names of the instruments that a deal sets to a bound."""
    return tuple(
        one.name
        for one, setting in zip(table.instruments, deal.settings, strict=True)
        if setting in (one.low, one.high)
    )
