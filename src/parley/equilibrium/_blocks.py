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
    from parley.typing import Array, Mask

Values: TypeAlias = "dict[str, Array]"


class Directions(dict[str, "Array"]):
    """Directions of named values, and of the kernels where those move."""

    cells: tuple[CellDirections, ...] = ()


class CellDirections:
    """Directions of single kernel cells, multiplied out without a dense matrix."""

    def __init__(self, where: Cells, gross: Array, net: Array) -> None:
        self._where = where
        self._gross = gross  # (cell, batch)
        self._net = net

    def gross_at(self, where: Cells) -> Array:
        """Return the directions of `gross` at other cells, (cell, batch)."""
        return where.pick(self._where, self._gross)

    def net_at(self, where: Cells) -> Array:
        """Return the directions of `net` at other cells, (cell, batch)."""
        return where.pick(self._where, self._net)

    def gross_times(self, attraction: Array) -> Array:
        """Return the direction of ``gross @ attraction``, (sector, buyer, batch)."""
        return self._where.to_buyers(self._gross * self._where.of_exporter(attraction))

    def net_times(self, attraction: Array) -> Array:
        """Return the direction of ``net @ attraction``, (sector, buyer, batch)."""
        return self._where.to_buyers(self._net * self._where.of_exporter(attraction))

    def net_transposed_times(self, per_denominator: Array) -> Array:
        """Return the direction of the pull on exporters, (sector, exporter, batch)."""
        return self._where.to_exporters(self._net * self._where.of_buyer(per_denominator))


class Cells:
    """A list of kernel cells (sector, buyer, exporter) and sums over them."""

    def __init__(self, mask: Mask) -> None:
        self.sector, self.buyer, self.exporter = np.nonzero(mask)
        self.importer = self.buyer % mask.shape[2]
        self.shape = mask.shape

    @property
    def count(self) -> int:
        """Number of cells."""
        return int(self.sector.size)

    def take(self, matrix: Array) -> Array:
        """Return the entries of a kernel at the cells, (cell,)."""
        entries: Array = matrix[self.sector, self.buyer, self.exporter]
        return entries

    def pick(self, other: Cells, values: Array) -> Array:
        """Return values (cell of `other`, batch) at these cells, zero where `other` has none."""
        at = np.full(self.shape, -1.0)
        at[other.sector, other.buyer, other.exporter] = np.arange(other.count)
        found = self.take(at).astype(np.intp)
        picked: Array = np.where(found[:, None] >= 0, values[found], 0.0)
        return picked

    def of_exporter(self, values: Array) -> Array:
        """Return (sector, exporter[, batch]) at the cells, with a batch axis."""
        found: Array = values[self.sector, self.exporter]
        return found if found.ndim == 2 else found[:, None]

    def of_buyer(self, values: Array) -> Array:
        """Return (sector, buyer[, batch]) at the cells, with a batch axis."""
        found: Array = values[self.sector, self.buyer]
        return found if found.ndim == 2 else found[:, None]

    def to_buyers(self, values: Array) -> Array:
        """Sum (cell, batch) into (sector, buyer, batch)."""
        sums = np.zeros((self.shape[0], self.shape[1], values.shape[1]))
        np.add.at(sums, (self.sector, self.buyer), values)
        return sums

    def to_exporters(self, values: Array) -> Array:
        """Sum (cell, batch) into (sector, exporter, batch)."""
        sums = np.zeros((self.shape[0], self.shape[2], values.shape[1]))
        np.add.at(sums, (self.sector, self.exporter), values)
        return sums


class Block(Protocol):
    """One step of a sweep."""

    def forward(self, v: Values) -> None:
        """Write the values of this step into `v`."""

    def tangent(self, v: Values, d: Directions) -> None:
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


