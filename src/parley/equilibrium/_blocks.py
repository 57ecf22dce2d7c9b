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

    def __init__(
        self, where: Cells, gross: Array, net: Array, *, landed: Array | None = None
    ) -> None:
        self._where = where
        self._gross = gross  # (cell, batch)
        self._net = net
        self._landed = np.zeros_like(gross) if landed is None else landed  # of log (1 + duty)

    def gross_at(self, where: Cells) -> Array:
        """Return the directions of `gross` at other cells, (cell, batch)."""
        return where.pick(self._where, self._gross)

    def net_at(self, where: Cells) -> Array:
        """Return the directions of `net` at other cells, (cell, batch)."""
        return where.pick(self._where, self._net)

    def landed_at(self, where: Cells) -> Array:
        """Return the directions of log (1 + duty) at other cells, (cell, batch)."""
        return where.pick(self._where, self._landed)

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
        sums = np.zeros_like(values, shape=(*self.shape[:2], values.shape[1]))
        np.add.at(sums, (self.sector, self.buyer), values)
        return sums

    def to_exporters(self, values: Array) -> Array:
        """Sum (cell, batch) into (sector, exporter, batch)."""
        sums = np.zeros_like(values, shape=(self.shape[0], self.shape[2], values.shape[1]))
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
    if not isinstance(values, np.ndarray):  # JAX cannot write into an array made here
        return np.matmul(matrix, values.T[:, :, None])[:, :, 0].T
    economies, outputs, inputs = matrix.shape
    result = np.empty((outputs, *values.shape[1:]))
    given, found = (
        part.reshape(size, economies, -1).transpose(1, 0, 2)
        for part, size in ((values, inputs), (result, outputs))
    )
    np.matmul(matrix, given, out=found)
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


class Trade:
    """Shares and price indices by the factorised CES kernel.

    ``attraction = cost ** -epsilon``; a buyer's denominator is ``gross @ attraction``, and
    ``net @ attraction`` over it is the part of the buyer's spending that reaches producers.
    """

    def __init__(self, base: Base, kernel: Kernel) -> None:
        self._epsilon = base.trade_elasticity
        self._absent = base.absent if base.absent.any() else None
        self._taken = kernel.taken

    def forward(self, v: Values) -> None:
        economies = v["cost"].shape[1]
        v["attraction"] = np.exp(-self._epsilon * v["cost"])
        bought = by_sector(v["gross"], v["attraction"])
        if self._taken is None:
            reached = by_sector(v["net"], v["attraction"])
        else:
            reached = self._taken.reached(bought, v["attraction"])
        v["denominator"] = bought if self._absent is None else bought + self._absent
        v["producers_part"] = reached / v["denominator"]
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
        if self._taken is None:
            attraction = by_sector(v["gross"].transpose(0, 2, 1), denominator)
            attraction += by_sector(v["net"].transpose(0, 2, 1), reached)
        else:
            attraction = by_sector(v["gross"].transpose(0, 2, 1), denominator + reached)
            attraction = self._taken.pulled(attraction, reached)
        attraction += b["attraction"]
        add(b, "cost", (-self._epsilon * v["attraction"])[:, :, None] * attraction)


class Sales:
    """What producers sell, with world factor income as the numeraire."""

    def __init__(self, base: Base, kernel: Kernel) -> None:
        self._taken = kernel.taken
        self._part = np.tile(1.0 - base.margin, base.uses)  # of a purchase, by buyer
        self._margins = bool(base.margin.any())
        self._sold = base.sales > 0.0
        self._all_sold = bool(self._sold.all())
        # Of a unit of sales: world factor income, the numeraire.
        self._per_sales = base.income.sum() / np.where(self._sold, base.sales, 1.0)

    def forward(self, v: Values) -> None:
        bought = self._part * v["per_denominator"] if self._margins else v["per_denominator"]
        if self._taken is None:
            v["pull"] = by_sector(v["net"].transpose(0, 2, 1), bought)
        else:
            pull = by_sector(v["gross"].transpose(0, 2, 1), bought)
            v["pull"] = self._taken.pulled(pull, bought)
        level = v["attraction"] * v["pull"] * (self._per_sales / np.add.reduce(v["income"]))
        v["sales_new"] = np.log(level)
        if not self._all_sold:
            v["sales_new"][~self._sold] = 0.0

    def tangent(self, v: Values, d: Directions) -> None:
        part = self._part[:, None]
        pull = by_sector(v["net"].transpose(0, 2, 1), part * d["per_denominator"])
        for cells in d.cells:
            pull += cells.net_transposed_times(self._part * v["per_denominator"])
        growth = (
            d["attraction"] / v["attraction"][:, :, None]
            + pull / np.where(self._sold, v["pull"], 1.0)[:, :, None]
        )
        world = d["income"].sum(axis=0) / v["income"].sum()
        d["sales_new"] = np.where(self._sold[:, :, None], growth - world, 0.0)

    def adjoint(self, v: Values, b: Values) -> None:
        growth = np.where(self._sold[:, :, None], b["sales_new"], 0.0)
        world = growth.sum(axis=(0, 1)) / v["income"].sum()
        add(b, "income", -world[None])  # the same for every economy
        add(b, "attraction", growth / v["attraction"][:, :, None])
        pull = growth / np.where(self._sold, v["pull"], 1.0)[:, :, None]
        b["net_transposed_times"] = pull
        if self._taken is None:
            per = by_sector(v["net"], pull)
        else:
            per = self._taken.reached(by_sector(v["gross"], pull), pull)
        add(b, "per_denominator", self._part[:, None] * per)


def fold(values: Array, *, like: Array) -> Array:
    """Sum (sector, economy, batch) over sectors when `like` has one row."""
    return values.sum(axis=0, keepdims=True) if like.shape[0] == 1 else values
