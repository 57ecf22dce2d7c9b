"""The questions of analysts over the shipped record; each answer names its words or its pages."""

from __future__ import annotations

from datetime import date

import pytest

from parley.ledger import Ledger, Promise
from parley.records import Accusation, Assessment, Commitment, Entry, Measure, Round, When, decode

LEDGER = Ledger.open()
BOTH = ("USA", "CHN")


def day(text: str) -> date:
    return date.fromisoformat(text)


def proof(entry: Entry) -> str:
    """Return the words behind what an entry holds, or say that none are held and who reports."""
    words = [span.exact for claim in entry.holding for span in claim.evidence]
    assert entry.sources, f"{entry.entry_id} has no source at all"
    return words[0] if words else f"no words held: {entry.sources[0].address}"


def in_force(on: str, known: str) -> dict[str, Entry]:
    found = LEDGER.measures(on=day(on), known=day(known), between=BOTH, state="in_force")
    return {entry.entry_id: entry for entry in found}


def rate(entry: Entry) -> float | None:
    assert isinstance(entry.record, Measure)
    return entry.record.rate.ad_valorem


# 2. What was in force on 20 August 2025, as known on 13 May and on 12 August?
def test_the_same_day_as_known_on_two_days() -> None:
    before, after = in_force("2025-08-20", "2025-05-13"), in_force("2025-08-20", "2025-08-12")
    assert (rate(before["us-reciprocal-china"]), rate(after["us-reciprocal-china"])) == (0.34, 0.10)
    assert rate(before["us-fentanyl-china"]) == rate(after["us-fentanyl-china"]) == 0.20
    words = "shall be, consistent with law, subject to an additional ad valorem rate of duty"
    assert proof(in_force("2025-06-06", "2025-06-06")["us-reciprocal-china"]).startswith(words)
    assert proof(after["cn-retaliation-all-goods"]).startswith("no words held: https://")


# 3. Which truces end in the next 90 days, and what returns if nobody acts?
def test_what_ends_in_the_90_days_from_12_august_2025() -> None:
    on = day("2025-08-12")
    ending = {
        expiry.entry.entry_id: expiry for expiry in LEDGER.expiring(on=on, known=on, between=BOTH)
    }
    assert set(ending) == {
        "us-reciprocal-china",
        "cn-retaliation-all-goods",
        "geneva-joint-statement",
    }
    duty = ending["us-reciprocal-china"]
    assert duty.day == day("2025-11-10")
    assert duty.returns is not None
    assert isinstance(duty.returns.record, Measure)
    assert duty.returns.record.rate.ad_valorem == 0.34
    assert "34 %" in duty.snapback
    assert proof(duty.entry)


def test_what_ends_in_november_2026() -> None:
    ending = {
        expiry.entry.entry_id
        for expiry in LEDGER.expiring(on=day("2026-09-01"), within=90, between=BOTH)
    }
    assert {
        "cn-retaliation-all-goods",
        "cn-rare-earth-controls-october",
        "cn-port-fees",
        "busan-truce",
    } <= ending
    assert "us-reciprocal-china" not in ending  # void since February 2026


# 4. Who said that the Geneva deal was broken, by whom, on what ground?
def test_who_said_that_geneva_was_broken() -> None:
    found = [
        (entry.record.by, entry.record.against, entry.record.what, proof(entry))
        for entry in LEDGER.entries("accusation", known=day("2025-06-09"), between=BOTH)
        if isinstance(entry.record, Accusation)
        and entry.record.on.start is not None
        and day("2025-05-12") <= entry.record.on.start <= day("2025-06-09")
    ]
    assert {(by, against) for by, against, *_ in found} == {
        ("Donald Trump", ("CHN",)),
        ("Jamieson Greer", ("CHN",)),
        ("Ministry of Commerce of China", ("USA",)),
    }
    grounds = " | ".join(what for *_, what, _ in found)
    assert all(word in grounds for word in ("rare earths", "chips", "EDA", "visas"))
    assert all(words for *_, words in found)


def test_the_talks_under_way_on_a_day() -> None:
    on = {
        text: [entry.entry_id for entry in LEDGER.rounds(on=day(text), between=BOTH)]
        for text in ("2025-05-10", "2025-05-11", "2025-05-13", "2025-06-09")
    }
    assert on == {
        "2025-05-10": ["geneva-2025"],
        "2025-05-11": ["geneva-2025"],
        "2025-05-13": [],
        "2025-06-09": ["london-2025"],
    }


