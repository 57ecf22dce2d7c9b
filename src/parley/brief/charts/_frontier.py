"""The frontier of a table: what the best deals pay the two sides, and where named deals lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.brief._names import party_name
from parley.brief.charts._chart import FIRST, GREY, INK, SECOND, SIGNED, WIDTH, Chart, config

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parley.brief.charts._chart import Row
    from parley.talks import Frontier

_BILLION = 1_000.0  # USD million
_MARKS = ("cross", "circle", "square", "diamond", "triangle-up")
_HUES = (INK, FIRST, SECOND, "#8a5aa8", "#4f9d8f")
EFFICIENT = "frontier"
_HEIGHT, _BENEATH = 380, 56  # pixels: of the plot, and down to the line beneath its axis


def frontier_map(frontier: Frontier, named: Mapping[str, Sequence[float]], *, source: str) -> Chart:
    """Return the frontier of two parties as a line, and deals by name as marks.

    Parameters
    ----------
    frontier
        With payoffs in USD million.
    named
        Payoffs of deals such as the status quo, by what they are called.
    """
    import altair as alt

    line = [_row(EFFICIENT, deal.payoffs) for deal in frontier.deals]
    marks = [_row(name, payoffs) for name, payoffs in named.items()]
    near = [row for row in marks if _is_near(row, line)]
    away = [row for row in marks if row not in near]
    first, second = (party_name(party, article=False) for party in frontier.parties)
    axis = alt.Axis(labelExpr=SIGNED, tickCount=6)
    scale = alt.Scale(zero=False, nice=True, padding=12)
    x = alt.X("first_bn:Q", title=f"{first}: real income, USD bn a year", axis=axis, scale=scale)
    y = alt.Y("second_bn:Q", title=f"{second}: real income, USD bn a year", axis=axis, scale=scale)
    order = [str(row["name"]) for row in near]
    named_marks = alt.Chart(alt.InlineData(values=near)).encode(x=x, y=y)
    note = alt.Chart(alt.InlineData(values=[{"said": _off(away)}]))
    chart = alt.layer(
        alt.Chart(alt.InlineData(values=line))
        .mark_line(color=GREY, strokeWidth=2.5)
        .encode(x=x, y=y, order=alt.Order("first_bn:Q")),
        named_marks.mark_point(filled=True, size=130, opacity=1).encode(
            color=alt.Color(
                "name:N",
                scale=alt.Scale(domain=order, range=list(_HUES[: len(order)])),
                legend=alt.Legend(orient="top", columns=5),
            ),
            shape=alt.Shape(
                "name:N",
                scale=alt.Scale(domain=order, range=list(_MARKS[: len(order)])),
                legend=alt.Legend(orient="top", columns=5),
            ),
        ),
        note.mark_text(align="left", color=GREY).encode(
            x=alt.value(0), y=alt.value(_HEIGHT + _BENEATH), text="said:N"
        ),
    )
    return Chart(
        name="frontier",
        title=_finding(line, marks, tuple(map(party_name, frontier.parties))),
        alternative=_alternative(line, marks, (first, second)),
        source=source,
        spec=chart.properties(width=WIDTH, height=_HEIGHT).to_dict() | {"config": config()},
        rows=(*marks, *line),
    )


def _row(name: str, payoffs: Sequence[float]) -> Row:
    return {"name": name, "first_bn": payoffs[0] / _BILLION, "second_bn": payoffs[1] / _BILLION}


def _finding(line: Sequence[Row], marks: Sequence[Row], names: tuple[str, ...]) -> str:
    """Say how much both could gain over the first named deal."""
    start = marks[0]
    both = [
        row
        for row in line
        if _n(row, "first_bn") >= _n(start, "first_bn")
        and _n(row, "second_bn") >= _n(start, "second_bn")
    ]
    if not both:
        return f"No deal found leaves both sides better off than {start['name']}"
    most = [max(_n(row, key) - _n(start, key) for row in both) for key in _AXES]
    return (
        f"Against {start['name']}, deals could bring {names[0]} up to ${most[0]:,.1f} bn "
        f"or {names[1]} up to ${most[1]:,.1f} bn a year and harm neither"
    )


def _alternative(line: Sequence[Row], marks: Sequence[Row], names: tuple[str, ...]) -> str:
    deals = "; ".join(
        f"{row['name']}: {names[0]} {_n(row, 'first_bn'):+.1f}, {names[1]} "
        f"{_n(row, 'second_bn'):+.1f}"
        for row in marks
    )
    ends = (line[0], line[-1])
    said = " to ".join(f"({_n(one, 'first_bn'):+.1f}, {_n(one, 'second_bn'):+.1f})" for one in ends)
    return f"Real income in USD bn a year. Frontier from {said}. {deals}."


_AXES = ("first_bn", "second_bn")
_SPANS = 3.0  # of the frontier: a deal further away is named beneath, and does not squeeze it


def _is_near(row: Row, line: Sequence[Row]) -> bool:
    for key in _AXES:
        low, high = min(_n(one, key) for one in line), max(_n(one, key) for one in line)
        room = _SPANS * (high - low)
        if not low - room <= _n(row, key) <= high + room:
            return False
    return True


def _off(away: Sequence[Row]) -> str:
    said = "; ".join(
        f"{row['name']} at {_n(row, 'first_bn'):+,.1f} and {_n(row, 'second_bn'):+,.1f}"
        for row in away
    )
    return f"Not drawn, far off: {said}".replace("-", "\N{MINUS SIGN}") if said else ""


def _n(row: Row, key: str) -> float:
    return float(row[key])
