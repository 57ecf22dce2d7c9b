"""`parley data`: what data come with Parley."""

from typing import Annotated

import typer

data = typer.Typer(help="What data come with Parley.", no_args_is_help=True)


@data.callback()
def _group() -> None:
    """Keep `list` a command of its own while it stands alone."""


@data.command("list")
def list_data(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the data that come with Parley, with source, licence and credit.

    Example: `parley data list`
    """
    from dataclasses import asdict

    from parley import shipped
    from parley.cli._console import print_json, results

    sources = shipped.data()
    if as_json:
        print_json({"data": [asdict(source) for source in sources]})
        return
    console = results()
    for source in sources:
        console.print(source.holds, style="bold", markup=False)
        console.print(f"    files    {', '.join(source.files)}", markup=False)
        where = f"{source.source} {source.address}".strip()
        console.print(f"    source   {where}", markup=False)
        console.print(f"    licence  {source.licence}", markup=False)
        console.print(f"    credit   {source.credit}", markup=False)
