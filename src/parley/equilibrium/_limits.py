"""Limits on volumes and taxes on exports: wedges whose proceeds leave the importer's customs.

A limit on the volume of a set of flows has a shadow price, a log wedge between zero and its
ceiling. Complementarity is the fixed point of ``shadow = clip(shadow + step * excess, 0,
ceiling)`` with ``excess = log(volume / limit)``: the shadow is zero while volume is left, the
volume is met while the shadow is inside, and a tariff-rate quota is exceeded at its ceiling.

A rent held on the exporter's side is part of the price at the border, on which duty is charged; a
rent held on the importer's side comes after duty. A wasted rent uses up the good itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._blocks import CellDirections, Cells, add
from parley.errors import InputError, LabelError

if TYPE_CHECKING:
    from parley.equilibrium._base import Base
    from parley.equilibrium._blocks import Directions, Values
    from parley.equilibrium._kernel import Kernel
    from parley.equilibrium._policy import Policy
    from parley.typing import Array, Index, Mask


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wedges:
    """The cells of a scenario that carry a limit or an export tax.

    Incidence arrays have shape (limit, cell) and are 1 where a limit covers a cell.
    """

    names: tuple[str, ...]
    cells: Cells = field(repr=False)
    elasticity: Array = field(repr=False)  # of trade, (cell, 1)
    export_tax: Array = field(repr=False)  # (cell, 1)
    incidence: Array = field(repr=False)
    outside: Array = field(repr=False)  # incidence of limits whose rent is in the border price
    inside: Array = field(repr=False)  # ... whose rent comes after duty
    wasted: Array = field(repr=False)  # ... whose rent nobody receives
    owner: Index = field(repr=False)  # economy that receives the rent, (limit, cell)
    volume: Array = field(repr=False)  # of each limit, base-period USD mn, (limit, 1)
    base_volume: Array = field(repr=False)  # of the flows under each limit, (limit, 1)
    ceiling: Array = field(repr=False)  # greatest log wedge, (limit, 1)
    step: Array = field(repr=False)  # (limit, 1)

    def between(self, part: float) -> Wedges:
        """Return the limits `part` of the way from the base volume, in logs."""
        tightened = np.minimum(self.volume / self.base_volume, 1.0)
        volume = self.volume / tightened * tightened**part
        return replace(self, volume=volume, export_tax=(1.0 + self.export_tax) ** part - 1.0)


def build_wedges(base: Base, policy: Policy, export_tax: Array | None) -> Wedges | None:
    """Return the limits and export taxes of `policy`, or None where there are none.

    Raises
    ------
    InputError
        When a limit covers no trade, or its volume is not positive.
    """
    if not policy.limits and export_tax is None:
        return None
    sectors, economies = base.shape
    layers = [_by_buyer(limit.cells, base.uses) for limit in policy.limits]
    taxed = np.zeros((sectors, base.uses * economies, economies), dtype=bool)
    if export_tax is not None:
        taxed |= np.concatenate([export_tax != 0.0] * base.uses, axis=1)
    cells = Cells(np.logical_or.reduce([taxed, *layers]) & (base.share > 0.0))
    bought = base.final_spending + base.input_spending
    if base.uses == 2:
        bought = np.concatenate((base.final_spending, base.input_spending), axis=1)
    importers = np.concatenate([1.0 + base.tariff] * base.uses, axis=1)
    flows = cells.take(bought[:, :, None] * base.share / importers)
    incidence = np.array([cells.take(layer.astype(np.float64)) for layer in layers])
    incidence = incidence.reshape(len(layers), cells.count)
    tax = np.zeros(cells.count)
    if export_tax is not None:
        tax = export_tax[cells.sector, cells.importer, cells.exporter]
    elasticity = base.trade_elasticity[cells.sector]
    base_volume = incidence @ flows[:, None]
    sides = np.array([_side(limit.rent) for limit in policy.limits]).reshape(-1, 1)
    return Wedges(
        names=tuple(limit.name for limit in policy.limits),
        cells=cells,
        elasticity=elasticity,
        export_tax=tax[:, None],
        incidence=incidence,
        outside=incidence * (sides == "outside"),
        inside=incidence * (sides == "inside"),
        wasted=incidence * (sides == "wasted"),
        owner=_owners(policy, cells),
        volume=_volumes(policy, base_volume),
        base_volume=base_volume,
        ceiling=np.array([limit.ceiling for limit in policy.limits]).reshape(-1, 1),
        step=1.0 / (1.0 + (incidence * elasticity.T).max(axis=1, initial=1.0))[:, None],
    )


def _by_buyer(cells: Mask, uses: int) -> Mask:
    return np.concatenate([layer.transpose(2, 0, 1) for layer in cells[:uses]], axis=1)


def _side(rent: str) -> str:
    return {"importer": "inside", "wasted": "wasted"}.get(rent, "outside")


def _owners(policy: Policy, cells: Cells) -> Index:
    """Return the position of the economy that receives each limit's rent at each cell."""
    rows = []
    for limit in policy.limits:
        if limit.rent in ("exporter", "wasted"):
            rows.append(cells.exporter)
        elif limit.rent == "importer":
            rows.append(cells.importer)
        elif limit.rent in policy.economies:
            rows.append(np.full(cells.count, policy.economies.index(limit.rent)))
        else:
            raise LabelError(
                f"limit {limit.name}: rent {limit.rent!r} is neither importer, exporter, wasted "
                "nor an economy of this world"
            )
    return np.array(rows, dtype=np.intp).reshape(len(rows), cells.count)


