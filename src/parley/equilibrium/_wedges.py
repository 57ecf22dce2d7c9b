"""The wedges of a scenario that move with the economy: limits and specific duties.

Each row of `Wedges` is one unknown, a log wedge on the cells that it covers. A limit on the volume
or the value of a set of flows has a shadow price between zero and its ceiling (infinite for a cap,
the gap between the two duties for a tariff-rate quota). A specific duty is an amount per unit, so
its wedge falls as the price at the border rises; it has one row for each cell.

A rent held on the exporter's side is part of the price at the border, on which duty is charged; a
rent held on the importer's side comes after duty. A wasted rent uses up the good itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._blocks import Cells
from parley.equilibrium._policy import used
from parley.errors import InputError, LabelError

if TYPE_CHECKING:
    from parley.equilibrium._base import Base
    from parley.equilibrium._limit import Limit
    from parley.equilibrium._policy import Policy
    from parley.typing import Array, Index, Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Wedges:
    """The cells of a scenario that carry a limit, a specific duty or an export tax.

    Rows are the limits, then the specific duties. Incidence arrays have shape (row, cell) and are
    1 where a row covers a cell.
    """

    names: tuple[str, ...]  # of the limits
    cells: Cells = field(repr=False)
    elasticity: Array = field(repr=False)  # of trade, (cell, 1)
    export_tax: Array = field(repr=False)  # (cell, 1)
    landed: Array = field(repr=False)  # 1 + the ad valorem duty, (cell, 1)
    incidence: Array = field(repr=False)
    outside: Array = field(repr=False)  # incidence of rows whose rent is in the border price
    inside: Array = field(repr=False)  # ... whose rent, or duty, comes after ad valorem duty
    wasted: Array = field(repr=False)  # ... whose rent nobody receives
    owner: Index = field(repr=False)  # economy that receives the rent, (row, cell)
    valued: Array = field(repr=False)  # 1 where a row limits customs value, (row, 1)
    indexed: Array = field(repr=False)  # 1 where value follows the importer's prices, (row, 1)
    amount: Array = field(repr=False)  # of specific duty: fixed, indexed; (row, 2), 0 for limits
    most: Array = field(repr=False)  # of each limit, base-period USD mn, (row, 1)
    base_flow: Array = field(repr=False)  # what the rows cover in the base year, (row, 1)
    floor: Array = field(repr=False)  # least log wedge, (row, 1)
    ceiling: Array = field(repr=False)  # greatest log wedge, (row, 1)
    step: Array = field(repr=False)  # (row, 1)

    @property
    def count(self) -> int:
        """Number of rows."""
        return len(self.incidence)

    @property
    def specific(self) -> Mask:
        """Which rows are specific duties, (row,)."""
        rows: Mask = np.arange(self.count) >= len(self.names)
        return rows

    def between(self, part: float) -> Wedges:
        """Return the wedges `part` of the way from the base year, limits in logs."""
        tightened = np.minimum(self.most / self.base_flow, 1.0)
        return replace(
            self,
            most=self.most / tightened * tightened**part,
            export_tax=(1.0 + self.export_tax) ** part - 1.0,
            amount=self.amount * part,
        )


def build_wedges(base: Base, policy: Policy, *, tariff: Array, tax: Array | None) -> Wedges | None:
    """Return the wedges of `policy`, or None where nothing moves with the economy.

    Parameters
    ----------
    tariff, tax
        Ad valorem duties and export taxes, (sector, importer, exporter).

    Raises
    ------
    InputError
        When a limit covers no trade, or specific duties meet partial pass-through.
    LabelError
        When a rent goes to an economy that is not there.
    """
    if not policy.limits and tax is None and not used(policy.specific_duty):
        return None
    amounts = policy.specific_duty.transpose(0, 3, 1, 2)  # (deflator, sector, importer, exporter)
    amounts = np.concatenate([amounts] * base.uses, axis=2)
    if amounts.any() and (base.pass_through != 1.0).any():
        raise InputError("specific duties need full pass-through; leave pass_through out")
    layers = [_by_buyer(limit.cells, base.uses) for limit in policy.limits]
    covered = [amounts.any(axis=0), *layers]
    if tax is not None:
        covered.append(np.concatenate([tax != 0.0] * base.uses, axis=1))
    cells = Cells(np.logical_or.reduce(covered) & (base.share > 0.0))
    charged = np.stack([cells.take(layer) for layer in amounts], axis=1)
    rows = np.flatnonzero(charged.any(axis=1))
    limited = np.array([cells.take(layer.astype(np.float64)) for layer in layers])
    limited = limited.reshape(len(layers), cells.count)
    incidence = np.concatenate((limited, np.eye(cells.count)[rows]))
    base_flow = incidence @ cells.take(_flows(base))[:, None]
    elasticity = base.trade_elasticity[cells.sector]
    levy = (
        np.zeros(cells.count) if tax is None else tax[cells.sector, cells.importer, cells.exporter]
    )
    side = np.array([*(_side(limit.rent) for limit in policy.limits), *["inside"] * rows.size])
    specific = np.arange(len(incidence)) >= len(layers)
    step = 1.0 / (1.0 + (incidence * elasticity.T).max(axis=1, initial=1.0))
    return Wedges(
        names=tuple(limit.name for limit in policy.limits),
        cells=cells,
        elasticity=elasticity,
        export_tax=levy[:, None],
        landed=1.0 + tariff[cells.sector, cells.importer, cells.exporter][:, None],
        incidence=incidence,
        outside=incidence * (side == "outside")[:, None],
        inside=incidence * (side == "inside")[:, None],
        wasted=incidence * (side == "wasted")[:, None],
        owner=_owners(policy, cells, rows.size),
        valued=_column([limit.value_usd_mn is not None for limit in policy.limits], rows.size, 0.0),
        indexed=_column(
            [limit.deflator == "importer_prices" for limit in policy.limits], rows.size, 0.0
        ),
        amount=np.concatenate((np.zeros((len(layers), 2)), charged[rows])),
        most=_column(_sizes(policy.limits, base_flow), rows.size, 1.0),
        base_flow=np.where(specific[:, None], 1.0, base_flow),
        floor=np.where(specific, -np.inf, 0.0)[:, None],
        ceiling=_column([limit.ceiling for limit in policy.limits], rows.size, np.inf),
        step=np.where(specific, 1.0, step)[:, None],
    )


def _flows(base: Base) -> Array:
    """Return base-year flows before duty, (sector, buyer, exporter)."""
    bought = base.final_spending + base.input_spending
    if base.uses == 2:
        bought = np.concatenate((base.final_spending, base.input_spending), axis=1)
    landed = np.concatenate([1.0 + base.tariff] * base.uses, axis=1)
    flows: Array = bought[:, :, None] * base.share / landed
    return flows


def _column(limits: list[float] | list[bool], specific: int, rest: float) -> Array:
    """Return what limits have, and `rest` for specific duties, as a column."""
    column: Array = np.array([*limits, *[rest] * specific], dtype=np.float64).reshape(-1, 1)
    return column


def _by_buyer(cells: Mask, uses: int) -> Mask:
    return np.concatenate([layer.transpose(2, 0, 1) for layer in cells[:uses]], axis=1)


def _side(rent: str) -> str:
    return {"importer": "inside", "wasted": "wasted"}.get(rent, "outside")


def _owners(policy: Policy, cells: Cells, specific: int) -> Index:
    """Return the position of the economy that receives each row's rent at each cell."""
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
    rows += [cells.importer] * specific
    return np.array(rows, dtype=np.intp).reshape(len(rows), cells.count)


def _sizes(limits: tuple[Limit, ...], base_flow: Array) -> list[float]:
    """Return how much each limit lets pass, base-period USD mn."""
    sizes = []
    for limit, flow in zip(limits, base_flow[:, 0], strict=False):
        if flow <= 0.0:
            raise InputError(f"limit {limit.name} covers no trade of the base year")
        stated = limit.volume_usd_mn if limit.value_usd_mn is None else limit.value_usd_mn
        sizes.append(float(limit.share * flow if stated is None and limit.share else stated or 0.0))
    return sizes
