"""Complaints at the World Trade Organization and before other panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._blame import ANYBODY
from parley.drafts._claims import Claim, claimed, speaker
from parley.drafts._passages import Passage
from parley.drafts._phrases import clause_end, codes_at
from parley.drafts._words import lemmas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parley.drafts._document import Document, Sentence
    from parley.drafts._items import Item

_BRINGING = lemmas("bring")
_CASES = frozenset(
    "complaint complaints case cases dispute suit lawsuit challenge consultations proceedings "
    "grievance action litigation panel".split()
)
_COURTS = frozenset(("wto", "organization", "organisation", "geneva", "panel"))


def complaints(
    document: Document, sentence: Sentence, rivals: Mapping[str, tuple[str, ...]]
) -> list[Claim]:
    """Return who complains of whom; `rivals` are, for a party, those whom it means by default."""
    items = sentence.items
    before_court = bool({item.low for item in items} & _COURTS) or _at_wto(items)
    for verb in sentence.verbs:
        if verb.lemma not in _BRINGING or not verb.subject or verb.negated:
            continue
        end = clause_end(items, verb.index + 1, soft=True)
        words = {item.low for item in items[verb.index : end]}
        taken = verb.lemma in ("take", "bring", "drag", "haul", "refer", "sue") and before_court
        taken = taken or (verb.lemma in ("challenge", "sue", "appeal") and before_court)
        if not (words & _CASES and (before_court or "against" in words)) and not taken:
            continue
        passage = Passage(document, sentence, verb.index, end)
        by = speaker(items[verb.subject[0]])
        if verb.lemma in ("request", "seek") and not before_court:
            continue
        against = _others(items, range(verb.index + 1, end)) or _rival(rivals, by[1])
        claim = claimed(passage, by, against, "complaint", 0.65)
        if claim is not None:
            return [claim]
    return _owned(document, sentence, rivals) if before_court else []


def _owned(
    document: Document, sentence: Sentence, rivals: Mapping[str, tuple[str, ...]]
) -> list[Claim]:
    """Return a complaint by its owner: "its World Trade Organization complaint"."""
    items = sentence.items
    for at, item in enumerate(items):
        if item.low not in ("complaint", "case", "challenge", "grievance") or at < 2:
            continue
        if not _at_wto(items[at - 2 : at + 4]):
            continue
        owner = next((h for h in range(at - 1, max(-1, at - 6), -1) if _owns(items, h)), None)
        if owner is None:
            continue
        passage = Passage(document, sentence, owner, clause_end(items, at + 1, soft=True))
        by = speaker(items[owner])
        inside = range(at + 1, passage.end)
        against = _others(items, inside) or _rival(rivals, items[owner].codes[0])
        claim = claimed(passage, by, against, "complaint of its owner", 0.55)
        return [claim] if claim is not None else []
    return []


def _rival(rivals: Mapping[str, tuple[str, ...]], party: str) -> tuple[str, ...]:
    return (rivals.get(party) or rivals.get(ANYBODY, ())) if party else ()


def _owns(items: Sequence[Item], at: int) -> bool:
    item = items[at]
    if not item.codes or item.codes == ("WTO",) or item.kind == "place":
        return False
    after = items[at + 1].low if at + 1 < len(items) else ""
    return item.kind == "demonym" or item.low in ("its", "their", "his", "her") or after == "'s"


def _at_wto(items: Sequence[Item]) -> bool:
    return any(item.codes == ("WTO",) or item.low == "wto" for item in items)


def _others(items: Sequence[Item], indices: range) -> tuple[str, ...]:
    named = [
        h for h in indices if items[h].codes not in ((), ("WTO",)) and items[h].kind != "place"
    ]
    return codes_at(items, named)
