"""What a brief of the London talks must show: on the example page, and on the original.

The original is a news text that is not part of this repository; where it is not there, the tests
that need it say so and are skipped.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from lxml import html as markup

from parley import articles, brief, drafts, pages, talks, world
from parley.brief import Brief, Options
from parley.brief._brief import Reported
from parley.brief._economy import economy_of
from parley.ledger import Ledger
from parley.records import (
    Accusation,
    Article,
    Assessment,
    Commitment,
    Figure,
    Measure,
    Record,
    Round,
    Statement,
)

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "london-talks.html"
ORIGINAL = ROOT.parent / "shared" / "pages" / "china-london-talks.txt"
PUBLISHED = date(2025, 6, 6)
FURNITURE = ("newsletter", "inbox", "Loading", "Disclaimer", "Share", "Subscribe", "class starts")

Kind = TypeVar("Kind", bound=Record)


@cache
def _read(path: Path, published: date | None) -> tuple[Article, Brief]:
    page = pages.read(path, limit_bytes=1_000_000)
    article = articles.read(page, published=published)
    found = drafts.read(article)
    made = brief.make_brief(article, found, Ledger.open(), options=Options(draws=20))
    return article, made


@pytest.fixture(params=[EXAMPLE, ORIGINAL], ids=["example", "original"])
def page(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    if not path.exists():
        pytest.skip(f"the original page is not here: {path}")
    return path


@pytest.fixture
def made(page: Path) -> Brief:
    return _read(page, PUBLISHED)[1]


def reported(made: Brief, kind: type[Kind]) -> list[tuple[Reported, Kind]]:
    sections = (made.happening, made.on_the_table, made.promises)
    return [
        (one, one.record)
        for section in sections
        for one in section.reported
        if isinstance(one.record, kind)
    ]


def words(one: Reported) -> str:
    return " ".join(quote.exact for quote in one.quotes)


# --------------------------------------------------------------------------- what is happening


def london(made: Brief) -> Round:
    (found,) = (
        record
        for _, record in reported(made, Round)
        if record.place.startswith("London") and record.format == "in-person"
    )
    return found


def test_the_round_in_london_on_monday_9_june(made: Brief) -> None:
    found = london(made)
    assert found.parties == ("CHN", "USA")
    assert (found.when.start, found.when.last) == (date(2025, 6, 9), date(2025, 6, 9))
    assert found.state == "scheduled"


def test_the_delegates_come_with_their_offices(made: Brief) -> None:
    sent = {one.person: (one.office, one.party) for one in london(made).delegates}
    assert set(sent) == {"He Lifeng", "Scott Bessent", "Howard Lutnick", "Jamieson Greer"}
    assert "Vice Premier" in sent["He Lifeng"][0]
    assert "Treasury" in sent["Scott Bessent"][0]
    assert "Commerce" in sent["Howard Lutnick"][0]
    assert "Trade Representative" in sent["Jamieson Greer"][0]
    assert {party for _, party in sent.values()} == {"CHN", "USA"}


def test_the_round_is_the_first_face_to_face_since_geneva(made: Brief) -> None:
    sequence = london(made).sequence
    assert "first face-to-face" in sequence
    assert "Geneva" in sequence


def test_the_call_of_the_leaders_on_5_june(made: Brief) -> None:
    (call,) = (record for _, record in reported(made, Round) if record.format == "call")
    assert (call.when.start, call.when.last) == (date(2025, 6, 5), date(2025, 6, 5))
    assert {one.person for one in call.delegates} == {"Donald Trump", "Xi Jinping"}


def test_the_two_posts_with_speaker_and_channel(made: Brief) -> None:
    posts = [record for _, record in reported(made, Statement)]
    assert [post.speaker for post in posts] == ["Donald Trump"] * 2
    assert any("should go very well" in post.quote for post in posts)
    assert any("complexity of Rare Earth products" in post.quote for post in posts)
    assert posts[0].channel == "Truth Social"


def test_the_goods_trade_of_last_year(made: Brief) -> None:
    ((_, trade),) = reported(made, Figure)
    assert (trade.value, trade.unit) == (582.0, "USD bn")
    assert (trade.period.start, trade.period.last) == (date(2024, 1, 1), date(2024, 12, 31))
    assert "goods" in trade.what + trade.concept


# --------------------------------------------------------------------------- promises and disputes


def test_china_says_that_the_united_states_walked_back_from_geneva(made: Brief) -> None:
    accused = [record for _, record in reported(made, Accusation) if record.against == ("USA",)]
    assert accused
    assert all("CHN" in (record.by, record.by_party) for record in accused)
    assert any("walk" in record.what or "backing away" in record.what for record in accused)


def test_the_warning_on_chips_and_the_visas_are_part_of_the_dispute(made: Brief) -> None:
    text = " ".join(
        words(one)
        for one, _ in (*reported(made, Accusation), *reported(made, Measure))
    )  # fmt: skip
    assert "semiconductors" in text
    assert "visas" in text


def test_the_us_side_says_that_the_rare_earth_promise_was_not_kept(made: Brief) -> None:
    promises = {
        one.draft_id: record
        for one, record in reported(made, Commitment)
        if record.made_by == ("CHN",)
    }
    assert promises
    accounts = [record for _, record in reported(made, Assessment) if record.commitment in promises]
    assert accounts
    assert {record.verdict for record in accounts} <= {"broken", "stalled"}
    assert any("rare earth" in record.action.lower() for record in promises.values())
    assert all(record.speaker_party == "USA" for record in accounts)


# --------------------------------------------------------------------------- on the table


def measures(made: Brief, kinds: set[str]) -> list[Measure]:
    return [record for _, record in reported(made, Measure) if record.kind in kinds]


def test_the_relief_of_tariffs_by_both_is_in_force(made: Brief) -> None:
    (relief,) = measures(made, {"tariff_suspension"})
    assert {relief.imposer, *relief.on_behalf} == {"CHN", "USA"}
    assert relief.state_on(PUBLISHED) in ("in_force", "suspended")


def test_the_warning_on_chips_with_imposer_target_product_and_state(made: Brief) -> None:
    (warning,) = (
        record for _, record in reported(made, Measure) if "semiconductor" in record.scope.words
    )
    assert (warning.imposer, warning.targets) == ("USA", ("CHN",))
    assert warning.state_on(PUBLISHED) is not None


def test_the_revocation_of_visas_with_imposer_target_and_state(made: Brief) -> None:
    (visas,) = measures(made, {"visa"})
    assert (visas.imposer, visas.targets) == ("USA", ("CHN",))
    assert visas.states[-1].state == "announced"


def test_what_is_no_tariff_is_not_priced_yet(made: Brief) -> None:
    unpriced = {one.ref for one in made.not_priced}
    for one, record in reported(made, Measure):
        if record.kind not in ("import_tariff", "tariff_suspension"):
            assert one.draft_id in unpriced
    assert {"cn-rare-earth-licences", "us-chip-guidance"} <= unpriced
    assert [one.ref for one in made.priced] == ["us-student-visas"]


# --------------------------------------------------------------------------- the page itself


def test_nothing_comes_from_the_page_furniture(made: Brief) -> None:
    for one, _ in reported(made, Record):  # type: ignore[type-abstract, arg-type]
        assert not any(cue in words(one) for cue in FURNITURE)


def test_each_reported_fact_is_highlighted_in_the_html(page: Path) -> None:
    article, made = _read(page, PUBLISHED)
    tree = markup.fromstring(brief.to_html(made, article))
    for section in (made.happening, made.on_the_table, made.promises):
        for one in section.reported:
            assert tree.xpath("//mark[.//a[@id=$id]]", id=f"mark-{one.draft_id}")
            for quote in one.quotes:
                assert article.text[quote.start : quote.end] == quote.exact


def test_without_a_date_relative_dates_stay_relative(page: Path) -> None:
    _, made = _read(page, None)
    assert made.stakes is None
    assert made.missing[0].remedy.startswith("Give it with --published")
    whens = [record.when for _, record in reported(made, Round)]
    assert any("Monday" in when.phrase for when in whens)
    assert all(when.start is None for when in whens)


# --------------------------------------------------------------------------- stakes


def test_the_stakes_are_the_truce_against_the_snap_back(made: Brief) -> None:
    assert made.stakes is not None
    assert made.stakes.assumed_draft == ""
    rates = [
        {duty.importer: duty.rate for duty in scenario.duties}
        for scenario in (made.stakes.before, made.stakes.after)
    ]
    assert rates[0] == pytest.approx({"USA": 0.30, "CHN": 0.10})
    assert rates[1] == pytest.approx({"USA": 1.45, "CHN": 1.25})


def test_the_stakes_cover_both_sides_third_economies_and_their_trade(made: Brief) -> None:
    assert made.stakes is not None
    assert [one.party for one in made.stakes.parties] == ["CHN", "USA"]
    assert len(made.stakes.third) == 18
    flows = {(flow.importer, flow.exporter) for flow in made.stakes.trade}
    assert flows == {("CHN", "USA"), ("USA", "CHN")}
    assert all(flow.to_usd_mn < flow.from_usd_mn for flow in made.stakes.trade)


def test_both_sides_gain_from_a_deal_over_walking_away(made: Brief) -> None:
    assert made.settlement is not None
    assert made.settlement.bargain_found
    bargain = made.settlement.deals[-1]
    assert min(side.gain_usd_mn.point for side in bargain.sides) > 0
    for side in bargain.sides:
        assert side.one_shot_gain_usd_mn.point >= 0
        factor = side.least_discount_factor
        assert factor is not None
        breach, cost = side.one_shot_gain_usd_mn.point, side.gain_usd_mn.point
        assert factor == pytest.approx(breach / (breach + cost))


def test_what_breaking_a_deal_brings_is_asked_at_both_horizons(made: Brief) -> None:
    assert made.settlement is not None
    bargain = made.settlement.deals[-1]
    chinese, american = (duty.rate for duty in bargain.duties)
    table = talks.Table(
        instruments=tuple(
            talks.Instrument(
                owner=duty.importer,
                partners=(duty.exporter,),
                kind="duty_points",
                setting=duty.rate,
                low=0.0,
                high=1.45,
            )
            for duty in bargain.duties
        )
    )
    short = economy_of(world.load("g20-2019"), table, "short")
    kept = short(table.deal([chinese, american]))[1]
    best = max(short(table.deal([chinese, rate / 100]))[1] - kept for rate in range(146))
    side = next(one for one in bargain.sides if one.party == "USA")
    assert best > 0
    assert side.other_horizon.one_shot_gain_usd_mn == pytest.approx(best, rel=0.02)
    assert side.other_horizon.breach_duty > american
    assert "without a threat" not in made.findings[-1]
    assert "short horizon" in made.findings[-1]


def test_the_round_that_the_series_names_gets_its_days_from_the_record() -> None:
    made = _read(EXAMPLE, PUBLISHED)[1]
    london = next(
        one for one in made.happening.reported if getattr(one.record, "place", "") == "London"
    )
    named = [one.text for one in london.details if one.label == "by the record"]
    assert named == ["talks in Geneva, 10 May 2025 to 11 May 2025 [geneva-2025]"]


def test_base_duties_stand_beside_the_table(made: Brief) -> None:
    assert made.settlement is not None
    china, america = made.settlement.base_duties
    assert (china.importer, america.importer) == ("CHN", "USA")
    assert china.rate == pytest.approx(0.203)
    assert 0.05 < america.rate < china.rate


@pytest.mark.slow
def test_the_interval_is_that_of_200_draws_with_the_seed_shown(page: Path) -> None:
    article, _ = _read(page, PUBLISHED)
    made = brief.make_brief(article, drafts.read(article), Ledger.open())
    assert made.stakes is not None
    assert (made.stakes.method.draws, made.stakes.method.level) == (200, 0.90)
    assert made.stakes.method.seed == 20250609
    assert made.stakes.method.residual <= 1e-10
