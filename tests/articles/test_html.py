from datetime import date
from pathlib import Path

import pytest

from parley import articles
from parley.records import Article, Page

HERE = Path(__file__).parent / "html"


def read(name: str) -> Article:
    content = (HERE / f"{name}.html").read_bytes()
    return articles.read(Page(address=f"{name}.html", content=content, media_type="text/html"))


def html(body: str, head: str = "") -> Article:
    content = f"<html><head>{head}</head><body>{body}</body></html>".encode()
    return articles.read(Page(address="page.html", content=content, media_type="text/html"))


def of_kind(article: Article, kind: str) -> list[str]:
    return [article.text[p.start : p.end] for p in article.paragraphs if p.kind == kind]


def test_news_page_is_told_from_what_stands_around_it() -> None:
    article = read("news")
    assert of_kind(article, "title") == ["Norway and Ghana settle cocoa quarrel"]
    assert [text.split()[0] for text in of_kind(article, "body")] == [
        "The", "OSLO", "The", "“We", "Under", "The",
    ]  # fmt: skip
    assert len(of_kind(article, "caption")) == 2


def test_nothing_of_the_page_is_left_out() -> None:
    text = read("news").text
    for words in ("212 partners", "Gazette Mornings", "Most read", "14)", "All rights reserved"):
        assert words in text


def test_json_ld_gives_date_title_and_publisher() -> None:
    article = read("news")
    assert (article.published, article.published_origin) == (date(2021, 4, 9), "stated")
    assert (article.published_source, article.publisher) == ("json-ld", "Northern Gazette")


def test_live_blog_keeps_its_entries_and_begins_with_the_first_date() -> None:
    article = read("live")
    assert article.published == date(2019, 11, 3)
    assert len(of_kind(article, "body")) == 7


def test_old_page_of_line_breaks_has_paragraphs() -> None:
    article = read("old")
    assert [text.split()[-1] for text in of_kind(article, "body")] == [
        "Peña.",
        "months.",
        "May.",
    ]
    assert of_kind(article, "title")[0].startswith("STATEMENT BY THE MINISTER")
    assert article.published == date(2003, 3, 14)
    assert article.published_origin == "inferred"


def test_page_without_head_is_read() -> None:
    assert len(of_kind(read("bare"), "body")) == 2


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ('<meta property="article:published_time" content="2020-02-03T10:00:00Z">', "meta"),
        ('<meta name="DC.date.issued" content="2020-02-03">', "meta"),
        ('<script type="application/ld+json">[{"@type":["NewsArticle"],'
         '"datePublished":"2020-02-03"}]</script>', "json-ld"),
    ],
)  # fmt: skip
def test_head_states_the_date(head: str, source: str) -> None:
    article = html("<p>Chile and Peru have agreed on a common inspection of grapes.</p>", head)
    assert (article.published, article.published_source) == (date(2020, 2, 3), source)
    assert article.published_origin == "stated"


def test_broken_json_ld_is_passed_over() -> None:
    head = '<script type="application/ld+json">{"datePublished": "2020-02-03",,}</script>'
    article = html("<p>Chile and Peru have agreed on a common inspection of grapes.</p>", head)
    assert article.published is None


def test_deeply_nested_json_ld_is_passed_over() -> None:
    head = f'<script type="application/ld+json">{"[" * 200_000}</script>'
    article = html("<p>Chile and Peru have agreed on a common inspection of grapes.</p>", head)
    assert article.published is None


def test_time_tag_is_a_guess() -> None:
    article = html('<p>Chile and Peru agreed on grapes.</p><time datetime="2020-02-03">x</time>')
    assert (article.published_origin, article.published_source) == ("inferred", "time tag")


def test_published_line_is_stated() -> None:
    article = html("<p>Published: 3 February 2020</p><p>Chile and Peru agreed on grapes.</p>")
    assert (article.published, article.published_origin) == (date(2020, 2, 3), "stated")


def test_hidden_text_and_scripts_are_no_text() -> None:
    article = html(
        '<p>Chile and Peru agreed.</p><p style="display:none">secret</p><script>alert(1)</script>'
    )
    assert "secret" not in article.text
    assert "alert" not in article.text


def test_paragraph_in_markup_stays_whole() -> None:
    article = html("<p>Chile and <b>Peru</b> have <a href='#'>agreed</a> on grapes.</p>")
    assert article.text == "Chile and Peru have agreed on grapes."


def test_text_that_stands_in_json_ld_alone_is_read() -> None:
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Grapes",'
        '"articleBody":"Chile and Peru agreed on grapes on Friday.\\nThe rule begins in May."}'
        "</script>"
    )
    article = html('<div id="app"></div>', head)
    assert of_kind(article, "body") == [
        "Chile and Peru agreed on grapes on Friday.",
        "The rule begins in May.",
    ]


def test_hidden_attribute_hides() -> None:
    assert "secret" not in html("<p>Chile and Peru agreed.</p><p hidden>secret</p>").text


def test_text_that_stands_deep_in_open_tags_is_read() -> None:
    article = html("<h1>Chile and Peru agree</h1>" + "<font>Wine. " * 500 + "<p>The end.")
    assert article.text.endswith("The end.")
    assert not article.notes


def test_text_deeper_than_can_be_read_is_said_to_be_left_out() -> None:
    article = html("<h1>Chile and Peru agree</h1>" + "<font>Wine. " * 3_000 + "<p>The end.")
    assert any("2048 deep" in note for note in article.notes)


def test_data_of_many_things_keeps_their_order() -> None:
    things = '{"@type": "Thing"}, [{"@graph": [{"@type": "NewsArticle", "headline": "First"}]}],'
    data = f'[{things * 50}{{"@type": "Report", "headline": "Last"}}]'
    head = f'<script type="application/ld+json">{data}</script>'
    assert html("<p>The talks ended on Friday.</p>", head).title == "First"


def test_a_caption_that_stands_twice_is_read_once() -> None:
    caption = "<figcaption>Envoys of Chile and Peru at the table in Lima on Friday</figcaption>"
    prose = "<p>Chile and Peru agreed on Friday to cut the duty on wine to five percent.</p>"
    article = html(f"<article><h1>Wine duty cut</h1>{prose}{caption}{caption}</article>")
    assert len(of_kind(article, "caption")) == 1
    assert article.text.count("Envoys of Chile") == 2
