"""Duties of two days become a policy and an outcome."""

from datetime import date

import numpy as np
import pytest

from parley import duties, equilibrium, world
from parley.equilibrium import Policy
from parley.ledger import Ledger

LEDGER = Ledger.open()
UNION = ("DEU", "FRA", "ITA")  # of the world's economies; their goods have the Union's rates


def test_two_days_to_a_policy_and_an_outcome() -> None:
    base = world.load("g20-2019")
    sectors = {name: "C" if name.startswith("c") else name for name in ("A", "B", *MANUFACTURES)}
    partners = set(np.unique(duties.on(LEDGER, date(2025, 1, 1)).goods.partner).tolist())
    own = partners & set(base.economies)
    exporters = {code: (code,) for code in own} | dict.fromkeys(UNION, ("EUU",))
    exporters["ROW"] = tuple(sorted(partners - own - {"EUU"}))
    before, after = (
        duties.table(LEDGER, day, sectors=sectors, exporters=exporters)
        for day in (date(2025, 2, 3), date(2025, 2, 4))
    )
    policy = Policy.from_duties(base, before, after)
    tariff = policy.tariff(base.tariff)
    at = {code: place for place, code in enumerate(base.economies)}
    goods = base.sectors.index("C")
    cell = next(one for one in after.cells if (one.exporter, one.sector) == ("CHN", "C"))
    assert tariff[at["USA"], at["CHN"], goods] == pytest.approx(cell.tariff)
    assert (
        policy.tariff(base.tariff)[at["USA"], at["JPN"], goods]
        == base.tariff[at["USA"], at["JPN"], goods]
    )
    outcome = equilibrium.solve(base, policy)
    assert outcome.real_income_hat[at["CHN"]] < 1.0  # ten points more on its goods


MANUFACTURES = tuple(f"c{number}" for number in range(3, 17))
