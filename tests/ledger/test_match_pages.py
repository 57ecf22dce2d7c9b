"""Matching what is read from pages to the record: right when it says "the same"."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from parley import drafts, vocabulary
from parley.ledger import Ledger
from parley.records import Article, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from parley.records import Draft

LEDGER = Ledger.open()
PAGES = Path(__file__).with_name("pages.toml")
PRECISION = 0.95
RECALL = 0.75  # of the entries for which the reader made a draft of their kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A draft, the sentence that it comes from, and the entries that the sentence is about."""

    draft: Draft
    sentence: str
    entries: frozenset[str]
    published: date


@pytest.fixture(scope="module")
def read() -> tuple[Read, ...]:
    return tuple(_read())


def _read() -> Iterator[Read]:
    words = vocabulary.load()
    for number, page in enumerate(tomllib.loads(PAGES.read_text(encoding="utf-8"))["page"]):
        text, places = "", []
        for sentence, entries in page["sentences"]:
            places.append((len(text), sentence, frozenset(entries.split())))
            text += sentence + "\n\n"
        article = Article(
            page_sha256=str(number),
            text=text,
            published=page["published"],
            published_origin="stated",
            language="en",
            paragraphs=tuple(
                Paragraph(start=at, end=at + len(sentence), kind="body")
                for at, sentence, _ in places
            ),
        )
        for draft in drafts.read(article, vocabulary=words):
            _, sentence, entries = max(
                place for place in places if place[0] <= draft.evidence[0].start
            )
            yield Read(draft=draft, sentence=sentence, entries=entries, published=page["published"])


def test_pages_are_thirty_or_more() -> None:
    assert len(tomllib.loads(PAGES.read_text(encoding="utf-8"))["page"]) >= 30


def test_what_is_called_the_same_is_the_same(read: tuple[Read, ...]) -> None:
    right, wrong, found = 0, [], set()
    wanted = {
        (one.sentence, entry)
        for one in read
        for entry in one.entries
        if LEDGER.entry(entry).record.type == one.draft.record.type
    }
    for one in read:
        matches = LEDGER.match(one.draft, published=one.published, known=one.published)
        if not matches or not matches[0].same:
            continue
        if matches[0].entry_id in one.entries:
            right += 1
            found.add((one.sentence, matches[0].entry_id))
        else:
            wrong.append((one.sentence, matches[0].entry_id, matches[0].score))
    print(f"precision {right}/{right + len(wrong)}, recall {len(found)}/{len(wanted)}")  # noqa: T201 - seen with -s
    assert right / (right + len(wrong)) >= PRECISION, wrong
    assert len(found) / len(wanted) >= RECALL, sorted(wanted - found)
