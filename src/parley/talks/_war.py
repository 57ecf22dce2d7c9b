"""A trade war: duties at which every active party does the best it can, given all others."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import ConvergenceError, InputError
from parley.talks._arena import Arena, Slopes, arena_of
from parley.talks._conditions import points_at, residuals, settle
from parley.talks._objective import Objective, Welfare
from parley.talks._respond import climb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.equilibrium import Closure, Model, Outcome, Policy
    from parley.talks._respond import Optimum
    from parley.typing import Array, Mask
    from parley.world import Elasticities, World

WAR_STARTS = ("status quo", "free trade", "40 per cent")
"""Where a search for an equilibrium of duties starts. Duties that stop all trade are an equilibrium
too, since nobody gains by opening alone, and so are not a start."""

_SETTLED = 1e-12  # first-order gain; others lose by its square root
_SAME = 1e-5
_ROUNDS = 8
_STOPPED = 1e-9  # of the base-year flow: a duty that lets less pass has no slope to follow
_PAYS = 1e-7  # of the objective: what reopening must bring


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class War:
    """An equilibrium of duties with its certificate."""

    parties: tuple[str, ...]
    objective: str
    values: tuple[float, ...]  # of each party's objective; 1 is the base year
    outcome: Outcome = field(repr=False)
    cells: tuple[Mask, ...] = field(repr=False)  # the duties of each party
    residuals: tuple[float, ...]  # what a first-order step would still bring each party
    starts: tuple[str, ...]  # that led here
    method: str  # "all at once", or after rounds in turn

    @property
    def duties(self) -> Array:
        """All duties, (importer, exporter, sector)."""
        return self.outcome.policy.tariff(self.outcome.world.tariff)

    @property
    def median_duties(self) -> tuple[float, ...]:
        """The median of the duties of each party."""
        return tuple(float(np.median(self.duties[mask])) for mask in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wars:
    """All distinct equilibria that were found, in the order of the starts that led there."""

    equilibria: tuple[War, ...]
    failed: tuple[str, ...]  # starts that led nowhere

    @property
    def first(self) -> War:
        """The equilibrium that the first start with an end led to."""
        return self.equilibria[0]


def nash(  # noqa: PLR0913 - the options of one question
    world: World,
    parties: Sequence[str | Objective],
    *,
    policy: Policy | None = None,
    among_themselves: bool = False,
    sectors: Sequence[str] | None = None,
    bounds: tuple[float, float] = (0.0, 10.0),
    starts: Sequence[str] = WAR_STARTS,
    closure: Closure = "proportional",
    model: Model | None = None,
    elasticities: Elasticities | None = None,
) -> Wars:
    """Return the duties at which no party gains by changing its own.

    Parameters
    ----------
    parties
        The active parties: codes (their objective is welfare) or objectives.
    policy
        What all others do; default: the base year.
    among_themselves
        True when the parties set duties on each other only, and leave those on others.
    sectors, bounds, closure, model, elasticities
        As in `best_response`.
    starts
        Names among ``WAR_STARTS``.

    Raises
    ------
    InputError
        For a party named twice or an unknown start.
    ConvergenceError
        When no start led to an equilibrium.
    """
    objectives = [Welfare(party=one) if isinstance(one, str) else one for one in parties]
    codes = tuple(objective.party for objective in objectives)
    if not codes or len(set(codes)) != len(codes):
        raise InputError("a trade war needs parties, each named once")
    arena = arena_of(
        world, policy=policy, closure=closure, model=model, elasticities=elasticities, bounds=bounds
    )
    partners = codes if among_themselves else None
    masks = tuple(arena.cells(code, partners=partners, sectors=sectors) for code in codes)
    found: list[War] = []
    failed: list[str] = []
    for name in starts:
        try:
            war = fight(arena, masks, objectives, _start(arena, masks, name), name)
        except ConvergenceError:
            failed.append(name)
            continue
        _merge(found, war)
    if not found:
        raise ConvergenceError(f"no equilibrium of duties found from {', '.join(failed)}")
    return Wars(equilibria=tuple(found), failed=tuple(failed))


def _start(arena: Arena, masks: tuple[Mask, ...], name: str) -> Array:
    union = np.logical_or.reduce(masks)
    low, high = arena.bounds(union)
    known = {
        "status quo": arena.variables(union, arena.duties),
        "40 per cent": np.clip(np.full(low.size, np.log(1.4)), low, high),
        "free trade": np.clip(np.zeros(low.size), low, high),
    }
    if name not in known:
        raise InputError(f"no start {name!r}; there are {', '.join(WAR_STARTS)}")
    arena.nearest = None
    at: Array = known[name]
    return at


def fight(
    arena: Arena,
    masks: tuple[Mask, ...],
    objectives: Sequence[Objective],
    start: Array,
    name: str,
) -> War:
    """Return the equilibrium reached from `start`.

    The parties move all at once; where that does not settle each answers once in turn, and they
    move all at once again. So they do where they settle at a duty that stops a trade which its
    owner alone would gain by reopening.

    Raises
    ------
    ConvergenceError
        When they still answer each other after the last round.
    """
    at, method = start, "all at once"
    for _ in range(_ROUNDS):
        settled, at = settle(arena, masks, objectives, at, tolerance=_SETTLED)
        if settled:
            reopened = _reopened(arena, masks, objectives, at)
            if reopened is None:
                break
            at, method = reopened, "stopped trade reopened, then all at once"
            continue
        at, method = _in_turn(arena, masks, objectives, at), "in turn, then all at once"
    else:
        raise ConvergenceError(f"from {name}: the parties still answer each other")
    union = np.logical_or.reduce(masks)
    outcome = arena.outcome(union, at)
    points = points_at(arena, masks, Slopes(objectives), outcome)
    return War(
        parties=tuple(objective.party for objective in objectives),
        objective=" and ".join(dict.fromkeys(objective.name for objective in objectives)),
        values=tuple(float(np.exp(point.value)) for point in points),
        outcome=outcome,
        cells=masks,
        residuals=tuple(residuals(arena, masks, points)),
        starts=(name,),
        method=method,
    )


def _in_turn(
    arena: Arena, masks: tuple[Mask, ...], objectives: Sequence[Objective], start: Array
) -> Array:
    """Let each party answer the others once, in turn."""
    union = np.logical_or.reduce(masks)
    duties = np.where(union, 0.0, arena.duties)
    duties[union] = np.expm1(start)
    for mask, objective in zip(masks, objectives, strict=True):
        turn = replace(arena, policy=arena.policy_at(union, np.log1p(duties[union])))
        reply = climb(turn, mask, objective, np.log1p(duties[mask]), "turn")
        duties[mask] = reply.duties[mask]
        arena.nearest = turn.nearest
    at: Array = np.log1p(duties[union])
    return at


def _reopened(
    arena: Arena, masks: tuple[Mask, ...], objectives: Sequence[Objective], start: Array
) -> Array | None:
    """Return `start` with what the first party to gain by it reopens; None where nobody gains.

    Where a duty stops a trade the slope is zero, whatever a low duty would bring: first-order
    conditions hold there and say nothing. The search starts from the party's median duty.
    """
    union = np.logical_or.reduce(masks)
    outcome = arena.outcome(union, start)
    stopped = outcome.trade_usd_mn < _STOPPED * outcome.trade_base_usd_mn
    duties = outcome.policy.tariff(arena.world.tariff)
    for mask, objective in zip(masks, objectives, strict=True):
        closed = mask & stopped
        if not closed.any() or closed.sum() == mask.sum():
            continue
        opened = np.where(closed, np.median(duties[mask & ~stopped]), duties)
        turn = replace(arena, policy=outcome.policy)
        reply = climb(turn, mask, objective, np.log1p(opened[mask]), "reopened")
        if reply.value > (1.0 + _PAYS) * objective.value(outcome):
            moved = np.where(mask, reply.duties, duties)
            at: Array = np.log1p(moved[union])
            return at
    return None


def _merge(found: list[War], new: War) -> None:
    for at, old in enumerate(found):
        if np.allclose(old.values, new.values, rtol=0.0, atol=_SAME):
            found[at] = replace(old, starts=old.starts + new.starts)
            return
    found.append(new)


def deviations(
    war: War,
    objectives: Sequence[Objective],
    *,
    bounds: tuple[float, float] = (0.0, 10.0),
    starts: Sequence[str] = ("status quo", "upper bound"),
) -> dict[str, Optimum]:
    """Return for each party the best answer to the others that a search from `starts` finds.

    Its value less that of the war is what the party would gain: a test of the equilibrium that
    is not only local.
    """
    from parley.talks._respond import best_response

    return {
        objective.party: best_response(
            war.outcome.world,
            objective.party,
            objective=objective,
            policy=war.outcome.policy,
            partners=_partners(war, mask),
            sectors=_sectors(war, mask),
            bounds=bounds,
            starts=starts,
            model=war.outcome.model,
            elasticities=war.outcome.elasticity_set,
        ).best
        for objective, mask in zip(objectives, war.cells, strict=True)
    }


def _partners(war: War, mask: Mask) -> list[str]:
    return [war.outcome.economies[i] for i in np.flatnonzero(mask.any(axis=(0, 2)))]


def _sectors(war: War, mask: Mask) -> list[str]:
    return [war.outcome.sectors[s] for s in np.flatnonzero(mask.any(axis=(0, 1)))]
