"""The commands on the record, run in this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parley.cli import main
from parley.ledger import Ledger
from parley.records import Article, Draft, Round, When


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main([*arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_on_a_day_as_known_on_another(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("ledger", "on", "2025-08-20", "--known", "2025-05-13", "--between", "USA,CHN")
    code, out, _ = run(capsys, *asked, "--json")
    assert code == 0
    found = json.loads(out)
    rates = {
        entry["entry_id"]: entry["record"]["rate"]["ad_valorem"]
        for entry in found["entries"]
        if entry["record"]["type"] == "measure"
    }
    assert rates["us-reciprocal-china"] == 0.34
    assert found["asked"]["known"] == "2025-05-13"
    _, table, _ = run(capsys, *asked)
    assert "+34 %" in table


def test_parties_are_taken_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    _, by_code, _ = run(capsys, "rounds", "--between", "USA,CHN", "--json")
    _, by_name, _ = run(capsys, "rounds", "--between", "United States, China", "--json")
    assert json.loads(by_code)["entries"] == json.loads(by_name)["entries"]


def test_promises_show_every_account(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "promises", "--between", "USA,CHN", "--known", "2025-06-06")
    assert code == 0
    assert "Jamieson Greer: late: slow compliance on rare earths" in out
    assert "Ministry of Commerce of China: disputed" in out
    assert "soybeans" not in out


def test_expiring_says_what_returns(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("expiring", "--within", "90d", "--on", "2025-08-20", "--known", "2025-08-20")
    _, out, _ = run(capsys, *asked, "--json")
    ends = {one["entry"]["entry_id"]: one for one in json.loads(out)["expiring"]}
    assert ends["us-reciprocal-china"]["returns"]["record"]["rate"]["ad_valorem"] == 0.34
    assert "2025-11-10" in run(capsys, *asked)[1]


def test_history_shows_the_claims_that_lost(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    _, out, _ = run(capsys, "history", "us-301-list-3", "--json")
    aside = [claim for claim in json.loads(out)["claims"] if claim["status"] == "set aside"]
    assert [claim["start"] for claim in aside] == ["2018-09-23"]
    assert "four other pages" in " ".join(run(capsys, "history", "us-301-list-3")[1].split())


def test_unknown_entry_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "history", "nothing")
    assert (code, out) == (1, "")
    assert "no entry 'nothing'" in err


def test_a_day_that_is_none_is_a_fault_of_usage(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "ledger", "on", "June")
    assert code == 2
    assert "2025-06-06" in err


def test_ledger_that_was_named_must_be_there(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "rounds", "--ledger", "/nowhere/own.db")
    assert code == 1
    assert "parley ledger init" in err


def saved(own_home: Path) -> str:
    article = Article(page_sha256="", text="China meets the United States in London on Monday.")
    draft = Draft(
        draft_id="d1",
        record=Round(
            parties=("CHN", "USA"),
            place="London",
            when=When(start=None, phrase="on Monday"),
        ),
        evidence=(article.span(0, 50),),
        rules=("test",),
        confidence=0.9,
    )
    with Ledger.open(own_home / "ledger.sqlite") as ledger:
        return ledger.save(article, [draft], by="ann")[0]


def test_from_init_to_the_decision(capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    assert run(capsys, "review")[0] == 1  # there is none yet
    assert run(capsys, "ledger", "init")[0] == 0
    proposal = saved(own_home)
    assert proposal in run(capsys, "review", "list")[1]
    code, out, _ = run(capsys, "review", "merge", proposal, "london-2025", "--by", "bob")
    assert (code, out.strip()) == (0, "london-2025")
    assert proposal not in run(capsys, "review")[1]
    assert run(capsys, "review", "reject", proposal)[0] == 1
    claims = json.loads(run(capsys, "history", "london-2025", "--json")[1])["claims"]
    assert "bob" in {claim["by"] for claim in claims}


def test_settling_a_conflict(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "ledger", "init")
    claims = json.loads(run(capsys, "history", "geneva-2025", "--json")[1])["claims"]
    claim = next(claim["claim_id"] for claim in claims if claim["field"] == "place")
    assert run(capsys, "review", "settle", "geneva-2025", claim, "--why", "a test")[0] == 0
    claims = json.loads(run(capsys, "history", "geneva-2025", "--json")[1])["claims"]
    assert [one["why"] for one in claims if one["status"] == "set aside"] == ["a test"]


def test_uniting_two_entries(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(capsys, "ledger", "init")
    path = tmp_path / "facts.jsonl"
    fact = {
        "record": {"type": "commitment", "made_by": ["CHN"], "made_to": ["USA"], "action": "beans"},
        "source": {"address": "https://example.org"},
        "published": "2025-11-05",
        "entry_id": "beans",
    }
    path.write_text(json.dumps(fact) + "\n", encoding="utf-8")
    assert run(capsys, "add", str(path))[0] == 0
    board = ("promises", "--on", "2025-12-01", "--json")
    assert '"entry_id": "beans"' in run(capsys, *board)[1]
    united = run(capsys, "review", "unite", "beans", "soybeans-2025", "--why", "one promise")
    assert united[0] == 0
    assert '"entry_id": "beans"' not in run(capsys, *board)[1]
    claims = json.loads(run(capsys, "history", "soybeans-2025", "--json")[1])["claims"]
    assert "beans" in {claim["value"] for claim in claims if claim["field"] == "action"}


def test_rounds_of_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "rounds", "--on", "2025-06-09", "--json")[1])
    assert [entry["entry_id"] for entry in found["entries"]] == ["london-2025"]
    assert found["asked"]["on"] == "2025-06-09"


def test_adding_facts_from_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(capsys, "ledger", "init")
    path = tmp_path / "facts.jsonl"
    fact = {
        "record": {"type": "commitment", "made_by": ["RUR"], "action": "open the mines"},
        "source": {"address": "https://example.org"},
        "published": "2025-01-01",
        "title": "Mines",
    }
    path.write_text(json.dumps(fact) + "\n", encoding="utf-8")
    code, out, _ = run(capsys, "add", str(path), "--by", "ann")
    assert code == 0
    assert "open the mines" in json.dumps(
        json.loads(run(capsys, "history", out.strip(), "--json")[1])
    )
    path.write_text('{"record": {"type": "song"}}\n', encoding="utf-8")
    assert "line 1: 'song' is no kind of record" in run(capsys, "add", str(path))[2]


def test_adding_a_fact_by_answers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    run(capsys, "ledger", "init")
    answers = ["round", "CHN, USA", "Bern", "2025-09-01 2025-09-02"] + [""] * 6
    answers += ["https://example.org", "The Example", "press", "2025-09-02", "Bern round"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(answers) + "\n"))
    code, out, _ = run(capsys, "add", "--by", "ann")
    assert code == 0
    entry_id = out.strip().split()[-1]
    claims = json.loads(run(capsys, "history", entry_id, "--json")[1])["claims"]
    assert {claim["field"]: claim["value"] for claim in claims}["place"] == "Bern"


def test_export_and_import(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = str(tmp_path / "record.jsonl")
    assert run(capsys, "export", "--out", out)[0] == 0
    run(capsys, "ledger", "init")
    code, _, err = run(capsys, "import", out)
    assert code == 0
    assert "new from" in err
    assert "$schema" in run(capsys, "export", "--schema")[1]
    assert run(capsys, "export", "--out", str(tmp_path / "record.doc"))[0] == 1


def test_the_record_cannot_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, facts = str(tmp_path / "own.db"), tmp_path / "facts.jsonl"
    fact = {
        "record": {"type": "round", "parties": ["CHN", "USA"], "place": "Oslo\x1b[31m",
                   "when": {"start": "2026-05-04", "end": "2026-05-05"}},
        "source": {"address": "https://example.org"}, "published": "2026-05-06",
    }  # fmt: skip
    facts.write_text(json.dumps(fact) + "\n", encoding="utf-8")
    assert run(capsys, "ledger", "init", "--ledger", own)[0] == 0
    assert run(capsys, "add", str(facts), "--ledger", own)[0] == 0
    code, out, _ = run(capsys, "rounds", "--ledger", own, "--no-shipped")
    assert code == 0
    assert "Oslo\ufffd" in out
    assert "\x1b" not in out


@pytest.mark.parametrize("command", ["add", "import"])
def test_a_file_that_is_not_there_is_said_so(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, absent = str(tmp_path / "own.db"), str(tmp_path / "absent.json")
    assert run(capsys, "ledger", "init", "--ledger", own)[0] == 0
    code, _, err = run(capsys, command, absent, "--ledger", own)
    assert code == 1
    assert err.strip() == f"parley: there is no file {absent}"


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_an_export_into_no_folder_is_refused(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "no" / f"record.{ending}"
    code, _, err = run(capsys, "export", "--out", str(out))
    assert code == 1
    assert f"there is no folder {out.parent}" in err


def test_a_round_names_what_the_next_act_of_its_parties_did(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    _, out, _ = run(capsys, "rounds", "--between", "USA,CHN")
    rows = [line.strip() for line in out.splitlines() if line.strip()]
    following = {row.split()[0]: row.rpartition("  ")[2] for row in rows}
    assert following["2025-10-30"].endswith("suspended; 2 days on")
    assert following["2026-02-04"].endswith("fentanyl duty on China: struck down; 16 days on")
    _, out, _ = run(capsys, "rounds", "--on", "2025-06-09")
    assert "United Kingdom" not in out
    assert "software to China: withdrawn; 22 days on" in out


def test_a_history_keeps_values_and_ids_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run(capsys, "history", "us-reciprocal-china")
    lines = [line.strip() for line in out.splitlines()]
    assert code == 0
    assert '{"kind": "ad_valorem", "ad_valorem": 0.1, "basis": "additional"}' in lines
    assert "us-reciprocal-china/imposer/fr-eo-14257/eo-14257" in lines


def test_a_day_says_once_that_words_are_not_held(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "ledger", "on", "2025-08-20", "--between", "USA,CHN")
    assert "(no words held)" not in " ".join(out.split())
    assert out.count("no words of it are held") == 1
