"""Build the vocabulary from the shipped tables and the user's."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, cast

from parley.vocabulary._checks import Row, check
from parley.vocabulary._lexicon import Lexicon, fold
from parley.vocabulary._mentions import Mention, MentionKind
from parley.vocabulary._people import People, Title
from parley.vocabulary._tables import (
    COLUMNS,
    Holding,
    Membership,
    PartyKind,
    PartyRow,
    Person,
    merged,
    parse_day,
    words_of,
)
from parley.vocabulary._vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Literal


def load(home: Path | None = None) -> Vocabulary:
    """Return the shipped vocabulary with the user's additions in ``home/vocabulary`` in front.

    Parameters
    ----------
    home
        The user's data folder; None reads the shipped tables alone.

    Raises
    ------
    InputError
        When a file has wrong columns, a wrong date, or names a source or person that is nowhere.
    """
    return _load(None if home is None else home / "vocabulary")


def forget() -> None:
    """Drop what was loaded, after a user's file has changed."""
    _load.cache_clear()


@cache
def _load(folder: Path | None) -> Vocabulary:
    tables = {table: merged(table, folder) for table in COLUMNS}
    check(tables)
    parties = tuple(_party(row) for _, row in tables["parties"])
    persons = tuple(_person(row) for _, row in tables["persons"])
    holdings = tuple(_holding(row, where) for where, row in tables["offices"])
    titles = [
        Title(words=row["title"], role=row["role"], party=row["party"])
        for _, row in tables["titles"]
    ]
    phrases = [*_other_phrases(tables), *_party_phrases(parties)]
    return Vocabulary(
        parties=parties,
        persons=persons,
        holdings=holdings,
        memberships=tuple(_membership(row, where) for where, row in tables["members"]),
        _codes=_codes(parties),
        _things=Lexicon((p for p in phrases if not p[0].islower()), cased=True),
        _words=Lexicon((p for p in phrases if p[0].islower()), cased=False),
        _cautious=frozenset(row.code for row in parties if row.caution),
        _people=People(persons, holdings, titles),
    )


def _party(row: dict[str, str]) -> PartyRow:
    return PartyRow(
        code=row["code"],
        alpha2=row["alpha2"],
        name=row["name"],
        kind=cast("PartyKind", row["kind"]),
        names=words_of(row["names"]),
        demonyms=words_of(row["demonyms"]),
        capital=row["capital"],
        metonyms=words_of(row["metonyms"]),
        caution=row["caution"],
        source=row["source"],
    )


def _person(row: dict[str, str]) -> Person:
    return Person(
        name=row["person"],
        surname=row["surname"],
        bare=cast('Literal["yes", "no", ""]', row["bare"]),
        aliases=words_of(row["aliases"]),
        source=row["source"],
    )


def _holding(row: dict[str, str], where: str) -> Holding:
    return Holding(
        person=row["person"],
        office=row["office"],
        role=row["role"],
        party=row["party"],
        start=parse_day(row["from"], last=False, where=where),
        end=parse_day(row["until"], last=True, where=where),
        source=row["source"],
    )


def _membership(row: dict[str, str], where: str) -> Membership:
    return Membership(
        group=row["group"],
        member=row["member"],
        start=parse_day(row["from"], last=False, where=where),
        end=parse_day(row["until"], last=True, where=where),
        source=row["source"],
    )


def _codes(parties: tuple[PartyRow, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in parties:
        for name in (row.code, row.alpha2, row.name, *row.names, *row.demonyms):
            if name:
                found.setdefault(fold(name).casefold().removeprefix("the "), row.code)
    return found


def _party_phrases(parties: tuple[PartyRow, ...]) -> Iterator[tuple[str, Mention]]:
    for row in parties:
        if row.kind == "world":
            continue
        spoken: list[tuple[MentionKind, tuple[str, ...]]] = [
            ("metonym", row.metonyms),
            ("capital", (row.capital,) if row.capital else ()),
            ("demonym", tuple(_plurals(row.demonyms))),
            ("party", (row.name, *row.names)),
        ]
        for kind, phrases in spoken:
            for phrase in phrases:
                yield phrase, Mention(start=0, end=0, kind=kind, name=row.name, party=row.code)


def _plurals(demonyms: tuple[str, ...]) -> Iterator[str]:
    for demonym in demonyms:
        yield demonym
        if demonym[-1] in "aikntbcdo" or demonym.endswith(("er", "ne", "le", "de")):
            yield demonym + "s"


def _other_phrases(tables: dict[str, list[Row]]) -> Iterator[tuple[str, Mention]]:
    """Yield the phrases of every table but parties, with what each stands for.

    A shadow stands for nothing: it only keeps a shorter phrase inside it from being found.
    """
    for _, row in tables["shadows"]:
        yield row["phrase"], _blank("place", "")
    for _, row in tables["places"]:
        yield row["place"], _blank("place", row["place"], row["party"])
    for _, row in tables["bodies"]:
        yield from _called(row["body"], row["names"], _blank("body", row["body"], row["party"]))
    for _, row in tables["agencies"]:
        yield from _called(row["agency"], row["names"], _blank("agency", row["agency"]))
    for _, row in tables["channels"]:
        yield from _called("", row["words"], _blank("channel", row["channel"]))
    for _, row in tables["products"]:
        product = _blank("product", row["product"])
        product = replace(product, hs=words_of(row["hs"]), hs_edition=row["edition"])
        yield from _called("", row["words"], product)


def _called(name: str, others: str, thing: Mention) -> Iterator[tuple[str, Mention]]:
    for phrase in (name, *words_of(others)):
        if phrase:
            yield phrase, thing


def _blank(kind: MentionKind, name: str, party: str = "") -> Mention:
    return Mention(start=0, end=0, kind=kind, name=name, party=party)
