"""Verbs of a sentence with their subject, voice and certainty, by patterns over items.

A role is filled only along the grammar (subject before the verb, agent after "by", possessor
before the noun), never because a name stands near.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.drafts._items import (
    AUXILIARIES,
    DAYS,
    DETERMINERS,
    MONTHS,
    PREPOSITIONS,
    RELATIVES,
    Item,
)
from parley.drafts._verbs import ADVERB, BE, LOOSE, MODAL_FUTURE, MODAL_MAYBE, SAME_PAST, is_verb
from parley.drafts._words import lemmas, nouns, verb_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHAIN = lemmas("chain", "threaten", "promise")


_THREAT_NOUNS = frozenset(
    "threat threats plan plans proposal proposals intention bid decision promise pledge vow move "
    "moves order offer commitment commitments agreement deal threatening right authority effort "
    "efforts willingness readiness refusal failure pressure calls call".split()
)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of the sentence with its subject.

    `chain` are the lemmas that govern it ("threatened to impose": threaten); `modals` the modal
    verbs before it or before the verbs of its chain.
    """

    index: int
    lemma: str
    shape: str
    subject: tuple[int, ...]  # items that act (of a passive: that suffer), in order
    passive: bool
    chain: tuple[str, ...]
    modals: tuple[str, ...]
    negated: bool
    start: int  # index of the first item of the verb group
    parsed: bool = False  # the subject comes from the parser alone

    @property
    def finite_past(self) -> bool:
        """Whether it reports something that happened."""
        return self.shape in ("past", "participle") and not self.modals


def verbs_of(items: Sequence[Item]) -> list[Verb]:
    """Return the verbs of a sentence, from left to right."""
    found: list[Verb] = []
    for at, _item in enumerate(items):
        if is_verb(items, at):
            found.append(_verb(items, at, found))
    return found


def _verb(items: Sequence[Item], at: int, found: Sequence[Verb]) -> Verb:
    lemma, shape = verb_forms()[items[at].low]
    start, modals, negated, has_be, infinitive = at, [], False, False, False
    while start:
        low = items[start - 1].low
        if low == "than" and start > 1 and items[start - 2].low in ("more", "less"):
            start -= 2  # "would more than double"
            continue
        time = _time_before(items, start)
        if time < start:
            start = time
            continue
        if (low in AUXILIARIES and low != "'s") or low in LOOSE or ADVERB.match(low):
            modals += [low] if low in MODAL_FUTURE | MODAL_MAYBE else []
            negated = negated or low in ("not", "n't", "never")
            has_be = has_be or low in BE
            infinitive = infinitive or low == "to"
        elif low == "'s" and shape in ("past", "participle", "gerund") and start > 1:
            has_be = True
        else:
            break
        start -= 1
        if infinitive and start and items[start - 1].low in BE:
            infinitive = False  # "are to meet": a plan
            modals.append("will")
        if infinitive:
            break
    if items[at].low in SAME_PAST and not infinitive and (has_be or not modals):
        shape = "past"
    passive = (shape in ("past", "participle") and has_be) or _reduced(items, at, start, shape)
    governor = _governor(items, start, infinitive, shape, found)
    if governor is not None:
        return Verb(
            at,
            lemma,
            shape,
            governor.subject,
            passive,
            (*governor.chain, governor.lemma),
            (*governor.modals, *modals),
            negated or governor.negated,
            governor.start,
        )
    subject, chain = _subject(items, start, found, infinitive=infinitive, gerund=shape == "gerund")
    return Verb(at, lemma, shape, subject, passive, chain, tuple(modals), negated, start)


_TIME_HEADS = (
    DAYS
    | MONTHS
    | frozenset(
        "week month year quarter weekend night morning evening afternoon spring summer autumn "
        "fall winter decade".split()
    )
)


_TIME_BEFORE = frozenset(
    "last this next late early earlier later on in that past previous same following mid since by "
    "from the".split()
)


