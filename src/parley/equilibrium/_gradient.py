"""Derivatives of an objective to every instrument in the world, by one adjoint solve."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from parley.equilibrium._blocks import CellDirections, Cells, add
from parley.equilibrium._fixedpoint import solve_linear
from parley.equilibrium._instruments import READ, Gradient
from parley.equilibrium._precondition import bordered
from parley.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from parley.equilibrium._blocks import Values
    from parley.equilibrium._outcome import Outcome
    from parley.typing import Array

Objective: TypeAlias = "Mapping[str, Array]"
"""Name of a result of `Outcome` to the derivative of the objective with respect to it."""

_TOLERANCE = 1e-10


def gradient(outcome: Outcome, objective: Objective) -> Gradient:
    """Return the derivative of `objective` to every duty, export tax and iceberg cost.

    Parameters
    ----------
    objective
        For each result of the outcome that the objective reads, its derivative with respect to
        that result, in the result's shape: ``{"welfare": np.eye(20)[0]}`` is the welfare of the
        first economy. Any of ``OBJECTIVES``; several add up.

    Raises
    ------
    InputError
        When a result has no derivative or a shape is wrong.
    ConvergenceError
        When the adjoint system was not solved.
    """
    return gradients(outcome, [objective])[0]


def gradients(
    outcome: Outcome,
    objectives: Sequence[Objective],
    *,
    start: Sequence[Gradient] | None = None,
    tolerance: float = _TOLERANCE,
) -> tuple[Gradient, ...]:
    """Return the gradient of each objective; all adjoint systems are solved together.

    Parameters
    ----------
    start
        Gradients of the same objectives at an outcome nearby, from which the systems start.
    tolerance
        Largest residual of an adjoint system, as a fraction of its right side.
    """
    sweep, v = outcome.solution.sweep, outcome.solution.values
    seeds: Values = {}
    flows = np.zeros((*outcome.trade_base_usd_mn.shape, len(objectives)))
    for at, objective in enumerate(objectives):
        for name, weight in objective.items():
            _seed(outcome, name, weight, _Column(seeds, flows, at, len(objectives)))
    flow_seed = _seed_flows(outcome, flows, seeds) if flows.any() else None
    inverse = bordered(outcome.preconditioner.inverse, sweep, v)
    zero = np.zeros((sweep.size, len(objectives)))
    right = sweep.adjoint(v, zero, seeds)[1]
    near = None if start is None else np.stack([one.multiplier for one in start], axis=1)
    multiplier = solve_linear(
        lambda x: sweep.adjoint(v, x)[1],
        inverse.transposed,
        right,
        start=near if near is not None and near.shape == right.shape else None,
        tolerance=tolerance,
    )
    sensitivity = sweep.adjoint(v, multiplier, seeds)[0]
    return tuple(
        Gradient(
            outcome,
            {name: sensitivity[name][..., at] for name in READ if name in sensitivity},
            flow_seed=None if flow_seed is None else flow_seed[..., at],
            multiplier=multiplier[:, at],
        )
        for at in range(len(objectives))
    )


def tangent(outcome: Outcome, duty: Array) -> dict[str, Array]:
    """Return the directions of the main results when duties move by `duty`.

    Parameters
    ----------
    duty
        Change of each ad valorem duty, (importer, exporter, sector).
    """
    sweep, v = outcome.solution.sweep, outcome.solution.values
    base, kernel = sweep.base, sweep.kernel
    change = np.concatenate([duty.transpose(2, 0, 1)] * base.uses, axis=1)
    paid = 1.0 + np.concatenate([kernel.tariff] * base.uses, axis=1)
    where = Cells(change != 0.0)
    relative = where.take(change / paid)
    felt = base.trade_elasticity[where.sector, 0] * base.pass_through[where.importer]
    cells = CellDirections(
        where,
        (-felt * relative * where.take(v["gross"]))[:, None],
        (-(1.0 + felt) * relative * where.take(v["net"]))[:, None],
        landed=relative[:, None],
    )
    still = np.zeros((sweep.size, 1))
    right = sweep.tangent(v, still, cells)[1]
    state = solve_linear(
        lambda x: sweep.tangent(v, x)[1],
        bordered(outcome.preconditioner.inverse, sweep, v).step,
        right,
        tolerance=_TOLERANCE,
    )
    d = sweep.tangent(v, state, cells)[0]
    real = outcome.real_income_hat * (d["spending"] - d["price_index"])[:, 0]
    effort, price = v["effort"].sum(axis=0), np.exp(v["price_index"])
    lost = (d["effort"].sum(axis=0)[:, 0] - effort * d["price_index"][:, 0]) / price
    return {
        "real_income_hat": real,
        "welfare": real - lost / base.expenditure,
        "revenue_usd_mn": d["revenue"][:, 0],
        "income_usd_mn": d["income"][:, 0],
    }


# --------------------------------------------------------------------------- seeds


class _Column:
    """One objective's column of the seeds of all."""

    def __init__(self, seeds: Values, flows: Array, at: int, count: int) -> None:
        self._seeds, self._at, self._count = seeds, at, count
        self.flows = flows[..., at]

    def put(self, name: str, value: Array) -> None:
        seed = np.zeros((*value.shape, self._count))
        seed[..., self._at] = value
        add(self._seeds, name, seed)


