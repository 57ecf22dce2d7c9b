"""What the step of a brief is worth at the duties that were charged, product by product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.brief._computed import Charged, LeftOut, PartyChange
from parley.brief._from_record import duties_since
from parley.brief._names import party_name
from parley.brief._numbers import points

if TYPE_CHECKING:
    from datetime import date

    from parley.brief._computed import Scenario
    from parley.duties import Duties
    from parley.ledger import Ledger
    from parley.talks import Payoffs
    from parley.typing import Array

WEIGHTS = "USA"  # whose duties are known by product, with the trade that they fall on


def charged(
    ledger: Ledger, economy: Payoffs, before: Scenario, after: Scenario, *, known: date | None
) -> tuple[Charged | None, str]:
    """Return the step at the duties that were charged on the days of both scenarios, or why not.

    Exemptions and duties on listed products are in, sector by sector; those of a party without
    trade by product stay headline rates. A step whose headline rests on a measure that is not
    computed by product is not taken: the two would compare different duties. Neither is there one,
    nor a reason to give, where a scenario is no day of the law or the trade between the parties is
    not known by product.
    """
    from parley import duties

    parties = economy.table.parties
    if before.day is None or after.day is None or WEIGHTS not in parties:
        return None, ""
    other = next(party for party in parties if party != WEIGHTS)
    laws = [duties.on(ledger, day, known=known) for day in (before.day, after.day)]
    if other not in laws[0].average(by="partner"):  # type: ignore[operator]  # by partner: a dict
        return None, ""
    left_out = _left_out(laws, other)
    resting = _resting(left_out, before, after)
    if resting:
        return None, _why_not(resting, other)
    levels = [float(law.average(partner=other)) / 100.0 for law in laws]  # type: ignore[arg-type]
    income = [_income(ledger, economy, law.day, known=known) for law in laws]
    change = income[1] - income[0]
    found = Charged(
        importer=WEIGHTS,
        exporter=other,
        average_before=levels[0],
        average_after=levels[1],
        real_income=tuple(
            PartyChange(party=party, real_income_usd_mn=float(change[at]))
            for at, party in enumerate(parties)
        ),
        left_out=left_out,
    )
    return found, ""


def _left_out(laws: list[Duties], other: str) -> tuple[LeftOut, ...]:
    """Return the measures on the goods of `other` that are not computed on either day."""
    found: dict[str, LeftOut] = {}
    for law in laws:
        titles = {
            charge.measure: charge.title for charge in (*law.found.headlines, *law.found.unknown)
        }
        for name, why in law.missing(other).items():
            found.setdefault(name, LeftOut(measure=name, title=titles[name], reason=why))
    return tuple(found.values())


def _resting(
    left_out: tuple[LeftOut, ...], before: Scenario, after: Scenario
) -> list[tuple[LeftOut, float, float]]:
    """Return what is not computed though the headline rests on it, with the headline's duties."""
    own = [
        next(duty for duty in scenario.duties if duty.importer == WEIGHTS)
        for scenario in (before, after)
    ]
    counted = {name for duty in own for name in duty.measures}
    return [(one, own[0].rate, own[1].rate) for one in left_out if one.measure in counted]


def _why_not(resting: list[tuple[LeftOut, float, float]], other: str) -> str:
    _, low, high = resting[0]
    named = "; ".join(f"{one.title} ({one.measure}): {one.reason}" for one, _, _ in resting)
    return (
        f"By product, with exemptions and listed products in, the step is not computed: the duties "
        f"of {party_name(WEIGHTS)} on {party_name(other)} above ({points(low)} and {points(high)}) "
        f"rest on a measure that is not computed by product, and averages without it would compare "
        f"other duties. {named}."
    )


def _income(ledger: Ledger, economy: Payoffs, day: date, *, known: date | None) -> Array:
    """Return the equivalent variation of each party under the duties of a day, from the base."""
    from parley.equilibrium import Policy, solve
    from parley.world import BASE_DUTIES_YEAR

    world = economy.world
    if day.year <= BASE_DUTIES_YEAR:
        policy = Policy.none(world)
    else:
        policy = duties_since(ledger, world, day=day, known=known, between=economy.table.parties)
    outcome = solve(world, policy, model=economy.model, elasticities=economy.elasticities)
    return economy.of_parties(outcome.equivalent_variation_usd_mn)
