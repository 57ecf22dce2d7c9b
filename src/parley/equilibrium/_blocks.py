"""The economy as a list of small pure steps, each with its derivative and its transpose.

A step reads named values and writes named values. Values are hats in logs unless their name says
otherwise, sectors before economies: ``wage`` (1 or sector, economy), ``price_inputs`` (sector,
economy), ``sales`` (sector, economy), ``spending`` (economy,). `tangent` carries directions and
`adjoint` carries sensitivities, both with one more axis at the end: many at a time.

A sweep maps a state to the state that it implies; an equilibrium is a state that implies itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from parley.equilibrium._base import Base
    from parley.equilibrium._kernel import Kernel
    from parley.typing import Array

Values: TypeAlias = "dict[str, Array]"


class Block(Protocol):
    """One step of a sweep."""

    def forward(self, v: Values) -> None:
        """Write the values of this step into `v`."""

    def tangent(self, v: Values, d: Values) -> None:
        """Write the directions of what this step writes, given those of what it reads."""

    def adjoint(self, v: Values, b: Values) -> None:
        """Add to the sensitivities of what this step reads, given those of what it writes."""


def add(b: Values, name: str, value: Array) -> None:
    """Add `value` to the sensitivity `name`."""
    b[name] = b[name] + value if name in b else value


def by_economy(matrix: Array, values: Array) -> Array:
    """Apply one matrix per economy, (economy, out, in), to values (in, economy[, batch])."""
    result: Array
    if values.ndim == 2:
        result = np.matmul(matrix, values.T[:, :, None])[:, :, 0].T
    else:
        result = np.matmul(matrix, values.transpose(1, 0, 2)).transpose(1, 0, 2)
    return result


def by_sector(matrix: Array, values: Array) -> Array:
    """Apply one matrix per sector, (sector, out, in), to values (sector, in[, batch])."""
    result: Array
    if values.ndim == 2:
        result = np.matmul(matrix, values[:, :, None])[:, :, 0]
    else:
        result = np.matmul(matrix, values)
    return result


class CobbDouglasCost:
    """Unit cost of the input bundle with fixed shares (Caliendo and Parro 2015, eq. 2)."""

    def __init__(self, base: Base) -> None:
        self._value_added = base.value_added_share
        self._inputs = base.input_share
        self._inputs_transposed = base.input_share.transpose(0, 2, 1)

    def forward(self, v: Values) -> None:
        v["bundle"] = self._value_added * v["wage"] + by_economy(self._inputs, v["price_inputs"])

    def tangent(self, v: Values, d: Values) -> None:
        wages = self._value_added[:, :, None] * d["wage"]
        d["bundle"] = wages + by_economy(self._inputs, d["price_inputs"])

    def adjoint(self, v: Values, b: Values) -> None:
        wages = self._value_added[:, :, None] * b["bundle"]
        add(b, "wage", fold(wages, like=v["wage"]))
        add(b, "price_inputs", by_economy(self._inputs_transposed, b["bundle"]))


class CobbDouglasPayments:
    """What sales pay to labour, profits and inputs, with fixed shares."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._inputs = base.input_share
        self._inputs_transposed = base.input_share.transpose(0, 2, 1)
        self._labour = base.value_added_share - base.profit_share

    def forward(self, v: Values) -> None:
        level = self._base.sales * np.exp(v["sales"])
        v["sales_level"] = level
        v["payroll"] = self._labour * level
        v["profit"] = self._base.profit_share * level
        v["input_spending"] = by_economy(self._inputs_transposed, level)

    def tangent(self, v: Values, d: Values) -> None:
        level = v["sales_level"][:, :, None] * d["sales"]
        d["sales_level"] = level
        d["payroll"] = self._labour[:, :, None] * level
        d["profit"] = self._base.profit_share[:, :, None] * level
        d["input_spending"] = by_economy(self._inputs_transposed, level)

    def adjoint(self, v: Values, b: Values) -> None:
        level = (
            self._labour[:, :, None] * b["payroll"]
            + self._base.profit_share[:, :, None] * b["profit"]
            + by_economy(self._inputs, b["input_spending"])
            + b["sales_level"]
        )
        add(b, "sales", v["sales_level"][:, :, None] * level)


