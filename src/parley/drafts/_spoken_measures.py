"""Measures that a speaker calls his own: "We will impose a tariff", "our duty on steel".

In a quotation the first person is the party for which the speaker speaks, by office or by name. If
the speaker speaks for no party, the measure has no imposer, and nobody else on the page gets it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parley.drafts._imposers import IMPOSE, LOWER, REMOVE, SUSPEND, THREATEN
from parley.drafts._phrases import phrase_start
from parley.drafts._tariff_nouns import is_tariff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._candidates import Candidate
    from parley.drafts._document import Document, Sentence
    from parley.drafts._quotes import Quote
    from parley.drafts._statements import Said

_OWN = IMPOSE | LOWER | REMOVE | SUSPEND | THREATEN
_NEAR = 6  # items from "our" to the duty that it owns


def with_speakers(
    candidates: Sequence[Candidate], document: Document, said: Sequence[Said]
) -> list[Candidate]:
    """Return the candidates; what the first person imposes in a quotation is the speaker's."""
    speakers: dict[Quote | None, tuple[str, ...]] = {
        one.quote: one.attribution.codes for one in said
    }
    out: list[Candidate] = []
    for one in candidates:
        at = None if one.imposer else _first_person(one.sentence)
        if at is None:
            out.append(one)
            continue
        codes = speakers.get(_quote_at(document.quotes, at), ())
        out += [_given(one, codes[0])] if len(codes) == 1 else []
    return out


def _first_person(sentence: Sentence) -> int | None:
    """Return where "we" or "I" acts, or "our" owns a duty, inside a quotation."""
    items = sentence.items
    for verb in sentence.verbs:
        before = verb.start - 1
        acts = verb.lemma in _OWN and not verb.passive and verb.start and sentence.quoted[before]
        if acts and items[before].low in ("we", "i"):
            return items[before].start
    for at, item in enumerate(items):
        if item.low in ("our", "my") and sentence.quoted[at]:
            noun = next((h for h in range(at + 1, len(items)) if is_tariff(items, h)), len(items))
            if noun <= at + _NEAR and phrase_start(items, noun) <= at + 1:
                return item.start
    return None


def _quote_at(quotes: Sequence[Quote], at: int) -> Quote | None:
    """Return the innermost quotation that holds a character."""
    holding = [quote for quote in quotes if quote.start <= at < quote.end]
    return min(holding, key=lambda quote: quote.end - quote.start, default=None)


def _given(one: Candidate, code: str) -> Candidate:
    return replace(
        one,
        imposer=(code,),
        targets=tuple(target for target in one.targets if target != code),
        carried=True,
        rule=one.rule.replace("no imposer in the sentence", "first person of the speaker"),
        strength=one.strength + 0.3,
    )
