"""Which duties hold between two parties on a day, and what returns if talks fail: by the record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from parley import talks
from parley.brief._brief import Brief, NotPriced, Reported
from parley.brief._computed import Duty, Scenario
from parley.brief._names import capital, party_name, party_names, words
from parley.brief._wording import STATES, say_day, short_day
from parley.errors import InputError
from parley.records import Measure, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parley.ledger import Ledger
    from parley.records import Draft, Entry, Record

_DAY = timedelta(days=1)
_TARIFFS = ("import_tariff", "tariff_suspension")
BEFORE_ALL = "no additional duties"
IN_FORCE = "the duties in force"
TRUCE, SNAP_BACK = "the truce", "the snap-back"  # where both sides' duties were higher before
HOLDS = "what holds"
ALL_GOODS = "all goods"  # how the record begins the scope of a measure on every product
NOT_A_TARIFF = "not a tariff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The two scenarios that are compared, or the reason why there are none."""

    before: Scenario | None = None
    after: Scenario | None = None
    why_not: str = ""
    holding: tuple[Duty, ...] = ()  # the additional duties in force, whatever is compared


def step_of(
    ledger: Ledger,
    parties: tuple[str, ...],
    *,
    on: date,
    known: date,
    base_year: int,
    assumed: Draft | None = None,
) -> Step:
    """Return what is compared: the truce and the snap-back, or what holds and what is assumed.

    A truce is found by its effect: the last day up to `on` from which one side's additional
    duties on the other fell. The snap-back is what was charged on the eve of that day; where it is
    not higher for both sides, the two go by plain names.

    Parameters
    ----------
    base_year
        Year of the world's base duties; measures that began by its end are part of the base.
    assumed
        A draft of the page that is taken as true; it is added to what holds.
    """
    now = _duties(ledger, parties, on=on, known=known, base_year=base_year)
    if assumed is not None:
        holding = Scenario(name=IN_FORCE, meaning=_meaning(on, known), duties=now, day=on)
        return Step(before=holding, after=_with_draft(holding, assumed), holding=now)
    eve = _eve_of_truce(ledger, parties, on=on, known=known, base_year=base_year)
    if eve is not None:
        returning = _duties(ledger, parties, on=eve, known=known, base_year=base_year)
        terms = _returning_by_law(ledger, parties, on=on, known=known)
        return _back(now, returning, on=on, eve=eve, terms=terms)
    if any(duty.rate for duty in now):
        none = tuple(replace(duty, rate=0.0, measures=()) for duty in now)
        return Step(
            before=Scenario(
                name=BEFORE_ALL,
                meaning="Compared is a world without additional duties between the two.",
                duties=none,
                day=date(base_year, 12, 31),
            ),
            after=Scenario(name=IN_FORCE, meaning=_meaning(on, known), duties=now, day=on),
            holding=now,
        )
    return Step(
        holding=now,
        why_not=(
            f"The record holds no additional duty on all goods between {party_names(parties)} "
            f"on {say_day(on)}, as known on {say_day(known)}: nothing to compute."
        ),
    )


def _back(
    now: tuple[Duty, ...], returning: tuple[Duty, ...], *, on: date, eve: date, terms: str
) -> Step:
    """Return the step back to the eve of the last fall of duties.

    It is called a truce and a snap-back only where both sides' duties were higher on that eve.
    """
    if all(then.rate > duty.rate for then, duty in zip(returning, now, strict=True)):
        names = TRUCE, SNAP_BACK
        began = "the day before the truce began"
    else:
        names = HOLDS, f"what held until {short_day(eve)}"
        began = "the day before a duty last fell; not every duty was higher then, so it is no truce"
    held = f"{capital(names[1])} is the additional duties that were in force until {say_day(eve)}"
    return Step(
        before=Scenario(
            name=names[0],
            meaning=f"{capital(names[0])} is the additional duties in force on {say_day(on)}.",
            duties=now,
            day=on,
        ),
        after=Scenario(
            name=names[1], meaning=f"{held}, {began}. {terms}".strip(), duties=returning, day=eve
        ),
        holding=now,
    )


