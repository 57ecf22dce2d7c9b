"""The charts of the talks: what they say, what they draw, and their data."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from parley import talks
from parley.brief import charts
from parley.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


def deal(first: float, second: float) -> talks.PaidDeal:
    made = talks.Deal(instruments=("duty",), settings=(0.1,))
    return talks.PaidDeal(deal=made, payoffs=(first, second))


def frontier() -> talks.Frontier:
    return talks.Frontier(
        parties=("USA", "CHN"),
        unit="USD million",
        deals=(deal(9e3, 1e3), deal(6e3, 5e3), deal(2e3, 8e3)),
        walk_away=deal(2e3, 1e3),
    )


def held(*breaches: float, punishment: float = 4.0) -> talks.Held:
    sides = tuple(
        talks.Side(
            party=party,
            holding=talks.Holding(party=party, breach=breach, deal=10.0, punishment=punishment),
            breach=deal(breach, 0.0),
            promises=(),
            reversion=None,
            answers=(),
        )
        for party, breach in zip(("USA", "CHN"), breaches, strict=True)
    )
    return talks.Held(
        deal=deal(10, 10), punishment=deal(4, 4), war=None, unit="", rate=0.05, sides=sides
    )


def test_the_frontier_says_what_could_be_gained() -> None:
    named = {"the trade war": (2e3, 1e3), "the bargain": (6e3, 5e3)}
    chart = charts.frontier_map(frontier(), named, source="Source: a test.")
    assert "Against the trade war" in chart.title
    assert "the United States up to $7.0 bn or China up to $7.0 bn" in chart.title
    assert "the bargain" in chart.to_svg()
    assert chart.to_csv().count("\n") == 6


def test_a_deal_far_from_the_frontier_is_named_and_does_not_squeeze_it() -> None:
    named = {"the trade war": (2e3, 1e3), "the embargo": (-3e5, -2e5)}
    drawn = charts.frontier_map(frontier(), named, source="").to_svg()
    assert "far off: the embargo at −300.0 and −200.0" in drawn


def test_concessions_rise_where_they_give_more_than_they_cost() -> None:
    rows = tuple(
        talks.Price(
            instrument=name, owner=owner, setting=0.2, step="-1 point",
            gains=(("USA", usa), ("CHN", chn)), unit="USD million",
        )
        for name, owner, usa, chn in (("duty on tea", "USA", -3.0, 9.0), ("cap", "CHN", 5.0, -1.0))
    )  # fmt: skip
    chart = charts.concession_slopes(rows, source="")
    assert chart.title == (
        "A step on “duty on tea” gives the other side $9 mn a year and costs its owner $3 mn"
    )
    ends = {(row["instrument"], row["side"]): row["usd_mn"] for row in chart.rows}
    assert ends["cap", "its owner"] == -1.0
    assert ends["cap", "the other side"] == 5.0
    assert "duty on tea" in chart.to_svg()


def test_lags_fall_with_the_discount_rate() -> None:
    chart = charts.holding_lags(held(12.0, 11.0), source="")
    lag = math.log((12.0 - 4.0) / 2.0) / 0.05
    assert f"within {lag:.1f} years" in chart.title
    years = [float(row["years"]) for row in chart.rows if row["party"] == "United States"]
    assert years == sorted(years, reverse=True)
    assert "United States" in chart.to_svg()


def test_what_never_and_what_always_holds_is_said() -> None:
    never = charts.holding_lags(held(12.0, 10.0, punishment=10.0), source="").title
    assert never == (
        "The deal does not hold: the United States would break it whatever it costs later"
    )
    always = charts.holding_lags(held(10.0, 10.0), source="")
    assert "holds by itself" in always.title
    assert "any patience suffices" in always.to_csv()


def test_a_picture_has_its_source(tmp_path: Path) -> None:
    named = {"the trade war": (2e3, 1e3)}
    file = tmp_path / "x.svg"
    charts.save(charts.frontier_map(frontier(), named, source="Source: a test."), file)
    assert "Source: a test." in file.read_text(encoding="utf-8")


def test_a_chart_is_not_written_to_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder"):
        charts.check_file(tmp_path / "no" / "x.svg")


def test_labels_move_apart_by_as_little_as_possible() -> None:
    from parley.brief.charts._slopes import _spread

    placed = _spread([{"usd_mn": value} for value in (100.0, 10.0, 10.0, 10.0)])
    assert [row["label_at"] for row in placed] == pytest.approx([5.5, 10.0, 14.5, 100.0])
