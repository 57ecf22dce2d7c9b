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