def _volumes(policy: Policy, base_volume: Array) -> Array:
    volumes = np.empty_like(base_volume)
    for at, limit in enumerate(policy.limits):
        if base_volume[at, 0] <= 0.0:
            raise InputError(f"limit {limit.name} covers no trade of the base year")
        share = limit.share * base_volume[at, 0] if limit.share is not None else None
        volumes[at, 0] = limit.volume_usd_mn if share is None else share
    return volumes


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


class Transfers:
    """Export taxes to the exporter, rents to their holders, and the shadow prices they imply."""

    def __init__(self, base: Base, wedges: Wedges) -> None:
        self._wedges = wedges
        self._economies = base.shape[1]
        limits, cells = np.nonzero(wedges.incidence - wedges.wasted)
        self._limit, self._cell = limits, cells
        self._owner = wedges.owner[limits, cells]
        self._importer = wedges.cells.importer[cells]
        self._outside = (wedges.outside[limits, cells] > 0.0)[:, None]

    def forward(self, v: Values) -> None:
        w, where = self._wedges, self._wedges.cells
        pull = where.of_exporter(v["attraction"]) * where.of_buyer(v["per_denominator"])
        v["cell_flow"] = where.take(v["net"])[:, None] * pull
        v["cell_spend"] = where.take(v["gross"])[:, None] * pull
        delivered = np.exp(-where.of_exporter(v["cost"]) - v["wasted"])
        v["cell_volume"] = v["cell_flow"] * delivered
        v["volume"] = w.incidence @ v["cell_volume"]
        with np.errstate(divide="ignore"):
            v["excess"] = np.log(v["volume"] / w.volume)
        wanted = v["shadow"][:, None] + w.step * v["excess"]
        v["shadow_new"] = np.clip(wanted, 0.0, w.ceiling)[:, 0]
        v["free"] = ((wanted > 0.0) & (wanted < w.ceiling)).astype(np.float64)
        v["in_quota"] = np.where(
            np.isfinite(w.ceiling), np.minimum(1.0, w.volume / v["volume"]), 1.0
        )
        v["pair_value"], v["pair_rate"] = self._pairs(v)
        rent = v["pair_value"] * v["pair_rate"] * v["shadow"][self._limit][:, None]
        held = rent * v["in_quota"][self._limit]
        tax = w.export_tax * v["cell_flow"]
        v["paid_away"] = (self._by(where.importer, tax) + self._by(self._importer, rent))[:, 0]
        v["received"] = self._by(where.exporter, tax)[:, 0]
        v["received"] = v["received"] + self._by(self._importer, rent - held)[:, 0]
        v["rent"] = self._by(self._owner, held)[:, 0]

    def tangent(self, v: Values, d: Directions) -> None:
        w, where = self._wedges, self._wedges.cells
        attraction = where.of_exporter(v["attraction"])
        per = where.of_buyer(v["per_denominator"])
        pull, net = attraction * per, where.take(v["net"])[:, None]
        moved = where.of_exporter(d["attraction"]) * per
        moved = moved + attraction * where.of_buyer(d["per_denominator"])
        flow = d["net_cells"] * pull + net * moved
        spend = d["gross_cells"] * pull + where.take(v["gross"])[:, None] * moved
        delivered = np.exp(-where.of_exporter(v["cost"]) - v["wasted"])
        volume = flow * delivered - v["cell_volume"] * (where.of_exporter(d["cost"]) + d["wasted"])
        safe = np.where(v["volume"] > 0.0, v["volume"], 1.0)
        d["excess"] = (w.incidence @ volume) / safe
        d["shadow_new"] = v["free"] * (d["shadow"] + w.step * d["excess"])
        shadow = d["shadow"][self._limit]
        value = np.where(
            self._outside, (1.0 + w.export_tax)[self._cell] * flow[self._cell], spend[self._cell]
        )
        rate = self._slope(v) * np.where(
            self._outside, d["outside"][self._cell], d["inside"][self._cell]
        )
        level = v["shadow"][self._limit][:, None]
        rent = value * v["pair_rate"] * level + v["pair_value"] * (rate * level)
        rent = rent + v["pair_value"] * v["pair_rate"] * shadow
        total = v["pair_value"] * v["pair_rate"] * level
        in_quota = np.where(v["in_quota"] < 1.0, -v["in_quota"] * d["excess"], 0.0)
        held = rent * v["in_quota"][self._limit] + total * in_quota[self._limit]
        tax = w.export_tax * flow
        d["paid_away"] = self._by(where.importer, tax) + self._by(self._importer, rent)
        d["received"] = self._by(where.exporter, tax) + self._by(self._importer, rent - held)
        d["rent"] = self._by(self._owner, held)

    def adjoint(self, v: Values, b: Values) -> None:
        w, where = self._wedges, self._wedges.cells
        level = v["shadow"][self._limit][:, None]
        share = v["in_quota"][self._limit]
        total = v["pair_value"] * v["pair_rate"] * level
        kept = b["received"][self._importer]
        rent = b["paid_away"][self._importer] + kept * (1.0 - share)
        rent = rent + b["rent"][self._owner] * share
        held = total * (b["rent"][self._owner] - kept)
        excess = v["free"] * w.step * b["shadow_new"] + b["excess"]
        moved = self._by_limit(held)
        excess = excess + np.where(v["in_quota"] < 1.0, -v["in_quota"] * moved, 0.0)
        b["limit"] = -excess
        shadow = v["free"] * b["shadow_new"]
        shadow = shadow + self._by_limit(rent * v["pair_value"] * v["pair_rate"])
        add(b, "shadow", shadow)
        slope = self._by_cell(rent * v["pair_value"] * level * self._slope(v), self._outside)
        inside = self._by_cell(rent * v["pair_value"] * level * self._slope(v), ~self._outside)
        value = rent * v["pair_rate"] * level
        border = self._by_cell(value, self._outside)
        b["border_cells"] = border
        safe = np.where(v["volume"] > 0.0, v["volume"], 1.0)
        volume = w.incidence.T @ (excess / safe)
        delivered = np.exp(-where.of_exporter(v["cost"]) - v["wasted"])
        by_tax = b["paid_away"][where.importer] + b["received"][where.exporter]
        flow = (1.0 + w.export_tax) * border + volume * delivered + w.export_tax * by_tax
        spend = self._by_cell(value, ~self._outside)
        real = -volume * v["cell_volume"]
        add(b, "cost", where.to_exporters(real))
        b["outside"], b["inside"], b["wasted"] = slope, inside, real
        attraction = where.of_exporter(v["attraction"])
        per = where.of_buyer(v["per_denominator"])
        net, gross = where.take(v["net"])[:, None], where.take(v["gross"])[:, None]
        b["net_cells"], b["gross_cells"] = flow * attraction * per, spend * attraction * per
        pull = flow * net + spend * gross
        add(b, "attraction", where.to_exporters(pull * per))
        add(b, "per_denominator", where.to_buyers(pull * attraction))

    def _pairs(self, v: Values) -> tuple[Array, Array]:
        """Return the value and the rent per unit of shadow, of each limit at each cell."""
        w = self._wedges
        border = (1.0 + w.export_tax) * v["cell_flow"]
        value = np.where(self._outside, border[self._cell], v["cell_spend"][self._cell])
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
        sums = np.zeros((self._economies, values.shape[1]))
        np.add.at(sums, economy, values)
        return sums

    def _by_limit(self, values: Array) -> Array:
        sums = np.zeros((len(self._wedges.names), values.shape[1]))
        np.add.at(sums, self._limit, values)
        return sums

    def _by_cell(self, values: Array, chosen: Mask) -> Array:
        sums = np.zeros((self._wedges.cells.count, values.shape[1]))
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
