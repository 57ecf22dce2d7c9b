"""How fast the ledger answers with 200,000 assertion versions on SQLite.

    python bench/ledger.py [--claims 200000]

Prints the median of repeated runs of one subject as of a date, and of the board of promises, each
beside a plain indexed SELECT of the same rows in the same file, and the ratio of the two. Goals:
5 ms for the subject, 200 ms for the board. Times are wall-clock; the time of the processor stands
beside them, since a busy machine makes the first longer.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from parley.ledger import Ledger
from parley.ledger._rows import write_claims, write_entry, write_source
from parley.records import Claim, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMMITMENTS, ASSESSMENTS, ACCUSATIONS = 200, 5, 1  # the last two for each commitment
FIRST = date(2018, 1, 1)
RECORDED = datetime(2025, 1, 1, tzinfo=UTC)
RUNS = 30


def main() -> None:
    """Fill a ledger and time the questions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=200_000)
    wanted = parser.parse_args().claims
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        with Ledger.open(path, shipped=False, create=True) as ledger:
            fill(ledger, wanted)
            report(ledger, path)


def fill(ledger: Ledger, wanted: int) -> None:
    """Write `wanted` claims: a board of promises, and measures with many versions."""
    began = time.perf_counter()
    written = 0
    with ledger._own().writing("import", agent="bench") as activity:
        for number in range(40):
            write_source(activity, Source(source_id=f"s{number}", address=f"https://s/{number}"))
        for entry_id, kind, claims in entries():
            write_entry(activity, entry_id, kind, entry_id)
            write_claims(activity, entry_id, claims)
            written += len(claims)
            if written >= wanted:
                break
    print(f"{written:,} claims written in {time.perf_counter() - began:.1f} s")


def entries() -> Iterator[tuple[str, str, list[Claim]]]:
    """Yield entries without end: first the board, then measures of 60 versions."""
    for number in range(COMMITMENTS):
        promise = f"promise-{number}"
        yield (
            promise,
            "commitment",
            [
                claim(number, "made_by", ["USA"]),
                claim(number, "made_to", ["CHN"]),
                claim(number, "action", f"buy {number} tonnes"),
                claim(number, "quantity", float(number)),
                claim(number, "unit", "tonnes"),
                claim(number, "due", {"start": "2025-01-01", "end": "2025-01-02"}),
            ],
        )
        for at in range(ASSESSMENTS):
            yield (
                f"{promise}-said-{at}",
                "assessment",
                [
                    claim(at, "commitment", promise),
                    claim(at, "speaker", f"speaker {at}"),
                    claim(at, "verdict", "late"),
                    claim(at, "progress", "some of it"),
                ],
            )
        for at in range(ACCUSATIONS):
            yield (
                f"{promise}-blamed-{at}",
                "accusation",
                [
                    claim(at, "by", "CHN"),
                    claim(at, "against", ["USA"]),
                    claim(at, "what", "did not buy"),
                    claim(at, "commitment", promise),
                ],
            )
    number = 0
    while True:
        yield f"measure-{number}", "measure", measure(number)
        number += 1


def measure(number: int) -> list[Claim]:
    """Return the claims of a measure: its rate and state change 30 times, by one act each."""
    fixed = [
        claim(number, "imposer", "USA"),
        claim(number, "targets", ["CHN"]),
        claim(number, "kind", "import_tariff"),
        claim(number, "scope", {"words": f"goods {number}"}),
    ]
    changing = []
    for at in range(30):
        day = FIRST + timedelta(days=30 * at)
        rate = {"kind": "ad_valorem", "ad_valorem": at / 100, "basis": "additional"}
        about = {"start": day, "act": f"order {at}", "acted": day, "published": day}
        changing += [
            claim(number, "rate", rate, **about),
            claim(number, "state", "in_force", **about),
        ]
    return fixed + changing


def claim(number: int, field: str, value: object, **others: object) -> Claim:
    """Return a claim of one of forty sources."""
    about = {"published": FIRST, "recorded": RECORDED, **others}
    return Claim(field=field, value=value, source=f"s{number % 40}", **about)  # type: ignore[arg-type]  # fields of a claim


def report(ledger: Ledger, path: Path) -> None:
    """Time each question and the plain SELECT of the rows that it reads."""
    plain = sqlite3.connect(path)
    plain.execute("PRAGMA cache_size = -64000")
    on, known = date(2019, 6, 1), date(2019, 3, 1)
    one = "SELECT * FROM claims WHERE entry_id = 'measure-77'"
    board = (
        "SELECT c.* FROM entries e JOIN claims c ON c.entry_id = e.entry_id "
        "WHERE e.type IN ('commitment', 'assessment', 'accusation')"
    )
    for name, goal, ask, query in (
        (
            "one subject as of a date",
            5,
            lambda: ledger.entry("measure-77", on=on, known=known),
            one,
        ),
        ("the board of promises", 200, ledger.promises, board),
    ):
        rows = len(plain.execute(query).fetchall())
        ours, cpu = median(ask)
        theirs, plain_cpu = median(lambda query=query: plain.execute(query).fetchall())
        print(
            f"{name}: {ours:.2f} ms, processor {cpu:.2f} ms (goal {goal} ms); plain SELECT of its "
            f"{rows:,} rows {theirs:.2f} ms, processor {plain_cpu:.2f} ms; "
            f"ratio {cpu / plain_cpu:.1f}"
        )
    plain.close()


def median(ask: Callable[[], object]) -> tuple[float, float]:
    """Return the median times of a call in milliseconds, wall and processor, after a first one."""
    ask()
    wall, processor = [], []
    for _ in range(RUNS):
        began, used = time.perf_counter(), time.process_time()
        ask()
        wall.append(1000 * (time.perf_counter() - began))
        processor.append(1000 * (time.process_time() - used))
    return statistics.median(wall), statistics.median(processor)


if __name__ == "__main__":
    main()
