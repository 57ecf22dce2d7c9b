"""Read the World Input-Output Database: the releases of 2013 and 2016."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import DataError, InputError
from parley.world._mrio import from_table, refuse_gap, without_stocks
from parley.world._published import published
from parley.world._tables import read_parquet

if TYPE_CHECKING:
    import pandas as pd

    from parley.typing import Array
    from parley.world._elasticities import Elasticities
    from parley.world._world import World

SOURCE = (
    "Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), An Illustrated User Guide to the "
    "World Input-Output Database, Review of International Economics 23: 575-605"
)
_CODES = {"ROM": "ROU", "RoW": "ROW"}  # WIOD's own codes to ISO 3166
_GOODS_2013 = tuple(f"c{number}" for number in range(1, 17))
_ROUNDING = 150.0  # USD million: rows of the 2013 release are sums of rounded cells
_INDUSTRIES_2016 = 56
_FACTOR_ROWS_2016 = {"TOT"}  # value added, taxes, margins and output stand under this country


def read_wiod_2013(path: str | Path, *, year: int, name: str = "") -> World:
    """Return the world of a table of the 2013 release, 41 economies by 35 industries.

    Parameters
    ----------
    path
        An `.npz` with `Z` (1435, 1435), `F` (1435, 205), `output`, `countries`, `industries`:
        the members of the R object `wiot_YYYY` of the package *wiod*, under shorter names.
    year
        Year of the table.

    Raises
    ------
    DataError
        When a row differs from its output by more than the rounding of its cells; it says by
        how much.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    with np.load(path, allow_pickle=False) as table:
        blocks = {key: table[key].astype(np.float64) for key in ("Z", "F", "output")}
        economies = _iso(table["countries"].tolist())
        sectors = tuple(table["industries"].tolist())
    return _world(
        blocks,
        name=name or f"wiod2013-{year}",
        year=year,
        labels=(economies, sectors, tuple(code for code in sectors if code in _GOODS_2013)),
        elasticities=(published(sectors, horizon="long"), published(sectors, horizon="short")),
    )


def read_wiod_2016(
    path: str | Path,
    *,
    year: int,
    elasticities: Elasticities,
    elasticities_short: Elasticities,
    name: str = "",
) -> World:
    """Return the world of a table of the 2016 release, 44 economies by 56 industries.

    Parameters
    ----------
    path
        The table as `.dta`, `.csv` or `.parquet` with the publisher's columns: `IndustryCode`,
        `Country`, `RNr`, one column for each economy and number (`AUS1` or `vAUS1`; 1 to 56 are
        industries, 57 to 61 final uses) and `TOT`.
    year
        Year of the table.
    elasticities, elasticities_short
        Of 56 industries; `published` takes ISIC codes.

    Raises
    ------
    DataError
        When the columns are not these, or a row does not add up to its total.
    """
    frame = _read_frame(Path(path))
    missing = {"IndustryCode", "Country", "RNr", "TOT"} - set(frame.columns)
    if missing:
        raise DataError(f"{path}: no column {', '.join(sorted(missing))}")
    frame = frame[~frame["Country"].isin(_FACTOR_ROWS_2016)]
    frame = frame[frame["RNr"] <= _INDUSTRIES_2016]
    cells = [(c, re.fullmatch(r"v?([A-Za-z]{3})(\d+)", str(c))) for c in frame.columns]
    found = [(column, match[1], int(match[2])) for column, match in cells if match]
    codes = list(dict.fromkeys(frame["Country"]))
    if list(dict.fromkeys(economy for _, economy, _ in found)) != codes:
        raise DataError(f"{path}: the economies of rows and columns differ or are reordered")
    sectors = tuple(dict.fromkeys(frame["IndustryCode"]))
    industries = [column for column, _, number in found if number <= _INDUSTRIES_2016]
    uses = [column for column, _, number in found if number > _INDUSTRIES_2016]
    blocks = {
        "Z": frame[industries].to_numpy(np.float64),
        "F": frame[uses].to_numpy(np.float64),
        "output": frame["TOT"].to_numpy(np.float64),
    }
    goods = tuple(code for code in sectors if code[0] in "ABC")
    return _world(
        blocks,
        name=name or f"wiod2016-{year}",
        year=year,
        labels=(_iso(codes), sectors, goods),
        elasticities=(elasticities, elasticities_short),
    )


def _read_frame(path: Path) -> pd.DataFrame:
    import pandas as pd

    if not path.is_file():
        raise InputError(f"{path}: no such file")
    if path.suffix == ".dta":
        return pd.read_stata(path)
    if path.suffix == ".parquet":
        return read_parquet(path)
    if path.suffix == ".csv":
        return pd.read_csv(path, encoding="utf-8")
    raise InputError(f"{path}: give the table as .dta, .csv or .parquet (not {path.suffix})")


def _iso(codes: list[str]) -> tuple[str, ...]:
    return tuple(_CODES.get(code, code) for code in codes)


def _world(
    blocks: dict[str, Array],
    *,
    name: str,
    year: int,
    labels: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]],
    elasticities: tuple[Elasticities, Elasticities],
) -> World:
    economies, sectors, goods = labels
    count, output = len(economies), blocks["output"]
    uses = blocks["F"].reshape(output.size, count, -1)
    sales = blocks["Z"].sum(axis=1) + blocks["F"].sum(axis=1)
    given = {"name": name, "economies": economies, "sectors": sectors}
    refuse_gap(sales, output, given, tolerance=1e-6, slack=_ROUNDING)
    rounding = (
        f"Output is the sum of each row; it differs from the reported output by at most "
        f"{np.abs(sales - output).max():.1f} USD million "
        f"({np.abs(sales - output).sum() / output.sum():.3%} in all)."
    )
    transactions, final_use, stocks = without_stocks(
        blocks["Z"], uses[:, :, :-1].sum(axis=2), uses[:, :, -1], output
    )
    return from_table(
        transactions=transactions,
        final_use=final_use,
        output=transactions.sum(axis=1) + final_use.sum(axis=1),
        name=name,
        year=year,
        economies=economies,
        sectors=sectors,
        sector_titles=sectors,
        goods=goods,
        elasticities=elasticities[0],
        elasticities_short=elasticities[1],
        source=SOURCE,
        licence="WIOD: free to use with the citation.",
        notes=(rounding, stocks),
    )
