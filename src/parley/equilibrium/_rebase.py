"""An equilibrium as the base year of further questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from parley.equilibrium._solve import Solution
    from parley.typing import Array
    from parley.world import World


def rebase(solution: Solution, *, name: str) -> World:
    """Return the world whose base year is the equilibrium `solution`.

    Exact hat algebra needs nothing but shares, so a solved economy is as good a base year as the
    data. Values are in units of the numeraire, world factor income.
    """
    base, v, kernel = solution.sweep.base, solution.values, solution.sweep.kernel
    economies = base.shape[1]
    flows = v["net"] * v["per_denominator"][:, :, None] * v["attraction"][:, None, :]
    if base.uses == 1:
        part = v["final_spending"] / np.where(v["bought"] > 0.0, v["bought"], 1.0)
        final, inputs = flows * part[:, :, None], flows * (1.0 - part)[:, :, None]
    else:
        final, inputs = flows[:, :economies], flows[:, economies:]
    final, inputs = _by_flow(final), _by_flow(inputs)
    total = final + inputs
    user_shares = v.get("input_shares")  # they move with prices where cost is nested
    used = base.input_share * v["sales_level"].T[:, :, None]
    if user_shares is not None:
        used = user_shares * v["outlay"].T[:, :, None]
    input_use = used.transpose(0, 2, 1)
    value_added = total.sum(axis=0) - input_use.sum(axis=1)
    return replace(
        base.world,
        name=name,
        final=final,
        intermediate=inputs,
        input_use=input_use,
        value_added=np.ascontiguousarray(value_added),
        tariff=_by_flow(kernel.tariff),
        trade_deficit=total.sum(axis=(1, 2)) - total.sum(axis=(0, 2)),
        content_hash="",
    )


def _by_flow(layers: Array) -> Array:
    """From (sector, importer, exporter) to (importer, exporter, sector)."""
    return np.ascontiguousarray(layers.transpose(1, 2, 0))
