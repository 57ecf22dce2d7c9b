"""The user's own ledger: proposals, decisions, corrections, on top of the shipped record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from parley.errors import LedgerError
from parley.ledger import Fact, Ledger
from parley.records import Article, Assessment, Draft, Measure, Rate, Source

if TYPE_CHECKING:
    from pathlib import Path


def test_saving_twice_is_saving_once(own: Ledger, article: Article, draft: Draft) -> None:
    assert own.save(article, [draft], by="ann") == own.save(article, [draft], by="bob")
    assert [kept for _, kept, _ in own.proposals()] == [draft]


def test_proposal_is_no_fact(own: Ledger, article: Article, draft: Draft) -> None:
    own.save(article, [draft], by="ann")
    assert own.measures() == ()


def test_accepted_draft_becomes_an_entry_with_its_words(
    own: Ledger, article: Article, draft: Draft
) -> None:
    (proposal,) = own.save(article, [draft], by="ann")
    entry_id = own.accept(proposal, by="bob", title="Salt duty")
    (entry,) = own.measures(on=date(2025, 7, 1), state="in_force")
    assert (entry.entry_id, entry.title, entry.accepted_by) == (entry_id, "Salt duty", "bob")
    assert isinstance(entry.record, Measure)
    assert entry.record.rate == draft.record.rate  # type: ignore[union-attr]  # it is a measure
    assert entry.sources[0].evidence == draft.evidence
    assert entry.published == article.published
    assert own.proposals() == ()


def test_words_that_are_not_in_the_text_are_refused(
    own: Ledger, article: Article, draft: Draft
) -> None:
    (span,) = draft.evidence
    forged = replace(draft, evidence=(replace(span, start=1, end=span.end + 1),))
    with pytest.raises(LedgerError, match="does not stand at 1"):
        own.save(article, [forged], by="ann")
    assert own.proposals() == ()


def test_rejected_proposal_is_gone_and_cannot_be_accepted(
    own: Ledger, article: Article, draft: Draft
) -> None:
    (proposal,) = own.save(article, [draft], by="ann")
    own.reject(proposal, by="bob", why="a joke")
    assert own.proposals() == ()
    with pytest.raises(LedgerError, match="was rejected already"):
        own.accept(proposal, by="bob")


def test_merging_adds_the_page_s_claims_to_the_entry(
    own: Ledger, article: Article, draft: Draft
) -> None:
    (first,) = own.save(article, [draft], by="ann")
    entry_id = own.accept(first, by="ann")
    other = replace(article, address="https://example.com/salt", page_sha256="b" * 64)
    (second,) = own.save(other, [draft], by="ann")
    assert own.merge(second, entry_id, by="ann") == entry_id
    assert len(own.entry(entry_id).sources) == 2


def test_merging_into_another_kind_is_refused(own: Ledger, article: Article, draft: Draft) -> None:
    (measure,) = own.save(article, [draft], by="ann")
    other = replace(
        draft, draft_id="d2", record=Assessment(commitment="", speaker="X", verdict="kept")
    )
    (proposal,) = own.save(article, [other], by="ann")
    entry_id = own.accept(measure, by="ann")
    with pytest.raises(LedgerError, match="is a assessment"):
        own.merge(proposal, entry_id, by="ann")


def test_reference_to_a_draft_that_is_not_accepted_is_refused(
    own: Ledger, article: Article, draft: Draft
) -> None:
    about = Assessment(commitment="d1", speaker="X", verdict="kept")
    own.save(article, [draft], by="ann")
    (proposal,) = own.save(article, [replace(draft, draft_id="d2", record=about)], by="ann")
    with pytest.raises(LedgerError, match="accept proposal"):
        own.accept(proposal, by="ann")


def test_correction_keeps_what_was_believed(own: Ledger) -> None:
    source = Source(source_id="s", address="https://example.org", published=date(2025, 1, 1))
    rate = Rate(kind="ad_valorem", ad_valorem=0.1)
    fact = Fact(record=Measure(imposer="RUR", kind="import_tariff", rate=rate), source=source)
    (entry_id,) = own.add([fact], by="ann")
    (claim,) = [claim for claim in own.history(entry_id) if claim.field == "rate"]
    better = {**claim.value, "ad_valorem": 0.2}
    own.correct(entry_id, claim.claim_id, by="bob", why="misread", value=better)
    assert own.entry(entry_id).record.rate.ad_valorem == 0.2  # type: ignore[union-attr]  # a measure
    kept = [(c.revision, c.value["ad_valorem"]) for c in own.history(entry_id) if c.field == "rate"]
    assert kept == [(1, 0.1), (2, 0.2)]


def test_shipped_claim_can_be_set_aside_in_the_user_s_ledger(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "own.db", create=True) as ledger:
        claim = next(c for c in ledger.history("geneva-2025") if c.field == "place")
        ledger.set_aside("geneva-2025", claim.claim_id, by="ann", why="a test")
        assert ledger.entry("geneva-2025").record.place == ""  # type: ignore[union-attr]  # a round
    assert Ledger.open().entry("geneva-2025").record.place == "Geneva"  # type: ignore[union-attr]  # a round


def test_shipped_record_alone_takes_nothing(article: Article, draft: Draft) -> None:
    with pytest.raises(LedgerError, match="parley ledger init"):
        Ledger.open().save(article, [draft], by="ann")
