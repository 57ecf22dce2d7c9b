"""Commitments: what a party agreed or pledged to do, and who says that it was kept or broken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parley.drafts._candidates import COMPARED
from parley.drafts._document import own_voice
from parley.drafts._kept_promises import accounts
from parley.drafts._passages import Passage
from parley.drafts._phrases import agent_after, clause_end, codes_at
from parley.drafts._promise_words import (
    DEAL_CUES,
    FUTURE,
    HARD,
    MEASURE_WORDS,
    NOT_MEANT,
    PROMISE,
    PROMISE_NOUNS,
    VAGUE,
    WORD,
)
from parley.drafts._promised_things import promised_things
from parley.drafts._undertakings import How, Page, Promise, promise, said_by
from parley.drafts._words import lemmas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._clauses import Verb
    from parley.drafts._document import Document


def promise_candidates(document: Document, pair: Sequence[str]) -> list[Promise]:
    """Return the commitments that the sentences name, before they are merged over the page."""
    out: list[Promise] = []
    for sentence in document.sentences:
        page = Page(document, sentence, tuple(pair))
        told = accounts(page)  # of a promise that is said to be broken, no second one is made
        made = [*_agreed(page), *promised_things(page)]
        out += [one for one in made if not any(_alike(one.what, it.what) for it in told)]
        out += [*told, *_truces(page)]
    return out


def promises(found: Sequence[Promise]) -> list[Promise]:
    """Return the commitments of a page, each once."""
    kept: list[Promise] = []
    for one in sorted(found, key=lambda one: (one.sentence.kind != "body", -one.strength)):
        own = [other for other in kept[-COMPARED:] if set(one.by) & set(other.by)]
        if any(_alike(one.what, other.what) for other in own) or (own and _empty(one.what)):
            continue
        kept.append(one)
    return sorted(kept, key=lambda one: one.span[0])


def _empty(what: str) -> bool:
    """Whether an account says nothing of what was promised: "kept its word"."""
    return len(set(re.findall(r"[a-z]{4,}", what.lower())) - WORD) < 2


def _alike(one: str, other: str) -> bool:
    a = {w for w in one.lower().split() if len(w) > 3}
    b = {w for w in other.lower().split() if len(w) > 3}
    return bool(a & b) and len(a & b) >= 0.4 * min(len(a), len(b))


def _agreed(page: Page) -> list[Promise]:
    """Find "X agreed to buy …", "X will open …": a verb of what a party undertakes."""
    items, out = page.sentence.items, []
    formal = own_voice(page.document.article) or bool({item.low for item in items} & DEAL_CUES)
    for verb in page.sentence.verbs:
        by = codes_at(items, verb.subject)
        if not by or verb.negated or verb.lemma in VAGUE or set(verb.chain) & NOT_MEANT:
            continue
        how = _undertaken(page, verb, by, formal=formal)
        end = clause_end(items, verb.index + 1)
        lows = [item.low for item in items[verb.index : end]]
        if how is None or set(lows[: 14 if how.rule != "promise verb" else 6]) & MEASURE_WORDS:
            continue
        passage = Passage(page.document, page.sentence, verb.index, end)
        out.append(promise(passage, verb, by, pair=page.pair, how=how))
    return out


def _undertaken(page: Page, verb: Verb, by: tuple[str, ...], *, formal: bool) -> How | None:
    """Return how a verb says that its subject undertakes something, or None."""
    said, party = said_by(page.sentence, verb)
    extra = 0.1 * (len(by) > 1)
    if any(lemma in PROMISE or lemma in PROMISE_NOUNS for lemma in verb.chain):
        return How("pledged", 0.7 + extra, "promise verb")
    if verb.lemma not in HARD or verb.passive:
        return None
    if set(verb.modals) & FUTURE:
        return How("pledged", 0.4 + 0.15 * formal + 0.1 * bool(said) + extra, "future tense")
    if "would" in verb.modals and (formal or party in by):
        sure = party in by or bool({i.low for i in page.sentence.items} & {"return", "exchange"})
        return How("pledged", 0.5 + 0.05 * sure + extra, "what it would do")
    return None


def _truces(page: Page) -> list[Promise]:
    document, sentence, pair = page.document, page.sentence, page.pair
    items, verbs = sentence.items, sentence.verbs
    for at, item in enumerate(items):
        if item.low not in ("truce", "ceasefire") or not (
            at and {"trade", "tariff", "day", "month"} & {i.low for i in items[max(0, at - 4) : at]}
        ):
            continue
        near = [
            v
            for v in verbs
            if abs(v.index - at) <= 6 and v.lemma in lemmas("deal", "promise", "raise")
        ]
        if not near:
            continue
        by = codes_at(items, near[0].subject) or codes_at(items, agent_after(items, at, len(items)))
        if len(by) < 2:
            by = tuple(pair) if len(pair) == 2 else by
        if not by:
            continue
        return [
            promise(
                Passage(document, sentence, near[0].index, clause_end(items, near[0].index + 1)),
                near[0],
                by,
                pair=pair,
                how=How("pledged", 0.55, "truce"),
            )
        ]
    return []


__all__ = ["promise_candidates", "promises"]
