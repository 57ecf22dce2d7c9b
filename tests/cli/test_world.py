from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from parley import world
from parley.cli import main


def test_show_lists_the_shipped_worlds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["world", "show"]) == 0
    printed = capsys.readouterr().out
    assert [line.split()[1] for line in printed.splitlines()] == [
        f"{name}:" for name in world.names()
    ]


def test_show_tells_duties_sources_and_notes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["world", "show", "g20-2019"]) == 0
    printed = capsys.readouterr().out
    g20 = world.load("g20-2019")
    assert g20.source in printed
    assert all(note in printed for note in g20.notes)
    assert "goods_trade_without_known_duty   80.47%" in printed


def test_show_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["world", "show", "g20-2019", "--json"]) == 0
    (shown,) = json.loads(capsys.readouterr().out)["worlds"]
    assert shown["content_hash"] == world.load("g20-2019").content_hash
    assert shown["trade_elasticity"]["long"][0] == 9.11


def test_unknown_world_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["world", "show", "g21"]) == 1
    assert "no world 'g21'" in capsys.readouterr().err


def long_table() -> pd.DataFrame:
    return pd.DataFrame(
        [
            (n, i, s, user, 40.0 if user == "final" else 2.0)
            for n in ("USA", "CHN", "FRA")
            for i in ("USA", "CHN", "FRA")
            for s in ("A", "C", "G")
            for user in ("A", "C", "G", "final")
        ],
        columns=["importer", "exporter", "sector", "user", "value_usd_mn"],
    )


def test_build_merges_and_adds_duties(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long_table().to_csv(tmp_path / "table.csv", index=False)
    (tmp_path / "groups.csv").write_text("code,group\nFRA,ROW\n", encoding="utf-8")
    (tmp_path / "duties.csv").write_text(
        "importer,exporter,sector,tariff\nUSA,CHN,C,0.25\n", encoding="utf-8"
    )
    arguments = ["world", "build", str(tmp_path / "table.csv"), "--form", "long", "--year", "2020"]
    arguments += ["--economies", str(tmp_path / "groups.csv")]
    arguments += ["--duties", str(tmp_path / "duties.csv"), "--source", "made for a test"]
    assert main([*arguments, "--out", str(tmp_path / "mine.npz")]) == 0
    assert "wrote" in capsys.readouterr().err
    built = world.load(tmp_path / "mine.npz")
    assert built.economies == ("USA", "CHN", "ROW")
    assert built.tariff[0, 1, 1] == 0.25


def test_build_refuses_another_ending(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["world", "build", "table.csv", "--year", "2020", "--out", str(tmp_path / "w.csv")]
    assert main(arguments) == 1
    assert "a world is written as .npz" in capsys.readouterr().err
