"""Two entries that turn out to be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from parley.errors import LedgerError
from parley.ledger import Fact, Ledger
from parley.records import Assessment, Commitment, Record, Round, Source, When

if TYPE_CHECKING:
    from pathlib import Path

PRESS = Source(source_id="daily", address="https://example.org/a", rank="press")
WIRE = Source(source_id="wire", address="https://example.com/b", rank="agency")


def fact(entry_id: str, record: Record, source: Source = PRESS, day: int = 3) -> Fact:
    return Fact(
        entry_id=entry_id,
        record=record,
        source=source,
        published=date(2025, 6, day),
        title=entry_id,
    )


@pytest.fixture
def twice(own: Ledger) -> Ledger:
    """The same promise told by two pages, entered twice, with an account of the second."""
    promise = Commitment(made_by=("RUR",), made_to=("SYL",), action="open the mines")
    wordier = replace(promise, due=When.day(date(2025, 9, 1)))
    said = Assessment(commitment="mines-b", speaker="The minister", verdict="late")
    own.add(
        [
            fact("mines-a", promise),
            fact("mines-b", wordier, WIRE),
            fact("late", said, WIRE, day=20),
        ],
        by="ann",
    )
    return own


def test_one_entry_is_left_with_what_both_said(twice: Ledger) -> None:
    twice.unite("mines-b", "mines-a", by="bob", why="one promise")
    (entry,) = twice.commitments()
    assert entry.entry_id == "mines-a"
    assert isinstance(entry.record, Commitment)
    assert entry.record.due.start == date(2025, 9, 1)
    assert {source.address for source in entry.sources} == {PRESS.address, WIRE.address}


def test_what_referred_to_the_one_refers_to_the_other(twice: Ledger) -> None:
    twice.unite("mines-b", "mines-a", by="bob", why="one promise")
    (promise,) = twice.promises()
    assert [entry.entry_id for entry in promise.assessments] == ["late"]


def test_nothing_is_deleted_and_the_reason_stays(twice: Ledger) -> None:
    before = {claim.claim_id for claim in twice.history("mines-b")}
    twice.unite("mines-b", "mines-a", by="bob", why="one promise")
    after = twice.history("mines-b")
    assert before < {claim.claim_id for claim in after}
    assert {claim.why for claim in after if claim.status == "retracted"} == {
        "the same as mines-a: one promise"
    }
    with pytest.raises(LedgerError, match="taken back: the same as mines-a"):
        twice.entry("mines-b")


def test_uniting_twice_is_refused(twice: Ledger) -> None:
    twice.unite("mines-b", "mines-a", by="bob", why="one promise")
    with pytest.raises(LedgerError, match="was taken back already"):
        twice.unite("mines-b", "mines-a", by="bob", why="again")


def test_a_source_that_says_two_things_is_not_united(own: Ledger) -> None:
    promise = Commitment(made_by=("RUR",), action="open the mines")
    own.add([fact("a", promise), fact("b", replace(promise, action="shut the mines"))], by="ann")
    with pytest.raises(LedgerError, match="'shut the mines' for b and 'open the mines' for a"):
        own.unite("b", "a", by="bob", why="one promise")
    assert {entry.entry_id for entry in own.commitments()} == {"a", "b"}


@pytest.mark.parametrize(
    ("one", "into", "message"),
    [
        ("mines-a", "late", "never the same"),
        ("mines-a", "mines-a", "one entry already"),
        ("mines-a", "gold", "no entry 'gold'"),
    ],
)
def test_what_cannot_be_one_is_refused(twice: Ledger, one: str, into: str, message: str) -> None:
    with pytest.raises(LedgerError, match=message):
        twice.unite(one, into, by="bob", why="a test")
    assert len(twice.commitments()) == 2


def test_an_entry_of_one_s_own_joins_a_shipped_one(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "own.db", create=True) as ledger:
        talks = Round(
            parties=("CHN", "USA"), place="Geneva (villa)", when=When.day(date(2025, 5, 10))
        )
        ledger.add([fact("villa", talks, replace(PRESS, rank="other"))], by="ann")
        ledger.unite("villa", "geneva-2025", by="ann", why="one meeting")
        assert "villa" not in {entry.entry_id for entry in ledger.rounds()}
        entry = ledger.entry("geneva-2025")
        assert PRESS.address in {source.address for source in entry.sources}
        assert isinstance(entry.record, Round)
        assert entry.record.place == "Geneva"  # of higher rank than the newcomer
    assert "villa" not in {entry.entry_id for entry in Ledger.open().rounds()}