# 5. Was the promise of 12 million tonnes of soybeans kept?
@pytest.fixture
def soybeans() -> Promise:
    (found,) = [
        promise
        for promise in LEDGER.promises(between=BOTH)
        if promise.commitment.entry_id == "soybeans-2025"
    ]
    return found


def test_every_deadline_of_the_soybeans_with_who_set_it(soybeans: Promise) -> None:
    assert [
        (str(decode(When, claim.value).start), str(claim.published)) for claim in soybeans.deadlines
    ] == [
        ("2026-01-31", "2025-10-30"),
        ("2025-12-31", "2025-11-01"),
        ("2026-02-28", "2025-12-03"),
    ]


def test_every_account_of_the_soybeans(soybeans: Promise) -> None:
    said = [
        (entry.record.speaker, entry.record.verdict)
        for entry in soybeans.assessments
        if isinstance(entry.record, Assessment)
    ]
    assert ("Scott Bessent", "on_track") in said
    assert ("Argus Media", "late") in said
    assert ("US Department of Agriculture", "partly_kept") in said
    assert ("Scott Bessent", "kept") in said
    assert ("Three traders (Reuters)", "kept") in said
    volumes = " ".join(
        entry.record.progress
        for entry in soybeans.assessments
        if isinstance(entry.record, Assessment)
    )
    assert all(
        volume in volumes for volume in ("2.26", "at least 7", "under 4", "over 8", "12 of 12")
    )
    assert all(proof(entry) for entry in soybeans.assessments)


def test_the_board_of_a_day_holds_what_was_said_by_then() -> None:
    on = day("2025-12-01")
    board = {
        promise.commitment.entry_id: promise for promise in LEDGER.promises(on=on, between=BOTH)
    }
    assert "boeing-2026" not in board
    soybeans = board["soybeans-2025"]
    assert [str(claim.published) for claim in soybeans.deadlines] == ["2025-10-30", "2025-11-01"]
    verdicts = {
        entry.record.verdict
        for entry in soybeans.assessments
        if isinstance(entry.record, Assessment)
    }
    assert verdicts == {"on_track"}


@pytest.mark.parametrize(
    ("known", "due"),
    [("2025-10-31", "2026-01-31"), ("2025-11-20", "2025-12-31"), ("2025-12-20", "2026-02-28")],
)
def test_the_deadline_of_the_soybeans_as_known(known: str, due: str) -> None:
    record = LEDGER.entry("soybeans-2025", known=day(known)).record
    assert isinstance(record, Commitment)
    assert str(record.due.start) == due


# 6. Which promises exist only in one side's account?
def test_promises_that_only_the_united_states_tell_of() -> None:
    one_sided = {
        promise.commitment.entry_id: proof(promise.commitment)
        for promise in LEDGER.promises(between=BOTH)
        if promise.one_sided
    }
    assert set(one_sided) == {
        "phase-one-farm-purchases",
        "london-rare-earths",
        "soybeans-2025",
        "soybeans-2026-2028",
        "soybeans-season-20",
        "boeing-2026",
        "farm-goods-2026",
    }


# 7. Rounds since 2018 with place, heads, outcome, and days to the next measure.
def test_rounds_with_what_followed() -> None:
    talks = {talk.round.entry_id: talk for talk in LEDGER.talks(between=BOTH)}
    geneva = talks["geneva-2025"]
    assert isinstance(geneva.round.record, Round)
    assert geneva.round.record.place == "Geneva"
    assert geneva.days == 1
    assert geneva.next_measure is not None
    assert proof(geneva.round)
    assert talks["shanghai-2019-07"].days == 1
    assert min(
        talk.round.record.when.start
        for talk in talks.values()
        if isinstance(talk.round.record, Round) and talk.round.record.when.start
    ) == day("2018-05-03")


# 8. Which measures were announced but never applied?
def test_measures_that_never_applied() -> None:
    found = LEDGER.never_applied(on=day("2026-11-22"), between=BOTH)
    assert {entry.entry_id: bool(proof(entry)) for entry in found} == {
        "us-301-list-4b": True,
        "us-301-increase-30": True,
        "us-100-threat": True,
        "us-section-122-15": True,
    }


# 9. Which measures reached back in time, and by how many days?
def test_measures_that_reached_back() -> None:
    found = {(reach.entry.entry_id, reach.days) for reach in LEDGER.reaching_back()}
    assert {("us-stacking-order", 56), ("us-reciprocal-baseline", 6)} <= found
    assert all(days > 0 for _, days in found)
    assert "us-fentanyl-china" not in {entry_id for entry_id, _ in found}


