"""The file: made, refused, upgraded, and held to its rules."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from parley.errors import LedgerError
from parley.ledger import Ledger, _database, _schema

if TYPE_CHECKING:
    from pathlib import Path

    from parley.records import Article, Draft


def test_missing_ledger_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="parley ledger init"):
        Ledger.open(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html>" * 50, encoding="utf-8")
    with pytest.raises(LedgerError, match="not a SQLite file"):
        Ledger.open(path, create=True)


def test_foreign_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE shopping (item TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="holds the tables shopping"):
        Ledger.open(path, create=True)
    assert path.read_bytes()[100:] == before[100:]


def test_newer_ledger_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    Ledger.open(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
        connection.execute("INSERT INTO activities VALUES ('x', 'add', 'ann', '2099', '9.9', '')")
    connection.close()
    with pytest.raises(LedgerError, match=r"newer Parley \(9\.9, schema 0999\)"):
        Ledger.open(path)


def test_upgrade_keeps_everything_and_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    old = _database.Database(_database._engine(_database._url(path), read_only=False))
    _database._migrate(old, "0001")
    with old.writing("add", agent="ann"):
        pass
    old.close()
    Ledger.open(path).close()
    for file, revision in ((path, "0002"), (tmp_path / "own.db.schema-0001", "0001")):
        with sqlite3.connect(file) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (
                revision,
            )
            assert connection.execute("SELECT agent FROM activities").fetchall() == [("ann",)]
        connection.close()


def test_migrations_make_the_schema_that_the_code_expects(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    database = _database.open_database(tmp_path / "own.db", create=True)
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), _schema.metadata) == []
        strict = connection.execute(sa.text("PRAGMA table_list")).mappings()
        assert {row["name"] for row in strict if row["strict"]} == set(_schema.metadata.tables)
    database.close()


def test_nothing_can_be_changed_or_deleted(own: Ledger, article: Article, draft: Draft) -> None:
    (proposal,) = own.save(article, [draft], by="ann")
    own.accept(proposal, by="ann")
    with own._own().engine.connect() as connection:
        for table in _schema.metadata.tables.values():
            count = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
            if not count:
                continue
            for statement in (
                table.delete(),
                table.update().values({table.c[0].name: "x"}),
            ):
                with pytest.raises(sa.exc.IntegrityError, match="only grows"):
                    connection.execute(statement)


def test_chain_that_overlaps_is_refused_by_the_database(
    own: Ledger, article: Article, draft: Draft
) -> None:
    (proposal,) = own.save(article, [draft], by="ann")
    own.accept(proposal, by="ann")
    with (
        pytest.raises(LedgerError, match="claims of one chain overlap"),
        own._own().writing("add", agent="ann") as activity,
    ):
        activity.connection.execute(
            sa.text(
                "INSERT INTO claims SELECT claim_id || 'x', entry_id, field, value, source_id, "
                "act, acted, profile, revision, '2025-08-01', NULL, timezone, published, recorded, "
                "by, status, why, activity_id FROM claims "
                "WHERE field = 'state' AND valid_until IS NULL"
            )
        )
