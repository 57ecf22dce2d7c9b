from __future__ import annotations

import json

import pytest

from parley import shipped
from parley.cli import main


def test_data_list_credits_every_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "list"]) == 0
    printed = capsys.readouterr().out
    for source in shipped.data():
        assert source.credit in printed
        assert source.licence in printed


def test_data_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "list", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)["data"]
    assert [entry["holds"] for entry in printed] == [source.holds for source in shipped.data()]
