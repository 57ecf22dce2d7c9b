"""The rows of the vocabulary and the CSV files that hold them."""

from __future__ import annotations

import calendar
import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from typing import TYPE_CHECKING, Literal, TypeAlias

from parley.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PartyKind: TypeAlias = Literal["state", "territory", "union", "bloc", "agreement", "world"]

#: Columns of each table; the first `KEYS[table]` of them identify a row.
COLUMNS: dict[str, tuple[str, ...]] = {
    "parties": (
        "code",
        "alpha2",
        "name",
        "kind",
        "names",
        "demonyms",
        "capital",
        "metonyms",
        "caution",
        "source",
    ),
    "persons": ("person", "surname", "bare", "aliases", "source"),
    "offices": ("person", "office", "role", "party", "from", "until", "source"),
    "titles": ("title", "role", "party", "source"),
    "members": ("group", "member", "from", "until", "source"),
    "bodies": ("body", "names", "party", "kind", "source"),
    "products": ("product", "words", "hs", "edition", "source"),
    "channels": ("channel", "words", "source"),
    "agencies": ("agency", "names", "kind", "source"),
    "places": ("place", "party", "source"),
    "shadows": ("phrase", "source"),
    "sources": ("key", "title", "licence", "address"),
}
KEYS = dict.fromkeys(COLUMNS, 1) | {"offices": 5, "members": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """A party: a state, a territory, the EU, a bloc, or an agreement named like one."""

    code: str  # ISO 3166 alpha-3, EUU, or the bloc's own name
    alpha2: str
    name: str
    kind: PartyKind
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str
    metonyms: tuple[str, ...]
    caution: str  # "given name": the name is also a person's
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person who spoke or acted for a party."""

    name: str
    surname: str
    bare: Literal["yes", "no", ""]  # may the surname stand alone: always, only with a title, once
    aliases: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One term of a person in an office, from `start` until before `end`."""

    person: str
    office: str
    role: str
    party: str
    start: date | None
    end: date | None
    source: str

    def holds(self, on: date | None) -> bool:
        """Whether the term covers `on`; a day that is not known is covered by every term."""
        if on is None:
            return True
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A member of a union, bloc or agreement, from `start` until before `end`."""

    group: str
    member: str
    start: date | None
    end: date | None
    source: str

    def holds(self, on: date | None) -> bool:
        """Whether `member` belongs on that day; without a day, whether it belongs at the end."""
        if on is None:
            return self.end is None
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


def parse_day(words: str, *, last: bool, where: str) -> date | None:
    """Return the day that ``2013``, ``2013-03`` or ``2013-03-15`` names; None when empty.

    Parameters
    ----------
    last
        Take the first day after a year or month (an exclusive end) instead of its first day.
    where
        File and line for the error message.

    Raises
    ------
    InputError
        When `words` is no such date.

    Examples
    --------
    >>> parse_day("2013-03", last=True, where="x")
    datetime.date(2013, 4, 1)
    """
    if not words:
        return None
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", words)
    if found is None:
        raise InputError(f"{where}: date {words!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if day is not None:
            return date(year or 0, month or 0, day)
        first = date(year or 0, month or 1, 1)
    except ValueError as error:
        raise InputError(f"{where}: date {words!r} does not exist") from error
    if not last:
        return first
    days = calendar.monthrange(first.year, first.month)[1] if month else 365
    if not month:
        return date(first.year + 1, 1, 1)
    return first + timedelta(days=days)


def rows(table: str, folder: Path | None = None) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (file and line, row) of a table: as shipped, or from a user's `folder`.

    Raises
    ------
    InputError
        When the header or a row does not have the table's columns.
    """
    if folder is None:
        source = resources.files("parley.vocabulary") / "data" / f"{table}.csv"
        name, text = f"{table}.csv", source.read_text(encoding="utf-8")
    else:
        path = folder / f"{table}.csv"
        if not path.is_file():
            return
        name, text = str(path), path.read_text(encoding="utf-8")
    reader = csv.reader(text.splitlines())
    columns = COLUMNS[table]
    header = tuple(next(reader, ()))
    if header != columns:
        raise InputError(f"{name}: columns are {','.join(header)}; write {','.join(columns)}")
    for cells in reader:
        if not cells:
            continue
        if len(cells) != len(columns):
            raise InputError(
                f"{name} line {reader.line_num}: {len(cells)} cells, but {len(columns)} columns"
            )
        yield f"{name} line {reader.line_num}", dict(zip(columns, cells, strict=True))


def merged(table: str, folder: Path | None) -> list[tuple[str, dict[str, str]]]:
    """Return a table with the user's rows in place of shipped rows of the same key."""
    key = KEYS[table]
    found: dict[tuple[str, ...], tuple[str, dict[str, str]]] = {}
    for where, row in rows(table):
        found[tuple(row.values())[:key]] = (where, row)
    if folder is not None:
        for where, row in rows(table, folder):
            found[tuple(row.values())[:key]] = (where, row)
    return list(found.values())


def words_of(cell: str) -> tuple[str, ...]:
    """Return the phrases of a cell, which a vertical bar separates."""
    return tuple(phrase.strip() for phrase in cell.split("|") if phrase.strip())
