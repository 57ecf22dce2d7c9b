"""Sentences that the terminal and the HTML share, so that both say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.brief._names import capital, party_name
from parley.brief._numbers import figures, money, money_span, points
from parley.brief._wording import say_day
from parley.records import Statement

if TYPE_CHECKING:
    from parley.brief._brief import Brief, NotPriced, PageHead, Recorded, Reported, Section
    from parley.brief._computed import (
        Band,
        BreakEven,
        Charged,
        DealStakes,
        Duty,
        PartyStakes,
        PricedItem,
        Settlement,
        Side,
        Stakes,
        Temptation,
        Unsourced,
    )

ORIGINS = {
    "stated": "as the page states",
    "inferred": "inferred",
    "user": "given with --published",
    "unknown": "unknown",
}
FACTUALITY = {
    "asserted": "said as a fact",
    "planned": "planned",
    "threatened": "threatened",
    "conditional": "conditional",
    "denied": "denied",
    "past": "said of the past",
}
STANDINGS = {
    "agrees": "Agrees with the record",
    "disagrees": "Disagrees with the record",
    "possibly the same": "Possibly the same as the record",
    "not in the record": "Not in the record",
}
NOT_COMPUTED = "Not computed: there are no stakes to compare."
_THIRD_SHOWN = 5
_PIIE_US_ON_CHINA = 0.208
"""Average US duty on goods of China on 20 January 2025: Peterson Institute, as `CHINA_ON_US`."""


def made_from(brief: Brief) -> str:
    """Return where the page is from, when it was published, and which record was asked."""
    page = brief.page
    parts = [page.publisher] if page.publisher else []
    if page.published is None:
        parts.append("publication date unknown")
    else:
        parts.append(f"published {say_day(page.published)} ({_origin(page)})")
    if brief.on is not None:
        known = brief.known or brief.on
        as_known = "" if known == brief.on else f", as known on {say_day(known)}"
        parts.append(f"record of {say_day(brief.on)}{as_known}")
    return " · ".join(parts)


def _origin(page: PageHead) -> str:
    origin = ORIGINS[page.published_origin]
    if page.published_origin == "user" or not page.published_source:
        return origin
    return f"{origin}: {page.published_source}"


def confidence_line(one: Reported) -> str:
    """Return who says it, how, how sure the reader is, and the draft's id."""
    tells_itself = isinstance(one.record, Statement)
    speaker = [f"said by {party_name(one.said_by)}"] if one.said_by and not tells_itself else []
    return " · ".join(
        [*speaker, FACTUALITY[one.factuality], f"confidence {points(one.confidence)}", one.draft_id]
    )


def standing_line(one: Reported) -> str:
    """Return how a reported fact stands to the record."""
    beside = f" [{', '.join(one.beside)}]" if one.beside else ""
    remark = f": {one.remark}" if one.remark else ""
    return f"{STANDINGS[one.standing]}{remark}{beside}"


def background_line(section: Section) -> str:
    """Return the titles of what has stood for long, in one line."""
    return "Unchanged for more than a year: " + "; ".join(
        entry.title for entry in section.background
    )


def record_line(entry: Recorded) -> str:
    """Return what an entry says in one line; states and rates need no label."""
    plain = ("state", "rate", "when", "who", "outcome", "content")
    parts = [
        one.text if one.label in plain else f"{one.label}: {one.text}" for one in entry.details
    ]
    return ". ".join(capital(part.rstrip(".")) for part in (entry.summary, *parts) if part) + "."


def source_line(entry: Recorded) -> str:
    """Return the entry's id and the addresses of its sources."""
    addresses = "; ".join(
        dict.fromkeys(source.publisher or source.address for source in entry.sources)
    )
    return f"{entry.entry_id} · {addresses}" if addresses else entry.entry_id


def by_reason(items: tuple[NotPriced, ...]) -> tuple[tuple[str, tuple[NotPriced, ...]], ...]:
    """Return what is not priced yet, gathered by reason, in order of appearance."""
    found: dict[str, list[NotPriced]] = {}
    for one in items:
        found.setdefault(one.reason, []).append(one)
    return tuple((reason, tuple(ones)) for reason, ones in found.items())


def item_words(one: PricedItem) -> str:
    """Return what can be said of a measure whose size nobody published."""
    said = _band_words(one.band) if one.band else ""
    said = _break_even_words(one.break_even) if one.break_even else said
    return f"{one.item}: {one.why}. {said}"


def _band_words(band: Band) -> str:
    low, high = (points(share) for share in band.assumed)
    worth = "; ".join(
        f"{party_name(one.party)} {money(one.low_usd_mn, sign=True)} to "
        f"{money(one.high_usd_mn, sign=True)} a year"
        for one in band.worth
    )
    return f"Assumed that {low} to {high} of the base-year flow pass: {worth}."


