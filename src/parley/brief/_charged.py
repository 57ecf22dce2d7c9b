"""What the step of a brief is worth at the duties that were charged, product by product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.brief._brief import Charged, PartyChange
from parley.brief._from_record import duties_since

if TYPE_CHECKING:
    from datetime import date

    from parley.brief._brief import Scenario
    from parley.ledger import Ledger
    from parley.talks import Payoffs
    from parley.typing import Array

WEIGHTS = "USA"  # whose duties are known by product, with the trade that they fall on


def charged(
    ledger: Ledger, economy: Payoffs, before: Scenario, after: Scenario, *, known: date | None
) -> Charged | None:
    """Return the step at the duties that were charged on the days of both scenarios.

    Exemptions and duties on listed products are in, sector by sector; those of a party without
    trade by product stay headline rates. None where a scenario is no day of the law, or the
    trade between the parties is not known by product.
    """
    from parley import duties

    parties = economy.table.parties
    if before.day is None or after.day is None or WEIGHTS not in parties:
        return None
    other = next(party for party in parties if party != WEIGHTS)
    days = (before.day, after.day)
    averages = [duties.on(ledger, day, known=known).average(by="partner") for day in days]
    levels = [average.get(other) for average in averages if isinstance(average, dict)]
    if levels[0] is None or levels[1] is None:
        return None
    income = [_income(ledger, economy, day, known=known) for day in days]
    change = income[1] - income[0]
    return Charged(
        importer=WEIGHTS,
        exporter=other,
        average_before=levels[0] / 100.0,
        average_after=levels[1] / 100.0,
        real_income=tuple(
            PartyChange(party=party, real_income_usd_mn=float(change[at]))
            for at, party in enumerate(parties)
        ),
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
