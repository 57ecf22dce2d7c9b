"""What must hold between the tables of the vocabulary, before anything is built from them."""

from __future__ import annotations

from typing import TypeAlias, get_args

from parley.errors import InputError
from parley.vocabulary._tables import COLUMNS, PartyKind, parse_day

#: A row with the file and line where it stands.
Row: TypeAlias = "tuple[str, dict[str, str]]"

_CHOICES = {
    ("parties", "kind"): get_args(PartyKind),
    ("parties", "caution"): ("", "given name"),
    ("persons", "bare"): ("", "yes", "no"),
}
_REQUIRED = {"product": "words", "channel": "words"}


def check(tables: dict[str, list[Row]]) -> None:
    """Hold every row of `tables` to the rules.

    Raises
    ------
    InputError
        When a row has an empty key, a word that its column does not take, a wrong date, or names
        a party, person or source that stands in no table; file and line are named.
    """
    known = {
        "party": {row["code"] for _, row in tables["parties"]},
        "member": {row["code"] for _, row in tables["parties"]},
        "group": {row["code"] for _, row in tables["parties"]},
        "person": {row["person"] for _, row in tables["persons"]},
        "source": {row["key"] for _, row in tables["sources"]},
    }
    home = {"party": "parties", "member": "parties", "group": "parties", "person": "persons"}
    for table, rows in tables.items():
        for where, row in rows:
            _check_cells(table, where, row)
            for column, names in known.items():
                cell = row.get(column, "")
                if cell and cell not in names:
                    raise InputError(
                        f"{where}: {column} {cell!r} is not in {home.get(column, 'sources')}.csv; "
                        "add a row there, or correct this one"
                    )


def _check_cells(table: str, where: str, row: dict[str, str]) -> None:
    first = COLUMNS[table][0]
    if not row[first].strip():
        raise InputError(f"{where}: {first} is empty")
    needed = _REQUIRED.get(first)
    if needed and not row[needed].strip():
        raise InputError(f"{where}: {row[first]} has no {needed}, so that nothing would match it")
    for column, cell in row.items():
        choices = _CHOICES.get((table, column))
        if choices is not None and cell not in choices:
            listed = ", ".join(repr(choice) for choice in choices)
            raise InputError(f"{where}: {column} is {cell!r}; it takes {listed}")
    if "from" in row:
        start = parse_day(row["from"], last=False, where=where)
        end = parse_day(row["until"], last=True, where=where)
        if start and end and end <= start:
            raise InputError(f"{where}: ends ({row['until']}) before it begins ({row['from']})")
