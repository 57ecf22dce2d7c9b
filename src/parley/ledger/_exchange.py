"""The ledger as JSON Lines: one object a line, everything in it, the same again after a round trip.

The first line names the format. Then come, each under its own key: ``text`` (what a capture
said), ``source`` (a capture), ``entry`` (with every claim ever recorded about it), ``proposal``
and ``decision``. `schema` gives the JSON Schema of a line.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from datetime import datetime  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa

from parley.errors import InputError, LedgerError
from parley.ledger import _schema as t
from parley.ledger._rows import has_source, subjects, write_claims, write_entry, write_source
from parley.ledger._witness import signature, write_signature
from parley.records import Claim, Draft, Source, decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parley.ledger._claims import Subject
    from parley.ledger._database import Activity, Database

FORMAT = "parley-ledger/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What a capture said."""

    text_sha256: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """An entry with every claim ever recorded about it, unresolved."""

    entry_id: str
    type: str
    title: str = ""
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A draft that was saved, and when."""

    proposal_id: str
    source: str
    draft: Draft
    saved: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What became of a proposal."""

    proposal_id: str
    verdict: str
    entry_id: str | None
    why: str
    decided: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: exactly one of its fields is there."""

    format: str | None = None
    source: Source | None = None
    text: Text | None = None
    entry: Dossier | None = None
    proposal: Proposal | None = None
    decision: Decision | None = None


for _type in (Text, Dossier, Proposal, Decision, Line):
    setattr(_type, "__pydantic_config__", {"extra": "forbid"})  # noqa: B010 - not a field of it

Json: TypeAlias = Any  # a JSON value


def lines(found: Iterable[Subject], database: Database | None) -> Iterator[Json]:
    """Yield the ledger's lines in their order: what a line needs stands before it."""
    yield {"format": FORMAT}
    dossiers = sorted(found, key=lambda subject: subject.entry_id)
    sources = {source.source_id: source for one in dossiers for source in one.sources.values()}
    texts = {
        span.text_sha256: span.exact
        for one in dossiers
        for claim in one.claims
        for span in claim.evidence
        if span.start == 0 and not span.prefix + span.suffix
    }
    if database is not None:
        with database.reading() as connection:
            sources |= {one.source_id: one for one in _all_sources(connection)}
            texts |= dict(
                connection.execute(sa.select(t.texts.c.text_sha256, t.texts.c.text)).all()
            )
    for digest, text in sorted(texts.items()):
        yield {"text": {"text_sha256": digest, "text": text}}
    for source in sorted(sources.values(), key=lambda one: one.source_id):
        yield {"source": encode(replace(source, evidence=()))}
    for one in dossiers:
        claims = sorted(one.claims, key=lambda claim: (claim.field, claim.claim_id))
        dossier = Dossier(
            entry_id=one.entry_id, type=one.type, title=one.title, claims=tuple(claims)
        )
        yield {"entry": encode(dossier)}
    if database is not None:
        with database.reading() as connection:
            yield from _reviewed(connection)


def _all_sources(connection: sa.Connection) -> Iterator[Source]:
    from parley.ledger._rows import source_of_row

    for row in connection.execute(sa.select(t.sources)):
        yield source_of_row(row)


def _reviewed(connection: sa.Connection) -> Iterator[Json]:
    for row in connection.execute(sa.select(t.proposals).order_by(t.proposals.c.proposal_id)):
        proposal = Proposal(
            proposal_id=row.proposal_id,
            source=row.source_id,
            draft=decode(Draft, json.loads(row.draft)),
            saved=row.saved,
            by=row.by,
        )
        yield {"proposal": encode(proposal)}
    for row in connection.execute(sa.select(t.decisions).order_by(t.decisions.c.proposal_id)):
        decision = Decision(
            proposal_id=row.proposal_id,
            verdict=row.verdict,
            entry_id=row.entry_id,
            why=row.why,
            decided=row.decided,
            by=row.by,
        )
        yield {"decision": encode(decision)}


