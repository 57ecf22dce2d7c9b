"""What the stretches of a measure say: when it last changed, and whether its rate is a lapse."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from parley.brief._brief import Detail
from parley.brief._wording import say_rate, short_day
from parley.records import Agreement, Measure

if TYPE_CHECKING:
    from parley.records import Record, Version


def latest_change(
    record: Record, stretches: tuple[Version, ...], *, by: date | None = None
) -> date:
    """Return the day from which a record last changed its state, rate or scope.

    Without `by` a change that is known to come counts as well. A new stretch with the old terms is
    no change.
    """
    match record:
        case Measure():
            days = [
                one.start
                for place, one in enumerate(stretches)
                if one.start
                and (by is None or one.start <= by)
                and (place == 0 or _terms(one) != _terms(stretches[place - 1]))
            ]
            return max(days, default=date.min)
        case Agreement(concluded=concluded):
            return concluded.start or date.min
        case _:
            return date.min


def lapsed(stretches: tuple[Version, ...], on: date) -> tuple[Detail, ...]:
    """Return that the rate of a day returned by itself, as an earlier act had said it would.

    Such a stretch was known no later than the one before it, and has another rate.
    """
    for before, now in pairwise(stretches):
        measure, then = now.record, before.record
        if not isinstance(measure, Measure) or not isinstance(then, Measure):
            continue
        if now.start is None or now.start > on or (now.end is not None and now.end <= on):
            continue
        foretold = (
            now.published is not None
            and before.published is not None
            and now.published <= before.published
        )
        if (
            foretold
            and then.snapback
            and now.state == before.state
            and _size(measure) != _size(then)
        ):
            return (Detail(label="by lapse", text=_lapse_words(then, now.start)),)
    return ()


def _lapse_words(then: Measure, day: date) -> str:
    return (
        f"until {short_day(day)} it was {say_rate(then.rate)}; the record holds no act since that "
        f"kept it there (it had said: {then.snapback})"
    )


def _terms(stretch: Version) -> tuple[object, ...]:
    record = stretch.record
    if not isinstance(record, Measure):
        return ()
    return (stretch.state, _size(record), record.scope)


def _size(measure: Measure) -> tuple[object, ...]:
    """Return the rate without its words and what it was before."""
    rate = measure.rate
    return (rate.kind, rate.ad_valorem, rate.specific, rate.unit, rate.quantity, rate.basis)
