"""Who stands in a sentence: titles, bodies and officials folded into one item, pronouns resolved.

"China's Commerce Ministry", "officials in Beijing", "U.S. Trade Representative Jamieson Greer"
become one item each, with the party that they speak for. A pronoun or a description ("the bloc",
"both sides", "the prime minister") takes the party of what it refers to, and says that it was
resolved.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parley.drafts._items import (
    AUXILIARIES,
    DETERMINERS,
    PORTFOLIOS,
    PREPOSITIONS,
    RELATIVES,
    Item,
    Person,
    is_capital,
    name_length,
    words_of,
)
from parley.drafts._words import nouns, verb_forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_GOVERN = nouns("govern")


_TITLE = nouns("title")


_LINKS = frozenset("of in from for at to".split())


_POSTED = frozenset(
    "ambassador ambassadors envoy representative spokesman spokeswoman spokesperson".split()
)


def folded(items: Sequence[Item], people: Mapping[str, Person]) -> list[Item]:
    """Return the items with every name of a government, body or official as one item."""
    return _fold_links(_fold_people(fold_bodies(list(items)), people))


def merge(items: Sequence[Item], head: Item) -> Item:
    """Return one item over all of `items` with what `head` stands for."""
    return replace(
        head,
        start=items[0].start,
        end=items[-1].end,
        low=" ".join(item.low for item in items),
        word=words_of(items),
        joined=items[0].joined,
    )


def fold_bodies(items: list[Item]) -> list[Item]:
    """Fold "party ['s] … government noun" into one item."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        end = _body_end(items, at) if item.codes and item.kind != "place" else at
        if end > at:
            name = words_of(items[at : end + 1])
            head = replace(item, kind="party", name=name, official=True)
            out.append(merge(items[at : end + 1], head))
        else:
            out.append(item)
        at = end + 1
    return out


def _body_end(items: Sequence[Item], at: int) -> int:
    """Return the index of the last government noun of the phrase that starts at `at`, or `at`."""
    end = at
    ahead = at + 1
    if ahead < len(items) and items[ahead].low == "'s":
        ahead += 1
    elif items[at].kind == "person" and ahead < len(items) and items[ahead].low not in _GOVERN:
        return at
    limit = ahead + 5
    while ahead < min(limit, len(items)):
        item = items[ahead]
        if item.kind == "party" and item.official and item.codes == items[at].codes:
            return ahead
        if item.kind != "word" or item.low in PREPOSITIONS or item.low in AUXILIARIES:
            break
        if item.low in DETERMINERS or item.low in ("and", "'s") or item.low in RELATIVES:
            break
        if item.low in _GOVERN:
            end = _portfolio_end(items, ahead)
            limit = end + 4
            ahead = end
        elif _is_finite(item):
            break
        ahead += 1
    return end


def _portfolio_end(items: Sequence[Item], at: int) -> int:
    """Return where "Ministry of Commerce and Industry" ends, or `at`."""
    if items[at].low not in ("ministry", "department", "office", "bureau", "minister"):
        return at
    if (
        at + 2 >= len(items)
        or items[at + 1].low not in ("of", "for")
        or not is_capital(items[at + 2])
    ):
        return at
    end = at + 2
    while end + 1 < len(items) and (
        items[end + 1].low in PORTFOLIOS
        or (
            items[end + 1].low in ("and", ",", "&", "the")
            and end + 2 < len(items)
            and items[end + 2].low in PORTFOLIOS
        )
    ):
        end += 1
    return end if items[at + 2].low in PORTFOLIOS else at


def _is_finite(item: Item) -> bool:
    form = verb_forms().get(item.low)
    if form is None or item.word[:1].isupper():
        return False
    return form[1] in ("past", "third") and item.low not in (
        "customs",
        "united",
        "proposed",
        "talks",
    )


def _fold_people(items: list[Item], people: Mapping[str, Person]) -> list[Item]:
    out: list[Item] = []
    at = 0
    while at < len(items):
        length, person = _person_at(items, at, people, out)
        if person is None:
            out.append(items[at])
            at += 1
            continue
        before = _title_start(out)
        owner = next((item.codes for item in out[before:] if item.codes), ())
        office = words_of([item for item in out[before:] if item.low not in DETERMINERS])
        span = [*out[before:], *items[at : at + length]]
        codes = owner or person.codes
        head = Item(
            0,
            0,
            "",
            "person",
            codes=codes,
            name=person.name,
            office=_clean_office(office) or person.office,
            official=bool(codes),
        )
        del out[before:]
        out.append(merge(span, head))
        at += length
    return out


