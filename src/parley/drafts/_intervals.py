"""Intervals of days, half-open, and the parts that people name of them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Tense: TypeAlias = Literal["past", "future"]

# Days: a date so far off in the way the verb looks, with another so near on the other side, is in
# doubt. A verb in the past is often that of the report, so it is believed less.
_FAR_BACK, _NEAR_AHEAD = 180, 150
_FAR_AHEAD, _NEAR_BACK = 300, 60


class Interval(NamedTuple):
    """Days from `first` until before `after`."""

    first: date
    after: date

    @property
    def last(self) -> date:
        """The last day."""
        return self.after - timedelta(days=1)


def days(first: date, last: date) -> Interval | None:
    """Return the interval of both days and those between, None when they stand the wrong way."""
    return Interval(first, last + timedelta(days=1)) if first <= last else None


def day(on: date) -> Interval:
    """Return the interval of one day."""
    return Interval(on, on + timedelta(days=1))


def week(on: date, shift: int = 0) -> Interval:
    """Return the week, Monday to Sunday, of a day, `shift` weeks on."""
    monday = on - timedelta(days=on.weekday()) + timedelta(weeks=shift)
    return Interval(monday, monday + timedelta(weeks=1))


def month(year: int, number: int, shift: int = 0) -> Interval:
    """Return a month, `shift` months on."""
    first = add_months(date(year, number, 1), shift)
    return Interval(first, add_months(first, 1))


def year(number: int) -> Interval:
    """Return a calendar year."""
    return Interval(date(number, 1, 1), date(number + 1, 1, 1))


def quarter(of_year: int, number: int) -> Interval:
    """Return a quarter of a calendar year, 1 to 4."""
    first = date(of_year, 3 * number - 2, 1)
    return Interval(first, add_months(first, 3))


def half(of: Interval, number: int) -> Interval:
    """Return the first or second half of a year or month."""
    if (of.after - of.first).days > 31:
        middle = add_months(of.first, 6)
    else:
        middle = of.first + timedelta(days=15)
    return Interval(of.first, middle) if number == 1 else Interval(middle, of.after)


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def season(of_year: int, name: str) -> Interval:
    """Return a season of the northern hemisphere; winter begins in December of `of_year`."""
    first = date(of_year, _SEASONS[name.lower()], 1)
    return Interval(first, add_months(first, 3))


def part(of: Interval, which: str) -> Interval:
    """Return the early, mid or late part of a week, month or year, or its start or end.

    Examples
    --------
    >>> part(month(2025, 6), "mid").first
    datetime.date(2025, 6, 11)
    """
    length = (of.after - of.first).days
    if length > 100:
        spans = {
            "early": (1, 3), "mid": (5, 8), "late": (10, 12), "start": (1, 1), "end": (12, 12),
        }  # fmt: skip
        first, last = spans[which]
        start = add_months(of.first, first - 1)
        return Interval(start, add_months(of.first, last) if length < 400 else of.after)
    if length > 10:
        cuts = {"early": (0, 10), "start": (0, 10), "mid": (10, 20)}
        first, last = cuts.get(which, (20, length))
    else:
        cuts = {"early": (0, 3), "start": (0, 3), "mid": (1, 4)}
        first, last = cuts.get(which, (3, length))
    return Interval(of.first + timedelta(days=first), of.first + timedelta(days=last))


def shift(on: date, count: int, unit: str) -> date:
    """Return the day `count` units (day, week, month, year) from `on`."""
    if unit == "day":
        return on + timedelta(days=count)
    if unit == "week":
        return on + timedelta(weeks=count)
    return add_months(on, count * (12 if unit == "year" else 1))


def around(on: date, unit: str) -> Interval:
    """Return the day, week, month or year that holds `on`."""
    if unit == "day":
        return day(on)
    if unit == "week":
        return week(on)
    return month(on.year, on.month) if unit == "month" else year(on.year)


def add_months(on: date, count: int) -> date:
    """Return the same day of the month `count` months on, or that month's last day."""
    index = on.year * 12 + on.month - 1 + count
    of_year, number = index // 12, index % 12 + 1
    return date(of_year, number, min(on.day, calendar.monthrange(of_year, number)[1]))


def choose(options: Sequence[Interval], anchor: date, tense: Tense | None) -> Interval | None:
    """Return which of several readings (say, the same month of three years) is meant.

    The past takes the last that has begun, the future the next that has not ended, no tense the
    nearest. None when the choice is far away and one on the other side is near, or when two are
    about as near as each other.
    """
    past = [option for option in options if option.first <= anchor]
    ahead = [option for option in options if option.after > anchor]
    back = past[-1] if past else None
    forth = ahead[0] if ahead else None
    if back is None or forth is None or back == forth:
        return back or forth
    age, wait = (anchor - back.last).days, (forth.first - anchor).days
    if tense == "past":
        return None if age > _FAR_BACK and wait < _NEAR_AHEAD else back
    if tense == "future":
        return None if wait > _FAR_AHEAD and age < _NEAR_BACK else forth
    near, far = sorted((age, wait))
    if far < 2 * near:
        return None
    return back if age < wait else forth
