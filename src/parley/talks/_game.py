"""The economy at a table: what every deal pays each party, and how that moves with each setting."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

from parley.equilibrium import Model, Policy, gradients, relinearised, solve
from parley.errors import ConvergenceError, InputError
from parley.talks._instrument import BANS
from parley.world import economies_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parley.equilibrium import Gradient, Outcome
    from parley.equilibrium import Objective as Seeds
    from parley.talks._objective import Objective
    from parley.talks._table import Deal, Table
    from parley.typing import Array, Mask
    from parley.world import Elasticities, World

Index: TypeAlias = Literal["usd", "level", "log"]
INDICES: dict[Index, str] = {
    "usd": "equivalent variation, base-year USD million a year",
    "level": "the objective over its value in the base year",
    "log": "the logarithm of the objective over its value in the base year",
}
"""Cardinal indices of payoffs: a bargain depends on which is used, a best response does not."""

_HELD = 4096  # payoffs kept in memory
_RENEWED = 4  # equilibria after which the linearisation is renewed
_EXACT = 1e-11
_OTHERS = 0.02  # of what bends the owner's payoff
_SMALLEST = 1e-9  # of income: cells that trade less move as if they traded this much


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Near:
    """A deal as a climb sees it."""

    payoffs: Array  # (party,)
    slopes: Array  # (party, instrument), per unit of the setting
    bends: Array  # (party, instrument), by how much slopes fall per log of the setting, about


@dataclass(slots=True, kw_only=True, eq=False)
class Game:
    """A table in a world: payoffs of deals and their slopes, by equilibria that start nearby.

    A party that is several economies of the world (EUU) counts the sum of their equivalent
    variations.
    """

    world: World
    table: Table
    beside: Policy | None = None  # what is not on the table; None is the base year
    objectives: Mapping[str, Objective] = field(default_factory=dict)  # default: welfare
    index: Index = "usd"
    model: Model = field(default_factory=Model)
    elasticities: Elasticities | None = None  # None is those of the world
    tolerance: float = 1e-10
    solved: int = 0  # equilibria so far
    _paid: dict[Deal, Array] = field(default_factory=dict, repr=False)
    _last: tuple[Deal | None, Outcome] | None = field(default=None, repr=False)
    _adjoint: tuple[Gradient, ...] | None = field(default=None, repr=False)
    _masks: tuple[Mask, ...] = field(default=(), repr=False)
    _members: tuple[tuple[int, ...], ...] = field(default=(), repr=False)
    _spending: Array = field(init=False, repr=False)  # of each party in the base year, USD mn
    _flows: Array = field(init=False, repr=False)  # of the base year, USD mn

    def __post_init__(self) -> None:
        if self.index not in get_args(Index):
            raise InputError(f"no index {self.index!r} of payoffs; there are {', '.join(INDICES)}")
        if self.index == "usd" and self.objectives:
            raise InputError('payoffs in USD are those of welfare; with objectives of your own '
                             'use index="level" or "log"')  # fmt: skip
        unknown = [party for party in self.objectives if party not in self.table.parties]
        if unknown:
            raise InputError(f"{unknown[0]} has an objective but no seat at the table")
        self._members = tuple(
            tuple(self.world.economy(code) for code in economies_of(self.world, party))
            for party in self.table.parties
        )
        self._masks = tuple(self._cells(at) for at in range(len(self.table.instruments)))
        now = self._solve(self.table.status_quo)
        spending = now.expenditure_base_usd_mn
        self._spending = np.array([spending[list(at)].sum() for at in self._members])
        self._flows = now.trade_base_usd_mn
        self._keep(self.table.status_quo, now)

    def __call__(self, deal: Deal) -> Array:
        """Return what `deal` pays each party of the table, (party,), in units of the index."""
        if deal not in self._paid:
            self.outcome(deal)
        return self._paid[deal]

    @property
    def unit(self) -> str:
        """What payoffs are counted in."""
        return INDICES[self.index]

    @property
    def scale(self) -> Array:
        """One per cent of each party's base-year objective, in units of the index, (party,)."""
        if self.index != "usd":
            return np.full(len(self._members), 0.01)
        return 0.01 * self._spending

    def levels(self, payoffs: Array) -> Array:
        """Return payoffs as levels of real income, of which gains can be a proportion."""
        if self.index == "usd":
            return self._spending + payoffs
        return payoffs if self.index == "level" else np.exp(payoffs)

    def outcome(self, deal: Deal) -> Outcome:
        """Return the equilibrium under `deal`.

        Raises
        ------
        ConvergenceError
            When there is none, or none was found.
        """
        if self._last is not None and self._last[0] == deal:
            return self._last[1]
        return self._keep(deal, self._solve(deal))

    def _solve(self, deal: Deal, *, tolerance: float | None = None) -> Outcome:
        near = None if self._last is None else self._last[1]
        if near is not None and self.solved == _RENEWED:
            near = relinearised(near)
        self.solved += 1
        return solve(
            self.world,
            self.table.policy(deal, self.world, beside=self.beside),
            model=self.model,
            elasticities=self.elasticities,
            start=near,
            tolerance=self.tolerance if tolerance is None else tolerance,
        )

    def _keep(self, deal: Deal, outcome: Outcome) -> Outcome:
        self._last = (deal, outcome)
        while len(self._paid) >= _HELD:
            self._paid.pop(next(iter(self._paid)))
        self._paid[deal] = self._indexed(outcome)
        return outcome

    def slopes(self, deal: Deal) -> Array:
        """Return the derivative of each payoff to each setting, (party, instrument).

        A ban has none, nor has a limit that is lifted; where a limit only just binds the slope
        is one-sided.
        """
        return self._slopes(deal, self.outcome(deal), tolerance=_EXACT)

    def near(self, deal: Deal, accuracy: float) -> Near | None:
        """Return payoffs and slopes to an accuracy, None where one or the other does not exist."""
        try:
            return self._near(deal, accuracy)
        except ConvergenceError:
            return None

    def _near(self, deal: Deal, accuracy: float) -> Near:
        if accuracy <= self.tolerance:
            outcome = self.outcome(deal)
        else:
            outcome = self._solve(deal, tolerance=accuracy)
            self._last = (None, outcome)
        return Near(
            payoffs=self._indexed(outcome),
            slopes=self._slopes(deal, outcome, tolerance=accuracy),
            bends=self._bends(deal, outcome),
        )

    def _slopes(self, deal: Deal, outcome: Outcome, *, tolerance: float) -> Array:
        found = gradients(outcome, self._seeds(outcome), start=self._adjoint, tolerance=tolerance)
        self._adjoint = found
        rows = self._limit_rows(deal)
        slopes = np.zeros((len(found), len(self._masks)))
        for at, (one, mask) in enumerate(zip(self.table.instruments, self._masks, strict=True)):
            for party, gradient in enumerate(found):
                if one.kind in ("duty", "duty_points"):
                    slopes[party, at] = gradient.duty[mask].sum()
                elif one.kind == "export_tax":
                    slopes[party, at] = gradient.export_tax[mask].sum()
                elif at in rows:
                    slopes[party, at] = gradient.limit[rows[at]] / deal.settings[at]
        return slopes * self._growth(outcome)[:, None]

    def _bends(self, deal: Deal, outcome: Outcome) -> Array:
        """Return by how much slopes fall per log of the setting, about; (party, instrument).

        The triangle that its owner loses; of the others, a small part.
        """
        elasticity = outcome.elasticity_set.trade
        bends = np.empty((len(self.table.parties), len(self._masks)))
        for at, (one, mask) in enumerate(zip(self.table.instruments, self._masks, strict=True)):
            trade = np.where(mask, outcome.trade_usd_mn, 0.0)
            triangle = (trade / elasticity if one.is_limit else trade * elasticity).sum()
            bends[:, at] = _OTHERS * triangle
            bends[self.table.parties.index(one.owner), at] = triangle
        least = _SMALLEST * self._spending.max()
        bent: Array = np.maximum(bends, least) * self._growth(outcome)[:, None]
        return bent

    def _cells(self, at: int) -> Mask:
        """Return the flows under one instrument, (importer, exporter, sector)."""
        one = self.table.instruments[at]
        none = Policy.none(self.world)
        set_ = one.applied(none, self.world, 1.0 if one.kind in BANS else 0.5)
        if one.is_limit or one.kind in BANS:
            by_use = set_.limits[0].cells if one.is_limit else set_.banned
            cells: Mask = np.logical_or.reduce(by_use)
            return cells
        moved: dict[str, Mask] = {
            "duty": np.isfinite(set_.duty_level),
            "duty_points": set_.duty_points != 0.0,
            "export_tax": set_.export_tax != 0.0,
        }
        return moved[one.kind]

    def _limit_rows(self, deal: Deal) -> dict[int, int]:
        """Return which limit of the policy belongs to which instrument of the table."""
        first = 0 if self.beside is None else len(self.beside.limits)
        set_ = [at for at, one in enumerate(self.table.instruments)
                if one.is_limit and math.isfinite(deal.settings[at])]  # fmt: skip
        return {at: first + row for row, at in enumerate(set_)}

    def _seeds(self, outcome: Outcome) -> list[Seeds]:
        """Return the derivatives of what the index is a function of."""
        seeds: list[Seeds] = []
        for party, members in zip(self.table.parties, self._members, strict=True):
            if party in self.objectives:
                seeds.append(self.objectives[party].seeds(outcome))
                continue
            weight = np.zeros(len(outcome.economies))
            weight[list(members)] = 1.0
            seeds.append({"equivalent_variation_usd_mn": weight})
        return seeds

    def _levels(self, outcome: Outcome) -> Array:
        """Return what the seeds are derivatives of, (party,)."""
        gains = outcome.equivalent_variation_usd_mn
        return np.array([
            self.objectives[party].value(outcome) if party in self.objectives
            else gains[list(members)].sum()
            for party, members in zip(self.table.parties, self._members, strict=True)
        ])  # fmt: skip

    def _indexed(self, outcome: Outcome) -> Array:
        raw = self._levels(outcome)
        if self.index == "usd":
            return raw
        own = np.array([party in self.objectives for party in self.table.parties])
        level: Array = np.where(own, raw, 1.0 + raw / self._spending)
        if self.index == "level":
            return level
        if level.min() <= 0.0:
            raise ConvergenceError("an objective fell to zero or below: it has no logarithm")
        return np.log(level)

    def _growth(self, outcome: Outcome) -> Array:
        """Return the derivative of the index to what the seeds are derivatives of, (party,)."""
        if self.index == "usd":
            return np.ones(len(self._members))
        own = np.array([party in self.objectives for party in self.table.parties])
        slope: Array = np.where(own, 1.0, 1.0 / self._spending)
        return slope if self.index == "level" else slope / np.exp(self._indexed(outcome))
