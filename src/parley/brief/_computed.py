"""What a brief computes: what a step is worth, what the two could settle on, what an item may cost.

Plain values, as in the brief around them: money in USD million a year at the prices of the world's
base year, rates as fractions of customs value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic reads the annotations
from typing import Literal


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