class ConstantReturns:
    """Unit cost equals the cost of the bundle."""

    def forward(self, v: Values) -> None:
        v["cost"] = v["bundle"]

    def tangent(self, v: Values, d: Values) -> None:
        d["cost"] = d["bundle"]

    def adjoint(self, v: Values, b: Values) -> None:
        add(b, "bundle", b["cost"])


class Trade:
    """Shares and price indices by the factorised CES kernel.

    ``attraction = cost ** -epsilon``; a buyer's denominator is ``kernel @ attraction``, and
    ``net @ attraction`` over it is the part of the buyer's spending that reaches producers.
    """

    def __init__(self, base: Base, kernel: Kernel) -> None:
        self._epsilon = base.trade_elasticity
        self._kernel = kernel
        self._uses = base.uses

    def forward(self, v: Values) -> None:
        kernel, economies = self._kernel, v["cost"].shape[1]
        v["attraction"] = np.exp(-self._epsilon * v["cost"])
        v["denominator"] = by_sector(kernel.gross, v["attraction"]) + kernel.absent
        v["producers_part"] = by_sector(kernel.net, v["attraction"]) / v["denominator"]
        v["price"] = np.log(v["denominator"]) / -self._epsilon
        v["price_final"] = v["price"][:, :economies]
        v["price_inputs_new"] = v["price"][:, -economies:]

    def tangent(self, v: Values, d: Values) -> None:
        kernel, economies = self._kernel, v["cost"].shape[1]
        d["attraction"] = (-self._epsilon * v["attraction"])[:, :, None] * d["cost"]
        denominator = by_sector(kernel.gross, d["attraction"]) + d.get("kernel_gross", 0.0)
        reached = by_sector(kernel.net, d["attraction"]) + d.get("kernel_net", 0.0)
        change = denominator / v["denominator"][:, :, None]
        d["denominator"] = denominator
        d["producers_part"] = (
            reached / v["denominator"][:, :, None] - v["producers_part"][:, :, None] * change
        )
        d["price"] = change / -self._epsilon[:, :, None]
        d["price_final"] = d["price"][:, :economies]
        d["price_inputs_new"] = d["price"][:, -economies:]

    def adjoint(self, v: Values, b: Values) -> None:
        economies = v["cost"].shape[1]
        price = np.zeros((*v["price"].shape, b["price_inputs_new"].shape[-1]))
        price[:, :economies] += b["price_final"]
        price[:, -economies:] += b["price_inputs_new"]
        inverse = 1.0 / v["denominator"][:, :, None]
        reached = b["producers_part"] * inverse
        denominator = b["denominator"] - inverse * (
            price / self._epsilon[:, :, None]
            + v["producers_part"][:, :, None] * b["producers_part"]
        )
        b["kernel_gross"], b["kernel_net"] = denominator, reached
        attraction = by_sector(self._kernel.gross.transpose(0, 2, 1), denominator)
        attraction += by_sector(self._kernel.net.transpose(0, 2, 1), reached)
        if "attraction" in b:
            attraction += b["attraction"]
        add(b, "cost", (-self._epsilon * v["attraction"])[:, :, None] * attraction)


