"""A commitment as one sentence gives it, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.drafts._phrases import codes_at
from parley.drafts._promise_words import PROMISE
from parley.drafts._words import lemmas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._clauses import Verb
    from parley.drafts._document import Document, Sentence
    from parley.drafts._passages import Passage
    from parley.records import Verdict


@dataclass(frozen=True, slots=True)
class Page:
    """A sentence with the document it stands in and the two parties that the page is about."""

    document: Document
    sentence: Sentence
    pair: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A commitment as one sentence gives it."""

    by: tuple[str, ...]
    to: tuple[str, ...]
    what: str
    verdict: Verdict
    said_by: str  # party code, name, or "" for the page
    said_party: str
    sentence: Sentence
    span: tuple[int, int]
    rule: str
    strength: float
    engine: str = ""


@dataclass(frozen=True, slots=True)
class How:
    """How a promise was found, and what the page makes of it."""

    verdict: Verdict
    strength: float
    rule: str


def promise(
    passage: Passage, verb: Verb, by: tuple[str, ...], *, pair: Sequence[str], how: How
) -> Promise:
    """Return the promise of a passage that begins at its verb; `how` is the way it was found."""
    items = passage.items
    inside = codes_at(items, [h for h in range(passage.start, passage.end) if items[h].codes])
    to = tuple(code for code in inside if code not in by)
    if not to and len(by) == 1 and by[0] in pair:
        to = tuple(code for code in pair if code != by[0])
    said, party = said_by(passage.sentence, verb)
    if how.verdict == "pledged" and how.rule == "future tense" and not said and len(by) > 1:
        said = party = ",".join(by)
    first = min([verb.start, *verb.subject])
    return Promise(
        by=by,
        to=by if len(by) > 1 else to,
        what=passage.words,
        verdict=how.verdict,
        said_by=said,
        said_party=party,
        sentence=passage.sentence,
        span=replace(passage, start=first).evidence,
        rule=how.rule,
        strength=how.strength,
    )


def said_by(sentence: Sentence, verb: Verb) -> tuple[str, str]:
    """Return who says so: the subject of a verb of saying in the sentence."""
    items = sentence.items
    for other in sentence.verbs:
        if other.lemma in lemmas("say") and other.index != verb.index and other.subject:
            head = items[other.subject[0]]
            if other.lemma not in PROMISE or other.index > verb.index:
                return head.name, head.codes[0] if head.codes else ""
    return "", ""
