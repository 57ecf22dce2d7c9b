"""Worlds small enough for optimal duties in closed form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pytest

from parley.world import Elasticities, World, from_shares

TwoEconomies: TypeAlias = Callable[..., World]


def two_economies(
    *, size: tuple[float, float] = (1.0, 1.0), elasticity: float = 4.0, openness: float = 0.3
) -> World:
    """Return two economies with one sector, no inputs, balanced trade and no duties."""
    labour = np.array(size)
    share = openness * labour[::-1] / labour.sum() * 2.0
    trade = np.array([[1.0 - share[0], share[0]], [share[1], 1.0 - share[1]]])[:, :, None]
    horizon = Elasticities(
        name="long",
        trade=np.array([elasticity]),
        trade_se=np.zeros(1),
        value_added=np.ones(1),
        inputs=np.ones(1),
        scale=np.zeros(1),
    )
    return from_shares(
        trade_share=trade,
        input_share=np.zeros((2, 1, 1)),
        final_share=np.ones((2, 1)),
        value_added=1e6 * labour,
        duties=(np.zeros((2, 2, 1)), np.ones((2, 2, 1), dtype=bool)),
        name="two economies",
        year=2000,
        economies=("AAA", "BBB"),
        sectors=("all",),
        sector_titles=("All goods",),
        goods=("all",),
        elasticities=horizon,
        elasticities_short=horizon,
        source="made for a test",
        licence="none",
    )


@pytest.fixture
def make_two() -> TwoEconomies:
    """Return the maker of worlds of two economies."""
    return two_economies


def three_sectors() -> World:
    """Two economies that buy three goods from each other, no inputs, balanced."""
    home = np.array([[0.7, 0.8, 0.6], [0.75, 0.65, 0.8]])
    trade = np.stack([np.stack([home[0], 1 - home[0]]), np.stack([1 - home[1], home[1]])])
    horizon = Elasticities(
        name="long",
        trade=np.array([2.0, 3.0, 4.5]),
        trade_se=np.zeros(3),
        value_added=np.ones(3),
        inputs=np.ones(3),
        scale=np.zeros(3),
    )
    return from_shares(
        trade_share=trade,
        input_share=np.zeros((2, 3, 3)),
        final_share=np.array([[0.3, 0.3, 0.4], [0.4, 0.3, 0.3]]),
        value_added=np.array([1e6, 8e5]),
        duties=(np.zeros((2, 2, 3)), np.ones((2, 2, 3), dtype=bool)),
        name="three sectors",
        year=2000,
        economies=("AAA", "BBB"),
        sectors=("a", "b", "c"),
        sector_titles=("A", "B", "C"),
        goods=("a", "b", "c"),
        elasticities=horizon,
        elasticities_short=horizon,
        source="made for a test",
        licence="none",
    )


@pytest.fixture
def make_three() -> Callable[[], World]:
    """Return the maker of the world of three sectors."""
    return three_sectors