def test_three_dates_for_one_cut_stay_visible() -> None:
    claims = [
        (str(claim.start), claim.act)
        for claim in LEDGER.history("us-fentanyl-china")
        if claim.field == "rate" and claim.value["ad_valorem"] == 0.10
    ]
    assert {start for start, _ in claims} >= {"2025-10-30", "2025-11-01", "2025-11-10"}
    assert rate(LEDGER.entry("us-fentanyl-china", on=day("2025-11-05"))) == 0.20


@pytest.mark.parametrize(
    ("on", "profile", "state"),
    [
        ("2026-02-21", "legal", "struck_down"),
        ("2026-02-21", "collected", "in_force"),
        ("2026-02-24", "collected", "withdrawn"),
    ],
)
def test_the_law_and_the_collection_end_on_two_days(on: str, profile: str, state: str) -> None:
    entry = LEDGER.entry("us-fentanyl-china", on=day(on), profile=profile)  # type: ignore[arg-type]  # two words
    assert isinstance(entry.record, Measure)
    assert entry.record.state_on(day(on)) == state


# The as-of matrix: the sets of measures in force that each pair of dates must tell apart.
_LISTS = {"us-301-list-1", "us-301-list-2", "us-301-list-3", "us-301-list-4a"} | {
    "us-301-review-2024",
    "us-301-review-2025",
}
_FENTANYL, _CHINA, _BASE = "us-fentanyl-china", "us-reciprocal-china", "us-reciprocal-baseline"


@pytest.mark.parametrize(
    ("on", "known", "emergency", "rates"),
    [
        ("2025-04-09", "2025-04-03", {_FENTANYL, _CHINA}, (0.20, 0.34)),
        ("2025-04-09", "2025-04-08", {_FENTANYL, _CHINA}, (0.20, 0.84)),
        ("2025-04-10", "2025-04-08", {_FENTANYL, _CHINA}, (0.20, 0.84)),
        ("2025-04-10", "2025-04-09", {_FENTANYL, _CHINA}, (0.20, 1.25)),
        ("2025-08-20", "2025-05-13", {_FENTANYL, _CHINA}, (0.20, 0.34)),
        ("2025-08-20", "2025-08-11", {_FENTANYL, _CHINA}, (0.20, 0.10)),
        ("2025-11-12", "2025-08-11", {_FENTANYL, _CHINA}, (0.20, 0.34)),
        ("2025-11-12", "2025-11-04", {_FENTANYL, _CHINA}, (0.10, 0.10)),
        ("2026-11-15", "2025-11-04", {_FENTANYL, _CHINA}, (0.10, 0.34)),
        ("2026-11-15", "2026-02-24", set(), (None, None)),
        ("2025-04-06", "2025-04-06", {_FENTANYL, _BASE}, (0.20, None)),
        ("2025-04-06", "2025-04-12", {_FENTANYL, _BASE}, (0.20, None)),
        ("2025-11-20", "2025-11-20", {_FENTANYL, _CHINA}, (0.10, 0.10)),
        ("2025-11-20", "2025-12-10", {_FENTANYL, _CHINA}, (0.10, 0.10)),
    ],
)
def test_us_duties_on_china_in_force(
    on: str, known: str, emergency: set[str], rates: tuple[float | None, float | None]
) -> None:
    found = in_force(on, known)
    ours = {
        entry_id
        for entry_id, entry in found.items()
        if isinstance(entry.record, Measure)
        and entry.record.imposer == "USA"
        and entry.record.kind == "import_tariff"
        and entry.record.instrument in ("Section 301", "IEEPA fentanyl", "IEEPA reciprocal")
    }
    assert ours - {"us-301-legacy-chips"} == _LISTS | emergency
    assert (
        tuple(rate(found[name]) if name in found else None for name in (_FENTANYL, _CHINA)) == rates
    )


def test_retroactive_exemption_tells_two_knowledge_dates_apart() -> None:
    words = [
        in_force("2025-04-06", known)[_BASE].record.scope.words  # type: ignore[union-attr]  # a measure
        for known in ("2025-04-06", "2025-04-12")
    ]
    assert "phones" not in words[0]
    assert "phones" in words[1]


def test_surcharge_lapses_after_150_days() -> None:
    assert "us-section-122" in in_force("2026-07-23", "2026-07-23")
    assert "us-section-122" not in in_force("2026-07-24", "2026-07-23")
