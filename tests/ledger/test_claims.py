"""The rule by which claims become a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from parley.errors import ConflictError
from parley.ledger._claims import Asked, Subject, resolve, versions
from parley.records import Claim, Entry, Measure, Rank, Source

if TYPE_CHECKING:
    from parley.records import Profile

RECORDED = datetime(2025, 1, 1, tzinfo=UTC)


def claim(field: str, value: object, source: str = "press", **others: object) -> Claim:
    claim_id = f"{field} {value} {source} {others}"
    about = {"claim_id": claim_id, "published": date(2025, 1, 1), "recorded": RECORDED, **others}
    return Claim(field=field, value=value, source=source, **about)  # type: ignore[arg-type]  # fields of a claim


def rate(points: float, source: str = "press", **others: object) -> Claim:
    return claim("rate", {"kind": "ad_valorem", "ad_valorem": points}, source, **others)


def subject(*claims: Claim) -> Subject:
    ranks: dict[str, Rank] = {"law": "legal text", "press": "press", "press-2": "press"}
    return Subject(
        entry_id="m",
        type="measure",
        title="",
        claims=(claim("imposer", "USA"), claim("kind", "import_tariff"), *claims),
        sources={
            name: Source(source_id=name, address=name, rank=rank) for name, rank in ranks.items()
        },
    )


def points(entry: Entry | None) -> float | None:
    assert entry is not None
    assert isinstance(entry.record, Measure)
    return entry.record.rate.ad_valorem


def test_legal_text_outranks_a_later_page() -> None:
    about = subject(rate(0.1, "law"), rate(0.2, "press", published=date(2025, 5, 1)))
    assert points(resolve(about, Asked())) == 0.1


def test_of_one_rank_the_later_page_wins() -> None:
    about = subject(rate(0.1), rate(0.2, "press-2", published=date(2025, 5, 1)))
    assert points(resolve(about, Asked())) == 0.2


def test_later_act_replaces_an_earlier_one_whatever_the_rank_of_its_source() -> None:
    about = subject(
        rate(0.1, "law", act="first", acted=date(2025, 1, 1)),
        rate(0.2, "press", act="second", acted=date(2025, 2, 1), start=date(2025, 3, 1)),
    )
    assert points(resolve(about, Asked(), on=date(2025, 2, 28))) == 0.1
    assert points(resolve(about, Asked(), on=date(2025, 3, 1))) == 0.2


def test_equal_rank_and_date_stop_the_query_and_name_both() -> None:
    about = subject(rate(0.1), rate(0.2, "press-2"))
    with pytest.raises(ConflictError, match=r"press says .*0\.1.* and press-2 says .*0\.2"):
        resolve(about, Asked())


def test_equal_values_are_no_conflict() -> None:
    assert points(resolve(subject(rate(0.1), rate(0.1, "press-2")), Asked())) == 0.1


def test_claim_set_aside_loses_and_stays_visible() -> None:
    about = subject(rate(0.1), rate(0.2, "press-2", status="set aside", why="a typing error"))
    entry = resolve(about, Asked())
    assert points(entry) == 0.1
    assert entry is not None
    losing = [claim for claim in entry.losing if claim.field == "rate"]
    assert [claim.why for claim in losing] == ["a typing error"]


def test_what_was_published_later_is_not_known() -> None:
    about = subject(rate(0.1), rate(0.2, "press-2", published=date(2025, 5, 1)))
    assert points(resolve(about, Asked(known=date(2025, 4, 30)))) == 0.1
    assert resolve(about, Asked(known=date(2024, 12, 31))) is None


def test_the_two_clocks_differ() -> None:
    late = rate(
        0.2, "press-2", published=date(2025, 2, 1), recorded=datetime(2025, 6, 1, tzinfo=UTC)
    )
    about = subject(rate(0.1), late)
    march = date(2025, 3, 1)
    assert points(resolve(about, Asked(known=march))) == 0.2
    assert points(resolve(about, Asked(known=march, clock="recorded"))) == 0.1


def test_profiles_differ() -> None:
    about = subject(
        claim("state", "in_force"),
        claim("state", "struck_down", "law", start=date(2026, 2, 20), profile="legal"),
        claim("state", "withdrawn", "law", start=date(2026, 2, 24), profile="collected"),
    )

    def state(profile: Profile) -> str | None:
        entry = resolve(about, Asked(profile=profile), on=date(2026, 2, 21))
        assert entry is not None
        assert isinstance(entry.record, Measure)
        return entry.record.state_on(date(2026, 2, 21))

    assert (state("legal"), state("collected")) == ("struck_down", "in_force")


def test_correction_is_a_new_revision_of_its_chain() -> None:
    wrong = rate(0.1)
    right = replace(rate(0.15), revision=2, recorded=datetime(2025, 6, 1, tzinfo=UTC))
    about = subject(wrong, right)
    assert points(resolve(about, Asked())) == 0.15
    before = Asked(known=date(2025, 3, 1), clock="recorded")
    assert points(resolve(about, before)) == 0.1


def test_retracted_claim_gives_nothing() -> None:
    about = subject(rate(0.1), rate(0.1, revision=2, status="retracted", why="wrong country"))
    assert points(resolve(about, Asked())) is None


def test_versions_are_the_stretches_that_differ() -> None:
    about = subject(
        claim("state", "announced", end=date(2025, 3, 1)),
        claim("state", "in_force", start=date(2025, 3, 1)),
        rate(0.1, start=date(2025, 3, 1), end=date(2025, 6, 1)),
        rate(0.3, start=date(2025, 6, 1)),
    )
    found = [
        (version.start, version.state, version.record.rate.ad_valorem)
        for version in versions(about, Asked())
        if isinstance(version.record, Measure)
    ]
    assert found == [
        (None, "announced", 0.1),
        (date(2025, 3, 1), "in_force", 0.1),
        (date(2025, 6, 1), "in_force", 0.3),
    ]
