"""What a policy does: the solved economy with its labels and units."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from parley.equilibrium._base import Base, Closure, Model
    from parley.equilibrium._policy import Policy
    from parley.equilibrium._solve import Preconditioner, Solution
    from parley.typing import Array
    from parley.world import Elasticities, World

NUMERAIRE = "world factor income"


@dataclass(frozen=True, kw_only=True, eq=False)  # no slots: fields below are computed when asked
class Outcome:
    """The equilibrium of a world under a policy, against its base year.

    Hats are counterfactual over base, in units of the numeraire (world factor income) for wages
    and prices. Values in USD are base-year dollars of the same numeraire.
    """

    status: str
    residual: float
    iterations: int
    world: World = field(repr=False)
    policy: Policy = field(repr=False)
    solution: Solution = field(repr=False)
    preconditioner: Preconditioner = field(repr=False)
    starts_elsewhere: int = 0  # of two further starts, tried with scale economies; see `solve`

    def __repr__(self) -> str:
        return (
            f"Outcome({self.world.name}, {self.closure} deficits, {self.status}: residual "
            f"{self.residual:.1e} after {self.iterations} iterations)"
        )

    # ------------------------------------------------------------------ labels

    @property
    def economies(self) -> tuple[str, ...]:
        """Codes of the economies, in the order of every `economy` axis."""
        return self.world.economies

    @property
    def sectors(self) -> tuple[str, ...]:
        """Codes of the sectors."""
        return self.world.sectors

    @property
    def closure(self) -> Closure:
        """The rule that the trade imbalances follow."""
        return self._base.model.closure

    @property
    def model(self) -> Model:
        """The variant of the economy."""
        return self._base.model

    @property
    def scale_times_trade(self) -> Array:
        """Psi times epsilon by sector, (sector,).

        At most 1 the equilibrium is unique, but this is known only without input links and with
        fixed mobile labour.
        """
        return self._base.elasticities.scale * self._base.elasticities.trade

    @property
    def elasticity_set(self) -> Elasticities:
        """The elasticities that it was solved with."""
        return self._base.elasticities

    # ------------------------------------------------------------------ welfare and income

    @cached_property
    def price_index_hat(self) -> Array:
        """Price index of final consumption, (economy,)."""
        index: Array = np.exp(self._value("price_index"))
        return index

    @cached_property
    def real_income_hat(self) -> Array:
        """Final expenditure over its price index, transfers included, (economy,)."""
        return np.exp(self._value("spending")) / self.price_index_hat

    @cached_property
    def welfare(self) -> Array:
        """Equivalent variation as a fraction of base-year income, (economy,).

        Income holds wages, profits, revenue and the transfer that finances the imbalance; in the
        base year it equals final expenditure, which is what the code divides by.

        Where labour is elastic the value of leisure given up is taken off; `real_income_hat`
        leaves it in.
        """
        leisure = self._value("effort").sum(axis=0) / np.exp(self._value("price_index"))
        change = leisure - self._base.payroll.sum(axis=0) * self._effort_share
        gain: Array = self.real_income_hat - 1.0 - change / self._base.expenditure
        return gain

    @property
    def _effort_share(self) -> float:
        supply = self._base.elasticities.labour_supply
        return supply / (1.0 + supply)

    @cached_property
    def equivalent_variation_usd_mn(self) -> Array:
        """Equivalent variation in base-year USD million a year, (economy,)."""
        return self._base.expenditure * self.welfare

    @cached_property
    def real_income_without_transfers_hat(self) -> Array:
        """The same without the transfers that finance the trade imbalance, (economy,)."""
        earned = self._value("income") + self._value("revenue")
        before = self._base.income + self.revenue_base_usd_mn
        hat: Array = earned / before / self.price_index_hat
        return hat

    @cached_property
    def expenditure_base_usd_mn(self) -> Array:
        """Base-year final expenditure, which equals income with transfers, (economy,)."""
        return self._base.expenditure

    @cached_property
    def income_base_usd_mn(self) -> Array:
        """Factor income of the base year, (economy,)."""
        return self._base.income

    @cached_property
    def income_usd_mn(self) -> Array:
        """Factor income (wages and profits), (economy,)."""
        return self._value("income")

    @cached_property
    def payroll_usd_mn(self) -> Array:
        """Wages paid, (economy, sector)."""
        return self._value("payroll").T

    @cached_property
    def profit_usd_mn(self) -> Array:
        """Profits, (economy, sector); zero under competition."""
        return self._value("profit").T

    @cached_property
    def wage_hat(self) -> Array:
        """Wage; averaged with payrolls where labour is tied to its sector, (economy,)."""
        payroll = self._value("payroll")
        hat: Array = payroll.sum(axis=0) / (payroll / np.exp(self._value("wage"))).sum(axis=0)
        return hat

    # ------------------------------------------------------------------ trade and revenue

    @cached_property
    def revenue_usd_mn(self) -> Array:
        """Revenue from import duties and export taxes, (economy,)."""
        return self._value("revenue")

    @cached_property
    def revenue_base_usd_mn(self) -> Array:
        """Duty revenue of the base year, (economy,)."""
        flows = self.world.final + self.world.intermediate
        revenue: Array = (flows * self.world.tariff).sum(axis=(1, 2))
        return revenue

    @cached_property
    def rent_usd_mn(self) -> Array:
        """Rents of quotas and licences by the economy that holds them, (economy,)."""
        return self._value("rent")

    @cached_property
    def shadow_price(self) -> dict[str, float]:
        """Ad valorem equivalent of each limit: 0.25 raises the price by a quarter; 0 is slack."""
        wedges = self.solution.sweep.kernel.wedges
        if wedges is None:
            return {}
        shadows = np.expm1(self._value("shadow"))
        return dict(zip(wedges.names, (float(shadow) for shadow in shadows), strict=False))

    @cached_property
    def duty_rate(self) -> Array:
        """All duties over the price at the border, (importer, exporter, sector).

        Duties per unit are in it at the prices of the equilibrium.
        """
        kernel = self.solution.sweep.kernel
        rate = np.ascontiguousarray(kernel.tariff.transpose(1, 2, 0))
        if kernel.wedges is not None:
            w = kernel.wedges
            cell = np.argmax(w.incidence[w.specific], axis=1)
            where = w.cells.importer[cell], w.cells.exporter[cell], w.cells.sector[cell]
            per_unit = self._value("per_unit")[:, 0]
            rate[where] = w.landed[cell, 0] * (1.0 + per_unit) - 1.0
        return rate

    @cached_property
    def trade_base_usd_mn(self) -> Array:
        """Flows of the base year at exporter's prices, (importer, exporter, sector)."""
        return self.world.final + self.world.intermediate

    @cached_property
    def trade_usd_mn(self) -> Array:
        """Flows at exporter's prices before duty and export tax, (importer, exporter, sector)."""
        sectors, economies = self._base.shape
        v = self.solution.values
        flows = v["net"] * v["per_denominator"][:, :, None] * v["attraction"][:, None, :]
        by_use = flows.reshape(sectors, self._base.uses, economies, economies)
        return np.ascontiguousarray(by_use.sum(axis=1).transpose(1, 2, 0))

    @cached_property
    def trade_deficit_usd_mn(self) -> Array:
        """Imports minus exports at prices before duty, (economy,)."""
        flows = self.trade_usd_mn
        deficit: Array = flows.sum(axis=(1, 2)) - flows.sum(axis=(0, 2))
        return deficit

    @cached_property
    def bilateral_balance_usd_mn(self) -> Array:
        """Exports to each partner minus imports from it, before duty, (economy, partner)."""
        flows = self.trade_usd_mn.sum(axis=2)
        balance: Array = flows.T - flows
        return balance

    @cached_property
    def output_hat(self) -> Array:
        """Volume of output, (economy, sector); 1 where the base year has none."""
        growth = self._value("sales") - self._value("cost")
        return np.where(self._base.sales > 0.0, np.exp(growth), 1.0).T

    @cached_property
    def employment_hat(self) -> Array:
        """Labour in each sector, (economy, sector); 1 where the base year has none."""
        base = self._base.payroll
        safe = np.where(base > 0.0, base, 1.0)
        hat = self._value("payroll") / safe / np.exp(self._value("wage"))
        return np.where(base > 0.0, hat, 1.0).T

    # ------------------------------------------------------------------ the four prices

    @cached_property
    def exporter_price_hat(self) -> Array:
        """Price that producers receive, before export tax and duty, (economy, sector)."""
        return np.exp(self._value("cost")).T

    @cached_property
    def landed_price_hat(self) -> Array:
        """Duty-paid price of each flow to final buyers, (importer, exporter, sector)."""
        base = self._base
        economies = base.shape[1]
        share = base.share[:, :economies]
        ratio = self._value("gross")[:, :economies] / np.where(share > 0.0, share, 1.0)
        with np.errstate(divide="ignore"):
            wedge = np.where(share > 0.0, ratio, 1.0) ** (-1.0 / base.trade_elasticity[:, :, None])
        landed = wedge * np.exp(self._value("cost"))[:, None, :]
        return np.ascontiguousarray(landed.transpose(1, 2, 0))

    @cached_property
    def consumer_price_hat(self) -> Array:
        """Price index of final buyers by sector, (economy, sector)."""
        return np.exp(self._value("price_final")).T

    @cached_property
    def producer_cost_hat(self) -> Array:
        """Cost of a producer's bundle of labour and inputs, (economy, sector)."""
        return np.exp(self._value("bundle")).T

    # ------------------------------------------------------------------ leaving

    def to_frame(self) -> pd.DataFrame:
        """Return the results by economy as a pandas frame, one row each."""
        import pandas as pd

        return pd.DataFrame(
            {
                "welfare": self.welfare,
                "equivalent_variation_usd_mn": self.equivalent_variation_usd_mn,
                "real_income_hat": self.real_income_hat,
                "wage_hat": self.wage_hat,
                "price_index_hat": self.price_index_hat,
                "revenue_usd_mn": self.revenue_usd_mn,
                "revenue_base_usd_mn": self.revenue_base_usd_mn,
                "trade_deficit_usd_mn": self.trade_deficit_usd_mn,
            },
            index=pd.Index(self.economies, name="economy"),
        )

    def to_xarray(self) -> Any:  # noqa: ANN401 - xarray is optional, its types are not here
        """Return every result as an `xarray.Dataset`; needs the package xarray."""
        import xarray as xr

        economy, sector = ("economy",), ("economy", "sector")
        flow = ("importer", "exporter", "sector")
        fields: dict[str, tuple[tuple[str, ...], Array]] = {
            str(name): (economy, column.to_numpy()) for name, column in self.to_frame().items()
        }
        for name in ("output_hat", "exporter_price_hat", "consumer_price_hat", "employment_hat"):
            fields[name] = (sector, getattr(self, name))
        for name in ("trade_usd_mn", "trade_base_usd_mn"):
            fields[name] = (flow, getattr(self, name))
        labels = {name: list(self.economies) for name in ("economy", "importer", "exporter")}
        return xr.Dataset(fields, coords=labels | {"sector": list(self.sectors)})

    # ------------------------------------------------------------------ inside

    @property
    def _base(self) -> Base:
        return self.solution.sweep.base

    def _value(self, name: str) -> Array:
        return self.solution.values[name]
