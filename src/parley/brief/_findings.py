"""The main results of a brief, one sentence and one number each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.brief._names import capital, party_name
from parley.brief._numbers import figures, money, money_span, percent, points
from parley.brief._phrases import deal_duties, tempted_elsewhere
from parley.brief._settle import BARGAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parley.brief._brief import Brief
    from parley.brief._computed import DealStakes, PartyStakes, Side, Stakes


def findings(brief: Brief) -> tuple[str, ...]:
    """Return the main results as sentences; empty when nothing was computed."""
    return tuple(_sentences(brief))


def _sentences(brief: Brief) -> Iterator[str]:
    if brief.stakes is None:
        return
    for one in sorted(brief.stakes.parties, key=lambda side: side.real_income_usd_mn.point):
        yield _income(one, brief.stakes)
    yield _third(brief.stakes)
    if brief.settlement is None:
        return
    for deal in brief.settlement.deals:
        yield f"{_deal(deal)} {_hold(deal, brief.stakes.method.horizon)}"
    if not brief.settlement.bargain_found:
        yield "No pair of duties within the table leaves both sides better off than walking away."


def _income(one: PartyStakes, stakes: Stakes) -> str:
    value = one.real_income_usd_mn
    verb = "would cost" if value.point < 0 else "would bring"
    return (
        f"Going from {stakes.before.name} to {stakes.after.name} {verb} {party_name(one.party)} "
        f"{money(abs(value.point))} of real income a year "
        f"({percent(abs(one.real_income_percent.point))} of its final spending; "
        f"{points(stakes.method.level)} interval {money_span(value)})."
    )


def _third(stakes: Stakes) -> str:
    gain = max(stakes.third, key=lambda one: one.real_income_usd_mn.point)
    total = sum(one.real_income_usd_mn.point for one in stakes.third)
    verb = "gain" if total > 0 else "lose"
    together = f"All other economies together would {verb} {money(abs(total))} a year"
    if gain.real_income_usd_mn.point <= 0:
        return f"{together}; none would gain."
    return (
        f"{together}; {party_name(gain.party)} would gain most, "
        f"{money(gain.real_income_usd_mn.point)}."
    )


def _deal(deal: DealStakes) -> str:
    gains = " and ".join(
        f"{money(side.gain_usd_mn.point)} a year to {party_name(side.party)}" for side in deal.sides
    )
    if deal.name != BARGAIN:
        return f"Keeping {deal.name} ({deal_duties(deal)}) is worth {gains}, against walking away."
    return (
        f"A bargain by Nash’s rule would set {deal_duties(deal)}: worth {gains}, against walking "
        f"away."
    )


def _hold(deal: DealStakes, horizon: str) -> str:
    """Return whether a deal holds; what no side gains at one horizon it may gain at the other."""
    if any(side.verdict != "any patience suffices" for side in deal.sides):
        return " ".join(_holds(side) for side in deal.sides)
    elsewhere = tempted_elsewhere(deal, horizon)
    if elsewhere:
        return (
            f"With the elasticities of the {horizon} horizon neither side gains from a higher "
            f"duty, even for a year. {elsewhere}"
        )
    return (
        "Neither side gains from a higher duty, even for a year, with the elasticities of either "
        "horizon: it holds without a threat."
    )


def _holds(side: Side) -> str:
    who = capital(party_name(side.party))
    if side.verdict == "any patience suffices":
        return f"{who} gains nothing from a higher duty, even for a year."
    if side.least_discount_factor is None:
        return f"{who} would not keep it: walking away does not hurt it."
    factor = figures(side.least_discount_factor)
    return f"{who} keeps it if its discount factor is at least {factor} a year."
