"""The base year as the solver wants it: shares, laid out sector by sector.

Inside the engine an array of flows has axes (sector, importer, exporter): one matrix per sector,
so that an iteration is a few batched matrix-vector products. When final and intermediate buyers
have different suppliers, the importer axis holds all final buyers, then all intermediate ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from parley.errors import DataError, InputError

if TYPE_CHECKING:
    from parley.typing import Array, Mask
    from parley.world import Elasticities, World

Closure: TypeAlias = Literal["proportional", "fixed_share", "balanced"]
Rebate: TypeAlias = Literal["lump_sum", "income_tax"]
CLOSURES: tuple[Closure, ...] = ("proportional", "fixed_share", "balanced")
_SAME_SHARES = 1e-12  # below this the two uses have the same suppliers


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Which variant of the economy is solved.

    Parameters
    ----------
    closure
        How the trade imbalance follows income: in proportion to own income with the residual
        taken off every economy, as a fixed share of world income, or none at all.
    profits
        True for Krugman's monopolistic competition with a fixed number of firms: a share
        1 / (1 + trade elasticity) of sales is profit.
    rebate
        Where duty revenue goes: to households as a lump sum, or against the income tax, which
        raises the wage that labour sees (this matters when labour is elastic).
    margin
        By economy, the part of each purchase before duty that pays labour of the buyer's own
        economy, which brings the good to market; () for none.
    pass_through
        By economy, how strongly duties move the prices that buyers compare; () for fully.
        Ignatenko, Macedoni, Lashkaripour and Simonovska (2025).
    """

    closure: Closure = "proportional"
    profits: bool = False
    rebate: Rebate = "lump_sum"
    margin: tuple[float, ...] = ()
    pass_through: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.rebate not in ("lump_sum", "income_tax"):
            raise InputError(f"rebate {self.rebate!r} is neither lump_sum nor income_tax")
        if self.closure not in CLOSURES:
            raise InputError(f"closure {self.closure!r} is not one of {', '.join(CLOSURES)}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Base:
    """The base year of one world under one set of elasticities and one model."""

    world: World = field(repr=False)
    elasticities: Elasticities = field(repr=False)
    model: Model
    uses: int  # 2 when final and intermediate buyers have different suppliers
    share: Array = field(repr=False)  # of spending at duty-paid prices; (sector, buyer, exporter)
    net_share: Array = field(repr=False)  # the same over 1 + duty: what reaches producers
    absent: Array = field(repr=False)  # 1 where a buyer buys nothing, else 0; (sector, buyer)
    taxed: Mask = field(repr=False)  # who pays duty on anything; (sector, buyer)
    tariff: Array = field(repr=False)  # (sector, importer, exporter)
    trade_elasticity: Array = field(repr=False)  # (sector, 1)
    input_share: Array = field(repr=False)  # of the user's sales; (economy, user, input)
    value_added_share: Array = field(repr=False)  # of sales; (sector, economy)
    profit_share: Array = field(repr=False)  # of sales; (sector, economy)
    sales: Array = field(repr=False)  # USD mn; (sector, economy)
    final_spending: Array = field(repr=False)  # USD mn, duty-paid; (sector, economy)
    input_spending: Array = field(repr=False)  # same
    expenditure: Array = field(repr=False)  # final, USD mn; (economy,)
    income: Array = field(repr=False)  # from factors, USD mn; (economy,)
    deficit: Array = field(repr=False)  # USD mn; (economy,)
    margin: Array = field(repr=False)  # of purchases before duty; (economy,)
    pass_through: Array = field(repr=False)  # of duties into prices; (economy,)
    payroll: Array = field(repr=False)  # wages, margins among them, USD mn; (sector, economy)

    @property
    def national_labour(self) -> bool:
        """Whether employment of the economy is a part of the state."""
        return bool(self.margin.any()) or self.model.rebate == "income_tax"

    @property
    def labour_cost_share(self) -> Array:
        """Share of labour in cost, which is sales less profits, (sector, economy)."""
        share: Array = (self.value_added_share - self.profit_share) / (1.0 - self.profit_share)
        return share

    @property
    def input_cost_share(self) -> Array:
        """Share of each input in cost, (economy, user, input)."""
        if not self.profit_share.any():
            return self.input_share
        share: Array = self.input_share / (1.0 - self.profit_share.T[:, :, None])
        return share

    @property
    def shape(self) -> tuple[int, int]:
        """Number of sectors and of economies."""
        return self.sales.shape[0], self.sales.shape[1]


def calibrate(
    world: World, elasticities: Elasticities, model: Model, *, split_uses: bool = False
) -> Base:
    """Return the shares that reproduce `world` under `model`.

    Raises
    ------
    DataError
        When the accounts of the world cannot carry the model (negative value added, profits
        above value added, an economy without income).
    """
    factor = 1.0 + world.tariff
    final, inputs = _by_sector(world.final * factor), _by_sector(world.intermediate * factor)
    uses, share = _shares(final, inputs, split_uses=split_uses)
    flows = _by_sector(world.final + world.intermediate)
    margin = _by_economy(world, "margin", model.margin, default=0.0)
    sales = np.ascontiguousarray((flows * (1.0 - margin)[:, None]).sum(axis=1))
    safe_sales = np.where(sales > 0.0, sales, 1.0)
    epsilon = np.ascontiguousarray(elasticities.trade, dtype=np.float64)[:, None]
    profit = np.where(sales > 0.0, 1.0 / (1.0 + epsilon), 0.0) * float(model.profits)
    input_share = world.input_use.transpose(0, 2, 1) / safe_sales.T[:, :, None]
    value_added_share = np.where(sales > 0.0, 1.0 - input_share.sum(axis=2).T, 0.0)
    payroll = (value_added_share - profit) * sales + margin * flows.sum(axis=2)
    income = (payroll + profit * sales).sum(axis=0)
    expenditure = final.sum(axis=(0, 2))
    revenue = (world.flows * world.tariff).sum(axis=(1, 2))
    base = Base(
        world=world,
        elasticities=elasticities,
        model=model,
        uses=uses,
        share=share,
        net_share=share / np.concatenate([1.0 + _by_sector(world.tariff)] * uses, axis=1),
        absent=np.where(share.sum(axis=2) > 0.0, 0.0, 1.0),
        taxed=np.tile((world.tariff != 0.0).any(axis=1).T, uses),
        tariff=_by_sector(world.tariff),
        trade_elasticity=epsilon,
        input_share=np.ascontiguousarray(input_share),
        value_added_share=np.ascontiguousarray(value_added_share),
        profit_share=profit,
        sales=sales,
        final_spending=final.sum(axis=2),
        input_spending=inputs.sum(axis=2),
        expenditure=expenditure,
        income=income,
        deficit=expenditure - income - revenue,
        margin=margin,
        pass_through=_by_economy(world, "pass_through", model.pass_through, default=1.0),
        payroll=payroll,
    )
    _check(base)
    return base


def _by_economy(world: World, name: str, values: tuple[float, ...], *, default: float) -> Array:
    if values and len(values) != len(world.economies):
        raise InputError(
            f"{name} has {len(values)} values for the {len(world.economies)} economies of "
            f"{world.name}"
        )
    return np.array(values) if values else np.full(len(world.economies), default)


def _by_sector(flows: Array) -> Array:
    return np.ascontiguousarray(flows.transpose(2, 0, 1))


def _shares(final: Array, inputs: Array, *, split_uses: bool) -> tuple[int, Array]:
    """Return the number of uses and the shares of each buyer's spending."""
    by_use = [_normalise(final), _normalise(inputs)]
    bought = (final.sum(axis=2) > 0.0) & (inputs.sum(axis=2) > 0.0)
    gap = np.abs(by_use[0] - by_use[1])[bought]
    if split_uses or (gap.size and gap.max() > _SAME_SHARES):
        return 2, np.ascontiguousarray(np.concatenate(by_use, axis=1))
    return 1, _normalise(final + inputs)


def _normalise(spending: Array) -> Array:
    total = spending.sum(axis=2, keepdims=True)
    shares: Array = spending / np.where(total > 0.0, total, 1.0)
    return shares


def _check(base: Base) -> None:
    world = base.world
    labour = base.value_added_share - base.profit_share
    faults = (labour < 0.0) & (base.sales > 0.0)
    if faults.any():
        s, n = (int(axis[0]) for axis in np.nonzero(faults))
        raise DataError(
            f"{world.name}: wages of {world.economies[n]} in {world.sectors[s]} would be "
            f"{labour[s, n]:.4g} of sales; aggregate the sector, or leave profits out"
        )
    if base.income.min() <= 0.0 or base.expenditure.min() <= 0.0:
        n = int(np.argmin(np.minimum(base.income, base.expenditure)))
        raise DataError(f"{world.name}: {world.economies[n]} has no income in the base year")
    bent = base.national_labour or (base.pass_through != 1.0).any()
    plain = base.elasticities.labour_mobile and base.elasticities.demand == 1.0
    if bent and not plain:
        raise InputError(
            "margins, pass-through and the income-tax rebate need mobile labour and Cobb-Douglas "
            "demand; change the elasticities or leave them out"
        )
    if base.trade_elasticity.min() <= 0.0:
        s = int(np.argmin(base.trade_elasticity))
        raise DataError(f"{world.name}: the trade elasticity of {world.sectors[s]} is not positive")
