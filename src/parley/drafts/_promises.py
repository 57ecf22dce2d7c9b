"""Commitments: what a party agreed or pledged to do, and who says that it was kept or broken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.drafts._document import own_voice
from parley.drafts._passages import Passage
from parley.drafts._phrases import agent_after, clause_end, codes_at
from parley.drafts._words import lemmas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._clauses import Verb
    from parley.drafts._document import Document, Sentence
    from parley.drafts._items import Item
    from parley.records import Verdict

_PROMISE = lemmas("promise")
_BREACH = lemmas("breach")
_WORD = frozenset(
    "promise promises pledge pledges commitment commitments obligation obligations agreement deal "
    "accord pact terms truce word treaty undertaking undertakings consensus protocol "
    "agreements understanding ceasefire decided agreed".split()
)
_VAGUE = frozenset(
    "meet hold continue negotiate discuss talk work cooperate co-operate engage explore restart "
    "start begin launch consult communicate maintain keep hold convene reach sign seek strike "
    "speak return cooperate resume pursue try look see make take go have be get intensify set "
    "strive aim finalise finalize conclude push examine do extend become".split()
)
_MEASURE_WORDS = frozenset(
    "tariff tariffs duty duties levy levies quota quotas export exports licence licences license "
    "licenses".split()
)
_HARD = frozenset(
    "buy purchase invest import open honour honor enforce implement remove allow provide grant "
    "protect ensure ratify abide respect refrain stop end adopt recognise recognize accept approve "
    "supply spend contribute reform change amend repeal comply adhere join deliver fulfil fulfill "
    "uphold enact pass build give prevent prohibit eliminate reduce curb limit halt cease sell "
    "release crack tackle address establish implement".split()
)
_FUTURE = frozenset(("will", "'ll", "shall"))
_DEAL_CUES = frozenset(
    "agreement deal pact accord framework commitments parties statement terms agreed treaty".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A commitment as one sentence gives it."""

    by: tuple[str, ...]
    to: tuple[str, ...]
    what: str
    verdict: Verdict
    said_by: str  # party code, name, or "" for the page
    said_party: str
    sentence: Sentence
    span: tuple[int, int]
    rule: str
    strength: float


@dataclass(frozen=True, slots=True)
class _How:
    """How a promise was found, and what the page makes of it."""

    verdict: Verdict
    strength: float
    rule: str


def promises(document: Document, pair: Sequence[str]) -> list[Promise]:
    """Return the commitments that the sentences name, each once."""
    out: list[Promise] = []
    for sentence in document.sentences:
        verbs = sentence.verbs
        out.extend(_agreed(document, sentence, verbs, pair))
        out.extend(_broken(document, sentence, verbs, pair))
        out.extend(_truces(document, sentence, verbs, pair))
    return _once(out)


def _once(found: Sequence[Promise]) -> list[Promise]:
    kept: list[Promise] = []
    for one in sorted(found, key=lambda one: (one.sentence.kind != "body", -one.strength)):
        if any(set(one.by) & set(other.by) and _alike(one.what, other.what) for other in kept):
            continue
        kept.append(one)
    return sorted((one for one in kept if one.strength >= 0.5), key=lambda one: one.span[0])


def _alike(one: str, other: str) -> bool:
    a = {w for w in one.lower().split() if len(w) > 3}
    b = {w for w in other.lower().split() if len(w) > 3}
    return bool(a & b) and len(a & b) >= 0.4 * min(len(a), len(b))


def _agreed(
    document: Document, sentence: Sentence, verbs: Sequence[Verb], pair: Sequence[str]
) -> list[Promise]:
    items = sentence.items
    out: list[Promise] = []
    formal = own_voice(document.article) or bool({item.low for item in items} & _DEAL_CUES)
    for verb in verbs:
        by = codes_at(items, verb.subject)
        if not by or verb.negated or verb.lemma in _VAGUE:
            continue
        promised = any(
            lemma in _PROMISE
            or lemma
            in ("commitment", "pledge", "promise", "offer", "commitments", "pledges", "promises")
            for lemma in verb.chain
        )
        refused = any(
            lemma in ("refuse", "threaten", "fail", "want", "seek", "hope", "try", "ask", "demand")
            for lemma in verb.chain
        )
        willing = bool(set(verb.modals) & _FUTURE) and verb.lemma in _HARD
        if (
            refused
            or not (promised or willing)
            or (set(verb.modals) & {"would", "could", "may", "might", "should"} and not promised)
        ):
            continue
        end = clause_end(items, verb.index + 1)
        body = items[verb.index : end]
        if {item.low for item in body[:14]} & _MEASURE_WORDS and not promised:
            continue
        if {item.low for item in body[:6]} & _MEASURE_WORDS and verb.lemma != "consider":
            continue
        said, _ = _said_by(sentence, verb)
        strength = 0.7 if promised else 0.4 + 0.15 * formal + 0.1 * bool(said)
        strength += 0.1 * (len(by) > 1)
        out.append(
            _promise(
                Passage(document, sentence, verb.index, end),
                verb,
                by,
                pair=pair,
                how=_How("pledged", strength, "promise verb" if promised else "future tense"),
            )
        )
    return out


