"""The brief: what one page reports, what the record holds, and what it is worth.

A brief is plain values. Money is in USD million a year at the prices of the world's base year,
rates are fractions of customs value. `encode_brief` writes it as JSON by schema ``brief/1``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic reads the annotations
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

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
class Value:
    """A computed number with the interval of its draws; the unit stands in the field's name."""

    point: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """The additional duty of one party on another: the sum of the measures named."""

    importer: str
    exporter: str
    rate: float
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Duties that hold together, added to the base duties of the world."""

    name: str  # "the truce", "the snap-back", "what holds", "the assumed duties"
    meaning: str  # one sentence: where the duties come from
    duties: tuple[Duty, ...]
    day: date | None = None  # whose law it is; None for an assumption


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyStakes:
    """What the step from one scenario to the other does to one party."""

    party: str
    economies: tuple[str, ...]
    real_income_usd_mn: Value
    real_income_percent: Value  # of base income
    revenue_usd_mn: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeStakes:
    """What the step does to one flow, at prices before duty."""

    importer: str
    exporter: str
    from_usd_mn: float
    to_usd_mn: float
    change_percent: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyChange:
    """One party's change of real income under another choice than the main one."""

    party: str
    real_income_usd_mn: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A measure in force that the duties by product leave out, with the reason."""

    measure: str  # entry_id
    title: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """The step at the duties that were charged by product: exemptions and listed products in."""

    importer: str  # whose duties are averages by product; the other's stay headline rates
    exporter: str
    average_before: float  # fraction of customs value at the imports of 2024, base included
    average_after: float
    real_income: tuple[PartyChange, ...]
    left_out: tuple[LeftOut, ...] = ()  # in force on either day, and in neither average


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsourced:
    """The flows of goods whose base duty has no source and enters as zero."""

    trade_share: float  # of the world's trade in goods
    tested_rate: float  # what they are set to for the test
    real_income_at_tested_rate: tuple[PartyChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What a number rests on."""

    world: str
    world_credit: str
    elasticities: str
    closure: str
    horizon: str
    welfare: str
    draws: int
    seed: int
    level: float
    residual: float  # the largest of all equilibria behind the point estimates
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """What the items on the table are worth: the step from `before` to `after`."""

    before: Scenario
    after: Scenario
    assumed_draft: str  # "" when computed from the record alone
    parties: tuple[PartyStakes, ...]
    third: tuple[PartyStakes, ...]  # every other economy of the world, largest change first
    trade: tuple[TradeStakes, ...]
    other_horizon: tuple[PartyChange, ...]  # the same step at the other horizon's elasticities
    charged: Charged | None = None  # None where the law of a day is not what is compared
    not_charged: str = ""  # why there is none though the law of two days is compared
    unsourced: Unsourced
    method: Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Temptation:
    """What a year's breach brings a side with the elasticities of the other horizon."""

    breach_duty: float  # the higher own duty that pays best; the deal's own where none pays
    one_shot_gain_usd_mn: float
    least_discount_factor: float | None  # zero: holds always; None: walking away does not hurt


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What a deal means to one party, and what it needs to keep it."""

    party: str
    gain_usd_mn: Value  # over the walk-away point; also what the punishment costs it a year
    breach_duty: float  # the higher own duty that pays best while the other keeps the deal
    one_shot_gain_usd_mn: Value  # of that breach, for a year; zero where no higher duty pays
    alone_usd_mn: float  # of going back to its walk-away duty alone for a year
    verdict: Literal["any patience suffices", "patience needed", "no patience suffices"]
    least_discount_factor: float | None  # for a detection lag of one year
    other_horizon: Temptation


@dataclass(frozen=True, slots=True, kw_only=True)
class DealStakes:
    """One setting of the two duties against the walk-away point."""

    name: str  # "truce", "bargain"
    meaning: str
    duties: tuple[Duty, ...]
    at_bounds: tuple[str, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A pair of duties that the search looked at."""

    rates: tuple[float, ...]
    gains_usd_mn: tuple[float, ...]  # over the walk-away point


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What the two could settle on at the table of their two duties, and whether it holds."""

    rule: str
    objective: str
    walk_away: Scenario
    bounds: tuple[Duty, ...]  # the highest duty of each; the lowest is no additional duty
    base_duties: tuple[Duty, ...]  # on all goods of the base year, on average
    deals: tuple[DealStakes, ...]
    bargain_found: bool
    lag_years: float
    tried: tuple[Tried, ...]
    spacing: float  # of the closest look, a fraction of customs value


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyBand:
    """The lowest and the highest worth of an item to one party."""

    party: str
    low_usd_mn: float
    high_usd_mn: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What an item may be worth over the settings that it is assumed to have."""

    assumed: tuple[float, float]  # shares of the base-year flow that pass
    worth: tuple[PartyBand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """The smallest cut that costs a party as much as lower duties bring it."""

    target: str
    owner: str  # of the item and of the duties that it is weighed against
    points: float  # by which these are lowered, a fraction of customs value
    worth_usd_mn: tuple[tuple[float, ...], ...]  # of that; by rows `between_origins`
    between_origins: tuple[float, ...]  # elasticities that are tried
    of_users: tuple[float, ...]
    cut: tuple[tuple[float | None, ...], ...]  # of the base-year flow; null: none up to `deepest`
    deepest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedItem:
    """A measure on the table whose size nobody published: never a point."""

    item: str
    ref: str  # entry_id
    why: str  # why there is no size, or where the assumed range comes from
    horizon: Literal["long", "short"]
    band: Band | None
    break_even: BreakEven | None


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
