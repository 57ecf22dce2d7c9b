"""What is claimed to be an optimum is searched around: planted ones that are none are caught."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from parley import talks, world
from parley.equilibrium import Model, Policy, solve

if TYPE_CHECKING:
    from conftest import TwoEconomies

OSSA = Path(__file__).parents[3] / "shared" / "data" / "world" / "ossa2014"


@pytest.mark.slow
def test_an_optimum_passes_every_search(make_two: TwoEconomies) -> None:
    objective = talks.Welfare(party="AAA")
    best = talks.best_response(make_two(), "AAA").best
    found = talks.certify(best, objective)
    assert found.holds
    assert len(found.starts) >= 20
    assert found.residual < 1e-6
    assert abs(found.gain) < 1e-9
    assert found.second == pytest.approx(best.value, abs=1e-9)


def test_a_planted_point_that_is_no_optimum_is_caught(make_two: TwoEconomies) -> None:
    base = make_two()
    best = talks.best_response(base, "AAA").best
    policy = Policy.none(base).set_duty(importer="AAA", exporter="BBB", rate=0.05)
    outcome = solve(base, policy)
    planted = replace(best, outcome=outcome, value=1.0 + float(outcome.welfare[0]), residual=0.0)
    found = talks.certify(planted, talks.Welfare(party="AAA"))
    assert not found.holds
    assert found.best.value == pytest.approx(best.value, abs=1e-9)
    assert found.second == pytest.approx(best.value, abs=1e-9)


@pytest.mark.slow
@pytest.mark.skipif(not OSSA.is_dir(), reason="needs ../shared/data/world/ossa2014")
def test_japan_with_lobbying_has_a_better_optimum_than_single_starts_find() -> None:
    base = world.ossa_2014(OSSA)
    weights = world.ossa_2014_weights(OSSA)[base.economy("JPN")]
    objective = talks.WeightedIncome(party="JPN", weights=tuple(weights.tolist()))
    model = Model(closure="balanced", profits=True)
    outcome = solve(base, Policy.none(base), model=model)
    planted = talks.best_response(
        outcome.world, "JPN", objective=objective, model=model, starts=("40 per cent",)
    ).best
    assert planted.residual < 1e-6
    assert 100.0 * (planted.value - 1.0) == pytest.approx(2.43, abs=0.005)
    found = talks.certify(planted, objective)
    assert not found.holds
    assert 100.0 * (found.best.value - 1.0) >= 2.62
    assert len(found.values) > 1
    assert np.isclose(found.values, planted.value, atol=1e-6).any()
    again = talks.certify(found.best, objective)
    assert again.holds
    assert again.residual < 1e-6
