"""What producers pay: unit cost, and the split of cost between labour and inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._blocks import add, by_economy, fold

if TYPE_CHECKING:
    from parley.equilibrium._base import Base
    from parley.equilibrium._blocks import Directions, Values
    from parley.typing import Array


class CobbDouglasCost:
    """Unit cost of the input bundle with fixed shares (Caliendo and Parro 2015, eq. 2)."""

    def __init__(self, base: Base) -> None:
        self._labour = base.labour_cost_share
        self._inputs = base.input_cost_share

    def forward(self, v: Values) -> None:
        v["bundle"] = self._labour * v["wage"] + by_economy(self._inputs, v["price_inputs"])

    def tangent(self, v: Values, d: Directions) -> None:
        wages = self._labour[:, :, None] * d["wage"]
        d["bundle"] = wages + by_economy(self._inputs, d["price_inputs"])

    def adjoint(self, v: Values, b: Values) -> None:
        wages = self._labour[:, :, None] * b["bundle"]
        add(b, "wage", fold(wages, like=v["wage"]))
        add(b, "price_inputs", by_economy(self._inputs.transpose(0, 2, 1), b["bundle"]))


class CobbDouglasPayments:
    """What sales pay to labour, profits and inputs, with fixed shares."""

    def __init__(self, base: Base) -> None:
        self._sales = base.sales
        self._inputs = base.input_share
        self._labour = base.value_added_share - base.profit_share
        self._profit = base.profit_share

    def forward(self, v: Values) -> None:
        level = self._sales * np.exp(v["sales"])
        v["sales_level"] = level
        v["payroll"] = self._labour * level
        v["profit"] = self._profit * level
        v["input_spending"] = by_economy(self._inputs.transpose(0, 2, 1), level)

    def tangent(self, v: Values, d: Directions) -> None:
        level = v["sales_level"][:, :, None] * d["sales"]
        d["sales_level"] = level
        d["payroll"] = self._labour[:, :, None] * level
        d["profit"] = self._profit[:, :, None] * level
        d["input_spending"] = by_economy(self._inputs.transpose(0, 2, 1), level)

    def adjoint(self, v: Values, b: Values) -> None:
        level = (
            self._labour[:, :, None] * b["payroll"]
            + self._profit[:, :, None] * b["profit"]
            + by_economy(self._inputs, b["input_spending"])
            + b["sales_level"]
        )
        add(b, "sales", v["sales_level"][:, :, None] * level)


class NestedCost:
    """Unit cost with two nests: labour against inputs (eta), inputs among each other (theta).

    Baqaee and Farhi (2019), "The macroeconomic impact of microeconomic shocks", section 5.
    """

    def __init__(self, base: Base) -> None:
        self._labour = base.labour_cost_share
        inputs = base.input_cost_share
        total = inputs.sum(axis=2, keepdims=True)
        self._within = inputs / np.where(total > 0.0, total, 1.0)  # (economy, user, input)
        self._outer = 1.0 - base.elasticities.value_added[:, None]
        self._inner = 1.0 - base.elasticities.inputs[:, None]

    def forward(self, v: Values) -> None:
        prices = v["price_inputs"].T[:, None, :]  # (economy, 1, input)
        power = self._inner[None]
        v["input_price"] = log_mean(prices, self._within, power).T  # (sector, economy)
        pair = np.stack(np.broadcast_arrays(v["wage"], v["input_price"]), axis=-1)
        weights = np.stack((self._labour, 1.0 - self._labour), axis=-1)
        v["bundle"] = log_mean(pair, weights, self._outer[:, :, None])
        v["labour_share"] = self._labour * np.exp(self._outer * (v["wage"] - v["bundle"]))
        v["within"] = self._within * np.exp(power * (prices - v["input_price"].T[:, :, None]))
        v["input_shares"] = (1.0 - v["labour_share"]).T[:, :, None] * v["within"]

    def tangent(self, v: Values, d: Directions) -> None:
        d["input_price"] = by_economy(v["within"], d["price_inputs"])
        labour = v["labour_share"][:, :, None]
        d["bundle"] = labour * d["wage"] + (1.0 - labour) * d["input_price"]
        d["labour_share"] = labour * self._outer[:, :, None] * (d["wage"] - d["bundle"])

    def adjoint(self, v: Values, b: Values) -> None:
        labour = v["labour_share"][:, :, None]
        moved = b["labour_share"] * labour * self._outer[:, :, None]
        bundle = b["bundle"] - moved
        add(b, "wage", fold(moved + bundle * labour, like=v["wage"]))
        inputs = bundle * (1.0 - labour)
        if "input_price" in b:
            inputs = inputs + b["input_price"]
        add(b, "price_inputs", by_economy(v["within"].transpose(0, 2, 1), inputs))


class NestedPayments:
    """What sales pay to labour, profits and inputs when shares follow prices."""

    def __init__(self, base: Base) -> None:
        self._sales = base.sales
        self._profit = base.profit_share
        self._cost = 1.0 - base.profit_share
        self._inner = 1.0 - base.elasticities.inputs[:, None, None]

    def forward(self, v: Values) -> None:
        level = self._sales * np.exp(v["sales"])
        v["sales_level"] = level
        v["outlay"] = self._cost * level
        v["payroll"] = v["labour_share"] * v["outlay"]
        v["profit"] = self._profit * level
        v["input_spending"] = by_economy(v["input_shares"].transpose(0, 2, 1), v["outlay"])

    def tangent(self, v: Values, d: Directions) -> None:
        level = v["sales_level"][:, :, None] * d["sales"]
        outlay = self._cost[:, :, None] * level
        labour = v["labour_share"][:, :, None]
        d["sales_level"] = level
        d["payroll"] = labour * outlay + v["outlay"][:, :, None] * d["labour_share"]
        d["profit"] = self._profit[:, :, None] * level
        inputs = outlay * (1.0 - labour) - v["outlay"][:, :, None] * d["labour_share"]
        spent = (v["outlay"] * (1.0 - v["labour_share"]))[:, :, None]
        inputs = inputs - spent * self._inner * d["input_price"]
        down = v["within"].transpose(0, 2, 1)
        own = by_economy(down, (spent * self._inner)[:, :, 0])[:, :, None]
        d["input_spending"] = by_economy(down, inputs) + own * d["price_inputs"]

    def adjoint(self, v: Values, b: Values) -> None:
        labour, outlay = v["labour_share"][:, :, None], v["outlay"][:, :, None]
        up = by_economy(v["within"], b["input_spending"])
        spent = outlay * (1.0 - labour)
        down = v["within"].transpose(0, 2, 1)
        own = by_economy(down, (spent * self._inner)[:, :, 0])[:, :, None]
        add(b, "price_inputs", own * b["input_spending"])
        add(b, "input_price", -spent * self._inner * up)
        add(b, "labour_share", outlay * (b["payroll"] - up))
        cost = labour * b["payroll"] + (1.0 - labour) * up
        level = self._cost[:, :, None] * cost + self._profit[:, :, None] * b["profit"]
        add(b, "sales", v["sales_level"][:, :, None] * (level + b["sales_level"]))


class ConstantReturns:
    """Unit cost equals the cost of the bundle."""

    def forward(self, v: Values) -> None:
        v["cost"] = v["bundle"]

    def tangent(self, v: Values, d: Directions) -> None:
        d["cost"] = d["bundle"]

    def adjoint(self, v: Values, b: Values) -> None:
        add(b, "bundle", b["cost"])


class ScaleEconomies:
    """Unit cost falls with the quantity of the sector's input bundle, at elasticity psi.

    Kucheryavyy, Lyn and Rodriguez-Clare (2023), "Grounded by gravity", section 2.
    """

    def __init__(self, base: Base) -> None:
        self._psi = base.elasticities.scale[:, None]

    def forward(self, v: Values) -> None:
        v["cost"] = v["bundle"] - self._psi * (v["sales"] - v["bundle"])

    def tangent(self, v: Values, d: Directions) -> None:
        psi = self._psi[:, :, None]
        d["cost"] = d["bundle"] - psi * (d["sales"] - d["bundle"])

    def adjoint(self, v: Values, b: Values) -> None:
        psi = self._psi[:, :, None]
        add(b, "bundle", (1.0 + psi) * b["cost"])
        add(b, "sales", -psi * b["cost"])


class NationalScale:
    """The same scale economies where employment of the economy measures the quantity."""

    def __init__(self, base: Base) -> None:
        self._psi = base.elasticities.scale[:, None]

    def forward(self, v: Values) -> None:
        v["cost"] = v["bundle"] - self._psi * (v["labour"] + v["wage"] - v["bundle"])

    def tangent(self, v: Values, d: Directions) -> None:
        psi = self._psi[:, :, None]
        d["cost"] = d["bundle"] - psi * (d["labour"] + d["wage"] - d["bundle"])

    def adjoint(self, v: Values, b: Values) -> None:
        moved = self._psi[:, :, None] * b["cost"]
        add(b, "bundle", b["cost"] + moved)
        add(b, "labour", -fold(moved, like=v["labour"]))
        add(b, "wage", -fold(moved, like=v["wage"]))


def log_mean(x: Array, weight: Array, power: Array) -> Array:
    """Return ``log(sum(weight * exp(power * x))) / power`` along the last axis.

    Weights sum to one, or to zero where nothing is bought (then the mean is zero). At a power of
    zero it is the weighted mean of `x`; near zero it loses no digits.
    """
    linear = (weight * x).sum(axis=-1)
    moved = np.log1p((weight * np.expm1(power * x)).sum(axis=-1))
    flat = np.broadcast_to(power[..., 0], linear.shape)
    mean: Array = np.where(flat == 0.0, linear, moved / np.where(flat == 0.0, 1.0, flat))
    return mean
