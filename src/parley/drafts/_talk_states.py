"""Whether talks were held, are planned or put off, and whether a deal was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._items import SUBORDINATORS, Item
from parley.drafts._talk_words import GOING, TalkKind
from parley.drafts._words import lemmas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._clauses import Verb
    from parley.records import RoundState

_DEAL_VERBS = lemmas("deal")


def deal_verb(items: Sequence[Item], start: int, at: int, verbs: Sequence[Verb]) -> Verb | None:
    """Return the verb that says that a deal was made: before it, or passive after it."""
    for verb in verbs:
        gap = start - verb.index
        if verb.lemma == "agree" and _then(items, verb.index, "that"):
            continue
        if 0 < gap <= 9 and verb.lemma in _DEAL_VERBS and not (verb.passive and gap > 4):
            return verb
        after = verb.index - at
        if 0 < after <= 14 and verb.lemma in ("enter", "come", "take") and _in_force(items, verb):
            return verb
        if (
            0 < after <= 14
            and verb.lemma in _DEAL_VERBS
            and (verb.passive or verb.shape in ("past", "participle"))
        ):
            return verb
    return None


def _in_force(items: Sequence[Item], verb: Verb) -> bool:
    near = {item.low for item in items[verb.index + 1 : verb.index + 4]}
    return bool(near & {"force", "effect"})


def _then(items: Sequence[Item], at: int, low: str) -> bool:
    return at + 1 < len(items) and items[at + 1].low == low


MADE = frozenset(
    "sign reach strike conclude clinch seal secure finalise finalize ink complete initial agree "
    "forge achieve ratify shake wrap".split()
)


_UNSURE = frozenset(
    "no any without if unless whether potential possible hope hopes hoping likely prospects "
    "chance failing fail fails failed bid efforts".split()
)


def unsure(items: Sequence[Item], start: int, at: int, verb: Verb) -> bool:
    """Whether a deal is only wished for, denied or put under a condition."""
    if any(m in MAYBE or m in ("will", "'ll") for m in verb.modals) or verb.shape in (
        "base",
        "gerund",
    ):
        return True
    if any(lemma not in ("say", "announce") for lemma in verb.chain):
        return True
    around = items[max(0, min(start, verb.start) - 3) : at + 1]
    return any(item.low in _UNSURE for item in around)


MAYBE = frozenset("would could may might should can must 'd".split())


def state(
    items: Sequence[Item], kind: TalkKind, at: int, deal: Verb | None, verbs: Sequence[Verb]
) -> RoundState:
    verb = deal if kind == "deal" else _main_verb(at, verbs)
    lows = {item.low for item in items}
    if lows & {"cancelled", "canceled", "scrapped"} or {"called", "off"} <= lows:
        return "cancelled"
    if lows & {"postponed", "delayed"} or {"put", "off"} <= lows:
        return "postponed"
    if kind == "deal":
        unsure = (
            deal is None
            or deal.negated
            or any(
                m in ("would", "could", "may", "might", "should", "will", "can", "to", "must")
                for m in deal.modals
            )
            or deal.shape in ("base", "gerund")
            or bool(deal.chain)
        )
        return "scheduled" if unsure else "concluded"
    if _future_beside(items, at):
        return "scheduled"
    if verb is not None:
        return verb_state(verb, items)
    if lows & {"likely", "upcoming", "forthcoming", "scheduled", "due", "slated"}:
        return "scheduled"
    return "ongoing" if lows & {"ongoing", "underway", "continuing"} else "held"


def _future_beside(items: Sequence[Item], at: int) -> bool:
    """Whether "will" governs the noun, from either side: "will be the first talks"."""
    if any(item.low in ("will", "'ll") for item in items[at + 1 : at + 4]):
        return True
    for here in range(at - 1, max(-1, at - 10), -1):
        if items[here].kind == "mark" or items[here].low in SUBORDINATORS:
            return False
        if items[here].low in ("will", "'ll"):
            return items[here + 1].low == "be"
    return False


def _main_verb(at: int, verbs: Sequence[Verb]) -> Verb | None:
    near = [verb for verb in verbs if abs(verb.index - at) <= 12]
    return min(near, key=lambda verb: abs(verb.index - at)) if near else None


def verb_state(verb: Verb, items: Sequence[Item]) -> RoundState:
    lows = {item.low for item in items}
    if any(
        m in ("will", "'ll", "shall", "going", "would", "could", "may", "might", "should")
        for m in verb.modals
    ):
        return "scheduled"
    if verb.chain and verb.chain[-1] in (
        "expect",
        "plan",
        "set",
        "schedule",
        "due",
        "prepare",
        "agree",
        "hope",
        "want",
        "intend",
        "seek",
    ):
        return "scheduled"
    if lows & {"ongoing", "underway", "continue", "remain"} or verb.lemma in ("remain", "continue"):
        return "ongoing"
    if verb.shape in ("past", "participle"):
        return "held"
    if lows & {"due", "upcoming", "scheduled", "next", "tomorrow"}:
        return "scheduled"
    return "ongoing" if verb.shape in ("third", "base", "gerund") else "held"


def progressive(items: Sequence[Item]) -> bool:
    """Whether the sentence plans in the present: "is sending", "are to meet", "is due"."""
    for at in range(len(items) - 1):
        if items[at].low in ("is", "are") and (
            items[at + 1].low
            in GOING
            | {
                "to",
                "due",
                "set",
                "scheduled",
                "expected",
                "meeting",
                "holding",
                "hosting",
                "visiting",
            }
        ):
            return True
    return False