def _promise(
    passage: Passage, verb: Verb, by: tuple[str, ...], *, pair: Sequence[str], how: _How
) -> Promise:
    """Return the promise of a passage that begins at its verb; `how` is the way it was found."""
    items = passage.items
    inside = codes_at(items, [h for h in range(passage.start, passage.end) if items[h].codes])
    to = tuple(code for code in inside if code not in by)
    if not to and len(by) == 1 and by[0] in pair:
        to = tuple(code for code in pair if code != by[0])
    said, party = _said_by(passage.sentence, verb)
    if how.verdict == "pledged" and how.rule == "future tense" and not said and len(by) > 1:
        said = party = ",".join(by)
    first = min([verb.start, *verb.subject])
    return Promise(
        by=by,
        to=by if len(by) > 1 else to,
        what=passage.words,
        verdict=how.verdict,
        said_by=said,
        said_party=party,
        sentence=passage.sentence,
        span=replace(passage, start=first).evidence,
        rule=how.rule,
        strength=how.strength,
    )


def _said_by(sentence: Sentence, verb: Verb) -> tuple[str, str]:
    """Return who says so: the subject of a verb of saying in the sentence."""
    items = sentence.items
    for other in sentence.verbs:
        if other.lemma in lemmas("say") and other.index != verb.index and other.subject:
            head = items[other.subject[0]]
            if other.lemma not in _PROMISE or other.index > verb.index:
                return head.name, head.codes[0] if head.codes else ""
    return "", ""


def _broken(
    document: Document, sentence: Sentence, verbs: Sequence[Verb], pair: Sequence[str]
) -> list[Promise]:
    items = sentence.items
    out: list[Promise] = []
    for at, verb in enumerate(verbs):
        breach = verb.lemma in _BREACH or "fail" in verb.chain or verb.lemma in ("fail",)
        if not breach:
            continue
        end = clause_end(items, verb.index + 1)
        object_words = {item.low for item in items[verb.index + 1 : min(end, verb.index + 7)]}
        if not object_words & _WORD:
            continue
        if verb.modals or any(
            item.low in ("if", "unless") for item in items[max(0, verb.start - 6) : verb.index]
        ):
            continue
        if any(
            lemma
            in (
                "plan",
                "plans",
                "proposal",
                "proposals",
                "bid",
                "want",
                "threaten",
                "intend",
                "seek",
                "propose",
                "go",
            )
            for lemma in verb.chain
        ):
            continue
        by = _accused(items, verbs, at) or codes_at(items, verb.subject)
        if not by:
            continue
        out.append(
            _promise(
                Passage(document, sentence, verb.index, len(items)),
                verb,
                by,
                pair=pair,
                how=_How("broken", 0.6, "verb of breach"),
            )
        )
    return out


def _accused(items: Sequence[Item], verbs: Sequence[Verb], at: int) -> tuple[str, ...]:
    """Return the object of "accused X of breaking": X."""
    for verb in reversed(verbs[:at]):
        if verb.lemma in lemmas("accuse") and clause_end(items, verb.index + 1) > verbs[at].index:
            for here in range(verb.index + 1, min(verb.index + 5, len(items))):
                if items[here].codes:
                    return items[here].codes
    return ()


def _truces(
    document: Document, sentence: Sentence, verbs: Sequence[Verb], pair: Sequence[str]
) -> list[Promise]:
    items = sentence.items
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
            _promise(
                Passage(document, sentence, near[0].index, clause_end(items, near[0].index + 1)),
                near[0],
                by,
                pair=pair,
                how=_How("pledged", 0.55, "truce"),
            )
        ]
    return []


__all__ = ["Promise", "promises"]
