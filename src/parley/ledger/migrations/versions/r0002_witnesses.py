"""Signatures of captured texts, by which near-duplicates count as one witness.

Frozen: later changes of the schema are later migrations.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the two tables; like all others they only grow."""
    for name, *columns in (
        ("signatures", sa.Column("digest", sa.LargeBinary, nullable=False)),
        (
            "bands",
            sa.Column("band", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("key", sa.Text, nullable=False),
        ),
    ):
        source = sa.Column(
            "source_id", sa.Text, sa.ForeignKey("sources.source_id"), primary_key=True
        )
        op.create_table(name, source, *columns, sqlite_strict=True)
        _only_grows(name)
    op.create_index("bands_by_key", "bands", ["band", "key"])


def _only_grows(table: str) -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION parley_only_grows()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN "
            f"SELECT RAISE(ABORT, 'the ledger only grows: no {verb} on {table}'); END"
        )
