"""Dates, rates, names and numbers in words."""

from __future__ import annotations

from datetime import date

import pytest

from parley.brief._numbers import NO_BREAK, figures, money, percent
from parley.brief._parties import main_parties
from parley.brief._wording import say, say_rate, say_state, say_when
from parley.records import DatedState, Draft, Measure, Rate, Round, Statement, When


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When(phrase="on Monday"), "“on Monday”, not dated"),
        (When.day(date(2025, 6, 9), phrase="on Monday"), "Monday 9 June 2025 (“on Monday”)"),
        (When(start=date(2024, 1, 1), end=date(2025, 1, 1)), "2024"),
        (When(start=date(2025, 5, 1), end=date(2025, 6, 1)), "May 2025"),
        (When(start=date(2025, 5, 10), end=date(2025, 5, 12)), "10 May 2025 to 11 May 2025"),
        (When(start=date(2025, 5, 10)), "from 10 May 2025"),
        (When(end=date(2025, 8, 13)), "until 12 August 2025"),
        (When(), ""),
    ],
)
def test_a_time_says_its_days_and_its_words(when: When, words: str) -> None:
    assert say_when(when) == words


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (Rate(), "not stated"),
        (Rate(kind="to_be_announced"), "to be announced"),
        (Rate(kind="none"), "no rate applies"),
        (Rate(kind="ad_valorem", ad_valorem=0.0), "0 %"),
        (Rate(kind="floor", ad_valorem=0.15), "at least 15 % in all"),
        (Rate(kind="specific", specific=400, unit="RMB per net ton"), "400 RMB per net ton"),
    ],
)
def test_unknown_zero_none_and_to_be_announced_are_four_answers(rate: Rate, words: str) -> None:
    assert say_rate(rate) == words


def test_a_measure_says_imposer_target_kind_and_product() -> None:
    measure = Measure(imposer="USA", targets=("CHN",), kind="visa")
    assert say(measure)[0] == "Visa measure of the United States on China"


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "0"), (0.00312, "0.0031"), (99.6, "100"), (1234.0, "1,234"), (-0.5, "−0.50")],
)
def test_figures_keep_two_significant_digits(value: float, words: str) -> None:
    assert figures(value) == words


def test_money_says_its_unit_and_sign() -> None:
    assert money(999_600.0).replace(NO_BREAK, " ") == "$1.0 tn"
    assert money(-61_234.0, sign=True).replace(NO_BREAK, " ") == "−$61 bn"
    assert money(0.0) == "$0"
    assert percent(0.0, sign=True).startswith("0")


def rounds(*pairs: tuple[str, ...]) -> tuple[Draft, ...]:
    from parley.records import Article

    article = Article(page_sha256="0" * 64, text="They met.")
    return tuple(
        Draft(
            draft_id=str(at),
            record=Round(parties=pair),
            evidence=(article.span(0, 9),),
            rules=("by hand",),
            confidence=0.9,
        )
        for at, pair in enumerate(pairs)
    )


def test_the_main_parties_are_those_that_most_is_between() -> None:
    drafts = rounds(("USA", "JPN"), ("CHN", "USA"), ("USA", "CHN"), ("USA", "CHN", "EUU"))
    assert main_parties(drafts) == ("CHN", "USA")


def test_a_round_of_many_is_between_no_two() -> None:
    assert main_parties(rounds(("USA", "CHN", "EUU"))) == ()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            DatedState(state="suspended", start=date(2025, 5, 1), phrase="last month"),
            "suspended from May 2025 (“last month”)",
        ),
        (
            DatedState(state="announced", start=date(2024, 9, 1), phrase="in September 2024"),
            "announced in September 2024, not yet in force (“in September 2024”)",
        ),
        (
            DatedState(state="in_force", start=date(2024, 1, 1), phrase="last year"),
            "in force from 2024 (“last year”)",
        ),
        (
            DatedState(state="in_force", start=date(2025, 5, 1), phrase="on May 1"),
            "in force from 1 May 2025 (“on May 1”)",
        ),
        (
            DatedState(state="announced", start=date(2024, 9, 18), end=date(2026, 1, 1)),
            "announced on 18 September 2024",
        ),
    ],
)
def test_a_state_says_no_more_of_its_day_than_the_page(state: DatedState, words: str) -> None:
    assert say_state(state) == words


def test_listeners_are_no_channel() -> None:
    to_reporters = Statement(speaker="Scott Bessent", quote="We met", channel="reporters")
    assert [(one.label, one.text) for one in say(to_reporters)[1]] == [("to", "reporters")]
