import sys
from pathlib import Path

import pytest

from parley import vocabulary
from parley.errors import InputError


def test_added_place_is_found(tmp_path: Path) -> None:
    vocabulary.add("places", {"place": "Lillehammer", "party": "NOR"}, home=tmp_path)
    (place,) = vocabulary.load(tmp_path).find("They met in Lillehammer.")
    assert (place.kind, place.party) == ("place", "NOR")
    assert vocabulary.load().find("They met in Lillehammer.") == ()


def test_added_person_speaks_for_a_party(tmp_path: Path) -> None:
    person = {"person": "Ola Nordmo", "surname": "Nordmo"}
    vocabulary.add("persons", person, home=tmp_path)
    office = {"person": "Ola Nordmo", "office": "Trade Minister", "role": "trade", "party": "NOR"}
    vocabulary.add("offices", {**office, "from": "2024-05"}, home=tmp_path)
    (minister,) = vocabulary.load(tmp_path).find("Ola Nordmo said")
    assert (minister.party, minister.office) == ("NOR", "Trade Minister")


def test_row_of_the_same_key_is_replaced(tmp_path: Path) -> None:
    for party in ("NOR", "SWE"):
        vocabulary.add("places", {"place": "Lillehammer", "party": party}, home=tmp_path)
    rows = [r for r in vocabulary.table("places", tmp_path) if r["place"] == "Lillehammer"]
    assert [row["party"] for row in rows] == ["SWE"]


def test_shipped_row_of_the_same_key_gives_way(tmp_path: Path) -> None:
    vocabulary.add("products", {"product": "soybeans", "words": "soy beans"}, home=tmp_path)
    assert vocabulary.load(tmp_path).find("soybeans") == ()


def test_added_row_says_that_it_is_the_users(tmp_path: Path) -> None:
    vocabulary.add("places", {"place": "Lillehammer", "party": "NOR"}, home=tmp_path)
    assert vocabulary.table("places", tmp_path)[-1]["source"] == "user"


@pytest.mark.parametrize(
    ("table", "cells", "words"),
    [
        ("towns", {}, "no table 'towns'"),
        ("places", {"town": "Lillehammer"}, "no column town"),
        ("places", {"party": "NOR"}, "place is empty"),
        ("places", {"place": "Lillehammer", "party": "NRW"}, "'NRW' is not in parties.csv"),
        ("offices", {"person": "Ola Nordmo"}, "'Ola Nordmo' is not in persons.csv"),
        ("parties", {"code": "NRW", "name": "X", "kind": "land"}, "kind is 'land'"),
        ("products", {"product": "skis"}, "skis has no words"),
        (
            "members",
            {"group": "EFTA", "member": "PER", "from": "2020-13"},
            "2020-13",
        ),
        (
            "members",
            {"group": "EFTA", "member": "PER", "from": "2020", "until": "2010"},
            "before it begins",
        ),
    ],
)
def test_row_that_would_not_load_is_refused(
    tmp_path: Path, table: str, cells: dict[str, str], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        vocabulary.add(table, cells, home=tmp_path)
    assert not (tmp_path / "vocabulary").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_users_file_is_for_the_user_alone(tmp_path: Path) -> None:
    path = vocabulary.add("places", {"place": "Lillehammer", "party": "NOR"}, home=tmp_path)
    assert path.stat().st_mode & 0o077 == 0
