import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley import articles
from parley.errors import PageError
from parley.records import Page

PIECES = st.sampled_from(
    [
        b"<html>", b"</html>", b"<p>", b"</p>", b"<div class='share'>", b"</div>", b"<table><tr>",
        b"<br><br>", b"<script type='application/ld+json'>{\"@type\":\"NewsArticle\"}</script>",
        b"<time datetime='2020-01-01'>", b"<figcaption>", b"<!--", b"-->", b"<![CDATA[", b"&amp;",
        b"&#x110000;", b"\x00", b"\xff\xfe", b"\xe2\x80", b"\xc3\xa9", b"published: 2020-02-30\n",
        b"\n-----\n", b"\n\n", b"\r\n", b"The talks on steel ended on Friday. ", b"Share this",
        b"\xf0\x9f\x98\x80", b"<a href='", b"'>", b"<meta charset='utf-7'>", b"charset=rot13",
    ]
)  # fmt: skip


def check(content: bytes, media_type: str) -> None:
    try:
        article = articles.read(Page(address="x", content=content, media_type=media_type))
    except PageError:
        return
    end = 0
    for paragraph in article.paragraphs:
        assert end <= paragraph.start < paragraph.end <= len(article.text)
        assert article.text[paragraph.start : paragraph.end].strip()
        end = paragraph.end
    between = "".join(
        article.text[a:b]
        for a, b in zip(
            [0, *(p.end for p in article.paragraphs)],
            [*(p.start for p in article.paragraphs), len(article.text)],
            strict=True,
        )
    )
    assert not any(character.isalnum() for character in between)


@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
@given(content=st.binary(max_size=300))
def test_any_bytes_give_an_article_or_a_page_error(content: bytes, media_type: str) -> None:
    check(content, media_type)


@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
@given(pieces=st.lists(PIECES, max_size=40))
def test_broken_pages_give_an_article_or_a_page_error(pieces: list[bytes], media_type: str) -> None:
    check(b"".join(pieces), media_type)


@given(text=st.text(max_size=300))
def test_any_text_keeps_its_offsets(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"), "text/plain")
