"""Where commands print: results on stdout, messages and progress on stderr.

What a page or the record says is shown without control characters, so that it cannot steer the
terminal. Rich honours NO_COLOR, FORCE_COLOR, TERM and the width of the terminal (COLUMNS).
"""

from __future__ import annotations

import json
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from parley.errors import InputError
from parley.pages import harmless

_CONTROLS = re.compile(r"[\x7f-\x9f]")  # json.dumps escapes those before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TextIO

    from rich.console import Console


def results() -> Console:
    """Return the console for results (stdout)."""
    return _console(sys.stdout, soft_wrap=not sys.stdout.isatty())


def messages() -> Console:
    """Return the console for messages (stderr)."""
    return _console(sys.stderr, soft_wrap=False)


def _console(file: TextIO, *, soft_wrap: bool) -> Console:
    """Return a console that prints text harmless, whatever it is part of."""
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

    class Harmless(Console):
        def render(
            self, renderable: RenderableType, options: ConsoleOptions | None = None
        ) -> Iterator[Segment]:
            for segment in super().render(renderable, options):
                if segment.control:
                    yield segment
                else:
                    yield Segment(harmless(segment.text), segment.style)

    return Harmless(file=file, soft_wrap=soft_wrap, highlight=False)


def require_folder(out: Path) -> None:
    """Refuse a file in a folder that is not there, before anything is computed for it.

    Raises
    ------
    InputError
        When the folder of `out` does not exist.
    """
    if not out.parent.is_dir():
        raise InputError(f"{out}: there is no folder {out.parent}; make it, or name another file")


def print_json(value: object) -> None:
    """Print plain JSON values as one document on stdout."""
    sys.stdout.write(json_text(value, indent=2) + "\n")


def json_text(value: object, *, indent: int | None = None) -> str:
    r"""Return JSON in which every control character is escaped, those after ASCII too.

    Examples
    --------
    >>> json_text("tariff \x9b31m é")
    '"tariff \\u009b31m é"'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


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
