"""Cut plain text into paragraphs, and read the lines that a scrape puts above it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_RULE = re.compile(r"-{3,}|={3,}")
_HEADER = re.compile(r"([A-Za-z][A-Za-z _-]{1,30}):[ \t]*(.*)")
_HEADER_LINES = 20
_BLANK = re.compile(r"\n[ \t\u00a0\u200b]*(?=\n)")
_WRAP_LEAST, _WRAP_MOST = 45, 100  # characters of a line that an editor wrapped


def front_matter(text: str) -> tuple[dict[str, str], int]:
    r"""Return the ``key: value`` lines above a rule (``---``) and where the page begins below it.

    Examples
    --------
    >>> front_matter("published: 2025-06-06\n-----\nTalks resume")
    ({'published': '2025-06-06'}, 28)
    """
    values: dict[str, str] = {}
    at = 0
    for number, line in enumerate(text.split("\n", _HEADER_LINES + 1)[: _HEADER_LINES + 1]):
        at += len(line) + 1
        if _RULE.fullmatch(line.strip()):
            if values:
                return values, min(at, len(text))
            if number:
                break
            continue
        header = _HEADER.fullmatch(line.strip())
        if header is None:
            break
        values[header[1].strip().lower()] = header[2].strip().strip("\"'")
    return {}, 0


def blocks(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each paragraph of `text` from `start` on, without outer white space.

    Blank lines part paragraphs. Inside a block every line is a paragraph of its own, unless the
    lines were wrapped by an editor: then the block is one paragraph.
    """
    at = start
    for gap in _BLANK.finditer(text, start):
        yield from _block(text, at, gap.start())
        at = gap.end()
    yield from _block(text, at, len(text))


def _block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = _trim(text, start, end)
    if start >= end:
        return
    lines = text[start:end].split("\n")
    if _wrapped(lines):
        yield start, end
        return
    at = start
    for line in lines:
        first, last = _trim(text, at, at + len(line))
        if first < last:
            yield first, last
        at += len(line) + 1


def _wrapped(lines: list[str]) -> bool:
    if len(lines) < 3:
        return False
    full = [line.rstrip() for line in lines[:-1]]
    if not all(_WRAP_LEAST <= len(line) <= _WRAP_MOST for line in full):
        return False
    ended = sum(line.endswith((".", "!", "?", ":", '."', ".”")) for line in full)
    return ended <= len(full) // 2


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] == "\u200b"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "\u200b"):
        end -= 1
    return start, end
