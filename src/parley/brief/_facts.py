"""The first three questions: what the page reports beside what the record holds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from parley.brief._brief import Detail, Recorded, Reported, Section
from parley.brief._names import capital, party_names
from parley.brief._stretches import lapsed, latest_change
from parley.brief._wording import say, say_rate, say_when
from parley.records import (
    Accusation,
    Agreement,
    Assessment,
    Commitment,
    Figure,
    Measure,
    Rate,
    Round,
    Statement,
    When,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parley.brief._brief import Standing
    from parley.ledger import Ledger, Match
    from parley.records import Draft, Entry, Record, Version

    Told = tuple[Entry, tuple[Version, ...]]  # with its stretches, if it is a measure

HAPPENING: tuple[type[Record], ...] = (Round, Agreement, Statement, Figure)
ON_THE_TABLE: tuple[type[Record], ...] = (Measure,)
PROMISES: tuple[type[Record], ...] = (Commitment, Assessment, Accusation)

_ROUNDS_SHOWN = 3  # the latest of the last year; planned ones come besides
_YEAR = timedelta(days=365)
_RECENT = timedelta(days=120)  # how far back promises and reproaches are listed
_FIELDS = {
    "when": "day",
    "on": "day",
    "concluded": "day of conclusion",
    "due": "deadline",
    "made_to": "side promised to",
    "against": "side accused",
}
_OVER = ("expired", "withdrawn", "struck_down")


def sections(
    drafts: Iterable[Draft],
    ledger: Ledger,
    parties: tuple[str, ...],
    *,
    on: date | None,
    known: date | None,
) -> tuple[Section, Section, Section]:
    """Return the sections of the first three questions; without a date the record is not asked."""
    drafts = tuple(drafts)
    titles = _titles(drafts, ledger, known or on)
    earlier = _past_rounds(ledger, parties, on, known or on)
    found = []
    for kinds, ask in (
        (HAPPENING, _rounds),
        (ON_THE_TABLE, _measures),
        (PROMISES, _promises),
    ):
        entries = tuple(ask(ledger, parties, on, known or on)) if on is not None and parties else ()
        told = _told(ledger, entries, known or on)
        found.append(
            Section(
                reported=tuple(
                    reported_fact(
                        draft,
                        titles,
                        _best_match(ledger, draft, on=on, known=known),
                        earlier=earlier,
                    )
                    for draft in _of_kinds(drafts, kinds)
                ),
                recorded=_facts(told, titles, on, background=False),
                background=_facts(told, titles, on, background=True),
            )
        )
    happening, on_the_table, promises = found
    return happening, on_the_table, promises


def _told(ledger: Ledger, entries: tuple[Entry, ...], known: date | None) -> tuple[Told, ...]:
    """Return each entry with its stretches, which only those of measures have."""
    return tuple(
        (
            entry,
            ledger.versions(entry.entry_id, known=known)
            if isinstance(entry.record, Measure)
            else (),
        )
        for entry in entries
    )


def _facts(
    told: tuple[Told, ...], titles: Mapping[str, str], on: date | None, *, background: bool
) -> tuple[Recorded, ...]:
    return tuple(
        recorded_fact(entry, titles, on=on, stretches=stretches)
        for entry, stretches in told
        if on is not None and _is_background(entry.record, stretches, on) == background
    )


def _is_background(record: Record, stretches: tuple[Version, ...], on: date) -> bool:
    """Return whether a measure or agreement stands unchanged for more than a year, and goes on."""
    if not isinstance(record, Measure | Agreement):
        return False
    return date.min < latest_change(record, stretches) < on - _YEAR


def _of_kinds(drafts: tuple[Draft, ...], kinds: tuple[type[Record], ...]) -> list[Draft]:
    chosen = [draft for draft in drafts if isinstance(draft.record, kinds)]
    return sorted(chosen, key=lambda one: (kinds.index(type(one.record)), one.evidence[0].start))


def _titles(drafts: tuple[Draft, ...], ledger: Ledger, known: date | None) -> dict[str, str]:
    """Return what the rounds and promises are called that other records name by id."""
    titles = {
        draft.draft_id: say(draft.record)[0]
        for draft in drafts
        if isinstance(draft.record, Round | Commitment)
    }
    for kind in ("round", "commitment"):
        for entry in ledger.entries(kind, known=known):
            titles[entry.entry_id] = entry.title
    return titles


def _titled(details: tuple[Detail, ...], titles: Mapping[str, str]) -> tuple[Detail, ...]:
    """Return the details with ids replaced by what they are called."""
    return tuple(Detail(label=one.label, text=titles.get(one.text) or one.text) for one in details)


# --------------------------------------------------------------------------- reported


def reported_fact(
    draft: Draft,
    titles: Mapping[str, str],
    match: Match | None,
    *,
    earlier: tuple[Entry, ...] = (),
) -> Reported:
    """Return a draft as the brief shows it, with how it stands to the record.

    `earlier` are the record's rounds before this day, the latest first.
    """
    summary, details = say(draft.record)
    return Reported(
        draft_id=draft.draft_id,
        summary=summary,
        details=_titled(details, titles) + _round_named(draft.record, earlier),
        quotes=draft.evidence,
        said_by=draft.said_by,
        confidence=draft.confidence,
        factuality=draft.factuality,
        standing=_standing(match),
        beside=() if match is None else (match.entry_id,),
        remark="" if match is None else _remark(match),
        record=draft.record,
    )


def _round_named(record: Record, earlier: tuple[Entry, ...]) -> tuple[Detail, ...]:
    """Return the round of the record that a round's place in the series names, with its days."""
    if not isinstance(record, Round):
        return ()
    for entry in earlier:
        past = entry.record
        if not isinstance(past, Round) or not past.place:
            continue
        if re.search(rf"\b{re.escape(past.place)}\b", record.sequence):
            words = f"talks in {past.place}, {say_when(past.when)} [{entry.entry_id}]"
            return (Detail(label="by the record", text=words),)
    return ()


