"""Whom a reproach blames: the parties in what is said, else the other of the page's two."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.drafts._phrases import clause_end, topic
from parley.drafts._reproaches import reproach
from parley.drafts._words import lemmas

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from parley.drafts._candidates import Candidate
    from parley.drafts._document import Document, Sentence

_UNREAL = frozenset("would could may might should will must".split())
_THEIR_DOING = re.compile(
    r"\b(?:the|these|those|this|such|new|proposed|threatened)\s+(?:[\w-]+\s+){0,3}?(?:tariffs?|dut(?:y|ies)|"
    r"lev(?:y|ies)|measures?|curbs?|bans?|restrictions?|quotas?|sanctions?|decision|move|action|"
    r"step|taxes|tax|surcharge|penalt\w+|probe|investigation|case|allegations?|accusations?|"
    r"claims?|threats?|argument|findings?|practices?|embargo|controls?|regulation|rules)\b",
    re.IGNORECASE,
)
_TO_US = re.compile(r"\b(?:to|at) our head\b", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|us|our)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Blame:
    """The parties that a reproach blames, the rule that found them, and how sure that is."""

    against: tuple[str, ...]
    rule: str
    strength: float


def rivals(document: Document, measures: Sequence[Candidate]) -> dict[str, tuple[str, ...]]:
    """Return for each party whom it means by "they" and "the tariffs", where the page is clear.

    That is who imposes on it most, by the measures of the page, or the other of the page's pair.
    """
    count: dict[str, Counter[str]] = {}
    for one in measures:
        if one.strength >= _SURE and len(one.imposer) == 1:
            for target in one.targets:
                count.setdefault(target, Counter())[one.imposer[0]] += 1
    acting = Counter(code for one in measures if one.strength >= _SURE for code in one.imposer)
    found: dict[str, tuple[str, ...]] = {
        target: (ranked.most_common(1)[0][0],) for target, ranked in count.items()
    }
    first_two = acting.most_common(2)
    if first_two and first_two[0][1] >= 2 * sum(n for _, n in first_two[1:]):
        found[ANYBODY] = (first_two[0][0],)
    if len(document.pair) == 2:
        first, second = document.pair
        found.update({first: (second,), second: (first,)})
    return found


def blame(
    document: Document,
    sentence: Sentence,
    span: tuple[int, int],
    own: Collection[str],
    *,
    rivals: Mapping[str, tuple[str, ...]],
) -> Blame | None:
    """Return whom the items from `span[0]` until before `span[1]` blame, or None.

    Parameters
    ----------
    own
        Parties to whose side the speaker belongs: nobody blames himself.
    rivals
        For a party, whom it means where it names no one.
    """
    items, (start, end) = sentence.items, span
    if start >= end:
        return None
    words = document.text[items[start].start : items[end - 1].end]
    if not reproach(words):
        return None
    strong = reproach(words, strong=True)
    inside = [verb for verb in sentence.verbs if start <= verb.index < end]
    first = next((verb for verb in inside if verb.subject), None)
    if first is not None and first.lemma in _TALKING and not first.negated:
        return None
    # who was bullied is not who bullied
    hurt = [v for v in inside if v.passive and v.lemma in _DONE_TO]
    spared = {*own, *(c for v in hurt for c in _others(sentence, topic(items, v.start), own))}
    codes = _doers(document, sentence, span, spared)
    if codes:
        return Blame(codes, "another party is said to do wrong", 0.62 if strong else 0.55)
    others = _others(sentence, range(start, end), spared)
    if len(others) == 1 and not _TO_US.search(words):
        return Blame(others, "reproach in what is said", 0.55 if strong else 0.45)
    return _meant(words, own, rivals) if strong else None


def _doers(
    document: Document, sentence: Sentence, span: tuple[int, int], own: Collection[str]
) -> tuple[str, ...]:
    """Return the parties in the subject of a verb whose clause reproaches."""
    items, (start, end) = sentence.items, span
    for verb in sentence.verbs:
        if not start <= verb.index < end or set(verb.modals) & _UNREAL or verb.lemma in _TALKING:
            continue
        codes = _others(sentence, [h for h in topic(items, verb.start) if start <= h < end], own)
        until = min(end, max(verb.index + 1, clause_end(items, verb.index + 1, soft=True)))
        if codes and reproach(document.text[items[verb.start].start : items[until - 1].end]):
            return codes
    return ()


def _meant(words: str, own: Collection[str], rivals: Mapping[str, tuple[str, ...]]) -> Blame | None:
    """Return whom "the tariffs" or "they" of a reproach means, where the page leaves no doubt."""
    meant = {code for party in own for code in rivals.get(party, ())} - set(own)
    meant = meant or (set(rivals.get(ANYBODY, ())) - set(own) if own else set())
    if len(meant) == 1 and (_THEIR_DOING.search(words) or _WE.search(words)):
        return Blame(tuple(meant), "reproach to the other party of the page", 0.5)
    return None


ANYBODY = "*"  # key of the one party that imposes on everybody, where a page has one
_SURE = 0.5  # strength of a measure that says who imposes it
_TALKING = lemmas("promise", "meet", "deal") | {"discuss", "start", "begin"}
_DONE_TO = frozenset(
    "bully cheat rob rip treat abuse blackmail coerce steal exploit hold use".split()
)


def _others(sentence: Sentence, indices: Sequence[int], own: Collection[str]) -> tuple[str, ...]:
    found = [
        code
        for at in indices
        if sentence.items[at].kind != "place"
        for code in sentence.items[at].codes
        if code not in own and code != "WTO"
    ]
    return tuple(dict.fromkeys(found))
