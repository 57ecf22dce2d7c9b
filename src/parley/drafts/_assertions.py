"""Who asserts what in a sentence: "X said that …", "…, Y argued", "according to Z, …"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.drafts._items import DETERMINERS, PREPOSITIONS, RELATIVES, Item, words_of
from parley.drafts._phrases import codes_at, topic
from parley.drafts._words import lemmas

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
    return out


def _of_verb(items: Sequence[Item], verb: Verb, verbs: Sequence[Verb]) -> Assertion | None:
    last = len(items)
    if verb.index + 1 < last and verb.start and items[verb.start - 1].low in _CLOSERS:
        who = _forward(items, verb.index + 1)
        if who is not None:
            return Assertion(*who, 0, verb.start, verb.lemma, verb.index)
    who = _subject(items, verb)
    if who is None:
        return None
    begin = min([verb.start, *verb.subject])
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
    return by_noun(items, verb)


def by_noun(items: Sequence[Item], verb: Verb) -> tuple[str, str, tuple[str, ...]] | None:
    """Return who speaks where no party does: "American mills", "the growers' lobby"."""
    span = topic(items, verb.start)
    words = [items[at] for at in span]
    while words and (words[0].low in DETERMINERS or not words[0].word[:1].isalnum()):
        words = words[1:]
    if not words or words[0].low in _NOBODY or words[0].low in PREPOSITIONS | RELATIVES:
        return None
    if words[-1].kind != "word" or not any(item.word[:1].isalpha() for item in words):
        return None
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
