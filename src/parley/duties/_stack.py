"""How charges stack: which falls on which part of the value, by dated rules that are data.

A charge falls on a portion of the value of a good: all of it, or the share that a rule gives
(metal content, value that does not claim USMCA). Rules relate measures or families of measures:

- `excludes`: where the first falls, the others do not; on the rest of the value they do, so that
  they fill the rest. Within a family the first takes the place of the others altogether;
- `precedence`: each of a list excludes all that come after it;
- `maximum`: where both fall, only the higher one does.

Without a rule, charges of different families add. Two charges of one family on the same value
are a conflict, unless one names its partners and the other falls on all.
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from parley.errors import ConflictError, DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parley.duties._goods import Goods
    from parley.duties._stacking import Rule, Share, Stacking
    from parley.typing import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One version of a measure as it falls on goods: `rate` is a fraction of the value.

    A charge of kind "floor" lifts the duty to `rate`: it is ``max(0, rate - base rate)``. One of
    kind "quota" is `in_quota` on what the quota takes and `rate` beyond it.
    """

    measure: str
    family: str
    rate: float
    kind: Literal["ad_valorem", "floor", "quota"] = "ad_valorem"
    in_quota: float = 0.0
    products: str = ""
    partners: frozenset[str] | None = None  # None is all
    exempt: frozenset[str] = frozenset()
    title: str = ""
    law: str = ""
    single_source: bool = False
    covers_all: bool = False  # by the words of its scope

    def falls_on(self, partner: str) -> bool:
        """Return whether the charge may fall on goods of `partner`."""
        return partner not in self.exempt and (self.partners is None or partner in self.partners)

    def named(self, names: Iterable[str]) -> bool:
        """Return whether the measure or its family is among `names`."""
        return self.measure in names or self.family in names

    def meets(self, other: Charge) -> bool:
        """Return whether both fall on some partner."""
        if self.partners is None or other.partners is None:
            return True
        return bool(self.partners & other.partners)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """What one charge puts on each row of goods: `rate` is a fraction of the whole value."""

    charge: Charge
    portion: Array
    rate: Array


def stack(goods: Goods, charges: Sequence[Charge], stacking: Stacking) -> tuple[Layer, ...]:
    """Return what each charge puts on each row of goods.

    Raises
    ------
    ConflictError
        When two charges of equal rank fall on the same value; both are named.
    """
    falling = [
        (charge, goods.within(charge.products, charge.partners, charge.exempt))
        for charge in charges
    ]
    held = [charge for charge, mask in falling if mask.any()]
    masks = [mask for _, mask in falling if mask.any()]
    above = _above(held, stacking.rules)
    portions: dict[int, Array] = {}
    for place in _order(held, above):
        portion = np.where(masks[place], _portion(goods, held[place], stacking.shares), 0.0)
        for other in above[place]:
            same = held[other].family == held[place].family
            portion = portion * (~masks[other] if same else 1.0 - portions[other])
        portions[place] = portion
    layers = [
        Layer(
            charge=charge,
            portion=portions[place],
            rate=portions[place] * _rate(goods, charge, stacking.shares),
        )
        for place, charge in enumerate(held)
    ]
    layers = _maxima(layers, stacking.rules)
    _check_conflicts(goods, layers, stacking.rules)
    return tuple(layers)


def _portion(goods: Goods, charge: Charge, shares: Sequence[Share]) -> Array:
    portion = goods.paid.get(charge.measure, np.ones(len(goods.value)))
    for share in shares:
        if not charge.named(share.measures) or share.over_quota is not None:
            continue
        part = share.portion - share.usmca * goods.usmca
        partners = frozenset(share.partners) or None
        where = goods.within(share.products, partners, frozenset())
        portion = portion * np.where(where, part, 1.0)
    return portion


def _rate(goods: Goods, charge: Charge, shares: Sequence[Share]) -> Array | float:
    if charge.kind == "floor":
        return np.maximum(0.0, charge.rate - goods.base_rate)
    if charge.kind == "quota":
        over = [share.over_quota for share in shares if charge.named(share.measures)]
        beyond = next((one for one in over if one is not None), None)
        if beyond is None:
            raise DataError(
                f"{charge.measure} has a quota, but stacking.toml gives no share of the value "
                "beyond it; add a share with over_quota"
            )
        return charge.in_quota + (charge.rate - charge.in_quota) * beyond
    return charge.rate


def _above(charges: Sequence[Charge], rules: Sequence[Rule]) -> dict[int, set[int]]:
    """Return, by place, the places of the charges that exclude it."""
    above: dict[int, set[int]] = {place: set() for place in range(len(charges))}
    for first, then in (pair for rule in rules for pair in _pairs(rule)):
        higher = [place for place, one in enumerate(charges) if one.named((first,))]
        lower = [place for place, one in enumerate(charges) if one.named(then)]
        for high, low in product(higher, lower):
            if high != low and charges[high].meets(charges[low]):
                above[low].add(high)
    for high, one in enumerate(charges):
        for low, other in enumerate(charges):
            if one.family == other.family and one.partners is not None and other.partners is None:
                above[low].add(high)
    return above


def _pairs(rule: Rule) -> list[tuple[str, tuple[str, ...]]]:
    if rule.kind == "excludes":
        return [(name, rule.then) for name in rule.first]
    if rule.kind == "precedence":
        return [(name, rule.first[place + 1 :]) for place, name in enumerate(rule.first)]
    return []


def _order(charges: Sequence[Charge], above: Mapping[int, set[int]]) -> list[int]:
    try:
        return [*TopologicalSorter(above).static_order()]
    except CycleError as error:
        names = ", ".join(charges[place].measure for place in error.args[1])
        raise DataError(f"the stacking rules exclude each other in a circle: {names}") from error


def _maxima(layers: list[Layer], rules: Sequence[Rule]) -> list[Layer]:
    for rule in (rule for rule in rules if rule.kind == "maximum"):
        places = [place for place, layer in enumerate(layers) if layer.charge.named(rule.first)]
        if len(places) > 1:
            rates = np.stack([layers[place].rate for place in places])
            best = np.argmax(rates, axis=0)
            for at, place in enumerate(places):
                layer = layers[place]
                layers[place] = Layer(
                    charge=layer.charge,
                    portion=layer.portion * (best == at),
                    rate=layer.rate * (best == at),
                )
    return layers


def _check_conflicts(goods: Goods, layers: Sequence[Layer], rules: Sequence[Rule]) -> None:
    adding = {name for rule in rules if rule.kind == "adds" for name in rule.first}
    by_family: dict[str, list[Layer]] = {}
    for layer in layers:
        if layer.charge.family not in adding:
            by_family.setdefault(layer.charge.family, []).append(layer)
    for family, rivals in by_family.items():
        for one, other in combinations(rivals, 2):
            if not one.charge.meets(other.charge):
                continue
            both = one.portion + other.portion > 1.0 + 1e-9
            if both.any():
                row: Any = np.flatnonzero(both)[0]
                raise ConflictError(
                    f"{one.charge.measure} and {other.charge.measure}, both {family}, fall on the "
                    f"same goods of {goods.partner[row]} (HS {goods.hs2[row]}) with equal rank; "
                    "say in stacking.toml which comes first, or that they add"
                )
