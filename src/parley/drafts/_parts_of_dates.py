"""Rules for counted parts of months and years: weeks, weekdays, halves, their ends, fortnights."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from parley.drafts import _intervals as iv
from parley.drafts._date_words import (
    ORDINALS,
    WEEKDAY_OF,
    Context,
    month_of,
    number,
    pick,
    rule,
    year_in,
)

if TYPE_CHECKING:
    import re

    from parley.drafts._intervals import Interval

_YEAR_TAIL = r"(?:,?\s+(?:of\s+)?(?P<year>YEAR|(?:this|last|next)\s+year))?"


@rule(
    "week of a month",
    r"\b(?:the\s+)?(?P<ord>first|second|third|fourth|last|final)\s+(?:full\s+)?week\s+(?:of|in)\s+"
    r"(?P<m1>MONTH)" + _YEAR_TAIL,
)
def _week_of_month(m: re.Match[str], context: Context) -> Interval | None:
    def build(of_year: int) -> Interval:
        month = iv.month(of_year, month_of(m["m1"]))
        if m["ord"] in ("last", "final"):
            return iv.Interval(month.after - timedelta(days=7), month.after)
        first = month.first + timedelta(weeks=ORDINALS[m["ord"]] - 1)
        return iv.Interval(first, first + timedelta(days=7))

    of_year = year_in(m["year"], context)
    return build(of_year) if of_year else pick(context, build)


@rule(
    "weekday of a month",
    r"\b(?:the\s+)?(?P<ord>first|second|third|fourth|last)\s+(?P<w>WEEKDAY)\s+(?:of|in)\s+"
    r"(?P<m1>MONTH)" + _YEAR_TAIL,
)
def _weekday_of_month(m: re.Match[str], context: Context) -> Interval | None:
    def build(of_year: int) -> Interval:
        month = iv.month(of_year, month_of(m["m1"]))
        if m["ord"] == "last":
            back = (month.last.weekday() - WEEKDAY_OF[m["w"]]) % 7
            return iv.day(month.last - timedelta(days=back))
        ahead = (WEEKDAY_OF[m["w"]] - month.first.weekday()) % 7
        return iv.day(month.first + timedelta(days=ahead + 7 * (ORDINALS[m["ord"]] - 1)))

    of_year = year_in(m["year"], context)
    return build(of_year) if of_year else pick(context, build)


@rule("a week after a weekday", r"\b(?P<w>WEEKDAY)\s+week\b")
def _weekday_week(m: re.Match[str], context: Context) -> Interval | None:
    ahead = (WEEKDAY_OF[m["w"]] - context.now.weekday() - 1) % 7 + 1
    return iv.day(context.now + timedelta(days=ahead + 7))


@rule("fortnights ago", r"\b(?P<n>NUM)\s+fortnights?\s+ago\b")
def _fortnights_ago(m: re.Match[str], context: Context) -> Interval | None:
    return iv.week(context.now - timedelta(weeks=2 * number(m["n"])))


@rule("in a fortnight", r"\b(?:[Ii]n|[Ww]ithin)\s+(?P<n>NUM)\s+fortnights?(?:['’]s?\s+time)?\b")
def _in_fortnights(m: re.Match[str], context: Context) -> Interval | None:
    if context.tense != "future":
        return None  # "built in a fortnight" is a length
    then = context.now + timedelta(weeks=2 * number(m["n"]))
    return iv.days(context.now, then) if m[0].lower().startswith("within") else iv.day(then)


@rule(
    "half of a year",
    r"\b(?:H(?P<h>[12])\s*(?:of\s+)?(?P<y>YEAR)|(?P<y2>YEAR)\s*H(?P<h2>[12]))\b",
    absolute=True,
)
def _half(m: re.Match[str], _: Context) -> Interval | None:
    return iv.half(iv.year(int(m["y"] or m["y2"])), int(m["h"] or m["h2"]))


@rule("quarter", r"\b(?P<q>[1-4])Q\s*(?:of\s+)?(?P<y>YEAR)\b", absolute=True)
def _quarter(m: re.Match[str], _: Context) -> Interval | None:
    return iv.quarter(int(m["y"]), int(m["q"]))


@rule(
    "quarter of a fiscal year, whose months depend on the country",
    r"\b(?:(?:fiscal|financial)\s+(?:first|second|third|fourth)[\s-]quarter"
    r"|(?:first|second|third|fourth)[\s-]quarter\s+of\s+(?:the\s+)?(?:fiscal|financial)"
    r"(?:\s+year)?(?:\s+YEAR)?)",
    absolute=True,
)
def _fiscal_quarter(_m: re.Match[str], _: Context) -> Interval | None:
    return None


@rule("end of the year", r"\b(?:the\s+)?year(?:['’]s)?[\s-]end\b")
def _year_end(_m: re.Match[str], context: Context) -> Interval | None:
    return pick(context, lambda of_year: iv.month(of_year, 12))


@rule("ISO date with slashes", r"\b(?P<y>(?:19|20)\d\d)/(?P<m>\d\d?)/(?P<d>\d\d?)\b", absolute=True)
def _iso(m: re.Match[str], _: Context) -> Interval | None:
    try:
        return iv.day(date(int(m["y"]), int(m["m"]), int(m["d"])))
    except ValueError:
        return None


_HOLIDAYS = {"christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
             "new year's eve": (12, 31), "new year's day": (1, 1)}  # fmt: skip


@rule(
    "holiday",
    r"\b(?P<h>Christmas(?:\s+(?:Eve|Day))?|New\s+Year['’]s\s+(?:Eve|Day))" + _YEAR_TAIL + r"(?!\w)",
)
def _holiday(m: re.Match[str], context: Context) -> Interval | None:
    month, on = _HOLIDAYS[" ".join(m["h"].lower().replace("’", "'").split())]
    of_year = year_in(m["year"], context)
    if of_year:
        return iv.day(date(of_year, month, on))
    return pick(context, lambda number: iv.day(date(number, month, on)))


@rule("the day named before", r"\b(?:[Tt]he\s+same|[Tt]hat)\s+day\b")
def _same_day(_m: re.Match[str], context: Context) -> Interval | None:
    before = context.previous
    return before if before is not None and (before.after - before.first).days == 1 else None


@rule("the day before the date before", r"\b[Tt]he\s+day\s+before\b(?!\s+(?:yesterday|\w))")
def _day_before(_m: re.Match[str], context: Context) -> Interval | None:
    return None if context.previous is None else iv.day(context.previous.first - timedelta(days=1))


@rule(
    "vague length",
    r"\b(?:(?:more|less|fewer)\s+than|over|nearly|almost|about|around|roughly|half)\s+"
    r"(?P<n>NUM)\s+(?P<u>UNIT)s?\s+ago\b"
    r"|\b(?P<n2>NUM)\s+(?P<u2>UNIT)s?\s+and\s+a\s+half\s+ago\b",
)
def _about_so_long_ago(_m: re.Match[str], _c: Context) -> Interval | None:
    return None
