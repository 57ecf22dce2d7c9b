"""Words in quotation marks, found on the paragraph before sentences are split.

Double and single marks, straight and curly; a quotation that runs over paragraphs reopens in
each; a mark that never closes ends with its paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPEN_DOUBLE = "“„«"
_CLOSE_DOUBLE = "”»"
_EDGE = frozenset(" \t\n\r\u00a0([{—–-:;,/")
_ENDS = frozenset(".,?!…;:")
_ELISION = re.compile(r"[’'](?:s|t|re|ve|ll|d|m|\d0s|em|til|cause)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: ``text[start:end]`` are the words between the marks."""

    start: int
    end: int
    paragraph: int
    closed: bool  # its closing mark stands in the same paragraph
    single: bool = False  # single marks
    inside: bool = False  # it stands inside another quotation

    @property
    def words_between(self) -> tuple[int, int]:
        """The span of the words, as a pair."""
        return (self.start, self.end)


def quotes(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Quote, ...]:
    """Return the quotations of the paragraphs `spans` of `text`, in order.

    Parameters
    ----------
    spans
        Start and end of each paragraph, in characters.

    Examples
    --------
    >>> text = 'He said, "We will sign soon."'
    >>> [text[quote.start:quote.end] for quote in quotes(text, [(0, len(text))])]
    ['We will sign soon.']
    """
    found: list[Quote] = []
    for index, (start, end) in enumerate(spans):
        outer = _double(text, start, end, index)
        found.extend(outer)
        gaps = _gaps(start, end, outer)
        for gap_start, gap_end in gaps:
            found.extend(_single(text, gap_start, gap_end, index, inside=False))
        for quote in outer:
            found.extend(_single(text, quote.start, quote.end, index, inside=True))
    return tuple(sorted(found, key=lambda quote: (quote.start, -quote.end)))


def _gaps(start: int, end: int, outer: Sequence[Quote]) -> list[tuple[int, int]]:
    gaps, at = [], start
    for quote in outer:
        gaps.append((at, quote.start - 1))
        at = quote.end + 1
    gaps.append((at, end))
    return [(a, b) for a, b in gaps if b - a > 10]


def _double(text: str, start: int, end: int, index: int) -> list[Quote]:
    found: list[Quote] = []
    opened: int | None = None
    for at in range(start, end):
        mark = text[at]
        if mark == '"':
            opens = opened is None
        elif mark in _OPEN_DOUBLE:
            opens = True
        elif mark in _CLOSE_DOUBLE:
            opens = False
        else:
            continue
        if opens:
            if opened is None or mark in _OPEN_DOUBLE:
                opened = at + 1
        elif opened is not None:
            if at > opened:
                found.append(Quote(opened, at, index, closed=True))
            opened = None
    if opened is not None and end - opened > 10:
        found.append(Quote(opened, end, index, closed=False))
    return found


def _single(text: str, start: int, end: int, index: int, *, inside: bool) -> list[Quote]:
    found: list[Quote] = []
    at = start
    while at < end:
        opened = _next_opening(text, at, start, end)
        if opened is None:
            break
        closed = _closing(text, opened, end)
        if closed is None:
            at = opened
            leads = not inside and (
                opened - 1 == start or text[max(start, opened - 3) : opened - 1].strip() == ":"
            )
            if leads and end - opened > 10:
                found.append(Quote(opened, end, index, closed=False, single=True, inside=inside))
            continue
        found.append(Quote(opened, closed, index, closed=True, single=True, inside=inside))
        at = closed + 1
    return [q for q in found if q.end > q.start]


def _next_opening(text: str, at: int, start: int, end: int) -> int | None:
    for here in range(at, end - 1):
        if text[here] not in "'‘":
            continue
        before = text[here - 1] if here > start else " "
        after = text[here + 1]
        if (
            before in _EDGE
            and (after.isalnum() or after in "(“[£$€…")
            and not (text[here] != "‘" and _ELISION.match(text, here))
        ):
            return here + 1
    return None


def _closing(text: str, opened: int, end: int) -> int | None:
    """Return the offset of the mark that closes a single quotation opened before `opened`."""
    doubtful: int | None = None
    for here in range(opened, end):
        if text[here] not in "'’":
            if text[here] == "‘" and doubtful is not None:
                return doubtful
            continue
        after = text[here + 1] if here + 1 < len(text) and here + 1 < end else " "
        if after.isalnum():
            if text[here - 1] in _EDGE and text[here] == "'" and doubtful is not None:
                return doubtful
            continue
        if text[here - 1] in _EDGE and text[here - 1] not in _ENDS:
            continue
        if text[here - 1] == "s" and after == " " and here + 2 < end and text[here + 2].isalpha():
            doubtful = here if doubtful is None else doubtful
            continue
        return here
    return doubtful
