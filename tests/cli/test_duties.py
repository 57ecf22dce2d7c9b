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


@pytest.mark.slow
def test_a_series_names_what_it_leaves_out_on_the_screen_and_the_chart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "duty.html"
    asked = f"duties series --from 2026-07-01 --to 2026-10-01 --partner CHN --plot {out}"
    assert main(asked.split()) == 0
    assert "Not computed: us-301-forced-labour: " in capsys.readouterr().out
    chart, _, source = out.read_text(encoding="utf-8").partition("</svg>")
    assert "In force and not in the chart: " in chart
    assert "us-301-forced-labour" in chart
    assert "Not computed: us-301-forced-labour: " in source


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("duties on 1950-01-01", "the record of duties of USA begins on 2018-03-08"),
        (
            "duties entry 7326.90.8688 --origin CHN --value 9 --date 1990-09-10",
            "the record of duties of USA begins on 2018-03-08",
        ),
        (
            "duties entry 7326.90.8688 --origin CHN --value -5 --date 2026-09-10",
            "the value -5 of an entry must be positive",
        ),
        (
            "duties entry 7326.90.8688 --origin CHN --value much --date 2026-09-10",
            "the value 'much' is no number",
        ),
        (
            "duties entry 7326.90.8688 --origin ZZ --value 9 --date 2026-09-10",
            "no party is called 'ZZ'",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    asked: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked.split()) == 1
    assert said in capsys.readouterr().err


def test_a_band_of_one_point_and_a_zero_with_a_sign_are_not_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main("duties on 2026-08-01 --partner CHN --by hs2".split()) == 0
    printed = capsys.readouterr().out
    assert " to " not in printed.partition("Concept")[0]
    assert "rests on" not in printed
    assert "-0.00" not in printed


def test_the_law_beside_what_was_collected(capsys: pytest.CaptureFixture[str]) -> None:
    asked = "duties diff --on 2026-02-21 --profile legal --profile collected --partner CHN".split()
    assert main(asked) == 0
    printed = capsys.readouterr().out
    assert "legal, %" in printed
    assert "us-fentanyl-china" in printed
    assert main(asked[:4]) == 2
    assert "give --known twice, or --profile twice" in capsys.readouterr().err


def test_a_rate_of_one_source_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main("duties on 2026-08-01 --importer USA --partner BRA --by measure".split()) == 0
    assert "one source" in capsys.readouterr().out


def test_bands_by_partner(capsys: pytest.CaptureFixture[str]) -> None:
    assert main("duties on 2025-08-20 --by partner --json".split()) == 0
    found = json.loads(capsys.readouterr().out)
    low, high = found["spans"]["CAN"]
    assert low < found["partner"]["CAN"] < high


def test_a_series_is_printed_and_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plot = tmp_path / "duty.svg"
    asked = f"duties series --from 2025-05-01 --to 2025-06-01 --partner CHN --plot {plot}"
    assert main(asked.split()) == 0
    assert "2025-05-14" in capsys.readouterr().out
    drawn = plot.read_text(encoding="utf-8")
    assert "peaked at" in drawn
    assert "rounds of talks" in drawn
    assert main([*asked.split()[:-1], str(tmp_path / "duty.pdf")]) == 1


def test_a_series_is_drawn_as_a_page_that_needs_nothing_from_the_net(tmp_path: Path) -> None:
    plot = tmp_path / "duty.html"
    asked = f"duties series --from 2025-05-01 --to 2025-06-01 --partner CHN --plot {plot}"
    assert main(asked.split()) == 0
    page = plot.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<svg" in page
    assert 'role="img" aria-label="Average US duty on goods of China' in page
    assert 'download="duties-over-time.csv"' in page
    assert not [word for word in ("<script", 'src="http', "<link", "@import") if word in page]
