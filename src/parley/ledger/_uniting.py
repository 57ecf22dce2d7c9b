"""Making two entries one, without editing or deleting anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parley.errors import LedgerError
from parley.ledger._rows import write_claims, write_entry, write_source
from parley.ledger._writing import REFERENCES, Chain, chain_of, content_of, revise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parley.ledger._claims import Subject
    from parley.ledger._database import Activity
    from parley.records import Claim


def unite(
    activity: Activity, subjects: Mapping[str, Subject], entry_id: str, into: str, *, why: str
) -> None:
    """Write an entry's claims again about another, take them back, and turn what refers to it.

    Raises
    ------
    LedgerError
        When an entry is missing, the kinds differ, or one source contradicts itself.
    """
    one, other = _pair(subjects, entry_id, into)
    for source in (*one.sources.values(), *other.sources.values()):
        write_source(activity, source)
    write_entry(activity, other.entry_id, other.type, other.title)
    write_claims(activity, into, _said_of_one(one, other))
    for chain in _latest(one.claims).values():
        if any(claim.status != "retracted" for claim in chain):
            reason = f"the same as {into}" + (f": {why}" if why else "")
            revise(activity, one, chain[0].claim_id, status="retracted", why=reason, changes={})
    _turn_references(activity, subjects.values(), entry_id, into)


def _pair(subjects: Mapping[str, Subject], entry_id: str, into: str) -> tuple[Subject, Subject]:
    for name in (entry_id, into):
        if name not in subjects:
            raise LedgerError(f"there is no entry {name!r} in the ledger")
    one, other = subjects[entry_id], subjects[into]
    if entry_id == into:
        raise LedgerError(f"{entry_id} is one entry already")
    if one.type != other.type:
        raise LedgerError(f"{entry_id} is a {one.type} and {into} a {other.type}: never the same")
    if all(
        claim.status == "retracted" for chain in _latest(one.claims).values() for claim in chain
    ):
        raise LedgerError(f"entry {entry_id} was taken back already")
    return one, other


def _said_of_one(one: Subject, other: Subject) -> list[Claim]:
    """Return the claims of `one` as claims about `other`, less what is said of it already."""
    held = _latest(other.claims)
    found: list[Claim] = []
    for key, chain in _latest(one.claims).items():
        if all(claim.status == "retracted" for claim in chain):
            continue
        standing = held.get(key, [])
        said = {content_of(claim) for claim in standing if claim.status != "retracted"}
        if said == {content_of(claim) for claim in chain}:
            continue
        if said:
            raise LedgerError(_contradiction(one, other, chain[0], standing[0]))
        revision = max(
            (claim.revision for claim in other.claims if chain_of(claim) == key), default=0
        )
        found += [
            replace(claim, claim_id="", recorded=None, by="", revision=revision + 1)
            for claim in chain
        ]
    return found


def _contradiction(one: Subject, other: Subject, claim: Claim, rival: Claim) -> str:
    return (
        f"{one.sources[claim.source].address or claim.source} says of {claim.field} "
        f"{claim.value!r} for {one.entry_id} and {rival.value!r} for {other.entry_id}; correct or "
        f"retract one of the claims {claim.claim_id} and {rival.claim_id} first"
    )


def _latest(claims: Sequence[Claim]) -> dict[Chain, list[Claim]]:
    """Return each chain's claims of its latest revision."""
    found: dict[Chain, list[Claim]] = {}
    for claim in claims:
        chain = found.setdefault(chain_of(claim), [])
        if chain and claim.revision > chain[0].revision:
            chain.clear()
        if not chain or claim.revision == chain[0].revision:
            chain.append(claim)
    return found


def _turn_references(
    activity: Activity, subjects: Iterable[Subject], entry_id: str, into: str
) -> None:
    for subject in subjects:
        if subject.entry_id == entry_id:
            continue
        for chain in _latest(subject.claims).values():
            for claim in chain:
                if (
                    claim.field in REFERENCES
                    and claim.value == entry_id
                    and claim.status == "stands"
                ):
                    changes = {"value": into}
                    revise(
                        activity, subject, claim.claim_id, status="stands", why="", changes=changes
                    )
