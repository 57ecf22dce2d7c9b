"""The ledger in PostgreSQL: the same schema, the same rules, the same answers as in SQLite."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from parley.errors import LedgerError
from parley.ledger import Fact, Ledger, _database, _schema
from parley.records import Article, Commitment, Draft, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.postgres
_number = count()
ON = date(2026, 9, 1)


@pytest.fixture
def url(postgres_url: str) -> str:
    """The URL of a new database on the server of this run."""
    name = f"ledger{next(_number)}"
    server = sa.create_engine(
        postgres_url.replace("postgresql://", "postgresql+psycopg://"),
        isolation_level="AUTOCOMMIT",
    )
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    server.dispose()
    return postgres_url.rsplit("/", 1)[0] + "/" + name


@pytest.fixture
def shared(url: str) -> Iterator[Ledger]:
    """A team's ledger without the shipped record."""
    with Ledger.open(url, shipped=False, create=True) as ledger:
        yield ledger


def test_reading_does_not_make_a_ledger(url: str) -> None:
    with pytest.raises(LedgerError, match="parley ledger init"):
        Ledger.open(url)


def test_password_is_not_shown() -> None:
    address = "postgresql://ann:secret@127.0.0.1:1/none"
    with pytest.raises(LedgerError, match="does not answer") as raised:
        Ledger.open(address)
    assert "secret" not in str(raised.value)


def test_migrations_make_the_schema_that_the_code_expects(shared: Ledger) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with shared._own().reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _ours})
        assert compare_metadata(context, _schema.metadata) == []


def _ours(_item: object, name: str, kind: str, _reflected: bool, _other: object) -> bool:
    return not (kind == "index" and name == "claims_never_overlap")  # made by the constraint


def test_accepted_draft_becomes_an_entry(shared: Ledger, article: Article, draft: Draft) -> None:
    (proposal,) = shared.save(article, [draft], by="ann")
    shared.accept(proposal, by="bob", title="Salt duty")
    (entry,) = shared.measures(on=date(2025, 7, 1), state="in_force")
    assert (entry.title, entry.accepted_by) == ("Salt duty", "bob")
    assert entry.sources[0].evidence == draft.evidence


def test_shipped_record_and_sqlite_give_the_same_lines(
    shared: Ledger, tmp_path: Path, article: Article, draft: Draft
) -> None:
    (proposal,) = shared.save(article, [draft], by="ann")
    shared.accept(proposal, by="bob")
    Ledger.open().export(tmp_path / "shipped.jsonl", on=ON)
    shared.take_in(tmp_path / "shipped.jsonl", by="cy")
    shared.export(tmp_path / "postgres.jsonl", on=ON)
    with Ledger.open(tmp_path / "own.db", shipped=False, create=True) as sqlite:
        sqlite.take_in(tmp_path / "postgres.jsonl", by="cy")
        sqlite.export(tmp_path / "sqlite.jsonl", on=ON)
        assert sqlite.on(date(2025, 8, 20)) == shared.on(date(2025, 8, 20))
    one, other = (tmp_path / name for name in ("postgres.jsonl", "sqlite.jsonl"))
    assert one.read_bytes() == other.read_bytes()


def test_nothing_can_be_changed_or_deleted(shared: Ledger, article: Article, draft: Draft) -> None:
    (proposal,) = shared.save(article, [draft], by="ann")
    shared.accept(proposal, by="ann")
    for table in _schema.metadata.tables.values():
        for statement in (
            table.delete(),
            table.update().values({table.c[0].name: "x"}),
            sa.text(f"TRUNCATE {table.name} CASCADE"),
        ):
            with (
                shared._own().engine.connect() as connection,
                pytest.raises(sa.exc.DBAPIError, match="only grows"),
            ):
                connection.execute(statement)


def test_chain_that_overlaps_is_refused_by_the_database(
    shared: Ledger, article: Article, draft: Draft
) -> None:
    (proposal,) = shared.save(article, [draft], by="ann")
    shared.accept(proposal, by="ann")
    with (
        pytest.raises(LedgerError, match="claims_never_overlap"),
        shared._own().writing("add", agent="ann") as activity,
    ):
        activity.connection.execute(
            sa.text(
                "INSERT INTO claims SELECT claim_id || 'x', entry_id, field, value, source_id, "
                "act, acted, profile, revision, '2025-08-01', NULL, timezone, published, "
                "recorded, by, status, why, activity_id FROM claims "
                "WHERE field = 'state' AND valid_until IS NULL"
            )
        )


def test_two_writers_at_once_keep_every_fact(shared: Ledger) -> None:
    def write(number: int) -> str:
        source = Source(source_id=f"s{number}", address="https://example.org")
        promise = Commitment(made_by=("RUR",), action=f"promise {number}")
        fact = Fact(record=promise, source=source, entry_id=f"c{number % 7}")
        return shared.add([fact], by="ann")[0]

    with ThreadPoolExecutor(4) as pool:
        assert len(list(pool.map(write, range(40)))) == 40
    claims = [c for n in range(7) for c in shared.history(f"c{n}") if c.field == "action"]
    assert len(claims) == 40


def test_upgrade_keeps_everything(url: str) -> None:
    old = _database.Database(_database._engine(_database._url(url), read_only=False))
    _database._migrate(old, "0001")
    with old.writing("add", agent="ann"):
        pass
    old.close()
    with Ledger.open(url) as ledger, ledger._own().reading() as connection:
        assert connection.execute(sa.text("SELECT agent FROM activities")).scalars().all() == [
            "ann"
        ]
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
        assert found == _schema.REVISIONS[-1]


def test_newer_ledger_is_refused_by_name(url: str) -> None:
    with Ledger.open(url, create=True) as ledger, ledger._own().engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(LedgerError, match="newer Parley"):
        Ledger.open(url)


def test_foreign_schema_is_refused(url: str) -> None:
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE shopping (item TEXT)"))
    engine.dispose()
    with pytest.raises(LedgerError, match="holds the tables shopping"):
        Ledger.open(url, create=True)


def test_correction_keeps_what_was_believed(shared: Ledger) -> None:
    source = Source(source_id="s", address="https://example.org", published=date(2025, 1, 1))
    promise = Commitment(made_by=("RUR",), action="buy salt", quantity=1.0)
    (entry_id,) = shared.add([Fact(record=promise, source=source)], by="ann")
    (claim,) = [claim for claim in shared.history(entry_id) if claim.field == "quantity"]
    shared.correct(entry_id, claim.claim_id, by="bob", why="misread", value=2.0)
    assert shared.entry(entry_id).record == replace(promise, quantity=2.0)
