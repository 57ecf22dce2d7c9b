import csv
from datetime import date
from pathlib import Path

import pytest

from parley.drafts import _dates
from parley.records import When

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read(row: dict[str, str]) -> list[tuple[date, date]]:
    found = _dates.find(
        row["text"],
        anchor=date.fromisoformat(row["anchor"]),
        tense=row["tense"] or None,  # type: ignore[arg-type]  # the file holds past, future or nothing
    )
    return [(f.when.start, f.when.last) for f in found if f.when.start and f.when.last]


def gold(row: dict[str, str]) -> list[tuple[date, date]]:
    if not row["first"]:
        return []
    firsts, lasts = row["first"].split("|"), row["last"].split("|")
    return [
        (date.fromisoformat(first), date.fromisoformat(last))
        for first, last in zip(firsts, lasts, strict=True)
    ]


@pytest.mark.parametrize("row", rows("dates.csv"), ids=lambda row: row["text"])
def test_phrase_means_these_days(row: dict[str, str]) -> None:
    assert read(row) == gold(row)


def test_nine_in_ten_of_the_phrases_written_before_the_grammar_are_right() -> None:
    frozen = rows("dates_frozen.csv")
    assert len(frozen) == 40
    assert sum(read(row) == gold(row) for row in frozen) >= 36


def test_no_ambiguous_phrase_is_resolved() -> None:
    ambiguous = [row for row in rows("dates_frozen.csv") if not row["first"]]
    assert [row["text"] for row in ambiguous if read(row)] == []


def test_at_least_120_phrases_have_gold() -> None:
    assert len(rows("dates.csv")) + len(rows("dates_frozen.csv")) >= 120


def test_relative_date_without_publication_date_stays_relative() -> None:
    (found,) = _dates.find("They will meet on Monday.", anchor=None, tense="future")
    assert (found.when.phrase, found.when.start, found.when.end) == ("Monday", None, None)
    assert found.when.rule.startswith(_dates.NO_ANCHOR)


def test_full_date_needs_no_publication_date() -> None:
    (found,) = _dates.find("It was signed on May 12, 2025.", anchor=None)
    assert found.when.start == date(2025, 5, 12)
    assert found.when.anchor is None


def test_ambiguous_date_says_so() -> None:
    (found,) = _dates.find("They meet on 05/06/2024.", anchor=date(2024, 1, 1))
    assert found.when.rule.startswith(_dates.AMBIGUOUS)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("until July 9", "until"),
        ("by the end of June", "by"),
        ("no later than Friday", "by"),
        ("ahead of the July 9 deadline", "before"),
        ("since 2018", "since"),
        ("starting on August 12, 2025", "from"),
        ("in July", ""),
    ],
)
def test_preposition_sets_a_bound(text: str, bound: str) -> None:
    (found,) = _dates.find(text, anchor=date(2025, 6, 6), tense="future")
    assert found.bound == bound


def test_date_of_the_sentence_before_settles_a_later_one() -> None:
    (found,) = _dates.find(
        "They met again two days later.",
        anchor=date(2025, 6, 6),
        tense="past",
        previous=When.day(date(2025, 5, 10)),
    )
    assert found.when.start == date(2025, 5, 12)


def test_offsets_point_at_the_phrase() -> None:
    text = "Talks in May 2024 and on 3 June 2024 failed."
    assert [text[f.start : f.end] for f in _dates.find(text, anchor=None)] == [
        "May 2024",
        "3 June 2024",
    ]
