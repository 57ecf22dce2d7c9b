"""Other measures of a change than welfare, as the literature prints them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from parley.equilibrium._outcome import Outcome
    from parley.typing import Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FirstOrder:
    """First-order parts of the welfare change, fractions of base-year income; (economy,).

    They add up to `total`, which is near the exact change for small shocks only: for Mexico in
    NAFTA Caliendo and Parro print 1.31 per cent where the same equilibrium has 0.007.
    """

    terms_of_trade: Array = field(repr=False)
    volume_of_trade: Array = field(repr=False)

    @property
    def total(self) -> Array:
        """Both parts together."""
        return self.terms_of_trade + self.volume_of_trade


def first_order(outcome: Outcome) -> FirstOrder:
    """Return the terms-of-trade and volume-of-trade effects of an outcome.

    References
    ----------
    Caliendo and Parro (2015), equation 20: exports and imports of the base year times the growth
    of unit costs; duty revenue of the base year times the growth of imports beyond that of costs.
    Growth is that of levels, not of logs, as in the numbers that they print.
    """
    base, flows = outcome.trade_base_usd_mn, outcome.trade_usd_mn
    cost = outcome.exporter_price_hat - 1.0  # (economy, sector)
    received = (base * cost[None]).sum(axis=(0, 2))
    paid = (base * cost[None]).sum(axis=(1, 2))
    grown = flows - base - base * cost[None]
    volume = (outcome.world.tariff * grown).sum(axis=(1, 2))
    income = outcome.expenditure_base_usd_mn
    return FirstOrder(terms_of_trade=(received - paid) / income, volume_of_trade=volume / income)


def real_gdp_hat(outcome: Outcome) -> Array:
    """Return the volume of gross domestic product over that of the base year, (economy,).

    Final consumption plus exports less imports, both at exporters' prices, as a Fisher index: the
    mean of the changes at the prices of the base year and at those of the equilibrium. Unlike
    `Outcome.welfare` it leaves out what an economy gains by better terms of trade or by transfers.

    References
    ----------
    System of National Accounts 2008, chapter 15: volumes of expenditure, Fisher's ideal index.
    """
    price, consumer = outcome.exporter_price_hat, outcome.price_index_hat
    own = np.eye(len(outcome.economies), dtype=bool)[:, :, None]
    base = np.where(own, 0.0, outcome.trade_base_usd_mn)
    later = np.where(own, 0.0, outcome.trade_usd_mn)
    spent = outcome.expenditure_base_usd_mn
    bought = spent * outcome.real_income_hat

    def product(consumed: Array, flows: Array) -> Array:
        total: Array = consumed + flows.sum(axis=(0, 2)) - flows.sum(axis=(1, 2))
        return total

    at_base_prices = product(bought, later / price) / product(spent, base)
    at_new_prices = product(bought * consumer, later) / product(spent * consumer, base * price)
    index: Array = np.sqrt(at_base_prices * at_new_prices)
    return index


@dataclass(frozen=True, slots=True, kw_only=True)
class Diversion:
    """What two economies trade less with each other, and more with third ones; USD million."""

    between_usd_mn: float  # change of the importer's purchases from the exporter
    from_others_usd_mn: float  # ... of its purchases from third economies
    to_others_usd_mn: float  # ... of the exporter's sales to third economies


def trade_diverted(outcome: Outcome, *, importer: str, exporter: str) -> Diversion:
    """Return where the trade of one economy with another went; at exporters' prices."""
    n, i = outcome.world.economy(importer), outcome.world.economy(exporter)
    change = (outcome.trade_usd_mn - outcome.trade_base_usd_mn).sum(axis=2)
    np.fill_diagonal(change, 0.0)
    between = float(change[n, i])
    return Diversion(
        between_usd_mn=between,
        from_others_usd_mn=float(change[n].sum()) - between,
        to_others_usd_mn=float(change[:, i].sum()) - between,
    )
