"""Time and memory of a series of two years, of a knowledge date, and of the brute-force panel.

    python bench/duties.py [FOLDER]

FOLDER holds `us_imports_hs10_2024.parquet`, for the comparison; without it that part is left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

COLD = """
import time
start = time.perf_counter()
from datetime import date
from parley import duties
from parley.ledger import Ledger
with Ledger.open() as ledger:
    frame = duties.series(ledger, date(2025, 1, 1), date(2027, 1, 1))
wall = time.perf_counter() - start
import json, resource
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"seconds": wall, "cpu_seconds": usage.ru_utime + usage.ru_stime,
                  "mb": usage.ru_maxrss / 1024, "stretches": len(frame)}))
"""


def main() -> None:
    """Print the figures as JSON."""
    cold = [
        json.loads(
            subprocess.run([sys.executable, "-c", COLD], capture_output=True, check=True).stdout
        )
        for _ in range(3)
    ]
    best = min(cold, key=lambda one: one["seconds"])
    found = {"cold_series": best, "known_date_warm_seconds": warm()}
    if len(sys.argv) > 1:
        found["brute_force"] = brute(Path(sys.argv[1]))
        found["ratio"] = found["brute_force"]["seconds"] / best["seconds"]
    print(json.dumps(found, indent=2))


def warm() -> float:
    """Return the seconds that one more knowledge date takes."""
    from parley import duties
    from parley.ledger import Ledger

    with Ledger.open() as ledger:
        duties.on(ledger, date(2025, 8, 20), known=date(2025, 5, 13))
        times = []
        for day in (1, 2, 3, 4, 5):
            start = time.perf_counter()
            duties.on(ledger, date(2025, 8, 20), known=date(2025, 6, day))
            times.append(time.perf_counter() - start)
    return min(times)


def brute(folder: Path) -> dict[str, float]:
    """Return what a panel of HS10 by country by day takes: a number stands in for the law."""
    import duckdb

    start = time.perf_counter()
    days = (date(2027, 1, 1) - date(2025, 1, 1)).days
    with duckdb.connect() as connection:
        connection.execute("SET threads TO 1")
        rows = connection.execute(
            """
            SELECT count(*), sum(value * rate) FROM (
                SELECT imports_consumption_usd AS value,
                       (hash(hs10) + day.range) % 100 / 100.0 AS rate
                FROM read_parquet(?), range(?) AS day
            )
            """,
            [str(folder / "us_imports_hs10_2024.parquet"), days],
        ).fetchall()[0][0]
    return {"seconds": time.perf_counter() - start, "rows": rows, "days": days}


if __name__ == "__main__":
    main()
