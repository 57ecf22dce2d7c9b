"""A second record, with the choices of a published series, checks the engine apart from ours."""

import csv
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from parley.duties._goods import all_partners, panel
from parley.duties._stack import Charge, stack
from parley.duties._stacking import Rule, Stacking
from parley.duties._units import check_units
from parley.errors import DataError

CHOICES = tomllib.loads(Path(__file__).with_name("published_choices.toml").read_text("utf-8"))
FIXED_BASE = 2.3  # the peer adds it to its national rate


def choices_on(day: date) -> tuple[list[Charge], Stacking]:
    charges = [charge("base", row, row["rate"], row["partners"]) for row in holding("base", day)]
    charges += [charge("add", row, row["rate"], row["partners"]) for row in holding("add", day)]
    families = []
    for place, row in reversed([*enumerate(CHOICES["override"])]):
        if row in holding("override", day):
            family = f"override {place}"
            families.append(family)
            own: dict[str, float] = row.get("of", {})
            if "rate" in row:
                rest = set(all_partners()) - own.keys() - set(row.get("but", ()))
                charges.append(charge(family, row, row["rate"], rest))
            charges += [charge(family, row, rate, {code}) for code, rate in own.items()]
    rule = Rule(kind="precedence", first=(*families, "base"))
    return charges, Stacking(rules=(rule,))


def holding(kind: str, day: date) -> list[dict[str, Any]]:
    return [row for row in CHOICES[kind] if row["from"] <= day < row.get("until", date.max)]


def charge(family: str, row: dict[str, Any], rate: float, partners: Iterable[str]) -> Charge:
    return Charge(
        measure=f"{family} of {row['from']} at {rate} on {row.get('products', 'all')}",
        family=family,
        rate=rate,
        products=row.get("products", ""),
        partners=frozenset(partners),
    )


def published(shared: Path) -> dict[date, dict[str, tuple[float, float]]]:
    found: dict[date, dict[str, tuple[float, float]]] = {}
    file = shared / "data" / "us-tariffs" / "reference_waugh_country_by_time.csv"
    for row in csv.DictReader(file.read_text("utf-8").splitlines()):
        of_day = found.setdefault(date.fromisoformat(row["date"]), {})
        of_day[row["country_name"]] = float(row["effective tariff"]), float(row["total imports"])
    return found


def test_every_unit_on_every_reproducible_date_is_as_published(shared: Path) -> None:
    names = {
        row["cty_code"]: row["cty_name"]
        for row in csv.DictReader(
            (shared / "data" / "us-tariffs" / "us_imports_2024_partner_hs2.csv")
            .read_text("utf-8")
            .splitlines()
        )
    }
    from parley.duties._units import units

    goods = panel(without=())
    reference = {
        day: of_day for day, of_day in published(shared).items() if day < date(2026, 7, 24)
    }
    assert len(reference) == 20
    compared = 0
    for day, of_day in reference.items():
        charges, stacking = choices_on(day)
        rate = sum((layer.rate for layer in stack(goods, charges, stacking)), np.zeros(1))
        for one in units():
            rows = goods.of(one.code)
            value = goods.value[rows]
            mine = (rate[rows] * value).sum() / value.sum()
            theirs, imports = of_day[names[one.census_code]]
            assert value.sum() == imports
            assert mine == pytest.approx(theirs, abs=1e-9), f"{one.name} on {day}"
            compared += 1
    assert compared == 51 * 20


def test_the_totals_check_finds_the_member_that_the_published_list_counts_twice() -> None:
    with pytest.raises(DataError, match=r"Slovakia \(SVK\).*inside European Union \(EUU\)"):
        check_units(all_partners())
    with pytest.raises(DataError, match="Slovakia"):
        panel(without=()).check_units()
    panel().check_units()
