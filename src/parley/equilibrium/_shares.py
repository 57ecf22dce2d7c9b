"""A world from shares: what a paper publishes when its accounts were not balanced."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._base import Model, calibrate
from parley.equilibrium._kernel import build_kernel
from parley.equilibrium._policy import Policy
from parley.equilibrium._precondition import DenseInverse
from parley.equilibrium._rebase import rebase
from parley.equilibrium._solve import solve_state
from parley.equilibrium._sweep import Sweep
from parley.errors import DataError
from parley.world import World

if TYPE_CHECKING:
    from parley.typing import Array
    from parley.world import Elasticities

_TOLERANCE = 1e-13


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shares:
    """Shares of an economy without trade imbalances, before its prices have settled.

    All shares are at duty-paid prices.
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    trade: Array = field(repr=False)  # of spending; (importer, exporter, sector)
    tariff: Array = field(repr=False)  # same shape
    inputs: Array = field(repr=False)  # of sales; (economy, input, user)
    final: Array = field(repr=False)  # of final spending; (economy, sector)
    value_added_usd_mn: Array = field(repr=False)  # that labour earned in the data; (economy,)


def world_from_shares(
    shares: Shares, elasticities: Elasticities, *, name: str, year: int, source: str
) -> World:
    """Return the balanced world in which trade settles from `shares`.

    Accounts that are closed by these shares give another value added than the data. The labour
    force is moved back to that of the data, and prices, trade and spending settle by the model:
    the first step of Caliendo and Parro (2015), who solve for 1993 without imbalances.

    Raises
    ------
    DataError
        When shares do not add up to one.
    """
    _check(shares)
    sales, spending = _closed_accounts(shares)
    bought = np.einsum("nks,ns->nk", shares.inputs, sales)
    paid = 1.0 + shares.tariff
    final = shares.trade * (shares.final * spending[:, None])[:, None] / paid
    inputs = shares.trade * bought[:, None] / paid
    flows = final + inputs
    closed = World(
        name=name,
        year=year,
        economies=shares.economies,
        sectors=shares.sectors,
        sector_titles=shares.sectors,
        final=final,
        intermediate=inputs,
        input_use=shares.inputs * sales[:, None],
        value_added=sales * (1.0 - shares.inputs.sum(axis=1)),
        tariff=shares.tariff,
        tariff_known=np.ones(shares.tariff.shape, dtype=bool),
        trade_deficit=flows.sum(axis=(1, 2)) - flows.sum(axis=(0, 2)),
        elasticities=elasticities,
        elasticities_short=elasticities,
        source=source,
        licence="see the source",
    )
    base = calibrate(closed, elasticities, Model(closure="balanced"))
    force = shares.value_added_usd_mn / base.income
    base = replace(base, labour_force=force / np.average(force, weights=base.income))
    sweep = Sweep(base, build_kernel(base, Policy.none(closed)))
    start = np.zeros(sweep.size)
    inverse = DenseInverse(sweep, sweep.values(start))
    return rebase(solve_state(sweep, start, inverse, tolerance=_TOLERANCE), name=name)


def _closed_accounts(shares: Shares) -> tuple[Array, Array]:
    """Return sales (economy, sector) and final spending at which all accounts close."""
    n, s = shares.final.shape
    reach = shares.trade / (1.0 + shares.tariff)  # to producers
    kept = 1.0 - reach.sum(axis=1)  # duty in spending, (economy, sector)
    kept = np.where(shares.trade.sum(axis=1) > 0.0, kept, 0.0)
    labour = 1.0 - shares.inputs.sum(axis=1)
    duty_on_inputs = np.einsum("nk,nks->ns", kept, shares.inputs)
    per_sales = (labour + duty_on_inputs) / (1.0 - (kept * shares.final).sum(axis=1))[:, None]
    wanted = shares.inputs + shares.final[:, :, None] * per_sales[:, None]  # (economy, good, user)
    flow = np.einsum("nik,nks->ikns", reach, wanted).reshape(n * s, n * s)
    system = flow - np.eye(n * s)
    system[-1] = np.broadcast_to(labour.ravel(), n * s)  # world value added, instead of one market
    right = np.zeros(n * s)
    right[-1] = shares.value_added_usd_mn.sum()
    sales = np.linalg.solve(system, right).reshape(n, s)
    sales = np.where(np.abs(sales) < 1e-9, 0.0, sales)
    return sales, (per_sales * sales).sum(axis=1)


def _check(shares: Shares) -> None:
    for name, sums in (
        ("final", shares.final.sum(axis=1)),
        ("trade", shares.trade.sum(axis=1)[shares.trade.sum(axis=1) > 0.0]),
    ):
        gap = np.abs(sums - 1.0).max()
        if gap > 1e-9:
            raise DataError(f"{name} shares add up to one only within {gap:.1e}; scale them")
