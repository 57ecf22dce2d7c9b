"""`parley export`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from parley.cli._record import NoShipped, Where, parse_day


def export(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="Format by ending: .jsonl .csv .parquet .jsonld .ics"
        ),
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a line of .jsonl.")
    ] = False,
    on: Annotated[
        date | None,
        typer.Option(
            "--on", parser=parse_day, metavar="DATE", help="First day of a calendar; today else."
        ),
    ] = None,
    where: Where = None,
    no_shipped: NoShipped = False,
) -> None:
    """Write the whole record to a file; as a calendar (.ics), what ends in the year ahead.

    Example: `parley export --out record.jsonl`
    """
    from parley.cli._console import messages, print_json
    from parley.cli._record import open_record, today
    from parley.ledger import line_schema

    if schema:
        print_json(line_schema())
        return
    if out is None:
        raise typer.BadParameter("say where to with --out FILE, or ask for the --schema")
    with open_record(where, no_shipped=no_shipped) as record:
        record.export(out, on=on or today())
    messages().print(f"Written: {out}", markup=False)
