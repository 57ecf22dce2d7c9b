"""Measures on the table whose size nobody published: by a band, or where they break even."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley import talks
from parley.brief._computed import Band, BreakEven, PartyBand, PricedItem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from parley.brief._options import Horizon
    from parley.talks import Payoffs, Unsized

POINTS = 0.1  # off the owner's duties: what an item is weighed against


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """What can be said of the items of unknown size, and why not of the others, by entry."""

    priced: tuple[PricedItem, ...] = ()
    reasons: Mapping[str, str]


def items_of(economy: Payoffs, horizon: Horizon, *, only: Collection[str]) -> Items:
    """Return what the items of the entries `only` may be worth, the reasons of all others."""
    reasons = {one.measure: one.reason for one in economy.table.not_priced}
    priced = []
    for item in economy.table.unsized:
        (entry,) = item.instrument.measures
        if entry not in only:
            continue
        found = talks.price(economy, item, points=POINTS)
        if isinstance(found, talks.NotPriced):
            reasons[entry] = f"{item.note}; {found.reason}"
        else:
            priced.append(_priced(found, item, entry, horizon))
    return Items(priced=tuple(priced), reasons=reasons)


def _priced(
    found: talks.Band | talks.BreakEven, item: Unsized, entry: str, horizon: Horizon
) -> PricedItem:
    owner = item.instrument.owner
    return PricedItem(
        item=found.item,
        ref=entry,
        why=item.note,
        horizon=horizon,
        band=_band(found) if isinstance(found, talks.Band) else None,
        break_even=_break_even(found, owner) if isinstance(found, talks.BreakEven) else None,
    )


def _band(found: talks.Band) -> Band:
    low, high = found.ends
    return Band(
        assumed=(found.settings[0], found.settings[-1]),
        worth=tuple(
            PartyBand(party=party, low_usd_mn=float(low[at]), high_usd_mn=float(high[at]))
            for at, party in enumerate(found.parties)
        ),
    )


def _break_even(found: talks.BreakEven, owner: str) -> BreakEven:
    return BreakEven(
        target=found.target,
        owner=owner,
        points=found.points,
        worth_usd_mn=tuple(tuple(row) for row in found.price_usd_mn.tolist()),
        between_origins=found.origins,
        of_users=found.users,
        cut=tuple(
            tuple(None if math.isnan(cut) else cut for cut in row) for row in found.cut.tolist()
        ),
        deepest=found.deepest,
    )
