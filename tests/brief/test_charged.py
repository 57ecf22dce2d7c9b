"""The step of a brief at the duties that were charged by product."""

from dataclasses import replace
from datetime import date

import pytest

from parley import duties, equilibrium, world
from parley.brief import duties_since
from parley.brief._charged import charged
from parley.brief._economy import economy_of
from parley.brief._scenarios import Step, step_of
from parley.brief._settle import table_of
from parley.ledger import Ledger
from parley.talks import Payoffs

LEDGER = Ledger.open()
DAY = date(2025, 6, 9)
WORLD = world.load("g20-2019")


@pytest.fixture(scope="module")
def step() -> Step:
    return step_of(LEDGER, ("CHN", "USA"), on=DAY, known=DAY, base_year=world.BASE_DUTIES_YEAR)


def economy(step: Step) -> Payoffs:
    assert step.before is not None
    assert step.after is not None
    table = table_of(step.before, step.after, (), on=DAY, goods=WORLD.goods)
    return economy_of(WORLD, table, "long")


def test_the_averages_are_those_of_the_duties(step: Step) -> None:
    assert step.before is not None
    assert step.after is not None
    found, _ = charged(LEDGER, economy(step), step.before, step.after, known=DAY)
    assert found is not None
    assert (found.importer, found.exporter) == ("USA", "CHN")
    for day, level in ((DAY, found.average_before), (step.after.day, found.average_after)):
        assert day is not None
        average = duties.on(LEDGER, day, known=DAY).average(partner="CHN")
        assert 100 * level == pytest.approx(average)
    assert 100 * found.average_after < 145  # what is exempt is out


def test_the_change_is_that_of_the_duties_since_the_base_year(step: Step) -> None:
    assert step.before is not None
    assert step.after is not None
    pays = economy(step)
    found, _ = charged(LEDGER, pays, step.before, step.after, known=DAY)
    assert found is not None
    incomes = [
        pays.of_parties(
            equilibrium.solve(
                WORLD,
                duties_since(LEDGER, WORLD, day=day, known=DAY, between=("CHN", "USA")),
                model=pays.model,
                elasticities=pays.elasticities,
            ).equivalent_variation_usd_mn
        )
        for day in (step.before.day, step.after.day)
        if day is not None
    ]
    change = dict(zip(("CHN", "USA"), incomes[1] - incomes[0], strict=True))
    for one in found.real_income:
        assert one.real_income_usd_mn == pytest.approx(change[one.party])
        assert one.real_income_usd_mn < 0


def test_an_assumption_has_no_duties_by_product(step: Step) -> None:
    assert step.before is not None
    assert step.after is not None
    assumed = replace(step.after, day=None)
    assert charged(LEDGER, economy(step), step.before, assumed, known=DAY) == (None, "")


def test_a_headline_on_a_measure_not_computed_by_product_has_no_line_by_product() -> None:
    day = date(2026, 11, 20)
    later = step_of(LEDGER, ("CHN", "USA"), on=day, known=day, base_year=world.BASE_DUTIES_YEAR)
    assert later.before is not None
    assert later.after is not None
    found, why_not = charged(LEDGER, economy(later), later.before, later.after, known=day)
    assert found is None
    assert "us-301-forced-labour" in why_not
    assert "list of exempt goods" in why_not
    assert "legacy-chips" not in why_not  # left out too, but no part of the headline


def test_what_the_averages_leave_out_is_named() -> None:
    from parley.brief import _phrases

    day = date(2026, 2, 10)
    later = step_of(LEDGER, ("CHN", "USA"), on=day, known=day, base_year=world.BASE_DUTIES_YEAR)
    assert later.before is not None
    assert later.after is not None
    found, _ = charged(LEDGER, economy(later), later.before, later.after, known=day)
    assert found is not None
    left_out = {one.measure: one.reason for one in found.left_out}
    assert left_out == duties.on(LEDGER, day, known=day).missing("CHN")
    said = _phrases._left_out_words(found)
    assert all(name in said for name in left_out)
    assert "not computed" in said
