"""Goods that are let in free of duty, or refused entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parley.drafts._candidates import Candidate
from parley.drafts._measure_states import doubt, state_of
from parley.drafts._phrases import clause_end, codes_at
from parley.drafts._scopes import goods, span_of

if TYPE_CHECKING:
    from parley.drafts._candidates import View
    from parley.drafts._clauses import Verb
    from parley.records import MeasureKind

_FREE = re.compile(
    r"\b(?:(?:duty|tariff|quota)[- ]free|free of (?:dut(?:y|ies)|tariffs?|customs)|zero[- ](?:duty|"
    r"tariff)|without (?:paying )?(?:dut(?:y|ies)|tariffs?))\b",
    re.IGNORECASE,
)
_LETTING = frozenset("let grant give allow admit open offer extend accept provide receive".split())
_REFUSING = frozenset(("refuse", "deny", "bar", "block"))
_VOLUME = re.compile(r"\b(?:tonnes?|tons?|kilos?|litres?|head of|quota|hectolitres?)\b")


def entries(view: View) -> list[Candidate]:
    """Return what a sentence says of goods let in free of duty, or refused entry."""
    words = view.text[view.sentence.start : view.sentence.end]
    free = _FREE.search(words) is not None
    out: list[Candidate] = []
    for verb in view.verbs:
        imposer = codes_at(view.items, verb.subject)
        end = clause_end(view.items, verb.index + 1, soft=True)
        lows = [item.low for item in view.items[verb.index + 1 : end]]
        refused = verb.lemma in _REFUSING and set(lows[:3]) & {"entry", "access", "market"}
        let_in = free and verb.lemma in _LETTING
        if not imposer or verb.passive or verb.negated or not (let_in or refused):
            continue
        kind: MeasureKind = "import_ban" if refused else "import_tariff"
        if let_in and _VOLUME.search(words):
            kind = "quota"
        out.append(_entry(view, verb, end, kind))
    return out[:1]


def _entry(view: View, verb: Verb, end: int, kind: MeasureKind) -> Candidate:
    items = view.items
    imposer = codes_at(items, verb.subject)
    named = [h for h in range(verb.index + 1, end) if items[h].codes and items[h].kind != "place"]
    return Candidate(
        imposer=imposer,
        targets=tuple(code for code in codes_at(items, named) if code not in imposer),
        kind=kind,
        product=goods(items[verb.index + 1 : end]),
        rate=0.0 if kind == "import_tariff" else None,
        state=state_of(verb, view.conditional, items, end),
        sentence=view.sentence,
        span=span_of(view, verb.start, end, verb),
        rule="entry refused" if kind == "import_ban" else "entry free of duty",
        strength=0.65 - doubt(view, verb.index),
    )
