"""Who says the words in quotation marks, and through which channel."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.drafts._items import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    Item,
    words_of,
)
from parley.drafts._words import nouns, verb_forms, verbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._quotes import Quote

_SAY = verbs("say")
_ADVERB = re.compile(r"[a-z]+ly$")
_LOOSE = frozenset(
    "also later then however now still again earlier previously even once often first since just "
    "repeatedly subsequently separately today yesterday".split()
)
_CUT = frozenset("who which that whose when while after before as because where if".split())
_CLAUSE = frozenset("but while although though as after before because and so or if that".split())
_NOT_SPEAKERS = frozenset(
    "there this that what which these those it we i you they he she who one here so such".split()
)
_PRONOUNS = frozenset("he she they it who".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """The speaker of a quotation, and how that was found."""

    speaker: str
    codes: tuple[str, ...] = ()
    rule: str = ""
    official: bool = False
    person: bool = False


def after_quote(items: Sequence[Item]) -> Attribution | None:
    """Return who speaks by the items that follow a quotation in its sentence."""
    start = 1 if items and items[0].low in (",", "-", "—", "–") else 0
    verb = _first_say(items, start, reach=14)
    if start < len(items) and items[start].low == "according":
        return _named(_forward(items, start + 2), "according to, after")
    if start and start < len(items) and items[0].low in ("—", "–") and items[1].kind == "person":
        who = items[1]
        return Attribution(who.name, who.codes, "name after a dash", who.official, person=True)
    if verb is None:
        return None
    if verb <= start + 1 and items[start].low not in _PRONOUNS and not items[start].codes:
        return _named(_forward(items, verb + 1), "verb then speaker, after")
    return _named(_backward(items, verb, start), "speaker then verb, after")


def before_quote(items: Sequence[Item], *, reach: int = 99) -> Attribution | None:
    """Return who speaks by the items that precede a quotation in its sentence."""
    for verb in range(len(items) - 1, max(-1, len(items) - reach - 1), -1):
        if items[verb].low == "according" and verb + 2 < len(items):
            found = _named(_forward(items, verb + 2), "according to, before")
            if found is not None:
                return found
        if _says(items, verb):
            found = _named(_backward(items, verb, 0), "speaker then verb, before")
            if found is not None:
                return found
    return None


def subject_of_sentence(items: Sequence[Item]) -> Attribution | None:
    """Return the first person or official named in the sentence."""
    for at, item in enumerate(items):
        if item.kind in ("person", "party") and (item.official or item.kind == "person"):
            if at and items[at - 1].low in PREPOSITIONS:
                continue
            return Attribution(item.name, item.codes, "subject of the sentence", item.official)
    return None


def _first_say(items: Sequence[Item], start: int, *, reach: int) -> int | None:
    for at in range(start, min(len(items), start + reach)):
        if _says(items, at):
            return at
        if items[at].low in (":", ";"):
            return None
    return None


def _says(items: Sequence[Item], at: int) -> bool:
    item = items[at]
    if item.kind != "word" or item.low not in _SAY or (item.word[:1].isupper() and at):
        return False
    _, shape = verb_forms()[item.low]
    if shape == "base" and not (
        at and items[at - 1].low in AUXILIARIES | {"to", "they", "we", "i"}
    ):
        return False
    before = items[at - 1].low if at else ""
    if shape == "gerund" and len(items) - at > 4 and before != "been":
        return False
    return not (before in DETERMINERS or before in ("of", "'s", "being"))


def _backward(items: Sequence[Item], verb: int, start: int) -> Sequence[Item]:
    """Return the noun phrase before a verb of saying."""
    end = verb
    while end > start and _beside_verb(items[end - 1].low):
        end -= 1
    if verb_forms()[items[verb].low][1] == "gerund":
        return _main_subject(items, start, end)
    joined = end > start and items[end - 1].low in ("and", "but")
    if joined or end == start:
        earlier = next((at for at in range(end - 2, start - 1, -1) if _says(items, at)), None)
        return () if earlier is None else _backward(items, earlier, start)
    if items[end - 1].low == ",":
        opening = end - 2
        while opening > start and items[opening].low != ",":
            opening -= 1
        named = [item for item in items[opening + 1 : end - 1] if item.kind == "person"]
        if opening > start and len(named) == 1 and _described(items, start, opening):
            return named  # "his top trade adviser, Robert Lighthizer, told"
        end = opening if opening > start else end - 1
    return items[_phrase_begin(items, start, end) : end]


def _described(items: Sequence[Item], start: int, end: int) -> bool:
    """Whether the phrase before a comma gives an office and no name of its own."""
    phrase = items[_phrase_begin(items, start, end) : end]
    own = [item for item in phrase if item.low not in ("his", "her", "its", "their")]
    return bool(own) and not any(item.kind == "person" for item in own)


def _main_subject(items: Sequence[Item], start: int, end: int) -> Sequence[Item]:
    """Return the subject of the sentence for a participle: "Lee welcomed it, saying …"."""
    verbs = (at for at in range(start + 1, end) if _finite(items[at]) or items[at].low in _WAS)
    verb = next(verbs, None)
    if verb is None:
        return ()
    return items[_phrase_begin(items, start, verb) : verb]


_WAS = frozenset("is are was were has had".split())


def _beside_verb(low: str) -> bool:
    return low in AUXILIARIES or low in _LOOSE or _ADVERB.match(low) is not None


def _phrase_begin(items: Sequence[Item], start: int, end: int) -> int:
    begin = end
    while begin > start:
        item = items[begin - 1]
        if item.low == ")":
            begin = _before_bracket(items, begin - 1, start)
            continue
        mark = item.kind == "mark" and item.low not in (".", "&")
        clause = (item.low in _CLAUSE and item.kind == "word") or item.low in RELATIVES
        if mark or clause or (_finite(item) and items[begin].low != "by"):
            break
        begin -= 1
    return begin


def _finite(item: Item) -> bool:
    form = verb_forms().get(item.low) if item.kind == "word" else None
    return form is not None and form[1] in ("past", "third") and not item.word[:1].isupper()


def _before_bracket(items: Sequence[Item], at: int, start: int) -> int:
    while at > start and items[at].low != "(":
        at -= 1
    return at


def _forward(items: Sequence[Item], start: int) -> Sequence[Item]:
    end = start
    while end < len(items):
        item = items[end]
        if item.kind == "mark" and item.low not in (".", "&", "’", "'"):
            break
        if item.low == "." and (end + 1 >= len(items) or items[end + 1].word[:1].isupper()):
            break
        if item.low in _CUT or (
            item.low in ("in", "on", "at", "during", "to", "by", "with", "from", "late", "early")
            and end > start
        ):
            break
        end += 1
    return items[start:end]


def _named(span: Sequence[Item], rule: str) -> Attribution | None:
    """Return the speaker that a noun phrase names."""
    marks = (".", "&", "'")
    span = [i for i in _without_brackets(span) if i.kind != "mark" or i.low in marks]
    span = _without_opening(span)
    if not span:
        return None
    head = span[0]
    if head.kind == "person":
        return Attribution(head.name, head.codes, rule, head.official, person=True)
    if head.kind == "party" and (len(span) == 1 or head.official):
        return Attribution(_plain_name(head), head.codes, rule, True)
    person = next((item for item in span if item.kind == "person"), None)
    if person is not None and not any(item.low in PREPOSITIONS for item in span):
        return Attribution(person.name, person.codes, rule, person.official, person=True)
    no_one = head.low in _NOT_SPEAKERS or head.kind == "number"
    words = words_of(span[:9])
    if (no_one and (len(span) == 1 or head.low in ("it", "there", "this"))) or not re.search(
        r"[A-Za-z]{2}", words
    ):
        return None
    official = _official_words(span)
    if len(span) == 1 and span[0].word.islower() and not official and words not in _SPEAKERS:
        return None
    codes = next((item.codes for item in span if item.codes), ()) if official else ()
    return Attribution(words, codes, rule, official)


_SPEAKERS = nouns("title", "govern") | frozenset(
    "exporter exporters aide source sources diplomat diplomats company firm lobby growers "
    "producers farmers industry group union association statement report letter analysts "
    "economists experts critics campaigners manufacturers retailers importers".split()
)
_OPENING = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | _LOOSE | SUBORDINATORS


def _without_opening(span: Sequence[Item]) -> Sequence[Item]:
    """Return the phrase without words that only lead up to the speaker."""
    if len(span) > 1 and span[0].low in ("his", "her", "its", "their"):
        span = span[1:]
    while span and span[0].low in _OPENING and not span[0].codes and span[0].kind == "word":
        skip = 1
        if span[0].low in PREPOSITIONS and len(span) > 2:
            named = (i for i, it in enumerate(span) if it.kind == "person" or it.low in _PRONOUNS)
            skip = next(named, 1)
        span = span[skip:]
    return span


def _without_brackets(span: Sequence[Item]) -> list[Item]:
    depth, out = 0, []
    for item in span:
        depth += item.low == "("
        if not depth:
            out.append(item)
        depth -= item.low == ")" and depth > 0
    return out


def _plain_name(item: Item) -> str:
    return item.name if item.refers else item.word


def _official_words(span: Sequence[Item]) -> bool:
    return any(item.low in nouns("govern") or item.official for item in span)


def unresolved(attribution: Attribution) -> bool:
    """Whether the speaker is only a pronoun."""
    return attribution.speaker.lower() in _PRONOUNS


class Surroundings:
    """The items of a paragraph around its quotations, found by their offsets.

    At most `_NEAR` items on either side are looked at: a sentence with its speaker is shorter.
    """

    def __init__(self, items: Sequence[Item], quoted: Sequence[Quote]) -> None:
        self._items = items
        self._starts = [item.start for item in items]
        self._ends = [item.end for item in items]
        self._opening = sorted(quote.start for quote in quoted)
        self._closing = sorted(quote.end for quote in quoted)

    def of(self, quote: Quote) -> tuple[list[Item], list[Item]]:
        """Return the items of the quote's sentence before and after it, without other quotes."""
        closed = bisect_right(self._closing, quote.start)
        opened = bisect_left(self._opening, quote.end)
        stop = bisect_right(self._ends, quote.start)
        first = bisect_right(self._ends, self._closing[closed - 1]) if closed else 0
        begin = bisect_left(self._starts, quote.end)
        last = len(self._items)
        if opened < len(self._opening):
            last = bisect_left(self._starts, self._opening[opened])
        before = self._items[max(first, stop - _NEAR) : stop]
        after = self._items[begin : min(last, begin + _NEAR)]
        return _last_sentence(_unmarked(before)), _first_sentence(_unmarked(after))


_NEAR = 300  # items


def _unmarked(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item.low not in "\"“”‘'’"]


def _last_sentence(items: list[Item]) -> list[Item]:
    for at in range(len(items) - 1, 0, -1):
        if items[at - 1].low in ".!?" and items[at].word[:1].isupper():
            return items[at:]
    return items


def _first_sentence(items: list[Item]) -> list[Item]:
    for at in range(len(items) - 1):
        if items[at].low in ".!?" and items[at + 1].word[:1].isupper():
            return items[: at + 1]
    return items
