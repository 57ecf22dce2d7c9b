"""The short way to products with the net kernel, where few buyers pay duty."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from parley.equilibrium import Policy, _taken, gradient, solve
from parley.equilibrium._taken import Taken, taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from parley.typing import Array
    from parley.world import World


@pytest.fixture
def kernels() -> tuple[Array, Array]:
    rng = np.random.default_rng(0)
    gross = rng.random((3, 8, 4))
    net = gross.copy()
    net[1, 2] *= 0.9
    net[2, 7, :2] *= 0.8
    return gross, net


@pytest.mark.parametrize("batch", [(), (2,)])
def test_products_are_those_with_the_net_kernel(
    kernels: tuple[Array, Array], batch: tuple[int, ...]
) -> None:
    gross, net = kernels
    short = Taken((gross != net).any(axis=2), gross, net)
    rng = np.random.default_rng(1)
    right, left = rng.random((3, 4, *batch)), rng.random((3, 8, *batch))
    bought = np.einsum("sbn,sn...->sb...", gross, right)
    pull = np.einsum("sbn,sb...->sn...", gross, left)
    np.testing.assert_allclose(
        short.reached(bought, right), np.einsum("sbn,sn...->sb...", net, right), rtol=1e-14
    )
    np.testing.assert_allclose(
        short.pulled(pull, left), np.einsum("sbn,sb...->sn...", net, left), rtol=1e-14
    )


def test_it_is_kept_only_for_large_kernels_with_few_rows(kernels: tuple[Array, Array]) -> None:
    gross, net = kernels
    assert taken((gross != net).any(axis=2), gross, net) is None
    large = np.ones((3, 400, 200))
    rows = np.zeros(large.shape[:2], dtype=bool)
    assert taken(rows, large, large) is not None
    assert taken(~rows, large, large) is None


@pytest.mark.parametrize("two_uses", [False, True])
def test_outcome_and_gradient_are_the_same_either_way(
    make_world: Callable[..., World], two_uses: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(5, economies=6, sectors=4, two_uses=two_uses)
    free = np.arange(6) > 0
    tariff = np.where(free[:, None, None], 0.0, world.tariff)
    world = world.with_tariff(tariff, known=np.ones(tariff.shape, dtype=bool))
    policy = Policy.none(world).add_duty(importer="E00", exporter="E03", rate=0.4)
    found = []
    for least in (10**9, 0):
        monkeypatch.setattr(_taken, "_LARGE", least)
        outcome = solve(world, replace(policy), tolerance=1e-13)
        assert (outcome.solution.sweep.kernel.taken is not None) == (least == 0)
        slope = gradient(outcome, {"welfare": np.eye(6)[0]}).duty
        found.append((outcome.welfare, slope))
    np.testing.assert_allclose(found[0][0], found[1][0], atol=1e-12)
    np.testing.assert_allclose(found[0][1], found[1][1], atol=1e-9)
