"""Dated rules on how charges stack, and the shares of the value on which they fall: plain data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from parley.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A dated relation between measures or families."""

    kind: Literal["excludes", "precedence", "maximum", "adds"]
    first: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    published: date | None = None
    end_published: date | None = None  # where the end became known later than the rule
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The portion of the value on which a measure falls, and how far it is known.

    The portion is `portion`, less `usmca` times the share of the good that claims USMCA.
    `over_quota` is the share that comes beyond a quota.
    """

    measures: tuple[str, ...]
    portion: float = 1.0
    usmca: float = 0.0
    over_quota: float | None = None
    products: str = ""
    partners: tuple[str, ...] = ()
    low: float | None = None  # of `over_quota`, `usmca` or `portion`: the first that is set
    high: float | None = None
    states: Literal["", "metal", "use", "other use"] = ""  # what an entry may state in its place
    start: date | None = None
    end: date | None = None
    source: str = ""

    def ends(self) -> tuple[Share, ...]:
        """Return the share at its `low` and at its `high`, or nothing when it is known."""
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        if self.over_quota is not None:
            return tuple(replace(self, over_quota=bound) for bound in bounds)
        if self.usmca:
            return tuple(replace(self, usmca=bound) for bound in bounds)
        return tuple(replace(self, portion=bound) for bound in bounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacking:
    """Rules and shares."""

    rules: tuple[Rule, ...] = ()
    shares: tuple[Share, ...] = ()

    def on(self, day: date, known: date | None = None) -> Stacking:
        """Return the rules and shares that hold on a day, as known on another."""
        return Stacking(
            rules=tuple(rule for rule in self.rules if _holds(_as_known(rule, known), day)),
            shares=tuple(share for share in self.shares if _holds(share, day)),
        )

    def edges(self) -> set[date]:
        """Return the days on which a rule or share begins or ends."""
        dated: tuple[Rule | Share, ...] = (*self.rules, *self.shares)
        return {day for one in dated for day in (one.start, one.end) if day is not None}

    def stating(self, *, metal: float | None = None, use: float | None = None) -> Stacking:
        """Return the same with the metal share or the use of an entry in place of what is assumed.

        Raises
        ------
        InputError
            When a share is not in [0, 1].
        """
        stated = {"metal": metal, "use": use, "other use": None if use is None else 1.0 - use}
        for portion in stated.values():
            if portion is not None and not 0.0 <= portion <= 1.0:
                raise InputError(f"a share of the value of {portion} is not in [0, 1]")
        return replace(
            self,
            shares=tuple(
                share
                if (portion := stated.get(share.states)) is None
                else replace(share, portion=portion)
                for share in self.shares
            ),
        )

    def ends(self, names: set[str]) -> list[list[Stacking]]:
        """Return the same with each share that is not known at its ends, where a name has it."""
        found = []
        for place, share in enumerate(self.shares):
            if not names & set(share.measures):
                continue
            around = self.shares[:place], self.shares[place + 1 :]
            found.append(
                [replace(self, shares=(*around[0], end, *around[1])) for end in share.ends()]
            )
        return [ends for ends in found if ends]

    def beyond_quota(self, *, over: bool) -> Stacking:
        """Return the same for an entry that a quota takes, or that comes `over` it."""
        return replace(
            self,
            shares=tuple(
                share if share.over_quota is None else replace(share, over_quota=float(over))
                for share in self.shares
            ),
        )


def _as_known(rule: Rule, known: date | None) -> Rule:
    """Return the rule with the end that was known, or one that never held."""
    if known is None:
        return rule
    if rule.published is not None and known < rule.published:
        return replace(rule, start=date.max)
    late = rule.end_published is not None and known < rule.end_published
    return replace(rule, end=None) if late else rule


def _holds(dated: Rule | Share, day: date) -> bool:
    return (dated.start is None or dated.start <= day) and (dated.end is None or day < dated.end)
