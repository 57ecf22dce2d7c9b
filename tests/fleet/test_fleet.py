from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from parley import fleet
from parley.errors import ConvergenceError, SettingsError

TOO_BIG = 3


def test_results_come_in_the_order_of_the_items() -> None:
    assert fleet.map(abs, [-3, 1, -2], workers=1) == [3, 1, 2]


def test_nothing_to_do_gives_nothing() -> None:
    assert fleet.map(abs, [], workers=2) == []


def test_processes_give_what_one_gives() -> None:
    items = list(range(-20, 20))
    seen: list[tuple[int, int]] = []
    results = fleet.map(
        abs, iter(items), workers=2, on_result=lambda item, result: seen.append((item, result))
    )
    assert results == [abs(item) for item in items]
    assert seen == list(zip(items, results, strict=True))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failed_item_is_named(workers: int) -> None:
    with pytest.raises(ValueError, match="invalid literal") as caught:
        fleet.map(int, ["1", "page-two.html", "3"], workers=workers)
    assert caught.value.__notes__ == ["in item 2: page-two.html"]


def test_a_failure_keeps_its_kind() -> None:
    def fail(scenario: str) -> None:
        raise ConvergenceError(f"{scenario}: stopped")

    with pytest.raises(ConvergenceError, match="truce: stopped"):
        fleet.map(fail, ["truce"], workers=1)


def test_a_failure_in_on_result_ends_the_work() -> None:
    def refuse(item: int, _result: int) -> None:
        raise OSError(f"disk full at {item}")

    with pytest.raises(OSError, match="disk full at -1"):
        fleet.map(abs, [-1, -2], workers=2, on_result=refuse)


def test_no_workers_is_refused() -> None:
    with pytest.raises(SettingsError, match="at least 1"):
        fleet.map(abs, [1], workers=0)


def test_items_are_taken_only_as_needed() -> None:
    taken: list[int] = []

    def endless() -> object:
        while True:
            taken.append(len(taken))
            yield taken[-1]

    def stop(item: int, _result: int) -> None:
        if item == TOO_BIG:
            raise StopAsyncIteration

    with pytest.raises(StopAsyncIteration):
        fleet.map(abs, endless(), workers=2, on_result=stop)  # type: ignore[arg-type]
    assert len(taken) < 20


def test_the_users_number_of_threads_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    fleet.keep_to_one_core()
    assert (os.environ["OMP_NUM_THREADS"], os.environ["OPENBLAS_NUM_THREADS"]) == ("3", "1")


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT to another process")
@pytest.mark.usefixtures("hears_ctrl_c")
def test_ctrl_c_ends_the_work_and_leaves_no_process_behind(tmp_path: Path) -> None:
    script = tmp_path / "sweep.py"
    script.write_text(
        "import os, time\n"
        "from parley import fleet\n"
        "def work(folder):\n"
        "    open(os.path.join(folder, str(os.getpid())), 'w').close()\n"
        "    time.sleep(600)\n"
        "if __name__ == '__main__':\n"
        f"    fleet.map(work, [{str(tmp_path)!r}] * 8, workers=2)\n",
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [sys.executable, script],
        stderr=subprocess.PIPE,
        text=True,
    )
    while not any(path.name.isdigit() for path in tmp_path.iterdir()):
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in said
    for path in tmp_path.iterdir():
        if path.name.isdigit():
            with pytest.raises(ProcessLookupError):
                os.kill(int(path.name), 0)
