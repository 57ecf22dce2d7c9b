"""Words in quotation marks, found on the paragraph before sentences are split.

Double and single marks, straight and curly; a quotation that runs over paragraphs reopens in
each; a mark that never closes ends with its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPEN_DOUBLE = "“„«"
_CLOSE_DOUBLE = "”»"
_DOUBLE = frozenset(_OPEN_DOUBLE + _CLOSE_DOUBLE + '"')
_EDGE = frozenset(" \t\n\r\u00a0([{—–-:;,/")
_ENDS = frozenset(".,?!…;:")
_DEEPEST = 6  # quotations inside one another; what opens beyond is mark-up gone wrong
_SINGLE = re.compile("['‘’]")
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
        doubles = _double(text, start, end, index)
        found.extend(doubles)
        outer = sorted((q for q in doubles if not q.inside), key=lambda quote: quote.start)
        gaps = _gaps(start, end, outer)
        for gap_start, gap_end in gaps:
            found.extend(_single(text, gap_start, gap_end, index, inside=False))
        for quote in outer:
            found.extend(_single(text, quote.start, quote.end, index, inside=True))
    return tuple(sorted(found, key=lambda quote: (quote.start, -quote.end)))


_REPORTS = re.compile(
    r"\b(?:said|says|told|announced|reported|according to|added|warned|tweeted|wrote|insisted|"
    r"argued|"
    r"vowed|threatened|agreed to|imposed)\b"
)
_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|I|my|me|you|your)\b", re.IGNORECASE)
_THIRD_PERSON = re.compile(
    r"\b(?:President|Prime Minister|Minister|Secretary|administration|officials?|"
    r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


def is_excerpt(text: str, quote: Quote, span: tuple[int, int]) -> bool:
    """Whether a quotation that fills its paragraph is taken from a report, not from speech.

    It reports what others say, so its own words are read as the page's.
    """
    whole = quote.end - quote.start > 0.85 * (span[1] - span[0]) - 4
    if not whole or quote.single:
        return False
    words = text[quote.start : quote.end]
    if _REPORTS.search(words):
        return True
    spoken = _FIRST_PERSON.search(words.replace("U.S", "")) is not None
    return not spoken and _THIRD_PERSON.search(words) is not None


def _gaps(start: int, end: int, outer: Sequence[Quote]) -> list[tuple[int, int]]:
    gaps, at = [], start
    for quote in outer:
        gaps.append((at, quote.start - 1))
        at = quote.end + 1
    gaps.append((at, end))
    return [(a, b) for a, b in gaps if b - a > 10]


def _double(text: str, start: int, end: int, index: int) -> list[Quote]:
    """Return the quotations in double marks; one inside another is marked so."""
    found: list[Quote] = []
    opened: list[int] = []
    for at in range(start, end):
        mark = text[at]
        if mark not in _DOUBLE:
            continue
        if mark in _OPEN_DOUBLE or (mark == '"' and _opens(text, at, start, opened)):
            opened = [*opened, at + 1][:_DEEPEST]
        elif opened:
            begin = opened.pop()
            if at > begin:
                found.append(Quote(begin, at, index, closed=True, inside=bool(opened)))
    if opened and end - opened[0] > 10:
        begin = opened[0]
        found = [replace(quote, inside=quote.start > begin) for quote in found]
        found.append(Quote(begin, end, index, closed=False))
    return found


def _opens(text: str, at: int, start: int, opened: Sequence[int]) -> bool:
    """Whether a straight mark opens: the first does, and one inside a curly pair may."""
    if not opened:
        return True
    inside_curly = text[opened[-1] - 1] in _OPEN_DOUBLE
    before = text[at - 1] if at > start else " "
    return inside_curly and before in _EDGE and text[at + 1 : at + 2].isalnum()


def _single(text: str, start: int, end: int, index: int, *, inside: bool) -> list[Quote]:
    found: list[Quote] = []
    marks = _Marks(text, start, end)
    at = start
    while at < end:
        opened = _next_opening(text, at, start, end)
        if opened is None:
            break
        closed = marks.closing(opened)
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
        misset = text[here] == "’" and here == start and text[here + 1].isupper()
        if text[here] not in "'‘" and not misset:
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


class _Marks:
    """The single marks of a stretch of text by what they may do, looked at once.

    A mark closes; or may be the apostrophe of a plural ("the states’ duties") and closes only where
    no other does; or opens another quotation, before which a doubtful one must have closed.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self._closes: list[int] = []
        self._doubtful: list[int] = []
        self._opens: list[int] = []
        for found in _SINGLE.finditer(text, start, end):
            self._sort(text, found.start(), start, end)

    def _sort(self, text: str, here: int, start: int, end: int) -> None:
        before = text[here - 1] if here > start else " "
        after = text[here + 1] if here + 1 < end else " "
        if text[here] == "‘":
            self._opens.append(here)
        elif after.isalnum():
            if before in _EDGE and text[here] == "'":
                self._opens.append(here)
        elif before in _EDGE and before not in _ENDS:
            return
        elif before == "s" and after == " " and here + 2 < end and text[here + 2].isalpha():
            self._doubtful.append(here)
        else:
            self._closes.append(here)

    def closing(self, opened: int) -> int | None:
        """Return the offset of the mark that closes the quotation whose words begin at `opened`."""
        closes = _first(self._closes, opened)
        doubtful = _first(self._doubtful, opened)
        if doubtful is None or (closes is not None and closes < doubtful):
            return closes
        another = _first(self._opens, doubtful)
        if closes is None or (another is not None and another < closes):
            return doubtful
        return closes


def _first(offsets: Sequence[int], least: int) -> int | None:
    """Return the first of sorted `offsets` from `least` on."""
    at = bisect_left(offsets, least)
    return offsets[at] if at < len(offsets) else None
