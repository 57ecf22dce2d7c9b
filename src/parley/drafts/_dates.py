"""Find dates in a sentence and resolve them into intervals of days.

The grammar is a list of rules, each a pattern and a reading. A reading gets the anchor (the
publication date), the tense of the sentence, and the date named before; it returns an interval, or
None where the words leave a choice. Ambiguous words are found and stay unresolved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

# The rules join the list when these modules are loaded.
from parley.drafts import _calendar_dates, _parts_of_dates, _relative_dates  # noqa: F401
from parley.drafts._date_words import RULES, Context, Rule, signs_in
from parley.drafts._intervals import Interval
from parley.records import When

if TYPE_CHECKING:
    from datetime import date

    from parley.drafts._intervals import Tense

Bound: TypeAlias = Literal["", "by", "until", "through", "before", "after", "since", "from"]

NO_ANCHOR = "relative, and the publication date is not known"
AMBIGUOUS = "ambiguous"

_BOUND = re.compile(
    r"\b(by|until|till|before|after|following|since|from|starting|beginning|effective|as of|"
    r"no later than|through|ahead of|prior to)\s+(?:on\s+|in\s+|the\s+)?"
    r"(?:midnight\s+(?:on\s+)?)?$",
    re.I,
)
_BOUND_IN = re.compile(r"(by|until|before|after|since|from|through)\b", re.I)
_BOUNDS: dict[str, Bound] = {
    "till": "until",
    "no later than": "by",
    "ahead of": "before",
    "prior to": "before",
    "following": "after",
    "starting": "from",
    "beginning": "from",
    "effective": "from",
    "as of": "from",
}
# A verb right beside a date tells its tense better than the clause: "said on Friday it would".
_ACTS = (
    r"said|announced|confirmed|reported|warned|wrote|tweeted|posted|showed|released|published|"
    r"issued|signed|declared|unveiled|agreed|met|spoke|imposed|ordered|met|held|began|started|"
    r"(?:took|went\s+into|came\s+into)\s+(?:effect|force)|told\s+(?:\S+\s+){0,3}\S+"
)
_DONE_BEFORE = re.compile(
    rf"(?<!\bbe\s)(?<!\bbeing\s)\b(?:{_ACTS}|[Ss]peaking(?:\s+\S+){{0,6}})\s+(?:late\s+|early\s+)?"
    r"(?:on\s+|in\s+)?$"
)
_DONE_AFTER = re.compile(
    r"(?:\s+(?:morning|afternoon|evening|night))?\s+(?!need\b)(?:[a-z]+ed|said|told|took|made|sent|"
    r"gave|set|met|held|hit|cut|began|came|went|spoke|wrote|struck|rose|fell|put)\b"
)
_TO_COME = re.compile(
    r"(?<!\bwas\s)(?<!\bwere\s)\b(?:(?:scheduled|set|slated|planned|due)\s+(?:for\s+|on\s+)?$|"
    r"(?:(?:will|shall|would|(?:due|set|scheduled|expected|plans?|intends?|going|is|are)\s+to)\b"
    r"(?:(?!\b(?:said|told|announced|after|since|when)\b)[^.;:“”\"\n]){0,110}$))"
)
_OPENING = 4  # characters: a quotation mark or two may stand before the first word
_MODAL = re.compile(r"\b(?:will|would|shall|may|might|could|can|plans?|to\s+be)\b")
_PAST_VERB = re.compile(r"\b(?!need|indeed|proceed|succeed|exceed|speed)[a-z]{2,}ed\b")
_YEAR = re.compile(r"\d{4}")
# What stands beside these looks ahead (behind) whatever the tense of the verb.
_AHEAD, _BEHIND = ("by", "until", "through", "before"), ("since",)
_HINT = re.compile(
    r"\d|day\b|night|morning|afternoon|evening|today|tomorrow|week|month|year|quarter|decade|"
    r"spring|summer|autumn|fall\b|"
    r"winter|fortnight|Christmas|New\sYear|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|half\b|recent|days\b",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date in a text: where its words stand, what they mean, and the bound they set."""

    start: int
    end: int
    when: When
    bound: Bound = ""  # "until" in "until July 9"