def take_in(activity: Activity, text: str, name: str) -> int:
    """Store what is not there yet from lines of this format; return how many lines were new.

    Raises
    ------
    InputError
        When a line is not of this format; it is named.
    LedgerError
        When a line contradicts what the ledger holds under the same id.
    """
    new = 0
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw.strip():
            continue
        try:
            line = decode(Line, json.loads(raw))
        except (ValueError, InputError) as error:
            raise InputError(f"{name} line {number}: {error}") from error
        if sum(getattr(line, field.name) is not None for field in fields(Line)) != 1:
            raise InputError(f"{name} line {number}: a line holds exactly one thing")
        if number == 1 and line.format != FORMAT:
            raise InputError(f"{name} is not of the format {FORMAT}: its first line must say so")
        try:
            new += _store(activity, line)
        except LedgerError as error:
            raise LedgerError(f"{name} line {number}: {error}") from error
    return new


def _store(activity: Activity, line: Line) -> bool:
    if line.source is not None:
        return _store_source(activity, line.source)
    if line.text is not None:
        return _store_text(activity, line.text)
    if line.entry is not None:
        return _store_dossier(activity, line.entry)
    if line.proposal is not None:
        return _store_proposal(activity, line.proposal)
    if line.decision is not None:
        return _store_decision(activity, line.decision)
    return False


def _store_source(activity: Activity, source: Source) -> bool:
    if has_source(activity.connection, source.source_id):
        return False
    write_source(activity, source)
    query = sa.select(t.texts.c.text).where(t.texts.c.text_sha256 == source.text_sha256)
    text = activity.connection.execute(query).scalar()
    if text is not None:
        write_signature(activity, source.source_id, signature(text))
    return True


def _store_text(activity: Activity, text: Text) -> bool:
    connection = activity.connection
    column = t.texts.c.text_sha256
    if connection.execute(sa.select(column).where(column == text.text_sha256)).first():
        return False
    connection.execute(
        t.texts.insert().values(
            text_sha256=text.text_sha256, text=text.text, activity_id=activity.activity_id
        )
    )
    return True


def _store_dossier(activity: Activity, dossier: Dossier) -> bool:
    held = subjects(activity.connection, ids=[dossier.entry_id]).get(dossier.entry_id)
    known = {} if held is None else {claim.claim_id: claim for claim in held.claims}
    new = []
    for claim in dossier.claims:
        if claim.claim_id not in known:
            new.append(claim)
        elif known[claim.claim_id] != claim:
            raise LedgerError(
                f"claim {claim.claim_id} of {dossier.entry_id} says something else in the ledger"
            )
    write_entry(activity, dossier.entry_id, dossier.type, dossier.title)
    write_claims(activity, dossier.entry_id, new)
    return bool(new) or held is None


def _store_proposal(activity: Activity, proposal: Proposal) -> bool:
    column = t.proposals.c.proposal_id
    query = sa.select(column).where(column == proposal.proposal_id)
    if activity.connection.execute(query).first():
        return False
    activity.connection.execute(
        t.proposals.insert().values(
            proposal_id=proposal.proposal_id,
            source_id=proposal.source,
            draft=json.dumps(encode(proposal.draft), ensure_ascii=False, sort_keys=True),
            saved=proposal.saved,
            by=proposal.by,
            activity_id=activity.activity_id,
        )
    )
    return True


def _store_decision(activity: Activity, decision: Decision) -> bool:
    query = sa.select(t.decisions).where(t.decisions.c.proposal_id == decision.proposal_id)
    held = activity.connection.execute(query).first()
    if held is not None:
        if (held.verdict, held.entry_id) != (decision.verdict, decision.entry_id):
            raise LedgerError(f"proposal {decision.proposal_id} was {held.verdict} here")
        return False
    activity.connection.execute(
        t.decisions.insert().values(
            proposal_id=decision.proposal_id,
            verdict=decision.verdict,
            entry_id=decision.entry_id,
            why=decision.why,
            decided=decision.decided,
            by=decision.by,
            activity_id=activity.activity_id,
        )
    )
    return True
