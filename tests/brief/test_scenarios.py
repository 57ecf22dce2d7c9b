"""Which two scenarios a brief compares, and what they are called."""

from __future__ import annotations

from datetime import date

from parley.brief._scenarios import SNAP_BACK, TRUCE, Step, step_of, why_not_assumed
from parley.ledger import Ledger
from parley.records import Measure, Rate, Scope
from parley.world import BASE_DUTIES_YEAR

LEDGER = Ledger.open()


def _step(day: date) -> Step:
    return step_of(LEDGER, ("CHN", "USA"), on=day, known=day, base_year=BASE_DUTIES_YEAR)


def _names(step: Step) -> tuple[str, str]:
    assert step.before is not None
    assert step.after is not None
    return step.before.name, step.after.name


def test_a_truce_has_lower_duties_of_both_sides_than_what_returns() -> None:
    assert _names(_step(date(2025, 6, 9))) == (TRUCE, SNAP_BACK)


def test_what_is_not_higher_for_both_sides_is_no_snap_back() -> None:
    step = _step(date(2026, 11, 20))
    assert _names(step) == ("what holds", "what held until 19 February 2026")
    assert step.before is not None
    assert step.after is not None
    rates = {duty.importer: duty.rate for duty in step.before.duties}
    then = {duty.importer: duty.rate for duty in step.after.duties}
    assert then["CHN"] < rates["CHN"]
    assert "no truce" in step.after.meaning


def test_what_returns_by_law_is_set_apart_from_the_snap_back() -> None:
    after = _step(date(2025, 6, 9)).after
    assert after is not None
    assert "another matter" in after.meaning
    assert "returns to 34 %" in after.meaning


def _tariff(words: str) -> Measure:
    return Measure(
        imposer="USA",
        targets=("CHN",),
        kind="import_tariff",
        scope=Scope(words=words),
        rate=Rate(kind="ad_valorem", ad_valorem=0.5, basis="additional"),
    )


def test_a_draft_is_proposed_to_be_assumed_only_where_that_works() -> None:
    holding = _step(date(2025, 6, 9)).holding
    assert why_not_assumed(_tariff("all goods of China"), holding) == ""
    assert "wine" in why_not_assumed(_tariff("wine"), holding)
    third = tuple(duty for duty in holding if duty.importer == "CHN")
    assert "does not change" in why_not_assumed(_tariff("all goods of China"), third)
