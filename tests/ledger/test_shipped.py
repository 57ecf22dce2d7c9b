"""The shipped record, asked on dates and as known on dates."""

from __future__ import annotations

from datetime import date

import pytest

from parley import vocabulary
from parley.ledger import Ledger
from parley.records import Measure, Round

LEDGER = Ledger.open()
BOTH = ("USA", "CHN")


def day(text: str) -> date:
    return date.fromisoformat(text)


def duties(on: str, known: str | None = None) -> dict[str, float | None]:
    found = LEDGER.measures(
        on=day(on), known=day(known) if known else None, between=BOTH, state="in_force"
    )
    return {
        entry.entry_id: entry.record.rate.ad_valorem
        for entry in found
        if isinstance(entry.record, Measure) and entry.record.rate.kind == "ad_valorem"
    }


@pytest.mark.parametrize(
    ("on", "known", "reciprocal"),
    [
        ("2025-04-09", "2025-04-03", 0.34),
        ("2025-04-09", "2025-04-08", 0.84),
        ("2025-04-10", "2025-04-08", 0.84),
        ("2025-04-10", "2025-04-09", 1.25),
        ("2025-08-20", "2025-05-13", 0.34),
        ("2025-08-20", "2025-08-11", 0.10),
        ("2025-11-12", "2025-08-11", 0.34),
        ("2025-11-12", "2025-11-04", 0.10),
        ("2026-11-15", "2025-11-04", 0.34),
        ("2026-11-15", "2026-02-24", None),
    ],
)
def test_reciprocal_duty_on_a_day_as_known_on_another(
    on: str, known: str, reciprocal: float | None
) -> None:
    assert duties(on, known).get("us-reciprocal-china") == reciprocal


def test_the_truce_as_known_on_the_page_s_day() -> None:
    found = duties("2025-06-06", "2025-06-06")
    assert found["us-fentanyl-china"] == 0.20
    assert found["us-reciprocal-china"] == 0.10
    assert found["cn-retaliation-all-goods"] == 0.10


def test_april_2025_was_145_and_125() -> None:
    found = duties("2025-04-20", "2025-04-20")
    assert found["us-fentanyl-china"] == 0.20
    assert found["us-reciprocal-china"] == 1.25
    assert found["cn-retaliation-all-goods"] == 1.25


def test_on_6_june_2025_nothing_later_is_known() -> None:
    known = day("2025-06-06")
    rounds = [entry.entry_id for entry in LEDGER.rounds(known=known, between=BOTH)]
    assert rounds[-2:] == ["geneva-2025", "call-2025-06-05"]
    assert "london-2025" in [entry.entry_id for entry in LEDGER.rounds(between=BOTH)]
    for kind in ("round", "agreement", "commitment", "assessment", "accusation", "measure"):
        for entry in LEDGER.entries(kind, known=known):
            assert all(claim.published and claim.published <= known for claim in entry.claims)


def test_geneva_round() -> None:
    record = LEDGER.entry("geneva-2025").record
    assert isinstance(record, Round)
    assert (record.when.start, record.when.last) == (day("2025-05-10"), day("2025-05-11"))
    assert {"Scott Bessent", "He Lifeng"} <= {person.person for person in record.delegates}


def test_entries_name_their_sources() -> None:
    for entry in LEDGER.on(day("2025-06-06"), between=BOTH):
        assert entry.sources
        assert all(source.address.startswith("http") for source in entry.sources)


def test_parties_and_persons_are_those_of_the_vocabulary() -> None:
    words = vocabulary.load()
    for entry in LEDGER.rounds():
        assert isinstance(entry.record, Round)
        for delegate in entry.record.delegates:
            assert words.code(delegate.party) == delegate.party
            assert words.terms(delegate.person), delegate.person


def test_every_measure_in_force_has_a_rate_or_is_no_duty() -> None:
    for entry in LEDGER.measures():
        for version in LEDGER.versions(entry.entry_id):
            record = version.record
            assert isinstance(record, Measure)
            if version.state == "in_force" and record.kind == "import_tariff":
                assert record.rate.kind != "unknown", (entry.entry_id, version.start)


def test_every_entry_resolves_and_its_versions_too() -> None:
    for entry_id in LEDGER._subjects():
        assert LEDGER.entry(entry_id).sources
        assert LEDGER.versions(entry_id)


def test_words_are_held_of_most_acts_of_the_united_states() -> None:
    acts: dict[str, bool] = {}
    for entry in LEDGER.measures():
        assert isinstance(entry.record, Measure)
        for claim in entry.claims if entry.record.imposer == "USA" else ():
            if claim.act and claim.status != "set aside":
                acts[claim.act] = acts.get(claim.act, False) or bool(claim.evidence)
    assert sum(acts.values()) > len(acts) / 2


@pytest.mark.parametrize(
    ("entry_id", "on", "known", "state"),
    [
        ("us-301-increase-30", "2019-10-05", "2019-09-04", "in_force"),
        ("us-301-increase-30", "2019-10-05", "2019-09-12", "announced"),
        ("us-301-list-4b", "2019-09-05", "2019-08-02", "in_force"),
        ("us-301-list-4b", "2019-09-05", "2019-08-21", "announced"),
    ],
)
def test_a_postponed_start_as_known_before_and_after(
    entry_id: str, on: str, known: str, state: str
) -> None:
    versions = LEDGER.versions(entry_id, known=day(known))
    held = [
        one.state for one in versions if one.start <= day(on) and (not one.end or day(on) < one.end)
    ]
    assert held == [state]


def test_the_statement_of_february_2026_did_not_cut_the_duty_on_india() -> None:
    record = LEDGER.entry("us-reciprocal-india", on=day("2026-02-10")).record
    assert isinstance(record, Measure)
    assert record.rate.ad_valorem == 0.25
