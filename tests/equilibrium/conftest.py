"""Small consistent worlds, made from a seed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest

from parley.world import Elasticities, World

if TYPE_CHECKING:
    from parley.typing import Array

MakeWorld: TypeAlias = Callable[..., World]


def make(  # noqa: PLR0913 - the knobs of one maker
    seed: int,
    *,
    economies: int = 4,
    sectors: int = 3,
    inputs: bool = True,
    duties: float = 0.2,
    imbalance: float = 0.03,
    two_uses: bool = True,
    zeros: float = 0.0,
    labour: float | None = None,
) -> World:
    """Return a world whose accounts close to rounding, from gravity-like random shares."""
    rng = np.random.default_rng(seed)
    n, s = economies, sectors
    home = np.eye(n)[:, :, None]
    weight = rng.lognormal(0.0, 1.0, (n, n, s)) + 4.0 * home * rng.uniform(0.5, 1.5, (n, 1, s))
    weight *= np.where(home > 0.0, 1.0, rng.random((n, n, s)) >= zeros)
    other = weight * rng.lognormal(0.0, 0.3, weight.shape) if two_uses else weight
    final_share = weight / weight.sum(axis=1, keepdims=True)
    input_share = other / other.sum(axis=1, keepdims=True)
    tariff = np.where(home > 0.0, 0.0, rng.uniform(0.0, 1.0, (n, n, s)) * duties)
    spend = rng.dirichlet(np.full(s, 3.0), n)
    own = rng.uniform(0.35, 0.7, (n, s)) if labour is None else np.full((n, s), labour)
    own = own if inputs else np.ones((n, s))
    use = rng.dirichlet(np.full(s, 2.0), (n, s)) * (1.0 - own)[:, :, None]
    size = rng.lognormal(0.0, 0.7, (n, 1)) * np.ones((n, s))
    rate = rng.normal(0.0, 1.0, n) * imbalance
    for _ in range(20_000):
        bought = np.einsum("nsk,ns->nk", use, size)
        income = (own * size).sum(axis=1)
        transfer = (rate - (rate * income).sum() / income.sum()) * income
        revenue = _revenue(input_share, tariff, bought)
        spending = (income + transfer + revenue) / (1.0 - _revenue(final_share, tariff, spend))
        final = final_share * (spend * spending[:, None])[:, None] / (1.0 + tariff)
        inter = input_share * bought[:, None] / (1.0 + tariff)
        new = (final + inter).sum(axis=0)
        new *= 1e6 * n / new.sum()
        done = np.abs(new / size - 1.0).max() < 1e-14
        size = new
        if done:
            break
    flows = final + inter
    elasticities = Elasticities(
        name="long",
        trade=rng.uniform(2.0, 8.0, s),
        trade_se=np.full(s, 0.4),
        value_added=np.ones(s),
        inputs=np.ones(s),
        scale=np.zeros(s),
    )
    return World(
        name=f"random {seed}",
        year=2000,
        economies=tuple(f"E{at:02d}" for at in range(n)),
        sectors=tuple(f"S{at:02d}" for at in range(s)),
        sector_titles=tuple(f"Sector {at}" for at in range(s)),
        final=final,
        intermediate=inter,
        input_use=(use * size[:, :, None]).transpose(0, 2, 1),
        value_added=own * size,
        tariff=tariff,
        tariff_known=np.ones(tariff.shape, dtype=bool),
        trade_deficit=flows.sum(axis=(1, 2)) - flows.sum(axis=(0, 2)),
        elasticities=elasticities,
        elasticities_short=elasticities,
        source="made from a seed",
        licence="none",
    )


def _revenue(share: Array, tariff: Array, bought: Array) -> Array:
    revenue: Array = (share * tariff / (1.0 + tariff) * bought[:, None]).sum(axis=(1, 2))
    return revenue


@pytest.fixture(scope="session")
def make_world() -> MakeWorld:
    """Return the maker of worlds."""
    return make
