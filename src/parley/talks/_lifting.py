"""What it brings to lift a limit, ban or export tax that is in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.talks._instrument import DUTIES

if TYPE_CHECKING:
    from parley.talks._payoffs import Payoffs


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifting:
    """What it brings the parties to lift one instrument that is no duty, all else as it is."""

    name: str
    owner: str
    setting: float  # now
    gains_usd_mn: tuple[float, ...]  # by party of the table


def liftings(payoffs: Payoffs) -> tuple[Lifting, ...]:
    """Return what lifting each instrument but the duties would bring, at the status quo.

    What is of unknown size is left out: `price` says what can be said of it.
    """
    table = payoffs.table
    found = []
    for one in table.instruments:
        if one.kind in DUTIES or one.none is None or one.setting == one.none:
            continue
        lifted = payoffs(table.status_quo.but({one.name: one.none}))
        gains = lifted - payoffs(table.status_quo)
        found.append(
            Lifting(
                name=one.name,
                owner=one.owner,
                setting=one.setting,
                gains_usd_mn=tuple(gains.tolist()),
            )
        )
    return tuple(found)
