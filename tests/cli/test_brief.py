"""`parley brief`: what it prints and writes, and what it answers to wrong input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parley.brief import decode_brief
from parley.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
LONDON = str(EXAMPLES / "london-talks.html")
FEW = ["--draws", "20"]


def test_the_brief_goes_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", LONDON, "--published", "2025-06-06", *FEW]) == 0
    shown = capsys.readouterr()
    assert "What could they settle on" in shown.out
    assert shown.err == ""


def test_json_on_stdout_follows_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", LONDON, "--published", "2025-06-06", "--json", *FEW]) == 0
    made = decode_brief(json.loads(capsys.readouterr().out))
    assert made.stakes is not None
    assert made.stakes.method.draws == 20


def test_out_writes_html_or_json_by_its_ending(tmp_path: Path) -> None:
    page, value = tmp_path / "brief.html", tmp_path / "brief.json"
    for out in (page, value):
        assert main(["brief", str(EXAMPLES / "cup-final.html"), "--out", str(out)]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert json.loads(value.read_text(encoding="utf-8"))["schema"] == "brief/1"


def test_another_ending_is_refused_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["brief", "nowhere.html", "--out", str(tmp_path / "brief.docx")]) == 1
    assert ".html or .json" in capsys.readouterr().err


def test_nothing_is_written_to_the_record_without_save(own_home: Path) -> None:
    assert main(["brief", str(EXAMPLES / "brussels-new-delhi.html")]) == 0
    assert not own_home.exists() or not list(own_home.rglob("*.sqlite"))


def test_save_stores_the_drafts_as_proposals_once(tmp_path: Path) -> None:
    from parley.ledger import Ledger

    own = tmp_path / "own.sqlite"
    page = str(EXAMPLES / "brussels-new-delhi.html")
    command = ["brief", page, "--save", "--ledger", str(own)]
    assert main(command) == 0
    with Ledger.open(own) as ledger:
        stored = ledger.proposals()
    assert stored
    assert main(command) == 0
    with Ledger.open(own) as ledger:
        assert ledger.proposals() == stored


def test_a_ledger_that_was_named_must_exist(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["brief", LONDON, "--ledger", str(tmp_path / "none.sqlite"), *FEW]) == 1
    assert "none.sqlite" in capsys.readouterr().err


def test_without_a_date_the_option_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", LONDON]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Give it with --published YYYY-MM-DD" in shown
    assert "no stakes are computed" in shown
    assert "% interval" not in shown


def test_a_page_about_football_says_so_and_prints_no_stakes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["brief", str(EXAMPLES / "cup-final.html")]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "does not speak of trade talks" in shown
    assert "real income" not in shown


def test_parties_without_duties_in_the_record_get_no_stakes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["brief", str(EXAMPLES / "brussels-new-delhi.html")]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "no additional duty on all goods between the European Union and India" in shown
    assert "real income" not in shown


def test_a_draft_of_the_page_can_be_assumed(capsys: pytest.CaptureFixture[str]) -> None:
    page = str(EXAMPLES / "october-threat.txt")
    assert main(["brief", page, "--json", *FEW]) == 0
    drafts = json.loads(capsys.readouterr().out)["on_the_table"]["reported"]
    (threat,) = (one["draft_id"] for one in drafts if one["record"]["rate"]["ad_valorem"] == 1.0)
    assert main(["brief", page, "--assume", threat, *FEW]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert f"Assumed, not in the record: draft {threat}" in shown
    assert "130\N{NARROW NO-BREAK SPACE}%" in shown or "130 %" in shown


# --------------------------------------------------------------------------- wrong input


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["brief", *arguments]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Traceback" not in shown.err
    return shown.err


def test_a_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no such file" in refused(["nowhere.html"], capsys)


def test_an_empty_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "empty.html"
    page.touch()
    assert "empty" in refused([str(page)], capsys)


def test_a_file_over_the_limit_names_size_and_setting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLEY_PAGE_LIMIT_MB", "0.01")
    page = tmp_path / "large.txt"
    page.write_text("talks " * 5_000, encoding="utf-8")
    said = refused([str(page)], capsys)
    assert "0.03 MB" in said
    assert "page_limit_mb" in said


def test_the_limit_is_20_megabytes_by_default(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "large.txt"
    with page.open("wb") as file:
        file.truncate(20_000_001)
    assert "limit of 20 MB" in refused([str(page)], capsys)


def test_a_jpeg_named_html(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "photo.html"
    page.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200))
    assert "JPEG" in refused([str(page)], capsys)


def test_a_page_in_chinese_is_refused_by_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "zh.html"
    sentence = "中美双方将于星期一在伦敦举行经贸会谈讨论关税和稀土出口管制问题。"
    page.write_text(f"<html><body><p>{sentence * 8}</p></body></html>", encoding="utf-8")
    assert "'zh'" in refused([str(page)], capsys)


def test_bytes_that_are_no_utf8_are_read_or_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "bytes.txt"
    words = "China and the United States hold trade talks in London. A café opens. "
    page.write_bytes(words.encode("latin-1") * 4)
    code = main(["brief", str(page)])
    shown = capsys.readouterr()
    assert code == 0 or "bytes.txt" in shown.err
    assert "UTF-8" in shown.out + shown.err


def test_a_date_that_is_none_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", LONDON, "--published", "June"]) == 2
    assert "June" in capsys.readouterr().err


def test_too_few_draws_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "at least 20 draws" in refused([LONDON, "--draws", "3"], capsys)