def find(
    text: str,
    *,
    anchor: date | None,
    tense: Tense | None = None,
    previous: When | None = None,
) -> tuple[Dated, ...]:
    """Return the dates in `text`, in order, without overlaps.

    Parameters
    ----------
    text
        A sentence.
    anchor
        The publication date; without it, words that hang on it stay unresolved.
    tense
        Tense of the clause: settles "on Monday".
    previous
        The date named before this sentence: settles "a week later".

    Examples
    --------
    >>> from datetime import date
    >>> (found,) = find("They will meet on Monday.", anchor=date(2025, 6, 6), tense="future")
    >>> found.when.phrase, found.when.start
    ('Monday', datetime.date(2025, 6, 9))
    """
    if not _HINT.search(text):
        return ()
    before = _interval(previous)
    found: list[Dated] = []
    for rule, match in _matches(text):
        dated = _resolve(rule, match, text, anchor, tense, before)
        found.append(dated)
        before = _interval(dated.when) or before
    return tuple(found)


def _interval(when: When | None) -> Interval | None:
    if when is None or when.start is None or when.end is None:
        return None
    return Interval(when.start, when.end)


def _matches(text: str) -> list[tuple[Rule, re.Match[str]]]:
    """Return the matches of all rules, the longest of those that overlap, in order."""
    signs = signs_in(text)
    every = [
        (rule, match)
        for rule in RULES
        if rule.sign in signs
        for match in rule.pattern.finditer(text)
    ]
    every.sort(key=lambda pair: (pair[1].start() - pair[1].end(), pair[1].start()))
    kept: list[tuple[Rule, re.Match[str]]] = []
    taken: set[int] = set()
    for rule, match in every:
        span = range(match.start(), match.end())
        if taken.isdisjoint(span):
            kept.append((rule, match))
            taken.update(span)
    return sorted(kept, key=lambda pair: pair[1].start())


def _resolve(
    rule: Rule,
    match: re.Match[str],
    text: str,
    anchor: date | None,
    tense: Tense | None,
    previous: Interval | None,
) -> Dated:
    bound = _bound(text, match)
    tense = _beside(text, match, tense)
    if bound in _AHEAD and tense == "past":
        tense = "future" if rule.weekly else None
    elif bound in _BEHIND:
        tense = "past"
    interval: Interval | None = None
    words = f"{rule.name} ({tense} tense)" if tense else rule.name
    absolute = rule.absolute or bool(_YEAR.search(match.groupdict().get("year") or ""))
    if absolute or anchor is not None:
        interval = rule.reading(match, Context(anchor, tense, previous))
        if interval is None:
            words = f"{AMBIGUOUS}: {words}"
    else:
        words = f"{NO_ANCHOR}: {rule.name}"
    when = When(
        start=interval.first if interval else None,
        end=interval.after if interval else None,
        phrase=match.group().strip(),
        rule=words,
        anchor=None if absolute else anchor,
    )
    return Dated(start=match.start(), end=match.end(), when=when, bound=bound)


def _beside(text: str, match: re.Match[str], tense: Tense | None) -> Tense | None:
    """Return the tense that the words right beside a date give it, else that of the clause."""
    before = max(0, match.start() - 150)
    if _DONE_AFTER.match(text, match.end()) or _DONE_BEFORE.search(text, before, match.start()):
        return "past"
    if _TO_COME.search(text, before, match.start()):
        return "future"
    opens = match.start() <= _OPENING and text.startswith(",", match.end())
    if opens and _PAST_VERB.search(text, match.end()) and not _MODAL.search(text, match.end()):
        return "past"
    return tense


def _bound(text: str, match: re.Match[str]) -> Bound:
    lead = _BOUND_IN.match(match.group()) or _BOUND.search(
        text, max(0, match.start() - 30), match.start()
    )
    if lead is None:
        return ""
    word = " ".join(lead[1].lower().split())
    bound = _BOUNDS.get(word, word)
    return next((known for known in get_args(Bound) if known == bound), "")
