"""How far results move when elasticities, base duties and the closure do."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np

from parley import fleet
from parley.equilibrium._solve import solve
from parley.equilibrium._uncertainty import Uncertainty, draw_base, draw_elasticities
from parley.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parley.equilibrium._base import Closure
    from parley.equilibrium._outcome import Outcome
    from parley.equilibrium._policy import Policy
    from parley.typing import Array
    from parley.world import Elasticities, World

_CHUNK = 20  # draws that one worker takes at a time
_MOST_BYTES = 2**31  # of results that are kept
_FIELDS = (
    "welfare",
    "equivalent_variation_usd_mn",
    "revenue_usd_mn",
    "trade_usd_mn",
    "goods_trade_usd_mn",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spread:
    """One result over all draws, beside its value at the central elasticities.

    The first axis of `values` is the draw; the others are those of `central`.
    """

    central: Array
    values: Array = field(repr=False)

    def interval(self, level: float = 0.90) -> tuple[Array, Array]:
        """Return the quantiles that leave out ``(1 - level) / 2`` of the draws on each side."""
        if not 0.0 < level < 1.0:
            raise InputError(f"interval: level {level} is not between 0 and 1")
        tail = (1.0 - level) / 2.0
        low, high = np.quantile(self.values, [tail, 1.0 - tail], axis=0)
        return low, high

    def monte_carlo_error(self, level: float = 0.90) -> tuple[Array, Array]:
        """Return the standard errors of the two ends of `interval`, from having drawn finitely.

        The rank of a quantile among n draws is binomial; the error is half the distance between
        the draws one standard deviation of rank below and above (David and Nagaraja 2003, 7.1).
        Infinite where that lies outside the draws: the end is not known.
        """
        count, tail = len(self.values), (1.0 - level) / 2.0
        ordered, ends = np.sort(self.values, axis=0), []
        spread = np.sqrt(count * tail * (1.0 - tail))
        for part in (tail, 1.0 - tail):
            below = int(np.floor((count - 1) * part - spread))
            above = int(np.ceil((count - 1) * part + spread))
            known = below >= 0 and above < count
            half = (ordered[above] - ordered[below]) / 2.0 if known else np.inf
            ends.append(np.broadcast_to(half, self.central.shape))
        return ends[0], ends[1]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PolicyDraws:
    """The results of one policy over all draws."""

    outcome: Outcome  # at the central elasticities
    welfare: Spread  # (economy,)
    equivalent_variation_usd_mn: Spread  # (economy,)
    revenue_usd_mn: Spread  # (economy,)
    trade_usd_mn: Spread  # all sectors together, (importer, exporter)
    goods_trade_usd_mn: Spread  # the goods of the world together, (importer, exporter)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draws:
    """Outcomes of several policies under the same draws."""

    seed: int
    count: int
    horizon: str
    uncertainty: Uncertainty
    economies: tuple[str, ...]
    policies: Mapping[str, PolicyDraws]

    def __getitem__(self, name: str) -> PolicyDraws:
        if name not in self.policies:
            raise InputError(f"no policy {name!r} among the draws; there are {list(self.policies)}")
        return self.policies[name]


def draws(  # noqa: PLR0913 - the options of one question
    world: World,
    policies: Mapping[str, Policy],
    *,
    count: int,
    seed: int,
    horizon: Literal["long", "short"] = "long",
    closure: Closure = "proportional",
    elasticities: Elasticities | None = None,
    uncertainty: Uncertainty | None = None,
    workers: int = 1,
    on_result: Callable[[int], None] | None = None,
) -> Draws:
    """Solve each policy under `count` draws.

    Parameters
    ----------
    policies
        Named policies of `world`; all are solved under each draw, so differences between them
        are free of sampling noise.
    seed
        The same seed gives the same draws, whatever the number of workers.
    horizon
        Whose elasticities of the world are drawn, unless `elasticities` gives others.
    uncertainty
        What is drawn and how it goes together; by default the trade elasticities alone.
    on_result
        Called with the number of draws that have been solved.

    Raises
    ------
    InputError
        When `count` is not positive, or its results would not fit into memory.
    ConvergenceError
        When one draw has no equilibrium; nothing is left out in silence.
    """
    _check_count(count, len(policies), len(world.economies))
    how = uncertainty or Uncertainty()
    central = world.elasticities if horizon == "long" else world.elasticities_short
    central = elasticities or central
    outcomes = {
        name: solve(world, policy, closure=closure, elasticities=central)
        for name, policy in policies.items()
    }
    done = 0

    def report(chunk: range, _: list[dict[str, tuple[Array, ...]]]) -> None:
        nonlocal done
        done += len(chunk)
        if on_result is not None:
            on_result(done)

    work = partial(_solve_chunk, _Plan(world, outcomes, central, closure, how, seed))
    chunks = [range(at, min(at + _CHUNK, count)) for at in range(0, count, _CHUNK)]
    results = fleet.map(work, chunks, workers=workers, on_result=report)
    rows = [row for chunk in results for row in chunk]
    return Draws(
        seed=seed,
        count=count,
        horizon=horizon,
        uncertainty=how,
        economies=world.economies,
        policies={
            name: _gather(outcome, [row[name] for row in rows])
            for name, outcome in outcomes.items()
        },
    )


def _check_count(count: int, policies: int, economies: int) -> None:
    if count < 1:
        raise InputError(f"draws: count {count} must be at least 1")
    each = 8 * policies * (3 * economies + 2 * economies**2)
    if count * each > _MOST_BYTES:
        raise InputError(
            f"draws: the results of {count:,} draws would take {count * each / 2**30:,.0f} GiB; "
            f"at most {_MOST_BYTES // each:,} draws fit into {_MOST_BYTES // 2**30} GiB"
        )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What every draw starts from."""

    world: World
    outcomes: Mapping[str, Outcome]
    central: Elasticities
    closure: Closure
    uncertainty: Uncertainty
    seed: int


def _solve_chunk(plan: _Plan, chunk: range) -> list[dict[str, tuple[Array, ...]]]:
    """Return the results of the draws numbered in `chunk`, policy by policy."""
    rows = []
    for number in chunk:
        drawn = draw_elasticities(
            plan.central, seed=plan.seed, number=number, uncertainty=plan.uncertainty
        )
        world, closure = draw_base(
            plan.world,
            plan.closure,
            seed=plan.seed,
            number=number,
            uncertainty=plan.uncertainty,
        )
        row = {}
        for name, outcome in plan.outcomes.items():
            solved = solve(
                world, outcome.policy, closure=closure, elasticities=drawn, start=outcome
            )
            row[name] = _results(solved)
        rows.append(row)
    return rows


def _results(outcome: Outcome) -> tuple[Array, ...]:
    return (
        outcome.welfare,
        outcome.equivalent_variation_usd_mn,
        outcome.revenue_usd_mn,
        outcome.trade_usd_mn.sum(axis=2),
        outcome.trade_usd_mn[:, :, np.isin(outcome.sectors, outcome.world.goods)].sum(axis=2),
    )


def _gather(outcome: Outcome, rows: list[tuple[Array, ...]]) -> PolicyDraws:
    spreads = {
        name: Spread(central=central, values=np.stack([row[at] for row in rows]))
        for at, (name, central) in enumerate(zip(_FIELDS, _results(outcome), strict=True))
    }
    return PolicyDraws(outcome=outcome, **spreads)
