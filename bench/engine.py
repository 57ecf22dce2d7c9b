"""Time the engine on worlds of several sizes, against the memory that an iteration must read.

Run from the repository: ``OMP_NUM_THREADS=1 python bench/engine.py``. Prints one table. Times are
the least of several runs in CPU milliseconds of this process; the floor is the bytes of one
iteration (kernels, input shares, preconditioner) over the bandwidth measured in the same run,
times the iterations.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from parley import equilibrium, world
from parley.equilibrium import Policy

if TYPE_CHECKING:
    from collections.abc import Callable

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "equilibrium"))

TOLERANCE = 1e-12
ROUNDS = 15


def least(task: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """Return the least CPU time of several runs, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return 1e3 * min(times)


def bandwidth() -> float:
    """Return bytes per second read from a block of 8 MB."""
    block = np.ones(1_000_000)
    return block.nbytes / (least(block.sum, rounds=50) / 1e3)


def bytes_per_iteration(outcome: equilibrium.Outcome) -> int:
    """Return what one sweep and one preconditioned step must read."""
    sweep = outcome.solution.sweep
    kernels = 2 * sweep.kernel.gross.nbytes + sweep.kernel.net.nbytes  # gross once, net both ways
    inputs = 2 * sweep.base.input_share.nbytes
    inverse = outcome.preconditioner.inverse
    held = [part for part in vars(inverse).values() if isinstance(part, np.ndarray)]
    return kernels + inputs + sum(part.nbytes for part in held)


def synthetic(economies: int, sectors: int) -> world.World:
    from conftest import make

    return make(7, economies=economies, sectors=sectors)


def worlds(wiod: Path | None) -> dict[str, Callable[[], world.World]]:
    table: dict[str, Callable[[], world.World]] = {
        "countries-2023 194x1": lambda: world.load("countries-2023"),
        "g20-2019 20x20": lambda: world.load("g20-2019"),
        "g20-detail 20x33": lambda: world.load("g20-detail"),
    }
    if wiod is not None:
        table["WIOD 2011 41x35"] = lambda: world.read_wiod_2013(wiod, year=2011)
    table["synthetic 77x45"] = lambda: synthetic(77, 45)
    return table


def row(name: str, build: Callable[[], world.World], speed: float) -> list[str]:
    loaded = build()
    who = "USA" if "USA" in loaded.economies else loaded.economies[0]
    policy = Policy.none(loaded).add_duty(importer=who, exporter=None, rate=0.10)
    start = time.process_time()
    outcome = equilibrium.solve(loaded, policy, tolerance=TOLERANCE)
    cold = 1e3 * (time.process_time() - start)
    rounds = ROUNDS if loaded.tariff.size < 100_000 else 5
    warm = least(lambda: equilibrium.solve(loaded, policy, tolerance=TOLERANCE), rounds=rounds)
    objective = {"welfare": np.eye(len(loaded.economies))[0]}
    slope = least(lambda: equilibrium.gradient(outcome, objective), rounds=rounds)
    floor = 1e3 * outcome.iterations * bytes_per_iteration(outcome) / speed
    return [
        name,
        str(outcome.iterations),
        f"{outcome.residual:.0e}",
        f"{cold:.0f}",
        f"{warm:.2f}",
        f"{slope:.2f}",
        f"{slope / warm:.2f}",
        f"{floor:.2f}",
        f"{warm / floor:.1f}",
    ]


def scenarios(count: int) -> float:
    """Return CPU seconds for `count` random tariff scenarios of g20-2019."""
    g20 = world.load("g20-2019")
    rng = np.random.default_rng(1)
    none = Policy.none(g20)
    outcome = equilibrium.solve(g20, none)
    start = time.process_time()
    for _ in range(count):
        importer, exporter = rng.choice(20, 2, replace=False)
        policy = none.add_duty(
            importer=g20.economies[importer],
            exporter=g20.economies[exporter],
            rate=float(rng.uniform(0.05, 1.45)),
        )
        equilibrium.solve(g20, policy, start=outcome, tolerance=TOLERANCE)
    return time.process_time() - start


def drawn(count: int) -> float:
    """Return CPU seconds for `count` draws of the elasticities of g20-2019."""
    g20 = world.load("g20-2019")
    policy = Policy.none(g20).add_duty(importer="USA", exporter="CHN", rate=1.45)
    start = time.process_time()
    equilibrium.draws(g20, {"policy": policy}, count=count, seed=1)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wiod", type=Path, help="the WIOD 2013 table of 2011, as published")
    parser.add_argument("--only", help="part of a world's name")
    options = parser.parse_args()
    speed = bandwidth()
    print(f"bandwidth {speed / 1e9:.0f} GB/s; policy: +10 points on all imports of one economy")
    print("ms of CPU, residual 1e-12")
    heads = ["world", "iter", "residual", "cold", "warm", "gradient", "ratio", "floor", "x floor"]
    table = [heads]
    for name, build in worlds(options.wiod).items():
        if options.only is None or options.only in name:
            table.append(row(name, build, speed))
    widths = [max(len(line[at]) for line in table) for at in range(len(heads))]
    for line in table:
        print("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))
    if options.only is None:
        print(f"1,000 tariff scenarios of g20-2019: {scenarios(1000):.1f} s")
        print(f"1,000 draws of g20-2019: {drawn(1000):.1f} s")


if __name__ == "__main__":
    main()
