"""Worlds for the benches: the shipped ones, WIOD as published, and one made from a seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley import world
from parley.world import Elasticities, World

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from parley.typing import Array

CHAIN = 6  # sectors that buy almost all their inputs from each other
THIN = 0.001  # their value added, of sales


def benched(wiod: Path | None) -> dict[str, Callable[[], World]]:
    """Return how to make each world, by name."""
    table: dict[str, Callable[[], World]] = {
        "countries-2023 194x1": lambda: world.load("countries-2023"),
        "g20-2019 20x20": lambda: world.load("g20-2019"),
        "g20-detail 20x33": lambda: world.load("g20-detail"),
    }
    if wiod is not None:
        table["WIOD 2011 41x35"] = lambda: world.read_wiod_2013(wiod, year=2011)
    table["synthetic 77x45"] = lambda: synthetic(77, 45, seed=7)
    return table


def synthetic(economies: int, sectors: int, *, seed: int) -> World:
    """Return a world as badly conditioned as published tables are.

    The two uses have different suppliers, value added is lognormal, and a chain of sectors adds
    almost none and feeds itself: prices and sales travel round it hundreds of times before they
    settle, as they do in tables with sectors of re-exports or of refined metals.
    """
    rng = np.random.default_rng(seed)
    n, s = economies, sectors
    home = np.eye(n)[:, :, None]
    size = rng.lognormal(0.0, 1.0, (n, s))
    pull = size * rng.lognormal(0.0, 0.7, (n, n, s)) * (1.0 + 5.0 * n * home)
    final = pull / pull.sum(axis=1, keepdims=True)
    other = pull * rng.lognormal(0.0, 0.3, pull.shape)
    inputs = other / other.sum(axis=1, keepdims=True)
    own = np.clip(rng.lognormal(-0.9, 0.4, (n, s)), 0.05, 0.9)
    own[:, :CHAIN] = THIN
    mix = rng.dirichlet(np.full(s, 0.5), (n, s))
    mix[:, :CHAIN, :CHAIN] += 30.0 / CHAIN
    use = mix / mix.sum(axis=2, keepdims=True) * (1.0 - own)[:, :, None]  # (n, user, input)
    wants = rng.dirichlet(np.full(s, 2.0), n)
    output = _output(final, inputs, use, wants, own)
    spent = (own * output).sum(axis=1)
    bought = np.einsum("nsk,ns->nk", use, output)
    elasticities = Elasticities(
        name="long",
        trade=rng.lognormal(1.5, 0.5, s),
        trade_se=np.zeros(s),
        value_added=np.ones(s),
        inputs=np.ones(s),
        scale=np.zeros(s),
    )
    return World(
        name=f"synthetic {seed}",
        year=2000,
        economies=tuple(f"E{at:02d}" for at in range(n)),
        sectors=tuple(f"S{at:02d}" for at in range(s)),
        sector_titles=tuple(f"Sector {at}" for at in range(s)),
        final=final * (wants * spent[:, None])[:, None],
        intermediate=inputs * bought[:, None],
        input_use=(use * output[:, :, None]).transpose(0, 2, 1),
        value_added=own * output,
        tariff=np.zeros((n, n, s)),
        tariff_known=np.ones((n, n, s), dtype=bool),
        trade_deficit=np.zeros(n),
        elasticities=elasticities,
        elasticities_short=elasticities,
        source="made from a seed",
        licence="none",
    )


def _output(final: Array, inputs: Array, use: Array, wants: Array, own: Array) -> Array:
    """Return the output (economy, sector) at which every market clears, of mean one."""
    n, s = own.shape
    sales = np.einsum("nik,nsk->ikns", inputs, use)
    sales += np.einsum("nik,nk,ns->ikns", final, wants, own)
    system = sales.reshape(n * s, n * s) - np.eye(n * s)
    system[0] = 1.0  # one market follows from the others
    right = np.zeros(n * s)
    right[0] = n * s
    output: Array = np.linalg.solve(system, right).reshape(n, s)
    return output
