"""What a step from one set of duties to another is worth, to whom, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley import equilibrium
from parley.brief import _settle
from parley.brief._computed import (
    Method,
    PartyChange,
    PartyStakes,
    Scenario,
    Settlement,
    Stakes,
    TradeStakes,
    Unsourced,
)
from parley.brief._economy import CLOSURE, CLOSURE_IN_WORDS, economy_of
from parley.brief._items import items_of
from parley.brief._settle import value_of
from parley.world import economies_of, party_notes, services_mask

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date

    from parley.brief._items import Items
    from parley.brief._options import Horizon, Options
    from parley.equilibrium import Draws
    from parley.records import Entry
    from parley.talks import Deal, Payoffs
    from parley.typing import Array
    from parley.world import World

TESTED_RATE = 0.05  # what flows without a sourced base duty are set to, to see what it changes
BEFORE, AFTER = "before", "after"
HEADLINE = (
    "Additional duties are headline rates, scope assumed to be all goods: products that a measure "
    "exempts are charged here too, and duties on listed products are left out."
)
WELFARE = (
    "equivalent variation: what base-year final spending would have to change by, at base-year "
    "prices, to do the same; in dollars of the base year, a year; per cent of base-year final "
    "spending."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """The answers to the fourth and the fifth question."""

    stakes: Stakes
    settlement: Settlement | None
    items: Items
    economy: Payoffs


def worth_of(  # noqa: PLR0913 - the options of one question
    world: World,
    before: Scenario,
    after: Scenario,
    entries: Sequence[Entry],
    *,
    on: date,
    listed: Collection[str],
    options: Options,
    assumed_draft: str = "",
    on_result: Callable[[int], None] | None = None,
) -> Worth:
    """Return what the step from `before` to `after` is worth and what could be settled instead.

    `entries` are the measures between the parties on the day; those `listed` are priced one by
    one where their size is unknown. Every scenario is solved under the same draws, so that
    differences carry no sampling noise.
    """
    table = _settle.table_of(before, after, entries, on=on, goods=world.goods)
    economy = economy_of(world, table, options.horizon)
    other = economy_of(world, table, _other(options.horizon))
    deals = {BEFORE: table.status_quo, AFTER: table.without_deal or table.status_quo}
    planned = _settle.plan(economy, other, before, deals[AFTER], lag_years=options.lag_years)
    if planned is not None:
        deals |= planned.named_deals()
    drawn = _drawn(economy, deals, options=options, on_result=on_result)
    stakes = _stakes(economy, before, after, drawn, options=options, assumed_draft=assumed_draft)
    items = items_of(economy, options.horizon, only=listed)
    if planned is None:
        return Worth(stakes=stakes, settlement=None, items=items, economy=economy)
    pays = {name: economy.of_parties(drawn.variation(name)) for name in deals}
    return Worth(
        stakes=stakes,
        items=items,
        economy=economy,
        settlement=_settle.settlement(
            planned, after, pays, level=options.level, lag_years=options.lag_years
        ),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """Draws by name; deals that are the same are drawn once. Row 0 is the central estimate."""

    draws: Draws
    key: dict[str, str]

    def variation(self, name: str) -> Array:
        """Equivalent variation in USD million, shape (1 + draws, economy)."""
        return self._rows(self.draws[self.key[name]].equivalent_variation_usd_mn)

    def revenue(self, name: str) -> Array:
        """Duty revenue in USD million, shape (1 + draws, economy)."""
        return self._rows(self.draws[self.key[name]].revenue_usd_mn)

    def trade(self, name: str) -> Array:
        """Trade in goods in USD million before duty, shape (1 + draws, importer, exporter)."""
        return self._rows(self.draws[self.key[name]].goods_trade_usd_mn)

    @staticmethod
    def _rows(spread: equilibrium.Spread) -> Array:
        rows: Array = np.concatenate([spread.central[None], spread.values])
        return rows


def _drawn(
    economy: Payoffs,
    deals: dict[str, Deal],
    *,
    options: Options,
    on_result: Callable[[int], None] | None,
) -> _Drawn:
    first_named: dict[Deal, str] = {}
    for name, deal in deals.items():
        first_named.setdefault(deal, name)
    draws = equilibrium.draws(
        economy.world,
        {name: economy.policy(deal) for deal, name in first_named.items()},
        count=options.draws,
        seed=options.seed,
        horizon=options.horizon,
        closure=CLOSURE,
        workers=options.workers,
        on_result=on_result,
    )
    return _Drawn(draws, {name: first_named[deal] for name, deal in deals.items()})


def _stakes(
    economy: Payoffs,
    before: Scenario,
    after: Scenario,
    drawn: _Drawn,
    *,
    options: Options,
    assumed_draft: str,
) -> Stakes:
    world = economy.world
    sides = {code for party in economy.table.parties for code in economies_of(world, party)}
    third = [
        _party(economy, code, drawn, options.level) for code in world.economies if code not in sides
    ]
    third.sort(key=lambda one: -abs(one.real_income_usd_mn.point))
    importers = [(duty.importer, duty.exporter) for duty in after.duties]
    return Stakes(
        before=before,
        after=after,
        assumed_draft=assumed_draft,
        parties=tuple(_party(economy, one, drawn, options.level) for one in economy.table.parties),
        third=tuple(third),
        trade=tuple(_trade(economy, *flow, drawn, options.level) for flow in importers),
        other_horizon=_change(economy_of(world, economy.table, _other(options.horizon))),
        unsourced=_unsourced(economy, options.horizon),
        method=_method(economy, options),
    )


def _party(economy: Payoffs, party: str, drawn: _Drawn, level: float) -> PartyStakes:
    at = economy.positions(party)
    income = (drawn.variation(AFTER) - drawn.variation(BEFORE))[:, at].sum(axis=1)
    revenue = (drawn.revenue(AFTER) - drawn.revenue(BEFORE))[:, at].sum(axis=1)
    base = drawn.draws[BEFORE].outcome.expenditure_base_usd_mn[at].sum()
    return PartyStakes(
        party=party,
        economies=economies_of(economy.world, party),
        real_income_usd_mn=value_of(income, level=level),
        real_income_percent=value_of(100.0 * income / base, level=level),
        revenue_usd_mn=value_of(revenue, level=level),
    )


def _trade(
    economy: Payoffs, importer: str, exporter: str, drawn: _Drawn, level: float
) -> TradeStakes:
    rows, columns = economy.positions(importer), economy.positions(exporter)
    start, end = (
        drawn.trade(name)[:, rows][:, :, columns].sum(axis=(1, 2)) for name in (BEFORE, AFTER)
    )
    return TradeStakes(
        importer=importer,
        exporter=exporter,
        from_usd_mn=float(start[0]),
        to_usd_mn=float(end[0]),
        change_percent=value_of(100.0 * (end / start - 1.0), level=level),
    )


def _other(horizon: Horizon) -> Horizon:
    return "short" if horizon == "long" else "long"


def _change(economy: Payoffs) -> tuple[PartyChange, ...]:
    """Return the change of real income of both parties without a deal, solved anew."""
    table = economy.table
    change = economy(table.without_deal or table.status_quo) - economy(table.status_quo)
    return tuple(
        PartyChange(party=party, real_income_usd_mn=float(change[at]))
        for at, party in enumerate(table.parties)
    )


def _unsourced(economy: Payoffs, horizon: Horizon) -> Unsourced:
    world = economy.world
    unknown = ~world.tariff_known & ~services_mask(world)
    tested = world.with_tariff(np.where(unknown, TESTED_RATE, world.tariff))
    return Unsourced(
        trade_share=float(world.summary()["goods_trade_without_known_duty"]),
        tested_rate=TESTED_RATE,
        real_income_at_tested_rate=_change(economy_of(tested, economy.table, horizon)),
    )


def _method(economy: Payoffs, options: Options) -> Method:
    world = economy.world
    notes = (
        HEADLINE,
        *(note for party in economy.table.parties for note in party_notes(world, party)),
        *world.notes,
    )
    return Method(
        world=f"{world.name} ({len(world.economies)} economies, {len(world.sectors)} sectors, "
        f"base year {world.year})",
        world_credit=world.source,
        elasticities="; ".join(economy.elasticities.sources),
        closure=CLOSURE_IN_WORDS,
        horizon=options.horizon,
        welfare=WELFARE,
        draws=options.draws,
        seed=options.seed,
        level=options.level,
        residual=economy.largest_residual,
        notes=notes,
    )
