"""The records that stations hand on: the same for a draft, the ledger, JSON and the desk.

Every type is frozen. A record holds what was said, never its identity or its proof: a `Draft`
or an `Entry` wraps it with an id and its evidence. `encode` and `decode` write and read any of
them as plain JSON values, and `schema` gives the JSON Schema.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, get_args

from parley.errors import InputError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# --------------------------------------------------------------------------- pages and articles

PublishedOrigin: TypeAlias = Literal["stated", "inferred", "user", "unknown"]
ParagraphKind: TypeAlias = Literal["title", "body", "caption", "furniture"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it was taken: bytes, address and times, before anyone reads it."""

    address: str  # file path or URL as the user gave it
    content: bytes = field(repr=False)
    media_type: str  # "text/html" or "text/plain"
    retrieved: datetime | None = None  # UTC
    sha256: str = ""

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.content).hexdigest()
        if self.sha256 not in ("", digest):
            raise InputError(f"{self.address}: sha256 {self.sha256} does not match its content")
        object.__setattr__(self, "sha256", digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The words that prove something: W3C text-quote and text-position selectors in one.

    `start` and `end` count characters (Python code points) of the article's text, half-open, so
    that ``text[start:end] == exact``.
    """

    text_sha256: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.exact):
            raise InputError(
                f"a span from {self.start} to {self.end} cannot hold {len(self.exact)} characters"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A stretch of an article's text, half-open in characters, and what it is."""

    start: int
    end: int
    kind: ParagraphKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The text of a page with its paragraphs marked; nothing is deleted from the text."""

    page_sha256: str
    text: str = field(repr=False)
    title: str = ""
    publisher: str = ""
    published: date | None = None
    published_origin: PublishedOrigin = "unknown"
    published_source: str = ""  # where the date stood: "json-ld", "meta", "address", "--published"
    language: str = ""  # ISO 639-1, "" when unknown
    address: str = ""
    paragraphs: tuple[Paragraph, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()  # what a reader of the brief should know: "decoded as windows-1252"
    text_sha256: str = ""

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "text_sha256", digest)

    def span(self, start: int, end: int, *, context: int = 32) -> Span:
        """Return the `Span` of ``text[start:end]`` with `context` characters on both sides."""
        return Span(
            text_sha256=self.text_sha256,
            start=start,
            end=end,
            exact=self.text[start:end],
            prefix=self.text[max(0, start - context) : start],
            suffix=self.text[end : end + context],
        )


# --------------------------------------------------------------------------- time, rate, scope


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time as a source gives it: a half-open interval of days with the words behind it.

    `start` is the first day, `end` the first day after. Both are None while the words could not
    be resolved (no anchor, or ambiguous); the words then stand alone.
    """

    start: date | None = None
    end: date | None = None
    phrase: str = ""  # the words, "on Monday"
    rule: str = ""  # how they were resolved, "weekday after the anchor (future tense)"
    anchor: date | None = None  # what they were resolved against

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise InputError(f"an interval from {self.start} to {self.end} holds no day")

    @classmethod
    def day(cls, day: date, **words: str) -> When:
        """Return the interval of one day."""
        return cls(start=day, end=day + timedelta(days=1), **words)  # type: ignore[arg-type]  # words are str fields

    @property
    def last(self) -> date | None:
        """The last day of the interval, or None."""
        return None if self.end is None else self.end - timedelta(days=1)


MeasureState: TypeAlias = Literal[
    "threatened",
    "announced",
    "signed",
    "published",
    "in_force",
    "suspended",
    "expired",
    "withdrawn",
    "struck_down",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedState:
    """One state of a measure from `start` (inclusive) until `end` (exclusive).

    None means that the source gives no date: an open `end` lasts until another state begins.
    """

    state: MeasureState
    start: date | None = None
    end: date | None = None
    phrase: str = ""
    timezone: str = ""  # IANA name of the importer's customs clock, "" when not stated


RateKind: TypeAlias = Literal[
    "ad_valorem",
    "specific",
    "compound",
    "floor",
    "cap",
    "quota",
    "schedule",
    "to_be_announced",
    "unknown",
    "none",
]
RateBasis: TypeAlias = Literal["additional", "total", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A duty rate or a limit. Unknown, to be announced, zero and none are four different values.

    `ad_valorem` is a fraction of customs value: 0.25 is 25 per cent. `basis` says whether it is
    added to other duties or is the whole duty. For a floor it is the level below which the total
    may not fall, for a cap or quota `quantity` and `unit` give the volume. A `schedule` has
    different rates by product; the scope's product list holds them.
    """

    kind: RateKind = "unknown"
    ad_valorem: float | None = None
    specific: float | None = None  # money per unit
    unit: str = ""  # "RMB per net ton", "million tonnes a year"
    quantity: float | None = None
    in_quota: float | None = None  # ad valorem rate inside a tariff-rate quota
    basis: RateBasis = "unknown"
    previous: float | None = None  # the ad valorem rate that it replaces, when the source gives it
    words: str = ""

    def __post_init__(self) -> None:
        if self.kind in ("ad_valorem", "compound", "floor") and self.ad_valorem is None:
            raise InputError(f"a rate of kind {self.kind!r} needs ad_valorem")
        if self.kind in ("specific", "compound") and (self.specific is None or not self.unit):
            raise InputError(f"a rate of kind {self.kind!r} needs specific and unit")
        if self.kind in ("unknown", "to_be_announced", "none") and self.ad_valorem is not None:
            raise InputError(f"a rate of kind {self.kind!r} cannot have ad_valorem")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a measure covers: words of the source, and HS codes where they are known.

    `hs` are prefixes of `hs_edition` ("HS2022", "HTS2025"); `exclusions` are prefixes taken out.
    `product_list` names a list in `duties/`. A scope with `proposed` codes was matched from words.
    """

    words: str = ""
    hs: tuple[str, ...] = ()
    hs_edition: str = ""
    exclusions: tuple[str, ...] = ()
    product_list: str = ""
    proposed: bool = False


# --------------------------------------------------------------------------- the records

TalksFormat: TypeAlias = Literal["in-person", "call", "virtual", "unknown"]
RoundState: TypeAlias = Literal[
    "held", "ongoing", "scheduled", "postponed", "cancelled", "concluded"
]
Verdict: TypeAlias = Literal[
    "pledged",
    "kept",
    "on_track",
    "partly_kept",
    "late",
    "stalled",
    "broken",
    "disputed",
    "void",
]
MeasureKind: TypeAlias = Literal[
    "import_tariff",
    "tariff_suspension",
    "export_control",
    "export_licence",
    "import_ban",
    "quota",
    "visa",
    "subsidy",
    "sanction",
    "entity_listing",
    "other",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegate:
    """A person at a round, with the office and the party as the source gives them."""

    person: str
    office: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One meeting, call or summit of a negotiation, or a deal concluded at it."""

    parties: tuple[str, ...]
    place: str = ""
    when: When = When()
    format: TalksFormat = "unknown"
    state: RoundState = "held"
    delegates: tuple[Delegate, ...] = ()
    sequence: str = ""  # its place in the series as the source counts: "first since Geneva"
    subject: str = ""
    outcome: str = ""
    type: Literal["round"] = "round"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What a party undertook, to whom, by when. Whether it was kept is an `Assessment`."""

    made_by: tuple[str, ...]
    made_to: tuple[str, ...] = ()
    action: str
    quantity: float | None = None
    unit: str = ""
    baseline: str = ""
    due: When = When()
    round: str = ""  # id or words of the round at which it was made
    acknowledged_by: tuple[str, ...] = ()
    type: Literal["commitment"] = "commitment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One speaker's account of a commitment at one time. Accounts are never merged."""

    commitment: str  # draft_id or entry_id
    speaker: str
    speaker_party: str = ""  # party code when the speaker speaks for a government
    on: When = When()
    verdict: Verdict
    progress: str = ""  # measured progress in the source's words: "7 of 12 million tonnes"
    type: Literal["assessment"] = "assessment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accusation:
    """A claim that a party is unfair, acts in bad faith, or broke a promise."""

    by: str  # party code, or the name of a person, firm or group
    by_party: str = ""  # the speaker's party when `by` is a name
    against: tuple[str, ...]
    what: str
    commitment: str = ""  # draft_id or entry_id of the commitment that it concerns
    on: When = When()
    type: Literal["accusation"] = "accusation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A state's act that changes the terms of trade, with its dated states."""

    imposer: str
    targets: tuple[str, ...] = ()  # party codes; ("WLD",) is all or many unnamed partners
    kind: MeasureKind
    scope: Scope = Scope()
    rate: Rate = Rate()
    legal_basis: str = ""
    states: tuple[DatedState, ...] = ()
    instrument: str = ""  # programme that it belongs to: "IEEPA reciprocal", "Section 301"
    mast_chapter: str = ""  # UNCTAD MAST
    hts_heading: str = ""  # chapter-99 heading, United States
    snapback: str = ""  # what returns if nobody acts
    on_behalf: tuple[str, ...] = ()  # parties that impose it jointly, beside the imposer
    partner_group: str = ""  # dated group of partners in `duties/`, where targets are not enough
    exempt_partners: tuple[str, ...] = ()  # party codes taken out of the targets or the group
    stack_rules: tuple[str, ...] = ()  # rules in `duties/` on how it stacks with other measures
    trigger: str = ""  # the event that changes it, in the source's words
    type: Literal["measure"] = "measure"

    def state_on(self, day: date) -> MeasureState | None:
        """Return the state that holds on `day`: the one that began last and has not ended."""
        holding = [
            state
            for state in self.states
            if (state.start is None or state.start <= day)
            and (state.end is None or day < state.end)
        ]
        if not holding:
            return None
        return max(holding, key=lambda state: state.start or date.min).state


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What the parties concluded: its text if one was released, and the day on which it lapses."""

    parties: tuple[str, ...]
    name: str = ""
    concluded: When = When()
    round: str = ""  # entry_id of the round at which it was concluded
    expires: When = When()
    text: Literal["released", "none released", "unknown"] = "unknown"
    state: Literal[
        "verbal", "in_principle", "signed", "in_force", "expired", "superseded", "collapsed"
    ] = "in_principle"
    content: str = ""
    type: Literal["agreement"] = "agreement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words in quotation marks, with speaker and channel.

    Where the words themselves are not held, `quote` is empty and `gist` says in our own words
    what was said.
    """

    speaker: str
    speaker_party: str = ""
    channel: str = ""
    quote: str = ""
    gist: str = ""
    said: When = When()
    type: Literal["statement"] = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that a source asserts, with unit, period and subject."""

    what: str
    value: float
    unit: str  # "USD bn", "%", "million tonnes"
    period: When = When()
    concept: str = ""  # "goods trade, two-way", "general imports, customs value"
    type: Literal["figure"] = "figure"


Record: TypeAlias = (
    Round | Agreement | Commitment | Assessment | Accusation | Measure | Statement | Figure
)
RECORD_TYPES: tuple[type[Record], ...] = get_args(Record)


# --------------------------------------------------------------------------- drafts and entries

Factuality: TypeAlias = Literal[
    "asserted", "planned", "threatened", "conditional", "denied", "past"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A proposed fact: a record, the words that say it, and how sure the reader is.

    `confidence` is the probability that the record is right, between 0 and 1; `said_by` names
    who says it when it is not the page itself.
    """

    draft_id: str
    record: Record
    evidence: tuple[Span, ...]
    rules: tuple[str, ...]
    confidence: float
    factuality: Factuality = "asserted"
    said_by: str = ""

    def __post_init__(self) -> None:
        if not self.evidence:
            raise InputError(f"draft {self.draft_id} has no evidence")
        if not 0.0 <= self.confidence <= 1.0:
            raise InputError(
                f"draft {self.draft_id}: confidence {self.confidence} is not in [0, 1]"
            )


Rank: TypeAlias = Literal["legal text", "official statement", "agency", "press", "other"]
RANKS: tuple[Rank, ...] = get_args(Rank)  # the first outranks the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One page as it was seen at one time, with the words for an entry when it was captured.

    An address can say different things at different times, so a source is a capture, never an
    address alone. `witness` is shared by captures of the same story: together they are one.
    """

    source_id: str = ""
    address: str
    publisher: str = ""
    title: str = ""
    published: date | None = None
    published_origin: PublishedOrigin = "unknown"
    retrieved: date | None = None
    rank: Rank = "press"
    language: str = ""  # ISO 639-1
    page_sha256: str = ""  # "" when the page itself is not kept
    text_sha256: str = ""
    witness: str = ""  # group of near-duplicates
    evidence: tuple[Span, ...] = ()


Profile: TypeAlias = Literal["legal", "collected"]
Clock: TypeAlias = Literal["published", "recorded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says about one field of an entry, for a stretch of days.

    The claims of one source about one field, act and profile are a chain: within one revision of
    it no two claims cover the same day. A correction or retraction is the chain's next revision;
    earlier ones stay. `start` and `end` are half-open, None is open. `act` names the order,
    notice or ruling that sets the value: a later act replaces an earlier one, whereas sources
    only compete over the same act.
    """

    claim_id: str = ""
    field: str
    value: Any  # plain JSON, as `encode` gives the field
    source: str  # source_id
    start: date | None = None
    end: date | None = None
    timezone: str = ""  # IANA name of the clock that the days belong to
    profile: Profile | Literal["both"] = "both"
    act: str = ""  # "EO 14298"
    acted: date | None = None  # when the act was signed or announced
    published: date | None = None  # first day on which it could be known
    recorded: datetime | None = None  # when this ledger took it in, UTC
    by: str = ""  # who or what put it in
    revision: int = 1
    status: Literal["stands", "set aside", "retracted"] = "stands"
    why: str = ""  # of a claim set aside or retracted
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A fact in the ledger: a record resolved from its claims, with its sources.

    `record` holds what won by the ledger's rule on the day that was asked for; `claims` are all
    that were known by then, those that lost included, and `held` names those that won.
    """

    entry_id: str
    record: Record
    sources: tuple[Source, ...]
    title: str = ""
    published: date | None = None  # first day on which it could be known
    recorded: datetime | None = None  # when this ledger took it in, UTC
    accepted_by: str = ""
    claims: tuple[Claim, ...] = ()
    held: tuple[str, ...] = ()  # claim_id of the claims that give the record
    note: str = ""

    @property
    def holding(self) -> tuple[Claim, ...]:
        """The claims that give the record its values."""
        return tuple(claim for claim in self.claims if claim.claim_id in self.held)

    @property
    def losing(self) -> tuple[Claim, ...]:
        """The claims that were known and do not hold: outranked, later, earlier or set aside."""
        return tuple(claim for claim in self.claims if claim.claim_id not in self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An entry as it holds for one stretch of days, half-open, as known on one day."""

    start: date | None
    end: date | None
    record: Record
    state: str = ""  # of a measure, in this stretch
    acted: date | None = None  # when the act that opened this stretch was signed
    published: date | None = None  # when the claim that opened this stretch became known
    sources: tuple[str, ...] = ()  # source_id of the claims behind it


# --------------------------------------------------------------------------- duties by sector


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCell:
    """The duty of one importer on one exporter in one sector or HS class."""

    importer: str
    exporter: str
    sector: str
    tariff: float  # trade-weighted applied rate, fraction of customs value
    statutory_maximum: float | None = None
    exempt_share: float | None = None
    trade_usd_mn: float | None = None
    unmatched_usd_mn: float = 0.0
    measures: tuple[str, ...] = ()  # entry ids
    label: str = ""  # "headline, scope assumed" where no rate classes stand behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyTable:
    """Duties in force on one day, as known on another, by importer, exporter and sector.

    `basis` says whether the tariffs are the whole duty or are added to a base that the world
    holds ("additional").
    """

    on: date
    known: date | None = None
    basis: Literal["total", "additional"] = "total"
    concept: str = ""  # "imports for consumption, customs value; legal profile; 2024 weights"
    cells: tuple[DutyCell, ...] = ()


# --------------------------------------------------------------------------- JSON

T = TypeVar("T")

_STRICT = {"extra": "forbid"}
_JSON_TYPES: tuple[type, ...] = (
    Span,
    Paragraph,
    Article,
    When,
    DatedState,
    Rate,
    Scope,
    Delegate,
    *RECORD_TYPES,
    Draft,
    Source,
    Claim,
    Entry,
    Version,
    DutyCell,
    DutyTable,
)
for _type in _JSON_TYPES:
    setattr(_type, "__pydantic_config__", _STRICT)  # noqa: B010 - not a field of the class


_adapters: dict[type, TypeAdapter[Any]] = {}


def _adapter(record_type: type) -> TypeAdapter[Any]:  # Any: pydantic answers for every type
    from pydantic import TypeAdapter

    if record_type not in _adapters:
        _adapters[record_type] = TypeAdapter(record_type)
    return _adapters[record_type]


def encode(record: object) -> dict[str, Any]:  # Any: a JSON value
    """Return a record of this module as plain JSON values (dates in ISO 8601).

    Examples
    --------
    >>> encode(Figure(what="goods trade", value=582.0, unit="USD bn"))["value"]
    582.0
    """
    value: dict[str, Any] = _adapter(type(record)).dump_python(record, mode="json")
    return value


def decode(record_type: type[T], value: object) -> T:
    """Return the record that `value`, plain JSON values, describes.

    Raises
    ------
    InputError
        When a field is missing, unknown or of the wrong type; each is named.

    Examples
    --------
    >>> decode(Span, {"text_sha256": "ab", "start": 0, "end": 2, "exact": "no"}).exact
    'no'
    """
    from pydantic import ValidationError

    try:
        decoded: T = _adapter(record_type).validate_python(value)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors()[:5]
        )
        raise InputError(f"not a {record_type.__name__}: {faults}") from error
    return decoded


def schema(record_type: type) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a record type."""
    return dict(_adapter(record_type).json_schema())
