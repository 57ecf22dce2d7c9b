"""The brief in a terminal, by Rich. Widths follow the terminal; nothing of the page is markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from parley.brief import _phrases as phrases
from parley.brief._names import capital, party_name
from parley.brief._numbers import money, money_span, percent, percent_span, points
from parley.brief._wording import say_day
from parley.pages import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from parley.brief._brief import Brief, Detail, Recorded, Reported, Section
    from parley.brief._computed import Settlement, Stakes

REPORTED, RECORD, QUIET = "yellow", "cyan", "dim"


def to_terminal(brief: Brief) -> Group:
    """Return the brief as something that a Rich console prints."""
    return Group(*_parts(brief))


def _parts(brief: Brief) -> Iterator[RenderableType]:
    yield _text(brief.page.title or brief.page.address, "bold")
    yield _text(phrases.made_from(brief), QUIET)
    yield Text()
    yield from _bullets(brief.findings)
    if brief.missing:
        yield Text("\nMissing", style="bold red")
        yield from _bullets(f"{one.what} {one.remedy}" for one in brief.missing)
    if not brief.about_talks:
        yield _text(f"\n{brief.no_stakes}")
        return
    record = f"Record on {say_day(brief.on)}" if brief.on else "Record"
    yield from _question(1, "What is happening?", brief.happening, record)
    yield from _question(2, "What is on the table?", brief.on_the_table, record)
    yield from _question(
        3, "Who promised what, and who says it was broken?", brief.promises, record
    )
    yield _rule(4, "What is it worth, and to whom?")
    yield from _stakes(brief.stakes) if brief.stakes else [_text(brief.no_stakes)]
    if brief.priced:
        yield Text("Size unknown: where it breaks even", style="bold")
        yield from _bullets(f"{phrases.item_words(one)} ({one.ref})" for one in brief.priced)
    if brief.not_priced:
        yield Text("Not priced yet", style="bold")
        yield from _bullets(
            f"{capital(reason)}: {'; '.join(f'{one.item} ({one.ref})' for one in items)}"
            for reason, items in phrases.by_reason(brief.not_priced)
        )
    yield _rule(5, "What could they settle on, and would it hold?")
    if brief.settlement and brief.stakes:
        yield from _settlement(brief.settlement, brief.stakes.method.horizon)
    else:
        yield _text(phrases.NOT_COMPUTED)
    if brief.stakes:
        yield _rule(0, "What the numbers rest on")
        yield from _bullets(phrases.method_lines(brief.stakes))


def _text(words: str, style: str = "") -> Text:
    return Text(harmless(words), style=style)


def _rule(number: int, title: str) -> Padding:
    words = f"{number}  {title}" if number else title
    return Padding(Rule(Text(words, style="bold"), align="left", style=QUIET), (1, 0, 0, 0))


def _bullets(lines: Iterable[str], style: str = "") -> Iterator[Padding]:
    for line in lines:
        yield _hanging("•", _text(line, style))


def _hanging(sign: str, *lines: RenderableType, indent: int = 0) -> Padding:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    grid.add_row(Text(sign), Group(*lines))
    return Padding(grid, (0, 0, 0, indent))


def _question(number: int, title: str, section: Section, record: str) -> Iterator[RenderableType]:
    yield _rule(number, title)
    yield Text("Reported by this page, not reviewed", style=f"bold {REPORTED}")
    if not section.reported:
        yield Text("  Nothing found on the page.", style=QUIET)
    for one in section.reported:
        yield _hanging("•", *_reported(one))
    yield Text(record, style=f"bold {RECORD}")
    if not section.recorded and not section.background:
        yield Text("  The record holds nothing on this.", style=QUIET)
    for entry in section.recorded:
        yield _hanging("•", *_recorded(entry))
    if section.background:
        yield _hanging("•", _text(phrases.background_line(section), QUIET))


def _reported(one: Reported) -> Iterator[RenderableType]:
    yield _text(one.summary, "bold")
    yield from _details(one.details)
    for quote in one.quotes:
        words = " ".join(quote.exact.split())
        if words not in one.summary:
            yield _text(f"“{words}”", "italic")
    yield _text(phrases.confidence_line(one), QUIET)
    style = {"agrees": "green", "disagrees": "bold red"}.get(one.standing, QUIET)
    yield _text(phrases.standing_line(one), style)


def _recorded(entry: Recorded) -> Iterator[RenderableType]:
    yield _text(entry.title, "bold")
    yield _text(phrases.record_line(entry))
    yield _text(phrases.source_line(entry), QUIET)


def _details(details: tuple[Detail, ...]) -> Iterator[RenderableType]:
    if not details:
        return
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(style=QUIET, no_wrap=True)
    grid.add_column(overflow="fold")
    for one in details:
        grid.add_row(one.label, _text(one.text))
    yield grid


def _stakes(stakes: Stakes) -> Iterator[RenderableType]:
    yield _text(f"{stakes.before.meaning} {stakes.after.meaning}")
    if stakes.assumed_draft:
        yield _text(
            f"Assumed, not in the record: draft {stakes.assumed_draft} of this page.", REPORTED
        )
    duties = _table("Additional duty", stakes.before.name, stakes.after.name)
    for before, after in zip(stakes.before.duties, stakes.after.duties, strict=True):
        duties.add_row(
            f"{party_name(before.importer, article=False)} on "
            f"{party_name(before.exporter, article=False)}",
            points(before.rate),
            points(after.rate),
        )
    yield duties
    level = f"{points(stakes.method.level)} interval"
    income = _table(f"A year, with {level}", "real income", "% of base", "duty revenue")
    for one in (*stakes.parties, *phrases.third_shown(stakes)):
        income.add_row(
            party_name(one.party, article=False),
            _spanned(
                money(one.real_income_usd_mn.point, sign=True),
                money_span(one.real_income_usd_mn),
            ),
            _spanned(
                percent(one.real_income_percent.point, sign=True),
                percent_span(one.real_income_percent),
            ),
            money(one.revenue_usd_mn.point, sign=True),
        )
    yield income
    yield _text(phrases.other_horizon_words(stakes))
    if by_product := phrases.charged_words(stakes):
        yield _text(by_product)
    trade = _table("Goods trade before duty", stakes.before.name, stakes.after.name, "change")
    for flow in stakes.trade:
        trade.add_row(
            f"{party_name(flow.importer, article=False)} from "
            f"{party_name(flow.exporter, article=False)}",
            money(flow.from_usd_mn),
            money(flow.to_usd_mn),
            _spanned(
                percent(flow.change_percent.point, sign=True), percent_span(flow.change_percent)
            ),
        )
    yield trade


def _settlement(table: Settlement, horizon: str) -> Iterator[RenderableType]:
    yield _text(phrases.settlement_words(table))
    for deal in table.deals:
        yield _text(f"\n{capital(deal.name)}: {phrases.deal_duties(deal)}", "bold")
        sides = _table("", "over walking away", "from breaking it", "it holds")
        for side in deal.sides:
            sides.add_row(
                party_name(side.party, article=False),
                _spanned(money(side.gain_usd_mn.point, sign=True), money_span(side.gain_usd_mn)),
                phrases.breach(side, table),
                phrases.patience(side),
            )
        yield sides
        if elsewhere := phrases.tempted_elsewhere(deal, horizon):
            yield _text(elsewhere)


def _spanned(point: str, span: str) -> Text:
    """Return a number with its interval below it."""
    return Text.assemble(point, "\n", (span, QUIET), no_wrap=True)


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=QUIET)
    table.add_column(first, overflow="fold")
    for other in others:
        table.add_column(other, justify="right", overflow="fold")
    return table
