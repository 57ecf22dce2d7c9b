"""What every chart has: its finding, its data as CSV, a source line and a text alternative."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any, TypeAlias

from parley.errors import ParleyError

SIGNED = "datum.value == 0 ? '0' : format(datum.value, '+.2~f')"  # Vega: labels of an axis
WIDTH = 620  # of the plot, in pixels
FONT = "'Helvetica Neue', Helvetica, Arial, sans-serif"
INK, GREY, LIGHT = "#1c2430", "#5c6672", "#d9dee5"
FIRST, SECOND, THIRD = "#1f5a96", "#c4501b", "#8a94a0"  # told apart with every colour vision

Row: TypeAlias = "dict[str, str | float]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A Vega-Lite spec with the words around it."""

    name: str  # file name of its data, without ending
    title: str  # states the finding
    alternative: str  # the same in words, for who cannot see it
    source: str
    spec: dict[str, Any]  # Any: Vega-Lite JSON
    rows: tuple[Row, ...]

    def to_csv(self) -> str:
        """Return the data behind the chart as CSV, header first."""
        file = io.StringIO()
        writer = csv.DictWriter(file, fieldnames=list(self.rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return file.getvalue()

    def to_svg(self) -> str:
        """Return the chart as SVG markup, drawn without a browser."""
        import vl_convert

        svg: str = vl_convert.vegalite_to_svg(self.spec, vl_version=_vega_lite_version())
        return svg


def _vega_lite_version() -> str:
    """Return the newest Vega-Lite that the drawing library carries and Altair writes."""
    import altair
    import vl_convert

    major, minor = altair.SCHEMA_VERSION.lstrip("v").split(".")[:2]
    version = f"{major}.{minor}"
    if version not in vl_convert.get_vegalite_versions():
        raise ParleyError(
            f"Altair writes Vega-Lite {version}, vl-convert draws "
            f"{', '.join(vl_convert.get_vegalite_versions())}: install versions that fit"
        )
    return version


def config() -> dict[str, Any]:
    """Return the look that all charts share, as a Vega-Lite config."""
    return {
        "font": FONT,
        "background": "white",
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK,
            "titleColor": GREY,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "gridColor": LIGHT,
            "domain": False,
            "tickColor": LIGHT,
            "titlePadding": 8,
        },
        "legend": {"labelFontSize": 12, "labelColor": INK, "title": None},
        "text": {"fontSize": 12, "color": INK},
    }
