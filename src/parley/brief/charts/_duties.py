"""Duties over time: the average duty by authority, stepped, with the rounds of talks marked."""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from parley.brief._names import party_name
from parley.brief.charts._chart import GREY, INK, WIDTH, Chart, config
from parley.records import Round

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import altair as alt
    import pandas as pd

    from parley.brief.charts._chart import Row
    from parley.records import Entry

_GROUPS = {  # authorities that share a band, by the words that they begin with
    "base of 2024": "Base duty",
    "Section 301": "Section 301",
    "IEEPA": "IEEPA",
    "Section 232": "Section 232",
    "Section 122": "Section 122",
    "Section 338": "Section 338",
}
_COLOURS = ["#5c6672", "#1f5a96", "#c4501b", "#e0a33a", "#4f9d8f", "#8a5aa8"]
_DATED = ("from", "until", "total")
_NOTED: dict[str, Any] = {"titleAnchor": "start", "titleFontWeight": "normal"}  # Any: Vega's values


def duties_over_time(frame: pd.DataFrame, rounds: Sequence[Entry], *, partner: str | None) -> Chart:
    """Return the chart of a series of `parley.duties.series`, with rounds of talks as ticks."""
    import altair as alt

    rows = tuple(row for stretch in frame.to_dict("records") for row in _bands(stretch))
    seen = {row["authority"] for row in rows if row["top"] != row["bottom"]}
    names = [name for name in _GROUPS.values() if name in seen]
    rows = tuple(row for row in rows if row["authority"] in seen)
    first, last = str(frame["from"].iloc[0]), str(frame["until"].iloc[-1])
    until = date.fromisoformat(last)
    held = [day for day in _days(rounds) if first <= day < last]
    top = max(float(row["top"]) for row in rows)
    missing: dict[str, str] = frame.attrs.get("not_computed", {})
    bands = (
        alt.Chart(alt.InlineData(values=_corners(rows, names, last)))
        .mark_area(interpolate="step-after")
        .encode(
            x=alt.X(
                "day:T",
                title=_footnote(missing),
                axis=_time_axis(date.fromisoformat(first), until),
            ),
            y=alt.Y("bottom:Q", title="average duty, % of customs value"),
            y2="top:Q",
            color=alt.Color(
                "authority:N",
                sort=names,
                scale=alt.Scale(domain=names, range=_COLOURS[: len(names)]),
                legend=alt.Legend(orient="top", columns=6),
            ),
        )
    )
    ticks = (
        alt.Chart(alt.InlineData(values=[{"day": day, "at": top * 1.06} for day in held]))
        .mark_point(shape="triangle-down", filled=True, size=45, color=INK, opacity=0.8)
        .encode(x="day:T", y="at:Q")
    )
    note = (
        alt.Chart(alt.InlineData(values=[{"day": first, "at": top * 1.13}]))
        .mark_text(align="left", color=GREY, dx=4)
        .encode(x="day:T", y="at:Q", text=alt.value("▼ rounds of talks, United States and China"))
    )
    chart = alt.layer(bands, ticks, note).properties(width=WIDTH, height=340)
    return Chart(
        name="duties-over-time",
        title=_finding(frame, partner),
        alternative=_alternative(frame, partner),
        source=(
            "Source: Parley's record; US imports for consumption, 2024, customs value (US Census "
            "Bureau), fixed weights. The base is the duty of 2024 less what section 301 and the "
            "duties of 2018 on metals took of it."
            + "".join(f" Not computed: {name}: {why}." for name, why in missing.items())
        ),
        spec=chart.to_dict() | {"config": config()},
        rows=rows,
    )


def _footnote(missing: Mapping[str, str]) -> list[str] | None:
    """Return the lines below the chart that name what its bands leave out."""
    if not missing:
        return None
    return wrap(f"In force and not in the chart: {', '.join(missing)}", 110)


def _time_axis(first: date, last: date) -> alt.Axis:
    import altair as alt

    if (last - first).days > 3 * 366:
        return alt.Axis(
            format="%Y", tickCount="year", grid=False, titleAnchor="start", titleFontWeight="normal"
        )
    every = {"interval": "month", "step": 3 if (last - first).days > 200 else 1}
    return alt.Axis(
        format="%b %Y", tickCount=every, grid=False, titleAnchor="start", titleFontWeight="normal"
    )


def _bands(stretch: Mapping[Hashable, object]) -> list[Row]:
    """Return the bands of one stretch of days, one above the other."""
    points = dict.fromkeys(_GROUPS.values(), 0.0)
    for name, value in stretch.items():
        if name not in _DATED:
            group = next(_GROUPS[start] for start in _GROUPS if str(name).startswith(start))
            points[group] += float(str(value))
    tops = accumulate(points.values())
    return [
        {
            "from": str(stretch["from"]),
            "until": str(stretch["until"]),
            "authority": group,
            "bottom": top - points[group],
            "top": top,
        }
        for group, top in zip(points, tops, strict=True)
    ]


def _corners(rows: Sequence[Row], names: Sequence[str], last: str) -> list[Row]:
    """Return the days on which each band turns: its stretches drawn as one area, without seams."""
    bands = [row for row in rows if row["authority"] in names]
    ends = [row | {"from": last} for row in bands if row["until"] == last]
    return [
        {
            "day": row["from"],
            "authority": row["authority"],
            "bottom": row["bottom"],
            "top": row["top"],
        }
        for row in [*bands, *ends]
    ]


def _days(rounds: Sequence[Entry]) -> list[str]:
    found = (entry.record for entry in rounds)
    return [
        str(one.when.start)
        for one in found
        if isinstance(one, Round) and one.when.start and one.state in ("held", "concluded")
    ]


def _finding(frame: pd.DataFrame, partner: str | None) -> str:
    highest = max(frame.to_dict("records"), key=lambda row: float(row["total"]))
    on = f"on goods of {party_name(partner)} " if partner else ""
    return (
        f"The average US duty {on}peaked at {highest['total']:.0f}% from {_say(highest['from'])} "
        f"and is {frame['total'].iloc[-1]:.0f}% at the end"
    )


def _alternative(frame: pd.DataFrame, partner: str | None) -> str:
    steps = "; ".join(f"from {row['from']} {row['total']:.1f}%" for row in frame.to_dict("records"))
    on = f" on goods of {party_name(partner)}" if partner else ""
    return f"Average US duty{on} in per cent of customs value: {steps}."


def _say(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
