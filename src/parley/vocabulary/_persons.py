"""Find persons: by full name, by title and name, and by surname once they were introduced."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.vocabulary._lexicon import WORD, Lexicon, fold
from parley.vocabulary._mentions import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from parley.vocabulary._people import People, Title
    from parley.vocabulary._tables import Holding, Person

# Honorifics bring a surname along but name no office.
HONORIFICS = frozenset({"mr", "ms", "mrs", "dr", "sir", "lord", "lady"})

# Where the family name comes first, the first word is carried over as well as the last.
_FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "KHM", "HUN", "SGP", "MYS"})
_PARTICLES = r"al|bin|bint|van|von|der|den|de|del|da|dos|du|la|le|el|ter"
_NAME = re.compile(
    rf"\s+((?:[A-Z]\.\s?|[A-ZÀ-Þ][\w’'\-]*[\w](?:\s+(?=[A-ZÀ-Þ]|(?:{_PARTICLES})\s+[A-ZÀ-Þ]))?"
    rf"|(?:{_PARTICLES})\s+){{1,6}})"
)
_NOT_A_NAME = frozenset(
    "The A An In On At To For From And But Or If As It He She They We I You This That These Those"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June"
    " July August September October November December Minister Secretary President Trade Foreign"
    " Mr Ms Mrs Dr When While After Before Will Would Who Government Ministry Office".split()
)
_SAYS = re.compile(r"\s+(?:said|says|told|added|wrote|posted|announced|warned|argued|insisted)\b")
_APPOSED = re.compile(
    rf"((?:[A-ZÀ-Þ][\w’'\-]*\w\s+|[A-Z]\.\s?|(?:{_PARTICLES})\s+){{1,4}}[A-ZÀ-Þ][\w’'\-]*\w),"
    r"\s+(?:the\s+|a\s+|an\s+)?$"
)
_POSSESSIVE = re.compile(r"(?:['’]s?)?[\s-]+$")
_OF_PARTY = re.compile(r"\s+(?:of|for|to)\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class _Titled:
    start: int
    end: int
    title: Title
    party: str


def find_persons(
    people: People,
    text: str,
    words: Sequence[re.Match[str]],
    parties: Sequence[Mention],
    *,
    on: date | None,
) -> list[Mention]:
    """Return persons and bare titles in `text`, in order, without overlaps.

    Parameters
    ----------
    words
        The words of `text`, as `words_in` gives them.
    parties
        Party, demonym and body mentions, which give a title its party.
    on
        The day the text speaks of; settles which holder of a surname is meant.
    """
    return _Search(people, text, words, parties, on).run()


class _Search:
    """One pass over one text; holds who has been introduced."""

    def __init__(
        self,
        people: People,
        text: str,
        words: Sequence[re.Match[str]],
        parties: Sequence[Mention],
        on: date | None,
    ) -> None:
        self.people, self.text, self.words, self.on = people, text, words, on
        self.before = {party.end: party for party in parties if party.party}
        self.after = {party.start: party for party in parties if party.party}
        self.found: list[Mention] = []
        self.taken: set[int] = set()  # starts and ends inside a found person
        self.on_page: set[str] = set()  # known persons whose full name stands anywhere
        self.introduced: dict[str, list[tuple[int, Mention]]] = defaultdict(list)

    def run(self) -> list[Mention]:
        full = {start: (end, person) for start, end, person in self._full_names()}
        self.on_page = {person.name for _, person in full.values()}
        titled = [self._titled(*title) for title in self.people.titles(self.text, self.words)]
        for title in titled:
            self._after_title(title, full)
        for start, (end, person) in full.items():
            if start not in self.taken:
                self._add_known(start, end, person, None)
        for title in titled:
            self._apposed(title)
        self._bare_surnames()
        return sorted(self.found, key=lambda mention: mention.start)

    def _full_names(self) -> list[tuple[int, int, Person]]:
        return self.people.full_names(self.text, self.words)

    def _titled(self, start: int, end: int, title: Title) -> _Titled:
        party = title.party
        lead = _POSSESSIVE.search(self.text, max(0, start - 6), start)
        if lead and lead.start() in self.before:
            owner = self.before[lead.start()]
            party, start = owner.party, owner.start
        elif (of := _OF_PARTY.match(self.text, end)) and of.end() in self.after:
            owner = self.after[of.end()]
            party, end = owner.party, owner.end
        return _Titled(start, end, title, party)

    def _after_title(self, titled: _Titled, full: dict[int, tuple[int, Person]]) -> None:
        point = "." if self.text[titled.end : titled.end + 1] == "." else ""
        end = titled.end + len(point)
        gap = re.compile(r",?\s+").match(self.text, end)
        if gap and gap.end() in full:
            stop, person = full[gap.end()]
            self._add_known(gap.end(), stop, person, titled)
            return
        name = _NAME.match(self.text, end)
        honorific = fold(titled.title.words).casefold() in HONORIFICS
        if name is None or name.start(1) in self.after or (point and not honorific):
            self._bare_title(titled)
            return
        self._named(titled, name.start(1), self._trim(name.group(1)), honorific=honorific)

    def _trim(self, name: str) -> str:
        kept: list[str] = []
        for part in name.split():
            if re.sub(r"['’]s?$", "", part) in _NOT_A_NAME:
                break
            kept.append(part)
            if re.search(r"['’]s?$", part):
                break
        return re.sub(r"['’]s?$", "", " ".join(kept)).strip()

    def _named(self, titled: _Titled, start: int, name: str, *, honorific: bool) -> None:
        if not name:
            self._bare_title(titled)
            return
        end = start + len(name)
        if " ".join(self.text[start:end].split()) != name:
            return
        one_word = " " not in name
        person = self._choose(name, titled, start) if one_word else None
        if person is not None:
            self._add_known(start, end, person, titled)
        elif one_word and (earlier := self._introduced_before(name, start)):
            self._carry(start, end, earlier)
        elif honorific or not one_word or titled.title.words != titled.title.words.lower():
            self._add_unknown(start, end, name, titled)

    def _choose(self, surname: str, titled: _Titled | None, start: int) -> Person | None:
        people = self.people.with_surname(surname)
        named = [person for person in people if person.name in self.on_page]
        if named:
            people = named
        if titled is not None and titled.title.role not in ("", "minister"):
            people = [p for p in people if self._fits(p, titled)]
        elif not named:  # "Mr Lopez" may be anybody
            people = [p for p in people if p.bare == "yes"]
        if len(people) > 1 and self.on is not None:
            people = [
                p for p in people if any(t.holds(self.on) for t in self.people.terms(p.name))
            ] or people
        return people[0] if len(people) == 1 else None

    def _fits(self, person: Person, titled: _Titled) -> bool:
        return any(
            term.role == titled.title.role and titled.party in ("", term.party)
            for term in self.people.terms(person.name)
        )

    def _introduced_before(self, surname: str, start: int) -> Mention | None:
        earlier = [m for at, m in self.introduced.get(fold(surname), []) if at <= start]
        return earlier[-1] if earlier else None

    def _add_known(self, start: int, end: int, person: Person, titled: _Titled | None) -> None:
        role = titled.title.role if titled else ""
        term = self.people.term(person.name, self.on, role)
        stated = titled is not None and role != ""
        self._keep(
            Mention(
                start=start,
                end=end,
                kind="person",
                name=person.name,
                party=self._party(person, titled, term),
                role=role if stated else (term.role if term else ""),
                office=self._office(titled) if stated else (term.office if term else ""),
            ),
            person.surname,
        )

    def _party(self, person: Person, titled: _Titled | None, term: Holding | None) -> str:
        if titled is not None and titled.party and titled.title.role and term is None:
            return titled.party
        return (term.party if term else "") or self.people.party(person.name, self.on)

    def _office(self, titled: _Titled | None) -> str:
        return titled.title.words.title() if titled else ""

    def _add_unknown(self, start: int, end: int, name: str, titled: _Titled) -> None:
        words = name.split()
        carried = {words[0], words[-1]} if titled.party in _FAMILY_FIRST else {words[-1]}
        self._keep(
            Mention(
                start=start,
                end=end,
                kind="person",
                name=name,
                party=titled.party,
                role=titled.title.role,
                office="" if titled.title.role == "" else self._office(titled),
                known=False,
            ),
            *carried,
        )

    def _carry(self, start: int, end: int, earlier: Mention) -> None:
        self._keep(
            Mention(
                start=start,
                end=end,
                kind="person",
                name=earlier.name,
                party=earlier.party,
                role=earlier.role,
                office=earlier.office,
                known=earlier.known,
            )
        )

    def _keep(self, mention: Mention, *surnames: str) -> None:
        if any(at in self.taken for at in range(mention.start, mention.end)):
            return
        self.found.append(mention)
        self.taken.update(range(mention.start, mention.end))
        for surname in surnames:
            self.introduced[fold(surname)].append((mention.start, mention))

    def _bare_title(self, titled: _Titled) -> None:
        if titled.title.role and not any(
            at in self.taken for at in range(titled.start, titled.end)
        ):
            self.found.append(
                Mention(
                    start=titled.start,
                    end=titled.end,
                    kind="title",
                    name=titled.title.words,
                    party=titled.party,
                    role=titled.title.role,
                )
            )

    def _apposed(self, titled: _Titled) -> None:
        if titled.title.role == "":
            return
        name = _APPOSED.search(self.text, max(0, titled.start - 90), titled.start)
        if name is None or name.start(1) in self.taken or name.start(1) in self.after:
            return
        words = name.group(1).split()
        while words and words[0] in _NOT_A_NAME:
            words.pop(0)
        if len(words) < 2:
            return
        start = name.end(1) - len(" ".join(words))
        if self.text[start : name.end(1)] == " ".join(words):
            self._add_unknown(start, name.end(1), " ".join(words), titled)

    def _bare_surnames(self) -> None:
        unknown = Lexicon(
            ((key, key) for key in self.introduced if not self.people.with_surname(key)),
            cased=True,
        )
        spots = self.people.bare_surnames(self.text, self.words)
        spots += list(unknown.find(self.text, self.words))
        for start, end, key in sorted(spots):
            if start in self.taken:
                continue
            person = self._bare(key, start, end)
            if isinstance(person, Mention):
                self._carry(start, end, person)
            elif person is not None:
                self._add_known(start, end, person, None)

    def _bare(self, key: str, start: int, end: int) -> Mention | Person | None:
        candidates = self.people.with_surname(key)
        earlier = self._introduced_before(key, start)
        if not candidates:
            return earlier
        strict = all(person.bare == "no" for person in candidates)
        if strict and (key == "He" or not (earlier and _SAYS.match(self.text, end))):
            return None
        if earlier is not None:
            return earlier
        famous = [person for person in candidates if person.bare == "yes"]
        if len(famous) > 1 and self.on is not None:
            famous = [p for p in famous if any(t.holds(self.on) for t in self.people.terms(p.name))]
        return famous[0] if len(famous) == 1 else None


def words_in(text: str) -> list[re.Match[str]]:
    """Return the matches of `WORD` in `text`, in order."""
    return list(WORD.finditer(text))
