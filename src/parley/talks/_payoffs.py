"""What the deals of a table pay its parties in one world."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium import Model, solve
from parley.world import economies_of

if TYPE_CHECKING:
    from parley.equilibrium import Outcome, Policy
    from parley.talks._table import Deal, Table
    from parley.typing import Array
    from parley.world import Elasticities, World


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Payoffs:
    """The equivalent variation that deals bring the parties, USD million a year at base prices.

    Called with a deal it returns one number by party of the table, against the base year; each
    deal is solved once.
    """

    world: World
    table: Table
    elasticities: Elasticities
    model: Model = Model()  # noqa: RUF009 - frozen
    beside: Policy | None = None  # what is not on the table
    starts: tuple[Outcome, ...] = field(default=(), repr=False)  # for what has no neighbour yet
    _solved: dict[Deal, Outcome] = field(default_factory=dict, repr=False)
    _alike: dict[bool, list[Deal]] = field(default_factory=dict, repr=False)  # by split uses

    def __call__(self, deal: Deal) -> Array:
        """Return the equivalent variation of each party, shape (party,)."""
        return self.of_parties(self.outcome(deal).equivalent_variation_usd_mn)

    def policy(self, deal: Deal) -> Policy:
        """Return the policy of a deal, with what lies beside the table."""
        return self.table.policy(deal, self.world, beside=self.beside)

    def outcome(self, deal: Deal) -> Outcome:
        """Return the equilibrium under a deal."""
        if deal not in self._solved:
            policy = self.policy(deal)
            split = policy.splits_uses
            self._solved[deal] = solve(
                self.world,
                policy,
                model=self.model,
                elasticities=self.elasticities,
                start=self._nearest(deal, split=split),
            )
            self._alike.setdefault(split, []).append(deal)
        return self._solved[deal]

    def on(self, table: Table, *, elasticities: Elasticities | None = None) -> Payoffs:
        """Return the payoffs of another table of the same world, or at other elasticities."""
        known = [self._solved[deals[0]] for deals in self._alike.values()]
        return replace(
            self,
            table=table,
            elasticities=self.elasticities if elasticities is None else elasticities,
            starts=(*known, *self.starts),
            _solved={},
            _alike={},
        )

    def of_parties(self, values: Array) -> Array:
        """Return the sums over each party's economies of `values`, last axis (economy,)."""
        positions = [self.positions(party) for party in self.table.parties]
        return np.stack([values[..., at].sum(axis=-1) for at in positions], axis=-1)

    def positions(self, party: str) -> list[int]:
        """Return where the economies of a party lie on the axis of economies."""
        return [self.world.economy(code) for code in economies_of(self.world, party)]

    @property
    def largest_residual(self) -> float:
        """The largest residual of all equilibria solved so far."""
        return max(outcome.residual for outcome in self._solved.values())

    def _nearest(self, deal: Deal, *, split: bool) -> Outcome | None:
        """Return the solved outcome whose deal is nearest, of those that split uses alike."""
        alike = self._alike.get(split)
        if alike:
            return self._solved[min(alike, key=lambda other: _distance(deal, other))]
        return next((one for one in self.starts if one.policy.splits_uses == split), None)


def _distance(deal: Deal, other: Deal) -> float:
    """Return how far two deals lie apart; a lifted limit counts as twice the base flow."""
    pairs = zip(deal.settings, other.settings, strict=True)
    return sum(abs(min(one, 2.0) - min(two, 2.0)) for one, two in pairs)