def _time_before(items: Sequence[Item], at: int) -> int:
    """Return where an adverbial of time that ends before `at` begins, or `at`."""
    end = at
    if end and items[end - 1].kind == "number":
        if (end > 1 and items[end - 2].low in MONTHS) or (
            len(items[end - 1].low) == 4 and end > 1 and items[end - 2].low in ("in", "of")
        ):
            end -= 1
        else:
            return at
    if not end or (items[end - 1].low not in _TIME_HEADS and end == at):
        return at
    begin = end - 1 if items[end - 1].low in _TIME_HEADS else end
    if items[begin].low in ("may", "march", "spring", "fall") and not (
        items[begin].word[:1].isupper() and begin
    ):
        return at
    while begin and items[begin - 1].low in _TIME_BEFORE:
        begin -= 1
    return begin if begin else at


def _reduced(items: Sequence[Item], at: int, start: int, shape: str) -> bool:
    """Whether a participle stands after its noun without a helper: "tariffs imposed by"."""
    if shape not in ("past", "participle") or start != at or at + 1 >= len(items) or not at:
        return False
    before, after = items[at - 1], items[at + 1]
    if after.low == "by" and not before.actor:
        return at + 2 >= len(items) or items[at + 2].low not in ("phone", "telephone", "video")
    return (
        before.kind == "word"
        and before.low in nouns("tariff", "quota", "sanction", "fee")
        and (after.low in ("on", "in", "against", "by", "last", "to", "under", "at"))
    )


def _governor(
    items: Sequence[Item], start: int, infinitive: bool, shape: str, found: Sequence[Verb]
) -> Verb | None:
    """Return the verb that this one hangs on: "threatened to impose", "began imposing"."""
    if not found:
        return None
    last = found[-1]
    if infinitive or shape == "gerund":
        between = items[last.index + 1 : start]
        gap = [i for i in between if not (i.low in LOOSE or ADVERB.match(i.low))]
        if shape == "gerund" and [i.low for i in gap[-1:]] == ["to"] and last.lemma == "commit":
            gap = [i for i in gap[:-1] if i.low not in ("itself", "themselves")]
        if not gap and (last.lemma in _CHAIN or last.passive):
            return last
        if infinitive and last.lemma in _ORDERS and start - last.index <= 8 and last.subject:
            return last
    return None


_ORDERS = frozenset(("direct", "order", "instruct", "authorise", "authorize"))


