"""What final buyers want: spending by sector and the price of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._blocks import add
from parley.equilibrium._production import log_mean

if TYPE_CHECKING:
    from parley.equilibrium._base import Base
    from parley.equilibrium._blocks import Directions, Values
    from parley.typing import Array


class CobbDouglasDemand:
    """Final spending by sector with fixed shares, beside the spending on inputs."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._share = base.final_spending / base.expenditure

    def forward(self, v: Values) -> None:
        v["price_index"] = (self._share * v["price_final"]).sum(axis=0)
        v["final_spending"] = self._base.final_spending * np.exp(v["spending"])
        _buy(v, self._base.uses)

    def tangent(self, v: Values, d: Directions) -> None:
        d["price_index"] = (self._share[:, :, None] * d["price_final"]).sum(axis=0)
        d["final_spending"] = v["final_spending"][:, :, None] * d["spending"]
        _buy_tangent(v, d, self._base.uses)

    def adjoint(self, v: Values, b: Values) -> None:
        final = _buy_adjoint(v, b)
        add(b, "spending", (v["final_spending"][:, :, None] * final).sum(axis=0))
        add(b, "price_final", self._share[:, :, None] * b["price_index"])


class CesDemand:
    """Final spending by sector with one elasticity of substitution across sectors."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._share = base.final_spending / base.expenditure
        self._power = 1.0 - base.elasticities.demand

    def forward(self, v: Values) -> None:
        power = np.full((1, 1), self._power)
        v["price_index"] = log_mean(v["price_final"].T, self._share.T, power)
        relative = np.exp(self._power * (v["price_final"] - v["price_index"]))
        v["final_share"] = self._share * relative
        v["final_spending"] = self._base.final_spending * relative * np.exp(v["spending"])
        _buy(v, self._base.uses)

    def tangent(self, v: Values, d: Directions) -> None:
        d["price_index"] = (v["final_share"][:, :, None] * d["price_final"]).sum(axis=0)
        moved = d["spending"] + self._power * (d["price_final"] - d["price_index"])
        d["final_spending"] = v["final_spending"][:, :, None] * moved
        _buy_tangent(v, d, self._base.uses)

    def adjoint(self, v: Values, b: Values) -> None:
        moved = v["final_spending"][:, :, None] * _buy_adjoint(v, b)
        add(b, "spending", moved.sum(axis=0))
        index = b["price_index"] - self._power * moved.sum(axis=0)
        add(b, "price_final", self._power * moved + v["final_share"][:, :, None] * index)


def _join(final: Array, inputs: Array, uses: int) -> Array:
    return final + inputs if uses == 1 else np.concatenate((final, inputs), axis=1)


def _buy(v: Values, uses: int) -> None:
    v["bought"] = _join(v["final_spending"], v["input_spending"], uses)
    v["per_denominator"] = v["bought"] / v["denominator"]


def _buy_tangent(v: Values, d: Directions, uses: int) -> None:
    d["bought"] = _join(d["final_spending"], d["input_spending"], uses)
    moved = d["bought"] - v["per_denominator"][:, :, None] * d["denominator"]
    d["per_denominator"] = moved / v["denominator"][:, :, None]


def _buy_adjoint(v: Values, b: Values) -> Array:
    """Return the sensitivity of final spending by sector; pass the other ones on."""
    economies = v["final_spending"].shape[1]
    per = b["per_denominator"] / v["denominator"][:, :, None]
    add(b, "denominator", -v["per_denominator"][:, :, None] * per)
    bought = b["bought"] + per
    add(b, "input_spending", bought[:, -economies:])
    final: Array = bought[:, :economies] + b["final_spending"]
    return final
