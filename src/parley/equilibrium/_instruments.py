"""From sensitivities of the kernels to those of what governments set."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from parley.equilibrium._blocks import Values
    from parley.equilibrium._outcome import Outcome
    from parley.typing import Array, Index

READ = (
    "gross_times",
    "net_times",
    "net_transposed_times",
    "paid_away",
    "received",
    "limit",
    "gross_cells",
    "net_cells",
    "cell_border",
    "landed_cells",
)
"""Values whose sensitivities make up a gradient; the last five where there are wedges."""
_CHUNK = 40_000  # cells at a time
_JUST = 1e-7  # a limit closer than this to its kink has two slopes


class Gradient:
    """The derivative of one objective to each instrument at each flow.

    Domestic cells are zero: no duty is charged there. Arrays are made when they are asked for.

    Parameters
    ----------
    sensitivity
        Of the values in ``READ``, without the batch axis.
    flow_seed
        Of the flows themselves, (sector, buyer, exporter), where the objective reads them.
    multiplier
        Of the adjoint system, (state,).
    """

    def __init__(
        self, outcome: Outcome, sensitivity: Values, *, flow_seed: Array | None, multiplier: Array
    ) -> None:
        self.multiplier = multiplier
        self._outcome = outcome
        self._sensitivity = sensitivity
        self._flow_seed = flow_seed

    @cached_property
    def duty(self) -> Array:
        """Per unit of ad valorem duty, (importer, exporter, sector)."""
        sweep = self._outcome.solution.sweep
        felt = np.tile(sweep.base.pass_through, sweep.base.uses)[:, None]

        def change(sectors: slice) -> Array:
            by_cost, by_border = self._cells(sectors)
            by_cost *= felt
            by_cost += by_border
            return self._sum_uses(by_cost) / (1.0 + sweep.kernel.tariff[sectors])

        return self._by_flow(change)

    @cached_property
    def export_tax(self) -> Array:
        """Per unit of export tax, (importer, exporter, sector)."""
        sweep, v = self._outcome.solution.sweep, self._outcome.solution.values
        wedges, tax = sweep.kernel.wedges, sweep.kernel.export_tax
        paid = np.tile(self._sensitivity["paid_away"], sweep.base.uses)[:, None]

        def change(sectors: slice) -> Array:
            by_cost, by_border = self._cells(sectors)
            price = 1.0 if tax is None else 1.0 + tax[sectors]
            per, attraction = v["per_denominator"][sectors], v["attraction"][sectors]
            flow = attraction[:, None, :] * per[:, :, None] * v["net"][sectors]
            direct = flow * (paid + self._sensitivity["received"])
            if wedges is not None:
                cells, where = self._inside(sectors)
                direct[where] += flow[where] * self._sensitivity["cell_border"][cells]
            return self._sum_uses(by_cost + by_border) / price + self._sum_uses(direct)

        return self._by_flow(change)

    @cached_property
    def iceberg(self) -> Array:
        """Per log point of cost, (use, importer, exporter, sector).

        Where the two uses are one, the first layer counts for both.
        """
        uses = self._outcome.solution.sweep.base.uses

        def layer(use: int) -> Array:
            return self._by_flow(lambda at: np.split(self._cells(at)[0], uses, axis=1)[use])

        layers = [layer(use) for use in range(uses)]
        return np.stack([*layers, np.zeros_like(layers[0])][:2])

    @property
    def limit(self) -> Array:
        """Per log point of what each limit lets pass, (limit,)."""
        limited = self._outcome.solution.sweep.kernel.wedges is not None
        return self._sensitivity["limit"] if limited else np.zeros(0)

    @property
    def one_sided(self) -> tuple[str, ...]:
        """Limits that only just bind: the derivative on the other side may differ."""
        v, wedges = self._outcome.solution.values, self._outcome.solution.sweep.kernel.wedges
        if wedges is None:
            return ()
        close = (v["shadow"] < _JUST) & (np.abs(v["excess"][:, 0]) < _JUST)
        return tuple(name for name, near in zip(wedges.names, close, strict=False) if near)

    def _cells(self, sectors: slice) -> tuple[Array, Array]:
        """Return the sensitivities of some sectors' cells, (sector, buyer, exporter) each.

        The first is per log point of delivered cost, the second of duty beside that.
        """
        sweep, v, b = self._outcome.solution.sweep, self._outcome.solution.values, self._sensitivity
        attraction = v["attraction"][sectors, None, :]
        per = v["per_denominator"][sectors, :, None]
        part = np.tile(1.0 - sweep.base.margin, sweep.base.uses)[:, None]
        by_cost = b["gross_times"][sectors, :, None] * attraction
        by_cost *= v["gross"][sectors]
        net = b["net_times"][sectors, :, None] * attraction
        net += part * per * b["net_transposed_times"][sectors, None, :]
        if self._flow_seed is not None:
            net += self._flow_seed[sectors] * per * attraction
        net *= v["net"][sectors]
        limited = sweep.kernel.wedges is not None
        if limited:
            cells, where = self._inside(sectors)
            by_cost[where] += v["gross"][sectors][where] * b["gross_cells"][cells]
            net[where] += v["net"][sectors][where] * b["net_cells"][cells]
        by_cost += net
        by_cost *= -sweep.base.trade_elasticity[sectors, :, None]
        by_border = np.negative(net, out=net)
        if limited:
            by_border[where] += b["landed_cells"][cells]
        return by_cost, by_border

    def _inside(self, sectors: slice) -> tuple[Index, tuple[Index, Index, Index]]:
        """Return which cells of the wedges lie in the sectors, and where in their kernels."""
        wedges = self._outcome.solution.sweep.kernel.wedges
        if wedges is None:
            raise ValueError("a scenario without limits has no wedges")
        at = wedges.cells
        inside = np.flatnonzero((at.sector >= sectors.start) & (at.sector < sectors.stop))
        return inside, (at.sector[inside] - sectors.start, at.buyer[inside], at.exporter[inside])

    def _by_flow(self, change: Callable[[slice], Array]) -> Array:
        """Put together (importer, exporter, sector) from parts that fit into cache."""
        v = self._outcome.solution.values
        count, buyers, economies = v["net"].shape
        step = max(1, _CHUNK // (buyers * economies))
        flows = np.empty((economies, economies, count))
        for start in range(0, count, step):
            sectors = slice(start, min(start + step, count))
            flows[:, :, sectors] = change(sectors).transpose(1, 2, 0)
        own = np.arange(economies)
        flows[own, own] = 0.0
        return flows

    def _sum_uses(self, cells: Array) -> Array:
        sectors, buyers, exporters = cells.shape
        uses = self._outcome.solution.sweep.base.uses
        total: Array = cells.reshape(sectors, uses, buyers // uses, exporters).sum(axis=1)
        return total
