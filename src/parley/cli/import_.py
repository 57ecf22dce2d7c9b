"""`parley import`."""

from pathlib import Path
from typing import Annotated

import typer

from parley.cli._record import Between, By, Where


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What to take in.")],
    between: Between = None,
    by: By = None,
    where: Where = None,
) -> None:
    """Take in an export of a ledger (.jsonl), of the Global Trade Alert (.json), or a timeline.

    A timeline is a .csv with the columns date, kind, what and source; name its two parties with
    --between. What is in the ledger already is left as it is.

    Example: `parley import timeline.csv --between USA,CHN`
    """
    from parley.cli._console import messages
    from parley.cli._record import open_record, parties_of, who

    with open_record(where, own=True) as record:
        new = record.take_in(file, by=who(by), between=parties_of(between))
    messages().print(f"{new} new from {file}", markup=False)
