from datetime import date
from pathlib import Path

import pytest

from parley import vocabulary
from parley.errors import InputError
from parley.vocabulary._tables import COLUMNS, parse_day, rows

VOCABULARY = vocabulary.load()


@pytest.mark.parametrize("table", [table for table in COLUMNS if table != "sources"])
def test_every_row_names_a_source_that_is_listed(table: str) -> None:
    keys = {row["key"] for _, row in rows("sources")}
    assert {row["source"] for _, row in rows(table)} <= keys


def overlap(one: vocabulary.Holding, other: vocabulary.Holding) -> int:
    """Days on which both terms run; a month or year that is not known to the day may be shared."""
    start = max(one.start or date.min, other.start or date.min)
    return (min(one.end or date.max, other.end or date.max) - start).days


def test_no_person_holds_the_same_role_twice_at_once() -> None:
    clashes = [
        (one.person, one.office, other.office)
        for index, one in enumerate(VOCABULARY.holdings)
        for other in VOCABULARY.holdings[index + 1 :]
        if (one.person, one.party, one.role) == (other.person, other.party, other.role)
        and overlap(one, other) > 31
    ]
    assert clashes == []


@pytest.mark.parametrize("role", ["head of state", "head of government"])
def test_no_party_has_two_heads_on_a_day(role: str) -> None:
    heads = [
        h
        for h in VOCABULARY.holdings
        if h.role == role and not h.office.startswith(("Acting", "General", "Crown"))
    ]
    clashes = [
        (one.person, other.person)
        for index, one in enumerate(heads)
        for other in heads[index + 1 :]
        if one.party == other.party and overlap(one, other) > 0
    ]
    assert clashes == []


def test_terms_end_after_they_begin() -> None:
    assert all(h.start < h.end for h in VOCABULARY.holdings if h.start and h.end)


def test_g20_has_its_members() -> None:
    assert len(VOCABULARY.members("G20")) == 20


def test_union_had_28_members_before_and_27_after_the_british_left() -> None:
    assert len(VOCABULARY.members("EUU", on=date(2015, 1, 1))) == 28
    assert len(VOCABULARY.members("EUU", on=date(2021, 1, 1))) == 27
    assert len(VOCABULARY.members("EUU", on=date(2000, 1, 1))) == 15


@pytest.mark.parametrize("year", range(2000, 2026))
@pytest.mark.parametrize("party", ["USA", "EUU"])
def test_trade_chief_is_known_in_every_year(party: str, year: int) -> None:
    assert VOCABULARY.holders(party, "trade", on=date(year, 6, 30))


def test_partial_dates_stand_for_their_whole_month_or_year() -> None:
    assert parse_day("2020", last=True, where="") == date(2021, 1, 1)
    assert parse_day("2020-12", last=True, where="") == date(2021, 1, 1)


def test_wrong_date_is_named_with_its_line() -> None:
    with pytest.raises(InputError, match="offices.csv line 3.*'2020-13'"):
        parse_day("2020-13", last=False, where="offices.csv line 3")


def test_users_rows_win(tmp_path: Path) -> None:
    folder = tmp_path / "vocabulary"
    folder.mkdir()
    header = ",".join(COLUMNS["places"])
    (folder / "places.csv").write_text(f"{header}\nGeneva,USA,user\n", encoding="utf-8")
    (geneva,) = vocabulary.load(tmp_path).find("Geneva")
    assert geneva.party == "USA"


def test_users_file_with_wrong_columns_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "vocabulary"
    folder.mkdir()
    (folder / "places.csv").write_text("city,land\nGeneva,USA\n", encoding="utf-8")
    with pytest.raises(InputError, match="place,party,source"):
        vocabulary.load(tmp_path)
