"""Time the talks on `g20-detail`: `python bench/talks.py`, one thread, warm.

Beside each time stands its certificate: what a first-order step would still bring, as a fraction
of the objective, and for optima what a search from 21 starts and a second algorithm still find.
With `--scipy` the same optimum by SciPy's L-BFGS-B with finite differences, over the duties on one
partner, where that ends. With `--puremacro PYTHON --table ICIO.npz` the search for one duty by
puremacro, in a Python that has it, on the table that `g20-2019` is made of.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import time
from typing import TYPE_CHECKING

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from parley import equilibrium, talks, world

if TYPE_CHECKING:
    from collections.abc import Callable

    from parley.world import World

WORLD = "g20-detail"
REPEATS = 3
PAIR = ("USA", "CHN")
PEER = """
import sys, time
import numpy as np, puremacro.trade as trade
table = np.load(sys.argv[1])
codes = {key: [str(code) for code in table[key]] for key in ("country_codes", "sector_codes")}
model = trade.calibrate_trade_model(table["data"].astype(float), **codes)
start = time.perf_counter()
found = trade.compute_unilateral_optimal_tariff(model, "USA", tariff_max=0.5, metric=sys.argv[2])
print(f"{time.perf_counter() - start:.1f} s, duty {found.optimal_tariff_rate:.4f}")
"""
LIMIT = 600  # seconds for the peer


def timed(name: str, ask: Callable[[], float], *, repeats: int = REPEATS) -> float:
    """Print the best of some runs after one to warm up, and the certificate."""
    left = ask()
    spent = []
    for _ in range(repeats):
        start = time.perf_counter()
        left = ask()
        spent.append(time.perf_counter() - start)
    print(f"{name:60s} {min(spent):8.3f} s   first-order gain left {left:.0e}", flush=True)
    return min(spent)


def table_of(base: World, groups: int) -> talks.Table:
    """Return duties of the pair on each other's goods, in groups of sectors."""
    parts = [tuple(part.tolist()) for part in np.array_split(base.goods, groups)]
    return talks.Table(
        instruments=tuple(
            talks.Instrument(
                owner=owner, partners=(other,), kind="duty", setting=0.15, low=0.0, high=2.0,
                sectors=part,
            )
            for owner, other in (PAIR, PAIR[::-1])
            for part in parts
        )
    )  # fmt: skip


def main() -> None:
    """Time every question once warm."""
    options = argparse.ArgumentParser()
    options.add_argument("--scipy", action="store_true")
    options.add_argument("--puremacro", metavar="PYTHON")
    options.add_argument("--table", metavar="ICIO.npz")
    asked = options.parse_args()
    base = world.load(WORLD)
    print(f"{WORLD}: {len(base.economies)} economies, {len(base.goods)} sectors of goods")
    the_world(base)
    the_table(base)
    if asked.scipy:
        against_scipy(base)
    if asked.puremacro:
        against_puremacro(asked.puremacro, asked.table)


def the_world(base: World) -> None:
    """Time optima and wars over all duties of a world."""
    status_quo = equilibrium.solve(base, equilibrium.Policy.none(base))
    best = talks.best_response(base, "USA", starts=("40 per cent",)).best

    def optimum() -> float:
        return talks.best_response(base, "USA", starts=("40 per cent",)).best.residual

    def all_fight() -> float:
        found = talks.nash(base, base.economies, starts=("status quo",)).first
        return max(found.residuals)

    def two_fight() -> float:
        found = talks.nash(base, PAIR, among_themselves=True, starts=("status quo",)).first
        return max(found.residuals)

    war = talks.nash(base, PAIR, among_themselves=True, starts=("status quo",)).first

    def agree() -> float:
        return talks.cooperate(war.outcome, PAIR, among_themselves=True).residual

    def concede() -> float:
        talks.concessions(status_quo, PAIR)
        return 0.0

    timed("unilateral optimum of USA, one start", optimum)
    found = talks.certify(best, talks.Welfare(party="USA"))
    print(
        f"    {len(found.starts)} starts and a second algorithm gain {found.gain:.0e} more; "
        f"{len(found.values)} distinct optima"
    )
    timed(f"trade war of {len(base.economies)}, one start", all_fight)
    timed("trade war of USA and CHN, one start", two_fight)
    timed("bargain of USA and CHN, equal gains", agree)
    timed("concessions of USA and CHN", concede)


