"""Pronouns and descriptions, resolved to the party or person that the page means.

A pronoun or a description ("the bloc", "both sides", "the prime minister") takes the party of what
it refers to, and says that it was resolved.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parley.drafts._actors import fold_bodies, merge
from parley.drafts._items import PREPOSITIONS, Item

if TYPE_CHECKING:
    from collections.abc import Sequence

_BOTH = frozenset(
    "sides countries parties nations governments economies powers giants delegations neighbours "
    "neighbors leaders presidents allies partners capitals ministers negotiators teams "
    "officials".split()
)


_HE = frozenset(("he", "she", "him", "his", "her"))


_IT = frozenset(("it", "its"))


_THEY = frozenset(("they", "their", "them"))


@dataclass
class _Memory:
    """What the page spoke of last, as it is read from top to bottom."""

    pair: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    own_voice: bool = False
    union: bool = False  # the page names the European Union
    person: Item | None = None
    subject: Item | None = None
    titles: dict[str, Item] = field(default_factory=dict)


def resolved(
    sentences: Sequence[Sequence[Item]],
    quoted: Sequence[Sequence[bool]],
    *,
    own_voice: bool = False,
) -> list[list[Item]]:
    """Return the sentences with pronouns and descriptions resolved.

    Parameters
    ----------
    quoted
        For each item, whether it stands inside a quotation: "we" and "they" of a speaker are
        left alone, and names inside a quotation are nobody's subject.
    own_voice
        Whether the page is a government's own statement, in which "I" and "we" are that government.
    """
    union = any(item.codes == ("EUU",) for items in sentences for item in items)
    memory = _Memory(
        pair=main_pair(sentences), home=home_of(sentences), own_voice=own_voice, union=union
    )
    out = []
    for items, inside in zip(sentences, quoted, strict=True):
        out.append(_resolve(list(items), inside, memory))
    return out


def main_pair(sentences: Sequence[Sequence[Item]]) -> tuple[str, ...]:
    """Return the two parties that the page names most, sorted, or fewer where it names fewer."""
    return tuple(sorted(code for code, _ in _counted(sentences).most_common(2)))


def dominant_pair(sentences: Sequence[Sequence[Item]]) -> tuple[str, ...]:
    """Return the page's two parties where no third is named nearly as often, else none."""
    ranked = _counted(sentences).most_common(3)
    if len(ranked) < 2 or ranked[1][1] < 3:
        return ()
    if len(ranked) > 2 and ranked[1][1] < 1.5 * ranked[2][1]:
        return ()
    return tuple(sorted(code for code, _ in ranked[:2]))


def home_of(sentences: Sequence[Sequence[Item]]) -> tuple[str, ...]:
    """Return the party whose officials the page names most: whom "the government" means."""
    count: Counter[str] = Counter()
    for items in sentences:
        count.update(code for item in items if item.official for code in item.codes)
    if not count:
        count = _counted(sentences)
    return tuple(code for code, _ in count.most_common(1))


def _counted(sentences: Sequence[Sequence[Item]]) -> Counter[str]:
    count: Counter[str] = Counter()
    for index, items in enumerate(sentences):
        for item in items:
            for code in item.codes if item.kind != "place" else ():
                count[code] += 3 if index < 2 else 1
    return count


def _resolve(items: list[Item], inside: Sequence[bool], memory: _Memory) -> list[Item]:
    local = {
        code
        for item, hidden in zip(items, inside, strict=False)
        if not hidden and item.kind in ("party", "demonym", "person")
        for code in item.codes
    }
    if len(local) == 2:
        memory.pair = tuple(sorted(local))
    out: list[Item] = []
    plain: list[Item] = []  # the same without what is quoted
    at = 0
    head: Item | None = None
    while at < len(items):
        item = items[at]
        if inside[at]:
            out.append(item)
            at += 1
            continue
        length, new = _reference(items, at, memory, plain, head)
        if new is not None:
            item = merge(items[at : at + length], replace(new, refers=True))
        out.append(item)
        plain.append(item)
        if item.actor or item.kind == "person":
            if item.kind == "person":
                memory.person = item if head is None or memory.person is None else memory.person
                _remember_title(item, memory)
            head = head or item
        at += length
    out = fold_bodies(out)
    if head is not None:
        memory.subject = head
    named = {code for item in out if item.actor and not item.refers for code in item.codes}
    if len(named) == 2:
        memory.pair = tuple(sorted(named))
    people = [i for i, q in zip(items, inside, strict=False) if i.kind == "person" and not q]
    if people and (head is None or head.kind != "person"):
        memory.person = people[0]
    return out


def _remember_title(item: Item, memory: _Memory) -> None:
    for title in (
        "prime minister",
        "president",
        "minister",
        "secretary",
        "premier",
        "chancellor",
        "senator",
        "ambassador",
        "commissioner",
        "negotiator",
        "representative",
        "speaker",
    ):
        if title in item.low or title in item.office.lower():
            memory.titles[title] = item
            if title == "prime minister":
                memory.titles["pm"] = memory.titles["premier"] = item
            break


