"""From claims to records: what holds on a day, as known on another, by one stated rule.

The rule, field by field and day by day:

1. about one act, the source of highest rank speaks, of equals the one published later: legal
   text, official statement, agency, press, other;
2. of the acts that cover the day, the latest (by `Claim.acted`) holds;
3. between that and claims that name no act, rank decides, then the later publication;
4. claims that are equal in all this and give different values stop the query with a
   `ConflictError` that names both. The ledger never picks silently.

A claim that was set aside by a reviewer, or retracted, never wins and stays visible.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import MISSING, dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from parley.errors import ConflictError, InputError, LedgerError
from parley.records import (
    RANKS,
    RECORD_TYPES,
    Claim,
    Clock,
    DatedState,
    Entry,
    Measure,
    Profile,
    Record,
    Source,
    Version,
    decode,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

REPORTS = "reports"
"""Field of a claim by which a source supports an entry as a whole, without a value of its own."""

BY_NAME: dict[str, type[Record]] = {record.__name__.lower(): record for record in RECORD_TYPES}

_AHEAD = ("rate", "legal_basis")  # of a measure that is announced: what is to come
_RANK = {rank: len(RANKS) - place for place, rank in enumerate(RANKS)}
_DAY = timedelta(days=1)
_KEPT = 4096  # answers; a full reading of the shipped record as known on one day takes 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a query looks at the ledger: by which clock, until when, for which profile."""

    known: date | None = None
    clock: Clock = "published"
    profile: Profile = "legal"

    def sees(self, claim: Claim) -> bool:
        """Return whether `claim` was known by the day asked, for the profile asked."""
        if claim.profile not in ("both", self.profile):
            return False
        if self.known is None:
            return True
        return knowable(claim, self.clock) <= self.known


def knowable(claim: Claim, clock: Clock) -> date:
    """Return the first day on which `claim` counts as known, by the clock.

    A claim whose source has no date counts, on the clock of publication, from the day on which
    it was recorded.
    """
    if clock == "published" and claim.published is not None:
        return claim.published
    if claim.recorded is None:
        return date.max
    return claim.recorded.astimezone(UTC).date()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Subject:
    """An entry before resolution: all claims about it, from every store.

    A subject is itself alone, so that what it resolves to is kept: those of the shipped record
    are asked again and again, and never change.
    """

    entry_id: str
    type: str
    title: str
    claims: tuple[Claim, ...]
    sources: Mapping[str, Source]

    def and_also(self, other: Subject) -> Subject:
        """Return this subject with the claims of `other`, which is about the same entry."""
        if other.type != self.type:
            raise LedgerError(
                f"entry {self.entry_id} is a {self.type} in one store and a {other.type} in "
                "another; give one of them another id"
            )
        held = {claim.claim_id for claim in self.claims}
        return replace(
            self,
            title=self.title or other.title,
            claims=self.claims
            + tuple(claim for claim in other.claims if claim.claim_id not in held),
            sources={**other.sources, **self.sources},
        )


def known_claims(subject: Subject, asked: Asked) -> tuple[Claim, ...]:
    """Return the claims known as asked: of each chain the latest revision, whatever its status."""
    seen = [claim for claim in subject.claims if asked.sees(claim)]
    latest: dict[tuple[str, str, str, str], int] = {}
    for claim in seen:
        chain = (claim.field, claim.source, claim.act, claim.profile)
        latest[chain] = max(latest.get(chain, 0), claim.revision)
    return tuple(
        claim
        for claim in seen
        if claim.revision == latest[claim.field, claim.source, claim.act, claim.profile]
    )


@lru_cache(maxsize=_KEPT)
def resolve(subject: Subject, asked: Asked, *, on: date | None = None) -> Entry | None:
    """Return the entry as it holds `on` a day, or None when nothing was known of it.

    Without `on` it is resolved for the day on which the last claim became known. A field that
    has no value on the day stays empty, but a rate or legal basis to come is shown.
    """
    claims = known_claims(subject, asked)
    if not any(claim.status == "stands" and claim.field != REPORTS for claim in claims):
        return None
    day = on or max(knowable(claim, asked.clock) for claim in claims)
    winners = _winners(subject, claims, day)
    if _needed(subject.type) - winners.keys():
        return None  # what it is about was not known yet
    record = _record(subject, winners, claims)
    return _entry(subject, record, claims, winners)


@lru_cache(maxsize=_KEPT)
def versions(subject: Subject, asked: Asked) -> tuple[Version, ...]:
    """Return the stretches of days in which the entry's record differs, as known as asked."""
    claims = known_claims(subject, asked)
    found: list[Version] = []
    for start, end in _stretches(claims):
        day = start or (end - _DAY if end else date.max)
        winners = _winners(subject, claims, day)
        needed = _needed(subject.type) | ({"state"} if subject.type == "measure" else set())
        if needed - winners.keys():
            continue
        record = _record(subject, winners, claims)
        opening = [claim for claim in winners.values() if claim.start == start] or [
            *winners.values()
        ]
        made = Version(
            start=start,
            end=end,
            record=record,
            state=winners["state"].value if subject.type == "measure" else "",
            acted=max((claim.acted for claim in opening if claim.acted), default=None),
            published=max((claim.published or date.min for claim in opening), default=None),
            sources=tuple(dict.fromkeys(claim.source for claim in opening)),
        )
        if found and (found[-1].record, found[-1].state) == (record, made.state):
            made = replace(found.pop(), end=end)
        found.append(made)
    return tuple(found)


