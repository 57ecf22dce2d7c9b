"""The small tables that ship with the package: CSV with comment lines."""

from __future__ import annotations

import csv
from importlib import resources


def rows(file: str) -> list[dict[str, str]]:
    """Return the rows of a table below `parley/world`; lines that begin with # are comments."""
    text = (resources.files("parley.world") / file).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
