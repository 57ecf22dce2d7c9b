"""The vocabulary as one value: who the parties are, who speaks for them, what things are called."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parley.errors import InputError
from parley.vocabulary._lexicon import Lexicon, fold
from parley.vocabulary._persons import find_persons, words_in

if TYPE_CHECKING:
    from datetime import date

    from parley.vocabulary._mentions import Mention
    from parley.vocabulary._people import People
    from parley.vocabulary._tables import Holding, Membership, PartyRow, Person

_WHOSE = ("party", "demonym", "capital", "metonym", "body")
_OWNERS = ("party", "demonym", "capital", "metonym")
_POSSESSIVE = re.compile(r"(?:['’]s?)?\s+$")
_OF = re.compile(r"\s+of\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The shipped tables with a user's additions in front; frozen, made by `load`."""

    parties: tuple[PartyRow, ...]
    persons: tuple[Person, ...] = field(repr=False)
    holdings: tuple[Holding, ...] = field(repr=False)
    memberships: tuple[Membership, ...] = field(repr=False)
    _codes: dict[str, str] = field(repr=False)
    _things: Lexicon[Mention] = field(repr=False)  # names, in their own case
    _words: Lexicon[Mention] = field(repr=False)  # common nouns, in any case
    _cautious: frozenset[str] = field(repr=False)  # parties whose name is also a given name
    _people: People = field(repr=False)

    def code(self, name: str) -> str:
        """Return the party code of a name, an alpha-2 or alpha-3 code, or a demonym.

        Raises
        ------
        InputError
            When no party is called so.

        Examples
        --------
        >>> from parley import vocabulary
        >>> vocabulary = vocabulary.load()
        >>> vocabulary.code("United States"), vocabulary.code("CN"), vocabulary.code("the EU")
        ('USA', 'CHN', 'EUU')
        """
        key = fold(name.strip()).casefold().removeprefix("the ")
        try:
            return self._codes[key]
        except KeyError:
            raise InputError(
                f"no party is called {name!r}; `parley vocabulary list parties` shows all, "
                "`parley vocabulary add parties code=... name=...` adds one"
            ) from None

    def party(self, name: str) -> PartyRow:
        """Return the row of a party by code or name; an unknown one raises `InputError`."""
        code = self.code(name)
        return next(row for row in self.parties if row.code == code)

    def terms(self, person: str) -> tuple[Holding, ...]:
        """Return the offices that a person held, or () for a person who is not known."""
        return self._people.terms(person)

    def holders(self, party: str, role: str = "", *, on: date | None = None) -> tuple[Holding, ...]:
        """Return who held an office of `party` on a day.

        Examples
        --------
        >>> from datetime import date
        >>> from parley.vocabulary import load
        >>> [h.person for h in load().holders("USA", "commerce", on=date(2018, 7, 6))]
        ['Wilbur Ross']
        """
        return tuple(
            holding
            for holding in self.holdings
            if holding.party == party and role in ("", holding.role) and holding.holds(on)
        )

    def members(self, group: str, *, on: date | None = None) -> tuple[str, ...]:
        """Return the codes of the members of a group on a day (None: those that have not left).

        Examples
        --------
        >>> from datetime import date
        >>> from parley.vocabulary import load
        >>> "GBR" in load().members("EUU", on=date(2019, 1, 1)), "GBR" in load().members("EUU")
        (True, False)
        """
        code = self.code(group)
        return tuple(m.member for m in self.memberships if m.group == code and m.holds(on))

    def find(self, text: str, *, on: date | None = None) -> tuple[Mention, ...]:
        """Return every mention in `text`, in order, without overlaps.

        Parameters
        ----------
        text
            A whole article: surnames are carried over from where a person was introduced.
        on
            The publication date, which settles who is meant by a surname or title.

        Examples
        --------
        >>> from parley.vocabulary import load
        >>> [(m.kind, m.party) for m in load().find("Beijing told U.S. importers")]
        [('capital', 'CHN'), ('party', 'USA')]
        """
        words = words_in(text)
        found = [*self._things.find(text, words), *self._words.find(text, words)]
        known = _without_overlaps(
            [
                replace(thing, start=start, end=end)
                for start, end, thing in found
                if not (thing.party in self._cautious and _beside_a_name(text, start, end))
            ]
        )
        things = _owned(text, [thing for thing in known if thing.name])
        named = Counter(thing.party for thing in things)
        things = [thing for thing in things if _introduced(text, thing, named)]
        whose = [m for m in things if m.kind in _WHOSE and m.party]
        people = find_persons(self._people, text, words, whose, on=on)
        return _without_overlaps([*people, *things])


def _introduced(text: str, thing: Mention, named: Counter[str]) -> bool:
    """Whether a short form of a body ("the Commission") has its party elsewhere on the page."""
    if thing.kind != "body" or not text.startswith("the ", thing.start):
        return True
    return named[thing.party] > 1


def _owned(text: str, things: list[Mention]) -> list[Mention]:
    """Give each body the party whose name stands right before it, or after "of"."""
    ends = {thing.end: thing for thing in things if thing.kind in _OWNERS}
    starts = {thing.start: thing for thing in things if thing.kind in _OWNERS}
    return [_with_owner(text, thing, ends, starts) for thing in things]


def _with_owner(
    text: str, body: Mention, ends: dict[int, Mention], starts: dict[int, Mention]
) -> Mention:
    if body.kind != "body":
        return body
    lead = _POSSESSIVE.search(text, max(0, body.start - 6), body.start)
    owner = ends.get(lead.start()) if lead else None
    if owner is None and not body.party and (of := _OF.match(text, body.end)):
        owner = starts.get(of.end())
    return body if owner is None else replace(body, party=owner.party)


def _beside_a_name(text: str, start: int, end: int) -> bool:
    after = text[end : end + 2]
    if len(after) == 2 and after[0] == " " and after[1].isupper():
        return True
    before = text[:start].rstrip(" ")
    word = before.rsplit(None, 1)[-1] if before and len(before) < start else ""
    return word[:1].isupper() and word[-1:].isalpha() and word not in ("The", "In", "And", "But")


def _without_overlaps(mentions: list[Mention]) -> tuple[Mention, ...]:
    rank = {"person": 0, "title": 2}
    kept: list[Mention] = []
    spans: set[tuple[int, int]] = set()
    taken: set[int] = set()
    for mention in sorted(mentions, key=lambda m: (rank.get(m.kind, 1), m.start - m.end, m.start)):
        span = range(mention.start, mention.end)
        if mention.kind == "title":  # "USTR" alone is the body, "Trade Representative" the office
            if (mention.start, mention.end) in spans:
                continue
        elif not taken.isdisjoint(span):
            continue
        kept.append(mention)
        spans.add((mention.start, mention.end))
        if mention.kind != "title":
            taken.update(span)
    return tuple(sorted(kept, key=lambda m: (m.start, -m.end)))
