"""The tables of the ledger, the same in SQLite and PostgreSQL.

Nothing here is ever updated or deleted; the migrations set triggers that refuse it. In SQLite
days and moments are ISO 8601 text, so the file reads well in any browser of SQLite.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

APPLICATION_ID = 0x5041524C  # "PARL", in the header of the SQLite file
REVISIONS = ("0001", "0002")  # of the schema, oldest first


_day = lru_cache(4096)(date.fromisoformat)  # a ledger says the same days again and again
_moment = lru_cache(4096)(datetime.fromisoformat)


class Day(TypeDecorator[date]):
    """A date: DATE in PostgreSQL, ISO text in SQLite."""

    impl = Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the column in `dialect`."""
        return Text() if dialect.name == "sqlite" else Date()

    def process_bind_param(self, value: date | None, dialect: Dialect) -> object:
        """Return `value` as the database takes it."""
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: object, dialect: Dialect) -> date | None:
        """Return the date that the database gave."""
        return _day(value) if isinstance(value, str) else value  # type: ignore[return-value]  # a date or None


class Moment(TypeDecorator[datetime]):
    """A point in time in UTC: TIMESTAMPTZ in PostgreSQL, ISO text in SQLite."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the column in `dialect`."""
        return Text() if dialect.name == "sqlite" else DateTime(timezone=True)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        """Return `value` as the database takes it, in UTC."""
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.isoformat(timespec="microseconds") if dialect.name == "sqlite" else utc

    def process_result_value(self, value: object, dialect: Dialect) -> datetime | None:
        """Return the moment that the database gave, in UTC."""
        if isinstance(value, str):
            return _moment(value)
        return value.astimezone(UTC) if isinstance(value, datetime) else None


metadata = MetaData()


def _table(name: str, *parts: Column[object] | Index) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


def _key(name: str, target: str, *, primary_key: bool = False) -> Column[object]:
    return Column(name, Text, ForeignKey(target), nullable=False, primary_key=primary_key)


def _text(name: str) -> Column[object]:
    return Column(name, Text, nullable=False, server_default="")


activities = _table(
    "activities",
    Column("activity_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),  # save, accept, reject, merge, settle, add, import
    Column("agent", Text, nullable=False),  # who
    Column("at", Moment, nullable=False),
    Column("parley_version", Text, nullable=False),
    _text("note"),
)

texts = _table(
    "texts",
    Column("text_sha256", Text, primary_key=True),
    Column("text", Text, nullable=False),
    _key("activity_id", "activities.activity_id"),
)

sources = _table(
    "sources",
    Column("source_id", Text, primary_key=True),
    Column("address", Text, nullable=False),
    _text("publisher"),
    _text("title"),
    Column("published", Day),
    Column("published_origin", Text, nullable=False, server_default="unknown"),
    Column("retrieved", Day),
    Column("rank", Text, nullable=False),
    _text("language"),
    _text("page_sha256"),
    Column("text_sha256", Text, ForeignKey("texts.text_sha256")),
    _text("witness"),
    _key("activity_id", "activities.activity_id"),
)

entries = _table(
    "entries",
    Column("entry_id", Text, primary_key=True),
    Column("type", Text, nullable=False),
    _text("title"),
    _key("activity_id", "activities.activity_id"),
    Index("entries_by_type", "type"),
)

claims = _table(
    "claims",
    Column("claim_id", Text, primary_key=True),
    _key("entry_id", "entries.entry_id"),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),  # JSON
    _key("source_id", "sources.source_id"),
    _text("act"),
    Column("acted", Day),
    Column("profile", Text, nullable=False, server_default="both"),
    Column("revision", Integer, nullable=False),
    Column("valid_from", Day),
    Column("valid_until", Day),
    _text("timezone"),
    Column("published", Day),
    Column("recorded", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("status", Text, nullable=False, server_default="stands"),
    _text("why"),
    _key("activity_id", "activities.activity_id"),
    Index("claims_by_chain", "entry_id", "field", "source_id", "act", "profile", "revision"),
)

passages = _table(
    "passages",
    Column("passage_id", Text, primary_key=True),
    _key("text_sha256", "texts.text_sha256"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("exact", Text, nullable=False),
    _text("prefix"),
    _text("suffix"),
)

evidence = _table(
    "evidence",
    _key("claim_id", "claims.claim_id", primary_key=True),
    _key("passage_id", "passages.passage_id", primary_key=True),
)

proposals = _table(
    "proposals",
    Column("proposal_id", Text, primary_key=True),
    _key("source_id", "sources.source_id"),
    Column("draft", Text, nullable=False),  # JSON
    Column("saved", Moment, nullable=False),
    Column("by", Text, nullable=False),
    _key("activity_id", "activities.activity_id"),
)

decisions = _table(
    "decisions",
    _key("proposal_id", "proposals.proposal_id", primary_key=True),
    Column("verdict", Text, nullable=False),  # accepted, merged, rejected
    Column("entry_id", Text, ForeignKey("entries.entry_id")),
    _text("why"),
    Column("decided", Moment, nullable=False),
    Column("by", Text, nullable=False),
    _key("activity_id", "activities.activity_id"),
)

signatures = _table(
    "signatures",
    _key("source_id", "sources.source_id", primary_key=True),
    Column("digest", LargeBinary, nullable=False),
)

bands = _table(
    "bands",
    _key("source_id", "sources.source_id", primary_key=True),
    Column("band", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False),
    Index("bands_by_key", "band", "key"),
)
