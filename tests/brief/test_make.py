"""The whole of a brief on a small page: sections, standing, stakes, dates and refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from parley import brief
from parley.brief import Brief, Options
from parley.brief._computed import Band, PartyBand
from parley.brief._phrases import item_words, settlement_words
from parley.errors import InputError, PageError
from parley.ledger import Ledger
from parley.records import Article, Draft, Measure, Scope

FEW = Options(draws=20)


@cache
def _made(article: Article, drafts: tuple[Draft, ...], options: Options) -> Brief:
    return brief.make_brief(article, drafts, Ledger.open(), options=options)


def test_every_draft_stands_in_one_section(made: Brief, drafts: tuple[Draft, ...]) -> None:
    sections = (made.happening, made.on_the_table, made.promises)
    shown = [one.draft_id for section in sections for one in section.reported]
    assert sorted(shown) == sorted(draft.draft_id for draft in drafts)


def test_the_parties_are_those_of_the_round(made: Brief) -> None:
    assert made.parties == ("CHN", "USA")


def test_the_record_is_asked_for_the_day_of_publication(made: Brief) -> None:
    assert (made.on, made.known) == (date(2025, 6, 6), date(2025, 6, 6))
    shown = {one.entry_id for one in made.happening.recorded}
    assert "geneva-2025" in shown
    assert "london-2025" not in shown


def test_the_truce_and_the_snap_back_come_from_the_record(made: Brief) -> None:
    assert made.stakes is not None
    before = {duty.importer: duty.rate for duty in made.stakes.before.duties}
    after = {duty.importer: duty.rate for duty in made.stakes.after.duties}
    assert before == pytest.approx({"CHN": 0.10, "USA": 0.30})
    assert after == pytest.approx({"CHN": 1.25, "USA": 1.45})
    measures = {name for duty in made.stakes.before.duties for name in duty.measures}
    assert measures <= {one.entry_id for one in made.on_the_table.recorded}


def test_a_draft_changes_no_number_unless_it_is_assumed(
    made: Brief, article: Article, drafts: tuple[Draft, ...]
) -> None:
    without = _made(article, tuple(d for d in drafts if d.draft_id != "d-threat"), FEW)
    assert made.stakes == without.stakes
    assert made.settlement == without.settlement


def test_an_assumed_draft_is_added_to_what_holds_and_named(
    article: Article, drafts: tuple[Draft, ...]
) -> None:
    assumed = _made(article, drafts, replace(FEW, assume="d-threat"))
    assert assumed.stakes is not None
    rates = {duty.importer: duty.rate for duty in assumed.stakes.after.duties}
    assert rates == pytest.approx({"CHN": 0.10, "USA": 0.80})
    assert assumed.stakes.assumed_draft == "d-threat"
    assert "d-threat" not in {one.ref for one in assumed.not_priced}


def test_a_draft_without_a_number_cannot_be_assumed(
    article: Article, drafts: tuple[Draft, ...]
) -> None:
    with pytest.raises(InputError, match="no import tariff"):
        brief.make_brief(article, drafts, Ledger.open(), options=replace(FEW, assume="d-promise"))


def test_a_draft_that_is_not_on_the_page_cannot_be_assumed(
    article: Article, drafts: tuple[Draft, ...]
) -> None:
    with pytest.raises(InputError, match="d-threat"):
        brief.make_brief(article, drafts, Ledger.open(), options=replace(FEW, assume="d-9"))


def test_without_a_date_nothing_is_computed_and_the_option_is_named(
    article: Article, drafts: tuple[Draft, ...]
) -> None:
    undated = replace(article, published=None, published_origin="unknown", published_source="")
    made = brief.make_brief(undated, drafts, Ledger.open(), options=FEW)
    assert made.stakes is None
    assert "--published" in made.no_stakes
    assert "--published" in made.missing[0].remedy
    assert made.happening.recorded == ()


def test_a_page_without_drafts_says_so_and_has_no_stakes(article: Article) -> None:
    made = brief.make_brief(article, (), Ledger.open(), options=FEW)
    assert not made.about_talks
    assert "does not speak of trade talks" in made.no_stakes
    assert made.stakes is None


def test_a_page_in_another_language_is_refused_by_name(article: Article) -> None:
    with pytest.raises(PageError, match="'zh'"):
        brief.make_brief(replace(article, language="zh"), (), Ledger.open(), options=FEW)


def test_without_a_record_between_the_parties_there_are_no_stakes(
    article: Article, drafts: tuple[Draft, ...]
) -> None:
    made = brief.make_brief(article, drafts, Ledger.open(shipped=False), options=FEW)
    assert made.stakes is None
    assert "holds no additional duty" in made.no_stakes


def test_a_party_without_an_economy_is_named(made: Brief) -> None:
    from parley.brief._assemble import _worth
    from parley.brief._computed import Duty, Scenario
    from parley.brief._scenarios import Step

    duties = (
        Duty(importer="TWN", exporter="USA", rate=0.1, measures=()),
        Duty(importer="USA", exporter="TWN", rate=0.2, measures=()),
    )
    scenario = Scenario(name="duties in force", meaning="", duties=duties)
    worth, why_not = _worth(
        Step(before=scenario, after=scenario), made, Ledger.open(), options=FEW, on_result=None
    )
    assert worth is None
    assert "TWN" in why_not


def test_the_european_union_is_its_members_in_the_world_and_the_brief_says_so() -> None:
    from parley import world
    from parley.brief._computed import Duty, Scenario
    from parley.brief._stakes import worth_of

    def scenario(rate: float) -> Scenario:
        pairs = (("EUU", "USA"), ("USA", "EUU"))
        return Scenario(
            name="duties",
            meaning="",
            duties=tuple(Duty(importer=n, exporter=i, rate=rate, measures=()) for n, i in pairs),
        )

    worth = worth_of(
        world.load("g20-2019"),
        scenario(0.0),
        scenario(0.2),
        (),
        on=date(2025, 6, 9),
        listed=(),
        options=FEW,
    )
    union = worth.stakes.parties[0]
    assert union.economies == ("DEU", "FRA", "ITA")
    assert not {"DEU", "FRA", "ITA"} & {one.party for one in worth.stakes.third}
    assert any("EUU stands for DEU, FRA, ITA" in note for note in worth.stakes.method.notes)


def test_a_tariff_on_a_product_cannot_be_assumed_for_all_goods(
    article: Article, drafts: tuple[Draft, ...]
) -> None:
    threat = next(one for one in drafts if one.draft_id == "d-threat")
    assert isinstance(threat.record, Measure)
    steel = replace(threat, record=replace(threat.record, scope=Scope(words="steel")))
    with pytest.raises(InputError, match="on all goods only"):
        brief.make_brief(article, (steel,), Ledger.open(), options=replace(FEW, assume="d-threat"))


def test_a_tariff_on_a_product_is_not_proposed_to_be_assumed(
    article: Article, drafts: tuple[Draft, ...]
) -> None:
    threat = next(one for one in drafts if one.draft_id == "d-threat")
    assert isinstance(threat.record, Measure)
    wine = replace(threat, record=replace(threat.record, scope=Scope(words="wine")))
    others = tuple(one for one in drafts if one is not threat)
    made = brief.make_brief(article, (*others, wine), Ledger.open(), options=FEW)
    reasons = {one.ref: one.reason for one in made.not_priced}
    assert "on wine" in reasons["d-threat"]
    assert "--assume" not in reasons["d-threat"]


def test_measures_that_are_no_tariff_are_listed_as_not_priced(made: Brief) -> None:
    reasons = {one.ref: one.reason for one in made.not_priced}
    assert "world g20-2019 has no sector magnets" in reasons["cn-rare-earth-licences"]
    assert "part of information services" in reasons["us-eda-licence"]
    assert "--assume d-threat" in reasons["d-threat"]
    assert "us-fentanyl-china" not in reasons


def test_a_measure_of_unknown_size_is_priced_where_it_breaks_even(made: Brief) -> None:
    (visas,) = made.priced
    assert visas.ref == "us-student-visas"
    assert visas.band is None
    assert visas.break_even is not None
    assert (visas.break_even.target, visas.break_even.owner) == ("CHN", "USA")
    cuts = [cut for row in visas.break_even.cut for cut in row]
    assert len(cuts) == 9
    assert all(cut is None or 0.0 < cut <= 0.99 for cut in cuts)
    assert visas.ref not in {one.ref for one in made.not_priced}
    assert "points off the duties of the United States" in item_words(visas)


def test_a_break_even_names_the_pairs_at_which_a_cut_was_found(made: Brief) -> None:
    (visas,) = made.priced
    assert visas.break_even is not None
    some = replace(visas.break_even, cut=((0.7, 0.7, 0.7), (None, None, 0.9), (None,) * 3))
    said = item_words(replace(visas, break_even=some))
    assert "At 4 of them" in said
    assert "1.5 between origins with any of its users; 4.5 between origins with 2.0 of" in said
    assert "at the other 5 no cut up to 99" in said


def test_an_item_that_no_cut_makes_up_for_says_so(made: Brief) -> None:
    (visas,) = made.priced
    assert visas.break_even is not None
    none = replace(visas.break_even, cut=((None,) * 3,) * 3)
    assert "No cut up to 99" in item_words(replace(visas, break_even=none))


def test_a_band_is_said_to_be_assumed(made: Brief) -> None:
    (visas,) = made.priced
    worth = (PartyBand(party="CHN", low_usd_mn=-2e3, high_usd_mn=-1e3),)
    band = Band(assumed=(0.25, 0.5), worth=worth)
    said = item_words(replace(visas, break_even=None, band=band))
    assert "Assumed that 25" in said
    assert "China" in said


def test_base_duties_of_two_kinds_are_set_apart(made: Brief) -> None:
    assert made.settlement is not None
    said = settlement_words(made.settlement)
    assert "not of one kind" in said
    assert "Walking away means the snap-back: China 125" in said
    others = tuple(replace(duty, importer="JPN") for duty in made.settlement.base_duties)
    assert "not of one kind" not in settlement_words(replace(made.settlement, base_duties=others))


def test_no_field_name_stands_in_a_remark(made: Brief) -> None:
    remarks = [
        one.remark
        for section in (made.happening, made.on_the_table, made.promises)
        for one in section.reported
    ]
    assert any(remarks)
    assert not [remark for remark in remarks if "made_" in remark]


def test_the_interval_holds_the_central_estimate(made: Brief) -> None:
    assert made.stakes is not None
    for one in made.stakes.parties:
        value = one.real_income_usd_mn
        assert value.low <= value.point <= value.high


def test_gains_over_walking_away_are_the_change_of_real_income_turned_around(
    made: Brief,
) -> None:
    assert made.stakes is not None
    assert made.settlement is not None
    truce = made.settlement.deals[0]
    for side, one in zip(truce.sides, made.stakes.parties, strict=True):
        assert side.gain_usd_mn.point == pytest.approx(-one.real_income_usd_mn.point, rel=1e-9)


def test_no_tried_pair_of_duties_beats_the_bargain(made: Brief) -> None:
    assert made.settlement is not None
    bargain = made.settlement.deals[-1]
    best = bargain.sides[0].gain_usd_mn.point * bargain.sides[1].gain_usd_mn.point
    products = [
        one.gains_usd_mn[0] * one.gains_usd_mn[1]
        for one in made.settlement.tried
        if min(one.gains_usd_mn) > 0
    ]
    assert best == pytest.approx(max(products))


def test_the_same_seed_gives_the_same_brief(
    made: Brief, article: Article, drafts: tuple[Draft, ...]
) -> None:
    assert brief.make_brief(article, drafts, Ledger.open(), options=FEW) == made


def test_another_seed_moves_the_interval_and_not_the_estimate(
    made: Brief, article: Article, drafts: tuple[Draft, ...]
) -> None:
    other = _made(article, drafts, replace(FEW, seed=7))
    assert made.stakes is not None
    assert other.stakes is not None
    one, two = (b.stakes.parties[0].real_income_usd_mn for b in (made, other) if b.stakes)
    assert one.point == two.point
    assert one.low != two.low
