"""`parley expiring`."""

from datetime import date
from typing import Annotated

import typer

from parley.cli._record import AsJson, Between, Known, NoShipped, Profile, Where, parse_day


def _days(text: str) -> int:
    number = text.removesuffix("d")
    if not number.isdigit():
        raise typer.BadParameter(f"{text!r} is no number of days; write 90d")
    return int(number)


def expiring(  # noqa: PLR0913 - the options of one command
    within: Annotated[
        int, typer.Option(parser=_days, metavar="DAYS", help="How far ahead, as 90d.")
    ] = "90d",  # type: ignore[assignment]  # Typer parses the default too
    on: Annotated[
        date | None,
        typer.Option(parser=parse_day, metavar="DATE", help="From this day; today by default."),
    ] = None,
    known: Known = None,
    between: Between = None,
    profile: Profile = "legal",
    where: Where = None,
    no_shipped: NoShipped = False,
    as_json: AsJson = False,
) -> None:
    """Show what ends soon, and what returns if nobody acts.

    Example: `parley expiring --within 90d --on 2025-08-20 --known 2025-08-20`
    """
    from parley.cli._console import print_json, results
    from parley.cli._record import open_record, parties_of, say_rate, table, today
    from parley.records import Measure, encode

    with open_record(where, no_shipped=no_shipped) as record:
        found = record.expiring(
            on=on or today(),
            within=within,
            known=known,
            between=parties_of(between),
            profile=profile,
        )
    if as_json:
        print_json(
            {
                "expiring": [
                    {
                        "day": str(expiry.day),
                        "entry": encode(expiry.entry),
                        "ends": expiry.ends and encode(expiry.ends),
                        "returns": expiry.returns and encode(expiry.returns),
                        "snapback": expiry.snapback,
                    }
                    for expiry in found
                ]
            }
        )
        return
    rows = table("day", "what", "ends", "returns if nobody acts")
    for expiry in found:
        states = []
        for version in (expiry.ends, expiry.returns):
            rate = (
                say_rate(version.record.rate)
                if version and isinstance(version.record, Measure)
                else ""
            )
            state = version.state.replace("_", " ") if version else ""
            states.append(f"{state} {rate}".strip())
        ends = states[0] or f"{type(expiry.entry.record).__name__.lower()} is due"
        returns = "\n".join(filter(None, (states[1], expiry.snapback))) or "nothing"
        rows.add_row(str(expiry.day), expiry.entry.title, ends, returns)
    results().print(rows)
