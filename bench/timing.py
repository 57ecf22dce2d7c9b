"""CPU time of a task, as the benches measure it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 15


def least(task: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """Return the least CPU time of several runs, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return 1e3 * min(times)
