"""Lerner symmetry: a duty on all imports and a tax on all exports do the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from parley import talks
from parley.equilibrium import Policy, solve

if TYPE_CHECKING:
    from conftest import TwoEconomies


@pytest.mark.parametrize("rate", [0.1, 0.5])
def test_a_tax_on_exports_is_a_duty_on_imports(make_two: TwoEconomies, rate: float) -> None:
    world = make_two(size=(2.0, 1.0))
    none = Policy.none(world)
    duty = solve(world, none.set_duty(importer="AAA", exporter="BBB", rate=rate), tolerance=1e-13)
    tax = solve(
        world, none.add_export_tax(importer="BBB", exporter="AAA", rate=rate), tolerance=1e-13
    )
    np.testing.assert_allclose(duty.welfare, tax.welfare, atol=1e-11)


def test_with_both_instruments_only_their_product_is_determined(make_two: TwoEconomies) -> None:
    world = make_two(size=(2.0, 1.0))

    def instrument(kind: str, high: float) -> talks.Instrument:
        return talks.Instrument(
            owner="AAA",
            partners=("BBB",),
            kind=kind,
            setting=0.0,
            low=0.0,
            high=high,  # type: ignore[arg-type]
        )

    def best(tax: float) -> tuple[float, float]:
        table = talks.Table(
            instruments=(instrument("duty", 5.0), instrument("export_tax", 5.0)),
            parties=("AAA", "BBB"),
        )
        game = talks.Game(world=world, table=table, tolerance=1e-12)
        start = table.deal((0.0, tax))
        bounds = [(0.0, 5.0), (tax, tax)]
        from parley.talks._reply import reply

        found = reply(game, start, "AAA", bounds)
        return found.deal.settings[0], float(found.payoffs[0])

    alone = talks.best_response(world, "AAA", tolerance=1e-17).best
    optimal = 1.0 + float(alone.duties[0, 1, 0])
    for tax in (0.05, 0.1):
        duty, payoff = best(tax)
        assert (1.0 + duty) * (1.0 + tax) == pytest.approx(optimal, abs=1e-4)
        gain = (alone.value - 1.0) * float(alone.outcome.expenditure_base_usd_mn[0])
        assert payoff == pytest.approx(gain, rel=1e-6)
