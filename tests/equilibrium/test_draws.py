"""Draws are seeded, do not depend on workers, and centre where they should."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from parley.equilibrium import Policy, draw_elasticities, draws, solve
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
