"""Draws are seeded, do not depend on workers, and centre where they should."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from parley.equilibrium import Policy, Spread, Uncertainty, draw_elasticities, draws, solve
from parley.equilibrium._uncertainty import draw_base
from parley.errors import InputError
from parley.world import World

MakeWorld = Callable[..., World]


def test_draws_do_not_depend_on_workers(make_world: MakeWorld) -> None:
    world = make_world(2)
    policies = {"war": Policy.none(world).add_duty(importer="E00", exporter="E01", rate=1.0)}
    one = draws(world, policies, count=41, seed=5)
    two = draws(world, policies, count=41, seed=5, workers=2)
    np.testing.assert_array_equal(one["war"].welfare.values, two["war"].welfare.values)
    assert one["war"].welfare.values.shape == (41, 4)
    assert one["war"].trade_usd_mn.values.shape == (41, 4, 4)


def test_draw_is_solved_at_its_own_elasticities(make_world: MakeWorld) -> None:
    world = make_world(2)
    policy = Policy.none(world).add_duty(importer="E00", exporter="E01", rate=1.0)
    result = draws(world, {"war": policy}, count=3, seed=5)
    drawn = draw_elasticities(world.elasticities, seed=5, number=2)
    alone = solve(world, policy, elasticities=drawn)
    np.testing.assert_allclose(result["war"].welfare.values[2], alone.welfare, atol=1e-9)


def test_interval_holds_the_stated_part_of_the_draws(make_world: MakeWorld) -> None:
    world = make_world(2)
    policy = Policy.none(world).add_duty(importer="E00", exporter="E01", rate=1.0)
    spread = draws(world, {"war": policy}, count=100, seed=1)["war"].welfare
    low, high = spread.interval(0.90)
    inside = ((spread.values >= low) & (spread.values <= high)).mean(axis=0)
    np.testing.assert_allclose(inside, 0.90, atol=0.02)
    assert ((low < spread.central) & (spread.central < high)).all()


def test_elasticity_without_error_is_not_drawn(make_world: MakeWorld) -> None:
    world = make_world(2)
    known = replace(world.elasticities, trade_se=np.array([0.5, 0.0, 0.5]))
    drawn = [draw_elasticities(known, seed=3, number=at).trade for at in range(4000)]
    mean, deviation = np.mean(drawn, axis=0), np.std(drawn, axis=0)
    np.testing.assert_allclose(mean, known.trade, atol=0.04)
    np.testing.assert_allclose(deviation, known.trade_se, atol=0.03)
    assert min(draw.min() for draw in drawn) > 0.0


def test_progress_is_reported(make_world: MakeWorld) -> None:
    world = make_world(2)
    seen: list[int] = []
    draws(world, {"same": Policy.none(world)}, count=45, seed=1, on_result=seen.append)
    assert seen == [20, 40, 45]


def test_unknown_policy_is_named(make_world: MakeWorld) -> None:
    world = make_world(2)
    result = draws(world, {"same": Policy.none(world)}, count=1, seed=1)
    with pytest.raises(InputError, match="no policy 'war'"):
        result["war"]


def test_too_many_draws_are_refused_with_the_most_that_fit(make_world: MakeWorld) -> None:
    world = make_world(2)
    with pytest.raises(InputError, match=r"would take [\d,]+ GiB; at most [\d,]+ draws fit"):
        draws(world, {"none": Policy.none(world)}, count=10**9, seed=1)


def test_monte_carlo_error_is_that_of_the_quantile() -> None:
    """For a normal variable the error of a quantile is known: sd sqrt(p (1 - p) / n) / density."""
    rng, level, count = np.random.default_rng(4), 0.90, 400
    tail = (1.0 - level) / 2.0
    found, ends = [], []
    for _ in range(2000):
        spread = Spread(central=np.zeros(()), values=rng.standard_normal(count))
        ends.append(spread.interval(level)[0])
        found.append(spread.monte_carlo_error(level)[0])
    density = np.exp(-(1.6448536**2) / 2.0) / np.sqrt(2.0 * np.pi)
    known = np.sqrt(tail * (1.0 - tail) / count) / density
    assert np.std(ends) == pytest.approx(known, rel=0.05)
    assert np.mean(found) == pytest.approx(known, rel=0.15)


def test_few_draws_leave_the_ends_of_the_interval_unknown() -> None:
    spread = Spread(central=np.zeros(2), values=np.arange(10.0).reshape(5, 2))
    assert np.isinf(spread.monte_carlo_error(0.90)[0]).all()


class TestUncertainty:
    """What is drawn beside the trade elasticities."""

    def test_by_default_only_trade_elasticities_are_drawn(self, make_world: MakeWorld) -> None:
        known = replace(make_world(2).elasticities, scale=np.full(3, 0.1))
        drawn = draw_elasticities(known, seed=3, number=1)
        np.testing.assert_array_equal(drawn.scale, known.scale)
        np.testing.assert_array_equal(drawn.inputs, known.inputs)
        assert (drawn.trade != known.trade).all()

    def test_structure_is_drawn_around_its_value(self, make_world: MakeWorld) -> None:
        known = replace(make_world(2).elasticities, inputs=np.full(3, 0.2), demand=0.9)
        how = Uncertainty(inputs=0.5, demand=0.2)
        drawn = [draw_elasticities(known, seed=3, number=at, uncertainty=how) for at in range(1500)]
        theta = np.array([one.inputs[0] for one in drawn])
        sigma = np.array([one.demand for one in drawn])
        assert theta.mean() == pytest.approx(0.2, rel=0.05)
        assert np.log(theta).std() == pytest.approx(0.5, rel=0.06)
        assert np.log(sigma).std() == pytest.approx(0.2, rel=0.06)
        assert np.corrcoef(np.log(theta), np.log(sigma))[0, 1] == pytest.approx(0.0, abs=0.08)

    def test_elasticities_go_together_as_stated(self, make_world: MakeWorld) -> None:
        known = replace(make_world(2).elasticities, inputs=np.full(3, 0.2))
        how = Uncertainty(inputs=0.5, correlation=0.6)
        drawn = [draw_elasticities(known, seed=3, number=at, uncertainty=how) for at in range(1500)]
        logs = np.log([[one.inputs[0], one.trade[0], one.trade[1]] for one in drawn])
        found = np.corrcoef(logs.T)[np.triu_indices(3, 1)]
        np.testing.assert_allclose(found, 0.6, atol=0.05)

    def test_trade_elasticities_are_the_same_whatever_else_is_drawn(
        self, make_world: MakeWorld
    ) -> None:
        known = make_world(2).elasticities
        alone = draw_elasticities(known, seed=3, number=7)
        how = Uncertainty(inputs=0.5, value_added=0.3)
        with_others = draw_elasticities(known, seed=3, number=7, uncertainty=how)
        np.testing.assert_array_equal(alone.trade, with_others.trade)

    def test_zero_has_nothing_to_draw_around(self, make_world: MakeWorld) -> None:
        with pytest.raises(InputError, match="scale is zero"):
            draw_elasticities(
                make_world(2).elasticities, seed=1, number=0, uncertainty=Uncertainty(scale=0.3)
            )

    def test_every_kind_of_draw_is_an_equilibrium_of_its_own(self, make_world: MakeWorld) -> None:
        world = make_world(2)
        policy = Policy.none(world).add_duty(importer="E00", exporter="E01", rate=1.0)
        how = Uncertainty(
            value_added=0.3,
            inputs=0.3,
            base_duty=0.4,
            closures=("proportional", "balanced"),
            correlation=0.5,
        )
        found = draws(world, {"war": policy}, count=4, seed=5, uncertainty=how)
        for number in range(4):
            drawn = draw_elasticities(world.elasticities, seed=5, number=number, uncertainty=how)
            other, closure = draw_base(
                world, "proportional", seed=5, number=number, uncertainty=how
            )
            alone = solve(other, policy, elasticities=drawn, closure=closure)
            np.testing.assert_allclose(
                found["war"].welfare.values[number], alone.welfare, atol=1e-9
            )
        assert "base duty (log standard deviation 0.4)" in found.uncertainty.words

    def test_base_duties_and_closures_vary(self, make_world: MakeWorld) -> None:
        world = make_world(2)
        how = Uncertainty(base_duty=0.3, closures=("proportional", "balanced"))
        drawn = [
            draw_base(world, "proportional", seed=1, number=at, uncertainty=how) for at in range(30)
        ]
        assert {closure for _, closure in drawn} == {"proportional", "balanced"}
        ratio = np.array([one.tariff[0, 1, 0] / world.tariff[0, 1, 0] for one, _ in drawn])
        assert 0.1 < np.log(ratio).std() < 0.5

    @pytest.mark.parametrize(
        "wrong", [{"inputs": -1.0}, {"closures": ("open",)}, {"correlation": 2.0}]
    )
    def test_what_cannot_be_is_refused(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(InputError, match="uncertainty: "):
            Uncertainty(**wrong)
