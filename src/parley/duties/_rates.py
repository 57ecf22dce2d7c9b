"""Duties on a day and over time: by class, as averages, and as a table for the engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

import numpy as np

from parley.duties._acts import Act, Asked, InForce, acts, in_force, notes
from parley.duties._goods import CONCEPT, Goods, panel
from parley.duties._rules import shipped_stacking
from parley.duties._stack import Charge, Layer, stack
from parley.errors import DataError, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from parley.duties._stacking import Stacking
    from parley.ledger import Ledger
    from parley.records import Clock, Profile
    from parley.typing import Array, Mask

Key: TypeAlias = Literal["partner", "sector", "hs2"]
By: TypeAlias = Literal["partner", "sector", "authority", "hs2", "measure"]

WEIGHTS_END = date(2024, 12, 31)
"""The base duty is what was calculated in 2024; measures in force on this day are inside it."""

BASE = "base of 2024"


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

    def missing(self, partner: str | None = None) -> dict[str, str]:
        """Return what is not computed and falls on the goods of `partner`, with why."""
        return self.found.missing(partner)

    @property
    def single_source(self) -> tuple[str, ...]:
        """The measures that rest on one source, of the lowest rank."""
        return tuple(one.charge.measure for one in self.layers if one.charge.single_source)

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
        return _by_key(getattr(self.goods, by)[rows], self.rate[rows] * value, value)

    @overload
    def span(self, *, by: None = None, partner: str | None = None) -> tuple[float, float]: ...

    @overload
    def span(self, *, by: Key, partner: str | None = None) -> dict[str, tuple[float, float]]: ...

    def span(
        self, *, by: Key | None = None, partner: str | None = None
    ) -> tuple[float, float] | dict[str, tuple[float, float]]:
        """Return the averages, in per cent, at the ends of what the share parameters may be.

        Each share goes to its `low` and its `high` by itself; the deviations on each side add.
        """
        averages = self.average(by=by, partner=partner)
        levels = averages if isinstance(averages, dict) else {"": averages}
        down, up = dict.fromkeys(levels, 0.0), dict.fromkeys(levels, 0.0)
        middle = self._averages(self.layers, by, partner)
        named = {name for one in self.found.charges for name in (one.measure, one.family)}
        for ends in self.stacking.ends(named):
            moved = [
                self._averages(stack(self.goods, self.found.charges, end), by, partner)
                for end in ends
            ]
            for name, level in middle.items():
                down[name] += min([0.0, *(one[name] - level for one in moved)])
                up[name] += max([0.0, *(one[name] - level for one in moved)])
        spans = {name: (level + down[name], level + up[name]) for name, level in levels.items()}
        return spans if by else spans[""]

    def _averages(
        self, layers: Sequence[Layer], by: Key | None, partner: str | None
    ) -> dict[str, float]:
        """Return the averages of what the layers add, in per cent, by key ("" for all)."""
        rows = self._rows(partner)
        rate = sum((layer.rate for layer in layers), np.zeros(len(self.goods.value)))
        value, paid = self.goods.value[rows], (rate * self.goods.value)[rows]
        if by is None:
            return {"": float(100.0 * paid.sum() / value.sum())}
        return _by_key(getattr(self.goods, by)[rows], paid, value)

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


def _by_key(keys: np.ndarray[Any, Any], paid: Array, value: Array) -> dict[str, float]:
    names, place = np.unique(keys, return_inverse=True)
    sums = np.bincount(place, paid), np.bincount(place, value)
    return {
        str(name): float(100.0 * due / worth)
        for name, due, worth in zip(names.tolist(), *sums, strict=True)
        if worth > 0
    }


def without_measures(among: tuple[Act, ...]) -> tuple[Goods, Array]:
    """Return the goods and their base: the duty of 2024 less the measures that were inside it.

    A measure with exemptions that the record lacks fell on what the duty of 2024 leaves above
    column 1 and the other measures; that share of the value is kept as `paid`. Floors are measured
    against the base.
    """
    charges = in_force(among, WEIGHTS_END).charges
    return _without(charges, shipped_stacking().on(WEIGHTS_END))


@cache
def _without(charges: tuple[Charge, ...], stacking: Stacking) -> tuple[Goods, Array]:
    goods = panel()
    layers = stack(goods, charges, stacking)
    nothing = np.zeros(len(goods.value))
    seen = [layer for layer in layers if layer.charge.measure in notes()["paid_2024"]]
    others = sum((layer.rate for layer in layers if layer not in seen), nothing)
    above = np.maximum(goods.base_rate - goods.mfn - others, 0.0)
    paid = {
        layer.charge.measure: np.where(
            layer.portion > 0, np.minimum(above / layer.charge.rate, 1.0), 0.0
        )
        for layer in seen
    }
    taken = sum((paid[one.charge.measure] * one.charge.rate for one in seen), others)
    base = goods.base_rate - taken
    return replace(goods, paid=paid, base_rate=np.maximum(base, 0.0)), base


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
    goods, base = without_measures(acts(ledger, Asked(importer=importer)))
    return duties_of(acts(ledger, asked), day, asked, goods, base)


def duties_of(among: tuple[Act, ...], day: date, asked: Asked, goods: Goods, base: Array) -> Duties:
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
