"""The payoff map: what every pair of duties pays the two sides, and where the deals lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from parley.brief._names import party_name
from parley.brief._numbers import money, points
from parley.brief.charts._chart import FIRST, GREY, INK, SECOND, SIGNED, THIRD, WIDTH, Chart, config

if TYPE_CHECKING:
    import altair as alt

    from parley.brief._computed import DealStakes, Settlement
    from parley.brief.charts._chart import Row

TRIED = "tried"
WALK_AWAY = "walk-away point"
_BILLION = 1_000.0  # USD million


def payoff_map(settlement: Settlement, *, source: str) -> Chart:
    """Return the payoffs of all pairs of duties that were tried, over the walk-away point."""
    import altair as alt

    first, second = (one.importer for one in settlement.bounds)
    rows = (
        _row(WALK_AWAY, (0.0, 0.0), tuple(d.rate for d in settlement.walk_away.duties)),
        *(_row(deal.name, _gains(deal), tuple(d.rate for d in deal.duties))
          for deal in settlement.deals),
        *(_row(TRIED, one.gains_usd_mn, one.rates) for one in settlement.tried),
    )  # fmt: skip
    cloud = [row for row in rows if row["name"] == TRIED]
    named = [row for row in rows if row["name"] != TRIED]
    axis = alt.Axis(labelExpr=SIGNED, tickCount=6)
    x = alt.X("first_bn:Q", title=_axis(first), axis=axis)
    y = alt.Y("second_bn:Q", title=_axis(second), axis=axis)
    order = [str(row["name"]) for row in named]
    zero = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color=GREY, strokeDash=[3, 3])
    dots = alt.Chart(alt.InlineData(values=cloud)).mark_circle(size=18, color=THIRD, opacity=0.5)
    deals = alt.Chart(alt.InlineData(values=named)).encode(x=x, y=y)
    marks = deals.mark_point(filled=True, size=130, opacity=1).encode(
        color=alt.Color("name:N", scale=_scale(order, [INK, FIRST, SECOND]), legend=None),
        shape=alt.Shape("name:N", scale=_scale(order, ["cross", "circle", "diamond"]), legend=None),
    )
    middle = max(float(row["first_bn"]) for row in rows) / 2
    chart = alt.layer(
        zero.encode(x="zero:Q"),
        zero.encode(y="zero:Q"),
        dots.encode(x=x, y=y),
        marks,
        *_labels([row for row in named if float(row["first_bn"]) <= middle], x, y, align="left"),
        *_labels([row for row in named if float(row["first_bn"]) > middle], x, y, align="right"),
    )
    return Chart(
        name="payoffs",
        title=_finding(settlement),
        alternative=_alternative(settlement),
        source=source,
        spec=chart.properties(width=WIDTH, height=360).to_dict() | {"config": config()},
        rows=rows,
    )


def _labels(
    rows: list[Row], x: alt.X, y: alt.Y, *, align: Literal["left", "right"]
) -> list[alt.Chart]:
    """Return the names of deals beside their marks, on a white rim so that dots stay apart."""
    import altair as alt

    if not rows:
        return []
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x, y=y, text="label:N")
    # Any: Altair types each keyword apart
    place: dict[str, Any] = {
        "align": align,
        "dx": 12 if align == "left" else -12,
        "dy": -12,
        "fontWeight": "bold",
    }
    return [
        base.mark_text(**place, stroke="white", strokeWidth=5, strokeJoin="round"),
        base.mark_text(**place),
    ]


def _scale(order: list[str], values: list[str]) -> alt.Scale:
    import altair as alt

    return alt.Scale(domain=order, range=values[: len(order)])


def _axis(party: str) -> str:
    return f"{party_name(party, article=False)}: gain over walking away, USD bn a year"


def _gains(deal: DealStakes) -> tuple[float, ...]:
    return tuple(side.gain_usd_mn.point for side in deal.sides)


def _row(name: str, gains: tuple[float, ...], rates: tuple[float, ...]) -> Row:
    return {
        "name": name,
        "label": name if name == WALK_AWAY else f"{name}: {_pair(rates)}",
        "first_rate": rates[0],
        "second_rate": rates[1],
        "first_bn": gains[0] / _BILLION,
        "second_bn": gains[1] / _BILLION,
    }


def _pair(rates: tuple[float, ...]) -> str:
    return " and ".join(points(rate) for rate in rates)


def _finding(settlement: Settlement) -> str:
    if not settlement.bargain_found:
        return "No pair of duties leaves both sides better off than walking away"
    deal = settlement.deals[-1]
    gains = " and ".join(
        f"{party_name(side.party)} {money(side.gain_usd_mn.point, sign=True)}"
        for side in deal.sides
    )
    return (
        f"Settling on duties of {_pair(tuple(one.rate for one in deal.duties))} would be worth "
        f"{gains} a year over walking away"
    )


def _alternative(settlement: Settlement) -> str:
    deals = "; ".join(
        f"{deal.name} at {_pair(tuple(one.rate for one in deal.duties))}: "
        + ", ".join(
            f"{party_name(side.party)} {money(side.gain_usd_mn.point, sign=True)}"
            for side in deal.sides
        )
        for deal in settlement.deals
    )
    return (
        f"Gains over walking away for {len(settlement.tried)} pairs of additional duties that "
        f"were tried. {deals}."
    )
