"""The brief: what one page reports, what the record holds, and what it is worth.

A brief is plain values. Money is in USD million a year at the prices of the world's base year,
rates are fractions of customs value. `encode_brief` writes it as JSON by schema ``brief/1``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic reads the annotations
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from parley.brief._computed import (
    Band,
    BreakEven,
    Charged,
    DealStakes,
    Duty,
    LeftOut,
    Method,
    PartyBand,
    PartyChange,
    PartyStakes,
    PricedItem,
    Scenario,
    Settlement,
    Side,
    Stakes,
    TradeStakes,
    Tried,
    Unsourced,
    Value,
)
from parley.records import Factuality, PublishedOrigin, Record, Source, Span  # noqa: TC001 - as above

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA = "brief/1"

Standing: TypeAlias = Literal["agrees", "disagrees", "possibly the same", "not in the record"]
"""How a reported fact stands to the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """Which page the brief was made from."""

    address: str
    title: str
    publisher: str
    published: date | None
    published_origin: PublishedOrigin
    published_source: str
    language: str
    page_sha256: str
    text_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One labelled line under a fact: "place", "London"."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What the page says. Nobody has reviewed it; it is not a fact of the record."""

    draft_id: str
    summary: str
    details: tuple[Detail, ...]
    quotes: tuple[Span, ...]
    said_by: str
    confidence: float
    factuality: Factuality
    standing: Standing
    beside: tuple[str, ...]  # ids of the entries that it was compared with
    remark: str  # what agrees or differs, in words
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What the ledger holds on the brief's date, as known on its date."""

    entry_id: str
    title: str
    summary: str
    details: tuple[Detail, ...]
    sources: tuple[Source, ...]
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One of the first three questions: what the page reports beside what the record holds."""

    reported: tuple[Reported, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    background: tuple[Recorded, ...] = ()  # in force for long; shown by title alone


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPriced:
    """An item on the table that has no number yet, with the reason."""

    item: str
    origin: Literal["reported", "record"]
    ref: str  # draft_id or entry_id
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something that the brief lacks, and the option that mends it."""

    what: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The answer to the five questions for one page."""

    made_by: str  # "Parley 0.1.0"
    page: PageHead
    on: date | None  # the day on which the record is asked
    known: date | None  # as known on this day
    parties: tuple[str, ...]  # between whom the stakes are computed
    about_talks: bool
    findings: tuple[str, ...]  # the main results, one sentence each
    missing: tuple[Missing, ...]
    happening: Section
    on_the_table: Section
    promises: Section
    stakes: Stakes | None
    no_stakes: str  # why there are none, "" when there are
    settlement: Settlement | None
    not_priced: tuple[NotPriced, ...]
    priced: tuple[PricedItem, ...] = ()  # measures of unknown size, by a band or break-even
    schema: Literal["brief/1"] = "brief/1"


for _type in (
    PageHead,
    Detail,
    Reported,
    Recorded,
    Section,
    Value,
    Duty,
    Scenario,
    PartyStakes,
    TradeStakes,
    PartyChange,
    LeftOut,
    Charged,
    Unsourced,
    Method,
    Stakes,
    Side,
    DealStakes,
    Tried,
    Settlement,
    PartyBand,
    Band,
    BreakEven,
    PricedItem,
    NotPriced,
    Missing,
    Brief,
):
    setattr(_type, "__pydantic_config__", {"extra": "forbid"})  # noqa: B010 - no field of the class


def _adapter() -> TypeAdapter[Brief]:
    from pydantic import TypeAdapter

    return TypeAdapter(Brief)


def encode_brief(brief: Brief) -> dict[str, Any]:  # Any: a JSON value
    """Return the brief as plain JSON values by schema ``brief/1``."""
    value: dict[str, Any] = _adapter().dump_python(brief, mode="json")
    return value


def decode_brief(value: object) -> Brief:
    """Return the brief that plain JSON values describe; the inverse of `encode_brief`."""
    return _adapter().validate_python(value)


def brief_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of ``brief/1``."""
    schema = _adapter().json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "A brief by Parley",
        **{key: value for key, value in schema.items() if key != "title"},
    }
