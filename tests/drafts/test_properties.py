"""Laws that hold on any text: no crash, evidence from the text, the same every time."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley import articles, drafts
from parley.errors import PageError
from parley.records import Article, Page, Paragraph

WORDS = st.sampled_from(
    "China the U.S. U.S. tariffs tariff on of 25% imposed will “ ” ' \" said Trump that and , . "
    "talks with in London Monday ( ) agreed to accused ban exports $582 billion EU's steel: "
    "Commerce Ministry he it both sides if — ‘ ’ No. per cent".split(" ")
)
NEWSY = st.lists(WORDS, max_size=60).map(" ".join)
ANY = st.text(max_size=300)


def article(text: str) -> Article:
    paragraphs = tuple(
        Paragraph(start=start, end=start + len(part), kind="body")
        for start, part in _parts(text)
        if part.strip()
    )
    return Article(page_sha256="", text=text, published=date(2025, 6, 6), paragraphs=paragraphs)


def _parts(text: str) -> list[tuple[int, str]]:
    parts, at = [], 0
    for part in text.split("\n\n"):
        parts.append((at, part))
        at += len(part) + 2
    return parts


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.one_of(ANY, NEWSY, st.lists(NEWSY, max_size=3).map("\n\n".join)))
def test_evidence_is_always_a_piece_of_the_text(text: str) -> None:
    lead = "China and the U.S. will hold trade talks on tariffs.\n\n"
    page = article(lead + text)
    for draft in drafts.read(page):
        (span,) = draft.evidence
        assert page.text[span.start : span.end] == span.exact
        assert 0 < len(span.exact) <= 200


@settings(max_examples=60, deadline=None)
@given(content=st.binary(min_size=1, max_size=400))
def test_any_bytes_that_make_an_article_can_be_read(content: bytes) -> None:
    page = Page(address="x.txt", content=content, media_type="text/plain")
    try:
        found = articles.read(page)
    except PageError:
        return
    assert isinstance(drafts.annotation(found, drafts.read(found)), dict)


@settings(max_examples=30, deadline=None)
@given(text=NEWSY)
def test_reading_twice_gives_the_same_drafts(text: str) -> None:
    page = article("The EU imposed tariffs of 10% on steel from India. " + text)
    assert drafts.read(page) == drafts.read(page)
