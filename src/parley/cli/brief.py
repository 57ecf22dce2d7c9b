"""`parley brief`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from parley.cli._record import parse_day

if TYPE_CHECKING:
    from parley.brief import Brief
    from parley.ledger import Ledger
    from parley.records import Article
    from parley.settings import Settings

_DAY: dict[str, object] = {"parser": parse_day, "metavar": "YYYY-MM-DD"}


def brief(  # noqa: PLR0913 - the options of the command
    page: Annotated[str, typer.Argument(help="The page: an HTML or text file; - is stdin.")],
    published: Annotated[
        date | None,
        typer.Option(help="Day of publication, where the page does not say it.", **_DAY),
    ] = None,
    on: Annotated[
        date | None,
        typer.Option(help="Day that the record is asked for; default: of publication.", **_DAY),
    ] = None,
    known: Annotated[
        date | None,
        typer.Option(help="Use what was known by this day; default: that of --on.", **_DAY),
    ] = None,
    assume: Annotated[
        str, typer.Option(metavar="DRAFT_ID", help="Compute as if this tariff of the page held.")
    ] = "",
    horizon: Annotated[
        Literal["long", "short"], typer.Option(help="Whose elasticities are used.")
    ] = "long",
    draws: Annotated[
        int | None, typer.Option(help="Draws of the elasticities behind an interval.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the draws.")] = None,
    ledger: Annotated[
        str | None, typer.Option(metavar="PATH|URL", help="Your record, over the shipped one.")
    ] = None,
    save: Annotated[
        bool, typer.Option("--save", help="Store the page and its drafts as proposals.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write the brief to a file: .html or .json.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the brief as JSON, schema brief/1.")
    ] = False,
) -> None:
    """Make a brief of one page: what happens, who promised what, what it is worth.

    It answers five questions: what is happening, what is on the table, who promised what, what
    each item is worth and to whom, and what the sides could settle on. Nothing is written to the
    record unless --save is given.

    Example: `parley brief examples/london-talks.html --published 2025-06-06 --out brief.html`
    """
    from parley import articles, drafts, pages, vocabulary
    from parley import brief as station
    from parley.cli._console import progress
    from parley.settings import load

    _check_out(out)
    settings = load(options={"draws": draws, "seed": seed, "ledger": ledger})
    taken = pages.read(page, limit_bytes=settings.page_limit_bytes)
    article = articles.read(taken, published=published)
    station.require_language(article)
    found = drafts.read(article, vocabulary=vocabulary.load(settings.home))
    options = station.Options(
        on=on,
        known=known,
        assume=assume,
        horizon=horizon,
        draws=settings.draws,
        seed=settings.seed,
    )
    with _open(settings, create=save) as record:
        with progress("Draws of the elasticities", total=settings.draws) as advance:
            shown = 0

            def show(done: int) -> None:
                nonlocal shown
                for _ in range(done - shown):
                    advance()
                shown = done

            made = station.make_brief(article, found, record, options=options, on_result=show)
        if save:
            record.save(article, found, by="parley brief --save")
    if out is not None:
        _write(out, made, article)
    _print(made, as_json=as_json)


def _check_out(out: Path | None) -> None:
    from parley.cli._console import require_folder
    from parley.errors import InputError

    if out is not None and out.suffix.lower() not in (".html", ".json"):
        raise InputError(f"--out {out}: the name must end in .html or .json")
    if out is not None:
        require_folder(out)


def _open(settings: "Settings", *, create: bool) -> "Ledger":
    """Return the user's record over the shipped one, or the shipped one where there is no other."""
    from parley.ledger import Ledger

    by_default = "ledger" not in settings.origins
    if by_default and not create and not Path(settings.ledger).exists():
        return Ledger.open()
    return Ledger.open(settings.ledger, create=create)


def _write(out: Path, made: "Brief", article: "Article") -> None:
    import json

    from parley import brief as station
    from parley.errors import InputError

    if out.suffix.lower() == ".json":
        text = json.dumps(station.encode_brief(made), ensure_ascii=False, indent=2) + "\n"
    else:
        text = station.to_html(made, article)
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"--out {out}: cannot be written: {error.strerror}") from error


def _print(made: "Brief", *, as_json: bool) -> None:
    from parley import brief as station
    from parley.cli._console import print_json, results

    if as_json:
        print_json(station.encode_brief(made))
    else:
        results().print(station.to_terminal(made), soft_wrap=False)
