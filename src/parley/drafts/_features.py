"""What a draft is weighed by: who proposes it, how, and where on the page it stands.

Each feature has a name that is a key of `resources/weights.json`. Features of one type of record
alone begin with its name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.drafts._candidates import HARD_KINDS, Candidate
from parley.drafts._claims import Claim
from parley.drafts._figures import Found
from parley.drafts._merged import product_words
from parley.drafts._passages import EVIDENCE
from parley.drafts._statements import Said
from parley.drafts._talk_words import Talk
from parley.drafts._undertakings import Promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parley.drafts._document import Document, Sentence
    from parley.drafts._records import Proposed

_UNREAL = re.compile(r"\b(?:if|unless|would|could|might|may|whether|should)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|n[’']t|never|no|denied?|denies|without|rather than)\b")
_PAST = re.compile(r"\b(?:19\d\d|20\d\d|decades?|years? ago|once|historic\w*)\b")
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Page:
    """What the features take from the whole page."""

    document: Document
    share: dict[str, float]  # of each party among the names of the page
    acting: dict[str, float]  # of each party among the imposers that a sentence names outright
    rivals: dict[tuple[str, ...], list[Proposed]]  # by type and sides, in the order of the page
    strongest: dict[tuple[str, ...], float]  # of them


def page_of(document: Document, proposed: list[Proposed]) -> Page:
    """Return what the features of a page's drafts have in common."""
    named = Counter(code for s in document.sentences for item in s.items for code in item.codes)
    acting = Counter(
        code
        for one in proposed
        if isinstance(one.source, Candidate) and not one.source.carried
        for code in one.source.imposer
    )
    rivals: dict[tuple[str, ...], list[Proposed]] = {}
    for one in sorted(proposed, key=_place):
        rivals.setdefault(_sides(one), []).append(one)
    strongest = {sides: max(map(_strength, ones)) for sides, ones in rivals.items()}
    return Page(document, _shares(named), _shares(acting), rivals, strongest)


def _place(proposed: Proposed) -> int:
    return proposed.drafts[0].evidence[0].start


def _strength(proposed: Proposed) -> float:
    return proposed.drafts[0].confidence


def _shares(count: Counter[str]) -> dict[str, float]:
    total = sum(count.values())
    return {code: number / total for code, number in count.items()}


def features(page: Page, proposed: Proposed) -> dict[str, float]:
    """Return the features of a draft by name; those left out are zero."""
    draft = proposed.drafts[0]
    kind = draft.record.type
    seen = dict(_shared(page, proposed))
    seen |= {f"{kind}: {name}": value for name, value in _own(page, proposed)}
    return {kind: 1.0, **seen}


def _shared(page: Page, proposed: Proposed) -> Iterator[tuple[str, float]]:
    source, draft = proposed.source, proposed.drafts[0]
    span = (draft.evidence[0].start, draft.evidence[0].end)
    sentences = page.document.between(*span)
    words = page.document.text[span[0] : span[1]]
    if not isinstance(source, Said | Found):
        yield "strength", draft.confidence - 0.6
        yield f"{draft.record.type} strength", draft.confidence - 0.6
        yield f"engine: {source.engine or 'one'}", 1.0
        yield f"{draft.record.type}, engine: {source.engine or 'one'}", 1.0
        yield "unreal", float(_UNREAL.search(words) is not None)
        yield "denied", float(_DENIED.search(words) is not None)
        yield "quoted", _quoted(sentences)
        sides, mine = _sides(proposed), draft.confidence
        rivals = page.rivals[sides]
        first = bisect_left(rivals, span[0] - EVIDENCE, key=_place)
        near = rivals[first : bisect_left(rivals, span[1], key=_place)]
        stronger = any(_strength(one) > mine and _meets(proposed, one) for one in near)
        yield "stronger beside", float(stronger)
        yield "stronger on the page", float(page.strongest[sides] > mine)
        yield "crowded", float(len(_parties(sentences)) > 3)
        yield "two parties", float(len(_parties(sentences)) == 2)
    yield "no body", float(any(s.kind != "body" for s in sentences))
    if sentences:
        begins = sentences[0].start
        at = bisect_left(page.document.sentences, begins, key=lambda sentence: sentence.start)
        yield "early", float(at < 6)
        yield "late", at / len(page.document.sentences)
        yield "long", min(2.0, (sentences[0].end - sentences[0].start) / 200)


