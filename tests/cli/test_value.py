"""`parley value`: record, base duties, choke points, exactness."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parley.cli import main

ROW = '[[policy]]\nimporter = "USA"\nexporter = "CHN"\nsector = "C"\ninstrument = "duty_points"\n'
LONG = 'elasticities = "long"\n'


def answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, *options: str
) -> dict[str, Any]:
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")
    assert main(["value", str(file), "--draws", "2", "--workers", "1", "--json", *options]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_points_and_levels_differ(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Thirty points on the base are not a level of thirty; without base duties they are."""
    points = LONG + ROW + "setting = 0.3\n"
    level = points.replace("duty_points", "duty")
    on = [worth(answer(tmp_path, capsys, text)) for text in (points, level)]
    assert abs(on[0] - on[1]) > 1.0
    off = [worth(answer(tmp_path, capsys, text, "--no-base-duties")) for text in (points, level)]
    assert off[0] == pytest.approx(off[1], abs=1e-6)


def worth(found: dict[str, Any]) -> float:
    economies = found["horizons"]["long"]["economies"]
    value: float = economies["CHN"]["equivalent_variation_usd_bn"]
    return value


@pytest.mark.slow
def test_duties_of_two_days_come_from_the_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = LONG + "from_record = { on = 2025-05-14, against = 2025-04-15, between = %s }\n"
    both = answer(tmp_path, capsys, text % '["USA", "CHN"]')
    assert both["from_record"]["against"] == "2025-04-15"
    usa, china = (both["horizons"]["long"]["economies"][code] for code in ("USA", "CHN"))
    assert usa["welfare_pct"] > 0.0
    assert china["welfare_pct"] > 0.0
    pair = both["horizons"]["long"]["pairs"][0]
    assert (pair["importer"], pair["exporter"]) == ("USA", "CHN")
    assert pair["trade_change_pct"] > 50.0
    assert pair["importer_buys_from_others_usd_bn"] < 0.0


def test_day_of_the_base_year_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.toml"
    file.write_text("from_record = { on = 2024-05-14 }\n", encoding="utf-8")
    assert main(["value", str(file)]) == 1
    assert "are in the base duties of g20-2019" in capsys.readouterr().err


@pytest.mark.slow
def test_choke_point_says_how_much_rests_on_its_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        'world = "g20-detail"\n'
        + LONG
        + '[[carve]]\nname = "magnets"\nelasticity = 0.1\nshare = { USA = 0.0 }\n'
        + ROW.replace('"C"', '"magnets"').replace("duty_points", "cap")
        + "setting = 0.5\n"
    )
    rests = answer(tmp_path, capsys, text)["horizons"]["long"]["rests_on"]
    assert set(rests) == {
        f"magnets: {what} x {factor}" for what in ("share", "elasticity") for factor in ("0.5", "2")
    }
    assert rests["magnets: share x 2"]["USA"] < rests["magnets: share x 0.5"]["USA"] < 0.0


@pytest.mark.slow
def test_choke_point_has_the_recorded_duties_of_its_sector(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        'world = "g20-detail"\n'
        + LONG
        + "from_record = { on = 2025-05-14, between = ['USA', 'CHN'] }\n"
        + '[[carve]]\nname = "magnets"\nelasticity = 0.1\nshare = { USA = 0.0 }\n'
    )
    economies = answer(tmp_path, capsys, text)["horizons"]["long"]["economies"]
    assert economies["CHN"]["output_pct"]["magnets"] < 0.0


def test_what_is_drawn_and_how_exact_it_is_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = LONG + ROW + "setting = 0.3\n[uncertainty]\ninputs = 0.2\n"
    found = answer(tmp_path, capsys, text)
    assert "inputs (log standard deviation 0.2)" in found["drawn"]
    assert found["horizons"]["long"]["monte_carlo_error_pct"] is None
    found = answer(tmp_path, capsys, text, "--draws", "40")
    assert found["horizons"]["long"]["monte_carlo_error_pct"] > 0.0


def test_too_many_draws_are_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.toml"
    file.write_text(LONG + ROW + "setting = 0.3\n", encoding="utf-8")
    assert main(["value", str(file), "--draws", "99000000"]) == 1
    assert "draws fit into 2 GiB" in capsys.readouterr().err


def test_every_field_is_documented(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs/reference/value-json.md").read_text("utf-8")
    found = answer(tmp_path, capsys, LONG + ROW + "setting = 0.3\n")
    horizon = found["horizons"]["long"]
    named = [*found, *horizon, *horizon["economies"]["USA"]]
    missing = [name for name in named if name.removesuffix("_interval") not in page]
    assert missing == []
