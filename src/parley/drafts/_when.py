"""The dates of a sentence, resolved against publication with the tense of the sentence."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from parley.records import When

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_SHORT = {name[:3]: index for index, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_PHRASE = re.compile(
    rf"(?P<md>\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:-|–|and|"
    rf"to)\s*\d{{1,2}}\b(?!\s*%))?(?:,?\s+\d{{4}})?)"
    rf"|(?P<dm>\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:-|–|and|to)\s*\d{{1,2}}(?:st|nd|rd|"
    rf"th)?)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?)"
    rf"|(?P<my>\b{_MONTH},?\s+(?:of\s+)?\d{{4}})"
    rf"|(?P<m>\b(?:in|since|until|by|last|next|this|late|early|mid-?)\s+{_MONTH}\b(?!\s+\d))"
    r"|(?P<wd>\b(?:(?:last|next|this|late|early|on|previous)\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|"
    r"Satur|Sun)day(?:\s+(?:afternoon|morning|night|evening))?)"
    r"|(?P<rel>\b(?:today|tonight|yesterday|tomorrow)\b)"
    r"|(?P<per>\b(?:last|next|this|later this|earlier this|the coming)\s+(?:week|month|year|"
    r"weekend)\b)"
    r"|(?P<iso>\b\d{4}-\d\d-\d\d\b)"
    r"|(?P<y>\bin\s+(?:19|20)\d\d\b)",
)  # fmt: skip


def dates_in(
    text: str, start: int, end: int, *, anchor: date | None, future: bool
) -> list[tuple[int, int, When]]:
    """Return the dates in ``text[start:end]`` with their offsets, in order."""
    found = []
    for match in _PHRASE.finditer(text, start, end):
        kind = match.lastgroup or ""
        when = _resolve(kind, match.group(), anchor, future)
        found.append((match.start(), match.end(), when))
    return found


def _resolve(kind: str, phrase: str, anchor: date | None, future: bool) -> When:
    low = phrase.lower()
    if kind == "iso":
        return When.day(date.fromisoformat(phrase), phrase=phrase, rule="ISO date")
    year = re.search(r"\b((?:19|20)\d\d)\b", low)
    if kind == "y" and year:
        return _span(date(int(year[1]), 1, 1), date(int(year[1]) + 1, 1, 1), phrase, "year", None)
    if anchor is None and not (year and kind in ("md", "dm", "my")):
        return When(phrase=phrase)
    month = next(
        (
            _SHORT[w]
            for w in re.findall(r"[a-z]+", low)
            for w in [w[:4] if w[:4] == "sept" else w[:3]]
            if w in _SHORT and kind in ("md", "dm", "my", "m")
        ),
        0,
    )
    if month:
        return _month(kind, phrase, (month, int(year[1]) if year else 0), anchor, future)
    assert anchor is not None
    if kind == "rel":
        day = anchor + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(low, 0))
        return _span(day, day + timedelta(days=1), phrase, "day beside the anchor", anchor)
    if kind == "wd":
        return _weekday(phrase, low, anchor, future)
    return _period(phrase, low, anchor)


def _span(start: date, end: date, phrase: str, rule: str, anchor: date | None) -> When:
    return When(start=start, end=end, phrase=phrase, rule=rule, anchor=anchor)


def _month(
    kind: str, phrase: str, month_year: tuple[int, int], anchor: date | None, future: bool
) -> When:
    low, (month, year) = phrase.lower(), month_year
    days = [int(d) for d in re.findall(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)", low)]
    if not year:
        assert anchor is not None
        year = anchor.year
        gap = (month - anchor.month) % 12
        if future and month < anchor.month:
            year += 1
        elif not future and month > anchor.month and gap > 1:
            year -= 1
    last = monthrange(year, month)[1]
    if kind in ("md", "dm") and days and all(1 <= d <= last for d in days):
        end = date(year, month, days[-1]) + timedelta(days=1)
        start = date(year, month, days[0])
        if end > start:
            return _span(start, end, phrase, "day and month", anchor)
    return _span(
        date(year, month, 1), date(year, month, last) + timedelta(days=1), phrase, "month", anchor
    )


def _weekday(phrase: str, low: str, anchor: date, future: bool) -> When:
    index = next(i for i, name in enumerate(_DAYS) if name in low)
    if future and not low.startswith("last"):
        day = anchor + timedelta(days=(index - anchor.weekday()) % 7 or (0 if "this" in low else 7))
        rule = "weekday after the anchor (future tense)"
    else:
        day = anchor - timedelta(days=(anchor.weekday() - index) % 7)
        rule = "weekday up to the anchor (past tense)"
    return _span(day, day + timedelta(days=1), phrase, rule, anchor)


def _period(phrase: str, low: str, anchor: date) -> When:
    step = -1 if low.startswith("last") else 1 if low.startswith(("next", "the coming")) else 0
    if "week" in low:
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(days=7 * step)
        if "weekend" in low:
            return _span(
                monday + timedelta(days=5), monday + timedelta(days=7), phrase, "weekend", anchor
            )
        return _span(monday, monday + timedelta(days=7), phrase, "week", anchor)
    if "month" in low:
        index = anchor.year * 12 + anchor.month - 1 + step
        first = date(index // 12, index % 12 + 1, 1)
        after = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
        return _span(first, after, phrase, "month", anchor)
    return _span(
        date(anchor.year + step, 1, 1), date(anchor.year + step + 1, 1, 1), phrase, "year", anchor
    )
