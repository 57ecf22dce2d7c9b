"""Every row of the timeline that the record was built from has its entries, with its sources."""

from __future__ import annotations

import csv
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from parley.ledger import Ledger

LEDGER = Ledger.open()
HERE = Path(__file__).parent
TIMELINE = HERE.parents[1].parent / "shared" / "data" / "us-china-timeline.csv"


def rows() -> dict[str, tuple[str, ...]]:
    with (HERE / "timeline.csv").open(encoding="utf-8") as file:
        return {row["row"]: tuple(row["entries"].split()) for row in csv.DictReader(file)}


def timeline() -> dict[str, dict[str, str]]:
    if not TIMELINE.is_file():
        pytest.skip(f"needs {TIMELINE.name}, which is not part of the repository")
    with TIMELINE.open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_each_row_has_entries_that_exist() -> None:
    for row, entries in rows().items():
        assert entries, row
        for entry in entries:
            assert LEDGER.entry(entry).entry_id == entry


def test_every_row_of_the_timeline_is_taken() -> None:
    assert set(timeline()) == set(rows())


def test_every_address_of_the_timeline_is_a_source() -> None:
    known = tomllib.loads(
        (files("parley.ledger") / "records" / "sources.toml").read_text(encoding="utf-8")
    )
    addresses = {source["address"] for source in known["source"]}
    for row in timeline().values():
        for source in row["source"].split(";"):
            if source.strip().startswith("http"):
                assert source.strip().split(" (")[0] in addresses, row["id"]


def test_the_nineteen_rounds_are_there() -> None:
    talks = [row for row, content in timeline().items() if content["kind"] == "talks"]
    assert len(talks) == 19
    rounds = {entry.entry_id for entry in LEDGER.rounds()}
    taken = rows()
    assert {entry for row in talks for entry in taken[row]} <= rounds
    assert len({taken[row] for row in talks}) == 19
