"""Passages re-anchor in another capture of a text, or fail loudly."""

from __future__ import annotations

import pytest

from parley.errors import LedgerError
from parley.ledger import anchor
from parley.records import Article, Span


def span_of(text: str, words: str, *, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Article(page_sha256="", text=text).span(at, at + len(words), context=8)


OLD = "The duty rises. The duty falls again in May."


def test_passage_stands_in_its_own_text() -> None:
    span = span_of(OLD, "falls")
    assert anchor(span, OLD) == span


def test_passage_moves_with_the_text_around_it() -> None:
    new = "Updated. " + OLD
    moved = anchor(span_of(OLD, "The duty", nth=1), new)
    assert new[moved.start : moved.end] == "The duty"
    assert moved.start == new.rindex("The duty")


def test_words_that_are_gone_fail() -> None:
    with pytest.raises(LedgerError, match="not in the text"):
        anchor(span_of(OLD, "falls"), "The duty stays.")


def test_words_at_two_places_alike_fail() -> None:
    with pytest.raises(LedgerError, match="2 times in the text"):
        anchor(span_of("duty", "duty"), "duty and duty")


def test_offsets_that_lie_about_their_own_text_fail() -> None:
    span = span_of(OLD, "falls")
    forged = Span(text_sha256=span.text_sha256, start=0, end=5, exact="falls")
    with pytest.raises(LedgerError, match="does not stand at 0"):
        anchor(forged, OLD)
