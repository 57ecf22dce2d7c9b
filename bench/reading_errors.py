"""What is missed and what is false, by class: compares predictions with gold, page by page.

A missed record was never proposed, or dropped for its low confidence, or proposed with a wrong
role, or lost when the proposals of a page were merged. A false record repeats one that is found
already, gives a wrong role to one in the gold, is of another type there, or is not there at all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from parley import drafts
from parley.drafts._document import document
from parley.drafts._measures import measure_candidates
from parley.drafts._proposals import proposals
from parley.drafts._read import weighed
from parley.drafts._statements import statements
from parley.vocabulary import load

if TYPE_CHECKING:
    from types import ModuleType

    from parley.drafts._read import Readers
    from parley.records import Article

Lists = dict[str, list[dict[str, Any]]]


class PageText(Protocol):
    """A page as the scorer sees it."""

    def overlap(self, one: str | None, other: str | None) -> float:
        """Return the share of the shorter evidence that the other covers."""


OVERLAP = 0.3  # share of the shorter evidence, as the scorer asks


@dataclass(frozen=True, slots=True)
class Seen:
    """What the reader made of a page on the way: every draft, and where it proposed what."""

    every: Lists  # drafts however unlikely
    proposed: dict[str, list[str]]  # the words of the proposals before merging


def seen_of(article: Article, readers: Readers) -> Seen:
    """Return the drafts of a page before the unlikely ones are dropped, and the proposals."""
    page = document(article, load())
    measures = measure_candidates(page)
    all_weighed = weighed(page, measures=measures, readers=readers)
    every = [draft for proposed, _ in all_weighed for draft in proposed.drafts]
    before = proposals(page, statements(page), measures=measures)
    lists = drafts.annotation(article, every, relevant=True)
    return Seen(
        {name: one for name, one in lists.items() if isinstance(one, list)},
        {
            "talks": [article.text[slice(*one.span)] for one in before.talks],
            "commitments": [article.text[slice(*one.span)] for one in before.promises],
            "accusations": [article.text[slice(*one.span)] for one in before.claims],
            "measures": [article.text[slice(*one.span)] for one in before.measures],
        },
    )


def classes(
    score: ModuleType, gold: dict[str, Any], found: dict[str, Any], seen: Seen, text: str
) -> Counter[tuple[str, str, str]]:
    """Return how often each class of error occurs: (type, "missed" or "false", class)."""
    page, count = score.Page(text), Counter[tuple[str, str, str]]()
    for name in score.TYPES:
        truth, mine = score.lst(gold, name), score.lst(found, name)
        if name == "statements":
            mine = [one for one in mine if len(one["quote"].split()) >= 5]
        pairs = score.assign(truth, mine, score.MATCH[name], page)
        right = {pair[0]: pair[1] for pair in pairs}
        free = [one for at, one in enumerate(truth) if at not in right]
        for one in free:
            count[name, "missed", _missed(score, name, one, (found, seen), page)] += 1
        for at, one in enumerate(mine):
            if at not in right.values():
                count[name, "false", _false(score, name, one, (gold, free), page)] += 1
    return count


def _missed(
    score: ModuleType,
    name: str,
    one: dict[str, Any],
    made: tuple[dict[str, Any], Seen],
    page: PageText,
) -> str:
    found, seen = made
    if not found["relevant"]:
        return "page taken as off topic"
    if any(score.MATCH[name](one, other, page) for other in seen.every[name]):
        return "dropped as unlikely, or matched with another"
    near = [other for other in seen.every[name] if _overlap(one, other, page)]
    if near:
        return f"wrong {_role(score, name, one, near[0])}"
    if any(_overlap(one, {"evidence": words}, page) for words in seen.proposed.get(name, [])):
        return "merged into another"
    return "never proposed"


def _false(
    score: ModuleType,
    name: str,
    one: dict[str, Any],
    truth: tuple[dict[str, Any], list[dict[str, Any]]],
    page: PageText,
) -> str:
    gold, free = truth
    near = next((other for other in free if _overlap(other, one, page)), None)
    if near is not None:
        return f"wrong {_role(score, name, near, one)}"
    if any(_overlap(other, one, page) for other in score.lst(gold, name)):
        return "second record of one that is found"
    others = [t for t in score.TYPES if t != name]
    if any(_overlap(other, one, page) for t in others for other in score.lst(gold, t)):
        return "the gold has another type of record there"
    return "the gold has nothing there"


def _overlap(one: dict[str, Any], other: dict[str, Any], page: PageText) -> bool:
    return page.overlap(one.get("evidence"), other.get("evidence")) >= OVERLAP


ROLES = {
    "talks": ("parties",),
    "commitments": ("by", "to"),
    "accusations": ("by", "against"),
    "measures": ("imposer", "kind", "target", "rate_pct"),
    "statements": ("speaker",),
    "figures": ("value", "unit"),
}


def _role(score: ModuleType, name: str, one: dict[str, Any], other: dict[str, Any]) -> str:
    """Return the first role in which two records differ."""
    for role in ROLES[name]:
        mine, theirs = one.get(role), other.get(role)
        if role in ("value", "unit", "kind", "speaker", "rate_pct"):
            differ = mine != theirs and None not in (mine, theirs)
        else:
            differ = bool(mine) and bool(theirs) and not score.codes(mine) & score.codes(theirs)
        if differ:
            return role
    return "words"
