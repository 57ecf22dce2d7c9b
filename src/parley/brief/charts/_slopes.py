"""Concessions as a slope chart: what giving way costs the owner, and what it gives the other."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

from parley.brief._names import party_name
from parley.brief.charts._chart import FIRST, GREY, SECOND, SIGNED, THIRD, Chart, config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.brief.charts._chart import Row
    from parley.talks import Price

SHOWN = 10  # instruments; all stand in the CSV
_OWNER, _OTHER = "its owner", "the other side"
_APART = 0.045  # of the range: between two labels
_LEADER = 36  # pixels from a point to its label
_HUES = (SECOND, FIRST, THIRD)


def concession_slopes(prices: Sequence[Price], *, source: str) -> Chart:
    """Return the chart of what a point of each instrument brings its owner and the other side.

    A line that rises from left to right gives more than it costs. The instruments worth most to
    the other side are drawn.
    """
    import altair as alt

    rows = tuple(row for one in prices for row in _ends(one))
    drawn = {one.instrument for one in prices[:SHOWN]}
    shown = [row for row in rows if row["instrument"] in drawn]
    owners = list(dict.fromkeys(one.owner for one in prices))
    x = alt.X(
        "side:N",
        sort=[_OWNER, _OTHER],
        title=None,
        axis=alt.Axis(orient="top", labelAngle=0, labelFontWeight="bold", domain=False),
        scale=alt.Scale(paddingOuter=0.15),
    )
    y = alt.Y(
        "usd_mn:Q",
        title="what a point of giving way brings, USD mn a year",
        axis=alt.Axis(labelExpr=SIGNED),
    )
    data = alt.Chart(alt.InlineData(values=shown)).encode(x=x, y=y)
    colour = alt.Color(
        "owner:N",
        scale=alt.Scale(
            domain=[party_name(owner, article=False) for owner in owners],
            range=list(_HUES[: len(owners)]),
        ),
        legend=alt.Legend(orient="top", title="instrument of"),
    )
    zero = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color=GREY, strokeDash=[3, 3])
    labels = alt.Chart(
        alt.InlineData(values=_spread([row for row in shown if row["side"] == _OTHER]))
    ).encode(x=x, y="label_at:Q", text="instrument:N")
    chart = alt.layer(
        zero.encode(y="zero:Q"),
        data.mark_line(strokeWidth=2).encode(color=colour, detail="instrument:N"),
        data.mark_point(filled=True, size=60, opacity=1).encode(color=colour),
        labels.mark_text(
            align="left", dx=_LEADER + 4, stroke="white", strokeWidth=5, strokeJoin="round"
        ),
        labels.mark_rule(xOffset=6, x2Offset=_LEADER, strokeWidth=0.8).encode(
            y="usd_mn:Q", y2="label_at:Q", x2="side:N", color=colour
        ),
        labels.mark_text(align="left", dx=_LEADER + 4).encode(color=colour),
    )
    return Chart(
        name="concessions",
        title=_finding(prices),
        alternative=_alternative(prices),
        source=source,
        spec=chart.properties(width=420, height=420).to_dict() | {"config": config()},
        rows=rows,
    )


def _ends(one: Price) -> list[Row]:
    both = ((_OWNER, one.owner_gain), (_OTHER, one.others_gain))
    return [
        {
            "instrument": one.instrument,
            "owner": party_name(one.owner, article=False),
            "step": one.step,
            "side": side,
            "usd_mn": gain,
        }
        for side, gain in both
    ]


def _spread(rows: Sequence[Row]) -> list[Row]:
    """Move labels apart that would lie on each other, as little as possible."""
    ordered = sorted(rows, key=lambda row: float(row["usd_mn"]))
    values = [float(row["usd_mn"]) for row in ordered]
    apart = _APART * (max(values, default=0.0) - min(0.0, *values, 0.0))
    groups: list[list[float]] = []  # labels that touch; of each group, where it would begin
    for at, value in enumerate(values):
        groups.append([value - at * apart])
        while len(groups) > 1 and fmean(groups[-2]) > fmean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    begins = [fmean(group) for group in groups for _ in group]
    return [row | {"label_at": begins[at] + at * apart} for at, row in enumerate(ordered)]


def _finding(prices: Sequence[Price]) -> str:
    giving = [one for one in prices if one.others_gain > 0.0]
    if not giving:
        return "No concession would bring the other side anything"
    best = giving[0]
    cost = (
        f"costs its owner ${-best.owner_gain:,.0f} mn"
        if best.owner_gain < 0.0
        else f"brings its owner ${best.owner_gain:,.0f} mn too"
    )
    return (
        f"A step on “{best.instrument}” gives the other side ${best.others_gain:,.0f} mn a year "
        f"and {cost}"
    )


def _alternative(prices: Sequence[Price]) -> str:
    rows = "; ".join(
        f"{one.instrument} ({one.step}): {one.owner_gain:+,.0f} and {one.others_gain:+,.0f}"
        for one in prices[:SHOWN]
    )
    return f"What a point of giving way brings its owner and the other side, USD mn a year: {rows}."
