"""Time the engine: worlds of several sizes, a cold process, many scenarios, and other packages.

Run from the repository: ``OMP_NUM_THREADS=1 python bench/engine.py --peers``. Times are the least
of several runs in milliseconds of CPU of one process on one thread. The floor is the time that
reading as many bytes as an iteration must (MB: kernels, input shares, preconditioner) takes, as
often as the solve iterates. `plain` counts the sweeps that the same model takes to the same
residual without preconditioner and acceleration. With ``--peers`` other packages are installed
from the registry into an environment that lasts for the run, and solve the same economies.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import peers
from parley import equilibrium, world
from parley.equilibrium import Policy
from timing import least
from worlds import benched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from parley.world import World

TOLERANCE = 1e-12
MOST = 5_000  # plain sweeps that are counted
GOALS = {"countries-2023": 1.0, "g20-detail": 2.0, "WIOD": 3.0, "synthetic": 5.0}  # ms
COLD = """
import time
from parley import equilibrium, world
from parley.equilibrium import Policy
found = world.load({name!r})
elasticities = found.elasticities_short if {short} else found.elasticities
policy = Policy.none(found).add_duty(importer="USA", exporter=None, rate=0.10)
equilibrium.solve(found, policy, elasticities=elasticities)
peak = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(time.process_time(), float(peak[0]) / 1024.0)
"""


def reading(size: int, times: int, *, rounds: int) -> float:
    """Return milliseconds to read a block of `size` bytes as often as a solve does."""
    block = np.ones(size // 8)
    return least(lambda: [block.sum() for _ in range(times)], rounds=rounds)


def bytes_per_iteration(outcome: equilibrium.Outcome) -> int:
    """Return what one sweep and one preconditioned step must read."""
    sweep = outcome.solution.sweep
    kernels = 2 * sweep.kernel.gross.nbytes  # both ways
    if sweep.kernel.taken is None:
        kernels += sweep.kernel.net.nbytes
    inputs = 2 * sweep.base.input_share.nbytes
    inverse = outcome.preconditioner.inverse
    return kernels + inputs + sum(part.nbytes for part in vars(inverse).values())


def plain_sweeps(found: World, policy: Policy) -> str:
    """Return how many sweeps it takes without preconditioner and acceleration."""
    prepared = equilibrium.solve(found, policy).preconditioner
    sweep = prepared.sweep(policy)
    pace = np.full(sweep.size, 0.5)
    pace[: len(found.economies)] = 1.0 / (1.0 + found.elasticities.trade.max())  # wages
    state = np.zeros(sweep.size)
    for count in range(MOST):
        residual = sweep.residual(sweep.values(state))
        if np.abs(residual).max() <= TOLERANCE:
            return str(count)
        state = state + pace * residual
    return f"> {MOST}"


def parts(outcome: equilibrium.Outcome, *, rounds: int = 20) -> dict[str, float]:
    """Return milliseconds of CPU by part of one solve, in the run of the least total."""
    runs = [_parts(outcome) for _ in range(rounds)]
    return min(runs, key=lambda spent: sum(spent.values()))


def _parts(outcome: equilibrium.Outcome) -> dict[str, float]:
    spent: dict[str, float] = {}

    def clock(part: str, task: Callable[..., Any], *given: object) -> Any:  # noqa: ANN401
        start = time.process_time()
        answer = task(*given)
        spent[part] = spent.get(part, 0.0) + 1e3 * (time.process_time() - start)
        return answer

    prepared = outcome.preconditioner
    sweep = clock("kernel", prepared.sweep, outcome.policy)
    state, mixer = np.zeros(sweep.size), equilibrium.Anderson(sweep.size)
    for _ in range(outcome.iterations):
        v = sweep.unpack(state)
        for block in sweep.blocks:
            clock(type(block).__name__, block.forward, v)
        residual = clock("residual", sweep.residual, v)
        step = clock("step", prepared.inverse.step, residual)
        state = clock("mixing", mixer.propose, state, step)
    return spent


def row(name: str, build: Callable[[], World]) -> list[str]:
    loaded = build()
    who = "USA" if "USA" in loaded.economies else loaded.economies[0]
    policy = Policy.none(loaded).add_duty(importer=who, exporter=None, rate=0.10)
    start = time.process_time()
    outcome = equilibrium.solve(loaded, policy, tolerance=TOLERANCE)
    first = 1e3 * (time.process_time() - start)
    rounds = 60 if loaded.tariff.size < 100_000 else 25
    warm = least(lambda: equilibrium.solve(loaded, policy, tolerance=TOLERANCE), rounds=rounds)
    objective = {"welfare": np.eye(len(loaded.economies))[0]}
    slope = least(lambda: equilibrium.gradient(outcome, objective).duty, rounds=rounds)
    size = bytes_per_iteration(outcome)
    floor = reading(size, outcome.iterations, rounds=rounds)
    goal = next((goal for start, goal in GOALS.items() if name.startswith(start)), None)
    if goal is not None and warm > 2.0 * goal:
        spent = ", ".join(f"{part} {ms:.1f}" for part, ms in parts(outcome).items() if ms > 0.1)
        print(f"{name}, ms by part: {spent}")
    return [
        name,
        plain_sweeps(loaded, policy),
        str(outcome.iterations),
        f"{outcome.residual:.0e}",
        f"{first:.0f}",
        f"{warm:.2f}",
        "" if goal is None else f"{goal:g}",
        f"{slope:.2f}",
        f"{slope / warm:.2f}",
        f"{size / 1e6:.1f}",
        f"{floor:.2f}",
        f"{warm / floor:.1f}",
    ]


def cold(name: str, *, short: bool) -> list[str]:
    """Return seconds and memory of a process that starts, loads a world and solves."""
    code, walls, found = COLD.format(name=name, short=short), [], []
    for _ in range(5):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        )
        walls.append(time.perf_counter() - start)
        found.append([float(figure) for figure in done.stdout.split()])
    cpu, peak = np.min(found, axis=0)
    return [name, "short" if short else "long", f"{min(walls):.2f}", f"{cpu:.2f}", f"{peak:.0f}"]


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


def show(title: str, heads: list[str], rows: Iterable[list[str]]) -> None:
    table = [heads, *rows]
    widths = [max(len(line[at]) for line in table) for at in range(len(heads))]
    print(f"\n{title}")
    for line in table:
        print("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))


def compare(python: Path | None) -> None:
    """Print how other packages do, or why they could not be asked."""
    try:
        with peers.environment(python) as found:
            title = f"Against {', '.join(peers.PACKAGES)}: seconds and milliseconds of CPU"
            show(title, peers.HEADS, peers.rows(found))
    except subprocess.CalledProcessError as error:
        print(f"\nno peers: {' '.join(map(str, error.cmd[:3]))} failed: {error.stderr.strip()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wiod", type=Path, help="the WIOD 2013 table of 2011, as published")
    parser.add_argument("--only", help="part of a world's name; nothing else is run")
    parser.add_argument("--peers", action="store_true", help="install and time other packages")
    parser.add_argument("--python", type=Path, help="an interpreter that has those packages")
    options = parser.parse_args()
    heads = "world plain iter residual first warm goal gradient ratio MB floor x".split()
    wanted = {
        name: build
        for name, build in benched(options.wiod).items()
        if options.only is None or options.only in name
    }
    show(
        f"10 points on all imports of one economy, residual {TOLERANCE:g}, ms of CPU",
        heads,
        [row(name, build) for name, build in wanted.items()],
    )
    if options.only is not None:
        return
    names = ("countries-2023", "g20-2019", "g20-detail")
    show(
        "A process from its start to its answer",
        ["world", "horizon", "wall s", "CPU s", "peak MB"],
        [cold(name, short=short) for name in names for short in (False, True)],
    )
    print(f"\n1,000 tariff scenarios of g20-2019: {scenarios(1000):.1f} s of CPU")
    print(f"1,000 draws of g20-2019: {drawn(1000):.1f} s of CPU")
    if options.peers or options.python is not None:
        compare(options.python)


if __name__ == "__main__":
    main()
