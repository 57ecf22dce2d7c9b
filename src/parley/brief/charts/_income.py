"""Real income by economy: what the step from one scenario to the other costs or brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.brief._names import party_name
from parley.brief._numbers import percent, points
from parley.brief.charts._chart import FIRST, GREY, SECOND, SIGNED, WIDTH, Chart, config

if TYPE_CHECKING:
    from parley.brief._computed import PartyStakes, Stakes
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
    axis = alt.Axis(
        labelExpr=SIGNED, tickCount=6, title="change of real income, % of base-year final spending"
    )
    spans = base.mark_rule(strokeWidth=3, opacity=0.45).encode(
        x=alt.X("low:Q", axis=axis), x2="high:Q"
    )
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(x="percent:Q")
    zero = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color=GREY).encode(x="zero:Q")
    chart = (zero + spans + dots).properties(width=WIDTH, height=alt.Step(24))
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
    step = f"From {stakes.before.name} to {stakes.after.name}"
    first, second = sorted(stakes.parties, key=lambda one: one.real_income_percent.point)
    changes = [one.real_income_percent.point for one in (first, second)]
    sizes = [percent(abs(change)) for change in changes]
    names = [party_name(one.party) for one in (first, second)]
    verbs = ["loses" if change < 0 else "gains" for change in changes]
    again = "" if verbs[0] == verbs[1] else f"{verbs[1]} "
    return (
        f"{step}, {names[0]} {verbs[0]} {sizes[0]} of real income and {names[1]} {again}{sizes[1]}"
    )


def _alternative(stakes: Stakes, shown: list[Row]) -> str:
    values = "; ".join(
        f"{row['economy']} {percent(float(row['percent']), sign=True)} "
        f"({percent(float(row['low']), sign=True)} to {percent(float(row['high']), sign=True)})"
        for row in shown
    )
    return f"Change of real income from {stakes.before.name} to {stakes.after.name}: {values}."