class FixedKernel:
    """The kernels of a scenario without limits: they do not move with the state."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def forward(self, v: Values) -> None:
        v["gross"], v["net"] = self._kernel.gross, self._kernel.net

    def tangent(self, v: Values, d: Directions) -> None:
        """Leave the direction of the kernels, if any, as the caller set it."""

    def adjoint(self, v: Values, b: Values) -> None:
        """Pass nothing on: the state does not move the kernels."""


class NoTransfers:
    """All wedges between buyer and producer are duties of the importer."""

    def __init__(self, base: Base) -> None:
        self._economies = base.shape[1]

    def forward(self, v: Values) -> None:
        v["paid_away"] = v["received"] = v["rent"] = np.zeros(self._economies)

    def tangent(self, v: Values, d: Directions) -> None:
        d["paid_away"] = d["received"] = d["rent"] = np.zeros((self._economies, 1))

    def adjoint(self, v: Values, b: Values) -> None:
        """Pass nothing on: there are no transfers."""


class CobbDouglasCost:
    """Unit cost of the input bundle with fixed shares (Caliendo and Parro 2015, eq. 2)."""

    def __init__(self, base: Base) -> None:
        self._value_added = base.value_added_share
        self._inputs = base.input_share
        self._inputs_transposed = base.input_share.transpose(0, 2, 1)

    def forward(self, v: Values) -> None:
        v["bundle"] = self._value_added * v["wage"] + by_economy(self._inputs, v["price_inputs"])

    def tangent(self, v: Values, d: Directions) -> None:
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

    def tangent(self, v: Values, d: Directions) -> None:
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

    def tangent(self, v: Values, d: Directions) -> None:
        d["cost"] = d["bundle"]

    def adjoint(self, v: Values, b: Values) -> None:
        add(b, "bundle", b["cost"])


class Trade:
    """Shares and price indices by the factorised CES kernel.

    ``attraction = cost ** -epsilon``; a buyer's denominator is ``gross @ attraction``, and
    ``net @ attraction`` over it is the part of the buyer's spending that reaches producers.
    """

    def __init__(self, base: Base, kernel: Kernel) -> None:
        self._epsilon = base.trade_elasticity
        self._absent = kernel.absent

    def forward(self, v: Values) -> None:
        economies = v["cost"].shape[1]
        v["attraction"] = np.exp(-self._epsilon * v["cost"])
        v["denominator"] = by_sector(v["gross"], v["attraction"]) + self._absent
        v["producers_part"] = by_sector(v["net"], v["attraction"]) / v["denominator"]
        v["price"] = np.log(v["denominator"]) / -self._epsilon
        v["price_final"] = v["price"][:, :economies]
        v["price_inputs_new"] = v["price"][:, -economies:]

    def tangent(self, v: Values, d: Directions) -> None:
        economies = v["cost"].shape[1]
        d["attraction"] = (-self._epsilon * v["attraction"])[:, :, None] * d["cost"]
        denominator = by_sector(v["gross"], d["attraction"])
        reached = by_sector(v["net"], d["attraction"])
        for cells in d.cells:
            denominator += cells.gross_times(v["attraction"])
            reached += cells.net_times(v["attraction"])
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
        b["gross_times"], b["net_times"] = denominator, reached
        attraction = by_sector(v["gross"].transpose(0, 2, 1), denominator)
        attraction += by_sector(v["net"].transpose(0, 2, 1), reached)
        attraction += b["attraction"]
        add(b, "cost", (-self._epsilon * v["attraction"])[:, :, None] * attraction)


class CobbDouglasDemand:
    """Final spending by sector with fixed shares, beside the spending on inputs."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._uses = base.uses

    def forward(self, v: Values) -> None:
        v["final_spending"] = self._base.final_spending * np.exp(v["spending"])
        v["bought"] = self._join(v["final_spending"], v["input_spending"])
        v["per_denominator"] = v["bought"] / v["denominator"]

    def tangent(self, v: Values, d: Directions) -> None:
        d["final_spending"] = v["final_spending"][:, :, None] * d["spending"]
        d["bought"] = self._join(d["final_spending"], d["input_spending"])
        d["per_denominator"] = (
            d["bought"] - v["per_denominator"][:, :, None] * d["denominator"]
        ) / v["denominator"][:, :, None]

    def adjoint(self, v: Values, b: Values) -> None:
        economies = v["final_spending"].shape[1]
        per = b["per_denominator"] / v["denominator"][:, :, None]
        add(b, "denominator", -v["per_denominator"][:, :, None] * per)
        bought = b["bought"] + per
        add(b, "input_spending", bought[:, -economies:])
        final = bought[:, :economies] + b["final_spending"]
        add(b, "spending", (v["final_spending"][:, :, None] * final).sum(axis=0))

    def _join(self, final: Array, inputs: Array) -> Array:
        return final + inputs if self._uses == 1 else np.concatenate((final, inputs), axis=1)


class Sales:
    """What producers sell, with world factor income as the numeraire."""

    def __init__(self, base: Base) -> None:
        self._sales = np.where(base.sales > 0.0, base.sales, 1.0)
        self._sold = base.sales > 0.0
        self._income = base.income.sum()

    def forward(self, v: Values) -> None:
        v["pull"] = by_sector(v["net"].transpose(0, 2, 1), v["per_denominator"])
        with np.errstate(divide="ignore"):
            growth = np.log(v["attraction"] * v["pull"] / self._sales)
        world = np.log(v["income"].sum() / self._income)
        v["sales_new"] = np.where(self._sold, growth - world, 0.0)

    def tangent(self, v: Values, d: Directions) -> None:
        pull = by_sector(v["net"].transpose(0, 2, 1), d["per_denominator"])
        for cells in d.cells:
            pull += cells.net_transposed_times(v["per_denominator"])
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
        b["net_transposed_times"] = pull
        add(b, "per_denominator", by_sector(v["net"], pull))


class FixedLabour:
    """Wages clear the market of a fixed labour force that moves between sectors."""

    def __init__(self, base: Base) -> None:
        payroll = (base.value_added_share - base.profit_share) * base.sales
        self._payroll = payroll.sum(axis=0)

    def forward(self, v: Values) -> None:
        v["wage_new"] = np.log(v["payroll"].sum(axis=0) / self._payroll)[None]

    def tangent(self, v: Values, d: Directions) -> None:
        d["wage_new"] = (d["payroll"].sum(axis=0) / v["payroll"].sum(axis=0)[:, None])[None]

    def adjoint(self, v: Values, b: Values) -> None:
        share = b["wage_new"][0] / v["payroll"].sum(axis=0)[:, None]
        add(b, "payroll", np.broadcast_to(share, (*v["payroll"].shape, share.shape[-1])))


def fold(values: Array, *, like: Array) -> Array:
    """Sum (sector, economy, batch) over sectors when `like` has one row."""
    return values.sum(axis=0, keepdims=True) if like.shape[0] == 1 else values
