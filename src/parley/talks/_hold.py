"""Whether a deal of a table would hold: every promise, every punisher, and how much would."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.errors import InputError
from parley.talks._climb import TOP
from parley.talks._holding import Holding
from parley.talks._instrument import BANS
from parley.talks._reply import LEAST_GAIN, reply
from parley.talks._settle import PaidDeal, paid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.talks._game import Game
    from parley.talks._holding import Verdict
    from parley.talks._instrument import Instrument
    from parley.talks._table import Deal

_HALVINGS = 7
_FEW = 1  # deals looked at for a breach of one promise: a line, with both ends looked at too


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What breaking one promise alone, as far as pays, would bring its owner."""

    instrument: str
    holding: Holding
    breach: float  # the setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one party needs to keep a deal."""

    party: str
    holding: Holding  # on its best joint breach: this decides
    breach: PaidDeal
    promises: tuple[Promise, ...]  # broken one at a time: a diagnosis
    reversion: Holding | None  # the same, when a breach is followed by the war instead
    answers: tuple[tuple[str, float], ...]  # what each other party gains by punishing this breach

    @property
    def is_punished_credibly(self) -> bool:
        """Whether every other party gains by carrying the punishment out."""
        return all(gain > 0.0 for _, gain in self.answers)

    @property
    def watched(self) -> Promise | None:
        """The promise that needs monitoring most, None where none is worth breaking."""
        tempting = [one for one in self.promises if one.holding.one_shot_gain > 0.0]
        return max(tempting, key=lambda one: one.holding.one_shot_gain, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Whether a deal would hold."""

    deal: PaidDeal
    punishment: PaidDeal
    war: PaidDeal | None
    unit: str
    rate: float  # continuous and yearly, at which lags are stated
    sides: tuple[Side, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether the deal holds for any, for some or for no discount factor below one."""
        verdicts = {side.holding.verdict for side in self.sides}
        if "no patience suffices" in verdicts:
            return "no patience suffices"
        return "patience needed" if "patience needed" in verdicts else "any patience suffices"

    @property
    def least_discount_factor(self) -> float | None:
        """The yearly discount factor that all sides need; None where none suffices."""
        needed = [side.holding.least_discount_factor for side in self.sides]
        return None if None in needed else max(one for one in needed if one is not None)

    @property
    def longest_lag(self) -> float | None:
        """The longest lag in years at which every side keeps the deal; None where none is."""
        lags = [side.holding.longest_lag(rate=self.rate) for side in self.sides]
        return None if None in lags else min(one for one in lags if one is not None)

    @property
    def watched(self) -> Promise | None:
        """The promise of any side whose single breach must be met soonest."""
        found = [one for side in self.sides if (one := side.watched) is not None]
        return min(found, key=lambda one: _lag(one, self.rate), default=None)


def holds(  # noqa: PLR0913 - the options of one question
    game: Game,
    deal: Deal,
    punishment: Deal,
    *,
    war: Deal | None = None,
    lag: float = 1.0,
    periods: float = math.inf,
    rate: float = 0.05,
    parties: Sequence[str] | None = None,
) -> Held:
    """Return whether each party would keep `deal` when a breach is met by `punishment`.

    A party breaks a deal by any joint change of its instruments that restricts more than agreed;
    breaking one promise alone is shown beside it as a diagnosis, and decides nothing.

    Parameters
    ----------
    war
        Settings to which nobody gains by answering: the reversion that is always credible. Its
        verdict stands beside that of a punishment which the punisher would rather not carry out.
    lag, periods
        Years until a breach is answered, and years that the punishment lasts.
    rate
        Continuous yearly discount rate at which longest lags are stated.
    parties
        Whose promises are looked at; default: all parties that own an instrument.

    References
    ----------
    Bagwell and Staiger (2002), The Economics of the World Trading System, chapter 6; Maggi
    (1999), "The role of multilateral institutions in international trade cooperation", American
    Economic Review 89(1).
    """
    asked = [party for party in parties or game.table.parties if game.table.owned_by(party)]
    if not asked:
        raise InputError("nobody at the table owns an instrument: there is nothing to break")
    stays = paid(game, deal)
    answer, reverted = paid(game, punishment), None if war is None else paid(game, war)
    return Held(
        deal=stays,
        punishment=answer,
        war=reverted,
        unit=game.unit,
        rate=rate,
        sides=tuple(
            _side(game, party, stays, answer, reverted, lag=lag, periods=periods) for party in asked
        ),
    )


def _side(  # noqa: PLR0913 - the parts of one condition
    game: Game,
    party: str,
    deal: PaidDeal,
    punishment: PaidDeal,
    war: PaidDeal | None,
    *,
    lag: float,
    periods: float,
) -> Side:
    at, table = game.table.parties.index(party), game.table
    agreed = deal.deal

    def holding(breach: float, after: PaidDeal) -> Holding:
        return Holding(
            party=party, breach=max(breach, deal.payoffs[at]), deal=deal.payoffs[at],
            punishment=after.payoffs[at], lag=lag, periods=periods,
            least_gain=LEAST_GAIN * float(game.scale[at]),
        )  # fmt: skip

    bounds = [
        one.breaches(setting)
        for one, setting in zip(table.instruments, agreed.settings, strict=True)
    ]
    joint = reply(game, agreed, party, bounds)
    promises = []
    for own in table.owned_by(party):
        single = [
            bounds[i] if i == own else (setting, setting)
            for i, setting in enumerate(agreed.settings)
        ]
        broken = reply(game, agreed, party, single, looks=_FEW)
        promises.append(
            Promise(
                instrument=table.names[own],
                holding=holding(float(broken.payoffs[at]), punishment),
                breach=broken.deal.settings[own],
            )
        )
    # What pays alone is part of what can be done jointly: the search must not have missed it.
    most = max([float(joint.payoffs[at]), *(one.holding.breach for one in promises)])
    return Side(
        party=party,
        holding=holding(most, punishment),
        breach=PaidDeal(deal=joint.deal, payoffs=tuple(joint.payoffs.tolist())),
        promises=tuple(promises),
        reversion=None if war is None else holding(most, war),
        answers=_answers(game, party, joint.deal, punishment.deal),
    )


def _answers(
    game: Game, party: str, broken: Deal, punishment: Deal
) -> tuple[tuple[str, float], ...]:
    """Return what each other party gains by its own part of the punishment of a breach."""
    found = []
    for at, other in enumerate(game.table.parties):
        own = game.table.owned_by(other)
        if other == party or not own:
            continue
        answered = broken.but({game.table.names[i]: punishment.settings[i] for i in own})
        found.append((other, float(game(answered)[at] - game(broken)[at])))
    return tuple(found)


def _lag(promise: Promise, rate: float) -> float:
    lag = promise.holding.longest_lag(rate=rate)
    return 0.0 if lag is None else lag


def largest_that_holds(
    game: Game,
    deal: Deal,
    punishment: Deal,
    *,
    discount_factor: float,
    lag: float = 1.0,
    periods: float = math.inf,
) -> tuple[float, PaidDeal]:
    """Return how far from `punishment` towards `deal` the parties could go and keep their word.

    Every instrument moves in the same proportion, limits in logs; a ban is lifted as soon as
    anything moves. The answer is the part of the way, one where the deal itself holds, and the
    deal there; at zero only the punishment holds. It is found by halving: were what holds not
    one stretch from zero, a further stretch could be missed.
    """
    low, high = 0.0, 1.0
    if _all_hold(game, deal, punishment, discount_factor, lag, periods):
        return 1.0, paid(game, deal)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        part = _part(game, punishment, deal, middle)
        if _all_hold(game, part, punishment, discount_factor, lag, periods):
            low = middle
        else:
            high = middle
    return low, paid(game, punishment if low == 0.0 else _part(game, punishment, deal, low))


def _all_hold(
    game: Game, deal: Deal, punishment: Deal, discount_factor: float, lag: float, periods: float
) -> bool:
    stays, after = game(deal), game(punishment)
    bounds = [
        one.breaches(setting)
        for one, setting in zip(game.table.instruments, deal.settings, strict=True)
    ]
    for at, party in enumerate(game.table.parties):
        if not game.table.owned_by(party):
            continue
        breach = reply(game, deal, party, bounds).payoffs[at]
        kept = Holding(
            party=party, breach=max(float(breach), float(stays[at])), deal=float(stays[at]),
            punishment=float(after[at]), lag=lag, periods=periods,
            least_gain=LEAST_GAIN * float(game.scale[at]),
        )  # fmt: skip
        if not kept.holds(discount_factor=discount_factor):
            return False
    return True


def _part(game: Game, start: Deal, end: Deal, part: float) -> Deal:
    return game.table.deal(
        [
            _mixed(one, low, high, part)
            for one, low, high in zip(
                game.table.instruments, start.settings, end.settings, strict=True
            )
        ]
    )


def _mixed(one: Instrument, start: float, end: float, part: float) -> float:
    if start == end or one.kind in BANS:
        return end
    if not one.is_limit:
        return (1.0 - part) * start + part * end
    low, high = (math.log(min(value, TOP)) for value in (start, end))
    return math.exp((1.0 - part) * low + part * high)
