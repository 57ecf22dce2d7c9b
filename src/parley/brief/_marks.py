"""The article's text cut at every span and sentence, so that each fact points at its words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from parley.drafts import split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parley.brief._brief import Reported
    from parley.records import Article, ParagraphKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text under the same drafts; `first_of` are those that begin here.

    `near` is True for the rest of a sentence whose other words are evidence.
    """

    text: str
    near: bool
    drafts: tuple[str, ...]
    first_of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedParagraph:
    """A paragraph of the article in pieces."""

    kind: ParagraphKind
    pieces: tuple[Piece, ...]


def mark(article: Article, reported: Iterable[Reported]) -> tuple[MarkedParagraph, ...]:
    """Return the article's paragraphs, cut into pieces that carry the ids of their drafts."""
    spans = [
        (span.start, span.end, one.draft_id)
        for one in reported
        for span in one.quotes
        if span.text_sha256 == article.text_sha256
    ]
    seen: set[str] = set()
    return tuple(
        MarkedParagraph(
            kind=paragraph.kind,
            pieces=_pieces(article.text, paragraph.start, paragraph.end, spans, seen),
        )
        for paragraph in article.paragraphs
    )


def _pieces(
    text: str, start: int, end: int, spans: list[tuple[int, int, str]], seen: set[str]
) -> tuple[Piece, ...]:
    inside = [span for span in spans if span[0] < end and span[1] > start]
    if not inside:
        return (Piece(text=text[start:end], near=False, drafts=(), first_of=()),)
    near = [
        (one.start, one.end)
        for one in split(text, start, end)
        if any(first < one.end and last > one.start for first, last, _ in inside)
    ]
    borders = {start, end, *(place for pair in near for place in pair)}
    for first, last, _ in inside:
        borders.update((max(first, start), min(last, end)))
    pieces = []
    for left, right in pairwise(sorted(borders)):
        covering = (name for first, last, name in inside if first <= left and right <= last)
        drafts = tuple(dict.fromkeys(covering))
        fresh = tuple(name for name in drafts if name not in seen)
        seen.update(fresh)
        pieces.append(
            Piece(
                text=text[left:right],
                near=any(first <= left and right <= last for first, last in near),
                drafts=drafts,
                first_of=fresh,
            )
        )
    return tuple(pieces)
