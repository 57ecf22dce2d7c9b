"""`parley add`."""

from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli._record import By, Where

if TYPE_CHECKING:
    from parley.ledger import Fact


def add(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="Facts as JSON Lines, '-' for standard input."),
    ] = None,
    by: By = None,
    where: Where = None,
) -> None:
    """Add facts to your ledger: from a file, or answering questions when no file is named.

    Each line of a file is an object with `record` (its `type` and fields), `source` (at least
    its `address`), and if wanted `title`, `entry_id`, `published`, `act` and `acted`.

    Example: `parley add facts.jsonl`
    """
    from parley.cli._record import open_record, who
    from parley.ledger import facts

    with open_record(where, own=True) as record:
        found = facts(file) if file is not None else (_ask(),)
        for entry_id in record.add(found, by=who(by)):
            typer.echo(entry_id)


def _ask() -> "Fact":
    """Ask for one fact, field by field; an empty answer leaves a field out."""
    from parley.ledger import fact_of, questions_for

    kind = typer.prompt("Kind (round, agreement, commitment, assessment, measure, ...)")
    record: dict[str, object] = {"type": kind}
    for question in questions_for(kind):
        answer = typer.prompt(question.words, default="", show_default=False)
        if answer:
            record[question.field] = question.read(answer)
    source = {
        "address": typer.prompt("Address of the source"),
        "publisher": typer.prompt("Publisher", default="", show_default=False),
        "rank": typer.prompt("Rank of the source", default="press"),
    }
    published = typer.prompt("Day on which it became known")
    title = typer.prompt("Title", default="", show_default=False)
    return fact_of({"record": record, "source": source, "published": published, "title": title})
