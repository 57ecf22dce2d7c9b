"""`parley history`."""

from typing import Annotated

import typer

from parley.cli._record import AsJson, Clock, Known, NoShipped, Where


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
    import json

    from parley.cli._console import print_json, results
    from parley.cli._record import open_record, table
    from parley.records import encode

    with open_record(where, no_shipped=no_shipped) as record:
        claims = record.history(entry_id, known=known, clock=clock)
        addresses = record.sources(entry_id)
    if as_json:
        print_json({"entry_id": entry_id, "claims": [encode(claim) for claim in claims]})
        return
    rows = table("known", "field", "holds for", "value", "source", "claim")
    for claim in claims:
        days = f"{claim.start or '…'} to {claim.end or '…'}" if claim.start or claim.end else ""
        status = "" if claim.status == "stands" else f"\n{claim.status}: {claim.why}"
        profile = "" if claim.profile == "both" else f"\n({claim.profile})"
        value = (
            claim.value
            if isinstance(claim.value, str)
            else json.dumps(claim.value, ensure_ascii=False)
        )
        source = addresses[claim.source]
        named = "\n".join(filter(None, (claim.act, source.publisher or source.address)))
        rows.add_row(
            str(claim.published or "unknown"),
            f"{claim.field} r{claim.revision}{profile}",
            days,
            value + status,
            named,
            claim.claim_id,
        )
    results().print(rows)