def _sides(proposed: Proposed) -> tuple[str, ...]:
    """Return a record's type and who acts: parties, who promises, who accuses, who imposes."""
    source, kind = proposed.source, proposed.drafts[0].record.type
    if isinstance(source, Talk):
        return (kind, *source.parties)
    if isinstance(source, Promise):
        return (kind, *source.by)
    if isinstance(source, Claim):
        return (kind, source.by_party or source.by, *source.against)
    return (kind, source.kind, *source.imposer) if isinstance(source, Candidate) else (kind,)


def _meets(proposed: Proposed, other: Proposed) -> bool:
    mine, theirs = proposed.drafts[0].evidence[0], other.drafts[0].evidence[0]
    return mine.start < theirs.end and theirs.start < mine.end


def _quoted(sentences: list[Sentence]) -> float:
    flags = [inside for s in sentences for inside in s.quoted]
    return sum(flags) / max(1, len(flags))


def _parties(sentences: list[Sentence]) -> set[str]:
    return {code for s in sentences for item in s.items for code in item.codes}


def _own(page: Page, proposed: Proposed) -> Iterator[tuple[str, float]]:
    """Yield the features that only records of this type have."""
    source = proposed.source
    if isinstance(source, Candidate):
        yield from _of_measure(page, source)
    elif isinstance(source, Talk):
        yield from _of_talk(source)
    elif isinstance(source, Promise):
        yield from _of_promise(source)
    elif isinstance(source, Claim):
        yield from _of_claim(page, source)
    elif isinstance(source, Said):
        yield from _of_statement(page, source)
    else:
        yield from _of_figure(source)


def _of_measure(page: Page, one: Candidate) -> Iterator[tuple[str, float]]:
    yield one.rule.split(", ")[-1], 1.0
    yield "carried", float(one.carried)
    yield "rate", float(one.rate is not None)
    yield "targets", float(bool(one.targets))
    yield "product", float(bool(product_words(one.product)))
    yield "bare", float(one.rate is None and not one.targets and not product_words(one.product))
    yield "often in passing", float(one.kind in HARD_KINDS)
    yield "threatened", float(one.state == "threatened")
    yield "share", max(page.share.get(code, 0.0) for code in one.imposer)
    yield "acting", max(page.acting.get(code, 0.0) for code in one.imposer)
    yield "body imposes", float("WTO" in one.imposer)
    yield f"kind {one.kind}", 1.0
    yield "past", float(_PAST.search(_words(page, one.span)) is not None)


def _words(page: Page, span: tuple[int, int]) -> str:
    return page.document.text[span[0] : span[1]]


def _of_talk(one: Talk) -> Iterator[tuple[str, float]]:
    yield one.kind, 1.0
    yield one.rule.split(", ")[-1], 1.0
    yield "place", float(bool(one.place))
    yield "date", float(one.when.start is not None)
    yield "people", float(bool(one.people))
    yield "parties of the page", float("parties of the page" in one.rule)
    yield "parties from beside", float("parties of the p" in one.rule)
    yield "verb", float(one.rule.startswith("verb"))
    yield "many", float(len(one.parties) > 3)


def _of_promise(one: Promise) -> Iterator[tuple[str, float]]:
    yield one.rule, 1.0
    yield one.verdict, 1.0
    yield "said by", float(bool(one.said_by))
    yield "joint", float(len(one.by) > 1)
    yield "to", float(bool(one.to))
    yield "number", float(_NUMBER.search(one.what) is not None)


def _of_claim(page: Page, one: Claim) -> Iterator[tuple[str, float]]:
    for part in one.rule.split(", "):
        yield part.partition(" ")[0] if part.startswith("verb ") else part, 1.0
    yield "official", float(bool(one.by_party))
    yield "share", max(page.share.get(code, 0.0) for code in one.against)
    yield "many", float(len(one.against) > 1)


def _of_statement(page: Page, one: Said) -> Iterator[tuple[str, float]]:
    words = len(_words(page, (one.quote.start, one.quote.end)).split())
    yield "carried", float(one.carried)
    yield "single marks", float(one.quote.single)
    yield "inside", float(one.quote.inside)
    yield "short", float(words < 8)
    yield "party", float(bool(one.attribution.codes))
    yield "person", float(one.attribution.person)
    yield one.attribution.rule, 1.0
    yield "capital", float(one.attribution.speaker[:1].isupper())


def _of_figure(one: Found) -> Iterator[tuple[str, float]]:
    yield "percent", float(one.amount.unit == "%")
    yield "money", float(one.amount.kind == "money")
    yield one.amount.kind, 1.0
    yield "per", float(" per " in one.amount.unit)
    yield "small", float(one.amount.unit == "%" and one.amount.value in _COMMON_RATES)


_COMMON_RATES = frozenset((10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 50.0, 100.0, 145.0))
