"""To files and back: JSON Lines, tables, linked data, calendars, other people's records."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
import rdflib
from jsonschema import Draft202012Validator

from parley.errors import InputError, LedgerError
from parley.ledger import Ledger, line_schema
from parley.records import Commitment, Measure, Round

if TYPE_CHECKING:
    from parley.records import Article, Draft

ON = date(2026, 9, 1)


def filled(path: Path, article: Article, draft: Draft) -> Ledger:
    ledger = Ledger.open(path, shipped=False, create=True)
    (first,) = ledger.save(article, [draft], by="ann")
    ledger.accept(first, by="bob", title="Salt duty")
    other = replace(article, address="https://example.net/salt", page_sha256="c" * 64)
    (second,) = ledger.save(other, [draft], by="ann")
    ledger.reject(second, by="bob", why="the same")
    return ledger


def test_round_trip_through_json_lines_is_identical(
    tmp_path: Path, article: Article, draft: Draft
) -> None:
    with (
        filled(tmp_path / "one.db", article, draft) as one,
        Ledger.open(tmp_path / "two.db", shipped=False, create=True) as two,
    ):
        one.export(tmp_path / "one.jsonl", on=ON)
        assert two.take_in(tmp_path / "one.jsonl", by="cy") > 0
        two.export(tmp_path / "two.jsonl", on=ON)
        assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
        assert two.take_in(tmp_path / "one.jsonl", by="cy") == 0
        assert two.measures() == one.measures()


def test_shipped_record_survives_the_database(tmp_path: Path) -> None:
    Ledger.open().export(tmp_path / "one.jsonl", on=ON)
    with Ledger.open(tmp_path / "own.db", shipped=False, create=True) as own:
        own.take_in(tmp_path / "one.jsonl", by="cy")
        own.export(tmp_path / "two.jsonl", on=ON)
        assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
        day = date(2025, 8, 20)
        plain = Ledger.open().on(day, known=day)
        assert {one.entry_id: one.record for one in own.on(day, known=day)} == {
            one.entry_id: one.record for one in plain
        }


def test_every_line_is_by_the_published_schema(
    tmp_path: Path, article: Article, draft: Draft
) -> None:
    check = Draft202012Validator(line_schema())
    with filled(tmp_path / "one.db", article, draft) as ledger:
        ledger.export(tmp_path / "one.jsonl", on=ON)
    lines = (tmp_path / "one.jsonl").read_text(encoding="utf-8").splitlines()
    assert {key for line in lines for key in json.loads(line)} == {
        "format",
        "text",
        "source",
        "entry",
        "proposal",
        "decision",
    }
    for line in lines:
        check.validate(json.loads(line))


def test_line_that_contradicts_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    Ledger.open().export(tmp_path / "one.jsonl", on=ON)
    text = (tmp_path / "one.jsonl").read_text(encoding="utf-8")
    with Ledger.open(tmp_path / "own.db", shipped=False, create=True) as own:
        own.take_in(tmp_path / "one.jsonl", by="cy")
        before = len(own.entries("round"))
        changed = text.replace('"Geneva"', '"Lausanne"')
        (tmp_path / "two.jsonl").write_text(changed, encoding="utf-8")
        with pytest.raises(LedgerError, match=r"two.jsonl line \d+: claim geneva-2025/place"):
            own.take_in(tmp_path / "two.jsonl", by="cy")
        assert len(own.entries("round")) == before


def test_line_of_another_format_is_named(tmp_path: Path, own: Ledger) -> None:
    (tmp_path / "x.jsonl").write_text('{"format": "parley-ledger/1"}\n{"colour": 1}\n', "utf-8")
    with pytest.raises(InputError, match=r"x.jsonl line 2: .*colour"):
        own.take_in(tmp_path / "x.jsonl", by="cy")


def test_table_has_a_row_for_every_claim(tmp_path: Path) -> None:
    ledger = Ledger.open()
    ledger.export(tmp_path / "claims.csv", on=ON)
    ledger.export(tmp_path / "claims.parquet", on=ON)
    count = sum(len(ledger.history(entry_id)) for entry_id in ledger._subjects())
    with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == count
    table = f"'{tmp_path / 'claims.parquet'}'"
    with duckdb.connect() as connection:
        query = f"SELECT count(*), max(valid_until) FROM {table}"
        assert connection.execute(query).fetchall() == [(count, date(2027, 6, 23))]


@pytest.mark.filterwarnings("ignore:.*deprecated, use Dataset:DeprecationWarning")  # its own
def test_linked_data_are_prov_and_web_annotations(
    tmp_path: Path, article: Article, draft: Draft
) -> None:
    with filled(tmp_path / "one.db", article, draft) as ledger:
        ledger.export(tmp_path / "one.jsonld", on=ON)
    graph = rdflib.Graph().parse(tmp_path / "one.jsonld", format="json-ld")
    found = graph.query(
        "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX oa: <http://www.w3.org/ns/oa#> "
        "SELECT ?exact ?start WHERE { ?note a oa:Annotation; oa:hasBody ?claim; "
        "oa:hasTarget [ oa:hasSelector [ oa:exact ?exact ], [ oa:start ?start ] ] . "
        "?claim a prov:Entity; prov:wasDerivedFrom ?source; prov:wasAttributedTo ?agent }"
    )
    assert {(str(row.exact), int(row.start)) for row in found} == {(article.text[:40], 0)}


def test_calendar_has_an_event_for_each_expiry(tmp_path: Path) -> None:
    ledger = Ledger.open()
    ledger.export(tmp_path / "ends.ics", on=ON)
    text = (tmp_path / "ends.ics").read_bytes().decode("utf-8")
    assert text.count("BEGIN:VEVENT") == len(ledger.expiring(on=ON, within=366)) > 5
    assert all(len(line.encode("utf-8")) <= 75 for line in text.split("\r\n"))
    assert "DTSTART;VALUE=DATE:20261110" in text


GTA = [
    {
        "intervention_id": 7,
        "state_act_id": 3,
        "state_act_title": "Ruritania: duty on salt raised",
        "intervention_url": "https://example.org/intervention/7",
        "gta_evaluation": "Red",
        "implementing_jurisdictions": [{"id": 1, "name": "Ruritania", "iso": "RUR"}],
        "affected_jurisdictions": [{"id": 156, "name": "China", "iso": "CHN"}],
        "intervention_type": "Import tariff",
        "mast_chapter": "Tariff measures",
        "affected_products": [
            {"product_id": 250100, "prior_level": 2, "new_level": 7.5, "unit": "percent"},
            {"product_id": 30312, "prior_level": 2, "new_level": 7.5, "unit": "percent"},
        ],
        "date_announced": "2025-03-01",
        "date_published": "2025-03-20",
        "date_implemented": "2025-04-01",
        "date_removed": "2025-10-01",
        "is_in_force": 0,
    }
]


def test_export_of_the_global_trade_alert(tmp_path: Path, own: Ledger) -> None:
    path = tmp_path / "gta.json"
    path.write_text(json.dumps(GTA), encoding="utf-8")
    assert own.take_in(path, by="cy") == 1
    (entry,) = own.measures(on=date(2025, 9, 30), state="in_force")
    assert entry.entry_id == "gta-7"
    assert isinstance(entry.record, Measure)
    assert entry.record.scope.hs == ("250100", "030312")
    assert entry.record.rate.ad_valorem == 0.075
    assert entry.published == date(2025, 3, 1)
    assert own.measures(on=date(2025, 10, 1), state="in_force") == ()  # removed: the first day off
    assert own.take_in(path, by="cy") == 0


def test_changed_export_makes_the_next_revision(tmp_path: Path, own: Ledger) -> None:
    path = tmp_path / "gta.json"
    path.write_text(json.dumps(GTA), encoding="utf-8")
    own.take_in(path, by="cy")
    path.write_text(json.dumps(GTA).replace("7.5", "9"), encoding="utf-8")
    assert own.take_in(path, by="cy") == 1
    rates = [c.value["ad_valorem"] for c in own.history("gta-7") if c.field == "rate"]
    assert rates == [0.075, 0.09]
    assert own.entry("gta-7").record.rate.ad_valorem == 0.09  # type: ignore[union-attr]  # a measure


def test_plain_timeline(tmp_path: Path, own: Ledger) -> None:
    path = tmp_path / "salt.csv"
    path.write_text(
        "date,date_end,kind,side,what,rate,in_force_from,in_force_until,source\n"
        "2025-01-02,2025-01-03,talks,both,First round,,,,https://example.org/1\n"
        "2025-02-01,,measure,CN,Duty on salt,25%,2025-03-01,2025-03-31,https://example.org/2\n"
        "2025-02-05,,promise,US,Buy salt,,,,https://example.org/3;https://example.org/4\n",
        encoding="utf-8",
    )
    assert own.take_in(path, by="cy", between=("USA", "CHN")) == 4
    (talks,) = own.rounds()
    assert isinstance(talks.record, Round)
    assert talks.record.when.last == date(2025, 1, 3)
    assert [len(own.measures(on=date(2025, 3, at), state="in_force")) for at in (1, 31)] == [1, 1]
    assert own.measures(on=date(2025, 4, 1), state="in_force") == ()  # the last day was 31 March
    (promise,) = own.commitments()
    assert isinstance(promise.record, Commitment)
    assert (promise.record.made_by, len(promise.sources)) == (("USA",), 2)


def test_timeline_without_its_columns_is_refused(tmp_path: Path, own: Ledger) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("date,what\n2025-01-01,x\n", encoding="utf-8")
    with pytest.raises(InputError, match="needs the columns kind, source"):
        own.take_in(path, by="cy", between=("USA", "CHN"))


def test_published_schema_is_the_one_of_the_code() -> None:
    published = Path(__file__).parents[2] / "docs" / "reference" / "ledger-1.schema.json"
    assert json.loads(published.read_text(encoding="utf-8")) == line_schema()
