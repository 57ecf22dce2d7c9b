"""Killed, written to by two, out of room or read-only: nothing acknowledged is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa

from parley.errors import LedgerError
from parley.ledger import Fact, Ledger
from parley.records import Commitment, Source

WRITER = """
import sys
from parley.ledger import Fact, Ledger
from parley.records import Commitment, Source
name, path, start = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Ledger.open(path, shipped=False) as ledger:
    for number in range(start, start + 10_000):
        source = Source(source_id=f"{name}-{number}", address="https://example.org")
        promise = Commitment(made_by=("RUR",), made_to=("GRA",), action=f"promise {number}",
                             quantity=float(number), unit="tonnes")
        fact = Fact(record=promise, source=source, entry_id=f"{name}-{number}")
        ledger.add([fact], by=name)
        print(number, flush=True)
"""
FIELDS = {"made_by", "made_to", "action", "quantity", "unit"}


def writer(name: str, path: Path, start: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, name, str(path), str(start)],
        stdout=subprocess.PIPE,
        text=True,
    )


def killed(process: subprocess.Popen[str], after: int) -> list[int]:
    """Let a writer acknowledge some facts, kill it, and return every one that it acknowledged."""
    assert process.stdout is not None
    with process:
        first = [int(process.stdout.readline()) for _ in range(after)]
        process.send_signal(signal.SIGKILL)
        # Not communicate(), which would pass over what the reader of lines holds already.
        return first + [int(line) for line in process.stdout.read().split()]


def whole(path: Path) -> dict[str, set[str]]:
    """Return the fields of every entry in the ledger, which must open and be sound."""
    with Ledger.open(path, shipped=False) as ledger:
        with ledger._own().reading() as connection:
            assert connection.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
            assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
        return {
            entry.entry_id: {claim.field for claim in entry.claims}
            for entry in ledger.commitments()
        }


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_in_a_loop_of_two_writers_it_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    Ledger.open(path, create=True).close()
    acknowledged: set[str] = set()
    start = 0
    while len(acknowledged) < 240:
        start += 100_000
        writers = {name: writer(name, path, start) for name in ("ann", "bob")}
        for at, (name, process) in enumerate(writers.items()):
            acknowledged |= {f"{name}-{number}" for number in killed(process, 14 + 5 * at)}
        found = whole(path)
        assert acknowledged <= set(found), "an acknowledged fact is gone"
        assert {frozenset(fields) for fields in found.values()} == {frozenset(FIELDS)}


def fact(number: int) -> Fact:
    source = Source(source_id=f"s{number}", address="https://example.org")
    return Fact(record=Commitment(made_by=("RUR",), action="x" * 2000), source=source)


def test_full_disk_is_said_and_nothing_of_the_write_is_kept(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "own.db", shipped=False, create=True) as ledger:
        ledger.add([fact(0)], by="ann")

        @sa.event.listens_for(ledger._own().engine, "begin")
        def _small(connection: sa.Connection) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

        with pytest.raises(LedgerError, match="disk is full"):
            ledger.add([fact(number) for number in range(1, 50)], by="ann")
        assert len(ledger.commitments()) == 1


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another user can reach, unlike those of pytest."""
    with TemporaryDirectory(prefix="parley-") as name:
        yield Path(name)


READER = """
import os, shutil, sys
from parley.errors import LedgerError
from parley.ledger import Ledger
path = sys.argv[1]
shutil.copy(path, path + ".warm")
with Ledger.open(path + ".warm", shipped=False) as warm:  # loads all that root alone may read
    warm.commitments()
    try:
        warm.set_aside("x", "y", by="ann", why="z")
    except LedgerError:
        pass
os.chmod(path, 0o444)
os.chmod(os.path.dirname(path), 0o777)
if os.geteuid() == 0:
    os.seteuid(65534)  # root may write anything
with Ledger.open(path, shipped=False) as ledger:
    print(len(ledger.commitments()))
    try:
        ledger.set_aside("x", "y", by="ann", why="z")
    except LedgerError as error:
        print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="rights of files are POSIX's")
def test_read_only_file_is_read_and_refuses_writes(folder: Path) -> None:
    path = folder / "own.db"
    with Ledger.open(path, shipped=False, create=True) as ledger:
        ledger.add([fact(0)], by="ann")
    done = subprocess.run(
        [sys.executable, "-c", READER, str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.splitlines()[:1] == ["1"], done.stderr
    assert "read-only" in done.stdout


def test_writer_waits_for_another(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    with (
        Ledger.open(path, shipped=False, create=True) as one,
        Ledger.open(path, shipped=False) as two,
    ):
        with one._own().writing("add", agent="ann"):
            began = time.monotonic()
            process = writer("bob", path, 0)
            assert process.poll() is None
            time.sleep(0.2)
        assert process.stdout is not None
        assert process.stdout.readline() == "0\n"
        assert time.monotonic() > began
        process.kill()
        process.communicate()
        assert "bob-0" in {entry.entry_id for entry in two.commitments()}
