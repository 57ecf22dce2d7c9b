"""A small page with drafts of every type, written for these tests."""

from __future__ import annotations

from datetime import date

import pytest

from parley import brief
from parley.brief import Brief, Options
from parley.ledger import Ledger
from parley.records import (
    Accusation,
    Article,
    Assessment,
    Commitment,
    DatedState,
    Delegate,
    Draft,
    Figure,
    Measure,
    Paragraph,
    Rate,
    Record,
    Round,
    Scope,
    Statement,
    When,
)

PARAGRAPHS = (
    ("title", "China and the United States meet again"),
    ("body", "Vice Premier He Lifeng will meet Scott Bessent in London on Monday."),
    ("body", "Trade in goods came to $582 billion last year. “We expect a good meeting”, he said."),
    ("body", "China accuses the United States of going back on its word on chips."),
    ("body", "Washington says that China has not approved the rare earth exports it promised."),
    ("body", "The President threatened a further duty of 50 % on all Chinese goods."),
    ("furniture", "Subscribe to our newsletter <script>alert(1)</script>"),
)


@pytest.fixture(scope="session")
def article() -> Article:
    """The page, published on Friday 6 June 2025."""
    text, paragraphs, at = "", [], 0
    for kind, words in PARAGRAPHS:
        paragraphs.append(Paragraph(start=at, end=at + len(words), kind=kind))  # type: ignore[arg-type]
        text += words + "\n\n"
        at = len(text)
    return Article(
        page_sha256="0" * 64,
        text=text,
        title=PARAGRAPHS[0][1],
        publisher="Harbour Dispatch",
        published=date(2025, 6, 6),
        published_origin="user",
        published_source="--published",
        language="en",
        address="page.html",
        paragraphs=tuple(paragraphs),
    )


def draft(article: Article, name: str, words: str, record: Record, **more: object) -> Draft:
    """A draft whose evidence is the first place of `words` in the article."""
    start = article.text.index(words)
    return Draft(
        draft_id=name,
        record=record,
        evidence=(article.span(start, start + len(words)),),
        rules=("by hand",),
        confidence=0.8,
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def drafts(article: Article) -> tuple[Draft, ...]:
    """One draft of each type, as a reader would propose them."""
    meeting = Round(
        parties=("CHN", "USA"),
        place="London",
        when=When.day(date(2025, 6, 9), phrase="on Monday"),
        format="in-person",
        state="scheduled",
        delegates=(
            Delegate(person="He Lifeng", office="Vice Premier", party="CHN"),
            Delegate(person="Scott Bessent", office="Treasury Secretary", party="USA"),
        ),
    )
    threat = Measure(
        imposer="USA",
        targets=("CHN",),
        kind="import_tariff",
        scope=Scope(words="all Chinese goods"),
        rate=Rate(kind="ad_valorem", ad_valorem=0.5, basis="additional", words="50 %"),
        states=(DatedState(state="threatened"),),
    )
    return (
        draft(article, "d-round", "Vice Premier He Lifeng will meet Scott Bessent", meeting),
        draft(
            article,
            "d-figure",
            "Trade in goods came to $582 billion last year",
            Figure(
                what="trade in goods",
                value=582.0,
                unit="USD bn",
                period=When(start=date(2024, 1, 1), end=date(2025, 1, 1), phrase="last year"),
            ),
        ),
        draft(
            article,
            "d-quote",
            "We expect a good meeting",
            Statement(speaker="Scott Bessent", quote="We expect a good meeting"),
        ),
        draft(
            article,
            "d-reproach",
            "China accuses the United States of going back on its word on chips.",
            Accusation(by="CHN", against=("USA",), what="going back on its word on chips"),
        ),
        draft(
            article,
            "d-promise",
            "China has not approved the rare earth exports it promised",
            Commitment(made_by=("CHN",), made_to=("USA",), action="approve rare earth exports"),
        ),
        draft(
            article,
            "d-account",
            "Washington says that China has not approved the rare earth exports it promised.",
            Assessment(commitment="d-promise", speaker="USA", verdict="stalled"),
            said_by="USA",
        ),
        draft(
            article,
            "d-threat",
            "threatened a further duty of 50 % on all Chinese goods",
            threat,
            factuality="threatened",
        ),
    )


@pytest.fixture(scope="session")
def made(article: Article, drafts: tuple[Draft, ...]) -> Brief:
    """The brief of the page on the shipped record, with few draws."""
    return brief.make_brief(article, drafts, Ledger.open(), options=Options(draws=20))


@pytest.fixture(scope="session")
def shown(made: Brief, article: Article) -> str:
    """The same brief as HTML."""
    return brief.to_html(made, article)
