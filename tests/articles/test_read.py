from datetime import date

import pytest

from parley import articles
from parley.errors import InputError, PageError
from parley.records import Article, Page

PLAIN = """published: 2024-03-02
source: Harbour Gazette
-----
Canada and Chile open talks on wine

Ministers from Canada and Chile met in Ottawa on Friday.

Share this article

The two sides will meet again in May.
"""


def page(content: str | bytes, media_type: str = "text/plain", address: str = "page") -> Page:
    raw = content.encode("utf-8") if isinstance(content, str) else content
    return Page(address=address, content=raw, media_type=media_type)


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(p.kind, article.text[p.start : p.end]) for p in article.paragraphs]


def test_plain_text_is_stored_as_it_was() -> None:
    assert articles.read(page(PLAIN)).text == PLAIN


def test_plain_paragraphs_are_marked() -> None:
    assert [kind for kind, _ in kinds(articles.read(page(PLAIN)))][-4:] == [
        "title",
        "body",
        "furniture",
        "body",
    ]


def test_header_gives_date_and_publisher_and_is_no_article_text() -> None:
    article = articles.read(page(PLAIN))
    assert article.published == date(2024, 3, 2)
    assert (article.published_origin, article.published_source) == ("stated", "header")
    assert article.publisher == "Harbour Gazette"
    assert ("furniture", "published: 2024-03-02") in kinds(article)


def test_users_date_wins_and_the_difference_is_noted() -> None:
    article = articles.read(page(PLAIN), published=date(2024, 3, 5))
    assert (article.published, article.published_origin) == (date(2024, 3, 5), "user")
    assert "2024-03-02" in article.notes[0]


def test_page_without_date_has_unknown_origin() -> None:
    article = articles.read(page("Talks resume\n\nThe two sides will meet again on Monday."))
    assert article.published is None
    assert article.published_origin == "unknown"


def test_date_in_address_is_inferred() -> None:
    article = articles.read(page("Talks resume at last", address="https://x.org/2021/04/09/talks"))
    assert (article.published, article.published_origin) == (date(2021, 4, 9), "inferred")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_other_encodings_are_read(encoding: str) -> None:
    article = articles.read(page("Malmström".encode(encoding)))
    assert article.text == "Malmström"


def test_encoding_other_than_utf8_is_noted() -> None:
    assert articles.read(page("Malmström".encode("latin-1"))).notes == (
        "decoded as windows-1252, because it is not UTF-8 and declares nothing that fits",
    )


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(PageError, match="UTF-8"):
        articles.read(page(b"Talks \x81\x8d\x90 resume \xff"))


def test_page_without_words_is_refused() -> None:
    with pytest.raises(PageError, match="no words"):
        articles.read(page("<html><body><!-- x --></body></html>", "text/html"))


def test_language_of_a_foreign_page_is_told() -> None:
    german = "Die Minister haben sich auf den Zeitplan für die Gespräche mit der Schweiz geeinigt."
    article = articles.read(page(german))
    assert article.language == "de"
    assert article.notes == ("the page is in language 'de'; Parley reads English only",)
    assert articles.read(page("中国和美国在伦敦举行经贸磋商机制首次会议。")).language == "zh"


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        ("Published 9 April 2021, 10:32 BST", "stated"),
        ("Posted by admin on Apr 9, 2021", "stated"),
        ("9 April 2021", "inferred"),
        ("April 9, 2021 / 6:30 PM EDT / Coastal Radio", "inferred"),
        ("Last updated: Friday 9 April 2021", "inferred"),
        ("LIMA, April 9, 2021 (Wire) - Chile and Peru met.", "inferred"),
    ],
)
def test_line_near_the_top_gives_the_date(line: str, origin: str) -> None:
    article = articles.read(page(f"Talks resume\n\n{line}\n\nThe two sides met on 3 May 2020."))
    assert (article.published, article.published_origin) == (date(2021, 4, 9), origin)


@pytest.mark.parametrize("line", ["Published 09/04/2021", "The deal of 9 April 2021 is over."])
def test_ambiguous_or_told_date_is_no_publication_date(line: str) -> None:
    assert articles.read(page(f"Talks resume\n\n{line}")).published is None


def test_line_with_a_date_is_not_the_title() -> None:
    article = articles.read(page("9 April 2021\n\nTalks on salmon resume\n\nThe two sides met."))
    assert article.title == "Talks on salmon resume"


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_day_on_which_no_page_appeared_is_refused(day: date) -> None:
    with pytest.raises(InputError, match="a page is dated from"):
        articles.read(page(PLAIN), published=day)
