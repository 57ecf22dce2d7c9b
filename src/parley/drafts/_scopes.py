"""Whom and which goods a measure hits, and the words that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._items import (
    AUXILIARIES,
    DAYS,
    DETERMINERS,
    MONTHS,
    PREPOSITIONS,
    RELATIVES,
    Item,
    words_of,
)
from parley.drafts._passages import EVIDENCE, widened
from parley.drafts._phrases import codes_at
from parley.drafts._verbs import is_verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._amounts import Amount
    from parley.drafts._candidates import View
    from parley.drafts._clauses import Verb

_ON = frozenset("on against targeting covering hitting upon over".split())


_OF_GOODS = frozenset("from of in".split())


def scope_of(view: View, start: int, end: int, *, of: bool = False) -> tuple[tuple[str, ...], str]:
    """Return the parties and the goods that "on …", "against …" name between two items."""
    items = view.items
    codes: list[str] = []
    product = ""
    at = start
    while at < end:
        low = items[at].low
        if (
            low in _ON
            or (low == "for" and at == start and _names_party(items, at + 1, end))
            or (of and low in ("of", "into", "from", "to"))
            or (low == "to" and at and items[at - 1].low in ("apply", "applies", "applied"))
        ):
            stop = phrase_end(items, at + 1, end)
            if low == "on" and _is_time(items, at + 1):
                at += 1
                continue
            codes += codes_at(items, _targets(items, at + 1, stop))
            product = product or goods(items[at + 1 : stop])
            at = stop
        else:
            at += 1
    return tuple(sorted(set(codes))), product


def _names_party(items: Sequence[Item], at: int, end: int) -> bool:
    return any(items[here].codes for here in range(at, min(end, at + 4)))


_LEADS_TO_TIME = frozenset(
    "the same this last next early late mid coming following start beginning end of".split()
)
_TIMES = DAYS | MONTHS | frozenset("day week month year".split())


def _is_time(items: Sequence[Item], at: int) -> bool:
    """Whether a time begins at `at`: "November 1", "the same day"."""
    while at + 1 < len(items) and items[at].low in _LEADS_TO_TIME:
        at += 1
    if at < len(items) and items[at].kind == "number":
        year = len(items[at].low) == 4 and items[at].low[:2] in ("19", "20")
        return year or (at + 1 < len(items) and items[at + 1].low in MONTHS)
    return at < len(items) and items[at].low in _TIMES


def _targets(items: Sequence[Item], start: int, end: int) -> list[int]:
    return [
        at for at in range(start, end) if items[at].codes and items[at].low not in ("its", "his")
    ]


_MADE = frozenset(
    "made produced imported manufactured built shipped assembled grown sourced originating coming "
    "arriving entering exported sold farmed mined".split()
)


def phrase_end(items: Sequence[Item], start: int, end: int) -> int:
    """Return where the goods after "on" end: at a verb, a mark or a preposition."""
    at = start
    while at < end:
        item = items[at]
        if item.kind == "mark" and item.low not in (",", "(", ")", "&", "$", "'"):
            break
        if item.low == "," and not _list_goes_on(items, at, end):
            break
        if item.low in PREPOSITIONS and _is_time(items, at + 1):
            break
        if item.low in PREPOSITIONS and item.low not in _OF_GOODS | {
            "including",
            "like",
            "worth",
            "between",
            "on",
        }:
            break
        if item.kind == "word" and is_verb(items, at) and item.low not in _MADE:
            break
        if (item.low in AUXILIARIES and item.low != "'s") or item.low in RELATIVES:
            break
        if (
            item.kind == "number"
            and at > start
            and at + 1 < end
            and items[at + 1].low in ("%", "per", "percent")
        ):
            break
        at += 1
    return at


def _list_goes_on(items: Sequence[Item], at: int, end: int) -> bool:
    ahead = items[at + 1 : min(end, at + 14)]
    for item in ahead:
        if item.low in ("and", "or", "as"):
            return True
        if item.kind == "mark" and item.low != ",":
            return False
        if item.low in AUXILIARIES or item.low in RELATIVES or item.low in ("said", "after"):
            return False
    return False


def goods(items: Sequence[Item]) -> str:
    words = [item for item in items if not item.codes or item.kind == "demonym"]
    while words and (words[0].low in DETERMINERS or words[0].low in ("'s", "of", "from")):
        words = words[1:]
    while words and (words[-1].low in PREPOSITIONS or words[-1].low in ("and", ",", "'s", "the")):
        words = words[:-1]
    return words_of(words[:14])


def span_of(
    view: View, start: int, end: int, verb: Verb | None, rate: Amount | None = None
) -> tuple[int, int]:
    """Return the characters of the evidence: the sentence, or 200 around what matters most."""
    items = view.items
    sentence = view.sentence
    if sentence.end - sentence.start <= EVIDENCE:
        return sentence.start, sentence.end
    first = min([start, *([verb.start, *verb.subject] if verb is not None else [])])
    last = max(end, verb.index + 1 if verb is not None else 0)
    low, high = items[first].start, items[min(last, len(items)) - 1].end
    if rate is not None:
        low, high = rate.start - 110, rate.end + 70
    return widened(view.text, sentence, low, high)
