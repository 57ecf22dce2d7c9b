"""Records in plain words: one sentence and labelled details for each. Rounding lives here."""

from __future__ import annotations

import re
from functools import singledispatch
from typing import TYPE_CHECKING

from parley.brief._brief import Detail
from parley.brief._names import capital, party_name, party_names
from parley.records import (
    Accusation,
    Agreement,
    Assessment,
    Commitment,
    DatedState,
    Delegate,
    Figure,
    Measure,
    Rate,
    Round,
    Statement,
    When,
)

if TYPE_CHECKING:
    from datetime import date

    from parley.records import Record

MONTHS = (
    "January February March April May June July August September October November December"
).split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

_WIDE = re.compile(rf"\b(?:month|year|{'|'.join(MONTHS)})\b", re.IGNORECASE)  # no day
_AUDIENCES = ("reporters", "parliament")  # channels that are listeners

KINDS = {
    "import_tariff": "import tariff",
    "tariff_suspension": "tariff relief",
    "export_control": "export control",
    "export_licence": "export licensing",
    "import_ban": "import ban",
    "quota": "quota",
    "visa": "visa measure",
    "subsidy": "subsidy",
    "sanction": "sanction",
    "entity_listing": "entity listing",
    "other": "measure",
}
STATES = {  # the words, how its first day is joined to them, and what follows
    "threatened": ("threatened", "on", ""),
    "announced": ("announced", "on", ", not yet in force"),
    "signed": ("signed", "on", ", not yet in force"),
    "published": ("published", "on", ", not yet in force"),
    "in_force": ("in force", "from", ""),
    "suspended": ("suspended", "from", ""),
    "expired": ("expired", "on", ""),
    "withdrawn": ("withdrawn", "on", ""),
    "struck_down": ("struck down", "on", ""),
}
VERDICTS = {
    "pledged": "pledged",
    "kept": "kept",
    "on_track": "on track",
    "partly_kept": "partly kept",
    "late": "late",
    "stalled": "stalled",
    "broken": "broken",
    "disputed": "disputed",
    "void": "void",
}


def say_day(day: date) -> str:
    """Return a day as "Monday 9 June 2025".

    Examples
    --------
    >>> from datetime import date
    >>> say_day(date(2025, 6, 9))
    'Monday 9 June 2025'
    """
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def say_when(when: When) -> str:
    """Return a time with the words behind it; an unresolved one keeps its words alone.

    Examples
    --------
    >>> say_when(When(phrase="on Monday"))
    '“on Monday”, not dated'
    """
    words = f"“{when.phrase}”" if when.phrase else ""
    if when.start is None:
        if when.end is not None and when.last is not None:
            return _with(f"until {short_day(when.last)}", words)
        return f"{words}, not dated" if words else ""
    return _with(_interval(when), words)


