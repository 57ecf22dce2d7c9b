"""When a page was published, and where that stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from parley.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parley.records import PublishedOrigin

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?({_MONTH})\.?,?[\s-]+(\d{{4}})\b", re.I
)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.I)
_SLASHES = re.compile(r"\b(\d{1,4})[/.](\d{1,2})[/.](\d{2,4})\b")
_IN_ADDRESS = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?:/(\d{1,2})/(\d{1,2})(?=[/._-]|$)|-(\d{2})-(\d{2})(?!\d)|"
    r"(\d{2})(\d{2})(?!\d))"
)
_SAYS_PUBLISHED = re.compile(
    r"\b(?:first\s+)?(?:published|posted|publish date|date published|released|issued)\b|"
    r"^\s*date\b",
    re.I,
)
_SAYS_UPDATED = re.compile(r"^\W*(?:last\s+)?(?:updated|modified)\b", re.I)
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,40},?\s[^()–—]{6,30}(?:\([^)]{2,40}\))?\s*(?:--?|–|—)\s"
)
_ALSO_WITH_A_DATE = re.compile(
    r"\b(?:at|on|by|and|the|am|pm|a\.m\.|p\.m\.|gmt|utc|hrs|ist|e[sd]t|p[sd]t|bst|cet|"
    r"(?:mon|tue|tues|wednes|wed|thurs|thu|fri|satur|sat|sun)(?:day)?)\b|[\W\d_]+",
    re.I,
)
_DATES = re.compile("|".join(p.pattern for p in (_ISO, _DAY_FIRST, _MONTH_FIRST)), re.I)
_LINE = 160  # characters of a line that may be about its date
_FEW_WORDS = 4  # beside a date that stands on a line of its own: a place, an agency
_EARLIEST, _LATEST = date(1990, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A publication date with its origin; the date is None when no origin has one."""

    on: date | None = None
    origin: PublishedOrigin = "unknown"
    source: str = ""  # "json-ld", "meta", "time tag", "address", "text"


def parse_date(words: str) -> date | None:
    """Return the one day that `words` name in full, or None when there is none or it is ambiguous.

    Examples
    --------
    >>> parse_date("Fri, 6 June 2025 10:00"), parse_date("03/04/2025"), parse_date("13/04/2025")
    (datetime.date(2025, 6, 6), None, datetime.date(2025, 4, 13))
    """
    if found := _ISO.search(words):
        return _real(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH_FIRST.search(words):
        return _real(int(found[3]), MONTHS[found[1].lower()], int(found[2]))
    if found := _DAY_FIRST.search(words):
        return _real(int(found[3]), MONTHS[found[2].lower()], int(found[1]))
    if found := _SLASHES.search(words):
        return _slashed(*(int(part) for part in found.groups()))
    return None


def _slashed(first: int, second: int, third: int) -> date | None:
    if first > 31:
        return _real(first, second, third)
    if first > 12 or first == second:
        return _real(third, second, first)
    if second > 12:
        return _real(third, first, second)
    return None  # day and month cannot be told apart


def _real(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if _EARLIEST <= found < _LATEST else None


def require_plausible(on: date) -> None:
    """Raise `InputError` for a day on which no page was published."""
    if not _EARLIEST <= on < _LATEST:
        raise InputError(
            f"published {on}: a page is dated from {_EARLIEST} to before {_LATEST}; "
            "give its day as YYYY-MM-DD"
        )


def in_address(address: str) -> Published:
    """Return the date in an address, which is inferred."""
    for found in _IN_ADDRESS.finditer(address):
        year, *parts = (int(part) for part in found.groups() if part)
        if len(parts) == 2 and (on := _real(year, parts[0], parts[1])):
            return Published(on=on, origin="inferred", source="address")
    return Published()


def in_lines(lines: Iterable[str]) -> Published:
    """Return the date that a line states ("Published ..."), else that of a line with nothing else.

    Parameters
    ----------
    lines
        The short lines at the head of a page, and at its foot.
    """
    alone: date | None = None
    for line in lines:
        on = parse_date(line[:_LINE])
        if on is None:
            continue
        if len(line) <= _LINE and _SAYS_PUBLISHED.search(line):
            return Published(on=on, origin="stated", source="text")
        if alone is None and _stands_alone(line):
            alone = on
    if alone is not None:
        return Published(on=alone, origin="inferred", source="text")
    return Published()


def is_date_line(line: str) -> bool:
    """Whether a line holds a date and hardly more.

    Examples
    --------
    >>> is_date_line("Lima, 14 March 2003"), is_date_line("The deal of 14 March 2003 ended.")
    (True, False)
    """
    if len(line) > _LINE or parse_date(line) is None or _DATELINE.match(line):
        return False
    return _stands_alone(line)


def _stands_alone(line: str) -> bool:
    """Whether a line is little more than a date, or opens with a dateline."""
    if len(line) > _LINE:
        dateline = _DATELINE.match(line)
        return dateline is not None and parse_date(dateline.group()) is not None
    if _SAYS_UPDATED.match(line):
        return True
    beside = _DATES.sub(" ", line)
    words = _ALSO_WITH_A_DATE.sub(" ", beside).split()
    if len(words) <= _FEW_WORDS and all(word[0].isupper() for word in words):
        return True
    dateline = _DATELINE.match(line)
    return dateline is not None and parse_date(dateline.group()) is not None
