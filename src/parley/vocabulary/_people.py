"""The persons of the vocabulary, their terms in office, and the titles that go before names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from parley.vocabulary._lexicon import Lexicon, fold

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    from parley.vocabulary._tables import Holding, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """An office as the press writes it before or after a name."""

    words: str
    role: str
    party: str  # empty when many parties have the office


class People:
    """The persons of the vocabulary with their terms, and the matcher for them."""

    def __init__(
        self, persons: Iterable[Person], holdings: Iterable[Holding], titles: Iterable[Title]
    ) -> None:
        self.by_name = {person.name: person for person in persons}
        self._terms: dict[str, list[Holding]] = defaultdict(list)
        for holding in holdings:
            self._terms[holding.person].append(holding)
        self._surnames: dict[str, list[Person]] = defaultdict(list)
        for person in self.by_name.values():
            self._surnames[fold(person.surname)].append(person)
        self.names: Lexicon[Person] = Lexicon(
            (
                (name, person)
                for person in self.by_name.values()
                for name in (person.name, *person.aliases)
            ),
            cased=True,
        )
        self._bare = Lexicon(((key, key) for key in self._surnames), cased=True)
        self._titles = Lexicon(((title.words, title) for title in titles), cased=False)

    def terms(self, name: str) -> tuple[Holding, ...]:
        """Return the terms of a person, in the order of the file."""
        return tuple(self._terms.get(name, ()))

    def term(self, name: str, on: date | None, role: str = "") -> Holding | None:
        """Return the term of a person that covers `on` (None: the last one), or None.

        Parameters
        ----------
        role
            Prefer a term of this role.
        """
        terms = self._terms.get(name, [])
        fitting = [term for term in terms if term.role == role] or terms
        current = [term for term in fitting if term.holds(on)]
        return current[-1] if current else None

    def party(self, name: str, on: date | None) -> str:
        """Return the party of a person: of the term on that day, else of the nearest one."""
        terms = self._terms.get(name, [])
        current = self.term(name, on)
        if current is not None or not terms:
            return current.party if current is not None else ""
        before = [term for term in terms if term.start and on and term.start <= on]
        return (max(before, key=lambda term: term.start or date.min) if before else terms[0]).party

    def full_names(
        self, text: str, words: Sequence[re.Match[str]]
    ) -> list[tuple[int, int, Person]]:
        return list(self.names.find(text, words))

    def titles(self, text: str, words: Sequence[re.Match[str]]) -> list[tuple[int, int, Title]]:
        return list(self._titles.find(text, words))

    def bare_surnames(
        self, text: str, words: Sequence[re.Match[str]]
    ) -> list[tuple[int, int, str]]:
        return list(self._bare.find(text, words))

    def with_surname(self, surname: str) -> list[Person]:
        return self._surnames.get(fold(surname), [])
