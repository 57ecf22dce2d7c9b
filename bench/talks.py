"""Time the talks on `g20-detail`: `python bench/talks.py`, one thread, warm.

Beside each time stands its certificate: what a first-order step would still bring.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from parley import equilibrium, talks, world

if TYPE_CHECKING:
    from collections.abc import Callable

WORLD = "g20-detail"
REPEATS = 3


def timed(name: str, ask: Callable[[], float]) -> None:
    """Print the best of some runs after one to warm up, and the certificate."""
    left = ask()
    spent = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        left = ask()
        spent.append(time.perf_counter() - start)
    print(f"{name:60s} {min(spent):8.3f} s   first-order gain left {left:.0e}", flush=True)


def main() -> None:
    """Time every question once warm."""
    base = world.load(WORLD)
    status_quo = equilibrium.solve(base, equilibrium.Policy.none(base))
    pair = ("USA", "CHN")
    war = talks.nash(base, pair, among_themselves=True, starts=("status quo",)).first
    deal = talks.cooperate(war.outcome, pair, among_themselves=True)
    print(f"{WORLD}: {len(base.economies)} economies, {len(base.goods)} sectors of goods")

    def optimum() -> float:
        return talks.best_response(base, "USA", starts=("40 per cent",)).best.residual

    def all_fight() -> float:
        found = talks.nash(base, base.economies, starts=("40 per cent",)).first
        return max(found.residuals)

    def two_fight() -> float:
        found = talks.nash(base, pair, among_themselves=True, starts=("status quo",)).first
        return max(found.residuals)

    def agree() -> float:
        return talks.cooperate(war.outcome, pair, among_themselves=True).residual

    def keep() -> float:
        found = talks.temptations(deal.outcome, war.outcome, pair, sectors=base.goods)
        return max(one.breach.residual for one in found)

    def concede() -> float:
        talks.concessions(status_quo, pair)
        return 0.0

    timed("unilateral optimum of USA, one start", optimum)
    timed(f"trade war of {len(base.economies)}, one start", all_fight)
    timed("trade war of USA and CHN, one start", two_fight)
    timed("bargain of USA and CHN, equal gains", agree)
    timed("best joint breaches of the bargain, two starts each", keep)
    timed("concessions of USA and CHN", concede)


if __name__ == "__main__":
    main()
