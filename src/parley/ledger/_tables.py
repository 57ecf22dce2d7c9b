"""The ledger as one flat table of claims: CSV, and Parquet through DuckDB."""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parley.ledger._claims import Subject

COLUMNS = {
    "entry_id": "VARCHAR",
    "type": "VARCHAR",
    "title": "VARCHAR",
    "claim_id": "VARCHAR",
    "field": "VARCHAR",
    "value": "VARCHAR",  # JSON
    "valid_from": "DATE",
    "valid_until": "DATE",  # the first day after
    "timezone": "VARCHAR",
    "profile": "VARCHAR",
    "act": "VARCHAR",
    "acted": "DATE",
    "published": "DATE",
    "recorded": "TIMESTAMPTZ",
    "by": "VARCHAR",
    "revision": "INTEGER",
    "status": "VARCHAR",
    "why": "VARCHAR",
    "quote": "VARCHAR",
    "source_id": "VARCHAR",
    "address": "VARCHAR",
    "publisher": "VARCHAR",
    "rank": "VARCHAR",
    "witness": "VARCHAR",
}


def write_csv(found: Iterable[Subject], path: Path) -> None:
    """Write one row per claim, UTF-8, dates in ISO 8601, values as JSON."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_rows(found))


def write_parquet(found: Iterable[Subject], path: Path) -> None:
    """Write the same table as Parquet, with typed columns."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="parley-") as folder:
        rows = Path(folder) / "claims.csv"
        write_csv(found, rows)
        kinds = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
        connection = duckdb.connect()
        try:
            connection.execute(
                f"COPY (SELECT * FROM read_csv({_quoted(rows)}, header = true, "
                f"auto_detect = false, nullstr = '', delim = ',', quote = '\"', "
                f"escape = '\"', columns = {{{kinds}}})) "
                f"TO {_quoted(path)} (FORMAT parquet)"
            )
        finally:
            connection.close()


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _rows(found: Iterable[Subject]) -> Iterator[tuple[object, ...]]:
    for subject in sorted(found, key=lambda one: one.entry_id):
        for claim in sorted(subject.claims, key=lambda one: (one.field, one.claim_id)):
            source = subject.sources[claim.source]
            yield (
                subject.entry_id,
                subject.type,
                subject.title,
                claim.claim_id,
                claim.field,
                json.dumps(claim.value, ensure_ascii=False, sort_keys=True),
                claim.start,
                claim.end,
                claim.timezone,
                claim.profile,
                claim.act,
                claim.acted,
                claim.published,
                claim.recorded.isoformat() if claim.recorded else None,
                claim.by,
                claim.revision,
                claim.status,
                claim.why,
                " … ".join(span.exact for span in claim.evidence),
                source.source_id,
                source.address,
                source.publisher,
                source.rank,
                source.witness,
            )
