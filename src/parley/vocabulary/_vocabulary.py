"""The vocabulary as one value: who the parties are, who speaks for them, what things are called."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, cast

from parley.errors import InputError
from parley.vocabulary._lexicon import Lexicon, fold
from parley.vocabulary._mentions import Mention, MentionKind
from parley.vocabulary._persons import People, Title, words_in
from parley.vocabulary._tables import (
    Holding,
    PartyKind,
    PartyRow,
    Person,
    merged,
    parse_day,
    words_of,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path
    from typing import Literal

# A party whose name is also a given name is not taken beside another capitalised word.
_GIVEN_NAME = "given name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The shipped tables with a user's additions in front; frozen, made by `load`."""

    parties: tuple[PartyRow, ...]
    persons: tuple[Person, ...] = field(repr=False)
    holdings: tuple[Holding, ...] = field(repr=False)
    _codes: dict[str, str] = field(repr=False)
    _things: Lexicon[Mention] = field(repr=False)
    _cautious: frozenset[str] = field(repr=False)
    _people: People = field(repr=False)

    def code(self, name: str) -> str:
        """Return the party code of a name, an alpha-2 or alpha-3 code, or a demonym.

        Raises
        ------
        InputError
            When no party is called so.

        Examples
        --------
        >>> vocabulary = load()
        >>> vocabulary.code("United States"), vocabulary.code("CN"), vocabulary.code("the EU")
        ('USA', 'CHN', 'EUU')
        """
        key = fold(name.strip()).casefold().removeprefix("the ")
        try:
            return self._codes[key]
        except KeyError:
            raise InputError(
                f"no party is called {name!r}; `parley vocabulary list parties` shows all, "
                "`parley vocabulary add party` adds one"
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
        >>> [h.person for h in load().holders("USA", "commerce", on=date(2018, 7, 6))]
        ['Wilbur Ross']
        """
        return tuple(
            holding
            for holding in self.holdings
            if holding.party == party and role in ("", holding.role) and holding.holds(on)
        )

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
        >>> [(m.kind, m.party) for m in load().find("Beijing told U.S. importers")]
        [('capital', 'CHN'), ('party', 'USA')]
        """
        words = words_in(text)
        things = list(self._things_in(text, words))
        whose = [m for m in things if m.kind in ("party", "demonym", "capital", "metonym", "body")]
        people = self._people.find(text, words, whose, on=on)
        return _without_overlaps([*people, *things])

    def _things_in(self, text: str, words: list[re.Match[str]]) -> Iterator[Mention]:
        for start, end, thing in self._things.find(text, words):
            if thing.party in self._cautious and _beside_a_name(text, start, end):
                continue
            if thing.name:
                yield Mention(
                    start=start,
                    end=end,
                    kind=thing.kind,
                    name=thing.name,
                    party=thing.party,
                    hs=thing.hs,
                    hs_edition=thing.hs_edition,
                )


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
    taken: set[int] = set()
    for mention in sorted(mentions, key=lambda m: (rank.get(m.kind, 1), m.start - m.end, m.start)):
        span = range(mention.start, mention.end)
        if mention.kind != "title" and not taken.isdisjoint(span):
            continue
        kept.append(mention)
        if mention.kind != "title":
            taken.update(span)
    return tuple(sorted(kept, key=lambda m: (m.start, -m.end)))


def load(home: Path | None = None) -> Vocabulary:
    """Return the shipped vocabulary with the user's additions in ``home/vocabulary`` in front.

    Parameters
    ----------
    home
        The user's data folder; None reads the shipped tables alone.

    Raises
    ------
    InputError
        When a file has wrong columns, a wrong date, or names a source or person that is nowhere.
    """
    return _load(None if home is None else home / "vocabulary")


@cache
def _load(folder: Path | None) -> Vocabulary:
    parties = tuple(_party(row) for _, row in merged("parties", folder))
    persons = tuple(_person(row) for _, row in merged("persons", folder))
    holdings = tuple(_holding(row, where) for where, row in merged("offices", folder))
    titles = [
        Title(words=row["title"], role=row["role"], party=row["party"])
        for _, row in merged("titles", folder)
    ]
    _check(parties, persons, holdings)
    return Vocabulary(
        parties=parties,
        persons=persons,
        holdings=holdings,
        _codes=_codes(parties),
        _things=Lexicon(_party_phrases(parties), cased=True),
        _cautious=frozenset(row.code for row in parties if row.caution == _GIVEN_NAME),
        _people=People(persons, holdings, titles),
    )


def _party(row: dict[str, str]) -> PartyRow:
    return PartyRow(
        code=row["code"],
        alpha2=row["alpha2"],
        name=row["name"],
        kind=cast("PartyKind", row["kind"]),
        names=words_of(row["names"]),
        demonyms=words_of(row["demonyms"]),
        capital=row["capital"],
        metonyms=words_of(row["metonyms"]),
        caution=row["caution"],
        source=row["source"],
    )


def _person(row: dict[str, str]) -> Person:
    return Person(
        name=row["person"],
        surname=row["surname"],
        bare=cast('Literal["yes", "no", ""]', row["bare"]),
        aliases=words_of(row["aliases"]),
        source=row["source"],
    )


def _holding(row: dict[str, str], where: str) -> Holding:
    return Holding(
        person=row["person"],
        office=row["office"],
        role=row["role"],
        party=row["party"],
        start=parse_day(row["from"], last=False, where=where),
        end=parse_day(row["until"], last=True, where=where),
        source=row["source"],
    )


def _check(
    parties: tuple[PartyRow, ...], persons: tuple[Person, ...], holdings: tuple[Holding, ...]
) -> None:
    codes = {row.code for row in parties} | {""}
    names = {person.name for person in persons}
    for holding in holdings:
        if holding.person not in names:
            raise InputError(f"offices.csv: {holding.person!r} is not in persons.csv; add a row")
        if holding.party not in codes:
            raise InputError(
                f"offices.csv: {holding.person} has party {holding.party!r}, "
                "which is not in parties.csv; add a row"
            )


def _codes(parties: tuple[PartyRow, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in parties:
        for name in (row.code, row.alpha2, row.name, *row.names, *row.demonyms):
            if name:
                found.setdefault(fold(name).casefold().removeprefix("the "), row.code)
    return found


def _party_phrases(parties: tuple[PartyRow, ...]) -> Iterator[tuple[str, Mention]]:
    for row in parties:
        if row.kind == "world":
            continue
        spoken: list[tuple[MentionKind, tuple[str, ...]]] = [
            ("metonym", row.metonyms),
            ("capital", (row.capital,) if row.capital else ()),
            ("demonym", tuple(_plurals(row.demonyms))),
            ("party", (row.name, *row.names)),
        ]
        for kind, phrases in spoken:
            for phrase in phrases:
                yield phrase, Mention(start=0, end=0, kind=kind, name=row.name, party=row.code)


def _plurals(demonyms: tuple[str, ...]) -> Iterator[str]:
    for demonym in demonyms:
        yield demonym
        if demonym[-1] in "aikntbcdo" or demonym.endswith(("er", "ne", "le", "de")):
            yield demonym + "s"
