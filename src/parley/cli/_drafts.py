"""Drafts on a terminal and over the page."""

from __future__ import annotations

import itertools
from bisect import bisect_left
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
    console.print(plain(published_line(article)), style="dim")
    for note in article.notes:
        console.print(plain(note), style="dim")
    if not found.relevant:
        console.print("This page is not about trade between states: no drafts.")
        for reason in found.reasons:
            console.print(f"  {reason}", style="dim")
        return
    shown = ""
    for draft in found.drafts:
        console.print(
            f"[bold]{draft.record.type}[/bold]  {plain(said(draft.record))}  "
            f"[dim]{draft.confidence:.2f}[/dim]"
        )
        quote = " ".join(draft.evidence[0].exact.split())
        if quote != shown:
            _indented(console, f"“{plain(quote)}”")
        shown = quote
        if why:
            rules = "; ".join(draft.rules)
            _indented(console, f"{draft.draft_id}: {plain(rules)}; {draft.factuality}")


def _indented(console: Console, words: str) -> None:
    """Print words four columns in, on a terminal every line of them."""
    from rich.padding import Padding

    if console.soft_wrap:
        console.print(f"    {words}", style="dim")
    else:
        console.print(Padding(words, (0, 0, 0, 4)), style="dim")


def published_line(article: Article) -> str:
    """Return when a page was published and how that is known; a guess names what settles it.

    Examples
    --------
    >>> from parley.records import Article
    >>> published_line(Article(page_sha256="", text="x"))
    'published: not known, so that relative dates stay words; --published YYYY-MM-DD settles it'
    """
    settles = "--published YYYY-MM-DD settles it"
    if article.published is None:
        return f"published: not known, so that relative dates stay words; {settles}"
    source = f" by {article.published_source}" if article.published_source else ""
    if article.published_origin == "user":
        return f"published {article.published} (given with --published)"
    if article.published_origin == "inferred":
        return f"published {article.published} (inferred{source}; {settles})"
    return f"published {article.published} ({article.published_origin}{source})"


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
        due = f"; due {_day(record.due)}" if record.due.phrase else ""
        return f"{' and '.join(record.made_by)}: {record.action}{due}"
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
    """Return the article as one HTML file: evidence marked and numbered, drafts listed below."""
    ordered = sorted(drafts, key=lambda draft: draft.evidence[0].start)
    body = "\n".join(
        f'<p class="{p.kind}">{_marked(article, p.start, p.end, ordered)}</p>'
        for p in article.paragraphs
    )
    listed = "\n".join(
        f'<li id="draft-{number}"><b>{draft.record.type}</b> {escape(said(draft.record))} '
        f"<small>{draft.confidence:.2f}; {escape('; '.join(draft.rules))}</small></li>"
        for number, draft in enumerate(ordered, 1)
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{escape(article.title)}</title><style>{_STYLE}</style><main>{body}\n"
        f"<h2>Drafts</h2><p>What this page says, not reviewed; {escape(published_line(article))}."
        f"</p><ol>{listed}</ol></main></html>\n"
    )


def _marked(article: Article, start: int, end: int, drafts: Sequence[Draft]) -> str:
    """Return a paragraph with the evidence of `drafts`, which stand in the order of the page."""
    first = bisect_left(drafts, start, key=_begin)
    spans = [
        (number + 1, drafts[number].evidence[0])
        for number in range(first, bisect_left(drafts, end, key=_begin))
    ]
    edges = sorted(
        {start, end, *(e for _, span in spans for e in (span.start, min(span.end, end)))}
    )
    out = []
    for a, b in itertools.pairwise(edges):
        over = [(number, span) for number, span in spans if span.start <= a and b <= span.end]
        ended = "".join(_note(number) for number, span in over if span.end == b)
        piece = escape(article.text[a:b])
        out.append(f"<mark>{piece}</mark>{ended}" if over else piece)
    return "".join(out)


def _begin(draft: Draft) -> int:
    return draft.evidence[0].start


def _note(number: int) -> str:
    return f'<sup><a href="#draft-{number}">{number}</a></sup>'


_STYLE = (
    "body{font:17px/1.6 Georgia,serif;color:#1d2530;background:#fff;margin:2rem}"
    "main{max-width:42rem;margin:auto}.title{font-size:1.6rem;line-height:1.25;font-weight:bold}"
    ".furniture{color:#66707b;font-size:.85rem}.caption{color:#5c6773;font-size:.95rem}"
    "mark{background:#fff1b8;border-bottom:2px solid #d69e00}sup{line-height:0}"
    "sup a{color:#8a5a00;margin-left:3px}"
    "h2{margin-top:3rem;border-top:1px solid #c9ced4;padding-top:1rem}li{margin:.4rem 0}"
    "small{color:#5c6773}li:target{background:#fff1b8}"
)
