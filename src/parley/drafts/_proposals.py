"""What the sentences of a page propose, before it is merged over the page and weighed.

Each engine proposes on its own. Side by side, what both propose says so, and what one proposes
alone names it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from parley.drafts._accusations import accusation_candidates
from parley.drafts._candidates import Candidate
from parley.drafts._claims import Claim
from parley.drafts._measures import measure_candidates
from parley.drafts._promises import promise_candidates
from parley.drafts._talk_words import Talk
from parley.drafts._talks import talk_candidates
from parley.drafts._undertakings import Promise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._document import Document
    from parley.drafts._records import Proposed
    from parley.drafts._statements import Said

Proposal = TypeVar("Proposal", Talk, Promise, Claim, Candidate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """Talks, commitments, accusations and measures as single sentences give them."""

    talks: Sequence[Talk]
    promises: Sequence[Promise]
    claims: Sequence[Claim]
    measures: Sequence[Candidate]


def proposals(
    document: Document, said: Sequence[Said], *, measures: Sequence[Candidate] | None = None
) -> Proposals:
    """Return what the sentences of a document propose.

    Parameters
    ----------
    said
        The statements of the page.
    measures
        The measures that its sentences name, where they are known already.
    """
    known = measure_candidates(document) if measures is None else measures
    return Proposals(
        talks=talk_candidates(document),
        promises=promise_candidates(document, document.pair),
        claims=accusation_candidates(document, said, known),
        measures=known,
    )


def agreed(document: Document, plain: Proposals, parsed: Proposals) -> Proposals:
    """Return what either engine proposes for a document, marked with who proposes it."""
    return Proposals(
        talks=_marked(document, plain.talks, parsed.talks),
        promises=_marked(document, plain.promises, parsed.promises),
        claims=_marked(document, plain.claims, parsed.claims),
        measures=_marked(document, plain.measures, parsed.measures),
    )


def _marked(
    document: Document, plain: Sequence[Proposal], parsed: Sequence[Proposal]
) -> list[Proposal]:
    known = {_key(one) for one in plain}
    seen = {_key(one) for one in parsed if any(v.parsed for v in one.sentence.verbs)}
    sentences = {sentence.start: sentence for sentence in document.sentences}
    marked = [replace(one, engine="both" if _key(one) in seen else "patterns") for one in plain]
    marked += [
        replace(one, engine="parser", sentence=sentences[one.sentence.start])
        for one in parsed
        if _key(one) not in known
    ]
    return marked


def _key(one: Talk | Promise | Claim | Candidate) -> tuple[object, ...]:
    """Return what two proposals must share to be the same: the sentence and the roles."""
    if isinstance(one, Talk):
        return one.sentence.start, one.kind, one.parties, one.place, one.when.start
    if isinstance(one, Promise):
        return one.sentence.start, one.by, one.verdict
    if isinstance(one, Claim):
        return one.sentence.start, one.by, one.against
    return one.sentence.start, one.kind, one.imposer, one.rate


_SAID = {"both": "both engines", "patterns": "patterns alone", "parser": "parser alone"}


def engine_of(proposed: Proposed) -> tuple[str, ...]:
    """Return who proposes a draft, in words, where two engines read the page."""
    source = proposed.source
    if isinstance(source, Talk | Promise | Claim | Candidate) and source.engine:
        return (_SAID[source.engine],)
    return ()
