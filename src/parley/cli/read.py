"""`parley read`."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from parley.cli._record import parse_day


def read(  # noqa: PLR0913 - the options of one command
    pages: Annotated[list[str], typer.Argument(help="Files; - is standard input.")],
    published: Annotated[
        date | None,
        typer.Option(
            "--published",
            parser=parse_day,
            metavar="DATE",
            help="Publication date of the pages.",
        ),
    ] = None,
    engine: Annotated[
        Literal["auto", "patterns", "full"],
        typer.Option("--engine", help="Patterns alone, or full: the parser too (needs spaCy)."),
    ] = "auto",
    why: Annotated[bool, typer.Option("--why", help="Explain each draft.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one draft a line, JSON.")] = False,
    as_annotation: Annotated[
        bool, typer.Option("--annotation-json", help="Print one annotation a page, JSON.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write the page with drafts highlighted.")
    ] = None,
) -> None:
    """Read pages and print the drafts that they give, each with its evidence.

    A draft is what a page says, not reviewed. Nothing is stored.

    Example: `parley read examples/london-talks.html --published 2025-06-06 --why`
    """
    from parley import articles, drafts, settings, vocabulary
    from parley import pages as station
    from parley.cli._console import json_text, require_folder, results
    from parley.cli._drafts import highlighted, table
    from parley.errors import InputError
    from parley.records import encode

    if html is not None and len(pages) != 1:
        raise InputError("--html shows one page; give one page, or leave --html out")
    if html is not None:
        require_folder(html)
    if as_json and as_annotation:
        raise InputError("--json and --annotation-json are two forms; give one of them")
    chosen = settings.load()
    words = vocabulary.load(chosen.home)
    for address in pages:
        page = station.read(address, limit_bytes=chosen.page_limit_bytes)
        article = articles.read(page, published=published)
        found = drafts.reading(article, vocabulary=words, engine=engine)
        if as_annotation:
            value = drafts.annotation(article, found.drafts, relevant=found.relevant)
            typer.echo(json_text({"page": address, **value}))
        elif as_json:
            for draft in found.drafts:
                typer.echo(json_text({"page": address, **encode(draft)}))
        else:
            table(results(), address, article, found, why=why)
        if html is not None:
            _write(html, highlighted(article, found.drafts))


def _write(path: Path, text: str) -> None:
    from parley.errors import InputError

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror}; give a file in a folder that exists and can be written"
        ) from error
