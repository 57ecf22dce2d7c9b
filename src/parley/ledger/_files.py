"""Files that the ledger writes and reads, by their ending."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from parley.errors import InputError
from parley.records import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from parley.ledger._claims import Subject
    from parley.ledger._database import Database
    from parley.ledger._ledger import Ledger

_YEAR = 366  # days that a calendar of expiries looks ahead


def line_schema() -> dict[str, Any]:  # Any: a JSON value
    """Return the JSON Schema (2020-12) of one line of an exported ledger."""
    from parley.ledger._exchange import FORMAT, Line

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"One line of {FORMAT}",
        **schema(Line),
    }


def write(
    ledger: Ledger, out: Path, found: Iterable[Subject], database: Database | None, *, on: date
) -> None:
    """Write the entries in the format of the file's ending.

    Raises
    ------
    InputError
        When the ending is not known, or the folder of the file does not exist.
    """
    if not out.parent.is_dir():
        raise InputError(f"{out}: there is no folder {out.parent}; make it, or name another file")
    match out.suffix:
        case ".jsonl":
            from parley.ledger._exchange import lines

            _write_text(
                out,
                "".join(
                    json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n"
                    for line in lines(found, database)
                ),
            )
        case ".csv" | ".parquet":
            from parley.ledger._tables import write_csv, write_parquet

            (write_csv if out.suffix == ".csv" else write_parquet)(found, out)
        case ".jsonld":
            from parley.ledger._linked import document

            _write_text(out, json.dumps(document(found), ensure_ascii=False, indent=1) + "\n")
        case ".ics":
            from parley.ledger._calendar import calendar

            _write_text(out, calendar(ledger.expiring(on=on, within=_YEAR)))
        case _:
            raise InputError(f"{out}: end the name with .jsonl, .csv, .parquet, .jsonld or .ics")


def _write_text(out: Path, text: str) -> None:
    with out.open("w", encoding="utf-8", newline="") as file:
        file.write(text)


def read(file: Path, database: Database, *, by: str, between: Sequence[str] | None) -> int:
    """Take in a file by its ending and return how much of it was new."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError(f"there is no file {file}") from error
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: is no UTF-8 text: {error}") from error
    from parley.ledger import _imports
    from parley.ledger._exchange import take_in
    from parley.ledger._writing import record_fact

    match file.suffix:
        case ".jsonl":
            with database.writing("import", agent=by, note=file.name) as activity:
                return take_in(activity, text, file.name)
        case ".json":
            facts = _imports.global_trade_alert(text, file.name)
        case ".csv":
            if between is None or len(between) != 2:
                raise InputError(f"{file}: name the two parties of a timeline: --between USA,CHN")
            facts = _imports.timeline(text, file.name, parties=(between[0], between[1]))
        case _:
            raise InputError(f"{file}: can take in .jsonl, .json and .csv")
    with database.writing("import", agent=by, note=file.name) as activity:
        return sum(record_fact(activity, fact)[1] for fact in facts)
