"""The questions that analysts bring: promises, expiries, what never applied, what reached back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from parley.records import (
    Accusation,
    Agreement,
    Assessment,
    Claim,
    Commitment,
    Entry,
    Measure,
    Record,
    Round,
    Version,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_HOLDING = ("in_force", "suspended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A commitment with everything that was said about it, in the order in which it was said."""

    commitment: Entry
    deadlines: tuple[Claim, ...]  # every due date that a source gave, as they became known
    assessments: tuple[Entry, ...]
    accusations: tuple[Entry, ...]

    @property
    def one_sided(self) -> bool:
        """Whether only one side acknowledges it."""
        record = self.commitment.record
        assert isinstance(record, Commitment)
        sides = {*record.made_by, *record.made_to}
        return bool(record.acknowledged_by) and not sides <= set(record.acknowledged_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """What ends on a day by what was known, and what returns if nobody acts."""

    entry: Entry
    day: date  # the first day on which it no longer holds
    ends: Version | None  # the stretch that ends, of a measure
    returns: Version | None  # the stretch that follows; None when nothing does
    snapback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A version of a measure that was in force before its act was signed."""

    entry: Entry
    version: Version
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A round with the act on a measure of its parties that came next, and after how many days."""

    round: Entry
    next_measure: Entry | None
    change: Version | None  # what the act made of the measure, as it stood when it was published
    days: int | None


def promises(
    commitments: Iterable[Entry],
    assessments: Iterable[Entry],
    accusations: Iterable[Entry],
    *,
    on: date | None = None,
) -> tuple[Promise, ...]:
    """Return the board: each commitment with the accounts of it and the deadlines said by `on`."""
    said: dict[str, tuple[list[Entry], list[Entry]]] = {}
    for place, entries in enumerate((assessments, accusations)):
        for entry in entries:
            if isinstance(entry.record, Assessment | Accusation):
                said.setdefault(entry.record.commitment, ([], []))[place].append(entry)
    board = []
    for entry in sorted(commitments, key=_made):
        kept, blamed = said.get(entry.entry_id, ([], []))
        board.append(
            Promise(
                commitment=entry,
                deadlines=_deadlines(entry, on),
                assessments=tuple(sorted(kept, key=_made)),
                accusations=tuple(sorted(blamed, key=_made)),
            )
        )
    return tuple(board)


def _deadlines(entry: Entry, on: date | None) -> tuple[Claim, ...]:
    due = [claim for claim in entry.claims if claim.field == "due"]
    said = [claim for claim in due if on is None or (claim.published or date.min) <= on]
    return tuple(sorted(said, key=lambda claim: claim.published or date.min))


def expiries(
    entries: Iterable[Entry],
    versions: Mapping[str, Sequence[Version]],
    *,
    on: date,
    within: int,
) -> tuple[Expiry, ...]:
    """Return what ends from `on` for `within` days, by day."""
    last = on + timedelta(days=within)
    found: list[Expiry] = []
    for entry in entries:
        if isinstance(entry.record, Measure):
            found.extend(_ending(entry, versions[entry.entry_id], on, last))
        else:
            day = _deadline(entry.record)
            if day is not None and on <= day <= last:
                found.append(Expiry(entry=entry, day=day, ends=None, returns=None))
    return tuple(sorted(found, key=lambda expiry: (expiry.day, expiry.entry.entry_id)))


def _ending(entry: Entry, stretches: Sequence[Version], on: date, last: date) -> Iterable[Expiry]:
    for place, version in enumerate(stretches):
        if version.end is None or not on <= version.end <= last or version.state not in _HOLDING:
            continue
        following = stretches[place + 1] if place + 1 < len(stretches) else None
        if following is not None and following.start != version.end:
            following = None
        if following is not None and _terms(following) == _terms(version):
            continue
        yield Expiry(
            entry=entry,
            day=version.end,
            ends=version,
            returns=following,
            snapback=version.record.snapback if isinstance(version.record, Measure) else "",
        )


def _terms(version: Version) -> tuple[object, ...]:
    """Return what a trader feels of a version; its law and its clauses aside."""
    record = version.record
    if not isinstance(record, Measure):
        return (record,)
    rate = record.rate
    return (
        version.state,
        (rate.kind, rate.ad_valorem, rate.specific, rate.quantity),
        record.scope,
        record.targets,
    )


def _deadline(record: Record) -> date | None:
    if isinstance(record, Agreement):
        return record.expires.start
    return record.due.start if isinstance(record, Commitment) else None


def never_applied(
    entries: Iterable[Entry], versions: Mapping[str, Sequence[Version]], *, by: date | None
) -> tuple[Entry, ...]:
    """Return the measures that were announced or threatened and never in force up to a day.

    Those that are still only announced or threatened on the day are not among them: they may
    yet come.
    """
    found = []
    for entry in entries:
        past = [one for one in versions[entry.entry_id] if by is None or _begins(one) <= by]
        states = [version.state for version in past]
        if states and "in_force" not in states and states[-1] not in ("threatened", "announced"):
            found.append(entry)
    return tuple(found)


def _begins(version: Version) -> date:
    return version.start or date.min


def reaching_back(
    entries: Iterable[Entry], versions: Mapping[str, Sequence[Version]]
) -> tuple[Reach, ...]:
    """Return the versions of measures in force that begin before their act was signed."""
    found = []
    for entry in entries:
        for version in versions[entry.entry_id]:
            made = version.acted or version.published
            if version.state not in _HOLDING or version.start is None or made is None:
                continue
            days = (made - version.start).days
            if days > 0:
                found.append(Reach(entry=entry, version=version, days=days))
    return tuple(found)


def talks(
    rounds: Iterable[Entry],
    measures: Iterable[Entry],
    versions: Mapping[str, Sequence[Version]],
) -> tuple[Talk, ...]:
    """Return each round with the first act after its last day on a measure between its parties.

    Of several stretches that one act set, the first tells what it did.
    """
    acts: dict[tuple[date, str], tuple[Entry, Version]] = {}
    for entry in measures:
        for version in versions[entry.entry_id]:
            if version.published is not None:
                acts.setdefault((version.published, entry.entry_id), (entry, version))
    ordered = sorted(acts.items(), key=lambda act: act[0])
    found = []
    for entry in rounds:
        ended = _last_day(entry.record)
        days, measure, change = next(
            (
                ((day - ended).days, measure, change)
                for (day, _), (measure, change) in ordered
                if ended is not None and day > ended and _between(entry.record, change.record)
            ),
            (None, None, None),
        )
        found.append(Talk(round=entry, next_measure=measure, change=change, days=days))
    return tuple(found)


def _between(talks: Record, measure: Record) -> bool:
    """Return whether a measure of one party of the talks falls on another, or on everyone."""
    if not isinstance(talks, Round) or not isinstance(measure, Measure):
        return False
    imposers = {measure.imposer, *measure.on_behalf} & {*talks.parties}
    return bool(imposers) and any(
        not measure.targets or {*measure.targets} & {"WLD", *talks.parties} - {party}
        for party in imposers
    )


def _last_day(record: Record) -> date | None:
    if not isinstance(record, Round):
        return None
    return record.when.last or record.when.start


def _made(entry: Entry) -> tuple[date, str]:
    return entry.published or date.max, entry.entry_id
