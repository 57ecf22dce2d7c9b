"""Entries worked by hand from the legal texts, on both sides of the day of each rule.

Every entry is worth 10,000 USD unless a test says otherwise; duties are in USD.
"""

from datetime import date
from decimal import Decimal

import pytest

from parley import duties
from parley.errors import InputError
from parley.ledger import Ledger

LEDGER = Ledger.open()
TOYS, SHOES, SHIRTS = "9503.00.00.90", "6403.91.60.75", "6109.10.00.12"
STEEL, FRIDGES, CARS = "7208.10.15.00", "8418.10.00.10", "8703.23.01.40"
PHONES, SEATS, BEER = "8517.13.00.00", "9401.61.60.11", "2203.00.00.30"
COPPER, COFFEE, ELECTRIC = "7408.11.30.00", "0901.11.00.15", "8703.80.00.00"
HINGES, POTASH, CORK, AIRCRAFT = "8302.10.60.30", "3104.20.00.10", "4501.10.00.00", "8411.91.90.85"
TUBES = "3917.21.00.00"
CRUDE, WINE, MILK, BRACKETS = "2709.00.10.00", "2204.21.50.40", "0402.99.90.00", "7326.90.86.88"


def total(hts: str, origin: str, day: str, **facts: object) -> Decimal:
    if "known" in facts:
        facts["known"] = date.fromisoformat(str(facts["known"]))
    return duties.entry(LEDGER, hts, origin, 10_000, date.fromisoformat(day), **facts).total  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hts", "origin", "day", "expected"),
    [
        # Fentanyl duty on China: 10 %, 20 %, 10 %; it adds to the reciprocal duty.
        (TOYS, "CHN", "2025-02-03", 0),
        (TOYS, "CHN", "2025-02-04", 1000),
        (TOYS, "CHN", "2025-03-04", 2000),
        (TOYS, "CHN", "2025-04-05", 2000 + 1000),
        (TOYS, "CHN", "2025-04-09", 2000 + 8400),
        (TOYS, "CHN", "2025-04-10", 2000 + 12500),
        (TOYS, "CHN", "2025-05-14", 2000 + 1000),
        (TOYS, "CHN", "2025-11-09", 2000 + 1000),
        (TOYS, "CHN", "2025-11-10", 1000 + 1000),
        (TOYS, "CHN", "2026-02-24", 1000),
        # Annex I for one day, then 10 %, then the list of August.
        (SHOES, "VNM", "2025-04-08", 850 + 1000),
        (SHOES, "VNM", "2025-04-09", 850 + 4600),
        (SHOES, "VNM", "2025-04-10", 850 + 1000),
        (SHOES, "VNM", "2025-08-07", 850 + 2000),
        # Floors: base and addition together reach 15 %; a higher base leaves nothing to add.
        (SHOES, "EUU", "2025-08-06", 850 + 1000),
        (SHOES, "EUU", "2025-08-07", 850 + 650),
        (SHIRTS, "EUU", "2025-08-06", 1650 + 1000),
        (SHIRTS, "EUU", "2025-08-07", 1650),
        # Section 232 excludes the reciprocal duty; 25 %, then 50 %, the United Kingdom 25 %.
        (STEEL, "JPN", "2025-03-11", 0),
        (STEEL, "JPN", "2025-03-12", 2500),
        (STEEL, "JPN", "2025-04-05", 2500),
        (STEEL, "JPN", "2025-06-04", 5000),
        (STEEL, "GBR", "2025-06-04", 2500),
        # Cars: 25 %; floors for the European Union and Japan; 10 % in all within the British quota.
        (CARS, "JPN", "2025-04-02", 250),
        (CARS, "JPN", "2025-04-03", 250 + 2500),
        (CARS, "JPN", "2025-09-15", 250 + 2500),
        (CARS, "JPN", "2025-09-16", 250 + 1250),
        (CARS, "EUU", "2025-07-31", 250 + 2500),
        (CARS, "EUU", "2025-08-01", 250 + 1250),
        (CARS, "GBR", "2025-06-29", 250 + 2500),
        (CARS, "GBR", "2025-06-30", 250 + 750),
        # Wood takes the place of the reciprocal duty.
        (SEATS, "VNM", "2025-10-13", 2000),
        (SEATS, "VNM", "2025-10-14", 2500),
        (SEATS, "EUU", "2025-10-14", 1500),
        (SEATS, "GBR", "2025-10-14", 1000),
        # Copper: on Annex II until its own duty.
        (COPPER, "CHL", "2025-07-31", 100),
        (COPPER, "CHL", "2025-08-01", 100 + 5000),
        # Extras on Brazil and India add to the reciprocal duty.
        (COFFEE, "BRA", "2025-08-05", 1000),
        (COFFEE, "BRA", "2025-08-06", 1000 + 4000),
        (SHOES, "IND", "2025-08-26", 850 + 2500),
        (SHOES, "IND", "2025-08-27", 850 + 2500 + 2500),
        # The order of 6 February 2026 ends the duty for oil; the 18 % of the statement never came.
        (SHOES, "IND", "2026-02-07", 850 + 2500),
        # Section 301 on Brazil adds to section 122 for two days; section 338 on Canada.
        (SHOES, "BRA", "2026-07-21", 850 + 1000),
        (SHOES, "BRA", "2026-07-22", 850 + 1000 + 2500),
        (SHOES, "BRA", "2026-07-24", 850 + 2500),
        (BEER, "CAN", "2026-08-18", 0),
        (BEER, "CAN", "2026-08-19", 5000),
        # Section 301 on China: List 3 at 10 % and 25 %, List 4A at 15 % and 7.5 %, cars at 100 %.
        (BRACKETS, "CHN", "2018-09-23", 290),
        (BRACKETS, "CHN", "2018-09-24", 290 + 1000),
        (BRACKETS, "CHN", "2019-05-10", 290 + 2500),
        (SHOES, "CHN", "2019-08-31", 850),
        (SHOES, "CHN", "2019-09-01", 850 + 1500),
        (SHOES, "CHN", "2020-02-14", 850 + 750),
        (ELECTRIC, "CHN", "2024-09-26", 250),
        (ELECTRIC, "CHN", "2024-09-27", 250 + 10000),
        # The fentanyl duty adds to section 232, which excludes the reciprocal duty.
        (ELECTRIC, "CHN", "2025-04-10", 250 + 10000 + 2000 + 2500),
        # Coffee is exempt from the reciprocal duty from 13 November 2025.
        (COFFEE, "COL", "2025-11-12", 1000),
        (COFFEE, "COL", "2025-11-13", 0),
        # From 6 April 2026 the duty on metals takes the full value of Annex I-B.
        (FRIDGES, "KOR", "2026-04-06", 2500),
    ],
)
def test_worked_by_hand(hts: str, origin: str, day: str, expected: int) -> None:
    assert total(hts, origin, day) == expected


