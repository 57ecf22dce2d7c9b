"""`parley promises`."""

from typing import TYPE_CHECKING

from parley.cli._record import AsJson, Between, Clock, Known, NoShipped, On, Profile, Where

if TYPE_CHECKING:
    from collections.abc import Callable

    from parley.ledger import Promise


def promises(  # noqa: PLR0913 - the options of one command
    between: Between = None,
    on: On = None,
    known: Known = None,
    clock: Clock = "published",
    profile: Profile = "legal",
    where: Where = None,
    no_shipped: NoShipped = False,
    as_json: AsJson = False,
) -> None:
    """Show the board of promises: who promised what, by when, and each speaker's account of it.

    Example: `parley promises --between USA,CHN --on 2025-12-01`
    """
    from parley.cli._console import print_json, results
    from parley.cli._record import open_record, parties_of
    from parley.records import encode

    with open_record(where, no_shipped=no_shipped) as record:
        board = record.promises(
            on=on, known=known, clock=clock, profile=profile, between=parties_of(between)
        )
    if as_json:
        print_json(
            {
                "promises": [
                    {
                        "commitment": encode(promise.commitment),
                        "one_sided": promise.one_sided,
                        "deadlines": [encode(claim) for claim in promise.deadlines],
                        "assessments": [encode(entry) for entry in promise.assessments],
                        "accusations": [encode(entry) for entry in promise.accusations],
                    }
                    for promise in board
                ]
            }
        )
        return
    console = results()
    for promise in board:
        _print(console.print, promise)


def _print(write: "Callable[..., None]", promise: "Promise") -> None:
    from parley.cli._record import said_by, say_when
    from parley.records import Accusation, Assessment, Commitment, When, decode

    fact = promise.commitment.record
    if not isinstance(fact, Commitment):
        return
    write(promise.commitment.title, style="bold", markup=False)
    sides = f"{', '.join(fact.made_by)} to {', '.join(fact.made_to) or 'nobody named'}"
    write(f"    {sides}: {fact.action}", markup=False)
    if promise.one_sided:
        write(f"    acknowledged by {', '.join(fact.acknowledged_by)} alone", markup=False)
    for claim in promise.deadlines:
        due = decode(When, claim.value)
        words = f"due {say_when(due)}" + (f" (“{due.phrase}”)" if due.phrase else "")
        write(f"    {words}, said {claim.published}", markup=False)
    write(f"    {said_by(promise.commitment)}", style="dim", markup=False)
    for entry in promise.assessments:
        said = entry.record
        if isinstance(said, Assessment):
            verdict = said.verdict.replace("_", " ")
            progress = f": {said.progress}" if said.progress else ""
            write(f"    {say_when(said.on)}  {said.speaker}: {verdict}{progress}", markup=False)
    for entry in promise.accusations:
        blame = entry.record
        if isinstance(blame, Accusation):
            write(f"    {say_when(blame.on)}  {blame.by} accuses: {blame.what}", markup=False)
    write("")
