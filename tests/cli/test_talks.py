"""`parley talks`: the war, the bargain and what holds, from a scenario."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parley.cli import main

TRUCE = str(Path(__file__).parents[2] / "examples" / "truce-ends.toml")


def test_talks_answers_every_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["talks", TRUCE, "--between", "USA,CHN", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    status_quo = found["status_quo"]
    bargain, [war] = found["bargain"], found["nash"]
    for code in ("USA", "CHN"):
        assert war["worth"][code]["usd_bn"] > status_quo[code]["usd_bn"]
        assert bargain["worth"][code]["usd_bn"] > war["worth"][code]["usd_bn"]
    assert bargain["is_deal"]
    assert war["first_order_gain_left"] < 1e-10
    for side in found["holds"]["sides"]:
        assert side["verdict"] == "patience needed"
        gain, cost = side["breach_gain_pct"], side["punishment_cost_pct"]
        assert side["least_discount_factor"] == pytest.approx(gain / (gain + cost), rel=1e-9)
    assert {row["owner"] for row in found["concessions"]} == {"USA", "CHN"}


def test_talks_shows_what_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["talks", TRUCE, "--between", "USA,CHN", "--show", "concessions"]) == 0
    shown = capsys.readouterr().out
    assert "What a cut of one point brings" in shown
    assert "Bargain" not in shown


def test_the_walk_away_point_can_be_the_status_quo(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["talks", TRUCE, "--between", "USA,CHN", "--show", "bargain"]
    assert main([*arguments, "--walk-away", "status-quo"]) == 0
    assert "over the status quo" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (["--between", "USA"], "name two economies"),
        (["--between", "USA,CHN", "--show", "peace"], "--show peace"),
        (["--between", "USA,XYZ"], "XYZ"),
    ],
)
def test_talks_names_what_is_wrong(
    capsys: pytest.CaptureFixture[str], option: list[str], said: str
) -> None:
    assert main(["talks", TRUCE, *option]) == 1
    assert said in capsys.readouterr().err
