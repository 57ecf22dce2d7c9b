"""What holds on a day, and whom it concerns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from parley.records import Agreement, Measure, Record, Round, When

if TYPE_CHECKING:
    from parley.records import Entry, MeasureState

_OVER = ("expired", "withdrawn", "struck_down")  # a measure in one of these no longer holds
_ENDED = ("expired", "superseded", "collapsed")  # the same of an agreement


def holds(entry: Entry, day: date) -> bool:
    """Return whether a measure or agreement holds on a day, threats and plans included."""
    record = entry.record
    if isinstance(record, Measure):
        return measure_state(entry, day) not in _OVER
    if not isinstance(record, Agreement):
        return False
    start, end = record.concluded.start, record.expires.start
    begun = start is None or start <= day
    return record.state not in _ENDED and begun and (end is None or day < end)


def measure_state(entry: Entry, on: date | None) -> MeasureState | None:
    """Return a measure's state on a day, or the last that it has; None when it has none."""
    if not isinstance(entry.record, Measure) or not entry.record.states:
        return None
    return entry.record.states[-1].state if on is None else entry.record.state_on(on)


def under_way(entry: Entry, day: date) -> bool:
    """Return whether a round takes place on a day; one whose days nobody knows does not."""
    record = entry.record
    if not isinstance(record, Round) or record.when.start is None:
        return False
    return record.when.start <= day <= (record.when.last or record.when.start)


def said_by_day(entry: Entry, day: date) -> bool:
    """Return whether a promise was made, or an account of one given, by a day for sure.

    The day is the record's own where it has one (of several possible days the last), else that
    of its first publication.
    """
    said = getattr(entry.record, "on", When())
    first = said.last or said.start or entry.published
    return first is None or first <= day


def round_start(entry: Entry) -> tuple[date, str]:
    """Return the key that sorts rounds by their first day."""
    start = entry.record.when.start if isinstance(entry.record, Round) else None
    return start or date.max, entry.entry_id


def concerns(record: Record, parties: set[str]) -> bool:
    """Return whether a record is about talks or measures between the parties."""
    if isinstance(record, Measure):
        others = parties - {record.imposer} - set(record.exempt_partners)
        return record.imposer in parties and bool(
            others & set(record.targets) or (others and "WLD" in record.targets)
        )
    named = _named(record)
    return parties <= named if len(named & parties) > 1 else bool(named & parties)


def _named(record: Record) -> set[str]:
    found: set[str] = set()
    for name in ("parties", "made_by", "made_to", "by", "against", "by_party", "speaker_party"):
        value = getattr(record, name, ())
        found |= set(value) if isinstance(value, tuple) else {value}
    return found
