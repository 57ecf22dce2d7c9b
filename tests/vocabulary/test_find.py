from datetime import date

import pytest

from parley import vocabulary
from parley.errors import InputError
from parley.vocabulary import Mention

VOCABULARY = vocabulary.load()


def found(text: str, *, on: date | None = None) -> list[tuple[str, str, str]]:
    return [(text[m.start : m.end], m.kind, m.party) for m in VOCABULARY.find(text, on=on)]


def persons(text: str, *, on: date | None = None) -> list[Mention]:
    return [m for m in VOCABULARY.find(text, on=on) if m.kind == "person"]


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("the U.S. side", "USA"),
        ("US-China talks", "USA"),
        ("South Korean steel", "KOR"),
        ("the European Union", "EUU"),
        ("Türkiye and", "TUR"),
        ("CHINA SAYS", "CHN"),
        ("the Filipinos", "PHL"),
        ("Côte d’Ivoire", "CIV"),
        ("Number 10 said", "GBR"),
    ],
)
def test_party_is_found_by_any_of_its_names(words: str, party: str) -> None:
    assert found(words)[0][2] == party


def test_longest_name_wins() -> None:
    assert found("North Korea and Northern Ireland") == [
        ("North Korea", "party", "PRK"),
        ("Northern Ireland", "party", "GBR"),
    ]


def test_given_name_is_no_party() -> None:
    assert found("Jordan Miller said") == []
    assert found("Jordan said") == [("Jordan", "party", "JOR")]


def test_person_has_the_office_of_the_day() -> None:
    (truss,) = persons("Liz Truss said", on=date(2020, 9, 11))
    assert (truss.party, truss.role) == ("GBR", "trade")
    (truss,) = persons("Liz Truss said", on=date(2022, 9, 20))
    assert truss.role == "head of government"


def test_title_and_surname_pick_the_holder_of_the_day() -> None:
    (johnson,) = persons("Prime Minister Johnson said", on=date(2020, 1, 10))
    assert johnson.name == "Boris Johnson"
    (speaker,) = persons("Speaker Johnson said", on=date(2025, 1, 10))
    assert speaker.name == "Mike Johnson"


def test_surname_is_carried_over_after_the_full_name() -> None:
    assert [m.name for m in persons("Michel Temer spoke. Later Temer left.")] == [
        "Michel Temer"
    ] * 2


def test_surname_that_is_a_word_stays_a_word() -> None:
    text = "Vice Premier He Lifeng arrived. He said in May that talks may go on."
    assert [text[m.start : m.end] for m in persons(text)] == ["He Lifeng"]


def test_person_whom_only_a_title_introduces() -> None:
    text = "Japanese Trade Minister Taro Nonami resigned. Nonami had taken office in May."
    first, second = persons(text)
    assert (first.name, first.party, first.role, first.known) == (
        "Taro Nonami",
        "JPN",
        "trade",
        False,
    )
    assert second.name == "Taro Nonami"


def test_apposed_title_introduces_a_person() -> None:
    (minister,) = persons("Ana Kovalenta, Croatia's finance minister, declined to comment.")
    assert (minister.name, minister.party) == ("Ana Kovalenta", "HRV")


def test_title_alone_is_a_mention() -> None:
    mentions = VOCABULARY.find("the Canadian prime minister said")
    assert [m.party for m in mentions if m.kind == "title"] == ["CAN"]


def test_code_of_an_unknown_party_is_an_error() -> None:
    with pytest.raises(InputError, match="Atlantis"):
        VOCABULARY.code("Atlantis")


def test_every_state_has_codes_of_its_own() -> None:
    states = [row for row in VOCABULARY.parties if row.kind in ("state", "territory")]
    assert len(states) == len({row.code for row in states}) == len({row.alpha2 for row in states})
    assert all(len(row.code) == 3 and len(row.alpha2) == 2 for row in states)
    assert len(states) == 250  # ISO 3166-1 has 249; Kosovo has a user-assigned code


@pytest.mark.parametrize(
    ("text", "body", "party"),
    [
        ("China's commerce ministry said", "commerce ministry", "CHN"),
        ("the Indian Commerce Ministry", "commerce ministry", "IND"),
        ("the commerce ministry said", "commerce ministry", ""),
        ("the Ministry of Finance of Peru", "finance ministry", "PER"),
        ("MOFCOM announced", "Ministry of Commerce of China", "CHN"),
        ("Mexico's Congress", "U.S. Congress", "MEX"),
    ],
)
def test_body_has_the_party_that_owns_it(text: str, body: str, party: str) -> None:
    (mention,) = [m for m in VOCABULARY.find(text) if m.kind == "body"]
    assert (mention.name, mention.party) == (body, party)


def test_product_has_its_hs_code_and_edition() -> None:
    (mention,) = VOCABULARY.find("soybeans")
    assert (mention.hs, mention.hs_edition) == (("1201",), "HS2022")


def test_name_inside_a_longer_name_is_not_found() -> None:
    assert found("the Washington Post, New Mexico and Latin America") == [
        ("Washington Post", "agency", "")
    ]


def test_mister_with_a_common_surname_is_nobody_that_is_known() -> None:
    (mister,) = persons("Mr. Lopez, who runs a shop in Leeds, voted.")
    assert (mister.name, mister.known) == ("Lopez", False)


def test_family_name_that_comes_first_is_carried_over() -> None:
    first, second = persons("Taiwan's economy minister Hsu Bo-lin spoke. Hsu was brief.")
    assert first.name == second.name == "Hsu Bo-lin"


def test_short_form_needs_its_party_on_the_page() -> None:
    assert found("A vote of the Commission is due.") == []
    assert ("the Commission", "body", "EUU") in found("The EU voted; the Commission is content.")


def test_mister_is_the_one_whose_full_name_stands_on_the_page() -> None:
    text = "The deadline was set by Mr Johnson.\n\nBoris Johnson leads the cabinet."
    assert [m.name for m in persons(text, on=date(2020, 9, 11))] == ["Boris Johnson"] * 2
