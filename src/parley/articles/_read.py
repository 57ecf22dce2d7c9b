"""Read a page into an article: one text, its paragraphs marked, nothing left out."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.articles import _cues, _html, _marker, _plain, _published
from parley.articles._decode import decode
from parley.articles._language import language_of
from parley.articles._published import Published
from parley.errors import PageError
from parley.records import Article, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from parley.records import Page, ParagraphKind

_log = logging.getLogger(__name__)

_READ = "en"
_WORD = re.compile(r"\w+")
_RUN = 5  # words of the runs by which a paragraph is found in the main text
_SHARE = 0.6  # of its runs
_LINKED = 0.5  # share of a block's characters from which it is a list of links
_RESCUED = 0.6  # probability from which a paragraph between body paragraphs is body
_PROSE_WORDS = 8
_TITLE_ABOVE = 4  # paragraphs
_LAST = 3  # body paragraphs among which the note on the author stands
_HEAD, _FOOT = 12, 6  # paragraphs that may carry the date


def read(page: Page, *, published: date | None = None) -> Article:
    """Return the article of a page: its text with every paragraph marked.

    Parameters
    ----------
    page
        HTML or plain text.
    published
        The publication date where the user knows it; it wins over what the page says.

    Returns
    -------
    Article
        The text holds all paragraphs of the page, parted by blank lines (for plain text: the text
        as it was). Offsets count characters of that text.

    Raises
    ------
    PageError
        When the bytes cannot be decoded, or the page holds no words.
    InputError
        When no page can have been published on the day that was given.
    """
    if published is not None:
        _published.require_plausible(published)
    text, notes = decode(page.content, address=page.address)
    road = _from_html if page.media_type == "text/html" else _from_plain
    article = _finished(page, road(page, text), notes, published)
    _log.info(
        "%d characters, %d paragraphs, published %s (%s)",
        len(article.text),
        len(article.paragraphs),
        article.published,
        article.published_origin,
    )
    return article


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What one of the two roads finds in a page."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    title: str
    publisher: str
    published: Published
    language: str = ""
    notes: tuple[str, ...] = ()


def _finished(page: Page, found: _Found, notes: tuple[str, ...], published: date | None) -> Article:
    if not _WORD.search(found.text):
        raise PageError(f"{page.address}: there are no words on this page")
    prose = " ".join(
        found.text[p.start : p.end] for p in found.paragraphs if p.kind in ("body", "title")
    )
    notes += found.notes
    language = language_of(prose) or found.language
    if language not in ("", _READ):
        notes += (f"the page is in language {language!r}; Parley reads English only",)
    when = found.published
    if when.on is None:
        when = _published.in_address(page.address)
    if published is not None:
        if when.on not in (None, published):
            notes += (f"the page gives {when.on} ({when.source}); {published} was given instead",)
        when = Published(on=published, origin="user", source="--published")
    return Article(
        page_sha256=page.sha256,
        text=found.text,
        title=found.title,
        publisher=found.publisher,
        published=when.on,
        published_origin=when.origin,
        published_source=when.source,
        language=language,
        address=page.address,
        paragraphs=found.paragraphs,
        notes=notes,
    )


# --------------------------------------------------------------------------- plain text


def _from_plain(page: Page, text: str) -> _Found:
    header, begin = _plain.front_matter(text)
    spans = list(_plain.blocks(text, begin))
    words = [text[start:end] for start, end in spans]
    kinds = _marker.mark(words)
    above = [
        Paragraph(start=start, end=end, kind="furniture")
        for start, end in _plain.blocks(text[:begin])
    ]
    paragraphs = above + [
        Paragraph(start=start, end=end, kind=kind)
        for (start, end), kind in zip(spans, kinds, strict=True)
    ]
    title = next((w for w, kind in zip(words, kinds, strict=True) if kind == "title"), "")
    return _Found(
        text=text,
        paragraphs=tuple(paragraphs),
        title=" ".join((header.get("title") or title).split()),
        publisher=header.get("publisher") or header.get("source") or "",
        published=_in_header(header) or _in_text(words),
    )


def _in_header(header: dict[str, str]) -> Published | None:
    for key in ("published", "date", "publication date", "published_at", "pubdate"):
        on = _published.parse_date(header.get(key, ""))
        if on:
            return Published(on=on, origin="stated", source="header")
    address = header.get("url") or header.get("address") or ""
    found = _published.in_address(address)
    return found if found.on else None


def _in_text(words: Sequence[str]) -> Published:
    return _published.in_lines([*words[:_HEAD], *words[_HEAD:][-_FOOT:]])


# --------------------------------------------------------------------------- HTML


def _from_html(page: Page, html: str) -> _Found:
    parsed = _html.parse(html)
    text, paragraphs = _joined(parsed)
    published = parsed.published
    if published.on is None:
        published = _in_text([block.text for block in parsed.blocks])
    return _Found(
        text=text,
        paragraphs=tuple(paragraphs),
        title=parsed.title,
        publisher=parsed.publisher,
        published=published,
        language=parsed.language,
        notes=parsed.notes,
    )


def _joined(parsed: _html.Parsed) -> tuple[str, list[Paragraph]]:
    kinds = _kinds(parsed)
    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    at = 0
    for block, kind in zip(parsed.blocks, kinds, strict=True):
        if parts:
            parts.append("\n\n")
            at += 2
        parts.append(block.text)
        paragraphs.append(Paragraph(start=at, end=at + len(block.text), kind=kind))
        at += len(block.text)
    return "".join(parts), paragraphs


def _kinds(parsed: _html.Parsed) -> list[ParagraphKind]:
    texts = [block.text for block in parsed.blocks]
    if not parsed.main.strip():  # no article found by its mark-up: as if it were plain text
        return _marker.mark(texts)
    kinds = _by_markup(parsed)
    body = [index for index, kind in enumerate(kinds) if kind == "body"]
    if not body:
        return kinds
    between = range(body[0], body[-1] + 1)
    left_out = [i for i in between if kinds[i] == "furniture" and _is_prose(parsed.blocks[i])]
    if left_out:  # favouring precision, trafilatura leaves paragraphs out
        chances = _marker.body_probability(texts)
        for index in left_out:
            if chances[index] > _RESCUED:
                kinds[index] = "body"
    for index in body[-_LAST:]:
        if _cues.is_author_note(texts[index]):
            kinds[index] = "furniture"
    if "title" not in kinds:
        _title_above(parsed, kinds, body[0])
    return kinds


def _title_above(parsed: _html.Parsed, kinds: list[ParagraphKind], first: int) -> None:
    """Mark the line close above the first body paragraph that reads like a title."""
    for index in range(max(0, first - _TITLE_ABOVE), first):
        block = parsed.blocks[index]
        clean = not (block.furniture or block.caption or _cues.is_furniture(block.text))
        if clean and block.linked < _LINKED and _marker.reads_like_title(block.text):
            kinds[index] = "title"
            return


def _is_prose(block: _html.Block) -> bool:
    return (
        not block.furniture
        and block.linked < _LINKED / 2
        and block.text.endswith((".", "”", '."', "?"))
        and len(block.text.split()) >= _PROSE_WORDS
        and not _cues.is_furniture(block.text)
    )


def _by_markup(parsed: _html.Parsed) -> list[ParagraphKind]:
    main = _runs(parsed.main)
    title = _folded(parsed.title)
    kinds: list[ParagraphKind] = []
    seen: set[str] = set()
    for block in parsed.blocks:
        folded = _folded(block.text)
        heads = block.tag in ("h1", "h2") and bool(folded) and _same(folded, title)
        if heads and "title" not in kinds:
            kinds.append("title")
        elif folded in seen and len(folded) > 20:
            kinds.append("furniture")
        elif block.caption:
            kinds.append("caption")
        else:
            kinds.append("body" if _in_main(block, folded, main) else "furniture")
        seen.add(folded)
    return kinds


def _in_main(block: _html.Block, folded: str, main: frozenset[str]) -> bool:
    if block.furniture or block.linked > _LINKED or _cues.is_furniture(block.text):
        return False
    runs = _runs(folded)
    return bool(runs) and sum(run in main for run in runs) >= _SHARE * len(runs)


def _same(heading: str, title: str) -> bool:
    return heading == title or heading in title or (bool(title) and title in heading)


def _folded(words: str) -> str:
    return " ".join(_WORD.findall(words.lower()))


def _runs(text: str) -> frozenset[str]:
    """Return the runs of words by which a paragraph is recognised; short lines are one run."""
    runs: set[str] = set()
    for line in text.lower().split("\n"):
        words = _WORD.findall(line)
        if words:
            runs.add(" ".join(words))
        runs.update(" ".join(words[index : index + _RUN]) for index in range(len(words) - _RUN + 1))
    return frozenset(runs)
