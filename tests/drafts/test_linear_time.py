"""The time that a page takes grows with its length, not faster: counted in lines, never in seconds.

Python reports every line that it runs, so that a loop inside a loop shows as a count that grows
faster than the page, on any machine. What patterns do inside one search is not counted: their
windows are bounded, and `bench/reader_speed.py` prints the times.
"""

import itertools
import sys
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import TypeAlias

import pytest

from parley import articles, drafts
from parley.drafts import _document, _quotes, _sentences
from parley.records import Article, Page, Paragraph
from parley.vocabulary import load

Tracer: TypeAlias = "Callable[[FrameType, str, object], Tracer | None]"
LEAD = "China and the U.S. hold talks on tariffs\n\nThe two sides will hold trade talks on tariffs."
SHORT, TIMES, MOST = 3_000, 4, 5.2  # characters, factor, and the growth of the count that is linear

SAME = {  # one piece over and over
    "a sentence without an end": " China imposed a tariff of 25% on steel and the EU said that it",
    "quotation marks": ' "',
    "single marks": "'a ",
    "ticks": "'",
    "opening marks": "“a ‘",
    "brackets": " ((a) [",
    "dates": " on 3 May 2020",
    "parties": " China and the EU,",
    "capitals": " CHINA TARIFF",
    "one word": "a",
    "one capital": "A",
    "points": ".",
    "rates": " 25% tariff",
    "amounts": " $5 billion",
    "verbs of saying": " said and",
    "offices": " the deputy minister of the",
    "entities": "&amp;",
    "line ends": "\nChina tariff",
}
OTHER = {  # a new name each time, so that nothing is merged
    "measures": " China imposed tariffs of {n}% on {name} from the EU.",
    "quotations": ' "We will sign the {name} deal very soon," {Name} said.',
    "paragraphs of quotations": '\n\n"We will sign the {name} deal very soon," {Name} said.',
    "figures": " Exports of {name} to China rose to ${n} billion.",
    "promises": " China agreed to buy {name} and {name}x from the EU.",
    "accusations": "\n\n{Name} Smith accused China of {name} and {name}x.",
    "rounds": " China and the EU held trade talks in London on 3 May {n}.",
    "people": " Trade Minister {Name} Smith{name} met Commerce Secretary {Name} Lee.",
}
TAGS = {
    "paragraphs": "<p>China imposed tariffs of 25% on steel.",
    "empty paragraphs": "<p>",
    "line breaks": "a<br>",
    "open tags": "<div><b><i>",
    "rows": "<tr><td>China</td></tr>",
    "data": '<script type="application/ld+json">[{},{},{}]</script>',
}


def new_pieces(form: str, length: int) -> str:
    parts, size = [], 0
    for number in itertools.count(1):
        name = "".join(chr(97 + int(digit)) for digit in str(number)) + "ium"
        parts.append(form.format(n=1 + number % 97, name=name, Name=name.title()))
        size += len(parts[-1])
        if size >= length:
            return "".join(parts)
    raise AssertionError


def read(text: str, media_type: str) -> None:
    page = Page(address="page", content=text.encode(), media_type=media_type)
    drafts.read(articles.read(page, published=date(2025, 6, 6)))


def lines_run(text: str, media_type: str = "text/plain") -> int:
    """Return how many lines of Parley's own code run while a page is read."""
    count = 0

    def on_line(_frame: FrameType, event: str, _arg: object) -> Tracer:
        nonlocal count
        count += event == "line"
        return on_line

    def on_call(frame: FrameType, _event: str, _arg: object) -> "Tracer | None":
        return on_line if "parley" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(on_call)
    try:
        read(text, media_type)
    finally:
        sys.settrace(before)
    return count


def growth(form: str, *, media_type: str = "text/plain", new: bool = False) -> float:
    def page(length: int) -> str:
        return LEAD + (new_pieces(form, length) if new else form * (length // len(form)))

    base = lines_run(LEAD, media_type)
    short, long = (lines_run(page(n), media_type) - base for n in (SHORT, TIMES * SHORT))
    return long / max(short, 1_000)


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    read(LEAD, "text/plain")  # what is loaded once does not count
    read(LEAD, "text/html")


@pytest.mark.slow
@pytest.mark.parametrize("name", SAME)
def test_lines_run_grow_as_the_page_does(name: str) -> None:
    assert growth(SAME[name]) < MOST


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHER)
def test_lines_run_grow_as_the_records_do(name: str) -> None:
    assert growth(OTHER[name], new=True) < MOST


@pytest.mark.slow
@pytest.mark.parametrize("name", TAGS)
def test_lines_run_grow_as_the_mark_up_does(name: str) -> None:
    assert growth(TAGS[name], media_type="text/html") < MOST


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["x", "A", '"', ".", "&amp;", "\n", "<p>", "'"])
@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_a_page_of_two_hundred_thousand_characters_is_read(piece: str, media_type: str) -> None:
    read(LEAD + piece * (200_000 // len(piece)), media_type)


def test_no_sentence_is_longer_than_its_bound() -> None:
    for text in ("China " * 2_000, "x" * 5_000, "a, " * 3_000):
        found = _sentences.split(text)
        assert len(found) > 1
        assert all(0 < one.end - one.start <= _sentences.LONGEST for one in found)
        assert "".join(text[one.start : one.end] for one in found).replace(" ", "") == (
            text.replace(" ", "")
        )


def test_a_long_sentence_is_cut_between_words() -> None:
    text = "China will buy soybeans and " * 100
    for sentence in _sentences.split(text)[:-1]:
        assert text[sentence.end] == " "
        assert text[sentence.start : sentence.end].split()[0] in text.split()


@pytest.mark.parametrize("word", ["x" * 900, "&amp;" * 180])
def test_evidence_of_words_that_no_blank_parts_is_cut_inside_one(word: str) -> None:
    article = articles.read(
        Page(address="page", content=(LEAD + word).encode(), media_type="text/plain"),
        published=date(2025, 6, 6),
    )
    found = drafts.read(article)
    assert found
    for draft in found:
        assert 0 < len(draft.evidence[0].exact) <= 200


def test_quotations_in_one_another_have_a_deepest() -> None:
    text = "“" * 50 + "words that are said" + "”" * 50
    assert len(_quotes.quotes(text, [(0, len(text))])) < 10


def test_words_in_a_quotation_are_told_however_many_there_are() -> None:
    text = "He said little. " + '"The duties will go by the end of May," he said. ' * 40
    paragraphs = (Paragraph(start=0, end=len(text.rstrip()), kind="body"),)
    seen = _document.document(Article(page_sha256="", text=text, paragraphs=paragraphs), load())
    for sentence in seen.sentences:
        for item, inside in zip(sentence.items, sentence.quoted, strict=True):
            before = text[: item.start].count('"')
            assert inside == (before % 2 == 1 and item.low != '"')
