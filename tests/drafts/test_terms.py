"""When measures begin and end, by when promises are due, what a rate is, which goods are meant."""

from collections.abc import Callable
from datetime import date

import pytest

from parley import drafts
from parley.records import Article, Commitment, DatedState, Measure, Round

PUBLISHED = date(2025, 10, 10)  # a Friday
LEAD = "Trade talks over tariffs go on\n\nThe two sides held trade talks on tariffs.\n\n"
Make = Callable[..., Article]


def measure(article_of: Make, sentence: str) -> Measure:
    found = drafts.read(article_of(LEAD + sentence, PUBLISHED))
    (record,) = [one.record for one in found if isinstance(one.record, Measure)]
    return record


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        (
            "President Trump said on Friday that the United States will impose an additional "
            "tariff of 100 percent on goods from China from November 1.",
            [DatedState(state="announced"), DatedState(state="in_force", start=date(2025, 11, 1))],
        ),
        (
            "The United States suspended a 24 percent tariff on Chinese machinery until "
            "10 November 2025.",
            [DatedState(state="suspended", end=date(2025, 11, 10))],
        ),
        (
            "On Thursday Mexico suspended its 20 percent tariff on Brazilian beef for 90 days.",
            [DatedState(state="suspended", start=date(2025, 10, 9), end=date(2026, 1, 7))],
        ),
        (
            "India will impose a 15 percent tariff on Korean ships from 1 January 2026 through "
            "31 March 2026.",
            [
                DatedState(state="announced"),
                DatedState(state="in_force", start=date(2026, 1, 1), end=date(2026, 4, 1)),
            ],
        ),
        (
            "The European Union's tariff of 17 percent on Chinese electric cars took effect on "
            "4 July 2024 and will expire on 5 November 2025.",
            [DatedState(state="in_force", start=date(2024, 7, 4), end=date(2025, 11, 5))],
        ),
        (
            "Brussels raised its duty on Indian steel from 10 percent to 25 percent on Monday.",
            [DatedState(state="in_force", start=date(2025, 10, 6))],
        ),
    ],
)
def test_states_begin_and_end_where_the_words_say(
    article_of: Make, sentence: str, states: list[DatedState]
) -> None:
    found = [(s.state, s.start, s.end) for s in measure(article_of, sentence).states]
    assert found == [(s.state, s.start, s.end) for s in states]


def test_the_day_on_which_it_was_said_is_no_beginning(article_of: Make) -> None:
    record = measure(
        article_of, "China said on Wednesday it had imposed a 10 percent tariff on EU brandy."
    )
    assert record.states[0].start is None


def test_a_threat_keeps_its_words_and_has_no_day(article_of: Make) -> None:
    record = measure(
        article_of, "Washington threatened a 50 percent tariff on Brazilian coffee from 1 December."
    )
    assert record.states == (DatedState(state="threatened", phrase="from 1 December"),)


def test_a_year_is_no_day_and_no_part_of_the_goods(article_of: Make) -> None:
    record = measure(article_of, "Norway imposed a 12 percent duty on Icelandic herring in 2018.")
    assert record.states[0].start is None
    assert record.scope.words == "Icelandic herring"


def test_a_month_begins_on_its_first_day_and_keeps_its_words(article_of: Make) -> None:
    record = measure(
        article_of, "Vietnam has charged a 30 percent tariff on Thai sugar since June."
    )
    assert record.states[0].start == date(2025, 6, 1)
    assert "June" in record.states[0].phrase


@pytest.mark.parametrize(
    ("words", "basis", "previous"),
    [
        (
            "Canada imposed an additional tariff of 25 percent on American steel.",
            "additional",
            None,
        ),
        ("Brussels raised its duty on Indian steel from 10 percent to 25 percent.", "total", 0.10),
        ("Seoul lowered its tariff on American cars to 8 percent.", "total", None),
        ("Chile imposed a 5 percent tariff on Peruvian wine.", "unknown", None),
    ],
)
def test_rates_that_are_added_are_told_from_whole_ones(
    article_of: Make, words: str, basis: str, previous: float | None
) -> None:
    rate = measure(article_of, words).rate
    assert (rate.basis, rate.previous) == (basis, previous)


def test_products_are_proposed_as_codes_of_the_vocabulary(article_of: Make) -> None:
    scope = measure(article_of, "Chile imposed a 5 percent tariff on Peruvian wine.").scope
    assert scope.hs == ("2204",)
    assert (scope.hs_edition, scope.proposed) == ("HS2022", True)


def test_codes_that_the_page_prints_are_taken_as_they_are(article_of: Make) -> None:
    scope = measure(
        article_of, "India imposed a 15 percent tariff on Korean ships under HS2017 heading 8901."
    ).scope
    assert scope.hs == ("8901",)
    assert (scope.hs_edition, scope.proposed) == ("HS2017", False)


def test_what_is_left_out_stays_in_the_words_where_no_code_tells_it_apart(article_of: Make) -> None:
    scope = measure(
        article_of, "Canada imposed a 25 percent tariff on American aluminium, excluding foil."
    ).scope
    assert scope.words == "American aluminium, excluding foil"
    assert scope.exclusions == ()


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("China agreed to buy 12 million tonnes of soybeans by the end of 2026.", date(2027, 1, 1)),
        ("Japan pledged to open its market for American rice by 1 May 2026.", date(2026, 5, 2)),
        ("Japan pledged to open its market for American rice.", None),
    ],
)
def test_promises_are_due_when_their_words_say(
    article_of: Make, words: str, end: date | None
) -> None:
    found = drafts.read(article_of(LEAD + words, PUBLISHED))
    (record,) = [one.record for one in found if isinstance(one.record, Commitment)]
    assert record.due.end == end


def test_what_was_set_up_in_a_place_is_not_spoken_of_there(article_of: Make) -> None:
    text = (
        "Stockholm round ends\n\nChina and the United States ended trade talks in Stockholm on "
        "Thursday.\n\nThe two delegations will hold talks through the consultation mechanism that "
        "was set up in Geneva."
    )
    found = drafts.read(article_of(text, PUBLISHED))
    assert "Geneva" not in {one.record.place for one in found if isinstance(one.record, Round)}


def test_a_length_counts_from_the_date_of_the_sentence_before(article_of: Make) -> None:
    text = (
        f"{LEAD}Chile and Peru held trade talks in Lima on 1 September 2025. "
        "Two days later Chile and Peru held trade talks in Geneva."
    )
    found = [one.record for one in drafts.read(article_of(text, PUBLISHED))]
    days = {one.place: one.when.start for one in found if isinstance(one, Round)}
    assert days == {"Lima": date(2025, 9, 1), "Geneva": date(2025, 9, 3)}
