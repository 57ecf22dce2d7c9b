"""A joint outcome is shared out among its items."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from parley.equilibrium import Policy, attribute, attribute_along_path, solve
from parley.errors import InputError
from parley.world import World

MakeWorld = Callable[..., World]


def items(world: World, *, count: int = 3) -> dict[str, Policy]:
    none = Policy.none(world)
    pairs = [(a, b) for a in world.economies for b in world.economies if a != b][:count]
    return {
        f"{a} on {b}": none.add_duty(importer=a, exporter=b, rate=0.3 + 0.1 * at)
        for at, (a, b) in enumerate(pairs)
    }


def test_parts_add_up_to_the_joint_outcome(make_world: MakeWorld) -> None:
    world = make_world(1)
    policies = items(world)
    shared = attribute(world, policies)
    together = Policy.none(world)
    for policy in policies.values():
        together = together + policy
    np.testing.assert_allclose(shared.total, solve(world, together).welfare, atol=1e-9)
    np.testing.assert_allclose(shared.parts.sum(axis=0), shared.total, atol=1e-9)


def test_shapley_of_two_items_is_the_mean_of_first_and_last(make_world: MakeWorld) -> None:
    world = make_world(1)
    shared = attribute(world, items(world, count=2))
    np.testing.assert_allclose(shared.parts, (shared.first_in + shared.last_in) / 2, atol=1e-10)


def test_equal_items_have_equal_parts(make_world: MakeWorld) -> None:
    world = make_world(1)
    half = Policy.none(world).add_duty(importer="E00", exporter="E01", rate=0.2)
    shared = attribute(world, {"first": half, "second": half})
    np.testing.assert_allclose(shared.parts[0], shared.parts[1], atol=1e-10)


def test_attribution_starts_where_it_says(make_world: MakeWorld) -> None:
    world = make_world(1)
    start = Policy.none(world).add_duty(importer="E01", exporter="E00", rate=1.0)
    item = Policy.none(world).add_duty(importer="E00", exporter="E01", rate=0.5)
    shared = attribute(world, {"answer": item}, start=start)
    expected = solve(world, start + item).welfare - solve(world, start).welfare
    np.testing.assert_allclose(shared.parts[0], expected, atol=1e-9)


@pytest.mark.slow
def test_many_items_are_sampled_with_their_error(make_world: MakeWorld) -> None:
    world = make_world(1)
    policies = items(world, count=11)
    sampled = attribute(world, policies, samples=15, seed=4)
    np.testing.assert_allclose(sampled.parts.sum(axis=0), sampled.total, atol=1e-9)
    assert (sampled.standard_error > 0.0).any()
    assert sampled.method == "Shapley, 30 orders, seed 4"
    other = attribute(world, policies, samples=15, seed=5)
    gap = np.abs(sampled.parts - other.parts)
    assert (gap <= 6.0 * (sampled.standard_error + other.standard_error) + 1e-9).all()


def test_items_that_set_one_duty_twice_are_refused(make_world: MakeWorld) -> None:
    world = make_world(1)
    none = Policy.none(world)
    cell = {"importer": "E00", "exporter": "E01"}
    with pytest.raises(InputError, match="both policies set the duty"):
        attribute(
            world, {"a": none.set_duty(**cell, rate=0.1), "b": none.set_duty(**cell, rate=0.2)}
        )


def test_path_integral_adds_up(make_world: MakeWorld) -> None:
    world = make_world(1)
    shared = attribute_along_path(world, items(world))
    np.testing.assert_allclose(shared.parts.sum(axis=0), shared.total, atol=1e-9)
    exact = attribute(world, items(world))
    np.testing.assert_allclose(shared.total, exact.total, atol=1e-9)
    assert np.abs(shared.parts - exact.parts).max() < 0.2 * np.abs(exact.parts).max()


def test_path_refuses_what_is_not_divisible(make_world: MakeWorld) -> None:
    world = make_world(1)
    ban = Policy.none(world).ban(importer="E00", exporter="E01")
    with pytest.raises(InputError, match="'ban' is not a change of ad valorem duties"):
        attribute_along_path(world, {"ban": ban})
    per_unit = Policy.none(world).add_specific_duty(importer="E00", exporter="E01", amount=0.1)
    with pytest.raises(InputError, match="'per unit' is not .*; use attribute"):
        attribute_along_path(world, {"per unit": per_unit})
    assert attribute(world, {"per unit": per_unit}).total[1] != 0.0
    level = Policy.none(world).set_duty(importer="E00", exporter="E01", rate=0.4)
    point = Policy.none(world).add_duty(importer="E00", exporter="E01", rate=0.1)
    shared = attribute_along_path(world, {"level": level, "point": point})
    np.testing.assert_allclose(shared.parts.sum(axis=0), shared.total, atol=1e-9)