@pytest.mark.parametrize(
    ("hts", "origin", "day", "known", "expected"),
    [
        (PHONES, "CHN", "2025-04-06", "2025-04-06", 2000 + 1000),  # before the memorandum
        (PHONES, "CHN", "2025-04-06", "2025-04-12", 2000),  # which reaches back to the 5th
        (SHOES, "JPN", "2025-08-10", "2025-08-20", 850 + 1500),  # before EO 14345
        (SHOES, "JPN", "2025-08-10", "2025-09-10", 850 + 650),
        (SHOES, "KOR", "2025-11-20", "2025-11-20", 850 + 1500),  # before 90 FR 55964
        (SHOES, "KOR", "2025-11-20", "2025-12-10", 850 + 650),
        (CARS, "CAN", "2025-04-10", "2025-04-20", 250 + 2500 + 2500),  # before EO 14289
        (CARS, "CAN", "2025-04-10", "2025-05-01", 250 + 2500),
        (TOYS, "CHN", "2026-11-15", "2025-11-04", 1000 + 3400),  # the suspension would lapse
    ],
)
def test_acts_that_reach_back(hts: str, origin: str, day: str, known: str, expected: int) -> None:
    assert total(hts, origin, day, known=known) == expected


def test_usmca_takes_the_border_duty_off_from_7_march_2025() -> None:
    assert total(SHOES, "CAN", "2025-03-03") == 850
    assert total(SHOES, "CAN", "2025-03-04") == 850 + 2500
    assert total(SHOES, "CAN", "2025-03-06", usmca=True) == 2500
    assert total(SHOES, "CAN", "2025-03-07", usmca=True) == 0
    assert total(SHOES, "CAN", "2025-08-01") == 850 + 3500


