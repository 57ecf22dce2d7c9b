"""The shipped record: data files that people can read, turned into claims.

Each file in `records/` is TOML. `sources.toml` lists the pages by id; the others hold entries of
one kind. An entry names its `source`, the day on which it became known (`published`) and its
fields; `also` lists further sources that report it. What changes over time, and what sources
disagree about, stands in `claim` tables: each has its own source, act and date, and either fields
or a list of `versions` with `from` and `until` (half-open).

`quote` holds the words of a public act that prove a claim.

Three shorthands keep the files short: a number as rate is an additional ad valorem duty, a date
as a time is that day, and two dates are the first and the last day.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias

from parley.errors import LedgerError
from parley.ledger._claims import BY_NAME, REPORTS, Subject
from parley.records import Claim, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

Value: TypeAlias = Any  # a value of TOML or JSON
Table: TypeAlias = dict[str, Value]

RECORDED_BY = "The Parley authors"
_TIMES = ("when", "due", "concluded", "expires", "on", "said", "period")
_OF_ENTRY = ("id", "title", "published", "source", "also", "act", "acted", "claim", "quote")
_OF_CLAIM = (
    "source",
    "act",
    "acted",
    "published",
    "profile",
    "timezone",
    "status",
    "why",
    "quote",
)
_OF_VERSION = ("from", "until")


@cache
def shipped() -> dict[str, Subject]:
    """Return every entry of the shipped record by id, unresolved."""
    folder = files("parley.ledger") / "records"
    sources = {table["id"]: _source(table) for table in _toml(folder / "sources.toml")["source"]}
    found: dict[str, Subject] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml") and file.name != "sources.toml":
            content = _toml(file)
            for subject in _subjects(content, sources, file.name):
                if subject.entry_id in found:
                    raise LedgerError(f"{file.name}: entry {subject.entry_id} is there twice")
                found[subject.entry_id] = subject
    return found


def _toml(file: Traversable) -> Table:
    import tomllib

    content: Table = tomllib.loads(file.read_text(encoding="utf-8"))
    return content


def _source(table: Table) -> Source:
    fields = {name: value for name, value in table.items() if name != "id"}
    if "published" in fields:
        fields.setdefault("published_origin", "stated")
    return Source(source_id=table["id"], **fields)


def _subjects(content: Table, sources: Mapping[str, Source], file: str) -> Iterator[Subject]:
    recorded = content.pop("recorded")
    for kind, tables in content.items():
        if kind not in BY_NAME:
            raise LedgerError(f"{file}: {kind!r} is no kind of record; use {', '.join(BY_NAME)}")
        for table in tables:
            claims = tuple(_claims(table, recorded))
            unknown = {claim.source for claim in claims} - sources.keys()
            if unknown:
                raise LedgerError(
                    f"{file}: {table['id']} names the source {min(unknown)!r}, "
                    "which is not in sources.toml"
                )
            yield Subject(
                entry_id=table["id"],
                type=kind,
                title=table.get("title", ""),
                claims=claims,
                sources={claim.source: sources[claim.source] for claim in claims},
            )


def _claims(table: Table, recorded: datetime) -> Iterator[Claim]:
    """Yield the claims of one entry: its plain fields, its `claim` tables, its other sources."""
    own = {name: table[name] for name in _OF_CLAIM if name in table}
    fields = {name: value for name, value in table.items() if name not in _OF_ENTRY}
    yield from _made(own, fields, table["id"], recorded)
    for claim in table.get("claim", ()):
        about = {"source": table["source"], "published": table["published"], **claim}
        about = {name: value for name, value in about.items() if name in _OF_CLAIM}
        plain = {
            name: value
            for name, value in claim.items()
            if name not in (*_OF_CLAIM, *_OF_VERSION, "versions")
        }
        dates = {name: claim[name] for name in _OF_VERSION if name in claim}
        if about["published"] == "unknown":
            about["published"] = None
        for version in claim.get("versions", [{}]):
            yield from _made(about, {**plain, **dates, **version}, table["id"], recorded)
    for source in table.get("also", ()):
        yield from _made({**own, "source": source}, {REPORTS: True}, table["id"], recorded)


def _made(about: Table, fields: Table, entry_id: str, recorded: datetime) -> Iterator[Claim]:
    acted = about.get("acted") or (about["published"] if about.get("act") else None)
    said = {name: value for name, value in about.items() if name != "quote"}
    for name, value in fields.items():
        if name in _OF_VERSION:
            continue
        yield Claim(
            claim_id="/".join([entry_id, name, *_place(about, fields)]),
            field=name,
            value=_plain(name, value),
            start=fields.get("from"),
            end=fields.get("until"),
            recorded=recorded,
            by=RECORDED_BY,
            evidence=_evidence(about.get("quote", "")),
            **{**said, "acted": acted},
        )


def _place(about: Table, fields: Table) -> list[str]:
    """Return what tells the claims about one field apart, for their ids."""
    act = re.sub(r"[^a-z0-9]+", "-", about.get("act", "").lower()).strip("-")
    parts = (about["source"], act, about.get("profile", ""), str(fields.get("from", "")))
    return [part for part in parts if part]


def _evidence(quote: str) -> tuple[Span, ...]:
    """Return the words of a public act as a span of the excerpt that is kept: the words alone."""
    if not quote:
        return ()
    digest = hashlib.sha256(quote.encode("utf-8")).hexdigest()
    return (Span(text_sha256=digest, start=0, end=len(quote), exact=quote),)


def _plain(name: str, value: Value) -> Value:
    """Return a field's value as plain JSON, with the shorthands written out."""
    if name == "rate" and isinstance(value, int | float):
        return {"kind": "ad_valorem", "ad_valorem": float(value), "basis": "additional"}
    if name in _TIMES:
        if isinstance(value, date):
            value = {"start": value, "end": value + timedelta(days=1)}
        elif isinstance(value, list):
            value = {"start": value[0], "end": value[1] + timedelta(days=1)}
    return _json(value)


def _json(value: Value) -> Value:
    if isinstance(value, dict):
        return {name: _json(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
