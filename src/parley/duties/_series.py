"""Average duties over time, stretch by stretch: the law ends a stretch, not the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parley.duties._acts import Asked, acts, edges, in_force
from parley.duties._rates import duties_of, without_measures
from parley.duties._rules import shipped_stacking
from parley.errors import InputError

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from parley.ledger import Ledger
    from parley.records import Clock, Profile


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
    their sum, `total`. Its `attrs["not_computed"]` names the measures that were in force on some
    stretch and stand outside the numbers, with why.

    Raises
    ------
    InputError
        When `end` is not after `start`.
    """
    import pandas as pd

    if end <= start:
        raise InputError(f"a series from {start} to {end} holds no day")
    asked = Asked(known=known, clock=clock, profile=profile)
    among = acts(ledger, asked)
    goods, base = without_measures(among if asked == Asked() else acts(ledger, Asked()))
    turns = sorted(edges(among) | shipped_stacking().edges())
    days = [day for day in turns if start < day < end]
    rows: list[dict[str, Any]] = []  # Any: days and numbers
    missing: dict[str, str] = {}
    before: tuple[object, ...] = ()
    for first, until in zip([start, *days], [*days, end], strict=True):
        found = in_force(among, first)
        missing |= found.missing(partner)
        law = (found.charges, shipped_stacking().on(first, known))
        if law == before:
            rows[-1]["until"] = until
            continue
        before = law
        parts = duties_of(among, first, asked, goods, base).average(by="authority", partner=partner)
        assert isinstance(parts, dict)
        row = {"from": first, "until": until, "total": sum(parts.values()), **parts}
        if rows and {**rows[-1], "from": 0, "until": 0} == {**row, "from": 0, "until": 0}:
            rows[-1]["until"] = until
        else:
            rows.append(row)
    frame = pd.DataFrame(rows).fillna(0.0)
    frame.attrs["not_computed"] = missing
    return frame
