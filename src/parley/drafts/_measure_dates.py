"""When a measure begins and ends: dates of its clause told apart from the day on which it was said.

A day counts as a beginning or an end only where the words say so: "from 1 November", "took effect
on Friday", "until 10 November", "for 90 days" after a known beginning. Of a week or a month the
first day counts and the words are kept beside it; a longer time, such as a year, gives no day.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parley.drafts._date_words import number
from parley.drafts._document import dates_in
from parley.drafts._intervals import shift
from parley.records import DatedState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from parley.drafts._candidates import Candidate
    from parley.drafts._dates import Dated
    from parley.drafts._document import Document

_NEAR = 40  # characters before a date that say what it dates
_SAID = re.compile(
    r"\b(?:said|says|told\s+\S+|announced|confirmed|reported|wrote|posted|tweeted|warned|declared|"
    r"threatened|unveiled|signalled|signaled|speaking)\s+(?:late\s+|early\s+|again\s+)?"
    r"(?:on\s+|in\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:expir\w+|laps\w+|run(?:s|ning)?\s+out|ends?|ending)\s+(?:on\s+|at\s+|in\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_COUNT = r"(?P<n>\d{1,3}|an?|one|two|three|four|five|six|nine|ten|twelve|thirty|sixty|ninety)"
_LENGTH = re.compile(
    r"\bfor\s+(?:(?:the\s+next|at\s+least|up\s+to|another|an?\s+(?:additional|further|initial))\s+)?"
    rf"(?:period\s+of\s+)?{_COUNT}[\s-]+(?P<u>day|week|month|year)s?\b"
    rf"|\b(?P<n2>\d{{1,3}})[\s-]+(?P<u2>day|week|month|year)\s+"
    r"(?:pause|suspension|freeze|reprieve|delay|truce|exemption|halt)\b",
    re.IGNORECASE,
)
_AHEAD = ("announced", "threatened")
_LONGEST = 31  # days of a time whose first day can stand for it


def dated_states(document: Document, one: Candidate) -> tuple[DatedState, ...]:
    """Return the states of a measure: as the page has it, then what it says will follow.

    A measure that is announced for a day is in force from then on. A threat has no second state:
    its words are kept.
    """
    first, last = one.span
    ahead = one.state in _AHEAD
    dated = [d for d in dates_in(document, one.sentence, future=ahead) if first <= d.start < last]
    begin = _begin(document, one, dated)
    end, length = _end(document, one, dated, begin)
    start = None if begin is None else begin.when.start
    if one.state == "threatened":
        return (DatedState(state="threatened", phrase=_words(begin)),)
    wide = begin is not None and _days(begin) > 1
    words = " ".join(part for part in (_words(begin) if wide else "", length) if part)
    if one.state == "announced" and start is not None:
        return (
            DatedState(state="announced"),
            DatedState(state="in_force", start=start, end=end, phrase=words),
        )
    return (DatedState(state=one.state, start=start, end=end, phrase=words),)


def _begin(document: Document, one: Candidate, dated: Sequence[Dated]) -> Dated | None:
    """Return the day on which the measure begins or its state began."""
    published = document.article.published
    for date_ in dated:
        if date_.bound not in ("", "from", "since", "after") or _days(date_) > _LONGEST:
            continue
        before = _before(document, date_)
        start = date_.when.start
        if _SAID.search(before) or _LAST.search(before) or start is None:
            continue
        if date_.bound == "from" or published is None:
            return date_
        if (start > published) == (one.state in _AHEAD):
            return date_
    return None


def _end(
    document: Document, one: Candidate, dated: Sequence[Dated], begin: Dated | None
) -> tuple[date | None, str]:
    """Return the first day on which the state no longer holds, and the words of a length."""
    for date_ in dated:
        closes = _LAST.search(_before(document, date_))
        if date_.bound not in ("until", "through") and not closes:
            continue
        if date_ is begin or date_.when.start is None or one.state in ("expired", "withdrawn"):
            continue
        if _days(date_) <= _LONGEST:
            whole = date_.bound == "through" or "end" in date_.when.phrase
            return (date_.when.end if whole else date_.when.start), ""
    found = _LENGTH.search(document.text, *one.span)
    if found is None:
        return None, ""
    count, unit = number(found["n"] or found["n2"]), (found["u"] or found["u2"]).lower()
    start = None if begin is None else begin.when.start
    return (None if start is None else shift(start, count, unit)), found.group()


def _before(document: Document, date_: Dated) -> str:
    return document.text[max(0, date_.start - _NEAR) : date_.start]


def _words(begin: Dated | None) -> str:
    if begin is None:
        return ""
    lead = f"{begin.bound} " if begin.bound else ""
    return f"{lead}{begin.when.phrase}"


def _days(date_: Dated) -> int:
    when = date_.when
    return 10**6 if when.start is None or when.end is None else (when.end - when.start).days