def test_cars_that_claim_usmca_pay_on_sixty_per_cent() -> None:
    assert total(CARS, "CAN", "2025-04-03", usmca=True) == 1500


def test_metal_share_pays_section_232_and_the_rest_the_reciprocal_duty() -> None:
    assert total(FRIDGES, "KOR", "2025-08-17") == 1500
    assert total(FRIDGES, "KOR", "2025-08-18", metal_share=0.3) == 1500 + 1050
    with pytest.raises(InputError, match=r"of 1.5 is not in"):
        total(FRIDGES, "KOR", "2025-08-18", metal_share=1.5)


def test_goods_of_chapter_73_pay_on_their_metal_from_4_june_2025() -> None:
    assert total(BRACKETS, "JPN", "2025-06-03", metal_share=0.6) == 290 + 2500
    assert total(BRACKETS, "JPN", "2025-06-04") == 290 + 5000
    assert total(BRACKETS, "JPN", "2025-06-04", metal_share=0.6) == 290 + 3000 + 400


def test_parts_listed_outside_chapters_73_and_76_pay_on_their_metal() -> None:
    assert total(HINGES, "JPN", "2025-03-12", metal_share=0.4) == 350 + 1000


def test_the_border_duty_came_before_the_duty_on_metals_until_3_june_2025() -> None:
    assert total(STEEL, "CAN", "2025-03-12") == 2500  # the border duty, not that on steel
    assert total(STEEL, "CAN", "2025-03-12", usmca=True) == 2500  # on steel
    assert total(STEEL, "CAN", "2025-06-03") == 2500
    assert total(STEEL, "CAN", "2025-06-04") == 5000
    assert total(BRACKETS, "CAN", "2025-06-04", metal_share=0.6) == 290 + 3000 + 1000
    assert total(STEEL, "CAN", "2025-06-05", known="2025-06-02") == 2500


def test_potash_pays_ten_per_cent_from_7_march_2025() -> None:
    assert total(POTASH, "CAN", "2025-03-06") == 2500
    assert total(POTASH, "CAN", "2025-03-07") == 1000
    assert total(POTASH, "MEX", "2025-03-06") == 2500
    assert total(POTASH, "MEX", "2025-03-07") == 1000


def test_a_quota_has_a_rate_inside_and_one_beyond() -> None:
    assert total(CARS, "GBR", "2025-06-30", over_quota=True) == 250 + 2500
    assert total(CARS, "GBR", "2025-06-29", over_quota=True) == 250 + 2500


def test_what_the_agreement_with_the_european_union_leaves_free() -> None:
    assert total(CORK, "EUU", "2025-08-31") == 1500
    assert total(CORK, "EUU", "2025-09-01") == 0
    assert total(CORK, "EUU", "2025-09-01", known="2025-09-20") == 1500  # published on the 25th
    assert total(AIRCRAFT, "EUU", "2025-08-31") == 1500
    assert total(AIRCRAFT, "EUU", "2025-09-01") == 0
    assert total(AIRCRAFT, "KOR", "2025-11-13") == 1500
    assert total(AIRCRAFT, "KOR", "2025-11-14") == 0
    assert total(TUBES, "EUU", "2025-09-01", use_share=0.0) == 1500
    assert total(TUBES, "EUU", "2025-09-01", use_share=1.0) == 310


def test_civil_aircraft_of_brazil_are_exempt_where_they_are_for_that_use() -> None:
    assert total(TUBES, "BRA", "2025-08-07", use_share=1.0) == 310 + 1000
    assert total(TUBES, "BRA", "2025-08-07", use_share=0.0) == 310 + 1000 + 4000