def _break_even_words(found: BreakEven) -> str:
    """Return the range of the smallest cuts over the elasticities that were tried."""
    worth = [value for row in found.worth_usd_mn for value in row]
    cuts = [cut for row in found.cut for cut in row]
    known = [cut for cut in cuts if cut is not None]
    dollars = " to ".join(dict.fromkeys(money(value) for value in (min(worth), max(worth))))
    against = (
        f"costs {party_name(found.target)} as much as {100 * found.points:.0f} points off the "
        f"duties of {party_name(found.owner)} bring it ({dollars} a year)"
    )
    tried = (
        f"elasticities between origins of {figures(found.between_origins[0])} to "
        f"{figures(found.between_origins[-1])} and of its users of {figures(found.of_users[0])} to "
        f"{figures(found.of_users[-1])}"
    )
    if not known:
        return f"No cut up to {points(found.deepest)} {against}, at {tried}."
    ends = dict.fromkeys(points(round(cut, 2)) for cut in (min(known), max(known)))
    span = f"a cut of {' to '.join(ends)}"
    if len(known) == len(cuts):
        return f"{capital(span)} {against}, at {tried}."
    return (
        f"{len(cuts)} pairs of elasticities were tried, between origins of "
        f"{_listed(found.between_origins, 'and')} and of its users of "
        f"{_listed(found.of_users, 'and')}. At {len(known)} of them ({_where_found(found)}) "
        f"{span} {against}; at the other {len(cuts) - len(known)} no cut up to "
        f"{points(found.deepest)} does."
    )


def _listed(values: tuple[float, ...], last: str) -> str:
    said = [figures(value) for value in values]
    return f" {last} ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else said[0]


def _where_found(found: BreakEven) -> str:
    """Return the pairs of elasticities at which a cut was found, row by row."""
    rows = []
    for origin, row in zip(found.between_origins, found.cut, strict=True):
        users = tuple(
            user for user, cut in zip(found.of_users, row, strict=True) if cut is not None
        )
        if users:
            which = "any" if users == found.of_users else _listed(users, "or")
            rows.append(f"{figures(origin)} between origins with {which} of its users")
    return "; ".join(rows)


def third_shown(stakes: Stakes) -> tuple[PartyStakes, ...]:
    """Return the third economies with the largest change in dollars."""
    return stakes.third[:_THIRD_SHOWN]


def deal_duties(deal: DealStakes) -> str:
    """Return the duties of a deal, "United States 30 %, China 10 %"."""
    return _duties_words(deal.duties)


def _duties_words(duties: tuple[Duty, ...]) -> str:
    if not any(duty.rate for duty in duties):
        return "no additional duty on either side"
    return ", ".join(
        f"{party_name(duty.importer, article=False)} {points(duty.rate)}" for duty in duties
    )


def patience(side: Side) -> str:
    """Return what a side needs to keep a deal."""
    if side.least_discount_factor is None:
        return "never: walking away does not hurt it"
    if side.verdict == "any patience suffices":
        return "always"
    return f"if its discount factor is at least {figures(side.least_discount_factor)} a year"


def breach(side: Side, table: Settlement) -> str:
    """Return what breaking a deal brings a side for a year, while the other side keeps it."""
    if side.verdict == "any patience suffices":
        (old,) = (duty.rate for duty in table.walk_away.duties if duty.importer == side.party)
        if side.breach_duty >= old:
            return "nothing: no higher duty is on its table"
        return f"nothing; going to {points(old)} alone: {money(side.alone_usd_mn, sign=True)}"
    return (
        f"{money(side.one_shot_gain_usd_mn.point, sign=True)} "
        f"({money_span(side.one_shot_gain_usd_mn)}) at {points(side.breach_duty)}"
    )


def tempted_elsewhere(deal: DealStakes, horizon: str) -> str:
    """Return which sides a breach would pay at the other horizon, "" if none."""
    said = [
        f"{party_name(side.party)} would gain {money(side.other_horizon.one_shot_gain_usd_mn)} "
        f"in a year at {points(side.other_horizon.breach_duty)} and {_needs(side.other_horizon)}"
        for side in deal.sides
        if side.other_horizon.one_shot_gain_usd_mn > 0
    ]
    if not said:
        return ""
    return f"With those of the {_other(horizon)} horizon {'; '.join(said)}."


def _needs(tempted: Temptation) -> str:
    if tempted.least_discount_factor is None:
        return "would not keep the deal"
    factor = figures(tempted.least_discount_factor)
    return f"keeps the deal if its discount factor is at least {factor} a year"


