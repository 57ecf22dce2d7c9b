"""What the stages found, as drafts: records with evidence, rules and confidence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from parley.drafts._candidates import Candidate
from parley.drafts._claims import Claim, accusations
from parley.drafts._document import dates_in
from parley.drafts._figures import Found, figures
from parley.drafts._measure_dates import dated_states
from parley.drafts._measure_terms import rate_of, scope_of_words
from parley.drafts._merged import merged
from parley.drafts._promises import promises
from parley.drafts._rounds import rounds
from parley.drafts._spoken_measures import with_speakers
from parley.drafts._statements import Said
from parley.drafts._talk_words import Talk
from parley.drafts._undertakings import Promise
from parley.records import (
    Accusation,
    Article,
    Assessment,
    Commitment,
    Delegate,
    Draft,
    Factuality,
    Figure,
    Measure,
    Record,
    Round,
    Statement,
    When,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parley.drafts._document import Document
    from parley.drafts._items import Item
    from parley.drafts._proposals import Proposals

_LONGEST = 200  # characters of evidence


Source: TypeAlias = Talk | Promise | Claim | Candidate | Said | Found


def found(document: Document, proposed: Proposals, said: Sequence[Said]) -> Iterator[Proposed]:
    """Yield what a page proposes, each record once, in the order of the record types.

    The confidence of these drafts is the strength that their rule gives.
    """
    article = document.article
    for talk in rounds(proposed.talks):
        yield Proposed(talk, (_round(article, talk),))
    commitments: list[tuple[Promise, Draft]] = []
    for promise in promises(proposed.promises):
        commitment, assessment = _commitment(document, promise)
        commitments.append((promise, commitment))
        yield Proposed(promise, (commitment, assessment))
    for claim in accusations(proposed.claims):
        yield Proposed(claim, (_accusation(article, claim, commitments),))
    measures = with_speakers(proposed.measures, document, said)
    for candidate in merged(measures, document.pair, document.home, document.bloc):
        yield Proposed(candidate, (_measure(document, candidate),))
    for one in said:
        yield Proposed(one, (_statement(article, one),))
    for figure in figures(document):
        yield Proposed(figure, (_figure(document, figure),))


@dataclass(frozen=True, slots=True)
class Proposed:
    """Drafts that stand or fall together, and what a sentence gave for them."""

    source: Source
    drafts: tuple[Draft, ...]


def _draft(
    article: Article,
    record: Record,
    span: tuple[int, int],
    how: tuple[str, float],
    *,
    factuality: Factuality = "asserted",
    said_by: str = "",
) -> Draft:
    """Return a draft; `how` is the rule, its parts joined by commas, and the confidence."""
    rule, strength = how
    start, end = _trimmed(article.text, *span)
    evidence = article.span(start, end)
    key = f"{article.text_sha256}|{record.type}|{start}|{end}|{rule}|{record!r}"
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return Draft(
        draft_id=f"{record.type}-{digest}",
        record=record,
        evidence=(evidence,),
        rules=tuple(part for part in rule.split(", ") if part),
        confidence=round(max(0.0, min(1.0, strength)), 3),
        factuality=factuality,
        said_by=said_by,
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without blanks at its ends and at most 200 characters long."""
    end = min(end, start + _LONGEST)
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return start, end


def _round(article: Article, talk: Talk) -> Draft:
    seen: dict[str, Item] = {}
    for person in talk.people:
        seen.setdefault(person.name, person)
    record = Round(
        parties=talk.parties,
        place=talk.place,
        when=talk.when,
        format=talk.format,
        state=talk.state,
        delegates=tuple(
            Delegate(person=one.name, office=one.office, party=one.codes[0])
            for one in seen.values()
        ),
        sequence=talk.sequence,
    )
    factuality: Factuality = "planned" if talk.state == "scheduled" else "asserted"
    return _draft(article, record, talk.span, (talk.rule, talk.strength), factuality=factuality)


def _commitment(document: Document, promise: Promise) -> tuple[Draft, Draft]:
    article = document.article
    record = Commitment(
        made_by=promise.by,
        made_to=promise.to,
        action=promise.what,
        due=_due(document, promise),
    )
    said = promise.said_party or promise.said_by
    first = _draft(article, record, promise.span, (promise.rule, promise.strength), said_by=said)
    account = Assessment(
        commitment=first.draft_id,
        speaker=promise.said_by or "page",
        speaker_party=promise.said_party,
        verdict=promise.verdict,
    )
    return first, _draft(
        article, account, promise.span, (promise.rule, promise.strength), said_by=said
    )


def _due(document: Document, promise: Promise) -> When:
    """Return by when a promise is to be kept, where its words say so."""
    if promise.verdict != "pledged":
        return When()
    dated = dates_in(document, promise.sentence, future=True)
    inside = [one for one in dated if promise.span[0] <= one.start < promise.span[1]]
    due = (one.when for one in inside if one.bound in _DUE or one.when.rule.startswith("within"))
    return next(due, When())


_DUE = ("by", "before", "until", "through")


def _accusation(
    article: Article, claim: Claim, commitments: Sequence[tuple[Promise, Draft]]
) -> Draft:
    concerns = next(
        (
            draft.draft_id
            for promise, draft in commitments
            if promise.verdict == "broken"
            and promise.sentence == claim.sentence
            and set(promise.by) & set(claim.against)
        ),
        "",
    )
    record = Accusation(
        by=claim.by,
        by_party=claim.by_party,
        against=claim.against,
        what=claim.what,
        commitment=concerns,
    )
    return _draft(article, record, claim.span, (claim.rule, claim.strength), said_by=claim.by)


def _measure(document: Document, one: Candidate) -> Draft:
    planned: Factuality = "asserted"
    if one.state == "threatened":
        planned = "threatened"
    elif one.state == "announced":
        planned = "planned"
    record = Measure(
        imposer=one.imposer[0],
        on_behalf=one.imposer[1:],
        targets=one.targets,
        kind=one.kind,
        scope=scope_of_words(document, one),
        rate=rate_of(document, one),
        states=dated_states(document, one),
    )
    return _draft(document.article, record, one.span, (one.rule, one.strength), factuality=planned)


def _statement(article: Article, one: Said) -> Draft:
    quote = one.quote
    record = Statement(
        speaker=one.attribution.speaker,
        speaker_party=one.attribution.codes[0] if one.attribution.codes else "",
        channel=one.channel,
        quote=article.text[quote.start : quote.end].strip(),
    )
    strength = 0.6 if one.carried else 0.8
    return _draft(
        article,
        record,
        (quote.start, quote.end),
        (f"quotation, {one.attribution.rule}", strength),
        said_by=one.attribution.speaker,
    )


def _figure(document: Document, one: Found) -> Draft:
    near = dates_in(document, one.sentence, future=False)
    period = min(near, key=lambda date: abs(date.start - one.amount.end), default=None)
    record = Figure(
        what=one.what,
        value=one.amount.value,
        unit=one.amount.unit,
        period=period.when if period is not None else When(),
    )
    return _draft(document.article, record, one.evidence, (f"amount, {one.amount.kind}", 0.8))


__all__ = ["Proposed", "Source", "found"]
