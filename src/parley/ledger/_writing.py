"""Everything that the ledger takes in: captures, proposals, decisions, facts and corrections."""

from __future__ import annotations

import hashlib
import json
from dataclasses import Field, fields, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from uuid import uuid4

import sqlalchemy as sa

from parley.errors import LedgerError
from parley.ledger import _schema as t
from parley.ledger._anchor import anchor
from parley.ledger._rows import (
    has_source,
    subjects,
    write_claims,
    write_entry,
    write_source,
)
from parley.ledger._witness import body, group_of, signature, write_signature
from parley.records import Article, Claim, Draft, Measure, Record, Source, decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from parley.ledger._claims import Subject
    from parley.ledger._database import Activity, Database
    from parley.ledger._facts import Fact
    from parley.records import Rank

Status: TypeAlias = Literal["stands", "set aside", "retracted"]
Chain: TypeAlias = tuple[str, str, str, str]

REFERENCES = (
    "commitment",
    "round",
)  # fields that may name another entry, or draft of the same page


def save_capture(
    activity: Activity, article: Article, *, rank: Rank = "press", retrieved: date | None = None
) -> Source:
    """Store an article as a capture with its text, in its group of near-duplicates."""
    identity = f"{article.page_sha256}\n{article.text_sha256}\n{article.address}"
    source = Source(
        source_id=hashlib.sha256(identity.encode("utf-8")).hexdigest()[:24],
        address=article.address,
        publisher=article.publisher,
        title=article.title,
        published=article.published,
        published_origin=article.published_origin,
        retrieved=retrieved,
        rank=rank,
        language=article.language,
        page_sha256=article.page_sha256,
        text_sha256=article.text_sha256,
    )
    if has_source(activity.connection, source.source_id):
        return source
    signed = signature(body(article))
    source = replace(source, witness=group_of(activity, signed) or source.source_id)
    write_source(activity, source, text=article.text)
    write_signature(activity, source.source_id, signed)
    return source


def save_proposals(
    activity: Activity, source: Source, text: str, drafts: Iterable[Draft]
) -> tuple[str, ...]:
    """Store the drafts of a capture and return their proposal ids; twice is as once."""
    ids = []
    for draft in drafts:
        for span in draft.evidence:
            anchor(span, text)
        content = json.dumps(encode(draft), ensure_ascii=False, sort_keys=True)
        proposal_id = hashlib.sha256(f"{source.source_id}\n{content}".encode()).hexdigest()[:12]
        ids.append(proposal_id)
        query = sa.select(t.proposals.c.proposal_id).where(t.proposals.c.proposal_id == proposal_id)
        if activity.connection.execute(query).first() is None:
            activity.connection.execute(
                t.proposals.insert().values(
                    proposal_id=proposal_id,
                    source_id=source.source_id,
                    draft=content,
                    saved=activity.at,
                    by=activity.agent,
                    activity_id=activity.activity_id,
                )
            )
    return tuple(ids)


def pending(connection: sa.Connection, proposal_id: str) -> tuple[Draft, str]:
    """Return an undecided proposal's draft and the id of its source.

    Raises
    ------
    LedgerError
        When there is no such proposal, or it was decided already.
    """
    query = (
        sa.select(t.proposals, t.decisions.c.verdict)
        .outerjoin(t.decisions, t.decisions.c.proposal_id == t.proposals.c.proposal_id)
        .where(t.proposals.c.proposal_id == proposal_id)
    )
    row = connection.execute(query).first()
    if row is None:
        raise LedgerError(f"there is no proposal {proposal_id}; list them: `parley review list`")
    if row.verdict is not None:
        raise LedgerError(f"proposal {proposal_id} was {row.verdict} already")
    return decode(Draft, json.loads(row.draft)), row.source_id


def decide(
    activity: Activity, proposal_id: str, verdict: str, *, entry_id: str | None, why: str
) -> None:
    """Record what became of a proposal."""
    activity.connection.execute(
        t.decisions.insert().values(
            proposal_id=proposal_id,
            verdict=verdict,
            entry_id=entry_id,
            why=why,
            decided=activity.at,
            by=activity.agent,
            activity_id=activity.activity_id,
        )
    )


def referred(connection: sa.Connection, draft: Draft, source_id: str) -> Record:
    """Return the draft's record with references to other drafts of its page as entry ids.

    Raises
    ------
    LedgerError
        When it refers to a draft that was not accepted.
    """
    record = draft.record
    for name in REFERENCES:
        target = getattr(record, name, "")
        if not isinstance(target, str) or not target:
            continue
        query = (
            sa.select(t.proposals.c.draft, t.proposals.c.proposal_id, t.decisions.c.entry_id)
            .outerjoin(t.decisions, t.decisions.c.proposal_id == t.proposals.c.proposal_id)
            .where(t.proposals.c.source_id == source_id)
        )
        for row in connection.execute(query):
            if json.loads(row.draft)["draft_id"] != target:
                continue
            if row.entry_id is None:
                raise LedgerError(
                    f"draft {draft.draft_id} is about draft {target}, which is not in the record; "
                    f"accept proposal {row.proposal_id} first"
                )
            record = replace(record, **{name: row.entry_id})
    return record