def _reference(
    items: Sequence[Item], at: int, memory: _Memory, out: Sequence[Item], head: Item | None
) -> tuple[int, Item | None]:
    """Return how many items a reference takes, and what it refers to.

    `head` is the first of those before it, `out`, who acts.
    """
    item = items[at]
    if item.kind != "word":
        return 1, None
    if item.low in _HE:
        return 1, memory.person if head is None or head.kind != "person" else head
    if item.low in _IT:
        near = _last_subject(out) or _party_only(head)
        near = near or (_party_only(memory.subject) if head is None else None)
        return 1, None if near is None else replace(
            near, name=near.name if near.refers else near.word
        )
    if item.low in _THEY and head is None and memory.subject is not None:
        return 1, memory.subject if len(memory.subject.codes) > 1 else None
    if item.low in ("the", "both", "two"):
        length, found = _description(items, at, memory)
        if found is not None:
            return length, found
    return _government(items, at, memory)


_GENERIC = frozenset("government govt administration ministry cabinet centre".split())


_LEADERS = frozenset("president chancellor premier".split())


_PLURAL = frozenset(("ministers", "officials", "lawmakers"))


def _government(items: Sequence[Item], at: int, memory: _Memory) -> tuple[int, Item | None]:
    """Return the page's own government for "the government", "ministers say"."""
    if not memory.home:
        return 1, None
    if items[at].low in ("i", "we") and not memory.own_voice:
        return 1, None
    found = Item(0, 0, "", "party", codes=memory.home, name="the government", official=True)
    after = items[at + 1].low if at + 1 < len(items) else ""
    if items[at].low == "the":
        beyond = items[at + 2].low if at + 2 < len(items) else ""
        leader = after in _LEADERS and memory.own_voice
        if (after in _GENERIC or leader) and beyond not in ("of", "in"):
            return 2, found
        return 1, None
    if items[at].low in ("i", "we"):
        return 1, found
    first = at == 0 or items[at - 1].low in ("“", '"', ".")
    bare = items[at].low == "govt" or (items[at].low in _PLURAL and first and after != "of")
    return 1, found if bare else None


def _last_subject(out: Sequence[Item]) -> Item | None:
    """Return the last party named that no preposition governs."""
    for at in range(len(out) - 1, -1, -1):
        item = out[at]
        if item.actor and item.kind == "party":
            before = out[at - 1].low if at else ""
            lead = out[at - 2].low if at > 1 and before == "the" else before
            if lead not in PREPOSITIONS:
                return item
    return None


def _party_only(item: Item | None) -> Item | None:
    return item if item is not None and item.kind == "party" else None


def _description(items: Sequence[Item], at: int, memory: _Memory) -> tuple[int, Item | None]:
    words = [item.low for item in items[at : at + 4]]
    joint = _both_length(words)
    if joint and len(memory.pair) == 2:
        return joint, Item(0, 0, "", "party", codes=memory.pair, name="both sides")
    if len(words) > 1 and words[0] == "the" and _is_bloc(items[at + 1], memory):
        return 2, Item(0, 0, "", "party", codes=("EUU",), name="the bloc")
    if len(words) > 1 and words[0] == "the":
        for length in (2, 1):
            title = " ".join(words[1 : 1 + length])
            known = memory.titles.get(title)
            following = items[at + 1 + length] if at + 1 + length < len(items) else None
            if known is not None and not (following is not None and following.low == "of"):
                return 1 + length, known
    return 1, None


def _is_bloc(item: Item, memory: _Memory) -> bool:
    """Whether "the bloc", or "the Union" on a page that names it, means the European Union."""
    return item.low == "bloc" or (item.word in ("Union", "Commission") and memory.union)


_TWO_THEN = frozenset("have had will are were agreed met signed also pledged said would".split())


def _both_length(words: Sequence[str]) -> int:
    """Return how many words "both sides", "the two countries", "the parties" take, or 0."""
    if words[0] == "both" and len(words) > 1:
        if words[1] in _BOTH:
            return 2
        return 3 if words[1] in ("the", "of") and len(words) > 2 and words[2] in _BOTH else 0
    if words[0] == "two" and len(words) > 1 and words[1] in _BOTH:
        return 2
    if words[0] == "the" and len(words) > 2:
        if words[1] == "two" and words[2] in _BOTH:
            return 3
        if words[1] == "two" and len(words) > 3 and words[3] in _BOTH:
            return 4
    if words[0] == "the" and len(words) > 1 and words[1] in ("parties", "sides", "pair"):
        return 2
    if words[:2] == ["the", "two"] and len(words) > 2 and words[2] in _TWO_THEN:
        return 2
    return 0
