"""Drafts on a terminal and over the page."""

from __future__ import annotations

import itertools
from html import escape
from typing import TYPE_CHECKING

from parley.records import (
    Accusation,
    Agreement,
    Assessment,
    Commitment,
    DatedState,
    Measure,
    Round,
    Statement,
    When,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from parley.drafts import Reading
    from parley.records import Article, Draft, Record


def table(console: Console, address: str, article: Article, found: Reading, *, why: bool) -> None:
    """Print the drafts of one page: what, how sure, and the words that say it."""
    from rich.markup import escape as plain

    console.print(f"[bold]{plain(article.title or address)}[/bold]")
    published = article.published.isoformat() if article.published else "not known"
    console.print(f"published {published} ({article.published_origin})", style="dim")
    for note in article.notes:
        console.print(plain(note), style="dim")
    if not found.relevant:
        console.print("This page is not about trade between states: no drafts.")
        for reason in found.reasons:
            console.print(f"  {reason}", style="dim")
        return
    for draft in found.drafts:
        console.print(
            f"[bold]{draft.record.type}[/bold]  {plain(said(draft.record))}  "
            f"[dim]{draft.confidence:.2f}[/dim]"
        )
        quote = " ".join(draft.evidence[0].exact.split())
        console.print(f"    “{plain(quote)}”", style="dim")
        if why:
            rules = "; ".join(draft.rules)
            console.print(f"    {draft.draft_id}: {plain(rules)}; {draft.factuality}", style="dim")


def said(record: Record) -> str:
    """Return a record in one line.

    Examples
    --------
    >>> from parley.records import Figure
    >>> said(Figure(what="goods trade", value=582.0, unit="USD bn"))
    '582 USD bn: goods trade'
    """
    if isinstance(record, Round):
        style = "" if record.format == "unknown" else record.format
        parts = [" and ".join(record.parties), record.place, _day(record.when), style]
        people = ", ".join(one.person for one in record.delegates)
        return "; ".join(filter(None, [*parts, record.state, people]))
    if isinstance(record, Commitment):
        return f"{' and '.join(record.made_by)}: {record.action}"
    if isinstance(record, Assessment):
        return f"{record.speaker or record.speaker_party}: {record.verdict}"
    if isinstance(record, Accusation):
        return f"{record.by} against {' and '.join(record.against)}: {record.what}"
    if isinstance(record, Measure):
        return _measure(record)
    if isinstance(record, Statement):
        return f"{record.speaker}{f' ({record.channel})' if record.channel else ''}"
    if isinstance(record, Agreement):
        return f"{' and '.join(record.parties)}: {record.name}; {record.state.replace('_', ' ')}"
    return f"{record.value:g} {record.unit}: {record.what}"


def _measure(record: Measure) -> str:
    rate = record.rate.ad_valorem
    parts = [
        " and ".join((record.imposer, *record.on_behalf)),
        record.kind.replace("_", " "),
        f"on {', '.join(record.targets)}" if record.targets else "",
        "" if rate is None else f"{rate * 100:g} %",
        record.scope.words,
        *(_state(one) for one in record.states),
    ]
    return "; ".join(filter(None, parts))


def _state(one: DatedState) -> str:
    """Return a state with its days, and its words where these say more or less than a day."""
    start = f" from {one.start}" if one.start else ""
    until = f" until {one.end}" if one.end else ""
    words = f" “{one.phrase}”" if one.phrase else ""
    return one.state.replace("_", " ") + start + until + words


def _day(when: When) -> str:
    if when.start is None or when.last is None:
        return when.phrase
    return when.start.isoformat() if when.start == when.last else f"{when.start} to {when.last}"


def highlighted(article: Article, drafts: Sequence[Draft]) -> str:
    """Return the article as one HTML file with the evidence of each draft marked."""
    marks: dict[tuple[int, int], list[str]] = {}
    for draft in drafts:
        span = draft.evidence[0]
        label = f"{draft.record.type}: {said(draft.record)} ({draft.confidence:.2f})"
        marks.setdefault((span.start, span.end), []).append(label)
    body = "\n".join(
        f'<p class="{p.kind}">{_marked(article.text, p.start, p.end, marks)}</p>'
        for p in article.paragraphs
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{escape(article.title)}</title><style>{_STYLE}</style><main>{body}</main></html>\n"
    )


def _marked(text: str, start: int, end: int, marks: dict[tuple[int, int], list[str]]) -> str:
    inside = sorted((a, b) for a, b in marks if start <= a < end)
    edges = sorted({start, end, *(e for a, b in inside for e in (a, min(b, end)))})
    out = []
    for a, b in itertools.pairwise(edges):
        labels = [label for (c, d), ls in marks.items() if c <= a and b <= d for label in ls]
        piece = escape(text[a:b])
        title = escape("\n".join(labels))
        out.append(f'<mark title="{title}">{piece}</mark>' if labels else piece)
    return "".join(out)


_STYLE = (
    "body{font:17px/1.6 Georgia,serif;color:#1d2530;background:#fff;margin:2rem}"
    "main{max-width:42rem;margin:auto}.title{font-size:1.6rem;line-height:1.25;font-weight:bold}"
    ".furniture{color:#9aa3ad;font-size:.85rem}.caption{color:#5c6773;font-size:.95rem}"
    "mark{background:#fff1b8;border-bottom:2px solid #d69e00}"
)
