"""`parley review`."""

from typing import Annotated

import typer

from parley.cli._record import AsJson, By, NoShipped, Where, Why, parse_day

review = typer.Typer(help="Decide on proposals: what was read and is not yet a fact.")

Proposal = Annotated[str, typer.Argument(metavar="PROPOSAL", help="The proposal's id.")]
Act = Annotated[
    str, typer.Option("--act", help="The order, notice or ruling that sets this: 'EO 14298'.")
]
Acted = Annotated[
    str | None, typer.Option("--acted", metavar="DATE", help="When the act was signed.")
]


@review.callback(invoke_without_command=True)
def _list_when_alone(context: typer.Context) -> None:
    """List the proposals when no other word follows."""
    if context.invoked_subcommand is None:
        list_proposals()


@review.command("list")
def list_proposals(
    where: Where = None, no_shipped: NoShipped = False, as_json: AsJson = False
) -> None:
    """List the proposals that nobody decided on, with the entries that each may belong to.

    Example: `parley review list`
    """
    from parley.cli._console import print_json, results
    from parley.cli._record import open_record
    from parley.records import encode

    with open_record(where, no_shipped=no_shipped, own=True) as record:
        found = [
            (proposal, draft, source, record.match(draft))
            for proposal, draft, source in record.proposals()
        ]
    if as_json:
        print_json(
            {
                "proposals": [
                    {
                        "proposal": proposal,
                        "draft": encode(draft),
                        "source": source,
                        "matches": [
                            {"entry_id": match.entry_id, "score": match.score, "same": match.same}
                            for match in matches
                        ],
                    }
                    for proposal, draft, source, matches in found
                ]
            }
        )
        return
    console = results()
    for proposal, draft, _, matches in found:
        kind = type(draft.record).__name__.lower()
        console.print(f"{proposal}  {kind}  {draft.confidence:.2f}", style="bold", markup=False)
        for span in draft.evidence:
            console.print(f"    “{span.exact}”", markup=False)
        for match in matches[:3]:
            word = "the same as" if match.same else "possibly the same as"
            reasons = ", ".join(match.reasons)
            console.print(
                f"    {word} {match.entry_id} ({match.score:.2f}: {reasons})", markup=False
            )


@review.command()
def accept(  # noqa: PLR0913 - the options of one command
    proposal: Proposal,
    title: Annotated[str, typer.Option(help="What the entry is called.")] = "",
    act: Act = "",
    acted: Acted = None,
    by: By = None,
    why: Why = "",
    where: Where = None,
) -> None:
    """Make a proposal a new entry.

    Example: `parley review accept 3f2a90c1d4e5 --title "Salt duty"`
    """
    from parley.cli._record import open_record, who

    with open_record(where, own=True) as record:
        entry_id = record.accept(
            proposal,
            by=who(by),
            title=title,
            act=act,
            acted=parse_day(acted) if acted else None,
            why=why,
        )
    typer.echo(entry_id)


@review.command()
def merge(  # noqa: PLR0913 - the options of one command
    proposal: Proposal,
    entry_id: Annotated[str, typer.Argument(metavar="ID", help="The entry it belongs to.")],
    act: Act = "",
    acted: Acted = None,
    by: By = None,
    why: Why = "",
    where: Where = None,
) -> None:
    """Add what a proposal says to an entry, as claims of its page.

    Example: `parley review merge 3f2a90c1d4e5 us-reciprocal-china`
    """
    from parley.cli._record import open_record, who

    with open_record(where, own=True) as record:
        record.merge(
            proposal,
            entry_id,
            by=who(by),
            act=act,
            acted=parse_day(acted) if acted else None,
            why=why,
        )
    typer.echo(entry_id)


@review.command()
def reject(proposal: Proposal, by: By = None, why: Why = "", where: Where = None) -> None:
    """Record that a proposal is not to be taken.

    Example: `parley review reject 3f2a90c1d4e5 --why "a joke"`
    """
    from parley.cli._record import open_record, who

    with open_record(where, own=True) as record:
        record.reject(proposal, by=who(by), why=why)


@review.command()
def unite(
    entry_id: Annotated[str, typer.Argument(metavar="ID", help="The entry to give up.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The entry that it is.")],
    why: Annotated[str, typer.Option("--why", help="The reason; it stays beside the claims.")],
    by: By = None,
    where: Where = None,
) -> None:
    """Make two entries one: what is said of the first becomes what is said of the second.

    Example: `parley review unite round-3f2a90c1d4e5 london-2025 --why "one meeting"`
    """
    from parley.cli._record import open_record, who

    with open_record(where, own=True) as record:
        record.unite(entry_id, into, by=who(by), why=why)


@review.command()
def settle(
    entry_id: Annotated[str, typer.Argument(metavar="ID", help="The entry.")],
    claim_id: Annotated[
        str, typer.Argument(metavar="CLAIM", help="The claim that is not to count.")
    ],
    why: Annotated[str, typer.Option("--why", help="The reason; it stays beside the claim.")],
    by: By = None,
    where: Where = None,
) -> None:
    """Set one of two disagreeing claims aside; it stays visible with the reason.

    Example: `parley review settle us-301-list-3 us-301-list-3/state/cargos-2018-07 --why "a slip"`
    """
    from parley.cli._record import open_record, who

    with open_record(where, own=True) as record:
        record.set_aside(entry_id, claim_id, by=who(by), why=why)
