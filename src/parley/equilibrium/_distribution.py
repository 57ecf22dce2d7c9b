"""Bringing goods to market: margins that stay with the buyer, and partial pass-through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._blocks import add

if TYPE_CHECKING:
    from parley.equilibrium._base import Base
    from parley.equilibrium._blocks import Directions, Values
    from parley.typing import Array


class Margins:
    """A part of each purchase before duty pays labour of the buyer's own economy."""

    def __init__(self, base: Base) -> None:
        self._uses = base.uses
        self._margin = base.margin

    def forward(self, v: Values) -> None:
        margin = self._margin * self._fold(v["bought"] * v["producers_part"])
        v["payroll"] = v["payroll"] + margin

    def tangent(self, v: Values, d: Directions) -> None:
        value = d["bought"] * v["producers_part"][:, :, None]
        value = value + v["bought"][:, :, None] * d["producers_part"]
        d["payroll"] = d["payroll"] + self._margin[:, None] * self._fold(value)

    def adjoint(self, v: Values, b: Values) -> None:
        value = np.concatenate([self._margin[:, None] * b["payroll"]] * self._uses, axis=1)
        add(b, "bought", v["producers_part"][:, :, None] * value)
        add(b, "producers_part", v["bought"][:, :, None] * value)

    def _fold(self, by_buyer: Array) -> Array:
        """Sum the uses of (sector, buyer[, batch])."""
        sectors, buyers, *batch = by_buyer.shape
        shape = (sectors, self._uses, buyers // self._uses, *batch)
        total: Array = by_buyer.reshape(shape).sum(axis=1)
        return total


class PassThrough:
    """Prices move with spending over the wage where duties are passed on in part or in excess.

    ``price = (spending / wage) ** (1 - pass_through) * index``: with more spending per worker
    sellers serve more buyers (Ignatenko and others 2025, equation for the price index).
    """

    def __init__(self, base: Base) -> None:
        self._gap = 1.0 - base.pass_through
        self._weight = base.final_spending / base.expenditure
        bought = base.final_spending + base.input_spending
        self._bought = np.where(bought > 0.0, bought, 1.0)
        self._buys = (bought > 0.0).astype(np.float64)

    def forward(self, v: Values) -> None:
        total = v["final_spending"] + v["input_spending"]
        grown = np.log(np.where(self._buys > 0.0, total, 1.0) / self._bought)
        moved = self._gap * self._buys * (grown - v["wage"])
        v["market"] = np.where(self._buys > 0.0, total, 1.0)
        v["price_final"] = v["price_final"] + moved
        v["price_inputs_new"] = v["price_inputs_new"] + moved
        v["price_index"] = v["price_index"] + (self._weight * moved).sum(axis=0)

    def tangent(self, v: Values, d: Directions) -> None:
        total = d["final_spending"] + d["input_spending"]
        gap = (self._gap * self._buys)[:, :, None]
        moved = gap * (total / v["market"][:, :, None] - d["wage"])
        d["price_final"] = d["price_final"] + moved
        d["price_inputs_new"] = d["price_inputs_new"] + moved
        d["price_index"] = d["price_index"] + (self._weight[:, :, None] * moved).sum(axis=0)

    def adjoint(self, v: Values, b: Values) -> None:
        moved = b["price_final"] + b["price_inputs_new"]
        moved = moved + self._weight[:, :, None] * b["price_index"]
        moved = (self._gap * self._buys)[:, :, None] * moved
        add(b, "wage", -moved.sum(axis=0, keepdims=True))
        total = moved / v["market"][:, :, None]
        add(b, "final_spending", total)
        add(b, "input_spending", total)