def _stretches(claims: Iterable[Claim]) -> list[tuple[date | None, date | None]]:
    edges = sorted({day for claim in claims for day in (claim.start, claim.end) if day})
    return [*zip([None, *edges], [*edges, None], strict=True)]


def _winners(subject: Subject, claims: Sequence[Claim], day: date) -> dict[str, Claim]:
    by_field: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.status == "stands" and claim.field != REPORTS:
            by_field[claim.field].append(claim)
    winners: dict[str, Claim] = {}
    for name, claimed in by_field.items():
        rivals = _speaking(subject, claimed)
        candidates = [claim for claim in rivals if covers(claim, day)]
        if not candidates and name in _AHEAD:
            candidates = _next(rivals, day)
        if candidates:
            winners[name] = _winner(subject, candidates, day)
    return winners


def covers(claim: Claim | Version, day: date) -> bool:
    """Return whether a claim or version is about `day`."""
    return (claim.start is None or claim.start <= day) and (claim.end is None or day < claim.end)


def _next(claims: Sequence[Claim], day: date) -> list[Claim]:
    ahead = [claim.start for claim in claims if claim.start is not None and claim.start > day]
    return [claim for claim in claims if ahead and claim.start == min(ahead)]


def _speaking(subject: Subject, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims without act, and of each act those of the source that stands highest."""
    if len(claims) == 1:
        return [*claims]
    best: dict[str, tuple[int, date]] = {}
    for claim in claims:
        best[claim.act] = max(_standing(subject, claim), best.get(claim.act, (0, date.min)))
    return [
        claim for claim in claims if not claim.act or _standing(subject, claim) == best[claim.act]
    ]


def _standing(subject: Subject, claim: Claim) -> tuple[int, date]:
    return _RANK[subject.sources[claim.source].rank], claim.published or date.min


def _winner(subject: Subject, claims: Sequence[Claim], day: date) -> Claim:
    """Return the claim that gives the value by the rule of this module."""
    if len(claims) == 1:
        return claims[0]
    acts = [claim.acted for claim in claims if claim.acted is not None]
    if acts:
        claims = [claim for claim in claims if claim.acted in (None, max(acts))]
    best = max(_standing(subject, claim) for claim in claims)
    equals = [claim for claim in claims if _standing(subject, claim) == best]
    for rival in equals[1:]:
        if rival.value != equals[0].value:
            raise ConflictError(_conflict(subject, equals[0], rival, day))
    return equals[0]


def _conflict(subject: Subject, one: Claim, other: Claim, day: date) -> str:
    sides = " and ".join(
        f"{subject.sources[claim.source].address or claim.source} says {claim.value!r}"
        for claim in (one, other)
    )
    return (
        f"{subject.entry_id}, {one.field} on {day}: {sides}; both are "
        f"{subject.sources[one.source].rank} of {one.published}. Set one aside: "
        f"`parley review settle {subject.entry_id} {other.claim_id} --why REASON`"
    )


def _record(subject: Subject, winners: Mapping[str, Claim], claims: Sequence[Claim]) -> Record:
    record_type = BY_NAME[subject.type]
    values: dict[str, Any] = {  # Any: plain JSON values
        name: claim.value
        for name, claim in winners.items()
        if name != "state" or not _dated(subject)
    }
    if _dated(subject):
        values["states"] = _states(subject, claims)
    try:
        return decode(record_type, values)
    except InputError as error:
        raise LedgerError(f"entry {subject.entry_id} does not resolve: {error}") from error


@cache
def _needed(kind: str) -> frozenset[str]:
    """Return the fields without which there is no record of a kind."""
    return frozenset(
        field.name
        for field in fields(BY_NAME[kind])
        if field.default is MISSING and field.default_factory is MISSING
    )


def _dated(subject: Subject) -> bool:
    return BY_NAME[subject.type] is Measure


def _states(subject: Subject, claims: Sequence[Claim]) -> tuple[DatedState, ...]:
    """Return the states of a measure, stretch by stretch, each from the claim that wins there."""
    about = _speaking(
        subject,
        [claim for claim in claims if claim.field == "state" and claim.status == "stands"],
    )
    found: list[DatedState] = []
    for start, end in _stretches(about):
        day = start or (end - _DAY if end else date.max)
        covering = [claim for claim in about if covers(claim, day)]
        if not covering:
            continue
        winner = _winner(subject, covering, day)
        if found and found[-1].state == winner.value and found[-1].end == start:
            start = found.pop().start
        found.append(DatedState(state=winner.value, start=start, end=end, timezone=winner.timezone))
    return tuple(found)


def _entry(
    subject: Subject, record: Record, claims: Sequence[Claim], winners: Mapping[str, Claim]
) -> Entry:
    known: list[datetime] = [claim.recorded for claim in claims if claim.recorded]
    return Entry(
        entry_id=subject.entry_id,
        record=record,
        title=subject.title,
        sources=_sources(subject, claims),
        published=min((claim.published for claim in claims if claim.published), default=None),
        recorded=min(known, default=None),
        accepted_by=claims[0].by,
        claims=tuple(claims),
        held=tuple(claim.claim_id for claim in winners.values()),
    )


def _sources(subject: Subject, claims: Sequence[Claim]) -> tuple[Source, ...]:
    spans: dict[str, dict[Any, None]] = {}  # Any: a set of spans that keeps their order
    for claim in claims:
        spans.setdefault(claim.source, {}).update(dict.fromkeys(claim.evidence))
    return tuple(
        replace(subject.sources[name], evidence=tuple(words)) if words else subject.sources[name]
        for name, words in spans.items()
    )
