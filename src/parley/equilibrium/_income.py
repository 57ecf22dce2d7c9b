"""Who receives what: factor income, duty revenue, and the imbalance under its closure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from parley.equilibrium._blocks import Directions, Values, add

if TYPE_CHECKING:
    from parley.equilibrium._base import Base
    from parley.typing import Array


class Income:
    """Final expenditure: factor income, duty revenue, transfers, and the trade imbalance."""

    def __init__(self, base: Base) -> None:
        self._uses = base.uses
        self._profits = bool(base.profit_share.any())
        self._expenditure = base.expenditure
        self._closure = CLOSURE_RULES[base.model.closure](base)

    def forward(self, v: Values) -> None:
        v["income"] = np.add.reduce(v["payroll"])
        if self._profits:
            v["income"] += np.add.reduce(v["profit"])
        by_buyer = np.add.reduce(v["bought"] * (1.0 - v["producers_part"]))
        border = by_buyer if self._uses == 1 else np.add.reduce(by_buyer.reshape(2, -1))
        v["revenue"] = border - v["paid_away"] + v["received"]
        v["deficit"] = self._closure.deficit(v["income"])
        v["total_income"] = v["income"] + v["revenue"] + v["rent"] + v["deficit"]
        v["spending_new"] = np.log(v["total_income"] / self._expenditure)

    def tangent(self, v: Values, d: Directions) -> None:
        d["income"] = d["payroll"].sum(axis=0) + d["profit"].sum(axis=0)
        taxed = (1.0 - v["producers_part"])[:, :, None]
        by_buyer = d["bought"] * taxed - v["bought"][:, :, None] * d["producers_part"]
        batch = by_buyer.shape[-1]
        border = by_buyer.sum(axis=0).reshape(self._uses, -1, batch).sum(axis=0)
        d["revenue"] = border - d["paid_away"] + d["received"]
        d["deficit"] = self._closure.tangent(v["income"], d["income"])
        d["total_income"] = d["income"] + d["revenue"] + d["rent"] + d["deficit"]
        d["spending_new"] = d["total_income"] / v["total_income"][:, None]

    def adjoint(self, v: Values, b: Values) -> None:
        total = b["spending_new"] / v["total_income"][:, None]
        revenue = total + b["revenue"] if "revenue" in b else total
        deficit = total + b["deficit"] if "deficit" in b else total
        b["paid_away"], b["received"] = -revenue, revenue
        add(b, "rent", total)
        income = total + self._closure.adjoint(v["income"], deficit)
        if "income" in b:
            income = income + b["income"]
        by_buyer = np.concatenate((revenue,) * self._uses, axis=0)[None]
        add(b, "bought", (1.0 - v["producers_part"])[:, :, None] * by_buyer)
        add(b, "producers_part", -v["bought"][:, :, None] * by_buyer)
        add(b, "payroll", income[None])  # the same in every sector
        add(b, "profit", income[None])


class ClosureRule(Protocol):
    """How each trade imbalance follows factor incomes; imbalances sum to zero."""

    def __init__(self, base: Base) -> None: ...

    def deficit(self, income: Array) -> Array:
        """Return the imbalances at `income`, both (economy,) in USD mn."""

    def tangent(self, income: Array, direction: Array) -> Array:
        """Return their directions, (economy, batch)."""

    def adjoint(self, income: Array, sensitivity: Array) -> Array:
        """Return the sensitivities of incomes, given those of the imbalances."""


class Balanced:
    """No economy lends or borrows."""

    def __init__(self, base: Base) -> None:
        del base

    def deficit(self, income: Array) -> Array:
        return np.zeros_like(income)

    def tangent(self, income: Array, direction: Array) -> Array:
        return np.zeros_like(direction)

    def adjoint(self, income: Array, sensitivity: Array) -> Array:
        return np.zeros_like(sensitivity)


class FixedShare:
    """Each deficit is a fixed share of world factor income."""

    def __init__(self, base: Base) -> None:
        self._rate = base.deficit / base.income.sum()

    def deficit(self, income: Array) -> Array:
        deficit: Array = self._rate * income.sum()
        return deficit

    def tangent(self, income: Array, direction: Array) -> Array:
        change: Array = self._rate[:, None] * direction.sum(axis=0)
        return change

    def adjoint(self, income: Array, sensitivity: Array) -> Array:
        world = (self._rate[:, None] * sensitivity).sum(axis=0)
        return np.broadcast_to(world, sensitivity.shape)


class Proportional:
    """Each deficit moves with own factor income; the residual is taken off every economy alike."""

    def __init__(self, base: Base) -> None:
        self._rate = base.deficit / base.income

    def deficit(self, income: Array) -> Array:
        deficit: Array = (self._rate - self._mean(income)) * income
        return deficit

    def tangent(self, income: Array, direction: Array) -> Array:
        mean = self._mean(income)
        gap = (self._rate - mean)[:, None]
        shift = (gap * direction).sum(axis=0) / income.sum()
        change: Array = gap * direction - income[:, None] * shift
        return change

    def adjoint(self, income: Array, sensitivity: Array) -> Array:
        gap = (self._rate - self._mean(income))[:, None]
        weight = (income[:, None] * sensitivity).sum(axis=0) / income.sum()
        change: Array = gap * (sensitivity - weight)
        return change

    def _mean(self, income: Array) -> float:
        mean: float = self._rate @ income / np.add.reduce(income)
        return mean


CLOSURE_RULES: dict[str, type[ClosureRule]] = {
    "balanced": Balanced,
    "fixed_share": FixedShare,
    "proportional": Proportional,
}