def _interval(when: When) -> str:
    start, last = when.start, when.last
    assert start is not None  # the caller has looked
    if last is None:
        return f"from {short_day(start)}"
    if last == start:
        return say_day(start)
    if (start.month, start.day, last.month, last.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == last.year else f"{start.year} to {last.year}"
    if start.day == 1 and (last - start).days in range(27, 31) and start.month == last.month:
        return f"{MONTHS[start.month - 1]} {start.year}"
    return f"{short_day(start)} to {short_day(last)}"


def short_day(day: date) -> str:
    """Return a day as "9 June 2025"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _with(text: str, words: str) -> str:
    return f"{text} ({words})" if words else text


def say_rate(rate: Rate) -> str:
    """Return a rate; unknown, to be announced and none are three different answers.

    Examples
    --------
    >>> say_rate(Rate(kind="ad_valorem", ad_valorem=0.145, basis="additional"))
    '14.5 %, added to other duties'
    """
    basis = {"additional": ", added to other duties", "total": " in all", "unknown": ""}
    if rate.kind == "ad_valorem" and rate.ad_valorem is not None:
        return f"{_number(rate.ad_valorem * 100)} %{basis[rate.basis]}"
    if rate.kind == "specific" and rate.specific is not None:
        return f"{_number(rate.specific)} {rate.unit}"
    if rate.kind == "compound" and rate.ad_valorem is not None and rate.specific is not None:
        return f"{_number(rate.ad_valorem * 100)} % plus {_number(rate.specific)} {rate.unit}"
    if rate.kind == "floor" and rate.ad_valorem is not None:
        return f"at least {_number(rate.ad_valorem * 100)} % in all"
    if rate.kind in ("cap", "quota") and rate.quantity is not None:
        return f"{_number(rate.quantity)} {rate.unit}"
    fixed = {"to_be_announced": "to be announced", "none": "no rate applies"}
    return fixed.get(rate.kind, (rate.words and f"“{rate.words}”") or "not stated")


def _number(value: float) -> str:
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def _details(*pairs: tuple[str, str]) -> tuple[Detail, ...]:
    return tuple(Detail(label=label, text=text) for label, text in pairs if text)


@singledispatch
def say(record: Record) -> tuple[str, tuple[Detail, ...]]:
    """Return a record as one plain sentence and its details."""
    raise TypeError(f"no words for {type(record).__name__}")


@say.register
def _(record: Round) -> tuple[str, tuple[Detail, ...]]:
    noun = {
        "in-person": "Meeting",
        "call": "Call",
        "virtual": "Video meeting",
        "unknown": "Talks",
    }[record.format]
    place = f" in {record.place}" if record.place else ""
    summary = f"{noun} of {party_names(record.parties)}{place}, {record.state}"
    return summary, _details(
        ("when", say_when(record.when)),
        ("who", "; ".join(_delegate(one) for one in record.delegates)),
        ("in the series", record.sequence),
        ("about", record.subject),
        ("outcome", record.outcome),
    )


def _delegate(one: Delegate) -> str:
    party = party_name(one.party, article=False) if one.party else ""
    inside = ", ".join(part for part in (one.office, party) if part)
    return f"{one.person} ({inside})" if inside else one.person


@say.register
def _(record: Agreement) -> tuple[str, tuple[Detail, ...]]:
    name = record.name or "Agreement"
    summary = f"{name} of {party_names(record.parties)}, {record.state.replace('_', ' ')}"
    return summary, _details(
        ("content", record.content),
        ("concluded", say_when(record.concluded)),
        ("lapses", say_when(record.expires)),
        ("text", "" if record.text == "unknown" else record.text),
    )


@say.register
def _(record: Commitment) -> tuple[str, tuple[Detail, ...]]:
    to = f" to {party_names(record.made_to)}" if record.made_to else ""
    amount = "" if record.quantity is None else f"{_number(record.quantity)} {record.unit}"
    summary = f"Promise of {party_names(record.made_by)}{to}: {record.action}"
    return summary, _details(
        ("how much", amount),
        ("measured from", record.baseline),
        ("due", say_when(record.due)),
        ("made at", record.round),
        ("acknowledged by", party_names(record.acknowledged_by)),
    )


@say.register
def _(record: Assessment) -> tuple[str, tuple[Detail, ...]]:
    speaker = _speaker(record.speaker, record.speaker_party)
    summary = f"{capital(speaker)} on a promise: {VERDICTS[record.verdict]}"
    return summary, _details(
        ("promise", record.commitment),
        ("progress", record.progress),
        ("on", say_when(record.on)),
    )


@say.register
def _(record: Accusation) -> tuple[str, tuple[Detail, ...]]:
    speaker = _speaker(record.by, record.by_party)
    summary = f"Reproach by {speaker} against {party_names(record.against)}: {record.what}"
    return summary, _details(("promise", record.commitment), ("on", say_when(record.on)))


def _speaker(name: str, party: str) -> str:
    plain = "the page itself" if name == "page" else party_name(name)
    if not party or party == name or plain == party_name(party):
        return plain
    return f"{plain} ({party_name(party, article=False)})"


@say.register
def _(record: Measure) -> tuple[str, tuple[Detail, ...]]:
    targets = f" on {party_names(record.targets)}" if record.targets else ""
    imposers = party_names((record.imposer, *record.on_behalf))
    summary = f"{capital(KINDS[record.kind])} of {imposers}{targets}"
    if record.scope.words:
        summary += f": {record.scope.words}"
    states = "; ".join(say_state(one) for one in record.states)
    return summary, _details(
        ("state", states),
        ("rate", "" if record.rate.kind == "unknown" else say_rate(record.rate)),
        ("legal basis", record.legal_basis),
        ("returns if nobody acts", record.snapback),
    )


def say_state(one: DatedState) -> str:
    """Return a state of a measure with its days.

    Examples
    --------
    >>> from datetime import date
    >>> say_state(DatedState(state="announced", start=date(2025, 5, 28)))
    'announced on 28 May 2025, not yet in force'
    """
    words, joined, rest = STATES[one.state]
    said = f" (“{one.phrase}”)" if one.phrase else ""
    if one.end and rest:  # what is said of the next state ends this one
        return f"{words}{_since(one, joined)}{said}"
    until = f" until {short_day(one.end)}" if one.end else ""
    return f"{words}{_since(one, joined)}{until}{rest}{said}"


def _since(one: DatedState, joined: str) -> str:
    """Return the first day of a state; a month or year where its words name no day."""
    if one.start is None:
        return ""
    wide = _WIDE.search(one.phrase)
    if wide is None or one.start.day != 1 or any(sign.isdigit() for sign in _plain_words(one)):
        return f" {joined} {short_day(one.start)}"
    span = f"{MONTHS[one.start.month - 1]} {one.start.year}"
    if wide.group().lower() == "year":
        span = str(one.start.year)
    return f" {'in' if joined == 'on' else joined} {span}"


def _plain_words(one: DatedState) -> str:
    """Return the words of a state's day without the year, which names no day."""
    return one.phrase.replace(str(one.start.year) if one.start else "", "")


@say.register
def _(record: Statement) -> tuple[str, tuple[Detail, ...]]:
    words = f"“{record.quote}”" if record.quote else record.gist
    return f"{_speaker(record.speaker, record.speaker_party)}: {words}", _details(
        ("to" if record.channel in _AUDIENCES else "channel", record.channel),
        ("said", say_when(record.said)),
    )


@say.register
def _(record: Figure) -> tuple[str, tuple[Detail, ...]]:
    money, _, scale = record.unit.partition(" ")
    scales = {"bn": "billion", "mn": "million", "tn": "trillion"}
    if money == "USD" and scale in scales:
        amount = f"${_number(record.value)} {scales[scale]}"
    else:
        amount = f"{_number(record.value)} {record.unit}"
    return f"{amount}: {record.what}", _details(
        ("period", say_when(record.period)), ("concept", record.concept)
    )
