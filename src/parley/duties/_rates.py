"""Duties on a day and over time: by class, as averages, and as a table for the engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from parley.duties._acts import Act, Asked, InForce, acts, edges, in_force
from parley.duties._goods import CONCEPT, Goods, panel
from parley.duties._rules import shipped_stacking
from parley.duties._stack import Layer, Stacking, stack
from parley.duties._units import unit
from parley.errors import DataError, InputError
from parley.records import DutyCell, DutyTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from parley.ledger import Ledger
    from parley.records import Clock, Profile
    from parley.typing import Array, Mask

By: TypeAlias = Literal["partner", "sector", "authority", "hs2", "measure"]

WEIGHTS_END = date(2024, 12, 31)
"""The base duty is what was calculated in 2024; measures in force on this day are inside it."""

BASE = "base of 2024"
NO_PRODUCT = ("", "X")  # sectors of what crosses no customs line of a sector: HS 98 and 99


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Duties:
    """The duties of one importer on one day, as known on another, on goods by class.

    `base` is the duty of 2024 as calculated, less the measures of the record that were inside it,
    as a fraction of the value; each layer is what one measure adds. `not_computed` names the
    measures in force that stand outside the numbers, with why.
    """

    day: date
    asked: Asked
    goods: Goods
    base: Array
    layers: tuple[Layer, ...]
    stacking: Stacking
    found: InForce
    concept: str

    @property
    def not_computed(self) -> dict[str, str]:
        """The measures in force that stand outside the numbers, with why."""
        return self.found.not_computed

    @property
    def rate(self) -> Array:
        """The whole duty of each row, as a fraction of the value."""
        return self.base + sum((layer.rate for layer in self.layers), np.zeros(1))

    def frame(self) -> pd.DataFrame:
        """Return one row for each class and partner, with what each measure adds (fractions)."""
        import pandas as pd

        columns = {
            "partner": self.goods.partner,
            "class": self.goods.signature,
            "hs2": self.goods.hs2,
            "sector": self.goods.sector,
            "value_usd": self.goods.value,
            "rate": self.rate,
            BASE: self.base,
        }
        return pd.DataFrame(columns | {layer.charge.measure: layer.rate for layer in self.layers})

    def average(
        self, *, by: By | None = None, partner: str | None = None
    ) -> float | dict[str, float]:
        """Return the average duty in per cent of customs value, at fixed weights.

        Raises
        ------
        DataError
            When the total would count a partner twice, or holds no trade.
        """
        rows = self._rows(partner)
        value = self.goods.value[rows]
        if not value.sum():
            raise DataError(f"there is no trade with {partner} to take an average over")
        if by in ("authority", "measure"):
            return self._by_layer(rows, value, by)
        if by is None:
            self.goods.check_units()
            return float(100.0 * (self.rate[rows] * value).sum() / value.sum())
        keys = getattr(self.goods, by)[rows]
        paid = self.rate[rows] * value
        return {
            str(key): float(100.0 * paid[keys == key].sum() / value[keys == key].sum())
            for key in np.unique(keys)
            if value[keys == key].sum() > 0
        }

    def span(self, *, partner: str | None = None) -> tuple[float, float]:
        """Return the average, in per cent, at the ends of what the share parameters may be.

        Each share goes to its `low` and its `high` by itself; the deviations on each side add.
        """
        middle = self._total(self.stacking, partner)
        down = up = 0.0
        for place, share in enumerate(self.stacking.shares):
            ends = [end for end in (share.low, share.high) if end is not None]
            field = "usmca" if share.usmca else "portion"
            moved = [self._total(self._with(place, {field: end}), partner) - middle for end in ends]
            down += min([0.0, *moved])
            up += max([0.0, *moved])
        average = self.average(partner=partner)
        assert isinstance(average, float)
        return average + down, average + up

    def _with(self, place: int, change: Mapping[str, float]) -> Stacking:
        shares = [*self.stacking.shares]
        shares[place] = replace(shares[place], **change)  # type: ignore[arg-type]  # names of float fields
        return replace(self.stacking, shares=tuple(shares))

    def _total(self, stacking: Stacking, partner: str | None) -> float:
        rows = self._rows(partner)
        layers = stack(self.goods, self.found.charges, stacking)
        rate = sum((layer.rate for layer in layers), np.zeros(len(self.goods.value)))
        value = self.goods.value[rows]
        return float(100.0 * (rate[rows] * value).sum() / value.sum())

    def _rows(self, partner: str | None) -> Mask:
        if partner is None:
            return np.ones(len(self.goods.value), dtype=bool)
        return self.goods.of(partner)

    def _by_layer(self, rows: Mask, value: Array, by: By) -> dict[str, float]:
        found = {BASE: float(100.0 * (self.base[rows] * value).sum() / value.sum())}
        for layer in self.layers:
            name = layer.charge.family if by == "authority" else layer.charge.measure
            points = float(100.0 * (layer.rate[rows] * value).sum() / value.sum())
            if points:
                found[name] = found.get(name, 0.0) + points
        return found


def _base(among: tuple[Act, ...], goods: Goods) -> Array:
    """Return the duty of 2024 less the measures of the record that were inside it."""
    charges = in_force(among, WEIGHTS_END).charges
    layers = stack(goods, charges, shipped_stacking().on(WEIGHTS_END))
    return goods.base_rate - sum((layer.rate for layer in layers), np.zeros(1))


def on(
    ledger: Ledger,
    day: date,
    *,
    known: date | None = None,
    importer: str = "USA",
    clock: Clock = "published",
    profile: Profile = "legal",
) -> Duties:
    """Return the duties of `importer` in force on `day`, as known on `known`.

    Raises
    ------
    InputError
        When no trade weights of the importer are at hand.
    ConflictError
        When two measures of equal rank fall on the same value; both are named.
    """
    if importer != "USA":
        raise InputError(
            f"no trade weights of {importer} are at hand, so that no average of its duties is "
            "computed; duties.headline gives its rates as announced"
        )
    asked = Asked(importer=importer, known=known, clock=clock, profile=profile)
    goods = panel()
    base = _base(acts(ledger, Asked(importer=importer)), goods)
    return _duties(acts(ledger, asked), day, asked, goods, base)


def _duties(among: tuple[Act, ...], day: date, asked: Asked, goods: Goods, base: Array) -> Duties:
    found = in_force(among, day)
    stacking = shipped_stacking().on(day, asked.known)
    return Duties(
        day=day,
        asked=asked,
        goods=goods,
        base=base,
        layers=stack(goods, found.charges, stacking),
        stacking=stacking,
        found=found,
        concept=f"{CONCEPT}; {asked.profile} profile",
    )


def series(  # noqa: PLR0913 - the filters of one query
    ledger: Ledger,
    start: date,
    end: date,
    *,
    partner: str | None = None,
    known: date | None = None,
    clock: Clock = "published",
    profile: Profile = "legal",
) -> pd.DataFrame:
    """Return the average duty by authority, in per cent, on each stretch of days.

    `from` and `until` bound a stretch, half-open; the other columns are the authorities and
    their sum, `total`.

    Raises
    ------
    InputError
        When `end` is not after `start`.
    """
    import pandas as pd

    if end <= start:
        raise InputError(f"a series from {start} to {end} holds no day")
    asked = Asked(known=known, clock=clock, profile=profile)
    among, goods = acts(ledger, asked), panel()
    base = _base(among if asked == Asked() else acts(ledger, Asked()), goods)
    turns = sorted(edges(among) | shipped_stacking().edges())
    days = [day for day in turns if start < day < end]
    rows: list[dict[str, Any]] = []  # Any: days and numbers
    for first, until in zip([start, *days], [*days, end], strict=True):
        of_day = _duties(among, first, asked, goods, base)
        parts = of_day.average(by="authority", partner=partner)
        assert isinstance(parts, dict)
        row = {"from": first, "until": until, "total": sum(parts.values()), **parts}
        if rows and {**rows[-1], "from": 0, "until": 0} == {**row, "from": 0, "until": 0}:
            rows[-1]["until"] = until
        else:
            rows.append(row)
    return pd.DataFrame(rows).fillna(0.0)


def table(  # noqa: PLR0913 - the filters of one query
    ledger: Ledger,
    day: date,
    *,
    known: date | None = None,
    clock: Clock = "published",
    profile: Profile = "legal",
    sectors: Mapping[str, str] | None = None,
    exporters: Mapping[str, Sequence[str]] | None = None,
) -> DutyTable:
    """Return the trade-weighted applied duties of the United States by exporter and sector.

    `sectors` maps the sectors of `hs_sectors.csv` to those of a world; what it leaves out stands
    as unmatched value. `exporters` gives, by economy, the partners whose goods it takes: an
    economy without figures of its own can have the rates of a bloc or a group.

    Raises
    ------
    InputError
        When a map names a sector or partner that the trade data do not have.
    """
    duties = on(ledger, day, known=known, clock=clock, profile=profile)
    goods = duties.goods
    sector = _mapped(goods.sector, sectors)
    rate = duties.rate
    takes = exporters or {code: (code,) for code in np.unique(goods.partner).tolist()}
    cells = []
    for economy, partners in takes.items():
        of_one = np.logical_or.reduce([goods.of(unit(code).code) for code in partners])
        lost = float(goods.value[of_one & np.isin(sector, NO_PRODUCT)].sum()) / 1e6
        for name in sorted(set(sector[of_one].tolist()) - set(NO_PRODUCT)):
            rows = of_one & (sector == name)
            if goods.value[rows].sum() > 0:
                cell = _cell(duties, rate, rows, economy, name)
                label = "" if economy in partners else f"rates of {', '.join(partners)}"
                cells.append(replace(cell, unmatched_usd_mn=lost, label=label))
                lost = 0.0
    return DutyTable(on=day, known=known, basis="total", concept=duties.concept, cells=tuple(cells))


def _cell(duties: Duties, rate: Array, rows: Mask, exporter: str, sector: str) -> DutyCell:
    value = duties.goods.value[rows]
    weights = value / value.sum()
    falling = [layer for layer in duties.layers if layer.portion[rows].any()]
    touched = sum((layer.portion[rows] for layer in falling), np.zeros(len(value)))
    return DutyCell(
        importer="USA",
        exporter=exporter,
        sector=sector,
        tariff=float((rate[rows] * weights).sum()),
        statutory_maximum=float(rate[rows].max()),
        exempt_share=float(weights[touched == 0.0].sum()),
        trade_usd_mn=float(value.sum() / 1e6),
        measures=tuple(layer.charge.measure for layer in falling),
    )


def _mapped(codes: np.ndarray[Any, Any], to: Mapping[str, str] | None) -> np.ndarray[Any, Any]:
    if to is None:
        return codes
    unknown = to.keys() - set(codes.tolist())
    if unknown:
        raise InputError(f"the trade data have no sector {min(unknown)!r}")
    return np.array([to.get(code, "") for code in codes.tolist()])
