"""Every fact of the page on the London talks, and nothing from its furniture."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from parley import drafts
from parley.records import (
    Accusation,
    Article,
    Assessment,
    Commitment,
    Draft,
    Figure,
    Measure,
    Record,
    Round,
    Statement,
)

PAGE = Path(__file__).resolve().parents[3] / "shared" / "pages" / "china-london-talks.txt"


@pytest.fixture(scope="module")
def article(article_of: Callable[..., Article]) -> Article:
    if not PAGE.is_file():
        pytest.skip(f"{PAGE.name} is not there: it is a third party's text and is not shipped")
    return article_of(PAGE.read_text(encoding="utf-8"), date(2025, 6, 6))


@pytest.fixture(scope="module")
def found(article: Article) -> tuple[Draft, ...]:
    return drafts.read(article)


def records(found: tuple[Draft, ...], kind: type[Record]) -> list[Record]:
    return [draft.record for draft in found if isinstance(draft.record, kind)]


def test_round_in_london_has_date_delegations_and_place_in_the_series(
    found: tuple[Draft, ...],
) -> None:
    (london,) = [r for r in records(found, Round) if isinstance(r, Round) and r.place == "London"]
    assert london.parties == ("CHN", "USA")
    assert london.when.start == date(2025, 6, 9)
    assert london.state == "scheduled"
    offices = {one.person: (one.office, one.party) for one in london.delegates}
    assert offices == {
        "He Lifeng": ("Vice Premier", "CHN"),
        "Scott Bessent": ("Treasury Secretary", "USA"),
        "Howard Lutnick": ("Commerce Secretary", "USA"),
        "Jamieson Greer": ("U.S. Trade Representative", "USA"),
    }
    assert "first face-to-face negotiation since" in london.sequence


def test_geneva_is_dated_from_last_month(found: tuple[Draft, ...]) -> None:
    (geneva,) = [r for r in records(found, Round) if isinstance(r, Round) and r.place == "Geneva"]
    assert (geneva.when.start, geneva.when.last) == (date(2025, 5, 1), date(2025, 5, 31))


def test_leaders_call_is_dated(found: tuple[Draft, ...]) -> None:
    (call,) = [r for r in records(found, Round) if isinstance(r, Round) and r.format == "call"]
    assert call.when.start == date(2025, 6, 5)
    assert {one.person for one in call.delegates} == {"Donald Trump", "Xi Jinping"}


def test_both_sides_say_that_the_other_broke_its_word(found: tuple[Draft, ...]) -> None:
    commitments = {
        draft.draft_id: draft.record for draft in found if isinstance(draft.record, Commitment)
    }
    accounts = [r for r in records(found, Assessment) if isinstance(r, Assessment)]
    said = {(commitments[a.commitment].made_by, a.speaker_party, a.verdict) for a in accounts}
    assert said == {(("USA",), "CHN", "broken"), (("CHN",), "USA", "broken")}
    linked = [r for r in records(found, Accusation) if isinstance(r, Accusation) and r.commitment]
    assert {(r.by, r.against) for r in linked} == {("CHN", ("USA",)), ("USA", ("CHN",))}


def test_china_objects_to_chip_warning_and_visas(found: tuple[Draft, ...]) -> None:
    said = " ".join(
        draft.evidence[0].exact for draft in found if isinstance(draft.record, Accusation)
    )
    assert "semiconductors" in said
    assert "protests" in said


def test_measures_have_imposer_kind_and_state(found: tuple[Draft, ...]) -> None:
    measures = [r for r in records(found, Measure) if isinstance(r, Measure)]
    seen = {(m.imposer, m.on_behalf, m.kind, m.targets) for m in measures}
    assert seen == {
        ("CHN", ("USA",), "tariff_suspension", ()),
        ("USA", (), "other", ("CHN",)),
        ("USA", (), "visa", ("CHN",)),
    }


def test_two_posts_have_speaker_and_channel(found: tuple[Draft, ...]) -> None:
    statements = [r for r in records(found, Statement) if isinstance(r, Statement)]
    assert [s.speaker for s in statements] == ["Donald Trump", "Donald Trump"]
    assert statements[0].channel == "Truth Social"


def test_goods_trade_is_of_2024(found: tuple[Draft, ...]) -> None:
    (figure,) = [r for r in records(found, Figure) if isinstance(r, Figure)]
    assert (figure.value, figure.unit) == (582.0, "USD bn")
    assert (figure.period.start, figure.period.last) == (date(2024, 1, 1), date(2024, 12, 31))


def test_evidence_is_never_furniture(article: Article, found: tuple[Draft, ...]) -> None:
    furniture = [p for p in article.paragraphs if p.kind == "furniture"]
    for draft in found:
        for span in draft.evidence:
            assert article.text[span.start : span.end] == span.exact
            assert not any(p.start < span.end and span.start < p.end for p in furniture)


def test_without_publication_date_relative_dates_stay_words(
    article_of: Callable[..., Article],
) -> None:
    if not PAGE.is_file():
        pytest.skip(f"{PAGE.name} is not there")
    undated = article_of(PAGE.read_text(encoding="utf-8"))
    for draft in drafts.read(undated):
        if isinstance(draft.record, Round):
            assert draft.record.when.start is None
