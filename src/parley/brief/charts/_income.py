"""Real income by economy: what the step from one scenario to the other costs or brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.brief._names import party_name
from parley.brief._numbers import percent, points
from parley.brief.charts._chart import FIRST, GREY, SECOND, Chart, config

if TYPE_CHECKING:
    from parley.brief._brief import PartyStakes, Stakes
    from parley.brief.charts._chart import Row

SHOWN_THIRD = 8  # third economies with the largest change; all stand in the CSV


def real_income(stakes: Stakes) -> Chart:
    """Return the chart of real income, in per cent of base income with the interval of the draws.

    The two sides come first, then the third economies with the largest change.
    """
    import altair as alt

    sides = {one.party for one in stakes.parties}
    rows = tuple(_row(one, one.party in sides) for one in (*stakes.parties, *stakes.third))
    shown = list(rows[: len(sides) + SHOWN_THIRD])
    data = alt.InlineData(values=shown)
    base = alt.Chart(data).encode(
        y=alt.Y("economy:N", sort=[str(row["economy"]) for row in shown], title=None),
        color=alt.Color(
            "group:N",
            scale=alt.Scale(domain=["side", "third"], range=[SECOND, FIRST]),
            legend=None,
        ),
    )
    axis = alt.Axis(format="+.2~f", title="real income, % of the base year’s")
    spans = base.mark_rule(strokeWidth=3, opacity=0.45).encode(
        x=alt.X("low:Q", axis=axis), x2="high:Q"
    )
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(x="percent:Q")
    zero = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color=GREY).encode(x="zero:Q")
    chart = (zero + spans + dots).properties(width=430, height=alt.Step(24))
    spec = chart.to_dict() | {"config": config()}
    return Chart(
        name="real-income",
        title=_finding(stakes),
        alternative=_alternative(stakes, shown),
        source=(
            f"Source: Parley on {stakes.method.world}; dots are the central estimate, bars the "
            f"{points(stakes.method.level)} interval of {stakes.method.draws} draws of the trade "
            "elasticities."
        ),
        spec=spec,
        rows=rows,
    )


def _row(one: PartyStakes, is_side: bool) -> Row:
    return {
        "economy": party_name(one.party, article=False),
        "code": one.party,
        "group": "side" if is_side else "third",
        "percent": one.real_income_percent.point,
        "low": one.real_income_percent.low,
        "high": one.real_income_percent.high,
        "usd_mn": one.real_income_usd_mn.point,
        "usd_mn_low": one.real_income_usd_mn.low,
        "usd_mn_high": one.real_income_usd_mn.high,
    }


def _finding(stakes: Stakes) -> str:
    hurt = min(stakes.parties, key=lambda one: one.real_income_percent.point)
    other = max(stakes.parties, key=lambda one: one.real_income_percent.point)
    verb = "loses" if hurt.real_income_percent.point < 0 else "gains"
    step = f"From {stakes.before.name} to {stakes.after.name}"
    return (
        f"{step}, {party_name(hurt.party)} {verb} {percent(abs(hurt.real_income_percent.point))} "
        f"of real income, {party_name(other.party)} "
        f"{percent(other.real_income_percent.point, sign=True)}"
    )


def _alternative(stakes: Stakes, shown: list[Row]) -> str:
    values = "; ".join(
        f"{row['economy']} {percent(float(row['percent']), sign=True)} "
        f"({percent(float(row['low']), sign=True)} to {percent(float(row['high']), sign=True)})"
        for row in shown
    )
    return f"Change of real income from {stakes.before.name} to {stakes.after.name}: {values}."
