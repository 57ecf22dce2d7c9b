"""A chart as a file of its own: SVG, PNG, or a page that needs nothing from the net."""

from __future__ import annotations

import base64
from dataclasses import replace
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING

from parley.brief.charts._chart import GREY
from parley.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from parley.brief.charts._chart import Chart

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 2rem auto; max-width: 46rem; padding: 0 1rem;
  font: 16px/1.5 "Helvetica Neue", Helvetica, Arial, sans-serif; color: #1c2430; }}
h1 {{ font-size: 1.25rem; }}
svg {{ max-width: 100%; height: auto; }}
p {{ color: #5c6672; font-size: .9rem; }}
a {{ color: #1f5a96; }}
</style>
<main>
<h1>{title}</h1>
<div role="img" aria-label="{alternative}">{svg}</div>
<p>{source}
<a download="{name}.csv" href="data:text/csv;charset=utf-8;base64,{csv}">Data as CSV</a></p>
</main>
</html>
"""


_LINE = 100  # characters of the source
_ENDINGS = (".html", ".svg", ".png")


def check_file(path: Path) -> None:
    """Raise InputError where no chart can be written to `path`: ask before a long computation."""
    if path.suffix not in _ENDINGS:
        raise InputError(f"{path}: a chart is written as .html, .svg or .png")
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}; make it first")
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file in it")


def save(chart: Chart, path: Path) -> None:
    """Write a chart with its title and source; the ending of `path` says as what.

    Raises
    ------
    InputError
        When the ending is none of .html, .svg, .png, or there is no such folder.
    """
    check_file(path)
    if path.suffix == ".html":
        path.write_text(_page(chart), encoding="utf-8")
        return
    title: dict[str, str | list[str]] = {"text": chart.title, "anchor": "start"}
    if chart.source:
        title |= {"subtitle": wrap(chart.source, _LINE), "subtitleColor": GREY}
    titled = replace(chart, spec=chart.spec | {"title": title})
    if path.suffix == ".svg":
        path.write_text(titled.to_svg(), encoding="utf-8")
    else:
        import vl_convert

        path.write_bytes(vl_convert.svg_to_png(titled.to_svg(), scale=2.0))


def _page(chart: Chart) -> str:
    return _PAGE.format(
        title=escape(chart.title),
        alternative=escape(chart.alternative),
        svg=chart.to_svg(),
        source=escape(chart.source),
        name=escape(chart.name),
        csv=base64.b64encode(chart.to_csv().encode("utf-8")).decode("ascii"),
    )
