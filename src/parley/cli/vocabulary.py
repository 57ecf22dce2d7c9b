"""`parley vocabulary`: the names that the reader knows, and how to add to them."""

from typing import Annotated

import typer

vocabulary = typer.Typer(
    help="The names that the reader knows, and your own.", no_args_is_help=True
)


@vocabulary.command("list")
def list_rows(
    table: Annotated[
        str, typer.Argument(help="A table, such as parties, offices or products.")
    ] = "",
    match: Annotated[
        str, typer.Option("--match", help="Only rows that hold these words, in any case.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the rows of a table, your own in place of shipped ones; without a table, the tables.

    Example: `parley vocabulary list offices --match "trade minister"`
    """
    from parley import settings
    from parley import vocabulary as station
    from parley.cli._console import print_json, results

    home = settings.load().home
    if not table:
        counts = {name: len(station.table(name, home)) for name in station.TABLES}
        if as_json:
            print_json({"tables": counts})
            return
        for name, count in counts.items():
            columns = ", ".join(station.TABLES[name])
            results().print(f"{name:10}{count:6}  {columns}", markup=False)
        return
    wanted = match.casefold()
    found = [
        row
        for row in station.table(table, home)
        if not wanted or any(wanted in cell.casefold() for cell in row.values())
    ]
    if as_json:
        print_json({table: found})
        return
    console = results()
    for row in found:
        console.print(
            "; ".join(f"{name} {cell}" for name, cell in row.items() if cell), markup=False
        )


@vocabulary.command("add")
def add_row(
    table: Annotated[str, typer.Argument(help="The table, such as places.")],
    cells: Annotated[
        list[str],
        typer.Argument(help="Values as column=value; several phrases in one are parted by |."),
    ],
) -> None:
    """Add a row to your own tables, or replace the row of the same key.

    Your rows lie in the data folder and win over those that come with Parley. A row that the
    vocabulary could not load with is refused.

    Example: `parley vocabulary add places place=Lillehammer party=NOR`
    """
    from parley import settings
    from parley import vocabulary as station
    from parley.cli._console import messages
    from parley.errors import InputError

    values: dict[str, str] = {}
    for cell in cells:
        column, equals, value = cell.partition("=")
        if not equals:
            raise InputError(f"{cell!r} is not column=value; put quotes around a value with spaces")
        values[column.strip()] = value
    path = station.add(table, values, home=settings.load().home)
    messages().print(f"written to {path}", markup=False)
