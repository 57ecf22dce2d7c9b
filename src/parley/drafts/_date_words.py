"""The words of dates, what they stand for, and the list that the rules join."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from parley.drafts import _intervals as iv

if TYPE_CHECKING:
    from collections.abc import Callable

    from parley.drafts._intervals import Interval, Tense


@dataclass(frozen=True, slots=True)
class Context:
    anchor: date | None
    tense: Tense | None
    previous: Interval | None

    @property
    def now(self) -> date:
        """The anchor; a rule that needs one is not read without it."""
        assert self.anchor is not None
        return self.anchor


Reading: TypeAlias = "Callable[[re.Match[str], Context], Interval | None]"


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    pattern: re.Pattern[str]
    reading: Reading
    absolute: bool  # needs no anchor
    weekly: bool  # comes again each week, so that "by Friday" always lies ahead
    sign: str  # the key of `SIGNS` without which it cannot match


RULES: list[Rule] = []


def rule(
    name: str, pattern: str, *, absolute: bool = False, weekly: bool = False
) -> Callable[[Reading], Reading]:
    """Return a decorator that adds a reading to the grammar.

    Parameters
    ----------
    name
        What `When.rule` says.
    pattern
        Verbose regular expression in which the words of `_WORDS` stand for theirs.
    absolute
        The words name their days without a publication date.
    """

    def add(reading: Reading) -> Reading:
        expression = re.compile(_filled(pattern), re.VERBOSE)
        sign = next((word for word in SIGNS if re.search(rf"(?<![A-Z_]){word}\b", pattern)), "")
        RULES.append(Rule(name, expression, reading, absolute, weekly, sign))
        return reading

    return add


# --------------------------------------------------------------------------- words

_MONTHS = (
    "January|Jan February|Feb March|Mar April|Apr May June|Jun July|Jul August|Aug"
    " September|Sept|Sep October|Oct November|Nov December|Dec"
).split()
MONTH_OF = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_WEEKDAYS = (
    "Monday|Mon Tuesday|Tues|Tue Wednesday|Wed Thursday|Thurs|Thur|Thu Friday|Fri Saturday|Sat"
    " Sunday|Sun"
).split()
WEEKDAY_OF = {name: n for n, names in enumerate(_WEEKDAYS) for name in names.split("|")}
_NUMBERS = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"a": 1, "an": 1, "couple": 2, "a couple of": 2, "fifteen": 15, "twenty": 20, "thirty": 30,
     "sixty": 60, "ninety": 90}  # fmt: skip
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3,
             "4th": 4, "last": 4, "final": 4}  # fmt: skip
_FULL_DAY = "|".join(names.split("|")[0] for names in _WEEKDAYS)

_WORDS = {
    "MONTH": "(?:(?:" + "|".join(names.split("|")[0] for names in _MONTHS) + r")\b"
    "|(?:" + "|".join(names for n in _MONTHS for names in n.split("|")[1:]) + r")\b\.?)",
    "WEEKDAY": f"(?:{_FULL_DAY})",
    "WDAY": "(?:" + "|".join(sorted(WEEKDAY_OF, key=len, reverse=True)) + r")\b\.?",
    "YEAR": r"(?:19|20)\d\d\b(?![,.]?\d|\s*(?:%|percent|per\s+cent|points?|jobs|people|workers|"
    r"products|items|tonnes|tons|companies))",
    "DAY": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?![,.]\d|\s*%|:)",
    "TO": r"\s*(?:-|–|—|to|through|until|till|and|or|&)\s*",
    "NUM": r"(?:\d{1,3}|[Aa]\s+couple\s+of|[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|"
    r"[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve|[Ff]ifteen|[Tt]wenty|[Tt]hirty|[Ss]ixty|"
    r"[Nn]inety)",
    "UNIT": "(?:day|week|month|year)",
    "ORD": "(?:first|second|third|fourth|1st|2nd|3rd|4th|last|final)",
    "SEASON": "(?:spring|summer|autumn|fall|winter)",
    "PART": r"(?:[Ee]arly|[Mm]id|[Mm]iddle|[Ll]ate|[Ss]tart|[Bb]eginning|[Ee]nd)",
    "OF": r"(?:-|–|\s+|\s+of\s+)",
    "IN_SINCE_BY": r"(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Dd]uring|[Ff]rom|[Bb]efore|[Aa]fter|"
    r"[Tt]hrough)",
    "NOT_SAID": r"(?!['’]s\s+(?:\w+\s+)?(?:government|team|plan|deal|speech|office))"
    r"(?!\s+(?:said|says|told|has|had|was|is|would|warned|insist|added))",
}

# A rule whose pattern holds one of these words cannot match a text without it; asked first, because
# most sentences hold no date at all.
SIGNS = {word: re.compile(_WORDS[word]) for word in ("MONTH", "WEEKDAY", "SEASON", "UNIT")}


def signs_in(text: str) -> set[str]:
    """Return the keys of `SIGNS` that `text` has, with the empty key of rules that need none."""
    return {"", *(word for word, pattern in SIGNS.items() if pattern.search(text))}


def _filled(pattern: str) -> str:
    for word, expression in _WORDS.items():
        pattern = re.sub(rf"(?<![A-Z_]){word}(?![A-Z_])", expression.replace("\\", r"\\"), pattern)
    return pattern


def month_of(words: str) -> int:
    return MONTH_OF[words.rstrip(".")]


def day_of(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def number(words: str) -> int:
    words = " ".join(words.lower().split())
    return int(words) if words.isdigit() else _NUMBERS[words]


def part_of(words: str) -> str:
    return {"beginning": "start", "middle": "mid"}.get(words.lower(), words.lower())


def real(of_year: int, month: int, on: int) -> date | None:
    try:
        return date(of_year, month, on)
    except ValueError:
        return None


def year_in(words: str | None, context: Context) -> int | None:
    """Return the year of "2025", "this year", "last year", "next year", or None for no words."""
    if not words:
        return None
    digits = re.search(r"\d{4}", words)
    if digits:
        return int(digits.group())
    move = {"last": -1, "previous": -1, "next": 1, "coming": 1}
    return context.now.year + next((step for word, step in move.items() if word in words), 0)


def pick(context: Context, build: Callable[[int], Interval | None]) -> Interval | None:
    """Return the reading of what recurs each year, built for a year, that the tense asks for."""
    years = range(context.now.year - 1, context.now.year + 2)
    options = [option for number in years if (option := build(number)) is not None]
    return iv.choose(options, context.now, context.tense)
