"""The brief's questions to the engine: a deal of two parties in, dollars of each out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from parley import equilibrium
from parley.world import economies_of

if TYPE_CHECKING:
    from parley.brief._options import Horizon
    from parley.equilibrium import Closure, Outcome, Policy
    from parley.talks import Deal, Table
    from parley.typing import Array
    from parley.world import Elasticities, World

CLOSURE: Closure = "proportional"
CLOSURE_IN_WORDS = (
    "trade imbalances stay in proportion to each economy’s income (the residual is shared out), "
    "wages adjust, labour moves between sectors and stays in its economy."
)


@dataclass(frozen=True, slots=True, eq=False)
class Economy:
    """A table in a world at one horizon."""

    world: World
    table: Table
    horizon: Horizon
    _solved: dict[Deal, Outcome] = field(default_factory=dict, repr=False)

    @property
    def elasticities(self) -> Elasticities:
        """The central elasticities of the horizon."""
        short = self.horizon == "short"
        return self.world.elasticities_short if short else self.world.elasticities

    def policy(self, deal: Deal) -> Policy:
        """Return the policy of a deal."""
        return self.table.policy(deal, self.world)

    def solve(self, deal: Deal) -> Outcome:
        """Return the equilibrium under a deal; each is solved once."""
        if deal not in self._solved:
            self._solved[deal] = equilibrium.solve(
                self.world,
                self.policy(deal),
                closure=CLOSURE,
                elasticities=self.elasticities,
                start=self._nearest(deal),
            )
        return self._solved[deal]

    def payoff(self, deal: Deal) -> Array:
        """Return each party's equivalent variation against the base year, USD million a year."""
        return self.of_parties(self.solve(deal).equivalent_variation_usd_mn)

    def of_parties(self, values: Array) -> Array:
        """Return the sums over each party's economies of `values`, last axis (economy,)."""
        positions = [self.positions(party) for party in self.table.parties]
        return np.stack([values[..., at].sum(axis=-1) for at in positions], axis=-1)

    def positions(self, party: str) -> list[int]:
        """Return where the economies of a party lie on the axis of economies."""
        return [self.world.economy(code) for code in economies_of(self.world, party)]

    def base_duty(self, importer: str, exporter: str) -> float:
        """Return the average base duty of one party on the other's goods, by base-year trade."""
        goods = [self.world.sector(code) for code in self.world.goods]
        cells = np.ix_(self.positions(importer), self.positions(exporter), goods)
        flows = self.world.flows[cells]
        return float((flows * self.world.tariff[cells]).sum() / flows.sum())

    @property
    def largest_residual(self) -> float:
        """The largest residual of all equilibria solved so far."""
        return max(outcome.residual for outcome in self._solved.values())

    def _nearest(self, deal: Deal) -> Outcome | None:
        if not self._solved:
            return None
        near = min(
            self._solved,
            key=lambda other: sum(
                abs(a - b) for a, b in zip(deal.settings, other.settings, strict=True)
            ),
        )
        return self._solved[near]
