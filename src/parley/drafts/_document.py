"""The article as the reader sees it: sentences of items, and the quotations over them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parley.drafts._actors import dominant_pair, folded, home_of, resolved
from parley.drafts._dates import find
from parley.drafts._items import Item, Person, base_items, people_of
from parley.drafts._quotes import Quote, is_excerpt, quotes
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
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text of the article."""
        return self.article.text

    def channel(self, spans: Sequence[tuple[int, int]]) -> str:
        """Return the channel of a statement that is named inside `spans`, or an empty string."""
        for mention in self.mentions:
            if mention.kind in ("channel", "agency") and any(
                start <= mention.start and mention.end <= end for start, end in spans
            ):
                return mention.name
        return ""

    def of_paragraph(self, index: int) -> list[Sentence]:
        """Return the sentences of one paragraph."""
        return [sentence for sentence in self.sentences if sentence.paragraph == index]


def dates_in(
    document: Document, sentence: Sentence, *, future: bool
) -> list[tuple[int, int, When]]:
    """Return the dates of a sentence with their offsets in the article, in order."""
    words = document.text[sentence.start : sentence.end]
    tense: Tense = "future" if future else "past"
    found = find(words, anchor=document.article.published, tense=tense)
    return [(sentence.start + one.start, sentence.start + one.end, one.when) for one in found]


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
    spoken = _spoken(text, found, paragraphs)
    inside = [_inside(items, spoken) for items in sentences]
    sentences = resolved(sentences, inside, own_voice=own_voice(article))
    built = tuple(
        Sentence(
            start,
            end,
            index,
            paragraphs[index].kind,
            tuple(items),
            tuple(_inside(items, spoken)),
        )
        for (start, end, index), items in zip(spans, sentences, strict=True)
    )
    pair = dominant_pair([sentence.items for sentence in built])
    home = home_of([sentence.items for sentence in built])
    return Document(article, paragraphs, built, found, mentions, pair, home, people)


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


def _spoken(text: str, found: Sequence[Quote], paragraphs: Sequence[Paragraph]) -> list[Quote]:
    """Return the quotations of speech: excerpts of reports are read as the page's own words."""
    excerpts = [
        q
        for q in found
        if is_excerpt(text, q, (paragraphs[q.paragraph].start, paragraphs[q.paragraph].end))
    ]
    return [
        q
        for q in found
        if q not in excerpts
        and (not q.inside or any(e.start <= q.start and q.end <= e.end for e in excerpts))
    ]


def _inside(items: Sequence[Item], found: Sequence[Quote]) -> list[bool]:
    spans = [(q.start, q.end) for q in found if q.end - q.start > 25]
    return [any(start <= item.start < end for start, end in spans) for item in items]
