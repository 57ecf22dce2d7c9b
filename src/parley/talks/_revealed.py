"""Political weights that a profile of duties reveals, when nobody had to fear an answer.

At the duties that are best for a government the derivatives of its objective vanish. The
objective is linear in the weights, so duties determine the weights by a linear system. Its
solution has one more condition than unknowns, which fixes the level of the duties.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium import Policy, gradients, solve
from parley.errors import ConvergenceError, InputError
from parley.talks._arena import Arena, arena_of
from parley.talks._objective import WeightedIncome, earned_real
from parley.talks._respond import climb_uniform

if TYPE_CHECKING:
    from parley.equilibrium import Closure, Model
    from parley.typing import Array, Index, Mask
    from parley.world import Elasticities, World

_SETTLED = 1e-11
_ROUNDS = 60
_LEVELS = (0.3, 0.4)  # where the search for the level starts
_STEP = 1e-4  # of a duty, for derivatives of the weights
_NEGATIVE = -1e-7
_STILL, _LARGEST_MOVE = 1e-8, 0.2  # of duties
_LOWEST = -0.9  # no duty on the way lies below
_SAME_DUTY = 1e-4  # of one plus the duty


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Revealed:
    """Weights of one government, with the duties that they make best.

    Sectors without imports reveal nothing and have a weight of one.
    """

    party: str
    sectors: tuple[str, ...]  # whose duties were matched
    weights: Array = field(repr=False)  # by sector of the world, mean one
    duties: Array = field(repr=False)  # best for these weights, by matched sector
    observed: Array = field(repr=False)  # what was to be matched, by matched sector
    at_zero: tuple[str, ...]  # sectors whose weight would else be negative
    residual: float  # what a first-order step would still bring at `duties`

    @property
    def correlation(self) -> float:
        """The correlation of the best duties with those observed, across sectors."""
        return float(np.corrcoef(self.duties, self.observed)[0, 1])

    @property
    def level(self) -> float:
        """By how much the best duties lie above those observed, on average."""
        return float((self.duties - self.observed).mean())

    @property
    def objective(self) -> WeightedIncome:
        """The objective with these weights."""
        return WeightedIncome(party=self.party, weights=tuple(self.weights.tolist()))


def revealed_weights(  # noqa: PLR0913 - the options of one question
    world: World,
    party: str,
    noncooperative: Array | None = None,
    *,
    use_applied: bool = False,
    closure: Closure = "proportional",
    model: Model | None = None,
    elasticities: Elasticities | None = None,
) -> Revealed:
    """Return the weights for which the profile of duties across sectors is best for `party`.

    A duty is one for all partners; the other parties keep those of the world. Weights are not
    negative and of mean one. Their best duties come as close as can be to those observed, both
    less their means: the level is not fitted.

    Parameters
    ----------
    noncooperative
        Duties that the government charges where it owes nothing to anybody, such as those on
        countries without an agreement: fractions, by sector of the world.
    use_applied
        True to match the duties of the world instead. They came out of bargains, so weights
        fitted to them take a concession for indifference.
    closure, model, elasticities
        As in `parley.equilibrium.solve`.

    Raises
    ------
    InputError
        When neither is given, both are, or the shape is wrong.
    ConvergenceError
        When no level of the duties fits any weights, or the weights make other duties best.

    References
    ----------
    Ossa (2014), "Trade wars and trade talks with data", American Economic Review 104(12),
    section II.
    """
    # The paper closes the imbalances first; the world of the outcome has them closed.
    outcome = solve(
        world, Policy.none(world), closure=closure, model=model, elasticities=elasticities
    )
    arena = arena_of(
        outcome.world, policy=None, closure=closure, model=outcome.model,
        elasticities=outcome.elasticity_set, bounds=(_LOWEST, 1e3),
    )  # fmt: skip
    inverse = _Inverse(arena, party)
    observed = _observed(world, party, noncooperative, use_applied=use_applied)[inverse.sectors]
    duties, weights, zero = _match(inverse, observed)
    full = np.ones(len(world.sectors))
    weights[list(zero)] = 0.0
    full[inverse.sectors] = weights
    full[inverse.sectors] /= full[inverse.sectors].mean()
    objective = WeightedIncome(party=party, weights=tuple(full.tolist()))
    found = climb_uniform(arena, inverse.mask, objective, np.log1p(duties), tolerance=1e-12)
    best = np.expm1(found.point.at)
    if np.abs(best - duties).max() > _SAME_DUTY * (1.0 + duties.max()):
        raise ConvergenceError(
            f"{party}: at the weights that its duties reveal other duties are better still; no "
            "weights on sectors explain this profile"
        )
    return Revealed(
        party=party,
        sectors=tuple(world.sectors[s] for s in inverse.sectors),
        weights=full,
        duties=best,
        observed=observed,
        at_zero=tuple(world.sectors[inverse.sectors[s]] for s in zero),
        residual=found.residual,
    )


def _observed(world: World, party: str, given: Array | None, *, use_applied: bool) -> Array:
    """Return the duties to match, by sector of the world."""
    count = len(world.sectors)
    if given is None and not use_applied:
        raise InputError(
            f"no noncooperative duties of {party}: those that it applies are the result of "
            "bargains, and weights fitted to them take a concession for indifference. Give the "
            "duties that it charges on countries without an agreement, or ask for the applied "
            "ones with use_applied=True"
        )
    if given is None:
        n = world.economy(party)
        others = np.arange(len(world.economies)) != n
        bought = world.flows[n, others]
        paid: Array = (world.tariff[n, others] * bought).sum(axis=0)
        total = bought.sum(axis=0)
        average: Array = np.divide(paid, total, out=np.zeros(count), where=total > 0.0)
        return average
    duties = np.asarray(given, float)
    if use_applied:
        raise InputError("give noncooperative duties or ask for the applied ones, not both")
    if duties.shape != (count,) or not np.isfinite(duties).all():
        raise InputError(f"duties of shape {duties.shape} do not fit the {count} sectors of "
                         f"{world.name}, or are not all numbers")  # fmt: skip
    return duties


class _Inverse:
    """From duties to the weights for which they would be best."""

    def __init__(self, arena: Arena, party: str) -> None:
        self.mask: Mask = arena.cells(party)
        self.sectors: Index = np.unique(np.nonzero(self.mask)[2])
        self._arena, self._n = arena, arena.world.economy(party)
        self._cell = np.searchsorted(self.sectors, np.nonzero(self.mask)[2])

    def __call__(self, duties: Array) -> tuple[Array, float]:
        """Return the weights of the matched sectors, and by how much they fail; zero at a match.

        The first-order conditions are scaled row by row and bordered by one slack, so that there
        is always one solution (Govaerts 2000, Numerical Methods for Bifurcations, chapter 3).
        """
        conditions = self._conditions(duties)
        conditions /= np.abs(conditions).sum(axis=0)
        free = conditions[self.sectors].T
        fixed = np.delete(conditions, self.sectors, axis=0).sum(axis=0)
        count = self.sectors.size
        system = np.ones((count + 1, count + 1))
        system[:count, :count], system[count, :count], system[count, count] = free, 1.0 / count, 0.0
        solution = np.linalg.solve(system, np.append(-fixed, 1.0))
        return solution[:count], float(solution[count])

    def _conditions(self, duties: Array) -> Array:
        """Return the derivatives of real income by sector to each duty, (all sectors, duty)."""
        outcome = self._arena.outcome(self.mask, np.log1p(duties)[self._cell])
        unit = np.eye(len(outcome.sectors))
        found = gradients(outcome, [earned_real(outcome, self._n, one)[1] for one in unit])
        where = self.sectors
        return np.array([one.duty[self._n].sum(axis=0)[where] for one in found])


def _match(inverse: _Inverse, observed: Array) -> tuple[Array, Array, tuple[int, ...]]:
    """Return duties, weights, and which weights are held at zero."""
    duties = _exact(inverse, observed)
    weights, _ = inverse(duties)
    zero: set[int] = set()
    while True:
        negative = set(np.flatnonzero(weights < _NEGATIVE).tolist()) - zero
        if not negative:
            return duties, weights, tuple(sorted(zero))
        zero |= negative
        duties, weights = _closest(inverse, observed, duties, sorted(zero))


def _exact(inverse: _Inverse, observed: Array) -> Array:
    """Return the observed duties plus the level at which weights exist that make them best."""
    (last, at), gaps = _LEVELS, [inverse(observed + level)[1] for level in _LEVELS]
    for _ in range(_ROUNDS):
        if abs(gaps[-1]) <= _SETTLED:
            shifted: Array = observed + at
            return shifted
        slope = (gaps[-1] - gaps[-2]) / (at - last)
        last, at = at, max(at - gaps[-1] / slope, 0.5 * (at + _LOWEST - observed.min()))
        gaps.append(inverse(observed + at)[1])
    raise ConvergenceError("no level of the duties fits any weights on sectors")


def _closest(
    inverse: _Inverse, observed: Array, start: Array, zero: list[int]
) -> tuple[Array, Array]:
    """Return the duties closest to the profile for which the weights of `zero` are zero.

    Sequential quadratic programming: least squares of the profile under the linearised weights.
    """
    duties, count, size = start, observed.size, len(zero) + 1
    centre = np.eye(count) - 1.0 / count
    for _ in range(_ROUNDS):
        gap = _gap(inverse, duties, zero)
        slope = np.array(
            [(_gap(inverse, duties + step, zero) - gap) / _STEP for step in _STEP * np.eye(count)]
        )
        system = np.zeros((count + size, count + size))
        system[:count, :count] = centre
        system[:count, count:], system[count:, :count] = slope, slope.T
        move = np.linalg.solve(system, np.append(centre @ (observed - duties), -gap))[:count]
        if np.abs(move).max() <= _STILL:
            return duties, inverse(duties)[0]
        duties = duties + move * min(1.0, _LARGEST_MOVE / np.abs(move).max())
    raise ConvergenceError("no duties were found at which every weight is zero or above")


def _gap(inverse: _Inverse, duties: Array, zero: list[int]) -> Array:
    """Return what must vanish: the slack of the conditions and the weights held at zero."""
    weights, slack = inverse(duties)
    gap: Array = np.append(weights[zero], slack)
    return gap