def _best_match(
    ledger: Ledger, draft: Draft, *, on: date | None, known: date | None
) -> Match | None:
    if on is None:
        return None
    found = ledger.match(draft, published=on, known=known or on)
    return found[0] if found else None


def _standing(match: Match | None) -> Standing:
    if match is None:
        return "not in the record"
    if not match.same:
        return "possibly the same"
    return "disagrees" if match.agrees is False else "agrees"


def _remark(match: Match) -> str:
    """Return the record's title and, field by field, what differs."""
    differing = [
        f"{_field(one.field)} is {_plain(one.draft)} on the page, "
        f"{_plain(one.record)} in the record"
        for one in match.compared
        if one.agrees is False
    ]
    agreeing = [_field(one.field) for one in match.compared if one.agrees]
    if differing:
        return f"{match.title}: {'; '.join(differing)}"
    return f"{match.title}" + (f" (same {', '.join(agreeing)})" if agreeing else "")


def _field(name: str) -> str:
    """Return what a field is called in a sentence."""
    return _FIELDS.get(name, name.replace("_", " "))


def _plain(value: object) -> str:
    """Return a field's value in words."""
    if isinstance(value, When):
        return say_when(value) or "not dated"
    if isinstance(value, Rate):
        return say_rate(value)
    if isinstance(value, tuple):
        return party_names(map(str, value))
    return str(value).replace("_", " ")


# --------------------------------------------------------------------------- the record


def recorded_fact(
    entry: Entry,
    titles: Mapping[str, str],
    *,
    on: date,
    stretches: tuple[Version, ...] = (),
) -> Recorded:
    """Return an entry of the ledger as the brief shows it on a day.

    `stretches` are those of a measure, as known by then.
    """
    summary, details = say(_from_day(entry.record, on))
    if isinstance(entry.record, Measure) and entry.title:
        summary = capital(entry.record.scope.words)  # the title says the rest
    return Recorded(
        entry_id=entry.entry_id,
        title=entry.title or summary,
        summary=summary if entry.title else "",
        details=_titled(details, titles) + lapsed(stretches, on),
        sources=entry.sources,
        record=entry.record,
    )


def _from_day(record: Record, on: date) -> Record:
    """Return a measure without the states that are over by `on`, any other record as it is."""
    if not isinstance(record, Measure):
        return record
    states = tuple(one for one in record.states if one.end is None or one.end > on)
    return replace(record, states=states)


def _rounds(ledger: Ledger, parties: tuple[str, ...], on: date, known: date) -> Iterator[Entry]:
    rounds = ledger.rounds(between=parties, known=known)
    dated = [(_start(entry), entry) for entry in rounds]
    past = [entry for start, entry in dated if start is not None and on - _YEAR <= start <= on]
    yield from past[-_ROUNDS_SHOWN:]
    yield from (entry for start, entry in dated if start is not None and start > on)


def _past_rounds(
    ledger: Ledger, parties: tuple[str, ...], on: date | None, known: date | None
) -> tuple[Entry, ...]:
    """Return the rounds that began before `on`, the latest first."""
    if on is None or known is None or not parties:
        return ()
    dated = [(_start(entry), entry) for entry in ledger.rounds(between=parties, known=known)]
    past = [(start, entry) for start, entry in dated if start is not None and start < on]
    return tuple(entry for _, entry in sorted(past, key=lambda one: one[0], reverse=True))


def _start(entry: Entry) -> date | None:
    record = entry.record
    return record.when.start if isinstance(record, Round) else None


def _measures(ledger: Ledger, parties: tuple[str, ...], on: date, known: date) -> Iterator[Entry]:
    """Yield what holds: measures by their latest change, the newest first, then agreements."""
    holding = [
        entry
        for entry in ledger.on(on, known=known, between=parties)
        if not isinstance(entry.record, Measure) or entry.record.state_on(on) not in _OVER
    ]
    changed = {
        entry.entry_id: latest_change(entry.record, stretches, by=on)
        for entry, stretches in _told(ledger, tuple(holding), known)
    }
    yield from sorted(holding, key=lambda entry: changed[entry.entry_id], reverse=True)


def _promises(ledger: Ledger, parties: tuple[str, ...], on: date, known: date) -> Iterator[Entry]:
    for kind in ("commitment", "assessment", "accusation"):
        for entry in ledger.entries(kind, on=on, known=known, between=parties):
            if entry.published is None or on - _RECENT <= entry.published <= known:
                yield entry
