"""Where clauses and noun phrases of a sentence begin and end, and the parties in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._items import (
    AUXILIARIES,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    MONTHS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    Item,
)
from parley.drafts._verbs import BE, HAVE, MODAL_FUTURE, MODAL_MAYBE, is_verb
from parley.drafts._words import nouns, verb_forms

if TYPE_CHECKING:
    from collections.abc import Sequence


def clause_end(items: Sequence[Item], start: int, *, soft: bool = False) -> int:
    """Return the index at which the clause that runs from `start` ends.

    With `soft` a comma does not end it.
    """
    at = start
    while at < len(items):
        item = items[at]
        if item.kind == "mark" and item.low in (";", ":", "—", "?", "!"):
            return at
        if item.low == "." and at + 1 >= len(items):
            return at
        if (
            item.kind == "word"
            and item.low in SUBORDINATORS
            and item.low
            not in (
                "since",
                "as",
                "after",
                "before",
                "until",
                "till",
                "that",
            )
        ):
            return at
        if item.low in RELATIVES | {"that"} and at > start and items[at - 1].kind != "number":
            return at
        if item.low in CONJUNCTIONS and item.low not in ("and", "or", "yet", "so") and at > start:
            return at
        if item.low == "," and not soft and _new_clause(items, at + 1):
            return at
        if item.low == "and" and _new_clause(items, at + 1):
            return at
        at += 1
    return len(items)


def _new_clause(items: Sequence[Item], at: int) -> bool:
    """Whether a clause with its own subject and verb begins at `at`."""
    if at < len(items) and items[at].low in ("and", "but", "while", "as", "with", "after"):
        at += 1
    for ahead in range(at, min(at + 7, len(items))):
        if items[ahead].low in MODAL_FUTURE | MODAL_MAYBE | BE | HAVE and ahead > at:
            return True
        if ahead > at and is_verb(items, ahead):
            return verb_forms()[items[ahead].low][1] in ("past", "third")
        if items[ahead].kind == "mark" or items[ahead].low in PREPOSITIONS:
            return False
    return False


def topic(items: Sequence[Item], start: int) -> range:
    """Return the items of the whole subject that ends before a verb group at `start`.

    Other than the subject of a verb, which is who acts, it holds what hangs on its head:
    "Chinese makers of steel", "imports from Canada and Mexico".
    """
    begin = start
    while begin:
        item = items[begin - 1]
        if item.kind == "mark" and item.low not in (",", "(", ")", "&", "%", "$", "-"):
            break
        if item.low in SUBORDINATORS | RELATIVES or item.low in ("but", "while"):
            break
        if item.low == "," and not _inside_list(items, begin - 1, start):
            break
        if is_verb(items, begin - 1) and not _describes(items, begin - 1):
            break
        begin -= 1
    return range(begin, start)


def _describes(items: Sequence[Item], at: int) -> bool:
    """Whether a participle describes the noun before it: "goods transshipped through Vietnam"."""
    if not at or at + 1 >= len(items) or items[at + 1].low not in PREPOSITIONS:
        return False
    noun = items[at - 1].low
    past = verb_forms()[items[at].low][1] in ("past", "participle")
    return past and noun.endswith("s") and items[at - 1].kind == "word" and noun in _THINGS


_THINGS = frozenset(
    "goods products imports exports shipments items cars vehicles services companies firms "
    "parcels devices chips minerals magnets".split()
)


def _inside_list(items: Sequence[Item], at: int, end: int) -> bool:
    """Whether a comma stands in a list that "and" ends before `end`."""
    return any(item.low in ("and", "or") for item in items[at + 1 : min(end, at + 9)])


def agent_after(items: Sequence[Item], at: int, end: int) -> tuple[int, ...]:
    """Return the actors named by "by" between `at` and `end`."""
    for here in range(at, min(end, len(items) - 1)):
        if items[here].low == "by":
            ahead = here + 1
            if items[ahead].low in DETERMINERS and ahead + 1 < len(items):
                ahead += 1
            if items[ahead].codes and items[ahead].kind != "place":
                return coordinated(items, ahead)
            if items[ahead].kind == "place" and items[ahead].codes:
                return (ahead,)
    return ()


def coordinated(items: Sequence[Item], at: int) -> tuple[int, ...]:
    """Return the actor at `at` and those joined to it by commas and "and".

    Examples are "Canada, Mexico and China" and "the EU and Japan".
    """
    found = [at]
    here = at + 1
    while here < len(items):
        jump = here
        while jump < len(items) and items[jump].low in (
            ",",
            "and",
            "or",
            "the",
            "&",
            "as",
            "well",
            "both",
        ):
            jump += 1
        if jump == here or jump >= len(items) or not items[jump].codes:
            break
        if items[jump].kind == "demonym" and items[at].kind != "demonym":
            break
        after = items[jump + 1] if jump + 1 < len(items) else None
        if after is not None and after.low == "'s":
            break
        found.append(jump)
        here = jump + 1
    return tuple(found)


def codes_at(items: Sequence[Item], indices: Sequence[int]) -> tuple[str, ...]:
    """Return the party codes of items, sorted, each once."""
    return tuple(sorted({code for at in indices for code in items[at].codes}))


def phrase_start(items: Sequence[Item], at: int) -> int:
    """Return where the noun phrase begins whose head stands at `at`."""
    start = at
    while start:
        item = items[start - 1]
        named = bool(item.codes) and item.kind != "place"
        if named or item.kind == "number" or item.low in ("%", "'s", "-"):
            start -= 1
            continue
        if item.low == "to" and item.joined:
            start -= 1
            continue
        if item.low == "and" and start > 1 and _joins_modifiers(items, start - 1):
            start -= 1
            continue
        if item.low in DAYS | MONTHS or item.low in _ADVERBS:
            break
        if item.kind != "word" or item.low in _PHRASE_STOPS or is_verb(items, start - 1):
            break
        start -= 1
        if item.low in DETERMINERS:
            break
    return start


_ADVERBS = frozenset("still also already now then".split())


_TARIFF = nouns("tariff")
_PHRASE_STOPS = (
    (PREPOSITIONS - {"per"})
    | RELATIVES
    | CONJUNCTIONS
    | AUXILIARIES
    | (SUBORDINATORS | {"there", "just"})
)


def _joins_modifiers(items: Sequence[Item], at: int) -> bool:
    """Whether "and" joins two modifiers: "steel and aluminium tariffs"."""
    before = items[at - 1]
    if at + 1 < len(items) and (items[at + 1].low in _TARIFF or items[at + 1].kind == "number"):
        return False
    return (
        before.kind == "word"
        and before.low not in _TARIFF
        and not is_verb(items, at - 1)
        and (before.low not in DETERMINERS)
    )
