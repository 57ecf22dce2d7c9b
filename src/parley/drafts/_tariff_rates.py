"""Which rates belong to a duty, each with the parties and goods that are its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parley.drafts._phrases import phrase_start
from parley.drafts._scopes import scope_of
from parley.drafts._tariff_nouns import is_tariff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._amounts import Amount
    from parley.drafts._candidates import View


def by_rate(
    view: View, start: int, at: int, end: int
) -> list[tuple[Amount | None, tuple[str, ...], str]]:
    """Return each rate of the phrase with the parties and goods that belong to it alone."""
    items = view.items
    first = items[start].start
    next_noun = next((h for h in range(at + 1, len(items)) if is_tariff(items, h)), len(items))
    stop = items[min(end, next_noun) - 1].end if min(end, next_noun) else first
    if next_noun < end:
        stop = items[phrase_start(items, next_noun)].start
    rates = [rate for rate in view.rates if first <= rate.start and rate.end <= stop]
    rates = [rate for rate in rates if not _former(view.text, rate, rates)]
    if any(_new(view.text, rate) for rate in rates if rate.start > items[at].start):
        rates = [rate for rate in rates if rate.start > items[at].start]  # "its 20% duty to 10%"
    if not rates and next_noun >= len(items):
        rates = _rate_nearby(view, start)
    if len(rates) < 2:
        return [(rate, (), "") for rate in rates]
    out: list[tuple[Amount | None, tuple[str, ...], str]] = []
    for index, rate in enumerate(rates):
        bound = rates[index + 1].start if index + 1 < len(rates) else stop
        inside = [h for h, item in enumerate(items) if rate.end <= item.start < bound]
        codes: tuple[str, ...] = ()
        words = ""
        if inside:
            here = next((h for h in inside if items[h].kind != "mark"), inside[0])
            codes, words = scope_of(view, here, inside[-1] + 1)
        out.append((rate, codes, words))
    return out


def _rate_nearby(view: View, start: int) -> list[Amount]:
    """Return a rate that stands before the phrase in the same clause: "25% in tariffs"."""
    items = view.items
    first = items[max(0, start - 4)].start
    return [r for r in view.rates if first <= r.start and r.end <= items[start].start][:1]


_FROM = re.compile(r"\bfrom\s+(?:the\s+)?(?:current\s+|about\s+)?$")
_TO = re.compile(r"(?<!up )(?<!equal )\bto\s+(?:about |just |only |a |an )?$", re.IGNORECASE)


def _new(text: str, rate: Amount) -> bool:
    """Whether a rate is the one that replaces another: "to 19.5%", "from 40% to 19.5%"."""
    if _TO.search(text[max(0, rate.start - 16) : rate.start]):
        return True
    both = _FROM.search(text[max(0, rate.start - 20) : rate.start])
    return both is not None and re.search(r"\bto\b", text[rate.start : rate.end]) is not None


def _former(text: str, rate: Amount, rates: Sequence[Amount]) -> bool:
    """Whether a rate is the one that is replaced: "to 25% from 10%"."""
    before = text[max(0, rate.start - 20) : rate.start]
    return len(rates) > 1 and _FROM.search(before) is not None and not _new(text, rate)
