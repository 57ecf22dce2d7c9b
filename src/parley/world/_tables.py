"""Tables in files: the small CSV tables that ship with the package, and Parquet."""

from __future__ import annotations

import csv
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


def rows(file: str) -> list[dict[str, str]]:
    """Return the rows of a table below `parley/world`; lines that begin with # are comments."""
    text = (resources.files("parley.world") / file).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def read_parquet(path: Path) -> pd.DataFrame:
    """Return a Parquet file as a data frame."""
    import glob

    import duckdb

    with duckdb.connect() as connection:
        frame: pd.DataFrame = connection.read_parquet(glob.escape(str(path))).df()
    return frame