def claims_of(record: Record, *, about: Claim) -> tuple[Claim, ...]:
    """Return one claim per field that the record states; `about` says by whom and when."""
    content = encode(record)
    plain = [
        replace(about, field=field.name, value=content[field.name])
        for field in fields(record)
        if field.name not in ("type", "states") and getattr(record, field.name) != _default(field)
    ]
    return (*plain, *_state_claims(record, about))


def _default(field: Field[object]) -> object:
    return field.default


def _state_claims(record: Record, about: Claim) -> tuple[Claim, ...]:
    if not isinstance(record, Measure):
        return ()
    states = sorted(record.states, key=lambda state: (state.start is not None, state.start or 0))
    claims = []
    for place, state in enumerate(states):
        following = states[place + 1].start if place + 1 < len(states) else None
        ends = [day for day in (state.end, following) if day is not None]
        claims.append(
            replace(
                about,
                field="state",
                value=state.state,
                start=state.start,
                end=min(ends, default=None),
                timezone=state.timezone,
            )
        )
    return tuple(claims)


def record_fact(activity: Activity, fact: Fact) -> tuple[str, bool]:
    """Store a fact; return the id of its entry and whether anything was new."""
    kind = type(fact.record).__name__.lower()
    entry_id = fact.entry_id or f"{kind}-{uuid4().hex[:10]}"
    published = fact.published or fact.source.published
    about = Claim(
        field="",
        value=None,
        source=fact.source.source_id,
        published=published,
        act=fact.act,
        acted=fact.acted or (published if fact.act else None),
        evidence=fact.evidence,
    )
    held = subjects(activity.connection, ids=[entry_id]).get(entry_id)
    if held is not None and held.type != kind:
        raise LedgerError(f"entry {entry_id} is a {held.type}, not a {kind}")
    new = _unsaid(claims_of(fact.record, about=about), () if held is None else held.claims)
    write_source(activity, fact.source)
    write_record(activity, entry_id, kind, fact.title, new)
    return entry_id, bool(new)


def _unsaid(claims: Sequence[Claim], held: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims of chains that say something else than what is held, as next revisions."""
    new: list[Claim] = []
    for key in dict.fromkeys(map(chain_of, claims)):
        saying = [claim for claim in claims if chain_of(claim) == key]
        before = [claim for claim in held if chain_of(claim) == key]
        latest = max((claim.revision for claim in before), default=0)
        said = {content_of(claim) for claim in before if claim.revision == latest}
        if said != {content_of(claim) for claim in saying}:
            new += [replace(claim, revision=latest + 1) for claim in saying]
    return tuple(new)


def chain_of(claim: Claim) -> Chain:
    """Return what makes the chain that a claim is in: field, source, act and profile."""
    return claim.field, claim.source, claim.act, claim.profile


def content_of(claim: Claim) -> tuple[object, ...]:
    """Return what a claim says, and for which days."""
    value = json.dumps(claim.value, sort_keys=True)
    return value, claim.start, claim.end, claim.status


def write_record(
    activity: Activity, entry_id: str, kind: str, title: str, claims: Sequence[Claim]
) -> None:
    """Store claims about an entry, making the entry when it is new."""
    write_entry(activity, entry_id, kind, title)
    write_claims(activity, entry_id, claims)


def revise(
    activity: Activity,
    subject: Subject,
    claim_id: str,
    *,
    status: Status,
    why: str,
    changes: Mapping[str, Any],  # Any: values of the claim's fields
) -> None:
    """Write the next revision of the chain that a claim is in.

    All claims of the chain's latest revision are stated again; `status` and `changes` apply to
    all of them when the chain is set aside or retracted, else to the one claim.
    """
    old = next(claim for claim in subject.claims if claim.claim_id == claim_id)
    chain = [claim for claim in subject.claims if chain_of(claim) == chain_of(old)]
    latest = max(claim.revision for claim in chain)
    if old.revision != latest:
        raise LedgerError(f"claim {claim_id} was revised already; the latest is {latest}")
    for source in subject.sources.values():
        write_source(activity, source)
    write_entry(activity, subject.entry_id, subject.type, subject.title)
    restated = [
        replace(
            claim,
            claim_id="",
            revision=latest + 1,
            recorded=None,
            by="",
            status=status,
            why=why if status != "stands" or claim is old else claim.why,
            **(changes if claim is old else {}),
        )
        for claim in chain
        if claim.revision == latest
    ]
    write_claims(activity, subject.entry_id, restated)


def proposals(database: Database) -> tuple[tuple[str, Draft, str], ...]:
    """Return the undecided proposals as they were saved, a page's in its order of words.

    Each is the proposal's id, its draft and the id of its source.
    """
    query = (
        sa.select(t.proposals)
        .outerjoin(t.decisions, t.decisions.c.proposal_id == t.proposals.c.proposal_id)
        .where(t.decisions.c.proposal_id.is_(None))
    )
    with database.reading() as connection:
        found = [
            (row.saved, row.proposal_id, decode(Draft, json.loads(row.draft)), row.source_id)
            for row in connection.execute(query)
        ]
    found.sort(key=lambda one: (one[0], one[2].evidence[0].start, one[1]))
    return tuple((proposal_id, draft, source) for _, proposal_id, draft, source in found)
