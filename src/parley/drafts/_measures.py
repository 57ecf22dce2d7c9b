"""Measures: duties, bans, controls, quotas, sanctions and the rest, as one sentence gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._bare_rates import bare_rates
from parley.drafts._candidates import Candidate, View
from parley.drafts._rates import rates_in
from parley.drafts._restrictions import restrictions
from parley.drafts._tariffs import tariffs

if TYPE_CHECKING:
    from parley.drafts._document import Document, Sentence


def measure_candidates(document: Document) -> list[Candidate]:
    """Return the measures that the sentences name, before they are merged over the page."""
    out: list[Candidate] = []
    for sentence in document.sentences:
        view = _view(document, sentence)
        duties = tariffs(view)
        known = {one.rate for one in duties if one.rate is not None}
        out += [*duties, *bare_rates(view, known), *restrictions(view)]
    return [one for one in out if "WTO" not in one.imposer]


def _view(document: Document, sentence: Sentence) -> View:
    items = sentence.items
    conditional = any(item.low in ("if", "unless") for item in items)
    rates = rates_in(document.text, sentence.start, sentence.end)
    spans = document.products(sentence.start, sentence.end)
    goods = frozenset(
        at
        for at, item in enumerate(items)
        if any(start <= item.start and item.end <= end for start, end in spans)
    )
    return View(document.text, sentence, items, sentence.verbs, rates, conditional, goods)
