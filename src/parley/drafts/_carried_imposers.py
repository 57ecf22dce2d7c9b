"""Who imposes a measure that its sentence gives no imposer, where the page leaves no doubt.

Each rule has its own name and strength; the first that answers counts. None guesses by nearness: a
measure goes to who announces it, to who imposed what the same paragraph spoke of, to the one party
that imposes on the page, or to the other of the page's two parties.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.drafts._candidates import GROUP, Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence

_SURE = 0.5  # strength of a candidate whose own sentence names the imposer
_MOST = 0.6  # share of the page's measures that one imposer must have
_LAST = 40  # measures, of those so near
_NEAR = 2  # paragraphs over which "the tariffs" still means those spoken of last


def with_imposers(
    candidates: Sequence[Candidate], pair: Sequence[str], home: Sequence[str]
) -> list[Candidate]:
    """Return the candidates that have an imposer or get one from the page.

    Parameters
    ----------
    pair, home
        The two parties that the page is about, and the one whose government it means, or none.
    """
    count = _acting(candidates, pair)
    out: list[Candidate] = []
    for one in candidates:
        if one.imposer:
            out.append(one)
            continue
        answers = (
            (_announcer(one), "announced by its imposer", 0.1),
            (_in_paragraph(one, out), "imposer of the paragraph", -0.05),
            (_antecedent(one, out), "imposer of the same kind before", -0.05),
            (_other_of_pair(one, pair), "other party of the page", -0.05),
            (_of_page(one, count), "imposer of the page", -0.05),
            (_at_home(one, count, home), "the page's own government", -0.05),
        )
        found = next((answer for answer in answers if answer[0]), None)
        if found is not None:
            out.append(_given(one, *found))
    return out


def _acting(candidates: Sequence[Candidate], pair: Sequence[str]) -> Counter[str]:
    """Return how often each party imposes: named outright, or the other of the pair of its target.

    A duty on goods of one of the page's two parties is the other's.
    """
    count: Counter[str] = Counter()
    for one in candidates:
        if one.imposer and one.strength >= _SURE:
            count.update(one.imposer)
        elif not one.imposer:
            count.update([other] if (other := _other_of_pair(one, pair)) else [])
    return count


def _given(one: Candidate, imposer: str, rule: str, extra: float) -> Candidate:
    return replace(
        one,
        imposer=(imposer,),
        targets=tuple(code for code in one.targets if code != imposer),
        carried=True,
        rule=one.rule.replace("no imposer in the sentence", rule),
        strength=one.strength + extra,
    )


def _announcer(one: Candidate) -> str:
    """Return whose official says that the measure comes or changes, unless it hits that party."""
    free = [code for code in one.speaker if code not in one.targets]
    return free[0] if len(one.speaker) == 1 and free else ""


def _in_paragraph(one: Candidate, out: Sequence[Candidate]) -> str:
    """Return who imposed what the same paragraph named just before."""
    for other in reversed(out[-_LAST:]):
        if other.sentence.paragraph != one.sentence.paragraph:
            return ""
        if not other.carried and other.strength >= _SURE:
            return _free(one, other)
    return ""


def _antecedent(one: Candidate, out: Sequence[Candidate]) -> str:
    """Return who imposed the measures of the same kind that the page spoke of last, nearby."""
    for other in reversed(out[-_LAST:]):
        if one.sentence.paragraph - other.sentence.paragraph > _NEAR:
            return ""
        alike = GROUP.get(one.kind, one.kind) == GROUP.get(other.kind, other.kind)
        if alike and not other.carried and other.strength >= _SURE:
            return _free(one, other)
    return ""


def _free(one: Candidate, other: Candidate) -> str:
    free = [code for code in other.imposer if code not in one.targets]
    return free[0] if len(free) == 1 else ""


def _of_page(one: Candidate, count: Counter[str]) -> str:
    """Return who imposes most on the page, for a rate beside which nobody else is named."""
    if one.rate is None or (one.rule.startswith("rate alone") and not one.targets):
        return ""
    ranked = [(code, n) for code, n in count.most_common() if code not in one.targets]
    total = sum(n for _, n in ranked)
    if not ranked or _named(one) - {ranked[0][0], *one.targets}:
        return ""
    sure = ranked[0][1] >= _MOST * total and (ranked[0][1] > 1 or len(ranked) == 1)
    return ranked[0][0] if sure else ""


def _named(one: Candidate) -> set[str]:
    """Return the parties that the sentence names itself, but for owners: "Peru's neighbour"."""
    items = one.sentence.items
    return {
        code
        for at, item in enumerate(items)
        if item.kind in ("party", "person") and not item.refers
        if at + 1 == len(items) or items[at + 1].low != "'s"
        for code in item.codes
    }


def _other_of_pair(one: Candidate, pair: Sequence[str]) -> str:
    if len(pair) == 2 and len(one.targets) == 1 and one.targets[0] in pair:
        return next(code for code in pair if code != one.targets[0])
    return ""


def _at_home(one: Candidate, count: Counter[str], home: Sequence[str]) -> str:
    """Return the page's own government where the page names no other that imposes anything."""
    code = home[0] if home else ""
    return code if code and not count and code not in one.targets else ""
