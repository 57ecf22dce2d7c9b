"""`parley history`."""

from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli._record import AsJson, Clock, Known, NoShipped, Where

if TYPE_CHECKING:
    from rich.console import Console

    from parley.records import Claim, Source


def history(
    entry_id: Annotated[str, typer.Argument(metavar="ID", help="The entry.")],
    known: Known = None,
    clock: Clock = "published",
    where: Where = None,
    no_shipped: NoShipped = False,
    as_json: AsJson = False,
) -> None:
    """Show every claim ever recorded about an entry, with its source, those that lost included.

    Example: `parley history us-reciprocal-china`
    """
    from parley.cli._console import print_json, results
    from parley.cli._record import open_record
    from parley.records import encode

    with open_record(where, no_shipped=no_shipped) as record:
        claims = record.history(entry_id, known=known, clock=clock)
        addresses = record.sources(entry_id)
    if as_json:
        print_json({"entry_id": entry_id, "claims": [encode(claim) for claim in claims]})
        return
    console = results()
    for claim in claims:
        _print(console, claim, addresses[claim.source])


def _print(console: "Console", claim: "Claim", source: "Source") -> None:
    """Print a claim as a few lines, which keep its value and its id whole."""
    import json

    from rich.padding import Padding
    from rich.text import Text

    profile = "" if claim.profile == "both" else f" ({claim.profile})"
    head = f"{claim.published or 'unknown'}  {claim.field} r{claim.revision}{profile}"
    console.print(Text(head, style="bold"))
    value = (
        claim.value if isinstance(claim.value, str) else json.dumps(claim.value, ensure_ascii=False)
    )
    days = f"{claim.start or '…'} to {claim.end or '…'}" if claim.start or claim.end else ""
    status = "" if claim.status == "stands" else f"{claim.status}: {claim.why}"
    said = ", ".join(filter(None, (claim.act, source.publisher or source.address)))
    for words in filter(None, (value, days, status, said)):
        console.print(Padding(Text(words), (0, 0, 0, 4), expand=False))
    console.print(Padding(Text(claim.claim_id, style="dim"), (0, 0, 0, 4), expand=False))
