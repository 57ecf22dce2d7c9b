"""The one way to run a function over many items: on this machine's cores, in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from parley.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")

_MOST_WORKERS = 61  # Windows waits for at most 61 processes at once
_AHEAD = 4  # items handed out per worker, so that none waits and a long list is not copied
_NAME_LENGTH = 200
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def map(
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int,
    on_result: Callable[[T, R], None] | None = None,
) -> list[R]:
    """Return ``[function(item) for item in items]``, worked out by several processes.

    Parameters
    ----------
    function
        A function of one argument that stands at the top of a module (it is sent to other
        processes by name); a `functools.partial` of one will do.
    items
        What to work on. Taken as it is needed.
    workers
        Number of processes. With 1 everything runs in this process, one item after another.
    on_result
        Called in this process with each item and its result, in the order of the items.

    Raises
    ------
    Exception
        The first failure in the order of the items, as `function` raised it, with a note that
        names the item. Work on the other items is stopped, also by Ctrl-C.

    Examples
    --------
    >>> map(abs, [-2, 1], workers=1)
    [2, 1]
    """
    if workers < 1:
        raise SettingsError(f"workers = {workers}: at least 1 is needed")
    run = _run_here if workers == 1 else _run_in_processes
    results = []
    with closing(run(function, items, min(workers, _MOST_WORKERS))) as pairs:
        for item, result in pairs:
            results.append(result)
            if on_result is not None:
                on_result(item, result)
    return results


def _run_here(
    function: Callable[[T], R], items: Iterable[T], _workers: int
) -> Generator[tuple[T, R], None, None]:
    for at, item in enumerate(items):
        try:
            result = function(item)
        except Exception as error:
            _name(error, at, item)
            raise
        yield item, result


def _run_in_processes(
    function: Callable[[T], R], items: Iterable[T], workers: int
) -> Generator[tuple[T, R], None, None]:
    others = set(multiprocessing.active_children())
    # Spawned processes start alike on every system and inherit no threads or open files.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_worker)
    try:
        yield from _in_order(pool, function, items, workers * _AHEAD)
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown()


def _in_order(
    pool: ProcessPoolExecutor, function: Callable[[T], R], items: Iterable[T], ahead: int
) -> Generator[tuple[T, R], None, None]:
    source = enumerate(items)
    waiting: deque[tuple[int, T, Future[R]]] = deque()
    while True:
        waiting.extend(
            (at, item, pool.submit(function, item))
            for at, item in islice(source, ahead - len(waiting))
        )
        if not waiting:
            return
        at, item, future = waiting.popleft()
        try:
            result = future.result()
        except Exception as error:
            _name(error, at, item)
            raise
        yield item, result


def _name(error: Exception, at: int, item: object) -> None:
    error.add_note(f"in item {at + 1}: {str(item)[:_NAME_LENGTH]}")


def _begin_worker() -> None:
    """Leave Ctrl-C to the parent, and other cores to the other workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_to_one_core()


def keep_to_one_core() -> None:
    """Keep the linear algebra of this process to one core, unless the environment says otherwise.

    The systems of one equilibrium are small: threads that wait for each other cost more than they
    bring. It takes effect only before NumPy is imported for the first time.
    """
    for name in _THREADS:
        os.environ.setdefault(name, "1")
