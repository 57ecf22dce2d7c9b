"""Rules for dates that hang on the publication date or on the date named before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from parley.drafts import _intervals as iv
from parley.drafts._date_words import (
    WEEKDAY_OF,
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
    from datetime import date

    from parley.drafts._intervals import Interval

_ONE_DAY = timedelta(days=1)


@rule("today", r"\b(?:[Tt]oday|[Tt]onight|[Tt]his\s+(?:morning|afternoon|evening))\b")
def _today(_m: re.Match[str], context: Context) -> Interval | None:
    return iv.day(context.now)


@rule("yesterday", r"\b(?:[Yy]esterday|[Ll]ast\s+night)\b")
def _yesterday(_m: re.Match[str], context: Context) -> Interval | None:
    return iv.day(context.now - _ONE_DAY)


@rule("tomorrow", r"\b(?P<two>[Tt]he\s+day\s+after\s+)?[Tt]omorrow\b")
def _tomorrow(m: re.Match[str], context: Context) -> Interval | None:
    return iv.day(context.now + _ONE_DAY * (2 if m["two"] else 1))


@rule("the day before yesterday", r"\b[Tt]he\s+day\s+before\s+yesterday\b")
def _before_yesterday(_m: re.Match[str], context: Context) -> Interval | None:
    return iv.day(context.now - 2 * _ONE_DAY)


# --------------------------------------------------------------------------- weekdays


def _weekday_options(context: Context, name: str) -> list[Interval]:
    """Return the weekday in the week up to the anchor and in the week from it on."""
    back = (context.now.weekday() - WEEKDAY_OF[name.rstrip(".")]) % 7
    latest = context.now - timedelta(days=back)
    options = [iv.day(latest)]
    return options if back == 0 else [*options, iv.day(latest + timedelta(weeks=1))]


def _weekday(context: Context, name: str) -> Interval | None:
    options = _weekday_options(context, name)
    if len(options) == 1:
        return options[0]
    if context.tense is None:
        return None
    return options[0 if context.tense == "past" else 1]


@rule(
    "weekday, by the tense",
    r"\b(?<!Good\s)(?<!Black\s)(?<!Bloody\s)(?:(?:early|late)\s+(?:on\s+)?)?(?P<w>WEEKDAY)\b",
    weekly=True,
)
def _plain_weekday(m: re.Match[str], context: Context) -> Interval | None:
    return _weekday(context, m["w"])


@rule(
    "weekdays, by the tense",
    r"\b(?P<w1>WEEKDAY)\b(?:\s+(?:night|morning|evening))?TO(?:on\s+)?(?P<w2>WEEKDAY)\b",
    weekly=True,
)
def _weekdays(m: re.Match[str], context: Context) -> Interval | None:
    if context.tense == "past":
        last = _weekday(context, m["w2"])
        first = last and _step(last.first, m["w1"], -1)
    else:
        first_day = _weekday(context, m["w1"])
        first = first_day
        last = first and _step(first.first, m["w2"], 1)
    return iv.Interval(first.first, last.after) if first and last else None


def _step(on: date, name: str, way: int) -> Interval:
    distance = way * (WEEKDAY_OF[name] - on.weekday()) % 7
    return iv.day(on + timedelta(days=way * distance))


@rule(
    "weekday last, this or next",
    r"\b(?P<which>[Ll]ast|[Pp]ast|[Tt]his\s+past|[Tt]his\s+coming|[Tt]his|[Nn]ext|[Cc]oming)\s+"
    r"(?P<w>WEEKDAY)\b",
)
def _which_weekday(m: re.Match[str], context: Context) -> Interval | None:
    which, name = m["which"].lower(), m["w"]
    now = context.now
    of_week = iv.week(now)
    in_week = of_week.first + timedelta(days=WEEKDAY_OF[name])
    if which == "this":
        return iv.day(in_week)
    if which in ("coming", "this coming"):
        return iv.day(now + timedelta(days=(WEEKDAY_OF[name] - now.weekday() - 1) % 7 + 1))
    if which in ("past", "this past"):
        return iv.day(now - timedelta(days=(now.weekday() - WEEKDAY_OF[name] - 1) % 7 + 1))
    if which == "last":  # on a Saturday, "last Thursday" may be two or nine days ago
        return None if in_week < now else iv.day(in_week - timedelta(weeks=1))
    return None if in_week > now else iv.day(in_week + timedelta(weeks=1))


@rule("weekday of a week", r"\b(?P<w>WEEKDAY)\s+(?:of\s+)?(?P<which>last|next|this)\s+week\b")
def _weekday_of_week(m: re.Match[str], context: Context) -> Interval | None:
    of_week = iv.week(context.now, {"last": -1, "this": 0, "next": 1}[m["which"]])
    return iv.day(of_week.first + timedelta(days=WEEKDAY_OF[m["w"]]))


@rule("a week from a weekday", r"\b(?P<n>NUM)\s+weeks?\s+from\s+(?P<w>WEEKDAY)\b")
def _weeks_from(m: re.Match[str], context: Context) -> Interval | None:
    ahead = _weekday_options(context, m["w"])[-1]
    return iv.day(ahead.first + timedelta(weeks=number(m["n"])))


@rule(
    "weekend",
    r"\b(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Tt]he|[Tt]his\s+past|[Tt](?:his|"
    r"he)\s+coming)\s+weekend\b",
    weekly=True,
)
def _weekend(m: re.Match[str], context: Context) -> Interval | None:
    saturday = iv.week(context.now).first + timedelta(days=5)
    this = iv.Interval(saturday, saturday + timedelta(days=2))
    before = iv.Interval(this.first - timedelta(weeks=1), this.after - timedelta(weeks=1))
    which = m["which"].lower()
    in_it = context.now >= this.first
    if "coming" in which:
        return this
    if which in ("last", "this past"):
        return None if in_it else before
    if which == "next":  # the coming one to some, the one after it to others
        return None
    if in_it:
        return this
    if which == "this":
        return before if context.tense == "past" else this
    return {"past": before, "future": this}.get(context.tense or "")


# --------------------------------------------------------------------------- weeks, months, years

_STEP = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "same": 0, "next": 1,
         "coming": 1}  # fmt: skip


def _unit(context: Context, unit: str, step: int) -> Interval:
    if unit == "quarter":
        quarter = iv.quarter(context.now.year, (context.now.month - 1) // 3 + 1)
        first = iv.add_months(quarter.first, 3 * step)
        return iv.Interval(first, iv.add_months(first, 3))
    if unit == "decade":
        first = iv.year(context.now.year // 10 * 10 + 10 * step).first
        return iv.Interval(first, iv.add_months(first, 120))
    return iv.around(iv.shift(iv.around(context.now, unit).first, step, unit), unit)


@rule(
    "week, month or year",
    r"\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]he\s+(?:coming|current))\s+"
    r"(?P<u>week|month|year|quarter|decade)\b(?!-long)",
)
def _which_unit(m: re.Match[str], context: Context) -> Interval | None:
    return _unit(context, m["u"], _STEP[m["which"].lower().removeprefix("the ").strip()])


@rule(
    "part of a week, month or year",
    r"\b(?:the\s+)?(?P<part>PART)OF(?P<which>last|this|next|the)\s+"
    r"(?P<u>week|month|year|quarter|decade)\b",
)
def _part_of_unit(m: re.Match[str], context: Context) -> Interval | None:
    which = part_of(m["part"])
    whole = _unit(context, m["u"], _STEP.get(m["which"], 0))
    if m["which"] == "the" and m["u"] == "week" and context.tense == "past" and which == "end":
        return None
    return iv.part(whole, which)


@rule(
    "rest of the unit after or before now",
    r"\b(?P<way>[Ee]arlier|[Ll]ater)\s+(?:in\s+)?(?:this|the)\s+"
    r"(?P<u>week|month|year|quarter|decade)\b",
)
def _earlier(m: re.Match[str], context: Context) -> Interval | None:
    whole = _unit(context, m["u"], 0)
    if m["way"].lower() == "earlier":
        return iv.days(whole.first, context.now)
    return iv.Interval(context.now, whole.after)


@rule(
    "unit before or after this one",
    r"\b(?:[Ee]arlier|[Ll]ater)\s+(?P<which>last|next)\s+(?P<u>week|month|year)\b",
)
def _whole_other(m: re.Match[str], context: Context) -> Interval | None:
    return _unit(context, m["u"], _STEP[m["which"]])


@rule(
    "so far",
    r"\b(?:so\s+far\s+this\s+(?P<u>year|month|week|quarter)|(?:the\s+)?year\s+to\s+date)\b",
)
def _so_far(m: re.Match[str], context: Context) -> Interval | None:
    return iv.days(_unit(context, m["u"] or "year", 0).first, context.now)


@rule(
    "this time last year",
    r"\b(?:this\s+time|the\s+same\s+month)\s+(?:of\s+)?(?P<which>last|next)\s+year\b",
)
def _this_time(m: re.Match[str], context: Context) -> Interval | None:
    return iv.month(context.now.year + _STEP[m["which"]], context.now.month)


@rule(
    "week of a day",
    r"\b(?:the\s+)?week\s+(?P<how>of|beginning|starting|commencing|ending|ended|to)\s+(?:on\s+)?"
    r"(?:WDAY,?\s+)?(?:(?P<m1>MONTH)\s+(?P<d1>DAY)|(?P<d2>DAY)\s+(?P<m2>MONTH))"
    r"(?:,?\s+(?P<year>YEAR))?",
)
def _week_of(m: re.Match[str], context: Context) -> Interval | None:
    month, on = m["m1"] or m["m2"], m["d1"] or m["d2"]

    def build(of_year: int) -> Interval | None:
        found = real(of_year, month_of(month), day_of(on))
        if found is None:
            return None
        if m["how"] in ("ending", "ended", "to"):
            return iv.days(found - timedelta(days=6), found)
        return iv.week(found) if m["how"] == "of" else iv.days(found, found + timedelta(days=6))

    of_year = year_in(m["year"], context)
    return build(of_year) if of_year else pick(context, build)


# --------------------------------------------------------------------------- counts of units


@rule("so long ago", r"\b(?P<n>NUM)\s+(?P<u>UNIT)s?\s+ago\b")
def _ago(m: re.Match[str], context: Context) -> Interval | None:
    return iv.around(iv.shift(context.now, -number(m["n"]), m["u"]), m["u"])


@rule("decades ago", r"\b(?P<n>NUM)\s+decades?\s+ago\b")
def _decades_ago(m: re.Match[str], context: Context) -> Interval | None:
    return iv.year(context.now.year - 10 * number(m["n"]))


@rule(
    "so long from now",
    r"\b(?:[Ii]n\s+(?:just\s+|about\s+|"
    r"another\s+)?(?P<n>NUM)\s+(?P<u>UNIT)s?(?:['’]s?)?(?:\s+time)?"
    r"|(?P<n2>NUM)\s+(?P<u2>UNIT)s?\s+from\s+(?:now|today))\b(?!\s+(?:of|to|through|ended))",
)
def _in_so_long(m: re.Match[str], context: Context) -> Interval | None:
    if context.tense != "future" and m["n2"] is None:
        return None  # "built in two years" is a length
    count, unit = number(m["n"] or m["n2"]), m["u"] or m["u2"]
    return iv.day(iv.shift(context.now, count, unit))


@rule(
    "within so long",
    r"\b(?:[Ww]ithin|(?:[Ii]n|[Oo]ver|[Ff]or|[Dd]uring)\s+(?:the\s+)?(?:next|coming)"
    r"|(?:the\s+)?(?:next|coming))\s+(?:the\s+)?(?:(?:next|"
    r"coming)\s+)?(?P<n>NUM)\s+(?P<u>UNIT)s?\b",
)
def _within(m: re.Match[str], context: Context) -> Interval | None:
    if context.tense == "past" and "next" not in m[0] and "coming" not in m[0]:
        return None
    return iv.days(context.now, iv.shift(context.now, number(m["n"]), m["u"]))


@rule(
    "the last so long", r"\b(?:the\s+)?(?:[Ll]ast|[Pp]ast)\s+(?P<n>NUM)\s+(?P<u>UNIT)s?\b(?!\s+of)"
)
def _past_units(m: re.Match[str], context: Context) -> Interval | None:
    return iv.days(iv.shift(context.now, -number(m["n"]), m["u"]), context.now)


_SOON = {"days": 7, "weeks": 28, "months": 91}


@rule(
    "coming days, weeks or months",
    r"\b(?:[Tt]he\s+)?(?:[Cc]oming|[Nn]ext\s+few)\s+(?P<u>days|weeks|months)\b"
    r"(?:\s+and\s+(?P<u2>weeks|months))?",
)
def _coming(m: re.Match[str], context: Context) -> Interval | None:
    return iv.days(context.now, context.now + timedelta(days=_SOON[m["u2"] or m["u"]]))


@rule(
    "vague length",
    r"\b(?:(?:a\s+few|several|some|many)\s+(?:days|weeks|months|years|decades)\s+(?:ago|earlier|"
    r"later)"
    r"|(?:in\s+)?recent\s+(?:days|weeks|months|years))\b",
)
def _vague(_m: re.Match[str], _c: Context) -> Interval | None:
    return None


# --------------------------------------------------------------------------- after the date before


@rule(
    "counted from the date before",
    r"\b(?P<n>NUM)\s+(?P<u>UNIT)s?\s+(?P<way>earlier|later|before(?!\s+\w)|after(?!\s+\w))\b",
)
def _later(m: re.Match[str], context: Context) -> Interval | None:
    if context.previous is None:
        return None
    count = number(m["n"]) * (-1 if m["way"] in ("earlier", "before") else 1)
    return iv.around(iv.shift(context.previous.first, count, m["u"]), m["u"])


@rule(
    "unit next to the date before",
    r"\b[Tt]he\s+(?P<which>following|next|previous|preceding)\s+(?P<u>UNIT)\b(?!\s+of)",
)
def _following(m: re.Match[str], context: Context) -> Interval | None:
    if context.previous is None:
        return None
    step = -1 if m["which"] in ("previous", "preceding") else 1
    start = context.previous.last if step > 0 else context.previous.first
    return iv.around(iv.shift(start, step, m["u"]), m["u"])


@rule("weekday after the date before", r"\b[Tt]he\s+(?:following|next)\s+(?P<w>WEEKDAY)\b")
def _following_weekday(m: re.Match[str], context: Context) -> Interval | None:
    if context.previous is None:
        return None
    on = context.previous.last
    return iv.day(on + timedelta(days=(WEEKDAY_OF[m["w"]] - on.weekday() - 1) % 7 + 1))
