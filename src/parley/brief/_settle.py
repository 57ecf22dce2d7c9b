"""What the two could settle on at the table of their two duties, and whether it would hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley import talks
from parley.brief._computed import (
    DealStakes,
    Duty,
    Scenario,
    Settlement,
    Side,
    Temptation,
    Tried,
    Value,
)
from parley.brief._economy import base_duty
from parley.records import DutyCell, DutyTable
from parley.world import BASE_DUTIES_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from parley.records import Entry
    from parley.talks import Bargain, Deal, Payoffs, Table
    from parley.typing import Array

OBJECTIVE = (
    "A side’s objective is its real income, measured as equivalent variation in base-year dollars "
    "a year."
)
RULE = (
    "The bargain is Nash’s: the pair of duties with the largest product of both sides’ gains over "
    "walking away."
)
WALK_AWAY = "walk-away"
BARGAIN = "bargain"
_POINTS, _TOLERANCE = 7, 0.01  # a first look at 7 x 7 pairs, then closer, down to one point


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The deals whose payoffs the settlement needs, each by a name."""

    table: Table
    bargain: Bargain
    base_duties: tuple[Duty, ...]
    deals: Mapping[str, Deal]  # name of the deal
    breaches: Mapping[tuple[str, str], Deal]  # name of the deal, party that breaks it
    alone: Mapping[tuple[str, str], float]  # USD million of going back alone, by the same keys
    other_horizon: Mapping[tuple[str, str], Temptation]
    tried: tuple[tuple[Deal, tuple[float, ...]], ...]

    def named_deals(self) -> dict[str, Deal]:
        """Return every deal under the name that the draws use."""
        return {
            WALK_AWAY: self.bargain.walk_away.deal,
            **self.deals,
            **{
                breach_name(name, party): breach
                for (name, party), breach in self.breaches.items()
                if breach != self.deals[name]
            },
        }


def breach_name(deal: str, party: str) -> str:
    """Return the name under which the draws hold a breach."""
    return f"{party} breaks {deal}"


def plan(
    economy: Payoffs, other: Payoffs, before: Scenario, walk_away: Deal, *, lag_years: float
) -> Plan | None:
    """Return what is on the table, the bargain and the best breaches; None if no duty can move.

    `other` is the same economy at the other horizon: what a first year's breach brings hangs on
    the elasticities more than anything else, so it is asked at both.
    """
    table = economy.table
    if all(low == high for low, high in table.bounds):
        return None
    seen: dict[Deal, Array] = {}

    def payoff(deal: Deal) -> Array:
        seen[deal] = economy(deal)
        return seen[deal]

    found = talks.bargain(table, payoff, walk_away, points=_POINTS, tolerance=_TOLERANCE)
    tried = tuple((deal, tuple(pays.tolist())) for deal, pays in seen.items())
    deals = {} if table.status_quo == walk_away else {before.name: table.status_quo}
    if found.best is not None:
        deals[BARGAIN] = found.best.deal
    breaches = {
        (name, party): talks.best_breach(
            table, economy, deal, party, points=_POINTS, tolerance=_TOLERANCE
        ).deal
        for name, deal in deals.items()
        for party in table.parties
    }
    keys = [(name, party) for name in deals for party in table.parties]
    return Plan(
        table=table,
        bargain=found,
        base_duties=tuple(
            Duty(
                importer=one.owner,
                exporter=one.partners[0],
                rate=base_duty(economy, one.owner, one.partners[0]),
                measures=(),
            )
            for one in table.instruments
        ),
        deals=deals,
        breaches=breaches,
        alone={
            (name, party): _alone(economy, deals[name], walk_away, party) for name, party in keys
        },
        other_horizon={
            (name, party): _temptation(other, deals[name], walk_away, party, lag_years=lag_years)
            for name, party in keys
        },
        tried=tried,
    )


def _alone(economy: Payoffs, deal: Deal, walk_away: Deal, party: str) -> float:
    """Return what a year at its walk-away duty brings a party while the other keeps the deal."""
    table = economy.table
    own = (table.names[at] for at in table.owned_by(party))
    mixed = deal.but({name: walk_away[name] for name in own})
    gain = economy(mixed) - economy(deal)
    return float(gain[table.parties.index(party)])


def _temptation(
    economy: Payoffs, deal: Deal, walk_away: Deal, party: str, *, lag_years: float
) -> Temptation:
    """Return what the best breach of a deal brings a party in `economy`."""
    table = economy.table
    breach = talks.best_breach(table, economy, deal, party, points=_POINTS, tolerance=_TOLERANCE)
    held = talks.holding(
        table,
        talks.paid(economy, deal),
        talks.paid(economy, walk_away),
        breach,
        lag=lag_years,
    )
    return Temptation(
        breach_duty=breach.deal.settings[table.owned_by(party)[0]],
        one_shot_gain_usd_mn=held.one_shot_gain,
        least_discount_factor=held.least_discount_factor,
    )


