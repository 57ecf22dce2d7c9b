"""Headline rates: what falls on a good that stands on no list, without trade weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.duties._acts import Asked, acts, in_force
from parley.duties._goods import one_good
from parley.duties._rules import shipped_stacking
from parley.duties._stack import stack
from parley.duties._units import units
from parley.errors import InputError

if TYPE_CHECKING:
    from datetime import date

    from parley.duties._stack import Charge
    from parley.ledger import Ledger
    from parley.records import Clock, Profile

LABEL = "headline, scope assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What one measure adds to a good that is on no list."""

    measure: str
    title: str
    percent: float
    single_source: bool  # one source alone says so, and no legal text is at hand


def headline(  # noqa: PLR0913 - the filters of one query
    ledger: Ledger,
    day: date,
    partner: str,
    *,
    importer: str = "USA",
    known: date | None = None,
    clock: Clock = "published",
    profile: Profile = "legal",
) -> tuple[Headline, ...]:
    """Return what falls on a good that stands on no list, measure by measure.

    The sum is one of headline rates, not an average; the scope of each measure is assumed to be
    all goods (label "headline, scope assumed").
    """
    if partner not in {one.code for one in units()} | {"USA"}:
        raise InputError(f"there is no partner {partner!r} in the trade data")
    asked = Asked(importer=importer, known=known, clock=clock, profile=profile)
    found = in_force(acts(ledger, asked), day)
    charges: list[Charge] = [*found.charges]
    charges += [one for one in found.headlines if one.rate and one.covers_all]
    goods = one_good("", partner, base_rate=0.0, high=False, usmca=0.0)
    layers = stack(goods, charges, shipped_stacking().on(day, known))
    return tuple(
        Headline(
            measure=layer.charge.measure,
            title=layer.charge.title,
            percent=float(np.round(100.0 * layer.rate[0], 9)),
            single_source=layer.charge.single_source,
        )
        for layer in layers
        if layer.rate[0]
    )
