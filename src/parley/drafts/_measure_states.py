"""The state of a measure at publication: threatened, announced, in force, suspended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._imposers import IMPOSE, LOWER, REMOVE, SUSPEND, THREATEN
from parley.drafts._promise_words import PROMISE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._candidates import View
    from parley.drafts._clauses import Verb
    from parley.drafts._items import Item
    from parley.records import MeasureState


def state_of(verb: Verb | None, conditional: bool, items: Sequence[Item], end: int) -> MeasureState:
    """Return the state of a measure at publication, by the verb that governs it."""
    if verb is None:
        return "threatened" if conditional else "in_force"
    maybe = any(
        m in ("would", "could", "may", "might", "should", "can", "must", "'d") for m in verb.modals
    )
    threat = any(
        (lemma in THREATEN and lemma != "plan" and lemma not in PROMISE) or lemma in _PROPOSED
        for lemma in verb.chain
    )
    if verb.chain and verb.chain[-1] in ("start", "begin") and set(verb.modals) == {"would"}:
        return "announced"
    if (
        (verb.lemma in THREATEN and verb.lemma not in IMPOSE | LOWER)
        or threat
        or maybe
        or (conditional and not verb.finite_past)
    ):
        return "threatened"
    if verb.negated:
        return "threatened"
    future = any(m in ("will", "'ll", "shall", "wo", "going") for m in verb.modals) or any(
        lemma in PROMISE or lemma in _DECIDED for lemma in verb.chain
    )
    if future:
        return "announced"
    if verb.lemma in REMOVE and verb.lemma not in ("exempt", "exclude", "spare"):
        return "withdrawn"
    if verb.lemma in SUSPEND:
        return "suspended"
    if verb.lemma in (
        "announce",
        "order",
        "unveil",
        "sign",
        "propose",
        "approve",
        "proclaim",
        "decide",
    ):
        return "announced"
    if verb.lemma in ("expire", "lapse"):
        return "expired"
    return "in_force"


def barrier_state(verb: Verb | None, state: MeasureState) -> MeasureState:
    """Return the state of a ban or control: it is in force while its removal is only promised."""
    if verb is not None and verb.lemma in REMOVE and state in ("threatened", "announced"):
        return "in_force"
    return state


# nouns that govern an infinitive are among them: "its offer to cut", "a commitment to lift"
_PROPOSED = frozenset("threat threats proposal proposals willing ready prepared open".split())
_DECIDED = frozenset(
    "plan prepare intend decide set expect offers pledges promises vows commitment commitments "
    "undertaking undertakings assurance decision".split()
)
_QUESTION, _SUPPOSED = 0.3, 0.5  # what a question or an if-clause takes from the strength


def doubt(view: View, at: int) -> float:
    """Return how much less sure a measure is that is asked about, or named in an if-clause."""
    items = view.items
    if items and items[-1].low == "?":
        return _QUESTION
    for here in range(at - 1, max(-1, at - 12), -1):
        if items[here].low in (",", ";", ":"):
            return 0.0
        if items[here].low in ("if", "unless", "whether"):
            return _SUPPOSED
    return 0.0
