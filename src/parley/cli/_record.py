"""What the commands on the record share: its options, how it is opened, how a fact reads."""

import getpass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from parley.ledger import Ledger
    from parley.records import Entry, Rate, When


def parse_day(text: str) -> date:
    """Return the day that an option names in ISO form."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write it as 2025-06-06") from None


Day = Annotated[date, typer.Argument(parser=parse_day, metavar="DATE", help="The day asked for.")]
Known = Annotated[
    date | None,
    typer.Option("--known", parser=parse_day, metavar="DATE", help="As known on this day."),
]
On = Annotated[
    date | None,
    typer.Option("--on", parser=parse_day, metavar="DATE", help="As it stands on this day."),
]
Between = Annotated[
    str | None,
    typer.Option("--between", metavar="PARTIES", help="Between these parties: USA,CHN."),
]
Clock = Annotated[
    Literal["published", "recorded"],
    typer.Option("--clock", help="Known since it was published, or since it was recorded here."),
]
Profile = Annotated[
    Literal["legal", "collected"],
    typer.Option("--profile", help="By the legal text, or by what customs collected."),
]
Where = Annotated[
    str | None, typer.Option("--ledger", metavar="PATH|URL", help="The ledger to use.")
]
NoShipped = Annotated[
    bool, typer.Option("--no-shipped", help="Leave out the record that comes with Parley.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
By = Annotated[str | None, typer.Option("--by", help="Who decides; your user name by default.")]
Why = Annotated[str, typer.Option("--why", help="The reason, kept with the decision.")]


def open_record(where: str | None, *, no_shipped: bool = False, own: bool = False) -> "Ledger":
    """Return the ledger that the options and settings name.

    The default ledger is used when it was made; a ledger that the user named must be there.
    With `own` one must be there in any case.
    """
    from parley import settings
    from parley.ledger import Ledger

    chosen = settings.load(options={"ledger": where})
    by_default = chosen.origins.get("ledger", settings.DEFAULT) == settings.DEFAULT
    if by_default and not own and not Path(chosen.ledger).exists():
        return Ledger.open(shipped=not no_shipped)
    return Ledger.open(chosen.ledger, shipped=not no_shipped)


def parties_of(between: str | None) -> tuple[str, ...] | None:
    """Return the party codes of a list of names or codes."""
    if between is None:
        return None
    from parley import settings, vocabulary

    words = vocabulary.load(settings.load().home)
    return tuple(words.code(name.strip()) for name in between.split(",") if name.strip())


def who(by: str | None) -> str:
    """Return the name under which a decision is recorded."""
    return by or getpass.getuser()


def today() -> date:
    """Return the day on which the command runs, in UTC."""
    return datetime.now(UTC).date()


def print_entries(entries: "tuple[Entry, ...]", **asked: object) -> None:
    """Print entries as JSON with the question that they answer."""
    from parley.cli._console import print_json
    from parley.records import encode

    question = {name: str(value) for name, value in asked.items() if value is not None}
    print_json({"asked": question, "entries": [encode(entry) for entry in entries]})


def table(*columns: str) -> "Table":
    """Return an empty table with plain rules that wraps instead of cutting."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def say_rate(rate: "Rate") -> str:
    """Return a rate as a person reads it."""
    if rate.kind == "specific":
        return f"{rate.specific:g} {rate.unit}"
    if rate.kind in ("quota", "cap"):
        return f"{rate.kind} {rate.quantity or 0:g} {rate.unit}".strip()
    if rate.kind == "to_be_announced":
        return "to be announced"
    if rate.kind == "schedule":
        return rate.words or "by product"
    if rate.ad_valorem is None:
        return rate.words
    sign = "+" if rate.basis == "additional" and rate.ad_valorem else ""
    return f"{sign}{rate.ad_valorem * 100:g} %" + (" at least" if rate.kind == "floor" else "")


def say_when(when: "When") -> str:
    """Return a time as a person reads it."""
    if when.start is None:
        return when.phrase
    if when.end is None:
        return f"from {when.start}"
    last = when.last
    return str(when.start) if last == when.start else f"{when.start} to {last}"


def quotes(entry: "Entry") -> tuple[str, ...]:
    """Return the words that prove what an entry holds, each with its source."""
    sources = {source.source_id: source for source in entry.sources}
    found = {
        (span.exact, claim.source): sources[claim.source].publisher or sources[claim.source].address
        for claim in entry.holding
        for span in claim.evidence
    }
    return tuple(f"“{exact}” ({publisher})" for (exact, _), publisher in found.items())


def said_by(entry: "Entry") -> str:
    """Return where an entry comes from: its words if they are held, else who says it."""
    words = quotes(entry)
    return "\n".join(words) if words else f"{publishers(entry)} (no words held)"


def publishers(entry: "Entry") -> str:
    """Return the publishers, or else the addresses, of the sources behind what holds."""
    holding = {claim.source for claim in entry.holding}
    names = dict.fromkeys(
        source.publisher or source.address
        for source in entry.sources
        if source.source_id in holding
    )
    return ", ".join(names)
