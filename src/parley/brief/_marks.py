"""The article's text cut at every span, so that each fact points at its words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parley.brief._brief import Reported
    from parley.records import Article, ParagraphKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text under the same drafts; `first_of` are those that begin here."""

    text: str
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
    borders = {start, end}
    for first, last, _ in inside:
        borders.update((max(first, start), min(last, end)))
    cuts = sorted(borders)
    pieces = []
    for left, right in pairwise(cuts):
        covering = (name for first, last, name in inside if first <= left and right <= last)
        drafts = tuple(dict.fromkeys(covering))
        fresh = tuple(name for name in drafts if name not in seen)
        seen.update(fresh)
        pieces.append(Piece(text=text[left:right], drafts=drafts, first_of=fresh))
    return tuple(pieces)
