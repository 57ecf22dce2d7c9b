"""Where commands print: results on stdout, messages and progress on stderr.

Rich honours NO_COLOR, FORCE_COLOR, TERM and the width of the terminal (COLUMNS).
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console


def results() -> Console:
    """Return the console for results (stdout)."""
    from rich.console import Console

    return Console(file=sys.stdout, soft_wrap=not sys.stdout.isatty(), highlight=False)


def messages() -> Console:
    """Return the console for messages (stderr)."""
    from rich.console import Console

    return Console(file=sys.stderr, highlight=False)


def print_json(value: object) -> None:
    """Print plain JSON values as one document on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


@contextmanager
def progress(words: str, *, total: int | None = None) -> Iterator[Callable[[], None]]:
    """Show a bar on stderr while the work lasts, if stderr is a terminal.

    The function that it gives is called once for each piece of work that is done.
    """
    from rich.progress import Progress

    console = messages()
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(words, total=total)
        yield lambda: bar.advance(task)
