"""When a measure last changed, and what a rate that returned by itself rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from parley.brief._stretches import lapsed, latest_change
from parley.ledger import Ledger
from parley.records import Version

LEDGER = Ledger.open()
DUTY = "cn-retaliation-all-goods"
NOW = date(2026, 11, 20)


def _stretches() -> tuple[Version, ...]:
    return LEDGER.versions(DUTY, known=NOW)


def test_a_change_of_the_rate_is_a_change() -> None:
    stretches = _stretches()
    assert latest_change(stretches[-1].record, stretches) == date(2026, 11, 10)


def test_a_new_stretch_with_the_old_rate_is_no_change() -> None:
    stretches = _stretches()
    before = latest_change(stretches[-1].record, stretches, by=date(2026, 11, 9))
    assert before == date(2025, 5, 14)  # extended twice since


def test_a_rate_that_an_earlier_act_foretold_rests_on_a_lapse() -> None:
    (said,) = lapsed(_stretches(), NOW)
    assert said.label == "by lapse"
    assert "until 10 November 2026 it was 10 %" in said.text
    assert lapsed(_stretches(), date(2026, 11, 9)) == ()


def test_a_rate_that_a_later_act_set_rests_on_no_lapse() -> None:
    *earlier, last = _stretches()
    acted = replace(last, published=date(2026, 11, 9))
    assert lapsed((*earlier, acted), NOW) == ()
