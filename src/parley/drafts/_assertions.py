"""Who asserts what in a sentence: "X said that …", "…, Y argued", "according to Z, …"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.drafts._items import (
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    Item,
    words_of,
)
from parley.drafts._phrases import agent_after, codes_at, topic
from parley.drafts._verbs import BE, HAVE
from parley.drafts._words import lemmas, nouns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._clauses import Verb
    from parley.drafts._document import Sentence

_SAY = lemmas("say", "judge", "accuse")
_NOBODY = frozenset(
    "it they he she we i you this that which who there these those what he one some many others "
    "both all".split()
)


@dataclass(frozen=True, slots=True)
class Assertion:
    """What somebody says: the items from `start` until before `end`.

    `by` is the speaker's name, `party` the code for which an official speaks, or "", and `own`
    the parties to whose side the speaker belongs.
    """

    by: str
    party: str
    own: tuple[str, ...]
    start: int
    end: int
    lemma: str
    verb: int  # index of the verb of saying, or of "according"


def assertions(sentence: Sentence) -> list[Assertion]:
    """Return what the sentence reports as said, in the order of the verbs of saying."""
    items = sentence.items
    out: list[Assertion] = []
    for verb in sentence.verbs:
        if verb.lemma in _SAY and not verb.passive and not verb.negated:
            found = _of_verb(items, verb, sentence.verbs)
            out += [found] if found is not None else []
    for at in range(len(items) - 2):
        if items[at].low == "according" and items[at + 1].low == "to":
            out += _according(items, at)
    return out + _of_nouns(items)


_CHARGES = frozenset(
    "complaint accusation charge allegation claim view contention grievance belief eyes "
    "argument".split()
)


def _of_nouns(items: Sequence[Item]) -> list[Assertion]:
    """Return what is said with a noun: "Delhi's complaint that …", "in Brussels's view, …"."""
    for at, item in enumerate(items):
        if item.low not in _CHARGES or item.kind != "word" or at + 2 >= len(items):
            continue
        after = items[at + 1 : at + 7]
        that = next((at + 1 + k for k, one in enumerate(after) if one.low == "that"), None)
        seen = item.low in ("view", "eyes") and items[at + 1].low == ","
        start = at + 2 if seen else that + 1 if that is not None else None
        owner = _holder(items, at)
        if start is not None and owner is not None:
            return [Assertion(*named(items[owner]), start, len(items), "allege", at)]
    return []


def _holder(items: Sequence[Item], at: int) -> int | None:
    """Return whose complaint it is: the possessor before the noun, or the agent after "by"."""
    for back in range(at - 1, max(-1, at - 5), -1):
        item = items[back]
        if item.codes and item.kind != "place":
            owns = items[back + 1].low == "'s" or item.kind == "demonym"
            return back if owns or item.low in ("its", "their", "his", "her") else None
    for ahead in agent_after(items, at + 1, min(len(items), at + 7)):
        return ahead
    return None


def _of_verb(items: Sequence[Item], verb: Verb, verbs: Sequence[Verb]) -> Assertion | None:
    last = len(items)
    if verb.index + 1 < last and verb.start and items[verb.start - 1].low in _CLOSERS:
        who = _forward(items, verb.index + 1)
        if who is not None:
            return Assertion(*who, 0, verb.start, verb.lemma, verb.index)
    who = speaker_of(items, verb, verbs)
    if who is None:
        return None
    begin = min([verb.start, *verb.subject])
    if items[0].low in SUBORDINATORS:  # "After Brussels warned that …, ministers demanded …"
        last = next((h for h in range(verb.index, last) if items[h].low == ","), last)
    if begin > 1 and _trails(items, verb.index):
        return Assertion(*who, 0, begin, verb.lemma, verb.index)
    return Assertion(*who, verb.index + 1, last, verb.lemma, verb.index)


_CLOSERS = frozenset((",", '"', "”", "'", "’"))


def _trails(items: Sequence[Item], at: int) -> bool:
    """Whether a verb of saying ends its sentence, so that what is said stands before it."""
    after = items[at + 1] if at + 1 < len(items) else None
    return after is None or after.low in (
        ".",
        "on",
        "in",
        "at",
        "during",
        "late",
        "earlier",
        "after",
    )


def _subject(items: Sequence[Item], verb: Verb) -> tuple[str, str, tuple[str, ...]] | None:
    if verb.subject:
        head = items[verb.subject[0]]
        codes = {code for at in verb.subject for code in items[at].codes}
        if len(codes) > 1 and (head.official or head.kind == "party"):
            return ",".join(sorted(codes)), "", tuple(sorted(codes))
        return named(head)
    return _phrase_name(items, topic(items, verb.start))


def speaker_of(
    items: Sequence[Item], verb: Verb, verbs: Sequence[Verb]
) -> tuple[str, str, tuple[str, ...]] | None:
    """Return who says what a verb says: its name, the party of an official, and its side."""
    return _subject(items, verb) or _carried_on(items, verb, verbs)


def _carried_on(
    items: Sequence[Item], verb: Verb, verbs: Sequence[Verb]
) -> tuple[str, str, tuple[str, ...]] | None:
    """Return who goes on to say: "X said …, and accused …", "X was unmoved, arguing that …"."""
    before = items[verb.start - 1].low if verb.start else ""
    if verb.shape != "gerund" and before not in ("and", "but"):
        return None
    earlier = next(
        (v for v in reversed(verbs) if v.index < verb.index and v.shape != "gerund"), None
    )
    if earlier is not None:
        return _subject(items, earlier)
    be = next((h for h in range(1, verb.start) if items[h].low in BE | HAVE), None)
    if be is None:
        return None
    if items[be - 1].actor or items[be - 1].kind == "person":
        return named(items[be - 1])
    return _phrase_name(items, topic(items, be))


def _phrase_name(
    items: Sequence[Item], span: Sequence[int]
) -> tuple[str, str, tuple[str, ...]] | None:
    words = [items[at] for at in span]
    while words and (words[0].low in DETERMINERS or not words[0].word[:1].isalnum()):
        words = words[1:]
    if not words or words[0].low in _NOBODY or words[0].low in PREPOSITIONS | RELATIVES:
        return None
    if words[-1].kind != "word" or not any(item.word[:1].isalpha() for item in words):
        return None
    if len(words) == 1 and words[0].low in nouns("title"):
        return None  # "the president": who that is the page has said before, if at all
    if any(item.kind == "number" or item.low in ("and", "’s") for item in words):
        return None
    return words_of(words[:9]), "", codes_at(items, span)


def named(item: Item) -> tuple[str, str, tuple[str, ...]]:
    """Return who speaks: the party's code where an official speaks, else the name."""
    if item.codes and (item.official or item.kind == "party"):
        return item.codes[0], item.codes[0], item.codes
    return item.name or item.word, "", item.codes


def _forward(items: Sequence[Item], start: int) -> tuple[str, str, tuple[str, ...]] | None:
    """Return the speaker who stands after the verb: "…, said the minister"."""
    for at in range(start, min(len(items), start + 9)):
        item = items[at]
        if item.actor or item.kind == "person":
            return named(item)
        if item.kind == "mark" or item.low in PREPOSITIONS - {"of", "for"}:
            return None
    return None


def _according(items: Sequence[Item], at: int) -> list[Assertion]:
    who = _forward(items, at + 2)
    if who is None:
        return []
    stop = next((h for h in range(at + 2, len(items)) if items[h].low in (",", ".")), len(items))
    if at > 3:
        return [Assertion(*who, 0, at, "say", at)]
    return [Assertion(*who, min(stop + 1, len(items)), len(items), "say", at)]