def table_of(
    before: Scenario, after: Scenario, entries: Sequence[Entry], *, on: date, goods: Sequence[str]
) -> Table:
    """Return the table of both duties, each between none and the higher of both scenarios.

    What else the record holds between the two lies beside them, of unknown size or not priced.
    """
    now, returning = (_duty_table(one, on, goods) for one in (before, after))
    return talks.Table.from_measures(
        entries,
        (now,),
        between=tuple(duty.importer for duty in before.duties),
        on=on,
        without_deal=(returning,),
        bounds=(0.0, 0.0),
        base_year=BASE_DUTIES_YEAR,
    )


def _duty_table(scenario: Scenario, on: date, goods: Sequence[str]) -> DutyTable:
    """Return the duties of a scenario, which are the same on all goods, sector by sector."""
    return DutyTable(
        on=on,
        basis="additional",
        cells=tuple(
            DutyCell(
                importer=duty.importer,
                exporter=duty.exporter,
                sector=sector,
                tariff=duty.rate,
                measures=duty.measures,
            )
            for duty in scenario.duties
            for sector in goods
        ),
    )


def settlement(
    planned: Plan,
    walk_away: Scenario,
    pays: Mapping[str, Array],
    *,
    level: float,
    lag_years: float,
) -> Settlement:
    """Return the settlement from the payoffs of every named setting.

    Parameters
    ----------
    pays
        By the names of `Plan.named_deals`: equivalent variations in USD million, shape
        (1 + draws, party); row 0 is the central estimate.
    """
    threat = np.array(planned.bargain.walk_away.payoffs)
    return Settlement(
        rule=RULE,
        objective=OBJECTIVE,
        walk_away=walk_away,
        bounds=tuple(
            Duty(importer=one.owner, exporter=one.partners[0], rate=one.high, measures=())
            for one in planned.table.instruments
        ),
        base_duties=planned.base_duties,
        deals=tuple(
            _deal(planned, name, pays, level=level, lag_years=lag_years) for name in planned.deals
        ),
        bargain_found=planned.bargain.best is not None,
        lag_years=lag_years,
        tried=tuple(
            Tried(rates=deal.settings, gains_usd_mn=tuple(np.subtract(gains, threat).tolist()))
            for deal, gains in planned.tried
        ),
        spacing=planned.bargain.spacing,
    )


def _deal(
    planned: Plan, name: str, pays: Mapping[str, Array], *, level: float, lag_years: float
) -> DealStakes:
    deal = planned.deals[name]
    meaning = (
        "what the rule picks within the bounds of the table"
        if name == BARGAIN
        else "the duties that hold now"
    )
    return DealStakes(
        name=name,
        meaning=meaning,
        duties=tuple(
            Duty(
                importer=one.owner,
                exporter=one.partners[0],
                rate=rate,
                measures=one.measures if deal == planned.table.status_quo else (),
            )
            for one, rate in zip(planned.table.instruments, deal.settings, strict=True)
        ),
        at_bounds=_at_bounds(planned) if name == BARGAIN else (),
        sides=tuple(
            _side(planned, name, party, pays, level=level, lag_years=lag_years)
            for party in planned.table.parties
        ),
    )


def _at_bounds(planned: Plan) -> tuple[str, ...]:
    """Return the duties of the bargain that lie at a bound, as "USA on CHN"."""
    return tuple(
        f"{one.owner} on {one.partners[0]}"
        for one in planned.table.instruments
        if one.name in planned.bargain.at_bounds
    )


def _side(
    planned: Plan,
    name: str,
    party: str,
    pays: Mapping[str, Array],
    *,
    level: float,
    lag_years: float,
) -> Side:
    at = planned.table.parties.index(party)
    deal, walk_away = pays[name][:, at], pays[WALK_AWAY][:, at]
    broken = breach_name(name, party)
    breach = pays[broken][:, at] if broken in pays else deal
    held = talks.Holding(
        party=party, breach=breach[0], deal=deal[0], punishment=walk_away[0], lag=lag_years
    )
    own = planned.table.owned_by(party)[0]
    return Side(
        party=party,
        gain_usd_mn=value_of(deal - walk_away, level=level),
        breach_duty=planned.breaches[name, party].settings[own],
        one_shot_gain_usd_mn=value_of(breach - deal, level=level),
        alone_usd_mn=planned.alone[name, party],
        verdict=held.verdict,
        least_discount_factor=held.least_discount_factor,
        other_horizon=planned.other_horizon[name, party],
    )


def value_of(draws: Array, *, level: float) -> Value:
    """Return the central value (row 0) with the interval of the other rows."""
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(draws[1:], [tail, 1.0 - tail])
    return Value(point=float(draws[0]), low=float(low), high=float(high))
