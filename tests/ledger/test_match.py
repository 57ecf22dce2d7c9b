"""Matching a draft to the record: which entry, why, and where the two disagree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from parley import records as r
from parley.ledger import Ledger

LEDGER = Ledger.open()
PUBLISHED = date(2025, 6, 6)


def drafted(record: r.Record, said: str = "words") -> r.Draft:
    span = r.Article(page_sha256="", text=said).span(0, len(said))
    return r.Draft(draft_id="d", record=record, evidence=(span,), rules=("test",), confidence=1.0)


def test_round_is_found_by_parties_and_date() -> None:
    talks = r.Round(parties=("CHN", "USA"), place="London", when=r.When.day(date(2025, 6, 9)))
    best = LEDGER.match(drafted(talks))[0]
    assert (best.entry_id, best.same, best.agrees) == ("london-2025", True, True)


def test_round_that_is_not_known_yet_is_not_found() -> None:
    talks = r.Round(parties=("CHN", "USA"), when=r.When.day(date(2025, 6, 9)))
    assert LEDGER.match(drafted(talks), known=PUBLISHED) == ()


def test_rate_that_differs_is_said_to_disagree() -> None:
    measure = r.Measure(
        imposer="USA",
        targets=("CHN",),
        kind="import_tariff",
        legal_basis="EO 14257",
        scope=r.Scope(words="goods of China"),
        rate=r.Rate(kind="ad_valorem", ad_valorem=0.24, basis="additional"),
    )
    found = {
        match.entry_id: {compared.field: compared.agrees for compared in match.compared}
        for match in LEDGER.match(drafted(measure), published=PUBLISHED, known=PUBLISHED)
    }
    assert found["us-reciprocal-china"]["rate"] is False
    same = replace(measure, rate=replace(measure.rate, ad_valorem=0.10))
    best = LEDGER.match(drafted(same), published=PUBLISHED, known=PUBLISHED)[0]
    assert best.entry_id == "us-reciprocal-china"
    assert best.agrees


def test_rare_earth_promise_is_found_by_its_action() -> None:
    promise = r.Commitment(made_by=("CHN",), action="approve more exports of rare earths")
    best = LEDGER.match(drafted(promise), known=PUBLISHED)[0]
    assert best.entry_id == "geneva-cn-countermeasures"
    assert best.reasons


def test_talks_of_others_match_nothing() -> None:
    talks = r.Round(parties=("BRA", "IND"), when=r.When.day(date(2025, 6, 9)))
    assert LEDGER.match(drafted(talks)) == ()
