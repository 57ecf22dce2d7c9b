"""`parley ledger`."""

from typing import TYPE_CHECKING

import typer

from parley.cli._record import AsJson, Between, Clock, Day, Known, NoShipped, Profile, Where

if TYPE_CHECKING:
    from parley.records import Entry

ledger = typer.Typer(help="The record: what holds on a day, as known on another.")


@ledger.command()
def init(where: Where = None) -> None:
    """Make a ledger of your own, on top of the record that comes with Parley.

    Example: `parley ledger init`
    """
    from parley import settings
    from parley.cli._console import messages
    from parley.ledger import Ledger

    chosen = settings.load(options={"ledger": where})
    with Ledger.open(chosen.ledger, create=True):
        messages().print(f"The ledger is ready: {settings.mask(chosen.ledger)}", markup=False)


@ledger.command("on")
def on_day(  # noqa: PLR0913 - the options of one command
    day: Day,
    known: Known = None,
    between: Between = None,
    clock: Clock = "published",
    profile: Profile = "legal",
    where: Where = None,
    no_shipped: NoShipped = False,
    as_json: AsJson = False,
) -> None:
    """Show the measures and agreements that hold on a day, threats and plans included.

    Example: `parley ledger on 2025-08-20 --known 2025-05-13 --between USA,CHN`
    """
    from parley.cli._console import results
    from parley.cli._record import (
        open_record,
        parties_of,
        print_entries,
        quotes,
        say_rate,
        say_when,
        table,
    )
    from parley.records import Agreement, Measure

    with open_record(where, no_shipped=no_shipped) as record:
        found = record.on(
            day, known=known, clock=clock, profile=profile, between=parties_of(between)
        )
    if as_json:
        print_entries(found, on=day, known=known, clock=clock, profile=profile, between=between)
        return
    rows = table("what", "state", "rate", "law", "source")
    for entry in found:
        fact = entry.record
        if isinstance(fact, Measure):
            state = str(fact.state_on(day)).replace("_", " ")
            rate = "\n".join(filter(None, (say_rate(fact.rate), fact.snapback)))
            rows.add_row(entry.title, state, rate, fact.legal_basis, _source(entry))
        elif isinstance(fact, Agreement):
            until = say_when(fact.expires)
            state = fact.state.replace("_", " ") + (f" until {until}" if until else "")
            rows.add_row(entry.title, state, "", "", _source(entry))
    results().print(rows)
    if any(not quotes(entry) for entry in found):
        results().print("Where the source stands without quotation marks, no words of it are held.")


def _source(entry: "Entry") -> str:
    from parley.cli._record import publishers, quotes

    return "\n".join(quotes(entry)) or publishers(entry)
