"""Other people's records as facts: exports of the Global Trade Alert, and plain timelines.

Each reader says how its source counts days. The Global Trade Alert gives the day on which a
measure was removed: the first on which it does not hold. A timeline's `date_end` and
`in_force_until` are last days.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from parley.errors import InputError
from parley.ledger._facts import Fact, cited_id
from parley.records import (
    Agreement,
    Commitment,
    DatedState,
    Measure,
    Rate,
    Record,
    Round,
    Scope,
    Source,
    Statement,
    When,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parley.records import MeasureKind

Json: TypeAlias = Any  # a JSON value

_KINDS: tuple[tuple[str, MeasureKind], ...] = (
    ("import tariff", "import_tariff"),
    ("import ban", "import_ban"),
    ("tariff-rate quota", "quota"),
    ("import quota", "quota"),
    ("export quota", "quota"),
    ("export licensing", "export_licence"),
    ("export ban", "export_control"),
    ("export", "export_control"),
    ("subsid", "subsidy"),
    ("grant", "subsidy"),
    ("sanction", "sanction"),
)


def global_trade_alert(text: str, name: str) -> tuple[Fact, ...]:
    """Return the interventions of an export of the Global Trade Alert's API (JSON) as measures.

    Raises
    ------
    InputError
        When it is no such export; the intervention is named.
    """
    try:
        content = json.loads(text)
    except ValueError as error:
        raise InputError(f"{name}: not JSON: {error}") from error
    found = content.get("results", content) if isinstance(content, dict) else content
    if not isinstance(found, list):
        raise InputError(f"{name}: no list of interventions")
    return tuple(_intervention(one, f"{name} number {at}") for at, one in enumerate(found, 1))


def _intervention(one: Json, where: str) -> Fact:
    imposers = [party["iso"] for party in one.get("implementing_jurisdictions") or ()]
    if not imposers or "intervention_id" not in one:
        raise InputError(f"{where}: an intervention needs its id and who implements it")
    groups = [group["name"] for group in one.get("implementing_jurisdiction_groups") or ()]
    imposer = "EUU" if "European Union" in groups else imposers[0]
    announced, implemented, removed = (
        _day(one.get(f"date_{name}"), where) for name in ("announced", "implemented", "removed")
    )
    measure = Measure(
        imposer=imposer,
        on_behalf=() if imposer == "EUU" else tuple(imposers[1:]),
        targets=tuple(party["iso"] for party in one.get("affected_jurisdictions") or ()),
        kind=_kind(str(one.get("intervention_type", ""))),
        scope=Scope(
            words=str(one.get("state_act_title", "")),
            hs=tuple(_code(product) for product in one.get("affected_products") or ()),
            hs_edition="HS2012",
        ),
        rate=_level(one),
        states=tuple(_lifetime(announced, implemented, removed)),
        instrument=str(one.get("intervention_type", "")),
        mast_chapter=str(one.get("mast_chapter") or ""),
    )
    published = _day(one.get("date_published"), where)
    address = str(one.get("intervention_url") or one.get("state_act_url") or "")
    source = Source(
        source_id=cited_id(address, published),
        address=address,
        publisher="Global Trade Alert",
        published=published,
        published_origin="stated" if published else "unknown",
        rank="other",
    )
    return Fact(
        entry_id=f"gta-{one['intervention_id']}",
        title=str(one.get("state_act_title", "")),
        record=measure,
        source=source,
        published=announced or published,
    )


def _kind(words: str) -> MeasureKind:
    return next((kind for part, kind in _KINDS if part in words.lower()), "other")


def _code(product: Json) -> str:
    code: Json = product["product_id"] if isinstance(product, dict) else product
    return f"{int(code):06d}"


def _level(one: Json) -> Rate:
    """Return the new level when all products share one that is in per cent."""
    levels = {
        (product.get("new_level"), product.get("unit"))
        for product in one.get("affected_products") or ()
        if isinstance(product, dict) and product.get("new_level") is not None
    }
    if len(levels) != 1:
        return Rate()
    level: Json
    level, unit = levels.pop()
    if "percent" not in str(unit).lower():
        return Rate()
    return Rate(kind="ad_valorem", ad_valorem=float(level) / 100, basis="total")


def _lifetime(
    announced: date | None, implemented: date | None, removed: date | None
) -> Iterator[DatedState]:
    if announced is not None and (implemented is None or announced < implemented):
        yield DatedState(state="announced", start=announced, end=implemented)
    if implemented is not None:
        yield DatedState(state="in_force", start=implemented, end=removed)
    if removed is not None:
        yield DatedState(state="expired", start=removed)


def _day(value: Json, where: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise InputError(f"{where}: {value!r} is no date") from error


# --------------------------------------------------------------------------- timelines

_NOWHERE = Source(address="")
_NEEDED = ("date", "kind", "what", "source")


def timeline(text: str, name: str, *, parties: tuple[str, str]) -> tuple[Fact, ...]:
    """Return the rows of a timeline in CSV as facts about two parties, one fact for each source.

    Needed are the columns `date`, `kind` (talks, agreement, promise, measure, measure_announced,
    or any other word for a statement), `what` and `source` (addresses separated by ``;``). Read
    besides: `id`, `date_end`, `side`, `place`, `instrument`, `rate`, `scope`, `in_force_from`,
    `in_force_until`. `side` is who acts: a party's code or its first two letters.

    Raises
    ------
    InputError
        When a column is missing or a date is none; the row is named.
    """
    rows = csv.DictReader(io.StringIO(text))
    missing = [column for column in _NEEDED if column not in (rows.fieldnames or ())]
    if missing:
        raise InputError(f"{name}: a timeline needs the columns {', '.join(missing)}")
    found: list[Fact] = []
    for number, row in enumerate(rows, 2):
        where = f"{name} line {number}"
        day = _day(row["date"], where)
        if day is None:
            raise InputError(f"{where}: no date")
        about = Fact(
            entry_id=f"timeline-{row.get('id') or number}",
            title=row["what"],
            record=_of_row(row, day, parties, where),
            source=_NOWHERE,
            published=day,
        )
        for address in filter(None, (part.strip() for part in row["source"].split(";"))):
            source = Source(source_id=cited_id(address), address=address)
            found.append(replace(about, source=source))
    return tuple(found)


def _of_row(row: Mapping[str, str], day: date, parties: tuple[str, str], where: str) -> Record:
    last = _day(row.get("date_end"), where) or day
    when = When(start=day, end=last + timedelta(days=1))
    sides = _sides(row.get("side", ""), parties)
    others = tuple(party for party in parties if party not in sides)
    match row["kind"]:
        case "talks":
            return Round(
                parties=parties, place=row.get("place", ""), when=when, outcome=row["what"]
            )
        case "agreement":
            return Agreement(parties=parties, concluded=when, content=row["what"])
        case "promise":
            return Commitment(made_by=sides, made_to=others, action=row["what"])
        case "measure" | "measure_announced" | "measure_change":
            return Measure(
                imposer=sides[0],
                targets=others,
                kind="other",
                scope=Scope(words=row.get("scope", "")),
                rate=_rate(row.get("rate", "")),
                legal_basis=row.get("instrument", ""),
                states=tuple(_states(row, day, where)),
            )
        case _:
            return Statement(speaker=row.get("side", ""), gist=row["what"], said=when)


def _sides(words: str, parties: tuple[str, str]) -> tuple[str, ...]:
    named = re.split(r"[/,; ]+", words.upper())
    found = tuple(party for party in parties if party in named or party[:2] in named)
    return found or parties


def _rate(words: str) -> Rate:
    if re.fullmatch(r"\d+(\.\d+)?\s*%", words.strip()):
        return Rate(
            kind="ad_valorem", ad_valorem=float(words.strip(" %")) / 100, basis="additional"
        )
    return Rate(words=words)


def _states(row: Mapping[str, str], day: date, where: str) -> Iterator[DatedState]:
    start = _day(row.get("in_force_from"), where)
    last = _day(row.get("in_force_until"), where)
    end = last + timedelta(days=1) if last else None
    if start is None or day < start:
        yield DatedState(state="announced", start=day, end=start)
    if start is not None:
        yield DatedState(state="in_force", start=start, end=end)
