"""The brief as one HTML file that needs nothing from the net."""

from __future__ import annotations

import base64
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from parley.brief import _phrases as phrases
from parley.brief import charts
from parley.brief._marks import mark
from parley.brief._names import capital, party_name
from parley.brief._numbers import money, money_span, percent, percent_span, points
from parley.brief._wording import say_day
from parley.pages import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment, Template

    from parley.brief._brief import Brief, Reported
    from parley.brief.charts import Chart
    from parley.records import Article


def to_html(brief: Brief, article: Article) -> str:
    """Return the brief of `article` as one self-contained HTML file.

    Whatever comes from the page or the record is escaped; there is no script in the file.
    """
    reported = [*_all_reported(brief)]
    paragraphs = mark(article, reported)
    return _template().render(
        brief=brief,
        style=_resource("brief.css"),
        charts=[_drawn(chart) for chart in charts_of(brief)],
        paragraphs=paragraphs,
        furniture_count=sum(one.kind == "furniture" for one in paragraphs),
        numbers={one.draft_id: at for at, one in enumerate(reported, 1)},
        recorded_ids=_recorded_ids(brief),
        settlement_words=phrases.settlement_words(brief.settlement) if brief.settlement else "",
        charged_words=phrases.charged_words(brief.stakes) if brief.stakes else "",
        other_horizon_words=phrases.other_horizon_words(brief.stakes) if brief.stakes else "",
        unsourced_words=(
            phrases.unsourced_words(brief.stakes.unsourced, brief.stakes) if brief.stakes else ""
        ),
    )


def charts_of(brief: Brief) -> tuple[Chart, ...]:
    """Return the brief's charts: real income, and the payoff map where there is a table."""
    if brief.stakes is None:
        return ()
    income = charts.real_income(brief.stakes)
    if brief.settlement is None:
        return (income,)
    source = f"Source: Parley on {brief.stakes.method.world}, at the central elasticities."
    return (income, charts.payoff_map(brief.settlement, source=source))


def _all_reported(brief: Brief) -> Iterator[Reported]:
    for section in (brief.happening, brief.on_the_table, brief.promises):
        yield from section.reported


def _recorded_ids(brief: Brief) -> frozenset[str]:
    sections = (brief.happening, brief.on_the_table, brief.promises)
    return frozenset(
        one.entry_id for section in sections for one in (*section.recorded, *section.background)
    )


def _drawn(chart: Chart) -> dict[str, str]:
    return {
        "name": chart.name,
        "title": chart.title,
        "alternative": chart.alternative,
        "source": chart.source,
        "svg": chart.to_svg(),
        "csv_base64": base64.b64encode(chart.to_csv().encode("utf-8")).decode("ascii"),
    }


@cache
def _template() -> Template:
    return _environment().from_string(_resource("brief.html.j2"))


def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=_finalize, trim_blocks=True
    )
    environment.filters["capital"] = capital
    environment.globals.update(
        day=say_day,
        name=party_name,
        money=money,
        money_span=money_span,
        percent=percent,
        percent_span=percent_span,
        points=points,
        pairs=lambda one, other: zip(one, other, strict=True),
        patience=phrases.patience,
        breach=phrases.breach,
        tempted_elsewhere=phrases.tempted_elsewhere,
        by_reason=phrases.by_reason,
        item_words=phrases.item_words,
        not_computed=phrases.NOT_COMPUTED,
        made_from=phrases.made_from,
        third_shown=phrases.third_shown,
        deal_duties=phrases.deal_duties,
        confidence_line=phrases.confidence_line,
        standings=phrases.STANDINGS,
        web_address=_is_web_address,
        host=lambda address: urlsplit(address).netloc,
    )
    return environment


def _finalize(value: object) -> object:
    """Take control characters out of every string that is shown; markup is left as it is."""
    return harmless(value) if type(value) is str else value


def _is_web_address(address: str) -> bool:
    return urlsplit(address).scheme in ("http", "https")


def _resource(name: str) -> str:
    return (resources.files("parley.brief") / "templates" / name).read_text(encoding="utf-8")