def _clean_office(office: str) -> str:
    words = office.replace("’s", "'s").split("'s ")[-1].split()
    return " ".join(words) if words and any(word.lower() in _TITLE for word in words) else ""


def _person_at(
    items: Sequence[Item], at: int, people: Mapping[str, Person], out: Sequence[Item]
) -> tuple[int, Person | None]:
    item = items[at]
    if item.kind == "person":
        known = people.get(item.name.lower().split()[-1])
        codes = item.codes or (known.codes if known else ())
        return 1, Person(name=item.name, codes=codes, office=item.office)
    if not is_capital(item) and item.low not in people:
        return 0, None
    length = name_length(items, at)
    while length >= 1:
        words = [part.low for part in items[at : at + length]]
        person = people.get(words[-1])
        if person is not None and _same(words, person) and _alone(items, at, length, out):
            return length, person
        length -= 1
    return 0, None


def _same(words: Sequence[str], person: Person) -> bool:
    parts = person.name.lower().replace("-", " ").split()
    return all(word in parts for word in words)


def _alone(items: Sequence[Item], at: int, length: int, out: Sequence[Item]) -> bool:
    """Whether a surname stands by itself and is no part of another name."""
    if length > 1 or not items[at].word[:1].isupper():
        return length > 1
    after = items[at + 1] if at + 1 < len(items) else None
    if after is not None and is_capital(after) and after.low not in _TITLE:
        return False
    before = out[-1] if out else None
    return not (
        before is not None
        and before.kind == "word"
        and is_capital(before)
        and before.low not in _TITLE
        and len(out) > 1
        and before.low not in verb_forms()
    )


_TITLE_WORDS = frozenset(
    "vice deputy foreign trade finance commerce treasury prime chief senior former economy "
    "economic "
    "international agriculture industry general assistant acting interior federal cabinet first "
    "commercial top lead special main permanent counterpart democratic republican federal "
    "the".split()
)


def _title_start(out: Sequence[Item]) -> int:
    """Return the index in `out` at which the title phrase before a name starts."""
    start = len(out)
    seen_title = False
    while start:
        item = out[start - 1]
        if item.low in _TITLE:
            seen_title = True
        elif (item.codes and item.official and item.kind == "party") or (
            item.codes
            and item.kind in ("party", "demonym")
            and (seen_title or item.kind == "demonym")
        ):
            return start - 1
        elif not (
            seen_title
            and (item.low in _TITLE_WORDS or item.low == "'s" or (is_capital(item) and start > 1))
        ):
            break
        start -= 1
    if not seen_title:
        return len(out)
    while start < len(out) and out[start].low in ("'s",):
        start += 1
    return start


def _fold_links(items: list[Item]) -> list[Item]:
    """Fold "officials in Beijing", "the government of Canada" into one item."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        linked = _linked(items, at)
        if item.low in _GOVERN and item.kind == "word" and linked:
            span = items[at : linked + 1]
            name = words_of(span)
            head = replace(items[linked], kind="party", name=name, official=True, office="")
            out.append(merge(span, head))
            at = linked + 1
            continue
        out.append(item)
        at += 1
    return out


def _linked(items: Sequence[Item], at: int) -> int:
    if at + 2 < len(items) and items[at + 1].low == "of" and items[at + 2].low in PORTFOLIOS:
        end = _portfolio_end(items, at)  # "the Ministry of Commerce in Beijing"
        in_place = end > at and end + 2 < len(items) and items[end + 1].low in ("in", "of")
        return end + 2 if in_place and items[end + 2].codes else 0
    if at + 2 >= len(items) or items[at + 1].low not in _LINKS:
        return 0
    if items[at + 1].low in ("to", "for", "at") and items[at].low not in _POSTED:
        return 0
    after = at + 2
    if items[after].low == "the":
        after += 1
    if after < len(items) and items[after].codes and items[after].kind in ("party", "place"):
        beyond = items[after + 1].low if after + 1 < len(items) else ""
        return 0 if beyond == "'s" else after
    return 0
