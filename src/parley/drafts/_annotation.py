"""Drafts in the form of the annotation rules: a mapping of the record types, no second model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from parley.records import (
    Accusation,
    Article,
    Assessment,
    Commitment,
    Draft,
    Figure,
    Measure,
    MeasureState,
    Round,
    Statement,
    When,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_STATUS: dict[MeasureState, str] = {
    "threatened": "threatened",
    "announced": "announced",
    "signed": "announced",
    "published": "announced",
    "in_force": "in_force",
    "suspended": "suspended",
    "expired": "expired",
    "withdrawn": "removed",
    "struck_down": "removed",
}
_VERDICT = {
    "pledged": "pledged", "kept": "kept", "on_track": "pledged", "partly_kept": "kept",
    "late": "stalled", "stalled": "stalled", "broken": "broken", "disputed": "disputed",
    "void": "broken",
}  # fmt: skip


def annotation(
    article: Article, drafts: Sequence[Draft], *, relevant: bool | None = None
) -> dict[str, Any]:  # Any: a JSON value
    """Return the drafts of one article as one object in the form of the annotation rules.

    Parameters
    ----------
    relevant
        Whether the page is about trade; None takes that there are drafts for it.

    Examples
    --------
    >>> from parley.records import Article
    >>> annotation(Article(page_sha256="", text="x"), ())["relevant"]
    False
    """
    verdicts = {
        draft.record.commitment: draft.record
        for draft in drafts
        if isinstance(draft.record, Assessment)
    }
    published = article.published
    found: dict[str, Any] = {
        "relevant": bool(drafts) if relevant is None else relevant,
        "published": published.isoformat() if published else None,
        **{name: [] for name in _LISTS.values()},
    }
    for draft in drafts:
        record = draft.record
        name = _LISTS.get(type(record))
        if name is None:
            continue
        fields = _fields(draft, verdicts.get(draft.draft_id))
        found[name].append({**fields, "evidence": draft.evidence[0].exact})
    return found


_YEARLY = re.compile(r" per (?:year|annum)$")  # the annotation's units have no period


_LISTS: dict[type, str] = {
    Round: "talks",
    Commitment: "commitments",
    Accusation: "accusations",
    Measure: "measures",
    Statement: "statements",
    Figure: "figures",
}


def _fields(draft: Draft, verdict: Assessment | None) -> dict[str, Any]:
    record = draft.record
    if isinstance(record, Round):
        return {
            "parties": sorted(record.parties),
            "place": record.place or None,
            "when": _when(record.when),
            "format": record.format,
            "participants": [one.person for one in record.delegates],
            "state": record.state,
        }
    if isinstance(record, Commitment):
        return {
            "by": ",".join(sorted(record.made_by)),
            "to": sorted(record.made_to),
            "what": record.action,
            "status": _VERDICT[verdict.verdict] if verdict else "pledged",
            "said_by": (verdict.speaker_party or verdict.speaker) if verdict else "page",
        }
    if isinstance(record, Accusation):
        return {
            "by": record.by_party or record.by,
            "against": ",".join(sorted(record.against)),
            "what": record.what,
        }
    if isinstance(record, Measure):
        return _measure(record)
    if isinstance(record, Statement):
        return {"speaker": record.speaker, "channel": record.channel or None, "quote": record.quote}
    assert isinstance(record, Figure)
    return {"what": record.what, "value": record.value, "unit": _YEARLY.sub("", record.unit)}


def _measure(record: Measure) -> dict[str, Any]:
    state = (
        record.states[0] if record.states else None
    )  # as the page has it; what follows is planned
    follows = record.states[-1] if record.states else None
    rate = record.rate.ad_valorem
    return {
        "imposer": ",".join(sorted((record.imposer, *record.on_behalf))),
        "target": list(record.targets),
        "kind": record.kind,
        "product": record.scope.words,
        "rate_pct": None if rate is None else round(rate * 100, 6),
        "status": _STATUS[state.state] if state else "announced",
        "from": follows.start.isoformat() if follows and follows.start else None,
        "until": follows.end.isoformat() if follows and follows.end else None,
    }


def _when(when: When) -> str | None:
    if when.start is None or when.last is None:
        return None
    if when.start == when.last:
        return when.start.isoformat()
    return f"{when.start.isoformat()}/{when.last.isoformat()}"
