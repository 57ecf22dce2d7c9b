"""Duties that a sentence names by their rate alone: "Ottawa will put 25 percent on U.S. steel"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parley.drafts._candidates import Candidate
from parley.drafts._imposers import announcer_of, roles_of
from parley.drafts._items import PREPOSITIONS
from parley.drafts._measure_states import state_of
from parley.drafts._phrases import clause_end
from parley.drafts._scopes import goods, scope_of, span_of
from parley.drafts._tariff_nouns import is_tariff

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from parley.drafts._amounts import Amount
    from parley.drafts._candidates import View
    from parley.drafts._items import Item

_OLD = re.compile(
    r"\b(?:from|instead of|than|below|above|compared (?:with|to)|against|beyond|over)\s+"
    r"(?:the |a |an |about |just |some |current |previous )*$",
    re.IGNORECASE,
)
_STRENGTH = 0.1  # what a rate without its noun adds: less than one beside "tariff"


_BEFORE_RATE = frozenset(
    "up to of rates rate as much high at least between an a the additional extra another further "
    "total combined".split()
)


def bare_rates(view: View, known: Collection[float]) -> list[Candidate]:
    """Return the measures of a sentence that are named by a rate of duty without a noun.

    Parameters
    ----------
    known
        Rates that the duties of the sentence have already.
    """
    out: list[Candidate] = []
    for rate in view.rates:
        before = view.text[view.sentence.start : rate.start]
        if rate.value in known or rate.points or _OLD.search(before):
            continue
        at = next((h for h, item in enumerate(view.items) if item.end > rate.start), None)
        if at is not None and not _has_noun(view.items, at):
            out.append(_bare_rate(view, at, rate))
    return out


def _has_noun(items: Sequence[Item], at: int) -> bool:
    """Whether the noun of the duty follows: "its 38.5% tariff"."""
    for here in range(at + 1, min(at + 9, len(items))):
        if is_tariff(items, here):
            return True
        if items[here].low in PREPOSITIONS - {"per"} or items[here].low in (",", ".", ";"):
            return False
    return False


def _bare_rate(view: View, at: int, rate: Amount) -> Candidate:
    items = view.items
    start = at
    while start and items[start - 1].low in _BEFORE_RATE:
        start -= 1
    end = clause_end(items, at + 1)
    follow = next((r.start for r in view.rates if r.start > rate.start), None)
    if follow is not None:
        end = min(end, next(h for h, item in enumerate(items) if item.end > follow))
    roles = roles_of(view, start, at, end)
    targets, product = scope_of(view, at + 1, end)
    targets = targets or roles.targets
    state = state_of(roles.verb, view.conditional, items, end)
    return Candidate(
        imposer=roles.imposer,
        targets=tuple(code for code in targets if code not in roles.imposer),
        kind="import_tariff",
        product=product or _fronted(items, at),
        rate=rate.value,
        state=state,
        sentence=view.sentence,
        span=span_of(view, at, end, roles.verb, rate),
        rule=f"rate alone, {roles.rule}",
        strength=roles.strength + _STRENGTH + 0.05 * bool(targets),
        speaker=() if roles.imposer else announcer_of(view, at),
    )


def _fronted(items: Sequence[Item], at: int) -> str:
    """Return the goods before "on which": "Scotch whisky, on which Delhi levies 150 per cent"."""
    for here in range(at - 1, 0, -1):
        if items[here].low == "which" and items[here - 1].low in ("on", "for"):
            stop = here - 1
            begin = stop
            while begin and items[begin - 1].kind != "mark":
                begin -= 1
            if begin == stop and begin:  # a comma stands between
                stop = begin = begin - 1
                while begin and items[begin - 1].kind != "mark":
                    begin -= 1
            return goods(items[begin:stop])
    return ""
