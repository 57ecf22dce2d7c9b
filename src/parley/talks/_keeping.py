"""Whether the parties of a deal on duties would keep it, given what follows a breach."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium import solve
from parley.errors import InputError
from parley.talks._holding import Holding
from parley.talks._objective import Objective, Welfare
from parley.talks._respond import best_response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.equilibrium import Outcome
    from parley.talks._respond import Optimum
    from parley.typing import Array, Mask

_STARTS = ("status quo", "40 per cent")
_LEAST_GAIN = 1e-7  # of the base year's objective: what a breach brings less of is rounding


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Temptation:
    """What one party gains by its best joint breach, and what answers it."""

    holding: Holding  # yearly flows of the party's objective; 1 is the base year
    breach: Optimum = field(repr=False)
    answer_gain: float  # of the others together, from punishing this breach; below zero if it costs

    @property
    def is_credible(self) -> bool:
        """Whether the others gain by answering the breach as threatened."""
        return self.answer_gain > 0.0


def temptations(  # noqa: PLR0913 - the options of one question
    deal: Outcome,
    punishment: Outcome,
    parties: Sequence[str | Objective],
    *,
    sectors: Sequence[str] | None = None,
    bounds: tuple[float, float] = (0.0, 10.0),
    lag: float = 1.0,
    starts: Sequence[str] = _STARTS,
) -> tuple[Temptation, ...]:
    """Return for each party what it would need to keep the deal.

    A breach is the best joint choice of all the party's duties on the other parties while these
    keep the deal. It is answered after `lag` years by the duties of `punishment`, for ever.

    Parameters
    ----------
    deal, punishment
        Outcomes of the same world: the agreed duties, and those that follow a breach.
    parties
        Codes (their objective is welfare) or objectives.
    sectors, bounds, starts
        As in `best_response`.

    Raises
    ------
    InputError
        When the two outcomes are of different worlds, or fewer than two parties are named.
    """
    objectives = [Welfare(party=one) if isinstance(one, str) else one for one in parties]
    codes = [objective.party for objective in objectives]
    if len(set(codes)) < 2:
        raise InputError("a deal needs two parties or more, each named once")
    if deal.world.content_hash != punishment.world.content_hash:
        raise InputError("the deal and the punishment must be outcomes of one world")
    return tuple(
        _temptation(
            deal,
            punishment,
            objective,
            [other for other in objectives if other is not objective],
            best_response(
                deal.world,
                objective.party,
                objective=objective,
                policy=deal.policy,
                partners=[code for code in codes if code != objective.party],
                sectors=sectors,
                bounds=bounds,
                starts=starts,
                model=deal.model,
                elasticities=deal.elasticity_set,
            ).best,
            lag,
        )
        for objective in objectives
    )


def _temptation(
    deal: Outcome,
    punishment: Outcome,
    objective: Objective,
    others: Sequence[Objective],
    breach: Optimum,
    lag: float,
) -> Temptation:
    answered = _answered(breach, punishment, breach.cells.transpose(1, 0, 2))
    gain = sum(other.value(answered) - other.value(breach.outcome) for other in others)
    kept = objective.value(deal)
    return Temptation(
        holding=Holding(
            party=objective.party,
            breach=max(breach.value, kept),
            deal=kept,
            punishment=objective.value(punishment),
            lag=lag,
            least_gain=_LEAST_GAIN,
        ),
        breach=breach,
        answer_gain=gain,
    )


def _answered(breach: Optimum, punishment: Outcome, cells: Mask) -> Outcome:
    """Return the breach met by the punishers' duties on the party that broke the deal."""
    world, policy = breach.outcome.world, breach.outcome.policy
    level: Array = np.where(cells, punishment.policy.tariff(world.tariff), policy.duty_level)
    points = np.where(cells, 0.0, policy.duty_points)
    return solve(
        world,
        replace(policy, duty_level=level, duty_points=points),
        model=breach.outcome.model,
        elasticities=breach.outcome.elasticity_set,
        start=breach.outcome,
    )
