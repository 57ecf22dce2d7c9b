"""The brief in a terminal: it fits, says everything, and a page cannot steer the terminal."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from parley import brief
from parley.brief import Brief
from parley.ledger import Ledger
from parley.records import Article


def printed(made: Brief, *, width: int = 100) -> str:
    file = io.StringIO()
    Console(file=file, width=width).print(brief.to_terminal(made))
    return file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(made: Brief, width: int) -> None:
    lines = printed(made, width=width).splitlines()
    assert max(map(len, lines)) <= width


def test_the_five_questions_are_answered_in_order(made: Brief) -> None:
    text = printed(made)
    places = [
        text.index(words)
        for words in (
            "What is happening?",
            "What is on the table?",
            "Who promised what",
            "What is it worth",
            "What could they settle on",
            "What the numbers rest on",
        )
    ]
    assert places == sorted(places)


def test_reported_and_record_are_told_apart(made: Brief) -> None:
    text = printed(made)
    assert text.count("Reported by this page, not reviewed") == 3
    assert text.count("Record on Friday 6 June 2025") == 3


def test_the_seed_and_the_number_of_draws_are_printed(made: Brief) -> None:
    text = " ".join(printed(made).split())
    assert "20 draws of the trade elasticities" in text
    assert "seed 20250609" in text


def test_a_page_cannot_steer_the_terminal(article: Article) -> None:
    bad = replace(article, title="\x1b]0;owned\x07[bold red]x[/] \x9b31m")
    text = printed(brief.make_brief(bad, (), Ledger.open()))
    assert "\x1b" not in text
    assert "\x9b" not in text
    assert "[bold red]x[/]" in text
