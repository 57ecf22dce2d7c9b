"""`parley rounds`."""

from typing import TYPE_CHECKING

from parley.cli._record import AsJson, Between, Clock, Known, NoShipped, On, Where

if TYPE_CHECKING:
    from parley.ledger import Talk


def rounds(  # noqa: PLR0913 - the options of one command
    between: Between = None,
    on: On = None,
    known: Known = None,
    clock: Clock = "published",
    where: Where = None,
    no_shipped: NoShipped = False,
    as_json: AsJson = False,
) -> None:
    """List the rounds of talks: when, where, who, what came of it, and the measure that followed.

    With `--on` those under way on that day.

    Example: `parley rounds --between USA,CHN`
    """
    from parley.cli._console import results
    from parley.cli._record import open_record, parties_of, print_entries, say_when, table
    from parley.records import Round

    with open_record(where, no_shipped=no_shipped) as record:
        found = record.talks(on=on, known=known, clock=clock, between=parties_of(between))
    if as_json:
        print_entries(tuple(talk.round for talk in found), on=on, known=known, between=between)
        return
    rows = table("when", "where", "heads", "outcome", "next measure")
    for talk in found:
        fact = talk.round.record
        if not isinstance(fact, Round):
            continue
        state = "" if fact.state in ("held", "concluded") else f"\n({fact.state})"
        rows.add_row(
            say_when(fact.when) + state,
            fact.place or fact.format,
            ", ".join(f"{person.person} ({person.party})" for person in fact.delegates),
            fact.outcome or fact.subject,
            _following(talk),
        )
    results().print(rows)


def _following(talk: "Talk") -> str:
    """Return what the next act made of which measure, and after how many days."""
    from parley.cli._record import say_rate
    from parley.records import Measure

    if talk.next_measure is None or talk.change is None:
        return ""
    fact = talk.change.record
    rate = say_rate(fact.rate) if isinstance(fact, Measure) else ""
    state = talk.change.state.replace("_", " ")
    became = f"{state}, {rate}" if rate and state == "in force" else state
    days = "1 day" if talk.days == 1 else f"{talk.days} days"
    return f"{talk.next_measure.title}: {became}; {days} on"
