"""`parley settings`."""

import os
from typing import Annotated

import typer


def settings(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print every setting, its value, and where the value came from.

    The file that is read is named last; it need not exist.

    Example: `parley settings`
    """
    from dataclasses import asdict

    from parley import settings as station
    from parley.cli._console import print_json, results

    explained = station.explain(station.load())
    if as_json:
        print_json({"settings": [asdict(setting) for setting in explained]})
        return
    console = results()
    for setting in explained:
        console.print(f"{setting.name} = {setting.value}", style="bold", markup=False)
        console.print(f"    {setting.about} ({setting.origin})", markup=False)
    console.print(f"File: {station.config_file(os.environ)}", markup=False)
