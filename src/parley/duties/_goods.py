"""Goods on which duties fall: rows of one class and partner each, with value and base duty."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from parley.duties._build import HIGH_MFN
from parley.duties._lists import covered, elementary, is_on, read_parquet
from parley.duties._units import check_units, units
from parley.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from parley.typing import Array, Mask

CONCEPT = "imports for consumption, customs value, 2024 (US Census Bureau); fixed weights"


_Scope: TypeAlias = tuple[str, frozenset[str] | None, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Goods:
    """Rows of goods; every array has one value for each row.

    `value` and `duty` are in USD, `base_rate` and `usmca` fractions of the value: the duty of
    2024 as calculated, after preferences, and the share that claims USMCA; `mfn` is the ad valorem
    part of column 1. `memberships` holds,
    by list, which classes are on it, and `signature` the class of each row. `paid` holds, for
    measures with exemptions that the record lacks, the share of the value that paid them in 2024.
    """

    partner: np.ndarray[Any, Any]
    signature: np.ndarray[Any, Any]
    hs2: np.ndarray[Any, Any]
    sector: np.ndarray[Any, Any]
    value: Array
    base_rate: Array
    mfn: Array
    usmca: Array
    memberships: Mapping[str, Mask]
    paid: Mapping[str, Array] = field(default_factory=dict)
    _covered: dict[str, Mask] = field(default_factory=dict, repr=False)
    _of: dict[str, Mask] = field(default_factory=dict, repr=False)
    _within: dict[_Scope, Mask] = field(default_factory=dict, repr=False)

    @property
    def classes(self) -> int:
        """The number of product classes."""
        return len(next(iter(self.memberships.values())))

    @property
    def high_mfn(self) -> Mask:
        """Which rows have a column-1 rate of 15 per cent or more."""
        mask: Mask = self.memberships[HIGH_MFN][self.signature]
        return mask

    def on(self, products: str) -> Mask:
        """Return which rows are on a list or set."""
        if products not in self._covered:
            mask = covered(products, self.memberships, self.classes)
            self._covered[products] = mask[self.signature]
        return self._covered[products]

    def within(
        self, products: str, partners: frozenset[str] | None, exempt: frozenset[str]
    ) -> Mask:
        """Return which rows are on a list and come from `partners` (None is all) less `exempt`."""
        scope = (products, partners, exempt)
        if scope not in self._within:
            mask = self.on(products)
            if partners is not None:
                mask = mask & np.isin(self.partner, sorted(partners))
            self._within[scope] = mask & ~np.isin(self.partner, sorted(exempt))
        return self._within[scope]

    def of(self, partner: str) -> Mask:
        """Return which rows come from a partner."""
        if partner not in self._of:
            self._of[partner] = self.partner == partner
        return self._of[partner]

    def check_units(self) -> None:
        """Stop when a total over these goods would count a partner twice."""
        check_units(np.unique(self.partner).tolist())


@cache
def panel(*, without: Collection[str] = ("SVK",)) -> Goods:
    """Return the goods of the US imports of 2024 by rate class; `without` leaves partners out.

    Slovakia stands in the Census file by itself and inside the European Union.
    """
    table = read_parquet("rate_classes.parquet")
    members = read_parquet("signatures.parquet")
    keep = ~np.isin(table["unit"].astype(str), list(without))
    classes = int(table["signature"].max()) + 1
    memberships = {name: np.zeros(classes, dtype=bool) for name in (*elementary(), HIGH_MFN)}
    names = members["list"].astype(str)
    unknown = set(names.tolist()) - memberships.keys()
    if unknown:
        raise DataError(
            f"signatures.parquet holds the list {min(unknown)!r}, which lists.toml does not; "
            "build the tables anew: parley duties build"
        )
    for name in memberships:
        memberships[name][members["signature"][names == name]] = True
    value = table["value"][keep].astype(float)
    traded = np.maximum(value, 1.0)
    return Goods(
        partner=table["unit"][keep].astype(str),
        signature=table["signature"][keep].astype(int),
        hs2=table["hs2"][keep].astype(str),
        sector=table["sector"][keep].astype(str),
        value=value,
        base_rate=table["duty"][keep].astype(float) / traded,
        mfn=table["mfn"][keep].astype(float) / traded,
        usmca=table["usmca"][keep].astype(float) / traded,
        memberships=memberships,
    )


def one_good(code: str, partner: str, *, base_rate: float, high: bool, usmca: float) -> Goods:
    """Return one good with an HTS number (digits alone); "" is a good that is on no list."""
    memberships = {name: np.array([bool(code) and is_on(name, code)]) for name in elementary()}
    memberships[HIGH_MFN] = np.array([high])
    return Goods(
        partner=np.array([partner]),
        signature=np.zeros(1, dtype=int),
        hs2=np.array([code[:2]]),
        sector=np.array([""]),
        value=np.ones(1),
        base_rate=np.array([base_rate]),
        mfn=np.array([base_rate]),
        usmca=np.array([usmca]),
        memberships=memberships,
    )


def all_partners() -> tuple[str, ...]:
    """Return the codes of all partner units."""
    return tuple(one.code for one in units())
