"""Statements: direct quotations of five words or more, with speaker and channel."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.drafts._quotes import is_excerpt
from parley.drafts._speakers import (
    Attribution,
    Surroundings,
    after_quote,
    before_quote,
    subject_of_sentence,
    unresolved,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._document import Document
    from parley.drafts._items import Item
    from parley.drafts._quotes import Quote

LEAST_WORDS = 5
_REACH = 2  # paragraphs over which a speaker carries on without being named again
_NEAR = 300  # items of a paragraph without quotations that may name who is quoted next
_OPEN_REACH = 8  # the same while the quotation has not been closed


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation with its speaker."""

    quote: Quote
    attribution: Attribution
    channel: str
    carried: bool  # the speaker carries over from an earlier paragraph


@dataclass
class _Turn:
    """Who spoke last, and whether the quotation is still open."""

    attribution: Attribution | None = None
    channel: str = ""
    paragraph: int = -99
    open: bool = False


def statements(document: Document) -> list[Said]:
    """Return the quotations of the article that have a speaker, in order."""
    out: list[Said] = []
    turn = _Turn()
    by_paragraph: dict[int, list[Quote]] = {}
    for quote in document.quotes:
        by_paragraph.setdefault(quote.paragraph, []).append(quote)
    for index in range(len(document.paragraphs)):
        quoted = by_paragraph.get(index, [])
        items = [item for s in document.of_paragraph(index) for item in s.items]
        if not quoted:
            _reported(items, turn, index, document)
            continue
        outer = [q for q in quoted if not q.inside]
        paragraph = document.paragraphs[index]
        if any(is_excerpt(document.text, q, (paragraph.start, paragraph.end)) for q in outer):
            outer = [q for q in quoted if q.inside]
            turn.attribution, turn.open = None, False
        out.extend(_in_paragraph(items, outer, turn, index, document))
    full = _acronyms(document.text)
    return [_expanded(one, full) for one in out if _long_enough(document.text, one.quote)]


_ACRONYM = re.compile(
    r"((?:[A-Z][\w.&’'-]{0,40})(?: (?:of|for|and|the|on|[A-Z][\w.&’'-]{0,40})){1,8})"
    r" \(([A-Z]{2,7})\)"
)


def _acronyms(text: str) -> dict[str, str]:
    """Return the full names that the page gives for its acronyms."""
    return {match[2]: match[1] for match in _ACRONYM.finditer(text)}


def _expanded(said: Said, full: dict[str, str]) -> Said:
    acronym = said.attribution.speaker.split()[-1]
    name = full.get(acronym)
    if name is None:
        return said
    speaker = f"{name} ({acronym})"
    return replace(said, attribution=replace(said.attribution, speaker=speaker))


def _long_enough(text: str, quote: Quote) -> bool:
    enough = len(text[quote.start : quote.end].split()) >= LEAST_WORDS
    return enough and not _titled(text, quote)


def _reported(items: Sequence[Item], turn: _Turn, index: int, document: Document) -> None:
    """Remember who speaks in a paragraph without quotation marks: the next may quote them."""
    colon = bool(items) and items[-1].low == ":"
    found = before_quote(items[-_NEAR:])
    if found is None or unresolved(found) or (turn.open and not colon):
        return
    if not colon and not found.person:
        return
    # a closing colon announces a quotation; a sentence that reports only allows one at once
    turn.attribution, turn.open = found, colon
    turn.paragraph = index if colon else index + 1 - _REACH
    turn.channel = document.channel([(items[0].start, items[-1].end)])


def _in_paragraph(
    items: Sequence[Item], quoted: Sequence[Quote], turn: _Turn, index: int, document: Document
) -> list[Said]:
    around = Surroundings(items, quoted)
    found = [_attribute(*around.of(quote), quote, document.text) for quote in quoted]
    channel = document.channel(_gaps(document, quoted, index))
    known = [one for one in found if one is not None and not unresolved(one)]
    beside = known[0] if known else None  # who speaks before in the paragraph, else after
    out: list[Said] = []
    for quote, named in zip(quoted, found, strict=True):
        attribution, carried = named, False
        if named is not None and unresolved(named):
            attribution = turn.attribution or (known[0] if known else None)
        elif named is not None:
            beside = named
        else:
            attribution = beside
        if attribution is None and _continues(turn, quote, quoted, index, document):
            attribution, carried = turn.attribution, True
        if attribution is None:
            continue
        if turn.attribution is not None and attribution.speaker != turn.attribution.speaker:
            turn.channel = ""
        turn.attribution, turn.paragraph = attribution, index
        turn.channel = channel or turn.channel
        turn.open = not quote.closed
        out.append(Said(quote, attribution, channel or (turn.channel if carried else ""), carried))
    return out


def _gaps(document: Document, quoted: Sequence[Quote], index: int) -> list[tuple[int, int]]:
    paragraph = document.paragraphs[index]
    edges = [paragraph.start, *(edge for q in quoted for edge in (q.start, q.end)), paragraph.end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _attribute(
    before: Sequence[Item], after: Sequence[Item], quote: Quote, text: str
) -> Attribution | None:
    leads = not before or before[-1].low in ".!?" or (before[-1].low == "," and len(before) <= 1)
    if before and before[-1].low in (":", ","):
        found = before_quote(before)
        if found is not None:
            return found
    if after and (leads or not before) and not _ended(text, quote, after):
        found = after_quote(after)
        if found is not None:
            return found
    if before and not leads:
        found = before_quote(before, reach=9)
        if found is not None:
            return found
        trailing = after_quote(after) if after and not _ended(text, quote, after) else None
        trailing = trailing if trailing is not None else before_quote(before)
        return trailing if trailing is not None else subject_of_sentence(before)
    return None


def _ended(text: str, quote: Quote, after: Sequence[Item]) -> bool:
    """Whether the quotation closes its sentence, so that what follows is another one."""
    return text[quote.end - 1] == "." and after[0].word[:1].isupper()


_FIRST_PERSON = re.compile(r"\b(?:we|our|us|I|my|me)\b|\b(?:We|Our|My)\b")


def _titled(text: str, quote: Quote) -> bool:
    """Whether the words in quotation marks are the name of a law, a paper or a programme."""
    words = [word for word in text[quote.start : quote.end].split() if word[:1].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return text[quote.end - 1] not in ".,!?…" and capitals > 0.6 * max(1, len(words))


def _headline(text: str, quote: Quote) -> bool:
    """Whether a quotation is the headline of another report: short, and without a full stop."""
    words = text[quote.start : quote.end].split()
    return quote.closed and text[quote.end - 1] not in ".,!?…-—" and len(words) <= 20


def _continues(
    turn: _Turn, quote: Quote, quoted: Sequence[Quote], index: int, document: Document
) -> bool:
    if turn.attribution is None:
        return False
    reach = _OPEN_REACH if turn.open else _REACH
    if index - turn.paragraph > reach or _headline(document.text, quote):
        return False
    paragraph = document.paragraphs[index]
    if quote.start - paragraph.start > 2:
        return False
    words = document.text[quote.start : quote.end]
    fills = quote.end - quote.start > 0.85 * (paragraph.end - paragraph.start) - 4
    lone = fills and quote.closed and not quote.single and not turn.open
    return not lone or _FIRST_PERSON.search(words) is not None
