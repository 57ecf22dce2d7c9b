import json
from pathlib import Path

import pytest

from parley.cli import main

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
OCTOBER = str(EXAMPLES / "october-threat.txt")
STOCKHOLM = str(EXAMPLES / "stockholm-talks.html")


def test_a_guessed_day_of_publication_names_the_option_that_settles_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["read", OCTOBER]) == 0
    assert "2025-10-10 (inferred by text; --published YYYY-MM-DD settles it)" in (
        capsys.readouterr().out
    )


def test_a_day_that_is_given_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", OCTOBER, "--published", "2025-10-11"]) == 0
    assert "2025-10-11 (given with --published)" in capsys.readouterr().out


def test_a_duty_announced_for_november_begins_in_november(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["read", OCTOBER, "--json"]) == 0
    records = [json.loads(line)["record"] for line in capsys.readouterr().out.splitlines()]
    (duty,) = [r for r in records if r["type"] == "measure" and r["kind"] == "import_tariff"]
    assert [(one["state"], one["start"]) for one in duty["states"]] == [
        ("announced", None),
        ("in_force", "2025-11-01"),
    ]


def test_the_place_of_the_mechanism_is_no_place_of_talks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["read", STOCKHOLM, "--annotation-json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert {one["place"] for one in value["talks"]} == {"Stockholm"}


def test_a_page_of_another_field_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(EXAMPLES / "cup-final.html"), "--annotation-json"]) == 0
    assert json.loads(capsys.readouterr().out)["relevant"] is False


def test_marked_page_numbers_its_drafts_and_lists_them(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert main(["read", STOCKHOLM, "--html", str(out)]) == 0
    html = out.read_text(encoding="utf-8")
    listed = html.count('<li id="draft-')
    assert listed > 3
    for number in range(1, listed + 1):
        assert f'<a href="#draft-{number}">{number}</a>' in html


@pytest.mark.parametrize(
    "options",
    [
        [OCTOBER, "--json", "--annotation-json"],
        [OCTOBER, STOCKHOLM, "--html", "page.html"],
        [OCTOBER, "--html", "no-such-folder/page.html"],
        ["no-such-page.html"],
    ],
)
def test_what_cannot_be_done_is_said(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", *options]) == 1
    printed = capsys.readouterr()
    assert printed.out == "" or "--html" in options
    assert printed.err.startswith("parley: ")


def test_a_page_cannot_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.txt"
    steering = "\x1b[31m"
    page.write_text(
        f"Talks{steering} in London\n\nThe United States will raise its tariff on {steering}"
        "imports from China to 25 percent on 1 June 2025, the White House said.\n",
        encoding="utf-8",
    )
    assert main(["read", str(page), "--published", "2025-05-20", "--why"]) == 0
    printed = capsys.readouterr().out
    assert "\ufffd[31m" in printed
    assert "measure" in printed
    assert "\x1b" not in printed


def test_a_page_goes_into_no_folder_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "no" / "page.html"
    assert main(["read", STOCKHOLM, "--html", str(out)]) == 1
    captured = capsys.readouterr()
    assert f"there is no folder {out.parent}" in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("command", ["read", "brief"])
def test_a_day_that_is_none_is_named_as_everywhere(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, OCTOBER, "--published", "2025-13-40"]) == 2
    assert "is no date; write it as" in " ".join(capsys.readouterr().err.split())