def _subject(
    items: Sequence[Item], start: int, found: Sequence[Verb], *, infinitive: bool, gerund: bool
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the items that are the subject of a verb group that begins at `start`."""
    at = start - 1
    if at < 0:
        return (), ()
    low = items[at].low
    if infinitive or (gerund and low in PREPOSITIONS):
        return _subject_of_noun(items, at, found, infinitive=infinitive)
    if low == "," and at >= 2:
        opening = _matching_comma(items, at)
        if opening is not None:
            return _noun_phrase(items, opening - 1), ()
        if not (gerund and found):
            return _noun_phrase(items, at - 1) if _ends_apposition(items, at) else (), ()
    if low in ("and", "or", "but", ",") and found:
        last = next((v for v in reversed(found) if v.subject and v.shape != "gerund"), found[-1])
        return last.subject, last.chain
    if low in RELATIVES:
        back = at - 1
        while back >= 0 and items[back].low in (",", "of"):
            back -= 1
        return _noun_phrase(items, back, anywhere=True), ()
    if gerund and items[at].kind == "mark" and found:
        return found[-1].subject, ()
    return _noun_phrase(items, at), ()


def _subject_of_noun(
    items: Sequence[Item], at: int, found: Sequence[Verb], *, infinitive: bool
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the subject of "to impose" after "threat" or "willing", of "imposing" after "by"."""
    if infinitive and items[at].low in _INCLINED:
        begin = next((h for h in range(at, max(0, at - 4), -1) if items[h].low in BE), 0)
        while begin and items[begin - 1].low in AUXILIARIES:
            begin -= 1
        return (_noun_phrase(items, begin - 1), (items[at].low,)) if begin else ((), ())
    noun = _threat_noun(items, at if infinitive else at - 1)
    if noun is not None:
        return _owner_of(items, noun, found), (items[noun].low,)
    if not infinitive and found and items[at].low in _OF_SUBJECT:
        return next((verb.subject for verb in reversed(found) if verb.subject), ()), ()
    return (), ()


_INCLINED = frozenset("willing ready prepared open".split())  # "is willing to cut"
_OF_SUBJECT = frozenset("by without after before in for from while with since despite".split())


def _ends_apposition(items: Sequence[Item], at: int) -> bool:
    return items[at - 1].actor


def _matching_comma(items: Sequence[Item], at: int) -> int | None:
    """Return the comma that opens the apposition closed at `at`, right after a name or noun."""
    for back in range(at - 1, max(-1, at - 22), -1):
        if items[back].low == "," and back:
            inner = items[back + 1]
            if items[back - 1].actor or items[back - 1].low in ("bloc", "government"):
                return back
            if inner.low in DETERMINERS or inner.low in RELATIVES:
                return back
        if items[back].low in (";", ":"):
            return None
    return None


def _noun_phrase(items: Sequence[Item], end: int, *, anywhere: bool = False) -> tuple[int, ...]:
    """Return the actors that head the noun phrase which ends at `end`.

    In "tariffs on Canada" the head is no actor: the answer is empty, unless the phrase may stand
    `anywhere` (before a relative clause).
    """
    if end < 0:
        return ()
    item = items[end]
    if item.low == ")":
        back = end - 1
        while back > 0 and items[back].low != "(":
            back -= 1
        return _noun_phrase(items, back - 1)
    if not item.actor:
        return (end,) if item.kind == "person" else ()
    if _in_prepositional(items, end) and not item.refers and not anywhere:
        led = _led(items, end)
        return () if led is None else (led,)
    return _with_joined(items, end)


_LED = frozenset("led headed chaired represented accompanied".split())


def _led(items: Sequence[Item], end: int) -> int | None:
    """Return the delegation of "a Japanese delegation led by Economy Minister X"."""
    for at in range(end - 1, max(0, end - 4), -1):
        if items[at].low == "by" and items[at - 1].low in _LED:
            before = at - 2
            return before if before >= 0 and items[before].actor else None
    return None


_BEFORE_CLAUSES = frozenset(("after", "before", "since", "until"))


def _in_prepositional(items: Sequence[Item], at: int) -> bool:
    before = at - 2 if at > 1 and items[at - 1].low == "the" else at - 1
    return before >= 0 and items[before].low in PREPOSITIONS - _BEFORE_CLAUSES


def _with_joined(items: Sequence[Item], end: int) -> tuple[int, ...]:
    """Return the actor at `end` and those joined before it: "the EU and Japan"."""
    at = end - 1
    while at > 0 and items[at].low in ("and", ",", "the", "&", "or", "his", "her", "its", "their"):
        at -= 1
    joined = 0 <= at < end - 1 and items[at].actor and items[end - 1].low != ","
    if not joined or (at and items[at - 1].low == "between"):
        return (end,)
    return tuple(sorted({*_noun_phrase(items, at), end}))


def _threat_noun(items: Sequence[Item], at: int) -> int | None:
    if at >= 0 and items[at].low in _THREAT_NOUNS:
        return at
    return None


def _owner_of(items: Sequence[Item], noun: int, found: Sequence[Verb]) -> tuple[int, ...]:
    """Return who owns a threat or plan: its possessor, or the subject of the verb that has it."""
    back = noun - 1
    while (
        back >= 0
        and items[back].kind == "word"
        and items[back].low not in PREPOSITIONS
        and (
            (items[back].low not in DETERMINERS and items[back].low not in verb_forms())
            or items[back].low == "'s"
        )
    ):
        back -= 1
    if back >= 0 and items[back].codes and items[back].kind != "place":
        return (back,)
    if found and found[-1].index < noun and noun - found[-1].index < 6:
        return found[-1].subject
    return ()
