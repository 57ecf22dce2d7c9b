"""Take the paragraphs of an HTML page, all of them, with what its mark-up says of each."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from parley.articles._published import Published, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lxml.html import HtmlElement

_SKIPPED = frozenset(
    "script style noscript template svg math head object iframe select option textarea canvas"
    " audio video map datalist".split()
)
_BLOCKS = frozenset(
    "p div section article main aside header footer nav ul ol li dl dt dd table tr td th thead"
    " tbody caption figure figcaption blockquote pre h1 h2 h3 h4 h5 h6 form fieldset address"
    " details summary hr body html center dialog button label legend".split()
)
_FURNITURE = frozenset("nav aside footer form button dialog label legend fieldset".split())
_CAPTIONS = frozenset({"figcaption", "caption"})
_SPACE = re.compile(r"\s+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CAPTION_CLASS = re.compile(r"caption|photo-credit|image-credit", re.I)
_FURNITURE_CLASS = re.compile(
    r"\b(?:cookie|consent|newsletter|related|share|sharing|social|breadcrumb|promo|sponsor|"
    r"advert|comments?|subscribe|signup|most-?read|recommend|trending|paywall|footer|sidebar|"
    r"menu|navbar)",
    re.I,
)
_DATE_META = (
    "article:published_time og:published_time og:article:published_time datepublished"
    " publishdate publish-date publish_date publication_date publicationdate pubdate pub_date"
    " sailthru.date parsely-pub-date cxenseparse:recs:publishtime dc.date.issued dcterms.issued"
    " dcterms.created dc.date dcterms.date article.published citation_publication_date"
    " date article_date_original"
).split()
_SITE_META = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher")
_TOO_DEEP = (
    "elements of the page stand more than 2048 deep in one another, which is as deep as is read; "
    "save its text as a file to have all of it"
)
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|WebPage|Statement", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph of an HTML page before it is known what it is."""

    text: str
    tag: str  # the block element that holds it
    caption: bool
    furniture: bool  # its mark-up says so: navigation, form, cookie notice
    linked: float  # share of its characters that are links


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """An HTML page: its paragraphs in order, what its head says, and its main text."""

    blocks: tuple[Block, ...]
    title: str
    publisher: str
    published: Published
    language: str
    main: str = field(repr=False)  # what trafilatura takes for the article
    notes: tuple[str, ...] = ()


def parse(html: str) -> Parsed:
    """Return the parts of an HTML page.

    References
    ----------
    Barbaresi (2021), Trafilatura, ACL demonstrations, for the main text (favour precision).
    """
    from lxml import etree
    from lxml import html as lxml_html
    from trafilatura import bare_extraction

    cleaned = re.sub(r"^\s*<\?xml[^>]*\?>", "", html).replace("\x00", "")
    try:
        parser = lxml_html.HTMLParser(huge_tree=True)  # else what stands 256 elements deep is lost
        tree = lxml_html.document_fromstring(cleaned, parser=parser)
    except (etree.ParserError, ValueError):  # nothing in it but comments or white space
        return Parsed(
            blocks=(), title="", publisher="", published=Published(), language="", main=""
        )
    found = tuple(_blocks(tree))
    head = _Head.of(tree)
    title = head.title or next((block.text for block in found if block.tag == "h1"), "")
    language = (tree.get("lang") or "")[:2].lower()
    document = bare_extraction(tree, favor_precision=True, include_comments=False)
    main = getattr(document, "text", "") or ""
    if not main.strip() and head.body:  # the text stands in the page's data alone
        found += tuple(_of_data(head.body))
        main = head.body
    return Parsed(
        blocks=found,
        title=title,
        publisher=head.publisher,
        published=head.published,
        language=language,
        main=main,
        notes=(_TOO_DEEP,) if any("depth" in one.message for one in parser.error_log) else (),
    )


@dataclass(slots=True)
class _Open:
    """The block elements that are open while the tree is walked."""

    tag: str
    caption: bool
    furniture: bool
    parts: list[str]
    linked: int


