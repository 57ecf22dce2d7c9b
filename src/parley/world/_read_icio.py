"""Read OECD inter-country input-output tables as they are published (CSV)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import DataError, InputError
from parley.world._mrio import from_table, refuse_gap, without_stocks
from parley.world._published import published

if TYPE_CHECKING:
    import pandas as pd

    from parley.typing import Array
    from parley.world._world import World

# Names that changed between the editions of 2021, 2023 and 2025.
_TOTALS = {"TOTAL", "OUT", "OUTPUT"}
_FACTORS = {"VALU", "VA", "TLS", "TAXSUB"}
_USES = {"HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR", "P33", "NONRES", "DISC"}
_STOCKS = {"INVNT", "DISC"}
_PARTS = {"CN": "CHN", "MX": "MEX"}  # CN1, CN2, MX1, MX2 of the extended tables
_DIVISIONS = "A3 B9 C33 D35 E39 F43 G47 H53 I56 J63 K66 L68 M75 N82 O84 P85 Q88 R93 S96 T98"
_GOODS = ("A", "B", "C")
SOURCE = "OECD (2025, 2023 or 2021), OECD Inter-Country Input-Output Tables, http://oe.cd/icio"
LICENCE = "OECD Terms and Conditions, section 3 (Data): any purpose, with credit to the OECD."


def read_icio(path: str | Path, *, year: int, name: str = "", source: str = SOURCE) -> World:
    """Return the world of an OECD ICIO table in CSV, as published.

    Reads the editions of 2021 (`TOTAL`, `VALU`, sectors `01T02`), 2023 and 2025 (`OUT`, `VA`,
    `TLS`, sectors `A01_02`), small and extended; the parts of China and Mexico in the extended
    tables are added up. Changes in stocks are left out (`without_stocks`), which the notes count.
    Base duties are zero and not known: give them with `read_duties`.

    Raises
    ------
    InputError
        When the file is missing.
    DataError
        When a row or column is neither an industry, a final use, a factor nor a total, when
        a row does not add up to its output, or when value added does not fit; it says by how
        much.
    """
    import pandas as pd

    path = Path(path)
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    table = pd.read_csv(path, index_col=0, encoding="utf-8").fillna(0.0)
    rows = [_split(str(label)) for label in table.index]
    columns = [_split(str(label)) for label in table.columns]
    nodes = list(dict.fromkeys(row for row in rows if row is not None and _industry(row)))
    economies = tuple(sorted({node[0] for node in nodes}, key=lambda code: (code == "ROW", code)))
    sectors = tuple(dict.fromkeys(node[1] for node in nodes))
    _check_labels(path, table, (rows, columns), set(nodes))
    blocks = _blocks(table, (rows, columns), economies, sectors)
    name = name or path.stem
    sales = blocks["transactions"].sum(axis=1) + blocks["final"].sum(axis=1)
    given = {"name": name, "economies": economies, "sectors": sectors}
    refuse_gap(
        sales + blocks["stocks"].sum(axis=1), blocks["output"], given, tolerance=1e-5, slack=0.01
    )
    transactions, final_use, stocks = without_stocks(
        blocks["transactions"], blocks["final"], blocks["stocks"], blocks["output"]
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
        goods=tuple(sector for sector in sectors if sector[0] in _GOODS),
        elasticities=published(sectors, horizon="long"),
        elasticities_short=published(sectors, horizon="short"),
        source=source,
        licence=LICENCE,
        notes=(stocks,),
    )


def _split(label: str) -> tuple[str, str] | None:
    """Return (economy, code) of a label, or None for one without an economy."""
    economy, _, code = label.partition("_")
    economy = _PARTS.get(re.sub(r"\d$", "", economy), economy)
    if not code or not re.fullmatch("[A-Z]{3}", economy) or economy in _TOTALS | _FACTORS:
        return None
    return economy, code if code in _USES | _FACTORS | _TOTALS else _with_section(code)


def _with_section(code: str) -> str:
    """Return the activity with its section: "01T02" of the edition of 2021 is "A01T02"."""
    if not code[0].isdigit():
        return code
    division = int(code[:2])
    return next(part[0] for part in _DIVISIONS.split() if division <= int(part[1:])) + code


def _industry(label: tuple[str, str]) -> bool:
    return label[1] not in _USES | _FACTORS | _TOTALS


def _check_labels(
    path: Path,
    table: pd.DataFrame,
    labels: tuple[list[tuple[str, str] | None], list[tuple[str, str] | None]],
    nodes: set[tuple[str, str]],
) -> None:
    rows, columns = labels
    for text, row in zip(table.index, rows, strict=True):
        if row is None and text not in _FACTORS | _TOTALS:
            raise DataError(f"{path}: row {text!r} is no industry, factor or total")
    for text, column in zip(table.columns, columns, strict=True):
        known = (
            text in _TOTALS | _USES if column is None else column in nodes or not _industry(column)
        )
        if not known:
            raise DataError(f"{path}: column {text!r} is no industry, final use or total")
    missing = nodes - {column for column in columns if column is not None}
    if missing:
        raise DataError(f"{path}: industry {' '.join(sorted(missing)[0])} has a row but no column")


def _blocks(
    table: pd.DataFrame,
    labels: tuple[list[tuple[str, str] | None], list[tuple[str, str] | None]],
    economies: tuple[str, ...],
    sectors: tuple[str, ...],
) -> dict[str, Array]:
    rows, columns = labels
    values = table.to_numpy(dtype=np.float64)
    count, width = len(economies), len(sectors)
    at_economy = {code: place for place, code in enumerate(economies)}
    at_sector = {code: place for place, code in enumerate(sectors)}

    def place(label: tuple[str, str]) -> int:
        return at_economy[label[0]] * width + at_sector[label[1]]

    node_rows = [(at, place(row)) for at, row in enumerate(rows) if row and _industry(row)]
    node_columns = [(at, place(c)) for at, c in enumerate(columns) if c and _industry(c)]
    uses = [(at, c) for at, c in enumerate(columns) if c and c[1] in _USES]
    totals = [at for at, label in enumerate(table.columns) if label in _TOTALS]
    if not totals:
        raise DataError(f"the table has no column of totals ({', '.join(sorted(_TOTALS))})")
    from_rows, to_rows = map(list, zip(*node_rows, strict=True))
    from_columns, to_columns = map(list, zip(*node_columns, strict=True))
    transactions = np.zeros((count * width, count * width))
    np.add.at(transactions, np.ix_(to_rows, to_columns), values[np.ix_(from_rows, from_columns)])
    final, stocks = np.zeros((count * width, count)), np.zeros((count * width, count))
    for at, (economy, use) in uses:
        block = stocks if use in _STOCKS else final
        np.add.at(block[:, at_economy[economy]], to_rows, values[from_rows, at])
    output = np.zeros(count * width)
    np.add.at(output, to_rows, values[from_rows, totals[0]])
    return {"transactions": transactions, "final": final, "stocks": stocks, "output": output}
