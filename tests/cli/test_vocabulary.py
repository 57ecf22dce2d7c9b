import json
from pathlib import Path

import pytest

from parley.cli import main


def test_tables_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vocabulary", "list"]) == 0
    assert "offices" in capsys.readouterr().out


def test_rows_are_listed_by_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vocabulary", "list", "places", "--match", "GENEVA", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "places": [{"place": "Geneva", "party": "CHE", "source": "press-usage"}]
    }


def test_added_row_is_listed_and_read(capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    assert main(["vocabulary", "add", "places", "place=Lillehammer", "party=NOR"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert str(own_home) in printed.err.replace("\n", "")
    main(["vocabulary", "list", "places", "--match", "Lillehammer"])
    assert "party NOR" in capsys.readouterr().out


def test_cell_without_equals_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vocabulary", "add", "places", "Lillehammer"]) == 1
    assert "column=value" in capsys.readouterr().err


def test_a_party_of_one_s_own_is_known_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    from parley.brief._names import party_name

    assert party_name("RUR") == "RUR"
    assert main(["rounds", "--between", "Ruritania,CHN"]) == 1
    row = ("code=RUR", "kind=state", "name=Ruritania", "demonyms=Ruritanian")
    assert main(["vocabulary", "add", "parties", *row]) == 0
    assert party_name("RUR") == "Ruritania"
    assert main(["rounds", "--between", "Ruritania,CHN"]) == 0
