"""The record types: what they refuse, and that JSON gives back what it took."""

from __future__ import annotations

from datetime import date

import pytest

from parley import records
from parley.errors import InputError


def article() -> records.Article:
    return records.Article(page_sha256="0" * 64, text="China said so. The end.")


@pytest.mark.parametrize(
    "record",
    [
        records.Round(parties=("CHN", "USA"), when=records.When.day(date(2025, 6, 9))),
        records.Commitment(made_by=("CHN",), action="approve exports"),
        records.Assessment(commitment="d1", speaker="USA", verdict="broken"),
        records.Accusation(by="CHN", against=("USA",), what="walked back"),
        records.Measure(imposer="USA", kind="import_tariff"),
        records.Statement(speaker="A. Person", quote="We will see."),
        records.Figure(what="trade", value=582, unit="USD bn"),
    ],
)
def test_json_gives_back_the_same_draft(record: records.Record) -> None:
    draft = records.Draft(
        draft_id="d1",
        record=record,
        evidence=(article().span(0, 5),),
        rules=("test",),
        confidence=0.5,
    )
    assert records.decode(records.Draft, records.encode(draft)) == draft


def test_unknown_field_is_named() -> None:
    with pytest.raises(InputError, match="colour: Unexpected"):
        records.decode(records.When, {"colour": "red"})


def test_span_holds_its_own_words() -> None:
    span = article().span(6, 13)
    assert (span.exact, span.prefix) == ("said so", "China ")


def test_span_of_another_length_is_refused() -> None:
    with pytest.raises(InputError, match="cannot hold"):
        records.Span(text_sha256="", start=0, end=3, exact="four")


def test_page_with_a_false_digest_is_refused() -> None:
    with pytest.raises(InputError, match="does not match"):
        records.Page(address="a", content=b"x", media_type="text/plain", sha256="00")


def test_measure_state_is_half_open() -> None:
    measure = records.Measure(
        imposer="USA",
        kind="import_tariff",
        states=(
            records.DatedState(state="in_force", start=date(2025, 4, 10), end=date(2025, 5, 14)),
            records.DatedState(state="suspended", start=date(2025, 5, 14)),
        ),
    )
    assert measure.state_on(date(2025, 5, 13)) == "in_force"
    assert measure.state_on(date(2025, 5, 14)) == "suspended"
    assert measure.state_on(date(2025, 4, 9)) is None


def test_unknown_rate_is_not_zero() -> None:
    with pytest.raises(InputError, match="cannot have ad_valorem"):
        records.Rate(kind="to_be_announced", ad_valorem=0.0)
    with pytest.raises(InputError, match="needs ad_valorem"):
        records.Rate(kind="ad_valorem")