def _blocks(tree: HtmlElement) -> Iterator[Block]:
    from lxml import etree

    stack = [_Open("body", caption=False, furniture=False, parts=[], linked=0)]
    in_link = 0
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end":
                _say(stack[-1], element.tail, in_link)
            continue
        if event == "start":
            if _skipped(element):
                walker.skip_subtree()
                continue
            if tag in _BLOCKS:
                yield from _flush(stack[-1])
                stack.append(_opened(tag, element, stack[-1]))
            elif tag == "br":
                stack[-1].parts.append("\n")
            in_link += tag == "a"
            _say(stack[-1], element.text, in_link)
            continue
        if tag in _BLOCKS and len(stack) > 1 and not _skipped(element):
            yield from _flush(stack.pop())
        in_link -= tag == "a" and not _skipped(element)
        _say(stack[-1], element.tail, in_link)
    yield from _flush(stack[0])


def _skipped(element: HtmlElement) -> bool:
    hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
    return element.tag in _SKIPPED or bool(hidden)


def _opened(tag: str, element: HtmlElement, parent: _Open) -> _Open:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _Open(
        tag,
        caption=parent.caption or tag in _CAPTIONS or bool(_CAPTION_CLASS.search(names)),
        furniture=parent.furniture
        or tag in _FURNITURE
        or (tag not in ("body", "main", "article") and bool(_FURNITURE_CLASS.search(names))),
        parts=[],
        linked=0,
    )


def _say(block: _Open, words: str | None, in_link: int) -> None:
    if words:
        block.parts.append(_SPACE.sub(" ", words))
        if in_link:
            block.linked += len(words.strip())


def _flush(block: _Open) -> Iterator[Block]:
    whole = "".join(block.parts)
    linked, block.linked = block.linked, 0
    block.parts.clear()
    share = min(1.0, linked / max(1, len(whole.strip())))
    for part in re.split(r"\n[ \n]*\n", whole):
        words = " ".join(part.split())
        if words:
            yield Block(
                text=words,
                tag=block.tag,
                caption=block.caption,
                furniture=block.furniture,
                linked=share,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What the head of a page, its JSON-LD and its first time tag say."""

    title: str
    publisher: str
    published: Published
    body: str  # the text that JSON-LD gives

    @classmethod
    def of(cls, tree: HtmlElement) -> _Head:
        meta = _meta(tree)
        things = list(_json_ld(tree))
        on = _first_date(str(thing.get("datePublished") or "") for thing in things)
        published = _stated(on, "json-ld")
        if published.on is None:
            published = _stated(_first_date(meta.get(name, "") for name in _DATE_META), "meta")
        if published.on is None:
            published = _time_tag(tree)
        return cls(
            title=_title(tree, meta, things),
            publisher=_publisher(meta, things),
            published=published,
            body=next((b for t in things if isinstance(b := t.get("articleBody"), str)), ""),
        )


def _of_data(body: str) -> Iterator[Block]:
    for line in body.split("\n"):
        words = " ".join(line.split())
        if words:
            yield Block(text=words, tag="json-ld", caption=False, furniture=False, linked=0.0)


def _stated(on: date | None, source: str) -> Published:
    return Published(on=on, origin="stated", source=source) if on else Published()


def _first_date(words: Iterator[str]) -> date | None:
    return next((on for word in words if word and (on := parse_date(word))), None)


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for key in ("property", "name", "itemprop"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:  # Any: a JSON value
    for element in tree.iter("script"):
        if (element.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            value = json.loads(element.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles_in(value)


def _articles_in(value: object) -> Iterator[dict[str, Any]]:  # Any: a JSON value
    waiting = [value]  # the next one stands last
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, list):
            waiting += reversed(thing)
        elif isinstance(thing, dict):
            if _ARTICLE_TYPES.search(str(thing.get("@type") or "")):
                yield thing
            waiting += reversed(_listed(thing.get("@graph")))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _time_tag(tree: HtmlElement) -> Published:
    for element in tree.iter("time"):
        on = parse_date(element.get("datetime") or element.text_content() or "")
        if on:
            return Published(on=on, origin="inferred", source="time tag")
    return Published()


def _title(tree: HtmlElement, meta: dict[str, str], things: list[dict[str, Any]]) -> str:
    for thing in things:
        if isinstance(thing.get("headline"), str) and thing["headline"].strip():
            return " ".join(thing["headline"].split())
    for words in (meta.get("og:title"), tree.findtext(".//h1"), tree.findtext(".//title")):
        if words and words.strip():
            return " ".join(words.split())
    return ""


def _publisher(meta: dict[str, str], things: list[dict[str, Any]]) -> str:
    for thing in things:
        publisher = thing.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else None
        if isinstance(name, str) and name.strip():
            return name.strip()
    return next((meta[name] for name in _SITE_META if name in meta), "")
