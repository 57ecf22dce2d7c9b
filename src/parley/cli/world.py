"""`parley world`: show the worlds that come with Parley, and build one from a table."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from parley.world import World

world = typer.Typer(
    help="The base years of computations: show one, build one.", no_args_is_help=True
)


class Form(StrEnum):
    """Tables that `parley world build` reads."""

    icio = "icio"
    wiod2013 = "wiod2013"
    long = "long"


@world.command("show")
def show(
    name: Annotated[
        str, typer.Argument(help="A shipped world, or the path of one that you built.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show a world: its size, totals, duties, elasticities, source and notes.

    Without a name, the shipped worlds are listed.

    Example: `parley world show g20-2019`
    """
    from parley import world as station
    from parley.cli._console import print_json, results

    chosen = [station.load(each) for each in ([name] if name else station.names())]
    if as_json:
        print_json({"worlds": [_described(each) for each in chosen]})
        return
    console = results()
    for each in chosen:
        console.print(repr(each)[1:-1], style="bold", markup=False)
        for line in _lines(each) if name else ():
            _print(console, line)


@world.command("build")
def build(  # noqa: PLR0913 - the options of one command
    table: Annotated[Path, typer.Argument(help="The table as its publisher gives it.")],
    out: Annotated[Path, typer.Option("--out", help="Where to write the world (.npz).")],
    year: Annotated[int, typer.Option("--year", help="The base year.")],
    form: Annotated[Form, typer.Option("--form", help="What the table is.")] = Form.icio,
    economies: Annotated[
        Path | None, typer.Option("--economies", help="CSV `code,group`: economies to merge.")
    ] = None,
    sectors: Annotated[
        Path | None, typer.Option("--sectors", help="CSV `code,group`: sectors to merge.")
    ] = None,
    duties: Annotated[
        Path | None,
        typer.Option("--duties", help="CSV or Parquet `importer,exporter,sector,tariff`."),
    ] = None,
    source: Annotated[
        str, typer.Option("--source", help="Who made the table (and the duties), to be credited.")
    ] = "",
) -> None:
    """Build a world from an input-output table and write it as a bundle.

    The codes of duties are those after merging. A table that does not add up is refused, with
    the row and the gap.

    Example: `parley world build 2019_SML.csv --year 2019 --economies groups.csv --out my.npz`
    """
    from parley import world as station
    from parley.cli._console import messages
    from parley.errors import InputError

    if out.suffix != ".npz":
        raise InputError(f"--out {out}: a world is written as .npz")
    built = _read(table, form=form, year=year, name=out.stem, source=source)
    built = built.aggregate(economies=_groups(economies), sectors=_groups(sectors), name=out.stem)
    if duties is not None:
        built = station.read_duties(built, duties, source=source or str(duties.name))
    station.save(built, out)
    messages().print(f"wrote {out}: {built!r}", markup=False)


def _read(table: Path, *, form: Form, year: int, name: str, source: str) -> "World":
    from parley import world as station

    if form is Form.icio:
        given = {"source": source} if source else {}
        return station.read_icio(table, year=year, name=name, **given)
    if form is Form.wiod2013:
        return station.read_wiod_2013(table, year=year, name=name)
    sectors = station.sectors_of(table)
    return station.read_long(
        table,
        name=name,
        year=year,
        goods=tuple(code for code in sectors if code[0] in "ABCc"),
        elasticities=station.published(sectors, horizon="long"),
        elasticities_short=station.published(sectors, horizon="short"),
        source=source,
        licence="as given by the publisher of the table",
    )


def _groups(path: Path | None) -> dict[str, str]:
    import csv

    from parley.errors import InputError

    if path is None:
        return {}
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if list(reader.fieldnames or ()) != ["code", "group"]:
            raise InputError(f"{path}: the first line must be `code,group`")
        return {row["code"]: row["group"] for row in reader}


def _lines(each: "World") -> list[str]:
    """Return a world as lines for a reader."""
    lines = [f"{key:<32} {_shown(value)}" for key, value in each.summary().items()]
    lines.append(f"economies: {' '.join(each.economies)}")
    for code, title in zip(each.sectors, each.sector_titles, strict=True):
        lines.append(f"sector {code}: {title}")
    for horizon in (each.elasticities, each.elasticities_short):
        lines += [f"{horizon.name} run, {line}" for line in horizon.sources]
    lines += [f"source: {each.source}", f"licence: {each.licence}"]
    return lines + [f"note: {note}" for note in each.notes]


def _print(console: "Console", line: str) -> None:
    """Print a line; on a terminal, what does not fit hangs below it."""
    import textwrap

    if console.is_terminal:
        line = textwrap.fill(
            line, console.width, initial_indent="    ", subsequent_indent="        "
        )
    else:
        line = f"    {line}"
    console.print(line, markup=False)


def _shown(value: float | str) -> str:
    if isinstance(value, float):
        return f"{value:.2%}" if 0 < value < 1 else f"{value:,.0f}"
    return str(value)


def _described(each: "World") -> dict[str, object]:
    horizons = {"long": each.elasticities, "short": each.elasticities_short}
    return {
        **each.summary(),
        "economies_codes": list(each.economies),
        "sector_titles": dict(zip(each.sectors, each.sector_titles, strict=True)),
        "trade_elasticity": {key: each_.trade.tolist() for key, each_ in horizons.items()},
        "trade_elasticity_se": {key: each_.trade_se.tolist() for key, each_ in horizons.items()},
        "elasticity_sources": {key: list(each_.sources) for key, each_ in horizons.items()},
        "source": each.source,
        "licence": each.licence,
        "notes": list(each.notes),
    }
