"""The record: activities, captures, entries, claims, passages, proposals, decisions.

Frozen: later changes of the schema are later migrations.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Kind: TypeAlias = sa.types.TypeEngine[Any]

TABLES = (
    "activities",
    "texts",
    "sources",
    "entries",
    "claims",
    "passages",
    "evidence",
    "proposals",
    "decisions",
)

_CHAIN = ("entry_id", "field", "source_id", "act", "profile", "revision")


def upgrade() -> None:
    """Make the tables, and the triggers by which they only grow and chains never overlap."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    _base(sa.Text() if sqlite else sa.Date(), sqlite=sqlite)
    if sqlite:
        op.execute("PRAGMA application_id = 1346458188")
        _sqlite_rules()
    else:
        _postgres_rules()


def _base(day: Kind, *, sqlite: bool) -> None:
    moment: Kind = sa.Text() if sqlite else sa.DateTime(timezone=True)

    def text(name: str) -> sa.Column[Any]:
        return sa.Column(name, sa.Text, nullable=False, server_default="")

    def needed(
        name: str, kind: Kind | None = None, server_default: str | None = None
    ) -> sa.Column[Any]:
        return sa.Column(name, kind or sa.Text(), nullable=False, server_default=server_default)

    def key(name: str, target: str, *, primary_key: bool = False) -> sa.Column[Any]:
        return sa.Column(
            name, sa.Text, sa.ForeignKey(target), nullable=False, primary_key=primary_key
        )

    def table(name: str, *columns: sa.Column[Any]) -> None:
        op.create_table(name, *columns, sqlite_strict=True)

    table(
        "activities",
        sa.Column("activity_id", sa.Text, primary_key=True),
        needed("kind"),
        needed("agent"),
        needed("at", moment),
        needed("parley_version"),
        text("note"),
    )
    table(
        "texts",
        sa.Column("text_sha256", sa.Text, primary_key=True),
        needed("text"),
        key("activity_id", "activities.activity_id"),
    )
    table(
        "sources",
        sa.Column("source_id", sa.Text, primary_key=True),
        needed("address"),
        text("publisher"),
        text("title"),
        sa.Column("published", day),
        needed("published_origin", server_default="unknown"),
        sa.Column("retrieved", day),
        needed("rank"),
        text("language"),
        text("page_sha256"),
        sa.Column("text_sha256", sa.Text, sa.ForeignKey("texts.text_sha256")),
        text("witness"),
        key("activity_id", "activities.activity_id"),
    )
    table(
        "entries",
        sa.Column("entry_id", sa.Text, primary_key=True),
        needed("type"),
        text("title"),
        key("activity_id", "activities.activity_id"),
    )
    op.create_index("entries_by_type", "entries", ["type"])
    table(
        "claims",
        sa.Column("claim_id", sa.Text, primary_key=True),
        key("entry_id", "entries.entry_id"),
        needed("field"),
        needed("value"),
        key("source_id", "sources.source_id"),
        text("act"),
        sa.Column("acted", day),
        needed("profile", server_default="both"),
        needed("revision", sa.Integer()),
        sa.Column("valid_from", day),
        sa.Column("valid_until", day),
        text("timezone"),
        sa.Column("published", day),
        needed("recorded", moment),
        needed("by"),
        needed("status", server_default="stands"),
        text("why"),
        key("activity_id", "activities.activity_id"),
    )
    op.create_index("claims_by_chain", "claims", [*_CHAIN])
    table(
        "passages",
        sa.Column("passage_id", sa.Text, primary_key=True),
        key("text_sha256", "texts.text_sha256"),
        needed("start", sa.Integer()),
        needed("end", sa.Integer()),
        needed("exact"),
        text("prefix"),
        text("suffix"),
    )
    table(
        "evidence",
        key("claim_id", "claims.claim_id", primary_key=True),
        key("passage_id", "passages.passage_id", primary_key=True),
    )
    table(
        "proposals",
        sa.Column("proposal_id", sa.Text, primary_key=True),
        key("source_id", "sources.source_id"),
        needed("draft"),
        needed("saved", moment),
        needed("by"),
        key("activity_id", "activities.activity_id"),
    )
    table(
        "decisions",
        key("proposal_id", "proposals.proposal_id", primary_key=True),
        needed("verdict"),
        sa.Column("entry_id", sa.Text, sa.ForeignKey("entries.entry_id")),
        text("why"),
        needed("decided", moment),
        needed("by"),
        key("activity_id", "activities.activity_id"),
    )


def _sqlite_rules() -> None:
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN "
                f"SELECT RAISE(ABORT, 'the ledger only grows: no {verb} on {table}'); END"
            )
    same = " AND ".join(f"c.{name} = NEW.{name}" for name in _CHAIN)
    op.execute(
        "CREATE TRIGGER claims_never_overlap BEFORE INSERT ON claims "
        f"WHEN EXISTS (SELECT 1 FROM claims c WHERE {same} "
        "AND coalesce(c.valid_from, '') < coalesce(NEW.valid_until, '~') "
        "AND coalesce(NEW.valid_from, '') < coalesce(c.valid_until, '~')) "
        "BEGIN SELECT RAISE(ABORT, 'claims of one chain overlap'); END"
    )
    op.execute(
        "CREATE TRIGGER claims_hold_a_day BEFORE INSERT ON claims "
        "WHEN NEW.valid_from >= NEW.valid_until "
        "BEGIN SELECT RAISE(ABORT, 'a claim holds for no day'); END"
    )


def _postgres_rules() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute(
        "CREATE FUNCTION parley_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'the ledger only grows: no % on %', TG_OP, TG_TABLE_NAME; END $$"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION parley_only_grows()"
        )
    same = ", ".join(f"{name} WITH =" for name in _CHAIN)
    op.execute(
        f"ALTER TABLE claims ADD CONSTRAINT claims_never_overlap EXCLUDE USING gist ({same}, "
        "daterange(valid_from, valid_until, '[)') WITH &&)"
    )
    op.execute(
        "ALTER TABLE claims ADD CONSTRAINT claims_hold_a_day CHECK (valid_from < valid_until)"
    )
