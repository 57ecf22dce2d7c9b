"""Sentences of a paragraph, as spans of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(r"(?<=[.!?…])[”\"’')\]]*\s+(?=[“\"‘'(\[]*[A-Z0-9])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Inc|Corp|Ltd|Co|"
    r"Prof|Hon)|\b[A-Z])\.$"
)
_POINTS = re.compile(r"(?:[A-Z]\.)+$")
_OPENERS = re.compile(
    r"(?:The|It|He|She|They|In|But|And|This|That|A|If|On|We|As|At|For|While|After|Its|His|There|"
    r"Those|These|Under|With|By)\b"
)


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of ``text[start:end]``, without the blanks between them.

    Examples
    --------
    >>> text = "The U.S. Commerce Department met Mr. Li. It said so."
    >>> [text[a:b] for a, b in sentence_spans(text, 0, len(text))]
    ['The U.S. Commerce Department met Mr. Li.', 'It said so.']
    """
    begin = start
    for match in _END.finditer(text, start, end):
        tail = text[max(begin, match.start() - 12) : match.start()]
        if _POINTS.search(tail) and not _OPENERS.match(text, match.end()):
            continue
        if (_SHORT.search(tail) and not _POINTS.search(tail)) or match.start() - begin < 2:
            continue
        yield begin, match.start() + len(match.group().rstrip())
        begin = match.end()
    if begin < end:
        yield begin, end