def _meaning(on: date, known: date) -> str:
    as_known = "" if on == known else f", as known on {say_day(known)}"
    return f"The duties in force are the additional duties of {say_day(on)}{as_known}."


def _duties(
    ledger: Ledger, parties: tuple[str, ...], *, on: date, known: date, base_year: int
) -> tuple[Duty, ...]:
    entries = ledger.measures(on=on, known=known, between=parties)
    counted = [
        entry
        for entry in entries
        if isinstance(entry.record, Measure)
        and not why_not_counted(entry.record, on=on, base_year=base_year)
    ]
    return tuple(
        _duty(importer, exporter, counted)
        for importer, exporter in (parties, parties[::-1])
    )  # fmt: skip


def _duty(importer: str, exporter: str, entries: Sequence[Entry]) -> Duty:
    own = [
        entry
        for entry in entries
        if isinstance(entry.record, Measure) and _falls_on(entry.record, importer, exporter)
    ]
    rates = [
        entry.record.rate.ad_valorem or 0.0 for entry in own if isinstance(entry.record, Measure)
    ]
    return Duty(
        importer=importer,
        exporter=exporter,
        rate=sum(rates),
        measures=tuple(entry.entry_id for entry in own),
    )


def _falls_on(measure: Measure, importer: str, exporter: str) -> bool:
    return importer in (measure.imposer, *measure.on_behalf) and exporter in measure.targets


def why_not_counted(measure: Measure, *, on: date, base_year: int) -> str:
    """Return why a measure is no additional duty in force on all goods; "" when it is one."""
    state = measure.state_on(on)
    if measure.kind not in _TARIFFS:
        return NOT_A_TARIFF
    if state != "in_force":
        return f"{STATES[state][0]}, not in force" if state else "not in force"
    if began_by(measure, date(base_year, 12, 31)):
        return f"part of the base duties of {base_year}"
    if measure.rate.kind != "ad_valorem" or measure.rate.basis != "additional":
        return "its rate is not an additional percentage of value"
    if not covers_all_goods(measure.scope):
        return "covers some products only, so it is left out of the duties on all goods"
    return ""


def covers_all_goods(scope: Scope) -> bool:
    """Return whether an entry's scope is all goods, exemptions aside, by the record's wording.

    Examples
    --------
    >>> covers_all_goods(Scope(words="all goods but those of Annex II"))
    True
    >>> covers_all_goods(Scope(words="coal"))
    False
    """
    listed = scope.hs or scope.product_list
    return not listed and scope.words.startswith(ALL_GOODS)


def began_by(measure: Measure, day: date) -> bool:
    """Return whether the measure was in force by `day`."""
    return any(
        one.state == "in_force" and one.start is not None and one.start <= day
        for one in measure.states
    )


def _eve_of_truce(
    ledger: Ledger, parties: tuple[str, ...], *, on: date, known: date, base_year: int
) -> date | None:
    """Return the day before additional duties last fell, or None if they never did."""
    for day in _days_of_change(ledger, parties, on=on, known=known):
        now, before = (
            _duties(ledger, parties, on=at, known=known, base_year=base_year)
            for at in (day, day - _DAY)
        )
        if any(one.rate < other.rate for one, other in zip(now, before, strict=True)):
            return day - _DAY
    return None


def _returning_by_law(ledger: Ledger, parties: tuple[str, ...], *, on: date, known: date) -> str:
    """Return what the measures say themselves of what returns; it may differ from the snap-back."""
    said = [
        f"{entry.title or entry.entry_id}: {entry.record.snapback}"
        for entry in ledger.measures(on=on, known=known, between=parties)
        if isinstance(entry.record, Measure) and entry.record.snapback
    ]
    if not said:
        return ""
    return f"What returns if nobody acts is another matter, by their own terms: {'; '.join(said)}."


def _days_of_change(
    ledger: Ledger, parties: tuple[str, ...], *, on: date, known: date
) -> list[date]:
    """Return the days up to `on` from which a tariff between the parties changed, latest first."""
    days: set[date] = set()
    for entry in ledger.entries("measure", known=known, between=parties):
        measure = entry.record
        if isinstance(measure, Measure) and measure.kind in _TARIFFS:
            for version in ledger.versions(entry.entry_id, known=known):
                days.update(day for day in (version.start, version.end) if day and day <= on)
    return sorted(days, reverse=True)