def _other(horizon: str) -> str:
    return "short" if horizon == "long" else "long"


def settlement_words(table: Settlement) -> str:
    """Return what is on the table, what walking away means and how a deal is chosen."""
    high = " and ".join(
        f"{party_name(duty.importer)} up to {points(duty.rate)}" for duty in table.bounds
    )
    base = " and ".join(
        f"{points(duty.rate)} of {party_name(duty.importer)} on {party_name(duty.exporter)}"
        for duty in table.base_duties
    )
    return (
        f"The table is the additional duty of each side on the other’s goods, from none: {high}. "
        f"It comes on top of the base duties, on average {base}.{_kinds_of_base(table)} "
        f"Walking away means {table.walk_away.name}: {_duties_words(table.walk_away.duties)}. "
        f"{table.objective} {table.rule} "
        f"{len(table.tried)} pairs of duties were tried, down to steps of "
        f"{points(table.spacing)}.{_bounds_words(table)} A side that breaks a deal sets its own "
        f"best higher duty for one year; from then on {table.walk_away.name} holds for good."
    )


def _kinds_of_base(table: Settlement) -> str:
    """Return that the base duties of the two are not of one kind, "" where they may be."""
    if {duty.importer for duty in table.base_duties} != {"CHN", "USA"}:
        return ""
    return (
        " The two are not of one kind: that of China is a mean of its rates by the Peterson "
        "Institute, that of the United States the duty charged in 2024 over the value of imports "
        "(US Census Bureau); the same institute puts the average of the United States on China at "
        f"{points(_PIIE_US_ON_CHINA)} on 20 January 2025."
    )


def _bounds_words(table: Settlement) -> str:
    """Return which duties of the bargain lie at an end of the table, "" for none."""
    bound = [name for deal in table.deals for name in deal.at_bounds]
    if not bound:
        return ""
    which = " and ".join(" on ".join(map(party_name, name.split(" on "))) for name in bound)
    return f" The bargain lies at an end of the table for the duty of {which}."


def unsourced_words(unsourced: Unsourced, stakes: Stakes) -> str:
    """Return what the cells without a source are and how far they move the main results."""
    central = {one.party: one.real_income_usd_mn.point for one in stakes.parties}
    moves = " and ".join(
        f"{party_name(one.party)} by "
        f"{money(one.real_income_usd_mn - central[one.party], sign=True)}"
        for one in unsourced.real_income_at_tested_rate
    )
    return (
        f"{points(unsourced.trade_share)} of world goods trade has no base duty with a source; "
        f"these flows enter at zero. At {points(unsourced.tested_rate)} instead, the change of "
        f"real income from {stakes.before.name} to {stakes.after.name} would move for {moves}."
    )


def other_horizon_words(stakes: Stakes) -> str:
    """Return the main result at the elasticities of the other horizon."""
    changes = "; ".join(
        f"{party_name(one.party)} {money(one.real_income_usd_mn, sign=True)}"
        for one in stakes.other_horizon
    )
    other = _other(stakes.method.horizon)
    return f"With the elasticities of the {other} horizon instead: {changes}."


def charged_words(stakes: Stakes) -> str:
    """Return the main result at the duties by product, or why not; "" for what is no law."""
    law = stakes.charged
    if law is None:
        return stakes.not_charged
    changes = "; ".join(
        f"{party_name(one.party)} {money(one.real_income_usd_mn, sign=True)}"
        for one in law.real_income
    )
    return (
        f"By product, with exemptions and listed products in, the duty of "
        f"{party_name(law.importer)} on goods of {party_name(law.exporter)} goes from "
        f"{points(law.average_before)} to {points(law.average_after)} of their value on average, "
        f"base duty included. With its duties by sector instead: {changes}.{_left_out_words(law)}"
    )


def _left_out_words(law: Charged) -> str:
    """Return the measures that the averages by product leave out, "" for none."""
    named = "; ".join(f"{one.title} ({one.measure}): {one.reason}" for one in law.left_out)
    return f" Left out of both averages, as they are not computed: {named}." if named else ""


def method_lines(stakes: Stakes) -> tuple[str, ...]:
    """Return what the numbers rest on, one line each."""
    method = stakes.method
    return (
        f"World: {method.world}. {method.world_credit}",
        f"Elasticities: {method.elasticities}",
        f"Closure: {method.closure}",
        f"Horizon: {method.horizon}.",
        f"Welfare: {method.welfare}",
        f"Intervals: {points(method.level)} of {method.draws} draws of the trade elasticities with "
        f"their published standard errors, seed {method.seed}.",
        unsourced_words(stakes.unsourced, stakes),
        *method.notes,
    )
