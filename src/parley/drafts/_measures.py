"""Measures: duties, bans, controls, quotas, sanctions and the rest, as one sentence gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
        view = _view(document.text, sentence)
        out.extend(tariffs(view))
        out.extend(restrictions(view))
    return out


def _view(text: str, sentence: Sentence) -> View:
    items = sentence.items
    conditional = any(item.low in ("if", "unless") for item in items)
    rates = rates_in(text, sentence.start, sentence.end)
    return View(text, sentence, items, sentence.verbs, rates, conditional)