def _with_draft(holding: Scenario, draft: Draft) -> Scenario:
    """Return the scenario in which the draft's duty comes on top of what holds."""
    why_not = why_not_assumed(draft.record, holding.duties)
    if why_not:
        raise InputError(f"--assume {draft.draft_id}: {why_not}")
    assert isinstance(draft.record, Measure)
    duties = tuple(_assumed_duty(duty, draft.record, draft.draft_id) for duty in holding.duties)
    return Scenario(
        name="the assumed duties",
        meaning=f"The assumed duties add what draft {draft.draft_id} of this page says.",
        duties=duties,
    )


def why_not_assumed(record: Record, holding: tuple[Duty, ...]) -> str:
    """Return why a draft has no number on top of the duties that hold; "" when it has one."""
    if not isinstance(record, Measure) or record.kind != "import_tariff":
        return (
            "this draft is no import tariff, so it has no number; choose the draft of a tariff "
            "with a rate"
        )
    if record.rate.kind != "ad_valorem" or record.rate.ad_valorem is None:
        return "the page gives no rate in per cent for this tariff"
    products = _products_in(record.scope)
    if products:
        return f"this tariff is on {products}; the brief computes duties on all goods only"
    if all(_assumed_duty(duty, record, "").rate == duty.rate for duty in holding):
        sides = " or ".join(
            f"{party_name(duty.importer)} on {party_name(duty.exporter)}" for duty in holding
        )
        return f"this tariff does not change the duties of {sides}"
    return ""


def _products_in(scope: Scope) -> str:
    """Return the products that a draft's scope names, "" for all goods."""
    found = words().find(scope.words)
    named = [mention.name for mention in found if mention.kind == "product"]
    return ", ".join(named) or ", ".join(scope.hs)


def _assumed_duty(duty: Duty, measure: Measure, draft_id: str) -> Duty:
    if not _falls_on(measure, duty.importer, duty.exporter):
        return duty
    rate = measure.rate.ad_valorem or 0.0
    total = rate if measure.rate.basis == "total" else duty.rate + rate
    return replace(duty, rate=total, measures=(*duty.measures, draft_id))


def not_priced(
    brief: Brief,
    *,
    base_year: int,
    assumed: str,
    holding: tuple[Duty, ...],
    reasons: Mapping[str, str],
) -> tuple[NotPriced, ...]:
    """Return the measures of page and record that the stakes leave out, with the reason.

    `holding` are the additional duties in force, () where nothing can be computed; `reasons` are
    those of the table, by entry.
    """
    priced = {one.ref for one in brief.priced}
    out = []
    for one in brief.on_the_table.reported:
        reason = _why_not_reported(one, assumed, holding)
        if reason:
            out.append(
                NotPriced(item=one.summary, origin="reported", ref=one.draft_id, reason=reason)
            )
    for entry in brief.on_the_table.recorded:  # the background is in the base duties
        if not isinstance(entry.record, Measure) or brief.on is None or entry.entry_id in priced:
            continue
        reason = why_not_counted(entry.record, on=brief.on, base_year=base_year)
        if entry.record.kind not in _TARIFFS:
            reason = reasons.get(entry.entry_id) or talks.why_not_priced(entry.record)
        if reason:
            out.append(
                NotPriced(item=entry.title, origin="record", ref=entry.entry_id, reason=reason)
            )
    return tuple(out)


def _why_not_reported(one: Reported, assumed: str, holding: tuple[Duty, ...]) -> str:
    measure = one.record
    if not isinstance(measure, Measure) or one.draft_id == assumed:
        return ""
    if measure.kind not in _TARIFFS:
        return f"not reviewed; {talks.why_not_priced(measure)}"
    if measure.rate.kind != "ad_valorem":
        return "the page gives no rate"
    if not holding:
        return "not reviewed"
    why_not = why_not_assumed(measure, holding)
    return f"not reviewed; {why_not or f'--assume {one.draft_id} computes with it'}"
