"""The `World` that every counterfactual starts from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import DataError, LabelError

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from numpy.typing import NDArray

    from parley.typing import Array, Mask
    from parley.world._choke import ChokePoint
    from parley.world._elasticities import Elasticities

ADDING_UP = 1e-9
"""Largest gap of an account, as a share of the account."""

_FLOWS = ("final", "intermediate", "tariff", "tariff_known")
_NUMBERS = ("final", "intermediate", "input_use", "value_added", "tariff", "trade_deficit")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class World:
    """A balanced base year: flows, inputs, value added, duties and elasticities.

    Flows are in current USD million at the exporter's price before duty, axes (importer,
    exporter, sector). A buyer pays `flow * (1 + tariff)`. Accounts close for every economy and
    sector: output = sales = inputs at duty-paid prices + value added. Duty revenue is income of
    the importer beside value added. A sector without output (no sales, inputs or value added)
    is legal and stays empty in every counterfactual.

    Construction raises `LabelError` for labels that repeat or do not fit the arrays and
    `DataError` for a NaN, a negative flow, or an account that does not close; each names the
    economy and sector and the amount.
    """

    name: str
    year: int
    economies: tuple[str, ...]  # ISO 3166 alpha-3, "ROW" for the rest of the world
    sectors: tuple[str, ...]
    sector_titles: tuple[str, ...]
    final: Array  # bought for final use; shape (importer, exporter, sector)
    intermediate: Array  # bought as input, summed over users; same shape
    input_use: Array  # duty-paid value of input k used by sector s; (economy, input k, user s)
    value_added: Array  # residual after duty-paid inputs; shape (economy, sector)
    tariff: Array  # base-year ad valorem duty, fraction of the exporter's price; flows' shape
    tariff_known: Mask  # True where `tariff` has a source; False cells hold zero; flows' shape
    trade_deficit: Array  # imports minus exports at prices before duty; shape (economy,)
    elasticities: Elasticities  # of the `long` horizon
    elasticities_short: Elasticities
    goods: tuple[str, ...] = ()  # sectors that cross a customs border; duties fall on these
    source: str  # the citation that the publisher asks for
    licence: str
    notes: tuple[str, ...] = ()  # what a reader of a result must be told: disclaimers, gaps
    content_hash: str = ""  # SHA-256 over all labels and numbers

    def __post_init__(self) -> None:
        self._check_labels()
        for name in (*_NUMBERS, "tariff_known"):
            kind: type[np.generic] = np.bool_ if name == "tariff_known" else np.float64
            array: NDArray[np.generic] = np.ascontiguousarray(getattr(self, name), dtype=kind)
            if array.flags.writeable:
                array = array.copy()
                array.setflags(write=False)
            object.__setattr__(self, name, array)
        self._check_shapes()
        self._check_signs()
        self._check_accounts()
        object.__setattr__(self, "content_hash", self._digest())

    # ------------------------------------------------------------------ derived accounts

    @property
    def flows(self) -> Array:
        """Purchases of all uses before duty, USD million; shape (importer, exporter, sector)."""
        total: Array = self.final + self.intermediate
        return total

    @property
    def output(self) -> Array:
        """Gross output, which equals sales, USD million; shape (economy, sector)."""
        sales: Array = self.flows.sum(axis=0)
        return sales

    @property
    def duty_revenue(self) -> Array:
        """Duty collected in the base year, USD million; shape (economy,)."""
        revenue: Array = (self.flows * self.tariff).sum(axis=(1, 2))
        return revenue

    @property
    def income(self) -> Array:
        """Value added plus duty revenue, USD million; shape (economy,)."""
        total: Array = self.value_added.sum(axis=1) + self.duty_revenue
        return total

    def economy(self, code: str) -> int:
        """Return the position of an economy, or raise `LabelError` naming it."""
        return _position(code, self.economies, "economy", self.name)

    def sector(self, code: str) -> int:
        """Return the position of a sector, or raise `LabelError` naming it."""
        return _position(code, self.sectors, "sector", self.name)

    def trade(self) -> Array:
        """Return `flows` with each economy's purchases from itself set to zero."""
        crossing = self.flows
        own = np.arange(len(self.economies))
        crossing[own, own] = 0.0
        return crossing

    # ------------------------------------------------------------------ views

    def aggregate(
        self,
        *,
        economies: dict[str, str] | None = None,
        sectors: dict[str, str] | None = None,
        name: str = "",
    ) -> World:
        """Return the world with economies or sectors merged; see `parley.world.aggregate`."""
        from parley.world._reshape import aggregate

        return aggregate(self, economies=economies, sectors=sectors, name=name)

    def balanced(self) -> World:
        """Return the world with trade of every economy in balance; see `world.balanced`."""
        from parley.world._reshape import balanced

        return balanced(self)

    def with_tariff(self, tariff: Array, *, known: Mask | None = None) -> World:
        """Return the world with other base-year duties; see `parley.world.with_tariff`."""
        from parley.world._reshape import with_tariff

        return with_tariff(self, tariff, known=known)

    def without_duties(self) -> World:
        """Return the world with every base-year duty set to zero and none known but services'."""
        return self.with_tariff(np.zeros_like(self.tariff), known=np.zeros_like(self.tariff_known))

    def carve(self, choke: ChokePoint) -> World:
        """Return the world in which a critical product is a sector; see `parley.world.carve`."""
        from parley.world._choke import carve

        return carve(self, choke)

    def summary(self) -> dict[str, float | int | str]:
        """Return counts and totals, with the share of trade that has no known base duty."""
        from parley.world._views import summary

        return summary(self)

    def to_frame(self) -> pd.DataFrame:
        """Return flows and duties as a long pandas table; one row for each flow above zero."""
        from parley.world._views import to_frame

        return to_frame(self)

    def to_xarray(self) -> xr.Dataset:
        """Return all arrays as an xarray dataset with labelled axes."""
        from parley.world._views import to_xarray

        return to_xarray(self)

    def __repr__(self) -> str:
        unknown = self.summary()["goods_trade_without_known_duty"]
        return (
            f"<World {self.name}: {len(self.economies)} economies x {len(self.sectors)} sectors, "
            f"{self.year}, value added {self.value_added.sum() / 1e6:.2f} tn USD, "
            f"base duty unknown for {unknown:.1%} of goods trade, {self.content_hash[:12]}>"
        )

    # ------------------------------------------------------------------ checks

    def _check_labels(self) -> None:
        for kind, labels in (("economy", self.economies), ("sector", self.sectors)):
            if len(set(labels)) != len(labels):
                twice = next(label for label in labels if labels.count(label) > 1)
                raise LabelError(f"world {self.name!r}: {kind} {twice!r} appears twice")
        if len(self.sector_titles) != len(self.sectors):
            raise LabelError(
                f"world {self.name!r}: {len(self.sector_titles)} titles "
                f"for {len(self.sectors)} sectors"
            )
        for good in self.goods:
            self.sector(good)

    def _check_shapes(self) -> None:
        count, width = len(self.economies), len(self.sectors)
        flows = (count, count, width)
        expected: dict[str, tuple[int, ...]] = dict.fromkeys(_FLOWS, flows)
        expected |= {
            "input_use": (count, width, width),
            "value_added": (count, width),
            "trade_deficit": (count,),
        }
        for name, shape in expected.items():
            found = getattr(self, name).shape
            if found != shape:
                raise LabelError(f"world {self.name!r}: {name} has shape {found}, not {shape}")
        for horizon in (self.elasticities, self.elasticities_short):
            if horizon.trade.size != width:
                raise LabelError(
                    f"world {self.name!r}: elasticities {horizon.name!r} hold "
                    f"{horizon.trade.size} sectors, not {width}"
                )

    def _check_signs(self) -> None:
        for name in _NUMBERS:
            array = getattr(self, name)
            bad = ~np.isfinite(array)
            if name != "trade_deficit":
                bad |= array < (-1.0 if name == "tariff" else 0.0)
            if bad.any():
                where = np.unravel_index(int(np.argmax(bad)), array.shape)
                raise DataError(
                    f"world {self.name!r}: {name} is {array[where]} at "
                    f"{self._place(name, tuple(int(axis) for axis in where))}"
                )
        unsourced = ~self.tariff_known & (self.tariff != 0)
        if unsourced.any():
            where = np.unravel_index(int(np.argmax(unsourced)), self.tariff.shape)
            place = self._place("tariff", tuple(int(axis) for axis in where))
            raise DataError(f"world {self.name!r}: the duty at {place} is not zero but not known")

    def _check_accounts(self) -> None:
        flows = self.flows
        sales = flows.sum(axis=0)
        costs = self.input_use.sum(axis=1) + self.value_added
        paid = (self.intermediate * (1.0 + self.tariff)).sum(axis=1)
        self._check_equal("sales", sales, "duty-paid inputs plus value added", costs)
        self._check_equal("duty-paid purchases of inputs", paid, "input use", self.input_use.sum(2))
        imports_less_exports = flows.sum(axis=(1, 2)) - flows.sum(axis=(0, 2))
        gap = np.abs(self.trade_deficit - imports_less_exports)
        scale = flows.sum(axis=(1, 2)) + 1.0
        if (gap > ADDING_UP * scale).any():
            worst = int(np.argmax(gap / scale))
            raise DataError(
                f"world {self.name!r}: trade_deficit of {self.economies[worst]} differs from "
                f"imports minus exports by {gap[worst]:.6g} USD million"
            )

    def _check_equal(self, left_name: str, left: Array, right_name: str, right: Array) -> None:
        gap = np.abs(left - right)
        scale = np.maximum(
            np.maximum(left, right), 1e-3
        )  # a thousand dollars, below any cell's use
        if (gap > ADDING_UP * scale).any():
            worst = np.unravel_index(int(np.argmax(gap / scale)), gap.shape)
            economy, sector = self.economies[worst[0]], self.sectors[worst[1]]
            raise DataError(
                f"world {self.name!r}: {left_name} of {economy} {sector} ({left[worst]:.6f}) "
                f"differ from {right_name} ({right[worst]:.6f}) by {gap[worst]:.6g} USD million; "
                f"{int((gap > ADDING_UP * scale).sum())} of {gap.size} accounts do not close"
            )

    def _place(self, name: str, where: tuple[int, ...]) -> str:
        axes = {
            "input_use": (self.economies, self.sectors, self.sectors),
            "value_added": (self.economies, self.sectors),
            "trade_deficit": (self.economies,),
        }.get(name, (self.economies, self.economies, self.sectors))
        return " x ".join(labels[at] for labels, at in zip(axes, where, strict=True))

    def _digest(self) -> str:
        digest = hashlib.sha256()
        labels = (self.economies, self.sectors, self.sector_titles, self.goods)
        digest.update(repr((self.name, self.year, labels)).encode())
        for name in ("final", "intermediate", "input_use", "value_added", "tariff"):
            digest.update(getattr(self, name).data)
        digest.update(self.tariff_known.data)
        for horizon in (self.elasticities, self.elasticities_short):
            for values in (horizon.trade, horizon.trade_se, horizon.value_added, horizon.inputs):
                digest.update(values.tobytes())
            rest = (horizon.scale.tolist(), horizon.demand, horizon.labour_supply)
            digest.update(repr((*rest, horizon.labour_mobile)).encode())
        return digest.hexdigest()


def _position(code: str, labels: tuple[str, ...], kind: str, world: str) -> int:
    if code not in labels:
        shown = ", ".join(labels[:8]) + (", ..." if len(labels) > 8 else "")
        raise LabelError(f"{kind} {code!r} is not in world {world!r} ({len(labels)}: {shown})")
    return labels.index(code)
