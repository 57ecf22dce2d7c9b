"""Accusations: a claim that a party is unfair, acts in bad faith, or breaks its word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._assertions import Assertion, assertions, speaker_of
from parley.drafts._blame import blame, rivals
from parley.drafts._claims import Claim, claimed, speakers
from parley.drafts._complaints import complaints
from parley.drafts._document import own_voice
from parley.drafts._passages import Passage
from parley.drafts._phrases import agent_after, clause_end, codes_at, coordinated
from parley.drafts._reproaches import UNFAIR, reproach
from parley.drafts._words import lemmas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parley.drafts._candidates import Candidate
    from parley.drafts._clauses import Verb
    from parley.drafts._document import Document, Sentence
    from parley.drafts._items import Item
    from parley.drafts._statements import Said

_ACCUSE = lemmas("accuse")


_SOFT = frozenset(
    "attack charge challenge oppose object protest complain suspect allege rail rap lash".split()
)


def accusation_candidates(
    document: Document, said: Sequence[Said], measures: Sequence[Candidate]
) -> list[Claim]:
    """Return the accusations that the sentences hold, before they are merged over the page."""
    against = rivals(document, measures)
    out: list[Claim] = []
    for sentence in document.sentences:
        out.extend(_accusing(document, sentence))
        out.extend(_asserted(document, sentence, against))
        out.extend(complaints(document, sentence, against))
        out.extend(_punishing(document, sentence))
    out.extend(_quoted(document, said, against))
    return out


def _accusing(document: Document, sentence: Sentence) -> list[Claim]:
    items, verbs = sentence.items, sentence.verbs
    out = []
    for verb in verbs:
        if verb.lemma not in _ACCUSE or verb.negated:
            continue
        end = clause_end(items, verb.index + 1, soft=True)
        if _to_an_act(items, verb):
            end = max(end, clause_end(items, min(verb.index + 3, len(items)), soft=True))
        by, against = _sides(items, verb, end, verbs)
        if by is None:
            continue
        rest = document.text[items[verb.index].start : items[min(end, len(items)) - 1].end]
        strong = verb.lemma in ("accuse", "blame")
        direct = verb.lemma in _AGAINST and _to_an_act(items, verb)
        if verb.lemma in _SOFT and not direct and not UNFAIR.search(rest):
            continue
        claim = claimed(
            Passage(document, sentence, verb.index, end),
            by,
            against,
            f"verb {verb.lemma}",
            0.8 if strong else 0.6,
        )
        if claim is not None:
            out.append(claim)
    return out


_AGAINST = frozenset("object protest complain lash rail".split())


def _to_an_act(items: Sequence[Item], verb: Verb) -> bool:
    """Whether someone objects to what another does: "objected when …", "protested against …"."""
    after = items[verb.index + 1].low if verb.index + 1 < len(items) else ""
    beyond = items[verb.index + 2].low if verb.index + 2 < len(items) else ""
    return after in _AT_AN_ACT or (after == "out" and beyond in ("at", "against"))


_AT_AN_ACT = frozenset("when to against after over that as about of at".split())


def _sides(
    items: Sequence[Item], verb: Verb, end: int, verbs: Sequence[Verb]
) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
    if verb.passive:
        against = codes_at(items, verb.subject)
        agents = agent_after(items, verb.index + 1, end)
        return (speakers(items, agents) if agents else None), against
    who = speakers(items, verb.subject) if verb.subject else speaker_of(items, verb, verbs)
    if who is None:
        return None, ()
    by = who[:2]
    for here in range(verb.index + 1, min(end, verb.index + 12)):
        if items[here].codes and items[here].kind != "place" and items[here].codes[0] != by[1]:
            return by, codes_at(items, coordinated(items, here))
    return None, ()


def _asserted(
    document: Document, sentence: Sentence, against: Mapping[str, tuple[str, ...]]
) -> list[Claim]:
    """Find "X said that Y has …", "X called Y's duties …": a reproach in what is said."""
    heard = assertions(sentence) or _own_words(document, sentence)
    for one in heard:
        accused = one.lemma in _ACCUSE and one.lemma not in _SOFT
        if one.lemma in _PROMISING or accused or _UNNAMED & set(one.by.lower().split()):
            continue
        end = one.end
        if one.start > one.verb:  # what is said ends where the next speaker's words begin
            end = min(one.end, clause_end(sentence.items, min(one.start + 3, one.end), soft=True))
        span = (one.start, end)
        found = blame(document, sentence, span, one.own, rivals=against)
        if found is None or (not one.party and found.strength < _SURE):
            continue
        passage = Passage(document, sentence, *span)
        claim = claimed(passage, (one.by, one.party), found.against, found.rule, found.strength)
        if claim is not None:
            return [claim]
    return []


_SURE = 0.5  # strength that a reproach by somebody who is no party must have
_PROMISING = frozenset(
    "threaten vow pledge promise announce report read reveal continue ask demand predict "
    "estimate forecast show".split()
)
_UNNAMED = frozenset("people sources source insiders report study outlook review".split())


def _own_words(document: Document, sentence: Sentence) -> list[Assertion]:
    """Return a sentence of a government's own text as what that government says."""
    if not document.home or not own_voice(document.article) or not sentence.items:
        return []
    code = document.home[0]
    return [Assertion(code, code, (code,), 0, len(sentence.items), "state", -1)]


_ANSWERS = frozenset(("punishment", "retaliation", "response", "reprisal"))


def _punishing(document: Document, sentence: Sentence) -> list[Claim]:
    """Find "X imposed … as punishment for Y's illegal …": who punishes charges."""
    items, verbs = sentence.items, sentence.verbs
    for at, item in enumerate(items[:-2]):
        if item.low not in _ANSWERS or items[at + 1].low not in ("for", "to", "over"):
            continue
        acting = next((v for v in reversed(verbs) if v.index < at and v.subject), None)
        passage = Passage(document, sentence, at, clause_end(items, at + 2, soft=True))
        first, last = passage.offsets
        if acting is None or not reproach(document.text[first:last]):
            continue
        by = speakers(items, acting.subject)
        others = codes_at(items, [h for h in range(at + 2, passage.end) if items[h].codes])
        claim = claimed(passage, by, others, "punishment for a wrong", 0.5)
        if claim is not None:
            return [claim]
    return []


def _quoted(
    document: Document, said: Sequence[Said], against: Mapping[str, tuple[str, ...]]
) -> list[Claim]:
    """Find reproaches in quotations."""
    out: list[Claim] = []
    for one in said:
        who = one.attribution
        party = who.codes[0] if who.codes else ""
        by = (party, party) if who.official and party else (who.speaker, "")
        for sentence in document.between(one.quote.start, one.quote.end):
            inside = [
                h
                for h, i in enumerate(sentence.items)
                if one.quote.start <= i.start < one.quote.end
            ]
            if not inside:
                continue
            span = (inside[0], inside[-1] + 1)
            found = blame(document, sentence, span, who.codes, rivals=against)
            if found is None or (not by[1] and found.strength < _SURE):
                continue
            rule = f"{found.rule}, in a quotation"
            passage = Passage(document, sentence, *span)
            claim = claimed(passage, by, found.against, rule, found.strength - 0.05)
            out += [claim] if claim is not None else []
    return out
