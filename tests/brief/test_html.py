"""The brief as HTML: one file, nothing from the net, and a hostile page cannot steer it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html as markup

from parley import brief
from parley.brief import Options
from parley.ledger import Ledger
from parley.records import Article, Draft, Paragraph, Statement

HOSTILE = '<script>alert(1)</script><img src="http://evil.example/x" onerror=alert(2)>"\'&{{7*7}}'


@pytest.fixture
def page(shown: str) -> str:
    return shown


@pytest.fixture
def hostile(article: Article) -> str:
    """The HTML of a page whose title, publisher, text and quote are hostile."""
    text = f"{HOSTILE}\n\nHe said “{HOSTILE}” on Monday."
    bad = replace(
        article,
        text=text,
        title=HOSTILE,
        publisher=HOSTILE,
        address=f"javascript:{HOSTILE}",
        paragraphs=(
            Paragraph(start=0, end=len(HOSTILE), kind="title"),
            Paragraph(start=len(HOSTILE) + 2, end=len(text), kind="body"),
        ),
    )
    start = text.index("He said")
    draft = Draft(
        draft_id=f"d{HOSTILE}",
        record=Statement(speaker=HOSTILE, quote=HOSTILE, channel=HOSTILE),
        evidence=(bad.span(start, len(text)),),
        rules=("by hand",),
        confidence=0.5,
        said_by=HOSTILE,
    )
    made = brief.make_brief(bad, (draft,), Ledger.open(), options=Options(draws=20))
    return brief.to_html(made, bad)


def test_each_reported_fact_links_to_its_highlighted_words(
    page: str, drafts: tuple[Draft, ...]
) -> None:
    tree = markup.fromstring(page)
    for draft in drafts:
        (anchor,) = tree.xpath("//a[@id=$id]", id=f"mark-{draft.draft_id}")
        (mark,) = anchor.xpath("ancestor::mark")
        assert mark.text_content()[:12] in draft.evidence[0].exact
        assert tree.xpath("//*[@id=$id]", id=f"fact-{draft.draft_id}")


def test_highlights_give_back_the_text_of_the_article(page: str, article: Article) -> None:
    tree = markup.fromstring(page)
    for number in tree.xpath("//section[@id='page']//sup"):
        number.drop_tree()
    shown = [p.text_content() for p in tree.xpath("//section[@id='page']/p[not(@class='meta')]")]
    expected = [article.text[p.start : p.end] for p in article.paragraphs if p.kind != "furniture"]
    assert shown == expected


def test_page_furniture_is_not_shown(page: str) -> None:
    assert "newsletter" not in page


def test_both_charts_have_a_finding_a_text_alternative_and_their_data(page: str) -> None:
    tree = markup.fromstring(page)
    figures = tree.xpath("//figure")
    assert len(figures) == 2
    for figure in figures:
        assert figure.xpath(".//h3")[0].text_content()
        assert "China" in figure.xpath(".//*[@role='img']/@aria-label")[0]
        assert figure.xpath(".//a[@download]/@href")[0].startswith("data:text/csv")
        assert figure.xpath(".//*[local-name()='svg']")
        assert "Source:" in figure.text_content()


def test_nothing_is_fetched_from_the_net(page: str) -> None:
    tree = markup.fromstring(page)
    assert not tree.xpath("//script | //iframe | //object | //embed | //link[@rel='stylesheet']")
    loaded = tree.xpath("//@src") + tree.xpath("//*[local-name()='image']/@*")
    assert all(str(address).startswith("data:") for address in loaded)
    assert not re.search(r"url\((?!#|data:)|@import", page)


def test_a_hostile_page_adds_no_element_and_no_handler(hostile: str) -> None:
    tree = markup.fromstring(hostile)
    assert not tree.xpath("//script | //img")
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    assert not [link for link in tree.xpath("//@href") if str(link).startswith("javascript")]
    assert "{{7*7}}" in tree.text_content()


def test_control_characters_and_marks_of_direction_are_not_passed_on(article: Article) -> None:
    bad = replace(article, title="rates \x1b[2J\u202efall")
    shown = brief.to_html(brief.make_brief(bad, (), Ledger.open()), bad)
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_page_without_talks_makes_a_short_file(article: Article) -> None:
    shown = brief.to_html(brief.make_brief(article, (), Ledger.open()), article)
    assert "does not speak of trade talks" in shown
    assert "<svg" not in shown
