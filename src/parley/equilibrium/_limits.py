"""What limits and specific duties do to flows, and the prices that flows give them.

Complementarity is the fixed point of ``shadow = clip(shadow + step * excess, 0, ceiling)`` with
``excess = log(flow / limit)``: the shadow is zero while some of the limit is left, the limit is
met while the shadow is inside, and a tariff-rate quota is exceeded at its ceiling. The wedge of a
specific duty follows from the price at the border, and its excess is the gap to that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._blocks import CellDirections, add

if TYPE_CHECKING:
    from parley.equilibrium._base import Base
    from parley.equilibrium._blocks import Directions, Values
    from parley.equilibrium._kernel import Kernel
    from parley.equilibrium._wedges import Wedges
    from parley.typing import Array


class LimitedKernel:
    """The kernels with the wedges that the shadow prices put on their cells."""

    def __init__(self, base: Base, kernel: Kernel, wedges: Wedges) -> None:
        self._gross, self._net, self._wedges = kernel.gross, kernel.net, wedges
        self._part = (1.0 - base.margin)[wedges.cells.importer][:, None]

    def forward(self, v: Values) -> None:
        w, where = self._wedges, self._wedges.cells
        shadow = v["shadow"][:, None]
        v["outside"], v["inside"] = w.outside.T @ shadow, w.inside.T @ shadow
        v["wasted"] = w.wasted.T @ shadow
        paid = v["outside"] + v["inside"]
        factor = np.exp(-w.elasticity * (paid + v["wasted"]))[:, 0]
        v["gross"], v["net"] = self._gross.copy(), self._net.copy()
        v["gross"][where.sector, where.buyer, where.exporter] *= factor
        v["net"][where.sector, where.buyer, where.exporter] *= factor * np.exp(-paid[:, 0])

    def tangent(self, v: Values, d: Directions) -> None:
        w = self._wedges
        d["outside"], d["inside"] = w.outside.T @ d["shadow"], w.inside.T @ d["shadow"]
        d["wasted"] = w.wasted.T @ d["shadow"]
        paid = d["outside"] + d["inside"]
        by_cost = -w.elasticity * (paid + d["wasted"])
        gross, net = w.cells.take(v["gross"])[:, None], w.cells.take(v["net"])[:, None]
        d["gross_cells"], d["net_cells"] = gross * by_cost, net * (by_cost - paid)
        shadows = CellDirections(w.cells, d["gross_cells"], d["net_cells"])
        for given in d.cells:
            d["gross_cells"] = d["gross_cells"] + given.gross_at(w.cells)
            d["net_cells"] = d["net_cells"] + given.net_at(w.cells)
        d.cells = (*d.cells, shadows)

    def adjoint(self, v: Values, b: Values) -> None:
        w, where = self._wedges, self._wedges.cells
        attraction = where.of_exporter(v["attraction"])
        per = where.of_buyer(v["per_denominator"])
        gross = where.of_buyer(b["gross_times"]) * attraction + b["gross_cells"]
        net = where.of_buyer(b["net_times"]) * attraction + b["net_cells"]
        net = net + self._part * per * where.of_exporter(b["net_transposed_times"])
        gross = gross * where.take(v["gross"])[:, None]
        net = net * where.take(v["net"])[:, None]
        by_cost = -w.elasticity * (gross + net)
        shadow = w.outside @ (by_cost - net + b["outside"])
        shadow += w.inside @ (by_cost - net + b["inside"])
        shadow += w.wasted @ (by_cost + b["wasted"])
        add(b, "shadow", shadow)


class CellFlows:
    """The flows at the cells with a wedge: what producers receive, what buyers spend."""

    def __init__(self, wedges: Wedges) -> None:
        self._wedges = wedges

    def forward(self, v: Values) -> None:
        w, where = self._wedges, self._wedges.cells
        pull = where.of_exporter(v["attraction"]) * where.of_buyer(v["per_denominator"])
        v["cell_flow"] = where.take(v["net"])[:, None] * pull
        v["cell_border"] = (1.0 + w.export_tax) * v["cell_flow"]
        v["cell_spend"] = where.take(v["gross"])[:, None] * pull

    def tangent(self, v: Values, d: Directions) -> None:
        where = self._wedges.cells
        attraction = where.of_exporter(v["attraction"])
        per = where.of_buyer(v["per_denominator"])
        moved = where.of_exporter(d["attraction"]) * per
        moved = moved + attraction * where.of_buyer(d["per_denominator"])
        pull = attraction * per
        d["cell_flow"] = d["net_cells"] * pull + where.take(v["net"])[:, None] * moved
        d["cell_border"] = (1.0 + self._wedges.export_tax) * d["cell_flow"]
        d["cell_spend"] = d["gross_cells"] * pull + where.take(v["gross"])[:, None] * moved

    def adjoint(self, v: Values, b: Values) -> None:
        where = self._wedges.cells
        attraction = where.of_exporter(v["attraction"])
        per = where.of_buyer(v["per_denominator"])
        flow = b["cell_flow"] + (1.0 + self._wedges.export_tax) * b["cell_border"]
        b["net_cells"] = flow * attraction * per
        b["gross_cells"] = b["cell_spend"] * attraction * per
        pull = flow * where.take(v["net"])[:, None]
        pull = pull + b["cell_spend"] * where.take(v["gross"])[:, None]
        add(b, "attraction", where.to_exporters(pull * per))
        add(b, "per_denominator", where.to_buyers(pull * attraction))


class Shadows:
    """The wedge that each limit and each specific duty implies."""

    def __init__(self, wedges: Wedges) -> None:
        self._wedges = wedges
        limits = ~wedges.specific[:, None]
        self._valued = wedges.incidence * (limits * wedges.valued)
        self._counted = wedges.incidence * (limits * (1.0 - wedges.valued))
        self._charged = wedges.incidence[wedges.specific]
        self._fixed, self._indexed = np.split(wedges.amount[wedges.specific], 2, axis=1)

    def forward(self, v: Values) -> None:
        w = self._wedges
        delivered, index = self._delivered(v), self._index(v)
        v["cell_volume"] = v["cell_flow"] * delivered
        v["cell_value"] = v["cell_border"] * np.exp(v["outside"])
        deflated = w.indexed * (self._valued @ (v["cell_value"] / index))
        value = deflated + (1.0 - w.indexed) * (self._valued @ v["cell_value"])
        v["used"] = self._counted @ v["cell_volume"] + value
        used = np.where(w.specific[:, None], 1.0, v["used"])
        with np.errstate(divide="ignore"):
            excess = np.log(used / w.most)
        v["per_unit"] = self._per_unit(v, delivered, index)
        charged = np.log1p(v["per_unit"])
        excess[w.specific] = charged - v["shadow"][w.specific, None]
        v["excess"] = excess
        wanted = v["shadow"][:, None] + w.step * excess
        v["shadow_new"] = np.clip(wanted, w.floor, w.ceiling)[:, 0]
        v["free"] = ((wanted > w.floor) & (wanted < w.ceiling)).astype(np.float64)
        limited = np.isfinite(w.ceiling) & ~w.specific[:, None]
        inside = np.where(limited, np.minimum(1.0, w.most / used), 1.0)
        v["in_quota"] = np.where(w.specific[:, None], 0.0, inside)

    def tangent(self, v: Values, d: Directions) -> None:
        w, where = self._wedges, self._wedges.cells
        volume = d["cell_flow"] * self._delivered(v)
        volume = volume - v["cell_volume"] * (where.of_exporter(d["cost"]) + d["wasted"])
        index, moved = self._index(v), d["price_index"][where.importer]
        value = d["cell_border"] * np.exp(v["outside"]) + v["cell_value"] * d["outside"]
        deflated = (value - v["cell_value"] * moved) / index
        change = w.indexed * (self._valued @ deflated) + self._counted @ volume
        change = change + (1.0 - w.indexed) * (self._valued @ value)
        excess = change / np.where(v["used"] > 0.0, v["used"], 1.0)
        border = where.of_exporter(d["cost"]) + d["outside"] + d["wasted"]
        for cells in d.cells:
            border = border + cells.landed_at(where)
        part, indexed = self._slopes(v)
        charged = part * (indexed * (self._charged @ moved) - self._charged @ border)
        excess[w.specific] = charged - d["shadow"][w.specific]
        d["excess"] = excess
        d["shadow_new"] = v["free"] * (d["shadow"] + w.step * excess)
        within = (v["in_quota"] > 0.0) & (v["in_quota"] < 1.0)
        d["in_quota"] = np.where(within, -v["in_quota"] * excess, 0.0)

    def adjoint(self, v: Values, b: Values) -> None:
        w, where = self._wedges, self._wedges.cells
        wanted = v["free"] * b["shadow_new"]
        excess = w.step * wanted + b["excess"]
        within = (v["in_quota"] > 0.0) & (v["in_quota"] < 1.0)
        excess = excess + np.where(within, -v["in_quota"] * b["in_quota"], 0.0)
        charged = excess[w.specific]
        b["limit"] = -excess[~w.specific]
        shadow = wanted.copy()
        shadow[w.specific] -= charged
        add(b, "shadow", shadow)
        part, indexed = self._slopes(v)
        border = -self._charged.T @ (part * charged)
        price = self._charged.T @ (part * indexed * charged)
        b["landed_cells"] = border
        share = np.where(w.specific[:, None], 0.0, excess) / np.where(
            v["used"] > 0.0, v["used"], 1.0
        )
        volume, index = self._counted.T @ share, self._index(v)
        deflated = self._valued.T @ (w.indexed * share) / index
        value = self._valued.T @ ((1.0 - w.indexed) * share) + deflated
        real = -volume * v["cell_volume"]
        add(b, "cell_flow", volume * self._delivered(v))
        add(b, "cell_border", value * np.exp(v["outside"]))
        add(b, "outside", value * v["cell_value"] + border)
        add(b, "wasted", real + border)
        add(b, "cost", where.to_exporters(real + border))
        prices = np.zeros((v["price_index"].size, price.shape[1]))
        np.add.at(prices, where.importer, price - deflated * v["cell_value"])
        add(b, "price_index", prices)

    def _delivered(self, v: Values) -> Array:
        """Return the volume that a dollar of producers' receipts is, (cell, 1)."""
        volume: Array = np.exp(-self._wedges.cells.of_exporter(v["cost"]) - v["wasted"])
        return volume

    def _index(self, v: Values) -> Array:
        index: Array = np.exp(v["price_index"])[self._wedges.cells.importer][:, None]
        return index

    def _per_unit(self, v: Values, delivered: Array, index: Array) -> Array:
        """Return each specific duty over the price with ad valorem duty, (specific duty, 1)."""
        w = self._wedges
        price = np.exp(v["outside"]) / delivered * (1.0 + w.export_tax) * w.landed
        amount = self._fixed + self._indexed * (self._charged @ index)
        rate: Array = amount / (self._charged @ price)
        return rate

    def _slopes(self, v: Values) -> tuple[Array, Array]:
        """Return the duty's part of the price after it, and how much of it is indexed."""
        by_index = self._indexed * (self._charged @ self._index(v))
        part: Array = v["per_unit"] / (1.0 + v["per_unit"])
        indexed: Array = by_index / (self._fixed + by_index)
        return part, indexed
