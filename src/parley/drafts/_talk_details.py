"""Place, date and people of talks, from the sentence that names them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.drafts._document import dates_in
from parley.drafts._items import PREPOSITIONS, Item
from parley.drafts._passages import widened
from parley.drafts._talk_states import progressive
from parley.drafts._talk_words import GOING, MEET_NOUNS, TALK_NOUNS, Talk
from parley.records import RoundState, When

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from parley.drafts._dates import Dated
    from parley.drafts._document import Document, Sentence

_TRADE = re.compile(
    r"\b(?:trade|tariffs?|dut(?:y|ies)|econom\w+|commerc\w+|exports?|imports?|quotas?|levies|"
    r"market access|"
    r"free[- ]trade|customs|goods|investment|rare earths?|semiconductors?|chips|steel|alumini?um|"
    r"agricultur\w+|soybeans?|NAFTA|USMCA|Brexit|FTA|WTO|truce|sanctions?|protocol|fisher\w+|"
    r"subsid\w+)\b",
    re.IGNORECASE,
)


def completed(document: Document, talk: Talk) -> list[Talk]:
    """Return the talk with place, date and people of its sentence; once for each place named."""
    sentence, text = talk.sentence, document.text
    future = talk.state == "scheduled" or progressive(sentence.items)
    found = dates_in(document, sentence, future=future)
    found = [one for one in found if talk.span[0] <= one.start < talk.span[1]]
    found = [one for one in found if one.when.start is None or _days(one.when) < 200]
    within = [i for i in sentence.items if talk.span[0] <= i.start < talk.span[1]]
    places = _places(within, deal=talk.kind == "deal")
    people = tuple(
        item
        for item in within
        if item.kind == "person" and set(item.codes) & set(talk.parties) and item.official
    )
    low, high = sentence.start, sentence.end
    if high - low > 200:
        low, high = widened(text, sentence, *talk.span)
    trade = 0.1 if _TRADE.search(text[sentence.start : sentence.end]) else 0.0
    out = []
    for at, word in places or [(-1, "")]:
        near = talk.span if len(places) < 2 else (at, at)
        when = _nearest(found, near, after=len(places) > 1)
        extra = trade + 0.1 * bool(word) + 0.05 * bool(when.start)
        session = talk.kind == "process" and (word or _days(when) <= 7)
        out.append(
            replace(
                talk,
                when=when,
                place=word,
                kind="session" if session else talk.kind,
                people=people if len(places) < 2 else (),
                state=_dated_state(talk, when, document.article.published),
                sequence=_sequence(text, sentence, talk.span),
                span=(low, high),
                strength=min(1.0, talk.strength + extra),
            )
        )
    return out


_SEQUENCE = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|latest)\b[^.;,:]{0,70}?"
    r"\b(?:since|round|negotiations?|meeting|talks)\b(?:[^.;:]{0,90}?\bsince\b[^.;,:]*)?"
)


_ELSEWHERE = frozenset("following after amid despite since before ahead".split())


def own_span(sentence: Sentence, span: tuple[int, int]) -> tuple[int, int]:
    """Return the part of a sentence with several talks that speaks of the one at `span`."""
    for at, item in enumerate(sentence.items[:-1]):
        joins = (
            item.low == "and"
            and not sentence.items[at + 1].codes
            and "phone"
            in (
                sentence.items[at - 2].low,
                sentence.items[at - 1].low,
            )
        )
        if joins and span[0] < item.start < span[1]:
            return span[0], item.start
        if item.low in _ELSEWHERE and span[0] < item.start < span[1] and item.start - span[0] > 12:
            return span[0], item.start
    return span


def _sequence(text: str, sentence: Sentence, span: tuple[int, int]) -> str:
    match = _SEQUENCE.search(text, sentence.start, sentence.end)
    if match is None or not span[0] - 8 <= match.start() < span[1]:
        return ""
    return " ".join(match.group().split())


def _dated_state(talk: Talk, when: When, published: date | None) -> RoundState:
    if (
        published is None
        or when.start is None
        or talk.state in ("cancelled", "postponed", "concluded")
    ):
        return talk.state
    return "scheduled" if when.start > published else talk.state


def _days(when: When) -> int:
    return (when.end - when.start).days if when.start and when.end else 999


def _nearest(found: Sequence[Dated], span: tuple[int, int], *, after: bool) -> When:
    if not found:
        return When()
    middle = (span[0] + span[1]) // 2
    ranked = sorted(
        found,
        key=lambda one: (
            after and one.start < middle,
            not (span[0] <= one.start < span[1]),
            abs(one.start - middle),
        ),
    )
    return ranked[0].when


def _places(items: Sequence[Item], *, deal: bool) -> list[tuple[int, str]]:
    """Return the places of the sentence where something can be held, with their offsets."""
    found: list[tuple[int, str]] = []
    for at in range(1, len(items)):
        item, before = items[at], items[at - 1].low
        city = item.kind == "place" and before in ("in", "at", "to", "near")
        city = city and (
            deal or not any(other.low in _MADE_THERE for other in items[max(0, at - 4) : at])
        )
        journey = (
            item.metonym and before == "to" and any(other.low in GOING for other in items[:at])
        )
        named = item.kind == "place" and _noun_follows(items, at)
        if (city or journey or named) and item.word not in [word for _, word in found]:
            found.append((item.start, item.word))
    return found


# What was made in a place is not spoken of there: "the mechanism that was set up in Geneva".
_MADE_THERE = frozenset("set agreed reached struck signed established created made forged".split())


def _noun_follows(items: Sequence[Item], at: int) -> bool:
    """Whether a place stands in the name of the talks: "the Geneva talks"."""
    near = [item.low for item in items[at + 1 : at + 4]]
    nouns_at = [i for i, low in enumerate(near) if low in TALK_NOUNS | MEET_NOUNS]
    return bool(nouns_at) and not any(low in PREPOSITIONS for low in near[: nouns_at[0]])
