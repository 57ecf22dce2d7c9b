"""Talks: meetings, calls, rounds, visits and concluded deals between parties."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parley.drafts._phrases import clause_end, phrase_start
from parley.drafts._talk_context import context_of
from parley.drafts._talk_details import completed, own_span
from parley.drafts._talk_parties import who
from parley.drafts._talk_states import MADE, deal_verb, state, unsure
from parley.drafts._talk_verbs import from_verbs
from parley.drafts._talk_words import Talk, TalkKind, noun_kind
from parley.records import TalksFormat, When

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._document import Document, Sentence
    from parley.drafts._talk_context import Context


def talk_candidates(document: Document) -> list[Talk]:
    """Return the talks that the sentences name, before they are merged over the page."""
    out: list[Talk] = []
    for index, sentence in enumerate(document.sentences):
        context = context_of(document, index)
        found = [*_from_nouns(sentence, context), *from_verbs(sentence, context)]
        nouns_seen = sum(
            noun_kind(sentence.items, at)[0] in ("session", "process")
            and not sentence.items[at].low.startswith("round")
            for at in range(len(sentence.items))
        )
        for talk in _deals_first(found):
            crowded = nouns_seen + ("verb" in talk.rule) > 1
            own = own_span(sentence, talk.span) if crowded else (sentence.start, sentence.end)
            out.extend(completed(document, replace(talk, span=own)))
    return out


def _deals_first(found: Sequence[Talk]) -> list[Talk]:
    """Leave out the talks that only led to the deal that the same sentence reports."""
    deals = [talk for talk in found if talk.kind == "deal" and talk.state == "concluded"]
    return [
        talk
        for talk in found
        if talk.kind == "deal"
        or not any(set(talk.parties) <= set(deal.parties) for deal in deals)
        or talk.format == "call"
    ]


def _from_nouns(sentence: Sentence, context: Context) -> list[Talk]:
    out: list[Talk] = []
    for at, item in enumerate(sentence.items):
        if item.kind == "word":
            kind, style = noun_kind(sentence.items, at)
            talk = None if kind is None else _from_noun(sentence, at, (kind, style), context)
            out += [talk] if talk is not None else []
    return out


def _from_noun(
    sentence: Sentence,
    at: int,
    what: tuple[TalkKind, TalksFormat],
    context: Context,
) -> Talk | None:
    """Return the talks that the noun at `at` names, if its parties are known."""
    items, verbs = sentence.items, sentence.verbs
    kind, style = what
    start = phrase_start(items, at)
    end = clause_end(items, at + 1)
    verb = deal_verb(items, start, at, verbs)
    made = verb is not None and verb.lemma in MADE
    if kind == "deal" and (verb is None or verb.negated or unsure(items, start, at, verb)):
        return None
    parties, rule, strength = who(
        items, (start, at, end), verbs, context, known=kind == "deal" and not made
    )
    if len(parties) > 2:
        parties = tuple(code for code in parties if code != "WTO")
    denied = any(item.low in ("no", "without") for item in items[max(0, start - 1) : at])
    if len(parties) < 2 or "WTO" in parties or denied:
        return None
    if kind == "deal":
        strength += 0.1 if made else -0.1
    return Talk(
        parties=parties,
        kind=kind,
        place="",
        when=When(),
        format=style,
        state=state(items, kind, at, verb, verbs),
        people=(),
        sentence=sentence,
        span=(items[start].start, items[max(at, min(end, len(items)) - 1)].end),
        rule=f"{kind} noun, {rule}",
        strength=strength,
    )
