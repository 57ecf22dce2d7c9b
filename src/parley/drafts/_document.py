"""The article as the reader sees it: sentences of items, and the quotations over them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parley.drafts._actors import folded
from parley.drafts._clauses import Verb, verbs_of
from parley.drafts._dates import Dated, find
from parley.drafts._items import Item, Person, base_items, people_of
from parley.drafts._quotes import Quote, is_excerpt, quotes
from parley.drafts._references import dominant_pair, home_of, resolved
from parley.drafts._sentences import dateline, split
from parley.drafts._tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._intervals import Tense
    from parley.records import Article, Paragraph, When
    from parley.vocabulary import Mention, Vocabulary


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph, as items."""

    start: int
    end: int
    paragraph: int  # index in `Document.paragraphs`
    kind: str  # kind of its paragraph: "title", "body" or "caption"
    items: tuple[Item, ...]
    quoted: tuple[bool, ...]  # for each item, whether it stands inside a quotation
    verbs: tuple[Verb, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What the stages hand on."""

    article: Article
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    mentions: tuple[Mention, ...]
    pair: tuple[str, ...]  # the two parties that the page is about, or none
    home: tuple[str, ...]  # the party whose government the page means, or none
    bloc: tuple[str, ...]  # members of the European Union, where the page names the Union
    people: dict[str, Person] = field(default_factory=dict)
    agreements: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of few members, by name

    @property
    def text(self) -> str:
        """The text of the article."""
        return self.article.text

    def channel(self, spans: Sequence[tuple[int, int]]) -> str:
        """Return the channel of a statement that is named inside `spans`, or an empty string."""
        for start, end in spans:
            at = bisect_left(self.mentions, start, key=lambda mention: mention.start)
            while at < len(self.mentions) and self.mentions[at].end <= end:
                if self.mentions[at].kind in ("channel", "agency"):
                    return self.mentions[at].name
                at += 1
        return ""

    def products(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the spans of the products of the vocabulary that are named in a stretch."""
        at = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        found = []
        while at < len(self.mentions) and self.mentions[at].start < end:
            if self.mentions[at].kind == "product":
                found.append((self.mentions[at].start, self.mentions[at].end))
            at += 1
        return found

    def of_paragraph(self, index: int) -> list[Sentence]:
        """Return the sentences of one paragraph."""
        first = bisect_left(self.sentences, index, key=lambda sentence: sentence.paragraph)
        last = bisect_left(self.sentences, index + 1, key=lambda sentence: sentence.paragraph)
        return list(self.sentences[first:last])

    def between(self, start: int, end: int) -> list[Sentence]:
        """Return the sentences that share characters with ``[start, end)``."""
        first = bisect_left(self.sentences, start, key=lambda sentence: sentence.end - 1)
        last = bisect_left(self.sentences, end, key=lambda sentence: sentence.start)
        return list(self.sentences[first:last])


def dates_in(document: Document, sentence: Sentence, *, future: bool) -> list[Dated]:
    """Return the dates of a sentence, at their offsets in the article, in order."""
    words = document.text[sentence.start : sentence.end]
    tense: Tense = "future" if future else "past"
    previous = _date_before(document, sentence) if _COUNTED.search(words) else None
    found = find(words, anchor=document.article.published, tense=tense, previous=previous)
    return [
        replace(one, start=sentence.start + one.start, end=sentence.start + one.end)
        for one in found
    ]


_COUNTED = re.compile(r"\b(?:later|earlier|following|preceding|previous|before|after)\b")


def _date_before(document: Document, sentence: Sentence) -> When | None:
    """Return the last date of the sentence before in the paragraph: "A week later they met"."""
    at = bisect_left(document.sentences, sentence.start, key=lambda one: one.start) - 1
    if at < 0 or document.sentences[at].paragraph != sentence.paragraph:
        return None
    before = document.sentences[at]
    words = document.text[before.start : before.end]
    found = find(words, anchor=document.article.published, tense="past")
    return found[-1].when if found else None


def document(article: Article, vocabulary: Vocabulary) -> Document:
    """Return the article's sentences with names folded, pronouns resolved and quotes marked."""
    text = article.text
    paragraphs = tuple(p for p in article.paragraphs if p.kind != "furniture")
    found = quotes(text, [(p.start, p.end) for p in paragraphs])
    spans = [
        (start, end, index)
        for index, paragraph in enumerate(paragraphs)
        for start, end in _sentences_of(text, paragraph)
    ]
    mentions = vocabulary.find(text, on=article.published)
    agreements = frozenset(row.code for row in vocabulary.parties if row.kind == "agreement")
    small = _small_agreements(vocabulary, agreements)
    starts = [mention.start for mention in mentions]
    bases = [
        base_items(
            tokens(text, start, end),
            mentions[bisect_left(starts, start) : bisect_left(starts, end)],
            agreements,
        )
        for start, end, _ in spans
    ]
    people = people_of(bases)
    sentences = [folded(items, people) for items in bases]
    spoken = [_joined(quoted) for quoted in _spoken(text, found, paragraphs)]
    inside = [
        _inside(items, spoken[index]) for items, (_, _, index) in zip(sentences, spans, strict=True)
    ]
    sentences = resolved(sentences, inside, own_voice=own_voice(article))
    built = tuple(
        Sentence(
            start,
            end,
            index,
            paragraphs[index].kind,
            tuple(items),
            tuple(_inside(items, spoken[index])),
            tuple(verbs_of(items)),
        )
        for (start, end, index), items in zip(spans, sentences, strict=True)
    )
    pair = dominant_pair([sentence.items for sentence in built])
    home = home_of([sentence.items for sentence in built])
    named = any("EUU" in item.codes for sentence in built for item in sentence.items)
    bloc = vocabulary.members("EUU", on=article.published) if named else ()
    return Document(article, paragraphs, built, found, mentions, pair, home, bloc, people, small)


def _small_agreements(
    vocabulary: Vocabulary, agreements: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    """Return the members that an agreement of a few parties ever had, by its name."""
    found: dict[str, set[str]] = {}
    for one in vocabulary.memberships:
        if one.group in agreements:
            found.setdefault(one.group.lower(), set()).add(one.member)
    return {name: tuple(sorted(codes)) for name, codes in found.items() if len(codes) <= _FEW}


_FEW = 4  # members of an agreement whose name stands for all of them at a table


_OWN_VOICE = re.compile(
    r"\W*(?:statement|remarks|fact sheet|readout|memorandum|proclamation|message|letter|"
    r"executive order|"
    r"notice|presidential)\b",
    re.IGNORECASE,
)


def own_voice(article: Article) -> bool:
    """Whether the page is one government's own text: a statement, a fact sheet, an order."""
    return _OWN_VOICE.match(article.title) is not None


def _sentences_of(text: str, paragraph: Paragraph) -> list[tuple[int, int]]:
    """Return the sentences of a paragraph; the dateline of a wire report belongs to none."""
    opening = dateline(text, paragraph.start, paragraph.end)
    start = paragraph.start if opening is None else opening.end
    return [(one.start, one.end) for one in split(text, start, paragraph.end)]


def _spoken(
    text: str, found: Sequence[Quote], paragraphs: Sequence[Paragraph]
) -> list[list[Quote]]:
    """Return the quotations of speech by paragraph; excerpts of reports are the page's words."""
    out: list[list[Quote]] = [[] for _ in paragraphs]
    for quote in found:
        out[quote.paragraph].append(quote)
    for index, quoted in enumerate(out):
        span = (paragraphs[index].start, paragraphs[index].end)
        excerpts = [q for q in quoted if is_excerpt(text, q, span)]
        out[index] = [
            q
            for q in quoted
            if q not in excerpts
            and (not q.inside or any(e.start <= q.start and q.end <= e.end for e in excerpts))
        ]
    return out


def _joined(quoted: Sequence[Quote]) -> list[tuple[int, int]]:
    """Return the stretches that quotations of a paragraph cover, in order, without overlaps."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted((q.start, q.end) for q in quoted if q.end - q.start > _SHORTEST):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _inside(items: Sequence[Item], spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Tell for each item whether it stands in one of the quoted stretches of its paragraph."""
    if not spans:
        return [False] * len(items)
    last = [bisect_right(spans, item.start, key=lambda span: span[0]) - 1 for item in items]
    return [at >= 0 and item.start < spans[at][1] for item, at in zip(items, last, strict=True)]


_SHORTEST = 25  # characters of a quotation that can hold a clause of its own
