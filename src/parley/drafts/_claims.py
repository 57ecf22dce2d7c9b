"""An accusation as one sentence gives it, and each once however often it is repeated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.drafts._candidates import COMPARED
from parley.drafts._phrases import codes_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._document import Sentence
    from parley.drafts._items import Item
    from parley.drafts._passages import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An accusation as one sentence gives it."""

    by: str  # party code, or a name
    by_party: str
    against: tuple[str, ...]
    what: str
    sentence: Sentence
    span: tuple[int, int]
    rule: str
    strength: float
    engine: str = ""


def accusations(found: Sequence[Claim]) -> list[Claim]:
    """Return the accusations of a page, each once."""
    kept: list[Claim] = []
    for one in sorted(found, key=lambda one: (one.sentence.kind != "body", -one.strength)):
        near = kept[-COMPARED:]
        echoes = one.sentence.kind != "body" and any(_sides_meet(one, other) for other in near)
        if echoes or any(_same(one, other) or _weaker(one, other) for other in near):
            continue
        kept.append(one)
    return sorted(kept, key=lambda one: one.span[0])


def _weaker(one: Claim, other: Claim) -> bool:
    """Whether a reproach only echoes what the same side charges outright elsewhere."""
    return _sides_meet(one, other) and one.strength <= 0.5 < other.strength


def _sides_meet(one: Claim, other: Claim) -> bool:
    sides = set((one.by_party or one.by).split(",")) <= set((other.by_party or other.by).split(","))
    return sides and set(one.against) <= set(other.against)


def _same(one: Claim, other: Claim) -> bool:
    if not set(one.against) & set(other.against):
        return False
    if not set((one.by_party or one.by).split(",")) <= set((other.by_party or other.by).split(",")):
        return False
    if one.sentence == other.sentence:
        return True
    a = set(re.findall(r"[a-z]{4,}", one.what.lower()))
    b = set(re.findall(r"[a-z]{4,}", other.what.lower()))
    return len(a & b) >= 0.5 * max(1, min(len(a), len(b)))


def speakers(items: Sequence[Item], indices: Sequence[int]) -> tuple[str, str]:
    """Return who accuses: one speaker, or the codes of several parties joined by commas."""
    codes = codes_at(items, indices)
    if len(codes) > 1 and all(items[at].official or items[at].kind == "party" for at in indices):
        return ",".join(codes), ""
    return speaker(items[indices[0]])


def speaker(item: Item) -> tuple[str, str]:
    """Return who accuses: the party where an official speaks, else the name."""
    if item.codes and (item.official or item.kind == "party"):
        return item.codes[0], item.codes[0]
    return item.name or item.word, ""


def claimed(
    passage: Passage, by: tuple[str, str], against: Sequence[str], rule: str, strength: float
) -> Claim | None:
    targets = tuple(code for code in against if code not in (*by[0].split(","), "WTO"))
    if not targets or not by[0]:
        return None
    return Claim(
        by=by[0],
        by_party=by[1],
        against=targets,
        what=passage.words,
        sentence=passage.sentence,
        span=passage.evidence,
        rule=rule,
        strength=strength,
    )
