"""The ledger as JSON-LD: claims and their history in PROV-O, passages in Web Annotation.

Each claim is a `prov:Entity` that was derived from its source, attributed to who recorded it, and
revises the claim before it in its chain. Each passage is an `oa:Annotation` whose body is the claim
and whose target is the source, found by a text-quote and a text-position selector.

References
----------
W3C (2013), PROV-O: The PROV Ontology. W3C (2017), Web Annotation Data Model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parley.ledger._claims import Subject
    from parley.records import Claim, Source, Span

Json: TypeAlias = Any  # a JSON value

_ID = {"@type": "@id"}
_DAY = {"@type": "http://www.w3.org/2001/XMLSchema#date"}
CONTEXT: Json = {
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "parley": "urn:parley:terms:",
    "id": "@id",
    "type": "@type",
    "title": "dcterms:title",
    "publisher": "dcterms:publisher",
    "issued": {"@id": "dcterms:issued", **_DAY},
    "about": {"@id": "dcterms:subject", **_ID},
    "field": "parley:field",
    "value": {"@id": "parley:value", "@type": "@json"},
    "validFrom": {"@id": "parley:validFrom", **_DAY},
    "validUntil": {"@id": "parley:validUntil", **_DAY},
    "act": "parley:act",
    "rank": "parley:rank",
    "status": "parley:status",
    "known": {"@id": "parley:known", **_DAY},
    "recorded": {
        "@id": "prov:generatedAtTime",
        "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
    },
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", **_ID},
    "wasAttributedTo": {"@id": "prov:wasAttributedTo", **_ID},
    "wasRevisionOf": {"@id": "prov:wasRevisionOf", **_ID},
    "hasBody": {"@id": "oa:hasBody", **_ID},
    "hasTarget": "oa:hasTarget",
    "hasSource": {"@id": "oa:hasSource", **_ID},
    "hasSelector": "oa:hasSelector",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
}


def document(found: Iterable[Subject]) -> Json:
    """Return the entries as one JSON-LD document; its context needs no network."""
    graph: dict[str, Json] = {}
    for subject in sorted(found, key=lambda one: one.entry_id):
        graph[_iri("entry", subject.entry_id)] = {
            "id": _iri("entry", subject.entry_id),
            "type": ["prov:Entity", f"parley:{subject.type.capitalize()}"],
            "title": subject.title,
        }
        for source in subject.sources.values():
            graph[_iri("source", source.source_id)] = _source(source)
        for claim in subject.claims:
            graph[_iri("agent", claim.by)] = {
                "id": _iri("agent", claim.by),
                "type": "prov:Agent",
                "title": claim.by,
            }
        for node in _claims(subject):
            graph[node["id"]] = node
    return {"@context": CONTEXT, "@graph": list(graph.values())}


def _iri(kind: str, name: str) -> str:
    return f"urn:parley:{kind}:{quote(name, safe='')}"


def _source(source: Source) -> Json:
    return _filled(
        id=_iri("source", source.source_id),
        type=["prov:Entity", "prov:PrimarySource"],
        title=source.title,
        publisher=source.publisher,
        issued=_day(source.published),
        rank=source.rank,
        **{"dcterms:identifier": source.address},
    )


def _claims(subject: Subject) -> Iterator[Json]:
    chains: dict[tuple[str, ...], list[Claim]] = {}
    for claim in subject.claims:
        key = (claim.field, claim.source, claim.act, claim.profile)
        chains.setdefault(key, []).append(claim)
    for chain in chains.values():
        for claim in chain:
            before = [one for one in chain if one.revision == claim.revision - 1]
            yield _filled(
                id=_iri("claim", claim.claim_id),
                type="prov:Entity",
                about=_iri("entry", subject.entry_id),
                field=claim.field,
                value=claim.value,
                validFrom=_day(claim.start),
                validUntil=_day(claim.end),
                act=claim.act,
                status=claim.status,
                known=_day(claim.published),
                recorded=claim.recorded.isoformat() if claim.recorded else None,
                wasDerivedFrom=_iri("source", claim.source),
                wasAttributedTo=_iri("agent", claim.by),
                wasRevisionOf=[_iri("claim", one.claim_id) for one in before],
            )
            for number, span in enumerate(claim.evidence):
                yield _annotation(claim, span, number)


def _annotation(claim: Claim, span: Span, number: int) -> Json:
    return {
        "id": _iri("annotation", f"{claim.claim_id}#{number}"),
        "type": "oa:Annotation",
        "hasBody": _iri("claim", claim.claim_id),
        "hasTarget": {
            "type": "oa:SpecificResource",
            "hasSource": _iri("source", claim.source),
            "hasSelector": [
                {
                    "type": "oa:TextQuoteSelector",
                    "exact": span.exact,
                    "prefix": span.prefix,
                    "suffix": span.suffix,
                },
                {"type": "oa:TextPositionSelector", "start": span.start, "end": span.end},
            ],
        },
    }


def _filled(**fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def _day(day: object) -> str | None:
    return str(day) if day is not None else None