class CobbDouglasDemand:
    """Final spending by sector with fixed shares, beside the spending on inputs."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._uses = base.uses

    def forward(self, v: Values) -> None:
        final = self._base.final_spending * np.exp(v["spending"])
        v["final_spending"] = final
        v["bought"] = (
            final + v["input_spending"]
            if self._uses == 1
            else np.concatenate((final, v["input_spending"]), axis=1)
        )

    def tangent(self, v: Values, d: Values) -> None:
        final = v["final_spending"][:, :, None] * d["spending"]
        d["final_spending"] = final
        d["bought"] = (
            final + d["input_spending"]
            if self._uses == 1
            else np.concatenate((final, d["input_spending"]), axis=1)
        )

    def adjoint(self, v: Values, b: Values) -> None:
        economies = v["final_spending"].shape[1]
        add(b, "input_spending", b["bought"][:, -economies:])
        final = b["bought"][:, :economies]
        if "final_spending" in b:
            final = final + b["final_spending"]
        add(b, "spending", (v["final_spending"][:, :, None] * final).sum(axis=0))


class Sales:
    """What producers sell, with world factor income as the numeraire."""

    def __init__(self, base: Base, kernel: Kernel) -> None:
        self._kernel = kernel
        self._sales = np.where(base.sales > 0.0, base.sales, 1.0)
        self._sold = base.sales > 0.0
        self._income = base.income.sum()

    def forward(self, v: Values) -> None:
        v["per_denominator"] = v["bought"] / v["denominator"]
        v["pull"] = by_sector(self._kernel.net.transpose(0, 2, 1), v["per_denominator"])
        with np.errstate(divide="ignore"):
            growth = np.log(v["attraction"] * v["pull"] / self._sales)
        world = np.log(v["income"].sum() / self._income)
        v["sales_new"] = np.where(self._sold, growth - world, 0.0)

    def tangent(self, v: Values, d: Values) -> None:
        d["per_denominator"] = (
            d["bought"] - v["per_denominator"][:, :, None] * d["denominator"]
        ) / v["denominator"][:, :, None]
        pull = by_sector(self._kernel.net.transpose(0, 2, 1), d["per_denominator"])
        pull = pull + d.get("kernel_pull", 0.0)
        growth = (
            d["attraction"] / v["attraction"][:, :, None]
            + pull / np.where(self._sold, v["pull"], 1.0)[:, :, None]
        )
        world = d["income"].sum(axis=0) / v["income"].sum()
        d["sales_new"] = np.where(self._sold[:, :, None], growth - world, 0.0)

    def adjoint(self, v: Values, b: Values) -> None:
        growth = np.where(self._sold[:, :, None], b["sales_new"], 0.0)
        world = growth.sum(axis=(0, 1)) / v["income"].sum()
        add(b, "income", np.broadcast_to(-world, (v["income"].size, world.size)))
        add(b, "attraction", growth / v["attraction"][:, :, None])
        pull = growth / np.where(self._sold, v["pull"], 1.0)[:, :, None]
        b["kernel_pull"] = pull
        per = by_sector(self._kernel.net, pull)
        if "per_denominator" in b:
            per = per + b["per_denominator"]
        per = per / v["denominator"][:, :, None]
        add(b, "bought", per)
        add(b, "denominator", -v["per_denominator"][:, :, None] * per)


class FixedLabour:
    """Wages clear the market of a fixed labour force that moves between sectors."""

    def __init__(self, base: Base) -> None:
        payroll = (base.value_added_share - base.profit_share) * base.sales
        self._payroll = payroll.sum(axis=0)

    def forward(self, v: Values) -> None:
        v["wage_new"] = np.log(v["payroll"].sum(axis=0) / self._payroll)[None]

    def tangent(self, v: Values, d: Values) -> None:
        d["wage_new"] = (d["payroll"].sum(axis=0) / v["payroll"].sum(axis=0)[:, None])[None]

    def adjoint(self, v: Values, b: Values) -> None:
        share = b["wage_new"][0] / v["payroll"].sum(axis=0)[:, None]
        add(b, "payroll", np.broadcast_to(share, (*v["payroll"].shape, share.shape[-1])))


def fold(values: Array, *, like: Array) -> Array:
    """Sum (sector, economy, batch) over sectors when `like` has one row."""
    return values.sum(axis=0, keepdims=True) if like.shape[0] == 1 else values
