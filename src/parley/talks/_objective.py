"""What a government wants: a named function of the outcome, with its derivatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from parley.errors import InputError, LabelError

if TYPE_CHECKING:
    from parley.equilibrium import Objective as Seeds
    from parley.equilibrium import Outcome
    from parley.typing import Array

_MEAN_ONE = 1e-6


class Objective(Protocol):
    """What one government maximises; 1 is the base year."""

    @property
    def party(self) -> str:
        """The economy whose government it is."""

    @property
    def name(self) -> str:
        """What the objective is called in output."""

    def value(self, outcome: Outcome) -> float:
        """Return the objective at `outcome`, as a factor of its value in the base year."""

    def seeds(self, outcome: Outcome) -> Seeds:
        """Return its derivatives with respect to results of `outcome`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Welfare:
    """One plus the equivalent variation as a fraction of base-year final expenditure."""

    party: str

    @property
    def name(self) -> str:
        """What the objective is called in output."""
        return "welfare"

    def value(self, outcome: Outcome) -> float:
        """Return the objective at `outcome`, as a factor of its value in the base year."""
        return 1.0 + float(outcome.welfare[outcome.world.economy(self.party)])

    def seeds(self, outcome: Outcome) -> Seeds:
        """Return its derivatives with respect to results of `outcome`."""
        weight = np.zeros(len(outcome.economies))
        weight[outcome.world.economy(self.party)] = 1.0
        return {"welfare": weight}


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedIncome:
    """Real income with weights on the sectors in which it is earned.

    ``sum_s lambda_s (w L_s + profit_s + (L_s / L) revenue) / P`` over its value in the base
    year, with weights of mean one. With equal weights it is welfare. Labour must be free to move
    between sectors, so that payrolls stand for labour.

    References
    ----------
    Ossa (2014), "Trade wars and trade talks with data", American Economic Review 104(12),
    section II.
    """

    party: str
    weights: tuple[float, ...]  # by sector of the world, mean one

    def __post_init__(self) -> None:
        weights = np.asarray(self.weights, float)
        if not (np.isfinite(weights).all() and weights.min(initial=0.0) >= 0.0):
            raise InputError(f"the weights of {self.party} must be finite and not negative")
        if abs(weights.mean() - 1.0) > _MEAN_ONE:
            raise InputError(
                f"the weights of {self.party} have mean {weights.mean():.6g}; divide by it"
            )

    @property
    def name(self) -> str:
        """What the objective is called in output."""
        return "real income weighted by sector"

    def value(self, outcome: Outcome) -> float:
        """Return the objective at `outcome`, as a factor of its value in the base year."""
        n, weights = self._position(outcome), np.asarray(self.weights)
        base = outcome.solution.sweep.base
        before = _earned(
            weights,
            payroll=base.payroll[:, n],
            profit=base.profit_share[:, n] * base.sales[:, n],
            revenue=float(outcome.revenue_base_usd_mn[n]),
        )
        now = _earned(
            weights,
            payroll=outcome.payroll_usd_mn[n],
            profit=outcome.profit_usd_mn[n],
            revenue=float(outcome.revenue_usd_mn[n]),
        )
        return now / before / float(outcome.price_index_hat[n])

    def seeds(self, outcome: Outcome) -> Seeds:
        """Return its derivatives with respect to results of `outcome`."""
        n, weights = self._position(outcome), np.asarray(self.weights)
        level, slopes = earned_real(outcome, n, weights)
        scale = self.value(outcome) / level
        return {name: scale * slope for name, slope in slopes.items()}

    def _position(self, outcome: Outcome) -> int:
        if len(self.weights) != len(outcome.sectors):
            raise LabelError(
                f"{len(self.weights)} weights of {self.party} for the {len(outcome.sectors)} "
                f"sectors of {outcome.world.name}"
            )
        return outcome.world.economy(self.party)


def earned_real(outcome: Outcome, n: int, weights: Array) -> tuple[float, dict[str, Array]]:
    """Return weighted real income of economy `n`, and its derivatives to results of `outcome`.

    `weights` are by sector, of any mean; income is in base-year USD million.
    """
    payroll, revenue = outcome.payroll_usd_mn[n], float(outcome.revenue_usd_mn[n])
    profit, price = outcome.profit_usd_mn[n], float(outcome.price_index_hat[n])
    worth, total = float(weights @ payroll), float(payroll.sum())
    level = _earned(weights, payroll=payroll, profit=profit, revenue=revenue) / price
    by_sector, by_economy = outcome.payroll_usd_mn.shape, (len(outcome.economies),)
    slopes: dict[str, Array] = {}
    for name, shape, row in (
        ("payroll_usd_mn", by_sector, weights + revenue * (weights - worth / total) / total),
        ("profit_usd_mn", by_sector, weights),
        ("revenue_usd_mn", by_economy, worth / total),
        ("price_index_hat", by_economy, -level),
    ):
        slopes[name] = np.zeros(shape)
        slopes[name][n] = row / price
    return level, slopes


def _earned(weights: Array, *, payroll: Array, profit: Array, revenue: float) -> float:
    """Weighted nominal income: revenue is spread over sectors as labour is."""
    spread = payroll / payroll.sum() * revenue
    return float(weights @ (payroll + profit + spread))
