"""Duties by the economies and sectors of a world."""

from datetime import date

import pytest

from parley import duties
from parley.errors import InputError
from parley.ledger import Ledger

LEDGER = Ledger.open()
FEW = {"economies": ("USA", "CHN", "DEU", "ROW"), "groups": {"EUU": ("DEU",)}}


def test_union_rest_and_manufacturing_get_their_rates() -> None:
    day = date(2025, 5, 14)
    us, _ = duties.labelled(LEDGER, day, goods=("A", "B", "C"), **FEW)  # type: ignore[arg-type]
    cells = {(cell.exporter, cell.sector): cell for cell in us.cells}
    assert {exporter for exporter, _ in cells} == {"CHN", "DEU", "ROW"}
    assert cells["DEU", "C"].label == "rates of EUU"
    assert us.basis == "total"
    by_sector = duties.on(LEDGER, day).average(by="sector", partner="CHN")
    assert isinstance(by_sector, dict)
    assert 100.0 * cells["CHN", "B"].tariff == pytest.approx(by_sector["B"])
    made = [rate for name, rate in by_sector.items() if name.startswith("c")]
    assert min(made) < 100.0 * cells["CHN", "C"].tariff < max(made)


def test_answers_of_others_are_headline_rates() -> None:
    _, answers = duties.labelled(
        LEDGER,
        date(2025, 4, 15),
        goods=("A", "B", "C"),
        **FEW,  # type: ignore[arg-type]
    )
    assert answers.basis == "additional"
    assert {(cell.importer, cell.exporter, cell.tariff) for cell in answers.cells} == {
        ("CHN", "USA", 1.25)
    }


def test_one_good_takes_all_sectors() -> None:
    us, _ = duties.labelled(LEDGER, date(2025, 4, 15), goods=("ALL",), **FEW)  # type: ignore[arg-type]
    assert {cell.sector for cell in us.cells} == {"ALL"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"economies": ("USA", "XKX")}, "no partner 'XKX'"),
        ({"goods": ("A", "B", "D")}, "'D' does not fit|'C' does not fit|'c10' does not fit"),
    ],
)
def test_labels_that_do_not_fit_are_named(wrong: dict[str, tuple[str, ...]], said: str) -> None:
    asked = {"goods": ("A", "B", "C"), **FEW, **wrong}
    with pytest.raises(InputError, match=said):
        duties.labelled(LEDGER, date(2025, 4, 15), **asked)  # type: ignore[arg-type]
