"""Whether a deal holds: the longest lag before a breach is met, against the discount rate."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from parley.brief._names import party_name
from parley.brief.charts._chart import FIRST, GREY, SECOND, WIDTH, Chart, config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.brief.charts._chart import Row
    from parley.talks import Held, Side

_RATES = np.linspace(0.01, 0.30, 59)  # continuous, a year
_LONGEST = 50.0  # years that are drawn
_HUES = (SECOND, FIRST, GREY)


def holding_lags(held: Held, *, source: str) -> Chart:
    """Return the longest lag at which each side keeps a deal, by the yearly discount rate.

    Below its line a side keeps its word. A side that keeps it at any lag, or at none, has no line
    and stands in the title.
    """
    import altair as alt

    rows = tuple(row for side in held.sides for row in _line(side))
    names = list(dict.fromkeys(str(row["party"]) for row in rows))
    top = max((float(row["years"]) for row in rows), default=1.0)
    x = alt.X(
        "rate_pct:Q", title="discount rate, % a year", scale=alt.Scale(domain=[0, 30], nice=False)
    )
    y = alt.Y(
        "years:Q",
        title="longest lag at which the deal holds, years",
        scale=alt.Scale(domain=[0, min(1.05 * max(top, 1.5), _LONGEST)]),
    )
    lines = (
        alt.Chart(alt.InlineData(values=list(rows)))
        .mark_line(strokeWidth=2.5, clip=True)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "party:N",
                sort=names,
                scale=alt.Scale(domain=names, range=list(_HUES[: len(names)])),
                legend=alt.Legend(orient="top"),
            ),
        )
    )
    year = alt.Chart(alt.InlineData(values=[{"one": 1.0, "at": 30, "said": "a year"}]))
    chart = alt.layer(
        lines,
        year.mark_rule(color=GREY, strokeDash=[3, 3]).encode(y="one:Q"),
        year.mark_text(color=GREY, align="right", dy=-8).encode(x="at:Q", y="one:Q", text="said:N"),
    )
    return Chart(
        name="holding",
        title=_finding(held),
        alternative=_alternative(held),
        source=source,
        spec=chart.properties(width=WIDTH, height=340).to_dict() | {"config": config()},
        rows=rows or tuple(_none(side) for side in held.sides),
    )


def _line(side: Side) -> list[Row]:
    lags = [(float(rate), side.holding.longest_lag(rate=float(rate))) for rate in _RATES]
    return [
        {"party": party_name(side.party, article=False), "rate_pct": 100.0 * rate, "years": lag}
        for rate, lag in lags
        if lag is not None and math.isfinite(lag)
    ]


def _none(side: Side) -> Row:
    return {"party": party_name(side.party, article=False), "verdict": side.holding.verdict}


def _finding(held: Held) -> str:
    never = _named(held, "no patience suffices")
    if never:
        return f"The deal does not hold: {never} would break it whatever it costs later"
    if held.verdict == "any patience suffices":
        return "The deal holds by itself: neither side would gain by breaking it"
    lag = held.longest_lag
    assert lag is not None
    return f"At {held.rate:.0%} a year the deal holds if a breach is answered within {_years(lag)}"


def _alternative(held: Held) -> str:
    sides = "; ".join(
        f"{party_name(side.party)}: {side.holding.verdict}"
        + (
            f", within {_years(lag)} at {held.rate:.0%}"
            if (lag := side.holding.longest_lag(rate=held.rate)) is not None and math.isfinite(lag)
            else ""
        )
        for side in held.sides
    )
    return f"Longest lag before a breach is answered. {sides}."


def _named(held: Held, verdict: str) -> str:
    found: Sequence[str] = [
        party_name(side.party) for side in held.sides if side.holding.verdict == verdict
    ]
    return " and ".join(found)


def _years(lag: float) -> str:
    return f"{lag:.1f} years" if lag >= 2.0 else f"{12.0 * lag:.0f} months"