def _seed_real_income(outcome: Outcome, weight: Array, column: _Column) -> None:
    weighted = outcome.real_income_hat * weight
    column.put("spending", weighted)
    column.put("price_index", -weighted)


def _seed_welfare(outcome: Outcome, weight: Array, column: _Column) -> None:
    _seed_real_income(outcome, weight, column)
    v, base = outcome.solution.values, outcome.solution.sweep.base
    price, spread = np.exp(v["price_index"]), weight / base.expenditure
    column.put("effort", np.broadcast_to(-spread / price, base.sales.shape))
    column.put("price_index", spread * v["effort"].sum(axis=0) / price)


def _seed_equivalent_variation(outcome: Outcome, weight: Array, column: _Column) -> None:
    _seed_welfare(outcome, outcome.expenditure_base_usd_mn * weight, column)


def _seed_price_index(outcome: Outcome, weight: Array, column: _Column) -> None:
    column.put("price_index", outcome.price_index_hat * weight)


def _seed_wage(outcome: Outcome, weight: Array, column: _Column) -> None:
    wage = outcome.solution.values["wage"]
    if wage.shape[0] != 1:
        raise InputError("wage_hat has no derivative here where labour is tied to its sector")
    column.put("wage", (outcome.wage_hat * weight)[None])


def _seed_trade(outcome: Outcome, weight: Array, column: _Column) -> None:
    column.flows += weight


def _seed_deficit(outcome: Outcome, weight: Array, column: _Column) -> None:
    column.flows += (weight[:, None] - weight[None, :])[:, :, None]


_SEEDS: dict[str, Callable[[Outcome, Array, _Column], None]] = {
    "welfare": _seed_welfare,
    "real_income_hat": _seed_real_income,
    "equivalent_variation_usd_mn": _seed_equivalent_variation,
    "price_index_hat": _seed_price_index,
    "wage_hat": _seed_wage,
    "revenue_usd_mn": lambda _, weight, column: column.put("revenue", weight),
    "income_usd_mn": lambda _, weight, column: column.put("income", weight),
    "payroll_usd_mn": lambda _, weight, column: column.put("payroll", weight.T),
    "profit_usd_mn": lambda _, weight, column: column.put("profit", weight.T),
    "trade_usd_mn": _seed_trade,
    "trade_deficit_usd_mn": _seed_deficit,
}
OBJECTIVES: tuple[str, ...] = tuple(_SEEDS)
"""Results of an outcome that an objective may read."""


def _seed(outcome: Outcome, name: str, weight: Array, column: _Column) -> None:
    if name not in _SEEDS:
        raise InputError(f"no derivative of {name!r}; an objective may read {OBJECTIVES}")
    expected = getattr(outcome, name).shape
    if np.shape(weight) != expected:
        raise InputError(f"the weights of {name} have shape {np.shape(weight)}, not {expected}")
    _SEEDS[name](outcome, np.asarray(weight, dtype=np.float64), column)


def _seed_flows(outcome: Outcome, flows: Array, seeds: Values) -> Array:
    """Seed what flows are made of; return their sensitivity, (sector, buyer, exporter, batch)."""
    v, uses = outcome.solution.values, outcome.solution.sweep.base.uses
    layers = np.concatenate([flows.transpose(2, 0, 1, 3)] * uses, axis=1)
    net = v["net"][..., None] * layers
    add(seeds, "per_denominator", np.einsum("sbik,si->sbk", net, v["attraction"]))
    add(seeds, "attraction", np.einsum("sbik,sb->sik", net, v["per_denominator"]))
    return layers
