"""Who receives what wedges raise: export taxes, rents, and specific duties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._blocks import add

if TYPE_CHECKING:
    from parley.equilibrium._base import Base
    from parley.equilibrium._blocks import Directions, Values
    from parley.equilibrium._wedges import Wedges
    from parley.typing import Array, Index, Mask


class Transfers:
    """Export taxes to the exporter, rents to their holders, specific duties to the importer."""

    def __init__(self, base: Base, wedges: Wedges) -> None:
        self._wedges = wedges
        self._economies = base.shape[1]
        rows, cells = np.nonzero(wedges.incidence - wedges.wasted)
        self._row, self._cell = rows, cells
        self._owner = wedges.owner[rows, cells]
        self._importer = wedges.cells.importer[cells]
        self._outside = (wedges.outside[rows, cells] > 0.0)[:, None]

    def forward(self, v: Values) -> None:
        w, where = self._wedges, self._wedges.cells
        v["pair_value"], v["pair_rate"] = self._pairs(v)
        rent = v["pair_value"] * v["pair_rate"] * v["shadow"][self._row][:, None]
        held = rent * v["in_quota"][self._row]
        tax = w.export_tax * v["cell_flow"]
        v["paid_away"] = (self._by(where.importer, tax) + self._by(self._importer, rent))[:, 0]
        v["received"] = self._by(where.exporter, tax)[:, 0]
        v["received"] = v["received"] + self._by(self._importer, rent - held)[:, 0]
        v["rent"] = self._by(self._owner, held)[:, 0]

    def tangent(self, v: Values, d: Directions) -> None:
        w, where = self._wedges, self._wedges.cells
        value = np.where(self._outside, d["cell_border"][self._cell], d["cell_spend"][self._cell])
        rate = self._slope(v) * np.where(
            self._outside, d["outside"][self._cell], d["inside"][self._cell]
        )
        level = v["shadow"][self._row][:, None]
        rent = value * v["pair_rate"] * level + v["pair_value"] * (rate * level)
        rent = rent + v["pair_value"] * v["pair_rate"] * d["shadow"][self._row]
        total = v["pair_value"] * v["pair_rate"] * level
        held = rent * v["in_quota"][self._row] + total * d["in_quota"][self._row]
        tax = w.export_tax * d["cell_flow"]
        d["paid_away"] = self._by(where.importer, tax) + self._by(self._importer, rent)
        d["received"] = self._by(where.exporter, tax) + self._by(self._importer, rent - held)
        d["rent"] = self._by(self._owner, held)

    def adjoint(self, v: Values, b: Values) -> None:
        w, where = self._wedges, self._wedges.cells
        level = v["shadow"][self._row][:, None]
        share = v["in_quota"][self._row]
        total = v["pair_value"] * v["pair_rate"] * level
        kept = b["received"][self._importer]
        rent = b["paid_away"][self._importer] + kept * (1.0 - share)
        rent = rent + b["rent"][self._owner] * share
        b["in_quota"] = self._by_row(total * (b["rent"][self._owner] - kept))
        add(b, "shadow", self._by_row(rent * v["pair_value"] * v["pair_rate"]))
        slope = rent * v["pair_value"] * level * self._slope(v)
        b["outside"] = self._by_cell(slope, self._outside)
        b["inside"] = self._by_cell(slope, ~self._outside)
        b["wasted"] = np.zeros_like(b["outside"])
        value = rent * v["pair_rate"] * level
        b["cell_border"] = self._by_cell(value, self._outside)
        b["cell_spend"] = self._by_cell(value, ~self._outside)
        by_tax = b["paid_away"][where.importer] + b["received"][where.exporter]
        b["cell_flow"] = w.export_tax * by_tax

    def _pairs(self, v: Values) -> tuple[Array, Array]:
        """Return the value and the rent per unit of wedge, of each row at each cell."""
        value = np.where(self._outside, v["cell_border"][self._cell], v["cell_spend"][self._cell])
        rate = np.where(
            self._outside,
            _growth(v["outside"][self._cell]),
            _growth(-v["inside"][self._cell]),
        )
        return value, rate

    def _slope(self, v: Values) -> Array:
        """Return the derivative of the rent per unit of shadow to the wedge of its side."""
        outside, inside = v["outside"][self._cell], v["inside"][self._cell]
        return np.where(self._outside, _growth_slope(outside), -_growth_slope(-inside))

    def _by(self, economy: Index, values: Array) -> Array:
        sums = np.zeros_like(values, shape=(self._economies, values.shape[1]))
        np.add.at(sums, economy, values)
        return sums

    def _by_row(self, values: Array) -> Array:
        sums = np.zeros_like(values, shape=(self._wedges.count, values.shape[1]))
        np.add.at(sums, self._row, values)
        return sums

    def _by_cell(self, values: Array, chosen: Mask) -> Array:
        sums = np.zeros_like(values, shape=(self._wedges.cells.count, values.shape[1]))
        np.add.at(sums, self._cell, np.where(chosen, values, 0.0))
        return sums


def _growth(x: Array) -> Array:
    """Return ``(exp(x) - 1) / x``, 1 at zero."""
    small = np.abs(x) < 1e-8
    safe = np.where(small, 1.0, x)
    rate: Array = np.where(small, 1.0 + x / 2.0, np.expm1(safe) / safe)
    return rate


def _growth_slope(x: Array) -> Array:
    """Return the derivative of `_growth`: ``(exp(x) (x - 1) + 1) / x**2``, 1/2 at zero."""
    small = np.abs(x) < 1e-3
    safe = np.where(small, 1.0, x)
    series = 0.5 + x / 3.0 + x * x / 8.0 + x**3 / 30.0
    slope: Array = np.where(small, series, (np.exp(safe) * (safe - 1.0) + 1.0) / safe**2)
    return slope
