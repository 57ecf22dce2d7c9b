"""Which words of a sentence are used as verbs, by their form and their neighbours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parley.drafts._items import DETERMINERS, PREPOSITIONS, RELATIVES, Item
from parley.drafts._words import nouns, verb_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

ADVERB = re.compile(r"[a-z]+ly$")


LOOSE = frozenset(
    "also long always often not n't never already now then still again even just soon later once "
    "recently back away "
    "further so far instead therefore thus ever yet temporarily today yesterday tomorrow".split()
)


MODAL_FUTURE = frozenset("will 'll shall wo going".split())


MODAL_MAYBE = frozenset("would could may might should can ca 'd must".split())


BE = frozenset("be am is are was were been being 're".split())


HAVE = frozenset("have has had having 've".split())


_NOT_A_VERB = frozenset(
    "worth due ready leading meeting meetings opening beginning trading setting building proposed "
    "united talks calls cuts visits exports imports reports states levies quotas".split()
)


SAME_PAST = frozenset("cut put set hit cost let shut quit bid spread".split())


# bases that a plural noun can have as its verb: "American farmers accuse", "officials believe"
_PLURAL_TAKES = frozenset(
    "accuse believe allege argue complain contend insist say see think deny agree refuse remain "
    "become expect warn threaten impose seek continue oppose condemn criticise criticize denounce "
    "describe consider regard want need benefit violate breach harm hurt undermine flood distort "
    "discriminate meet gather hope vow pay face bear attract incur suffer apply enter expire cover "
    "affect take go come keep begin resume".split()
)


_PREPOSITION_LIKE = frozenset(
    "according including following regarding concerning respecting pending given notwithstanding "
    "excluding owing depending provided".split()
)


def is_verb(items: Sequence[Item], at: int) -> bool:
    """Whether the item is used as a verb, by its form and its neighbours."""
    item = items[at]
    if item.kind != "word" or item.low not in verb_forms() or item.low in _PREPOSITION_LIKE:
        return False
    _, shape = verb_forms()[item.low]
    before = _before(items, at)
    low = before.low if before is not None else ""
    if shape == "base":
        return not item.joined and _base_is_verb(items, at, before)
    if shape == "third":
        return _third_is_verb(item, before, items[at + 1].low if at + 1 < len(items) else "")
    if shape == "gerund" and not item.joined:
        return item.low not in _NOT_A_VERB or low in BE or low in PREPOSITIONS
    if shape == "gerund" or low in DETERMINERS or low == "'s":
        return False
    if before is not None and before.kind == "demonym":
        return False
    if item.low == "proposed":
        return low not in PREPOSITIONS
    return item.low != "united"


_NOUNISH = frozenset(
    "controls limits bans curbs cuts calls visits talks moves plans offers orders demands claims "
    "charges increases hikes rises falls drops targets blocks stops imports exports reports states "
    "levies quotas starts ends costs purchases sales supplies values averages tops gains needs "
    "promises pledges vows attacks protests challenges complaints".split()
)


_AFTER_NOUN = frozenset(("to", "for", "on", "of", "from", "by", "with", "between", ",", "."))


def _third_is_verb(item: Item, before: Item | None, after: str) -> bool:
    if before is None:
        return False
    subject = (
        before.actor or before.kind == "person" or before.low in RELATIVES | {"it", "he", "she"}
    )
    if item.low in _NOUNISH:
        return subject and after not in _AFTER_NOUN
    return subject or not (
        before.low in DETERMINERS
        or before.low in PREPOSITIONS
        or before.low == "'s"
        or before.kind in ("demonym", "number")
    )


def _joined_base(items: Sequence[Item], at: int) -> bool:
    """Whether a base form after "and" goes on from "to" or a modal before: "to meet and talk"."""
    lows = [item.low for item in items[max(0, at - 14) : at]]
    return any(low == "to" or low in MODAL_FUTURE | MODAL_MAYBE for low in lows) and (
        items[at].low not in nouns("talk", "deal", "tariff", "fee", "probe")
    )


def _base_is_verb(items: Sequence[Item], at: int, before: Item | None) -> bool:
    item = items[at]
    low = before.low if before is not None else ""
    if item.low in SAME_PAST and before is not None and _ends_subject(items, at, before):
        return True
    if item.low in SAME_PAST and low in BE | HAVE:
        return True
    if low == "and":
        return _joined_base(items, at)
    if item.low in _PLURAL_TAKES and before is not None and _plural(items, at, before):
        return True
    if low in ("to", "not", "n't") or low in MODAL_FUTURE | MODAL_MAYBE:
        return True
    if low in ("do", "does", "did", "they", "we", "you", "i", "who", "which"):
        return True
    return (
        before is not None
        and before.actor
        and (len(before.codes) > 1 or before.low.endswith("s") or _joined_subject(items, at))
        and before.low != "'s"
        and item.low not in nouns("talk", "deal", "tariff", "fee", "probe")
        and item.low not in ("trade", "import", "export", "ban", "state", "order", "block")
    )


_NOT_PLURAL = frozenset("is was has does its this thus as us yes whereas perhaps always".split())


def _plural(items: Sequence[Item], at: int, before: Item) -> bool:
    """Whether a plural noun ends right before, so that a base form is its verb."""
    if before.actor or before.kind == "place":  # "shrimps of Vietnam bear", "goods from China face"
        back = next((h for h in range(at - 1, max(-1, at - 4), -1) if items[h] is before), 0)
        return back > 1 and items[back - 1].low in ("of", "from") and _is_plural(items[back - 2])
    return _is_plural(before) and not items[at].word[:1].isupper()


def _is_plural(before: Item) -> bool:
    return (
        before.kind == "word"
        and before.low.endswith("s")
        and not before.low.endswith("ss")
        and before.low not in _NOT_PLURAL
    )


def _joined_subject(items: Sequence[Item], at: int) -> bool:
    """Whether two names joined by "and" stand right before: "Canada and Mexico face"."""
    return at > 2 and items[at - 2].low == "and" and items[at - 3].actor


def _ends_subject(items: Sequence[Item], at: int, before: Item) -> bool:
    """Whether what stands before a verb like "cut" can be its subject."""
    if before.actor or before.kind == "person" or before.low in RELATIVES:
        return True
    if before.low in ("sides", "countries", "governments", "ministers", "officials", "they"):
        return True
    after = items[at + 1].low if at + 1 < len(items) else ""
    return before.low == "and" and (after in DETERMINERS or after == "its")


def _before(items: Sequence[Item], at: int) -> Item | None:
    """Return the item before, adverbs left out."""
    back = at - 1
    if back > 1 and items[back].low == "than" and items[back - 1].low in ("more", "less"):
        back -= 2
    while back >= 0 and (
        (items[back].low in LOOSE and items[back].low not in ("not", "n't"))
        or ADVERB.match(items[back].low)
    ):
        back -= 1
    return items[back] if back >= 0 else None
