"""Rows of the database as claims and sources, and back."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import sqlalchemy as sa

from parley.errors import LedgerError
from parley.ledger import _schema as t
from parley.ledger._claims import Subject
from parley.records import Claim, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parley.ledger._database import Activity

_CHUNK = 500  # ids in one IN list


def subjects(
    connection: sa.Connection, *, ids: Iterable[str] | None = None, kind: str | None = None
) -> dict[str, Subject]:
    """Return the entries asked for, by id, with all their claims."""
    found: dict[str, list[Claim]] = defaultdict(list)
    about: dict[str, tuple[str, str]] = {}
    wanted: list[sa.ColumnElement[bool] | None] = [None]
    if ids is not None:
        listed = list(ids)
        wanted = [
            t.entries.c.entry_id.in_(listed[at : at + _CHUNK])
            for at in range(0, len(listed), _CHUNK)
        ]
    for condition in wanted:
        where = [] if condition is None else [condition]
        if kind is not None:
            where.append(t.entries.c.type == kind)
        spans = _evidence(connection, where)
        for row in connection.execute(_CLAIMS.where(*where)):
            about[row.entry_id] = (row.type, row.entry_title)
            found[row.entry_id].append(_claim(row, spans.get(row.claim_id, ())))
    known = _sources(connection, {claim.source for claims in found.values() for claim in claims})
    return {
        entry_id: Subject(
            entry_id=entry_id,
            type=about[entry_id][0],
            title=about[entry_id][1],
            claims=tuple(sorted(claims, key=_place)),
            sources={claim.source: known[claim.source] for claim in claims},
        )
        for entry_id, claims in sorted(found.items())
    }


def _place(claim: Claim) -> tuple[str, date, str]:
    """Return the place of a claim in its entry: databases sort text and NULL each in its way."""
    return claim.field, claim.start or date.min, claim.claim_id


_CLAIMS = sa.select(t.claims, t.entries.c.type, t.entries.c.title.label("entry_title")).join(
    t.entries, t.entries.c.entry_id == t.claims.c.entry_id
)


def _claim(row: sa.Row[Any], evidence: Sequence[Span]) -> Claim:
    return Claim(
        claim_id=row.claim_id,
        field=row.field,
        value=json.loads(row.value),
        source=row.source_id,
        start=row.valid_from,
        end=row.valid_until,
        timezone=row.timezone,
        profile=row.profile,
        act=row.act,
        acted=row.acted,
        published=row.published,
        recorded=row.recorded,
        by=row.by,
        revision=row.revision,
        status=row.status,
        why=row.why,
        evidence=tuple(evidence),
    )


def _evidence(
    connection: sa.Connection, where: Sequence[sa.ColumnElement[bool]]
) -> dict[str, list[Span]]:
    query = (
        sa.select(t.evidence.c.claim_id, t.passages)
        .join(t.passages, t.passages.c.passage_id == t.evidence.c.passage_id)
        .join(t.claims, t.claims.c.claim_id == t.evidence.c.claim_id)
        .join(t.entries, t.entries.c.entry_id == t.claims.c.entry_id)
        .where(*where)
        .order_by(t.passages.c.start)
    )
    found: dict[str, list[Span]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.claim_id].append(
            Span(
                text_sha256=row.text_sha256,
                start=row.start,
                end=row.end,
                exact=row.exact,
                prefix=row.prefix,
                suffix=row.suffix,
            )
        )
    return found


def _sources(connection: sa.Connection, ids: set[str]) -> dict[str, Source]:
    listed = sorted(ids)
    found: dict[str, Source] = {}
    for at in range(0, len(listed), _CHUNK):
        query = sa.select(t.sources).where(t.sources.c.source_id.in_(listed[at : at + _CHUNK]))
        for row in connection.execute(query):
            found[row.source_id] = source_of_row(row)
    return found


def source_of_row(row: sa.Row[Any]) -> Source:
    """Return the capture that a row of `sources` describes."""
    return Source(
        source_id=row.source_id,
        address=row.address,
        publisher=row.publisher,
        title=row.title,
        published=row.published,
        published_origin=row.published_origin,
        retrieved=row.retrieved,
        rank=row.rank,
        language=row.language,
        page_sha256=row.page_sha256,
        text_sha256=row.text_sha256 or "",
        witness=row.witness,
    )


def has_source(connection: sa.Connection, source_id: str) -> bool:
    """Return whether a capture is in the ledger."""
    return _has(connection, t.sources.c.source_id, source_id)


def write_source(activity: Activity, source: Source, *, text: str | None = None) -> None:
    """Store a capture, and its text if it is kept; one that is there already stays as it is."""
    connection = activity.connection
    if has_source(connection, source.source_id):
        return
    if text is not None and not _has(connection, t.texts.c.text_sha256, source.text_sha256):
        _write_text(activity, source.text_sha256, text)
    held = source.text_sha256 and _has(connection, t.texts.c.text_sha256, source.text_sha256)
    connection.execute(
        t.sources.insert().values(
            source_id=source.source_id,
            address=source.address,
            publisher=source.publisher,
            title=source.title,
            published=source.published,
            published_origin=source.published_origin,
            retrieved=source.retrieved,
            rank=source.rank,
            language=source.language,
            page_sha256=source.page_sha256,
            text_sha256=source.text_sha256 if held else None,
            witness=source.witness,
            activity_id=activity.activity_id,
        )
    )


def _write_text(activity: Activity, digest: str, text: str) -> None:
    activity.connection.execute(
        t.texts.insert().values(text_sha256=digest, text=text, activity_id=activity.activity_id)
    )


def write_entry(activity: Activity, entry_id: str, kind: str, title: str) -> None:
    """Make an entry, unless it is there."""
    if not _has(activity.connection, t.entries.c.entry_id, entry_id):
        activity.connection.execute(
            t.entries.insert().values(
                entry_id=entry_id, type=kind, title=title, activity_id=activity.activity_id
            )
        )


def write_claims(activity: Activity, entry_id: str, claims: Iterable[Claim]) -> tuple[str, ...]:
    """Store claims about an entry and return their ids; a claim without id gets one."""
    rows: list[Mapping[str, object]] = []
    quoted: list[tuple[str, Claim]] = []
    for claim in claims:
        claim_id = claim.claim_id or uuid4().hex
        rows.append(_row(activity, entry_id, claim_id, claim))
        quoted.append((claim_id, claim))
    if rows:
        activity.connection.execute(t.claims.insert(), rows)
    for claim_id, claim in quoted:
        for span in dict.fromkeys(claim.evidence):
            activity.connection.execute(
                t.evidence.insert().values(
                    claim_id=claim_id, passage_id=_write_passage(activity, span)
                )
            )
    return tuple(claim_id for claim_id, _ in quoted)


def _row(activity: Activity, entry_id: str, claim_id: str, claim: Claim) -> Mapping[str, object]:
    return {
        "claim_id": claim_id,
        "entry_id": entry_id,
        "field": claim.field,
        "value": json.dumps(claim.value, ensure_ascii=False, sort_keys=True),
        "source_id": claim.source,
        "act": claim.act,
        "acted": claim.acted,
        "profile": claim.profile,
        "revision": claim.revision,
        "valid_from": claim.start,
        "valid_until": claim.end,
        "timezone": claim.timezone,
        "published": claim.published,
        "recorded": claim.recorded or activity.at,
        "by": claim.by or activity.agent,
        "status": claim.status,
        "why": claim.why,
        "activity_id": activity.activity_id,
    }


def _write_passage(activity: Activity, span: Span) -> str:
    connection = activity.connection
    if not _has(connection, t.texts.c.text_sha256, span.text_sha256):
        if hashlib.sha256(span.exact.encode("utf-8")).hexdigest() == span.text_sha256:
            _write_text(activity, span.text_sha256, span.exact)  # the words alone were kept
            return _write_passage(activity, span)
        raise LedgerError(
            f"the text {span.text_sha256[:12]} that says {span.exact[:40]!r} is not in the ledger; "
            "store the capture first"
        )
    place = f"{span.text_sha256}:{span.start}:{span.end}"
    passage_id = hashlib.sha256(place.encode("ascii")).hexdigest()[:32]
    if not _has(connection, t.passages.c.passage_id, passage_id):
        connection.execute(
            t.passages.insert().values(
                passage_id=passage_id,
                text_sha256=span.text_sha256,
                start=span.start,
                end=span.end,
                exact=span.exact,
                prefix=span.prefix,
                suffix=span.suffix,
            )
        )
    return passage_id


def _has(connection: sa.Connection, column: sa.Column[Any], value: str) -> bool:  # Any: any column
    return connection.execute(sa.select(column).where(column == value).limit(1)).first() is not None


def source_by_id(connection: sa.Connection, source_id: str) -> Source:
    """Return one capture's citation."""
    return _sources(connection, {source_id})[source_id]
