"""Published average duties beside ours, with their definitions."""

import json

import pytest

from parley.cli import main
from parley.cli._published_duties import TOLERANCE, Beside, _one, _published
from parley.ledger import Ledger

SAID = {"published": "10", "same_definition": "yes", "reason": ""}


def test_a_figure_of_the_same_definition_fails_beyond_the_tolerance() -> None:
    assert not Beside(said=SAID, ours=10 + TOLERANCE).fails
    assert Beside(said=SAID, ours=10.1 + TOLERANCE).fails
    assert Beside(said=SAID).fails


def test_a_figure_of_another_definition_needs_a_reason() -> None:
    other = SAID | {"same_definition": "no"}
    assert Beside(said=other, ours=50.0).fails
    assert not Beside(said=other | {"reason": "other weights"}, ours=50.0).fails


@pytest.mark.parametrize("name", ["yale-1", "tracker-8", "tpc-1", "piie-us-5", "headline"])
def test_figures_beside_ours(name: str) -> None:
    said = next(row for row in _published() if row["id"] == name)
    with Ledger.open() as record:
        found = _one(record, said)
    assert not found.fails
    assert (found.ours is None) == (said["ours_on"] == "")


@pytest.mark.slow
def test_every_published_figure_is_near_or_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replicate", "duties", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert len(figures) == 50
    same = [one for one in figures if one["same_definition"] == "yes"]
    assert all(abs(one["parley"] - float(one["published"])) <= TOLERANCE for one in same)
