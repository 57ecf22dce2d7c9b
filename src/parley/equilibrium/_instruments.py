"""From sensitivities of the kernels to those of what governments set."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from parley.equilibrium._blocks import Values
    from parley.equilibrium._outcome import Outcome
    from parley.typing import Array

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
        by_cost, by_border = self._kernels
        felt = np.tile(sweep.base.pass_through, sweep.base.uses)[:, None]
        change = by_border + felt * by_cost
        return _by_flow(self._sum_uses(change) / (1.0 + sweep.kernel.tariff))

    @cached_property
    def export_tax(self) -> Array:
        """Per unit of export tax, (importer, exporter, sector)."""
        sweep, v = self._outcome.solution.sweep, self._outcome.solution.values
        by_cost, by_border = self._kernels
        flow = v["attraction"][:, None, :] * v["per_denominator"][:, :, None] * v["net"]
        paid = np.tile(self._sensitivity["paid_away"], sweep.base.uses)[:, None]
        direct = flow * (paid + self._sensitivity["received"])
        wedges, tax = sweep.kernel.wedges, sweep.kernel.export_tax
        if wedges is not None:
            where = wedges.cells.sector, wedges.cells.buyer, wedges.cells.exporter
            direct[where] += wedges.cells.take(flow) * self._sensitivity["cell_border"]
        by_price = self._sum_uses(by_cost + by_border) / (1.0 if tax is None else 1.0 + tax)
        return _by_flow(by_price + self._sum_uses(direct))

    @cached_property
    def iceberg(self) -> Array:
        """Per log point of cost, (use, importer, exporter, sector).

        Where the two uses are one, the first layer counts for both.
        """
        by_cost, uses = self._kernels[0], self._outcome.solution.sweep.base.uses
        layers = [_by_flow(layer) for layer in np.split(by_cost, uses, axis=1)]
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

    @cached_property
    def _kernels(self) -> tuple[Array, Array]:
        """Per log point of delivered cost, and of duty beside that: (sector, buyer, exporter)."""
        sweep, v, b = self._outcome.solution.sweep, self._outcome.solution.values, self._sensitivity
        attraction, per = v["attraction"][:, None, :], v["per_denominator"][:, :, None]
        part = np.tile(1.0 - sweep.base.margin, sweep.base.uses)[:, None]
        gross = b["gross_times"][:, :, None] * attraction
        gross *= v["gross"]
        net = b["net_times"][:, :, None] * attraction
        net += part * per * b["net_transposed_times"][:, None, :]
        if self._flow_seed is not None:
            net += self._flow_seed * per * attraction
        net *= v["net"]
        wedges = sweep.kernel.wedges
        if wedges is not None:
            where = wedges.cells.sector, wedges.cells.buyer, wedges.cells.exporter
            gross[where] += wedges.cells.take(v["gross"]) * b["gross_cells"]
            net[where] += wedges.cells.take(v["net"]) * b["net_cells"]
        gross += net
        gross *= -sweep.base.trade_elasticity[:, :, None]
        by_border = np.negative(net, out=net)
        if wedges is not None:
            by_border[where] += b["landed_cells"]
        return gross, by_border

    def _sum_uses(self, cells: Array) -> Array:
        sectors, buyers, exporters = cells.shape
        uses = self._outcome.solution.sweep.base.uses
        total: Array = cells.reshape(sectors, uses, buyers // uses, exporters).sum(axis=1)
        return total


def _by_flow(layers: Array) -> Array:
    flows = np.ascontiguousarray(layers.transpose(1, 2, 0))
    diagonal = np.arange(flows.shape[0])
    flows[diagonal, diagonal] = 0.0
    return flows
