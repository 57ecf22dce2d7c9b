"""A policy as multipliers on the base-year shares: all powers are taken here, once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._policy import used
from parley.equilibrium._taken import taken
from parley.equilibrium._wedges import build_wedges
from parley.errors import InfeasibleError, LabelError

if TYPE_CHECKING:
    from parley.equilibrium._base import Base
    from parley.equilibrium._policy import Policy
    from parley.equilibrium._taken import Taken
    from parley.equilibrium._wedges import Wedges
    from parley.typing import Array, Index, Mask


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kernel:
    """The linear kernels of one scenario, axes (sector, buyer, exporter).

    `gross` weighs suppliers in a buyer's denominator; `net` is the part of it that reaches
    producers, after duties and export taxes.
    """

    gross: Array = field(repr=False)
    net: Array = field(repr=False)
    tariff: Array = field(repr=False)  # (sector, importer, exporter)
    export_tax: Array | None = field(repr=False)  # same, None when there is none
    wedges: Wedges | None = field(repr=False)  # limits and export taxes, None without any
    taken: Taken | None = field(default=None, repr=False)  # a shorter way to products with `net`


def build_kernel(base: Base, policy: Policy) -> Kernel:
    """Return the kernels of `base` under `policy`.

    Raises
    ------
    LabelError
        When the policy was built for another world.
    InfeasibleError
        When a buyer is left without any supplier of a good that it needs.
    """
    if (policy.economies, policy.sectors) != (base.world.economies, base.world.sectors):
        raise LabelError(
            f"the policy is for {len(policy.economies)} economies x {len(policy.sectors)} "
            f"sectors, the world {base.world.name} has {len(base.world.economies)} x "
            f"{len(base.world.sectors)} or other codes; build it with Policy.none(world)"
        )
    tariff, cells = _tariff(base, policy)
    tax = policy.export_tax.transpose(2, 0, 1) if used(policy.export_tax) else None
    gross, net = base.share.copy(), base.net_share.copy()
    sector, importer, exporter = cells
    paid = (1.0 + tariff[cells]) / (1.0 + base.tariff[cells])
    power = -base.trade_elasticity[sector, 0] * base.pass_through[importer]
    for use in range(base.uses):
        buyers = (sector, importer + use * base.shape[1], exporter)
        gross[buyers] *= paid**power
        net[buyers] *= paid ** (power - 1.0)
    if tax is not None:
        taxed = _per_buyer(1.0 + tax, base.uses)
        felt = taxed ** -base.trade_elasticity[:, :, None]
        gross, net = gross * felt, net * felt / taxed
    if used(policy.iceberg):
        cost = np.exp(-base.trade_elasticity[:, :, None] * _by_use(policy.iceberg, base.uses))
        gross, net = gross * cost, net * cost
    if used(policy.banned):
        closed = _by_use(policy.banned, base.uses) > 0.0
        gross[closed] = net[closed] = 0.0
        _require_suppliers(base, gross)
    wedges = build_wedges(base, policy, tariff=tariff, tax=tax)
    return Kernel(
        gross=gross,
        net=net,
        tariff=tariff,
        export_tax=tax,
        wedges=wedges,
        taken=taken(_taxed(base, sector, importer), gross, net) if wedges is None else None,
    )


def _taxed(base: Base, sector: Index, importer: Index) -> Mask:
    """Return who pays duty on anything, (sector, buyer), once the given duties have moved."""
    taxed = base.taxed.copy()
    for use in range(base.uses):
        taxed[sector, importer + use * base.shape[1]] = True
    return taxed


def _tariff(base: Base, policy: Policy) -> tuple[Array, tuple[Index, Index, Index]]:
    """Return duties (sector, importer, exporter) and the cells that the policy moves."""
    n, i, s = policy.moved_duties
    level = policy.duty_level[n, i, s]
    before = base.tariff[s, n, i]
    after = np.where(np.isnan(level), before, level) + policy.duty_points[n, i, s]
    if after.size and after.min() <= -1.0:
        policy.tariff(base.world.tariff)  # names the cell
    tariff = base.tariff.copy()
    tariff[s, n, i] = after
    return tariff, (s, n, i)


def _per_buyer(flows: Array, uses: int) -> Array:
    """Repeat an array (sector, importer, exporter) for each use along the buyers."""
    return flows if uses == 1 else np.concatenate((flows, flows), axis=1)


def _by_use(cells: Array | Mask, uses: int) -> Array:
    """Lay (use, importer, exporter, sector) out as (sector, buyer, exporter)."""
    layers = [layer.transpose(2, 0, 1).astype(np.float64) for layer in cells[:uses]]
    return np.concatenate(layers, axis=1)


def _require_suppliers(base: Base, gross: Array) -> None:
    lost = (base.absent == 0.0) & (gross.sum(axis=2) <= 0.0)
    if not lost.any():
        return
    s, buyer = (int(axis[0]) for axis in np.nonzero(lost))
    economies = base.world.economies
    use = "" if base.uses == 1 else (" for final use", " as an input")[buyer // len(economies)]
    raise InfeasibleError(
        f"{economies[buyer % len(economies)]} has no supplier of {base.world.sectors[s]}{use} "
        "left; leave it one supplier, or cap the flow instead of banning it"
    )


def kernel_between(base: Base, kernel: Kernel, part: float) -> Kernel:
    """Return the kernel `part` of the way from the base year to `kernel`, in logs.

    A banned supplier fades linearly, for its log has no end.
    """
    safe = np.where(base.share > 0.0, base.share, 1.0)
    ratio = kernel.gross / safe
    gross = base.share * np.where(ratio > 0.0, ratio**part, 1.0 - part)
    paid = _per_buyer(1.0 + kernel.tariff, base.uses)
    if kernel.export_tax is not None:
        paid = paid * _per_buyer(1.0 + kernel.export_tax, base.uses)
    start = _per_buyer(1.0 + base.tariff, base.uses)
    tariff = (1.0 + base.tariff) * ((1.0 + kernel.tariff) / (1.0 + base.tariff)) ** part - 1.0
    net = gross / (start * (paid / start) ** part)
    wedges = None if kernel.wedges is None else kernel.wedges.between(part)
    tax = kernel.export_tax
    tax = None if tax is None else (1.0 + tax) ** part - 1.0
    return replace(
        kernel, gross=gross, net=net, tariff=tariff, export_tax=tax, wedges=wedges, taken=None
    )
