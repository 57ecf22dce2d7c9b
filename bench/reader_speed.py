"""How fast pages are read: pages a second on one core, the share of each stage, memory.

    python bench/reader_speed.py [--repeat 20] [--pages FOLDER]

The pages are those of ``examples/`` and ``tests/articles/html``; ``--pages`` takes others. The
ratios are of the same run: trafilatura alone (the article), spaCy's parse alone (the drafts). The
last lines read pages ten times as long as others: a ratio near ten means time linear in length.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

from parley import articles, drafts, pages, vocabulary
from parley.errors import PageError, ParleyError
from parley.records import Article, Page

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent.parent
LIMIT = 20_000_000
LONG = {
    "paragraphs": b"<p>The two delegations agreed on Friday to cut the duty on salmon.</p>\n\n",
    "one sentence": b"A B C D, the minister, of the Republic, said on 3 May 2020 that ",
    "names": b"By Ann Lee and Ann Lee and Ann Lee and ",
    "open tags": b"<div><b><i>",
    "brackets": b'((((((((((((""""""\'\'\'\'',
    "blank lines": b"\n \n",
    "no blanks": b"A",
    "quotations": b'"We will sign it soon," he said. ',
    "rates": b"25% tariff ",
    "entities": b"&amp;",
}
LEAD = b"Chile and Peru agree to cut tariffs\n\nThe two sides held trade talks on tariffs.\n\n"


def taken(work: Callable[[], object], repeat: int) -> float:
    """Return the processor seconds of one call, over `repeat` calls."""
    work()
    begin = time.process_time()
    for _ in range(repeat):
        work()
    return (time.process_time() - begin) / repeat


def taken_pages(folder: Path | None) -> list[Page]:
    """Return the pages to be read."""
    if folder is not None:
        files = sorted(path for path in folder.iterdir() if path.suffix in (".html", ".txt"))
    else:
        files = sorted([*HERE.glob("examples/*.html"), *HERE.glob("tests/articles/html/*.html")])
    return [pages.read(file, limit_bytes=LIMIT) for file in files]


def stages(taken_in: list[Page], read: list[Article]) -> dict[str, Callable[[], object]]:
    """Return what is timed, by name."""
    from trafilatura import extract

    words = vocabulary.load()
    texts = [page.content.decode("utf-8", "replace") for page in taken_in]
    engines: list[drafts.Engine] = ["patterns"]
    try:
        drafts.read(read[0], engine="full")
        engines.append("full")
    except ParleyError as error:
        print(f"no parser: {error}")
    timed: dict[str, Callable[[], object]] = {
        "trafilatura alone": lambda: [extract(t, favor_precision=True) for t in texts],
        "articles": lambda: [articles.read(page) for page in taken_in],
        "vocabulary": lambda: [words.find(a.text, on=a.published) for a in read],
    }
    for engine in engines:
        timed[f"drafts, {engine}"] = lambda e=engine: [drafts.read(a, engine=e) for a in read]
    return timed


def longer() -> None:
    """Print how much longer ten times the length takes, and seconds for the longer."""
    columns = ("HTML", "text", "drafts")
    print(f"\n{'ten times as long':24}" + "".join(f"{name:>10}{'s':>7}" for name in columns))
    for name, piece in LONG.items():
        row = ""
        for column in columns:
            media_type = "text/html" if column == "HTML" else "text/plain"
            times = []
            for length in (20_000, 200_000):
                content = LEAD + piece * (length // len(piece))
                page = Page(address=name, content=content, media_type=media_type)
                article = articles.read(page)
                times.append(
                    taken(lambda article=article: drafts.read(article), 1)
                    if column == "drafts"
                    else taken(lambda page=page: articles.read(page), 1)
                )
            row += f"{times[1] / max(times[0], 1e-3):10.1f}{times[1]:7.2f}"
        print(f"{name:24}{row}")


def started() -> float:
    """Return the seconds by the clock that a new process takes to read one page."""
    page = HERE / "examples" / "october-threat.txt"
    begin = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "parley", "read", str(page)], check=True, capture_output=True
    )
    return time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("--pages", type=Path)
    options = parser.parse_args()
    begin = time.process_time()
    vocabulary.load()
    start = time.process_time() - begin
    taken_in = taken_pages(options.pages)
    tracemalloc.start()
    read: list[Article] = []
    for page in taken_in:
        try:
            read.append(articles.read(page))
        except PageError as error:
            print(error)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.reset_peak()
    for article in read:
        drafts.read(article)
    peak_drafts = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    length = sum(len(page.content) for page in taken_in) / len(taken_in)
    print(f"{len(taken_in)} pages of {length:.0f} bytes; vocabulary loads in {start:.3f} s;")
    print(f"peak of the articles {peak:.0f} MB, of the drafts {peak_drafts:.0f} MB;")
    print(f"from nothing to the drafts of one page in {started():.2f} s\n")
    print(f"{'stage':24}{'ms a page':>12}{'pages/s':>10}{'ratio':>8}")
    base = 0.0
    for name, work in stages(taken_in, read).items():
        seconds = taken(work, options.repeat) / len(taken_in)
        base = base or seconds
        print(f"{name:24}{seconds * 1e3:12.2f}{1 / seconds:10.0f}{seconds / base:8.2f}")
    longer()


if __name__ == "__main__":
    main()
