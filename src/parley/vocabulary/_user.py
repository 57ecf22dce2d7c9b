"""A user's own rows: CSV files of the same columns in the data folder, which win."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from pathlib import Path

from parley.errors import InputError
from parley.vocabulary._load import forget, load
from parley.vocabulary._tables import COLUMNS, KEYS, merged, rows

FOLDER = "vocabulary"
SOURCE = "user"


def table(name: str, home: Path | None = None) -> tuple[dict[str, str], ...]:
    """Return the rows of one table, the user's in place of shipped ones of the same key.

    Raises
    ------
    InputError
        When there is no such table.
    """
    _known(name)
    return tuple(row for _, row in merged(name, None if home is None else home / FOLDER))


def add(name: str, cells: dict[str, str], *, home: Path) -> Path:
    """Write a row to the user's table and return its file; a row of the same key is replaced.

    Parameters
    ----------
    name
        The table: "parties", "offices", "bodies" and so on.
    cells
        Values by column; those left out are empty, `source` is "user" unless it is given.
    home
        The user's data folder.

    Raises
    ------
    InputError
        When the table or a column is unknown, or the vocabulary would not load with the row; then
        nothing is written.
    """
    _known(name)
    columns = COLUMNS[name]
    unknown = sorted(set(cells) - set(columns))
    if unknown:
        raise InputError(
            f"{name} has no column {', '.join(unknown)}; its columns are {', '.join(columns)}"
        )
    row = {column: cells.get(column, "").strip() for column in columns}
    if "source" in row:
        row["source"] = row["source"] or SOURCE
    folder = home / FOLDER
    own = [kept for _, kept in rows(name, folder) if _key(name, kept) != _key(name, row)]
    text = _csv(columns, [*own, row])
    _try(folder, name, text)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{name}.csv"
    path.touch(mode=0o600, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    forget()
    return path


def _known(name: str) -> None:
    if name not in COLUMNS:
        raise InputError(f"there is no table {name!r}; the tables are {', '.join(COLUMNS)}")


def _key(name: str, row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row.values())[: KEYS[name]]


def _csv(columns: tuple[str, ...], own: list[dict[str, str]]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(own)
    return stream.getvalue()


def _try(folder: Path, name: str, text: str) -> None:
    """Load the vocabulary with the new text of one table, beside the user's other tables."""
    with tempfile.TemporaryDirectory() as home:
        trial = Path(home, FOLDER)
        if folder.is_dir():
            shutil.copytree(folder, trial)
        trial.mkdir(exist_ok=True)
        Path(trial, f"{name}.csv").write_text(text, encoding="utf-8", newline="")
        try:
            load(Path(home))
        except InputError as error:
            raise InputError(str(error).replace(str(trial), str(folder))) from error
