"""Gains of one policy over another, draw by draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from parley import talks
from parley.equilibrium import Draws, Policy, draws
from parley.errors import InputError
from parley.world import World


@pytest.fixture
def two(make_two: Callable[..., World]) -> World:
    made = make_two()
    horizon = replace(made.elasticities, trade_se=np.array([1.0]))
    return replace(made, elasticities=horizon, content_hash="")


@pytest.fixture
def drawn(two: World) -> Draws:
    duty = Policy.none(two).add_duty(importer="AAA", exporter="BBB", rate=0.2)
    return draws(two, {"none": Policy.none(two), "duty": duty}, count=40, seed=1)


def test_a_gain_is_that_of_the_draws_and_its_point_that_of_the_centre(
    two: World, drawn: Draws
) -> None:
    first, second = talks.gains(drawn, two, ("AAA", "BBB"), of="duty", over="none")
    central = drawn["duty"].equivalent_variation_usd_mn.central
    assert (first.point, second.point) == pytest.approx(tuple(central), abs=1e-4)
    assert first.low < first.point < first.high
    assert second.high < 0.0
    assert second.is_stable
    assert second.same_sign == 1.0


def test_a_gain_over_itself_is_refused(two: World, drawn: Draws) -> None:
    with pytest.raises(InputError, match="over itself"):
        talks.gains(drawn, two, ("AAA",), of="duty", over="duty")


def test_too_few_draws_are_not_enough(two: World, drawn: Draws) -> None:
    (one,) = talks.gains(drawn, two, ("AAA",), of="duty", over="none", level=0.98)
    assert np.isinf(one.monte_carlo_error)
    assert not one.is_well_drawn