def the_table(base: World) -> None:
    """Time the questions over the instruments of a table."""
    table = table_of(base, 4)
    game = talks.Game(world=base, table=table)
    war = talks.table_war(game)
    deal = talks.bargain(table, game, war.deal).best
    assert deal is not None

    def fight() -> float:
        found = talks.table_war(talks.Game(world=base, table=table))
        return float((np.array(found.gains_left) / game.levels(np.array(found.payoffs))).max())

    def bargain() -> float:
        found = talks.bargain(table, talks.Game(world=base, table=table), war.deal)
        return found.residual or 0.0

    def frontier() -> float:
        fresh = talks.Game(world=base, table=table)
        return talks.frontier(fresh, war.deal, points=50).residual

    def holds() -> float:
        talks.holds(talks.Game(world=base, table=table), deal.deal, war.deal, war=war.deal)
        return 0.0

    count = len(table.instruments)
    timed(f"war over a table of {count} instruments", fight, repeats=1)
    timed(f"Nash bargain over {count} instruments", bargain, repeats=1)
    timed(f"frontier of 50 deals over {count} instruments", frontier, repeats=1)
    timed(f"what holds, {count} instruments, joint and single breaches", holds, repeats=1)


def against_scipy(base: World) -> None:
    """Print the time of SciPy's L-BFGS-B with finite differences for the duties on one partner."""
    from scipy.optimize import minimize

    best = talks.best_response(base, "USA", partners=("CHN",), starts=("40 per cent",)).best
    cells = best.cells
    solved = 0
    near = equilibrium.solve(base, equilibrium.Policy.none(base))

    def loss(duties: np.ndarray) -> float:
        nonlocal near, solved
        level = np.full(base.tariff.shape, np.nan)
        level[cells] = duties
        none = equilibrium.Policy.none(base)
        policy = none if np.isnan(level).all() else _levels(none, level)
        near = equilibrium.solve(base, policy, start=near, tolerance=1e-12)
        solved += 1
        return -float(near.welfare[base.economy("USA")])

    ours = timed(
        f"optimum of USA over {cells.sum()} duties on CHN",
        lambda: (
            talks.best_response(
                base, "USA", partners=("CHN",), starts=("40 per cent",)
            ).best.residual
        ),
    )
    start = time.perf_counter()
    found = minimize(
        loss, np.full(int(cells.sum()), 0.4), method="L-BFGS-B", bounds=[(0.0, 10.0)] * cells.sum(),
        options={"maxfun": 20_000, "maxiter": 500, "ftol": 1e-14, "gtol": 1e-9},
    )  # fmt: skip
    spent = time.perf_counter() - start
    print(
        f"    SciPy L-BFGS-B with finite differences: {spent:.1f} s, {solved} equilibria, welfare "
        f"{1.0 - found.fun:.9f} against {best.value:.9f}: {spent / ours:.0f} times as long"
    )


def _levels(policy: equilibrium.Policy, level: np.ndarray) -> equilibrium.Policy:
    from dataclasses import replace

    return replace(policy, duty_level=level)


def against_puremacro(python: str, table: str) -> None:
    """Print the time of puremacro's search for one duty of the USA on everybody."""
    base = world.load("g20-2019")
    ours = timed(
        "optimum of USA on g20-2019, every duty its own",
        lambda: talks.best_response(base, "USA", starts=("40 per cent",)).best.residual,
    )
    for metric in ("geary_khamis", "hicksian_ev"):
        start = time.perf_counter()
        try:
            said = subprocess.run(
                [python, "-c", PEER, table, metric], capture_output=True, text=True, timeout=LIMIT,
                check=False, encoding="utf-8",
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            print(f"    puremacro, {metric}: not finished after {LIMIT} s ({LIMIT / ours:.0f} x)")
            continue
        spent = time.perf_counter() - start
        words = (said.stdout or said.stderr.strip().splitlines()[-1]).strip()
        print(f"    puremacro, {metric}: {words} ({spent / ours:.0f} times ours)")


if __name__ == "__main__":
    main()
