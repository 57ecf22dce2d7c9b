"""Facts on their way into the ledger: a record with its source, from JSON or from answers."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import MISSING, dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, get_args, get_origin, get_type_hints

from parley.errors import InputError
from parley.ledger._claims import BY_NAME
from parley.records import Rate, Record, Scope, Source, Span, When, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Value: TypeAlias = Any  # a JSON value


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One record as one source states it, ready to be recorded.

    `entry_id` names the entry that it belongs to; a new one is made when it is empty. `act` is
    the order or notice that sets it, signed on `acted`.
    """

    record: Record
    source: Source
    entry_id: str = ""
    title: str = ""
    published: date | None = None  # first day on which it could be known
    act: str = ""
    acted: date | None = None
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field of a record to ask a person for, and how to read the answer as JSON."""

    field: str
    words: str
    read: Callable[[str], Value]


def facts(file: str | Path) -> tuple[Fact, ...]:
    """Return the facts in a file of JSON Lines, or on standard input for ``-``.

    Raises
    ------
    InputError
        When a line is no fact; the line is named.
    """
    text = sys.stdin.read() if str(file) == "-" else _read(Path(file))
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(fact_of(json.loads(line)))
        except (ValueError, InputError) as error:
            raise InputError(f"{file} line {number}: {error}") from error
    return tuple(found)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is no UTF-8 text: {error}") from error


def fact_of(value: Mapping[str, Value]) -> Fact:
    """Return the fact that a JSON object describes.

    Examples
    --------
    >>> made = fact_of({"record": {"type": "round", "parties": ["CHN", "USA"]},
    ...                 "source": {"address": "https://example.org"}, "published": "2025-06-09"})
    >>> made.record.parties
    ('CHN', 'USA')
    """
    content = dict(value)
    record, source = dict(content.pop("record", {})), dict(content.pop("source", {}))
    kind = record.get("type")
    if kind not in BY_NAME:
        raise InputError(f"{kind!r} is no kind of record; choose from {', '.join(BY_NAME)}")
    if not source.get("address"):
        raise InputError("a fact needs a source with its address")
    source.setdefault("source_id", cited_id(source["address"], source.get("published")))
    return decode(
        Fact,
        {**content, "record": decode(BY_NAME[kind], record), "source": decode(Source, source)},
    )


def cited_id(address: str, published: object = None) -> str:
    """Return the id of a source that is cited, not captured."""
    return hashlib.sha256(f"{address}\n{published or ''}".encode()).hexdigest()[:24]


def questions_for(kind: str) -> tuple[Question, ...]:
    """Return what to ask for a record of a kind, needed fields first.

    Raises
    ------
    InputError
        When there is no such kind.
    """
    if kind not in BY_NAME:
        raise InputError(f"{kind!r} is no kind of record; choose from {', '.join(BY_NAME)}")
    hints = get_type_hints(BY_NAME[kind])
    asked = []
    for field in fields(BY_NAME[kind]):
        reader = _reader(hints[field.name])
        if field.name == "type" or reader is None:
            continue
        needed = field.default is MISSING and field.default_factory is MISSING
        words = f"{field.name.replace('_', ' ')}{reader[0]}{' (needed)' if needed else ''}"
        asked.append((not needed, Question(field=field.name, words=words, read=reader[1])))
    return tuple(question for _, question in sorted(asked, key=lambda pair: pair[0]))


def _reader(hint: Any) -> tuple[str, Callable[[str], Value]] | None:  # noqa: ANN401 - any type
    """Return what to say about a field of that type and how to read an answer."""
    if hint is str:
        return "", str
    if hint in (float, float | None):
        return ", a number", float
    if hint is When:
        return ", a date or two dates (first and last day)", _when
    if hint is Scope:
        return ", in words", lambda answer: {"words": answer}
    if hint is Rate:
        return ", in per cent added to other duties", _rate
    if get_origin(hint) is tuple and get_args(hint)[0] is str:
        return ", separated by commas", lambda answer: [one.strip() for one in answer.split(",")]
    options = [one for one in get_args(hint) if isinstance(one, str)]
    return (f", one of {', '.join(options)}", str) if options else None


def _when(answer: str) -> Value:
    from datetime import timedelta

    try:
        days = [date.fromisoformat(word) for word in answer.split()]
    except ValueError:
        return {"phrase": answer}
    return {"start": str(days[0]), "end": str(days[-1] + timedelta(days=1))}


def _rate(answer: str) -> Value:
    points = float(answer.rstrip("% ")) / 100
    return {"kind": "ad_valorem", "ad_valorem": points, "basis": "additional"}
