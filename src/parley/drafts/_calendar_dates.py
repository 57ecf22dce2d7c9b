"""Rules for dates that name a month, a season, a quarter or a year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from parley.drafts import _intervals as iv
from parley.drafts._date_words import (
    ORDINALS,
    Context,
    day_of,
    month_of,
    number,
    part_of,
    pick,
    real,
    rule,
    year_in,
)

if TYPE_CHECKING:
    import re

    from parley.drafts._intervals import Interval


_YEAR_TAIL = r"(?:,?\s+(?:of\s+)?(?P<year>YEAR|(?:this|last|next)\s+year))?"


def _built(m: re.Match[str], context: Context, ends: tuple[str, str]) -> Interval | None:
    """Return the interval between two days given as groups month/day, with one year for both."""
    (first_month, first_day), (last_month, last_day) = (
        (m.groupdict().get(f"m{n}"), m.groupdict().get(f"d{n}")) for n in ends
    )
    first_month = first_month or last_month
    last_month = last_month or first_month
    if first_month is None or last_month is None or first_day is None or last_day is None:
        return None

    def build(of_year: int) -> Interval | None:
        last = real(of_year, month_of(last_month), day_of(last_day))
        begins = of_year - (month_of(first_month) > month_of(last_month))
        first = real(begins, month_of(first_month), day_of(first_day))
        return iv.days(first, last) if first and last else None

    of_year = year_in(m["year"], context)
    return build(of_year) if of_year else pick(context, build)


@rule("day of a month", r"(?:WDAY,?\s+\(?(?:the\s+)?)?\b(?P<m1>MONTH)\s+(?P<d1>DAY)" + _YEAR_TAIL)
@rule(
    "day of a month",
    r"(?:WDAY,?\s+\(?(?:the\s+)?)?\b(?P<d1>DAY)(?:\s+of)?\s+(?P<m1>MONTH)" + _YEAR_TAIL,
)
def _month_day(m: re.Match[str], context: Context) -> Interval | None:
    return _built(m, context, ("1", "1"))


@rule("days of a month", r"\b(?P<m1>MONTH)\s+(?P<d1>DAY)(?:,\s*\d+)?TO(?P<d2>DAY)" + _YEAR_TAIL)
@rule(
    "days of a month",
    r"\b(?:(?:from|between)\s+)?(?P<d1>DAY)TO(?P<d2>DAY)(?:\s+of)?\s+(?P<m1>MONTH)" + _YEAR_TAIL,
)
@rule(
    "days of two months",
    r"\b(?P<m1>MONTH)\s+(?P<d1>DAY)TO(?P<m2>MONTH)\s+(?P<d2>DAY)" + _YEAR_TAIL,
)
@rule(
    "days of two months",
    r"\b(?P<d1>DAY)\s+(?P<m1>MONTH)TO(?P<d2>DAY)\s+(?P<m2>MONTH)" + _YEAR_TAIL,
)
def _month_days(m: re.Match[str], context: Context) -> Interval | None:
    return _built(m, context, ("1", "2"))


@rule("ISO date", r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", absolute=True)
def _iso(m: re.Match[str], _: Context) -> Interval | None:
    on = real(int(m["y"]), int(m["m"]), int(m["d"]))
    return iv.day(on) if on else None


@rule(
    "numbers with slashes",
    r"(?<![\d/])(\d\d?)[/.](\d\d?)[/.](\d{4}|\d\d)(?![\d/])",
    absolute=True,
)
def _slashes(m: re.Match[str], _: Context) -> Interval | None:
    one, two, of_year = (int(number) for number in m.groups())
    of_year += 2000 if of_year < 100 else 0
    if one == two or one > 12:
        on = real(of_year, two, one)
    else:
        on = real(of_year, one, two) if two > 12 else None
    return iv.day(on) if on else None


@rule(
    "day of the month",
    r"\b(?:on|by|until|before|from|since|to)\s+the\s+(?P<d>\d\d?(?:st|nd|rd|th))\b"
    r"(?!\s+(?:of|century|round|anniversary|floor|time|session|amendment|state|congress))",
)
def _bare_day(m: re.Match[str], context: Context) -> Interval | None:
    options = [
        iv.day(on)
        for shift in (-1, 0, 1)
        if (base := iv.month(context.now.year, context.now.month, shift).first)
        and (on := real(base.year, base.month, day_of(m["d"])))
    ]
    if context.tense is None:
        return None
    return iv.choose(options, context.now, context.tense)


# --------------------------------------------------------------------------- months and years


@rule("month of a year", r"\b(?P<m1>MONTH),?\s+(?:of\s+)?(?P<year>YEAR|(?:this|last|next)\s+year)")
def _month_year(m: re.Match[str], context: Context) -> Interval | None:
    of_year = year_in(m["year"], context)
    return iv.month(of_year, month_of(m["m1"])) if of_year else None


@rule("month", r"\bIN_SINCE_BY\s+(?P<m1>MONTH)NOT_SAID(?!,?\s*\d)")
def _bare_month(m: re.Match[str], context: Context) -> Interval | None:
    return pick(context, lambda of_year: iv.month(of_year, month_of(m["m1"])))


@rule("month last or next", r"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s+(?P<m1>MONTH)NOT_SAID")
def _which_month(m: re.Match[str], context: Context) -> Interval | None:
    of_month, now = month_of(m["m1"]), context.now
    options = [iv.month(of_year, of_month) for of_year in range(now.year - 1, now.year + 2)]
    which = m["which"].lower()
    if which == "this":
        return iv.month(now.year, of_month)
    if which == "next":
        return next(option for option in options if option.first > now)
    return [option for option in options if option.after <= now][-1]


@rule("part of a month", r"\b(?:the\s+)?(?P<part>PART)OF(?P<m1>MONTH)" + _YEAR_TAIL)
def _part_of_month(m: re.Match[str], context: Context) -> Interval | None:
    which = part_of(m["part"])
    of_year = year_in(m["year"], context)

    def build(number: int) -> Interval:
        return iv.part(iv.month(number, month_of(m["m1"])), which)

    return build(of_year) if of_year else pick(context, build)


@rule("half of a month", r"\b(?P<ord>first|second)\s+half\s+of\s+(?P<m1>MONTH)" + _YEAR_TAIL)
def _half_month(m: re.Match[str], context: Context) -> Interval | None:
    of_year = year_in(m["year"], context)

    def build(number: int) -> Interval:
        return iv.half(iv.month(number, month_of(m["m1"])), ORDINALS[m["ord"]])

    return build(of_year) if of_year else pick(context, build)


@rule(
    "months",
    r"\b(?:(?:[Ff]rom|[Bb]etween)\s+)?(?P<m1>MONTH)TO(?P<m2>MONTH)(?!\s*\d\d?\b)" + _YEAR_TAIL,
)
def _months(m: re.Match[str], context: Context) -> Interval | None:
    first, last = month_of(m["m1"]), month_of(m["m2"])

    def build(of_year: int) -> Interval:
        begin = iv.month(of_year - (first > last), first).first
        return iv.Interval(begin, iv.month(of_year, last).after)

    of_year = year_in(m["year"], context)
    return build(of_year) if of_year else pick(context, build)


@rule(
    "months to a month",
    r"\b(?:the\s+)?(?P<n>NUM)(?:\s+months?|-month\s+period)\s+"
    r"(?:to|through|until|ended|ending|up\s+to)\s+(?:in\s+)?(?P<m1>MONTH)" + _YEAR_TAIL,
)
@rule(
    "year to a month",
    r"\b(?P<n>year)\s+(?:to|through|ended|ending)\s+(?:in\s+)?(?P<m1>MONTH)" + _YEAR_TAIL,
)
def _months_to(m: re.Match[str], context: Context) -> Interval | None:
    count = 12 if m["n"] == "year" else number(m["n"])

    def build(of_year: int) -> Interval:
        last = iv.month(of_year, month_of(m["m1"]))
        return iv.Interval(iv.add_months(last.after, -count), last.after)

    of_year = year_in(m["year"], context)
    if of_year:
        return build(of_year)
    this = build(context.now.year)  # such a span is a count, so it has ended
    return this if this.after <= context.now else build(context.now.year - 1)


@rule(
    "first months of a year",
    r"\b(?P<ord>first|last|final)\s+(?P<n>NUM)\s+months\s+of\s+"
    r"(?P<year>YEAR|(?:the|this|last|next)\s+year)",
)
def _first_months(m: re.Match[str], context: Context) -> Interval | None:
    of_year = year_in(m["year"], context)
    if of_year is None:
        return None
    whole, count = iv.year(of_year), number(m["n"])
    if m["ord"] == "first":
        return iv.Interval(whole.first, iv.add_months(whole.first, count))
    return iv.Interval(iv.add_months(whole.after, -count), whole.after)


@rule("year", r"\bIN_SINCE_BY\s+(?P<year>YEAR)(?!\s*[-–/]\s*\d)", absolute=True)
def _year(m: re.Match[str], _: Context) -> Interval | None:
    return iv.year(int(m["year"]))


@rule("years", r"\b(?:(?:[Ff]rom|[Bb]etween|[Ii]n)\s+)?(?P<one>YEAR)TO(?P<two>YEAR)", absolute=True)
def _years(m: re.Match[str], _: Context) -> Interval | None:
    return iv.days(iv.year(int(m["one"])).first, iv.year(int(m["two"])).last)


@rule(
    "fiscal year, whose months depend on the country",
    r"\b(?:(?:(?:fiscal|financial)(?:\s+year)?|FY)\s*(?:19|20)?\d\d(?:\s*[-–/]\s*\d\d(?:\d\d)?)?"
    r"|(?:19|20)\d\d\s*[-–/]\s*\d\d(?!\d|-)"
    r"|(?:this|last|next|current|previous)\s+(?:fiscal|financial)(?:\s+year)?)\b",
    absolute=True,
)
def _fiscal(_m: re.Match[str], _: Context) -> Interval | None:
    return None


@rule("part of a year", r"\b(?:the\s+)?(?P<part>PART)OF(?P<year>YEAR)", absolute=True)
def _part_of_year(m: re.Match[str], _: Context) -> Interval | None:
    return iv.part(iv.year(int(m["year"])), part_of(m["part"]))


@rule("decade", r"\b(?:the\s+)?(?P<y>(?:19|20)\d0)s\b", absolute=True)
def _decade(m: re.Match[str], _: Context) -> Interval | None:
    return iv.Interval(date(int(m["y"]), 1, 1), date(int(m["y"]) + 10, 1, 1))


_OF_YEAR = r"(?:,?\s+(?:of\s+)?(?P<year>YEAR|(?:the|this|last|next)\s+year))?"


@rule("quarter", r"\b(?:(?P<ord>ORD)[\s-]quarter|Q(?P<q>[1-4]))\b" + _OF_YEAR)
def _quarter(m: re.Match[str], context: Context) -> Interval | None:
    which = int(m["q"]) if m["q"] else ORDINALS[m["ord"].lower()]
    if m["ord"] == "last" and not m["year"]:
        return iv.quarter(*_quarter_before(context.now))
    of_year = year_in(m["year"], context)
    if of_year:
        return iv.quarter(of_year, which)
    return pick(context, lambda y: iv.quarter(y, which)) if context.tense else None


def _quarter_before(on: date) -> tuple[int, int]:
    ended = (on.month - 1) // 3
    return (on.year, ended) if ended else (on.year - 1, 4)


@rule(
    "half of a year",
    r"\b(?P<ord>first|second)[\s-]half\s+of\s+(?P<year>YEAR|(?:the|this|last|next)\s+year)",
)
def _half_year(m: re.Match[str], context: Context) -> Interval | None:
    of_year = year_in(m["year"], context)
    return iv.half(iv.year(of_year), ORDINALS[m["ord"]]) if of_year else None


@rule(
    "season (northern hemisphere)",
    r"\b(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Ii]n(?:\s+the)?)\s+(?:(?:early|late)\s+)?(?P<s>SEASON)\b"
    r"(?:\s+of)?(?:\s+(?P<year>YEAR))?(?!\s+(?:in|to|of|by)\b)",
)
@rule("season (northern hemisphere)", r"\b(?:the\s+)?(?P<s>SEASON)\s+(?:of\s+)?(?P<year>YEAR)")
def _season(m: re.Match[str], context: Context) -> Interval | None:
    which = (m.groupdict().get("which") or "").lower()
    if m["year"]:
        return iv.season(int(m["year"]), m["s"])
    options = [iv.season(y, m["s"]) for y in range(context.now.year - 2, context.now.year + 2)]
    if which == "last":
        return [option for option in options if option.after <= context.now][-1]
    if which == "next":
        return next(option for option in options if option.first > context.now)
    if which == "this":
        return next(option for option in options if option.after > context.now)
    return iv.choose(options, context.now, context.tense) if context.tense else None