@pytest.mark.parametrize(
    ("hts", "origin", "loaded", "entered", "expected"),
    [
        (SHOES, "VNM", "2025-04-04", "2025-05-26", 850),
        (SHOES, "VNM", "2025-04-04", "2025-05-27", 850 + 1000),
        (SHOES, "VNM", "2025-04-05", "2025-05-26", 850 + 1000),
        (SHOES, "VNM", "2025-04-08", "2025-04-09", 850 + 1000),  # of 46 % in Annex I
        (SHOES, "VNM", "2025-08-06", "2025-10-04", 850 + 1000),
        (SHOES, "VNM", "2025-08-06", "2025-10-05", 850 + 2000),
        (SHOES, "IND", "2025-08-26", "2025-09-16", 850 + 2500),
        (SHOES, "IND", "2025-08-26", "2025-09-17", 850 + 2500 + 2500),
        (COFFEE, "BRA", "2025-08-05", "2025-10-04", 1000),
        (COFFEE, "BRA", "2025-08-05", "2025-10-05", 1000 + 4000),
        (SHOES, "EUU", "2026-02-23", "2026-02-27", 850),
        (BRACKETS, "CHN", "2019-05-09", "2019-05-31", 290 + 1000),
        (BRACKETS, "CHN", "2019-05-09", "2019-06-01", 290 + 2500),
    ],
)
def test_goods_in_transit_pay_what_was_charged_before(
    hts: str, origin: str, loaded: str, entered: str, expected: int
) -> None:
    assert total(hts, origin, entered, loaded=date.fromisoformat(loaded)) == expected


def test_goods_cannot_be_loaded_after_they_entered() -> None:
    with pytest.raises(InputError, match="cannot have been loaded on 2025-04-05"):
        total(SHOES, "VNM", "2025-04-04", loaded=date(2025, 4, 5))


def test_the_duty_of_2018_on_steel_is_named_where_exemptions_are_not_known() -> None:
    found = duties.entry(LEDGER, STEEL, "KOR", 10_000, date(2024, 6, 1))
    assert found.total == 0
    assert found.not_computed.keys() == {"us-232-steel-2018"}


def test_specific_rates() -> None:
    assert total(CRUDE, "CAN", "2025-03-04", quantity=150) == Decimal("7.88") + 1000
    assert total(WINE, "EUU", "2025-08-07", quantity=2000) == 1500
    with pytest.raises(InputError, match=r"6.3 cents/liter: give the quantity"):
        total(WINE, "EUU", "2025-08-07")


def test_a_compound_rate() -> None:
    assert total(MILK, "NZL", "2025-08-10", quantity=1000) == 1490 + 463 + 1500


def test_the_two_profiles_between_the_ruling_and_the_end_of_collection() -> None:
    assert total(TOYS, "CHN", "2026-02-21", profile="legal") == 0
    assert total(TOYS, "CHN", "2026-02-21", profile="collected") == 2000


def test_a_form_7501_to_the_cent() -> None:
    # The public form gives no date; 10 September 2026 is assumed.
    facts = (LEDGER, "7326.90.8688", "CHN", "14172.00", date(2026, 9, 10))
    found = duties.entry(*facts, claims=["9903.05.90"])
    assert found.total == Decimal("11039.99")
    assert found.complete
    assert [line.duty for line in found.lines] == [
        Decimal(cents) for cents in ("410.99", "3543.00", "7086.00", "0.00")
    ]
    without = duties.entry(*facts)
    assert not without.complete
    assert without.not_computed.keys() == {"us-301-forced-labour"}


@pytest.mark.parametrize("hts", ["7326", "73269086AB", "00000000"])
def test_a_wrong_number_is_named(hts: str) -> None:
    with pytest.raises(InputError, match=hts):
        total(hts, "CHN", "2025-04-10")


def test_an_unknown_claim_is_named() -> None:
    with pytest.raises(InputError, match=r"9903\.99\.99"):
        total(TOYS, "CHN", "2025-04-10", claims=["9903.99.99"])


def test_phones_of_10_april_2025_layer_by_layer_and_as_believed_the_day_before() -> None:
    day = date(2025, 4, 10)
    now = duties.entry(LEDGER, PHONES, "CHN", 10_000, day)
    assert {line.measure: line.duty for line in now.lines[1:]} == {
        "us-reciprocal-exemptions": 0,
        "us-fentanyl-china": 2000,
    }
    assert all("EO 14" in line.law for line in now.lines[1:])
    then = duties.entry(LEDGER, PHONES, "CHN", 10_000, day, known=date(2025, 4, 8))
    assert {line.measure: line.duty for line in then.lines[1:]} == {
        "us-fentanyl-china": 2000,
        "us-reciprocal-china": 8400,
    }
