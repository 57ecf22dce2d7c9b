import json
from pathlib import Path

import pytest

from parley.cli import main


def test_an_entry_names_each_law_and_what_is_not_computed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = "duties entry 7326.90.8688 --origin CHN --value 14172 --date 2026-09-10".split()
    assert main(asked) == 0
    printed = capsys.readouterr().out
    assert "11,039.99" in printed
    assert "total of what is" in printed
    assert "Not computed: us-301-forced-labour" in printed
    assert main([*asked, "--claim", "9903.05.90", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["total"], found["complete"]) == ("11039.99", True)


def test_a_day_by_chapter(capsys: pytest.CaptureFixture[str]) -> None:
    assert main("duties on 2025-04-10 --partner CHN --by hs2 --json".split()) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["span"][0] < found["total"] < found["span"][1]
    assert {"61", "85"} <= found["hs2"].keys()
    assert "imports for consumption" in found["concept"]


def test_an_importer_without_weights_gets_headline_rates(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main("duties on 2025-05-14 --importer CHN".split()) == 0
    printed = capsys.readouterr().out
    assert "headline, scope assumed" in printed
    assert "10.00" in printed


def test_what_was_learnt_between_two_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert main("duties diff --on 2025-08-20 --known 2025-05-13 --known 2025-08-12".split()) == 0
    assert "us-reciprocal-china" in capsys.readouterr().out


def test_a_series_is_printed_and_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plot = tmp_path / "duty.svg"
    asked = f"duties series --from 2025-05-01 --to 2025-06-01 --partner CHN --plot {plot}"
    assert main(asked.split()) == 0
    assert "2025-05-14" in capsys.readouterr().out
    drawn = plot.read_text(encoding="utf-8")
    assert "peaked at" in drawn
    assert "rounds of talks" in drawn
    assert main([*asked.split()[:-1], str(tmp_path / "duty.pdf")]) == 1
