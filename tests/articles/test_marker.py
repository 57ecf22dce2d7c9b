import math

import pytest

from parley.articles import _marker
from parley.articles._cues import is_furniture

SENTENCE = "The two delegations agreed on Friday to cut the duty on salmon by a third."
OTHER = "Fishing towns in the south had waited for such a step since the last round failed."


@pytest.mark.parametrize(
    "line",
    [
        "Share this article",
        "See also  Harbour fees rise again",
        "Loading Most Read articles...",
        "Sign up for our newsletter",
        "Disclaimer. The information here is not trading advice.",
        "© 2024 Harbour Gazette. All rights reserved.",
        "The post Talks resume appeared first on Harbour Gazette.",
        "via IFTTT",
        "By Lena Varga and Paul Weiss",
        "Leave a comment",
        "Have your say",
        "Advertisement",
        "We use cookies to improve your experience.",
    ],
)
def test_furniture_is_known_by_its_words(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices of steel makers fell on Monday.",
        "Related measures cover aluminium, the ministry said.",
        "Commenting on the talks, the minister said that much was left to do.",
        "By then the two sides had met four times, and little had changed for either of them.",
    ],
)
def test_prose_that_opens_like_furniture_is_prose(line: str) -> None:
    assert not is_furniture(line)


def test_every_paragraph_has_every_feature() -> None:
    rows = _marker.features([SENTENCE, "News", ""])
    assert [len(row) for row in rows] == [len(_marker.FEATURES)] * 3
    assert all(math.isfinite(value) for row in rows for value in row)


def test_menu_around_an_article_is_furniture() -> None:
    title = "Chile and Peru agree on salmon"
    page = ["Home", "World", "Sport", title, SENTENCE, OTHER, "Contact us", "About us"]
    kinds = ["furniture"] * 3 + ["title", "body", "body"] + ["furniture"] * 2
    assert _marker.mark(page) == kinds


def test_paragraph_that_stands_twice_is_a_caption_the_second_time() -> None:
    kinds = _marker.mark(["Salmon talks end", SENTENCE, OTHER, SENTENCE.rstrip("."), OTHER[::-1]])
    assert kinds[1] == "body"
    assert kinds[3] == "caption"


def test_table_of_amounts_is_body() -> None:
    kinds = _marker.mark(["What Chile sells", SENTENCE, OTHER, "Copper: $40 billion", "Wine: $2bn"])
    assert kinds[-2:] == ["body", "body"]


def test_prompt_that_stands_twice_is_furniture() -> None:
    prompt = "Should Chile cut its duties?"
    kinds = _marker.mark(["What Chile sells", SENTENCE, prompt, prompt, OTHER])
    assert kinds[2:4] == ["furniture", "furniture"]


def test_note_on_the_author_is_furniture_at_the_end_only() -> None:
    note = "Lena Varga is the trade correspondent of the Harbour Gazette."
    page = ["Salmon talks end", SENTENCE, OTHER, SENTENCE.replace("third", "half"), OTHER + " Yes."]
    assert _marker.mark([*page, note])[-1] == "furniture"
    assert _marker.mark([page[0], note, *page[1:], *page[1:], *page[1:]])[1] == "body"


def test_name_of_the_paper_gives_way_to_the_title_below_it() -> None:
    lines = [
        "Harbour Dispatch",
        "Friday, October 10, 2025",
        "Chile and Peru agree to cut the duty on wine",
        "The two governments said on Friday that the duty would fall to five percent in May.",
        "Growers in both countries had asked for it since the harvest of last year.",
    ]
    kinds = _marker.mark(lines)
    assert kinds[2] == "title"
    assert kinds.count("title") == 1


def test_short_title_above_a_sentence_stays_the_title() -> None:
    lines = ["Wine duty falls", "Chile and Peru agreed on Friday to cut it to five percent."]
    assert _marker.mark(lines)[0] == "title"


@pytest.mark.parametrize("body", ["China banned imports of beef.", "Lima will tax Chilean cars."])
def test_page_of_a_title_and_one_short_sentence_keeps_it(body: str) -> None:
    assert _marker.mark(["Chile and Peru quarrel", body]) == ["title", "body"]
    assert _marker.mark(["Chile and Peru quarrel", body, "Share this article"])[1:] == [
        "body",
        "furniture",
    ]


def test_page_without_a_sentence_gets_no_body() -> None:
    assert "body" not in _marker.mark(["Home", "About us", "Sign up for our newsletter."])


@pytest.mark.parametrize("headline", ["EU raises duties", "Chile and Peru agree on salmon"])
def test_headline_below_the_name_of_the_paper_is_the_title(headline: str) -> None:
    kinds = _marker.mark(["Harbour Dispatch", headline, SENTENCE, OTHER])
    assert kinds[1:] == ["title", "body", "body"]
