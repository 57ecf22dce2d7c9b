"""A preconditioner for large worlds: each economy's own loop, and wages across all of them.

The first level inverts, economy by economy, how own input prices feed own costs and how own sales
and spending feed each other. The second level moves all wages together with the exact response of
prices, sales and spending to them. Both are small: (economy, sector, sector) and (state, economy).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from parley.equilibrium._fixedpoint import solve_linear

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parley.equilibrium._base import Base
    from parley.equilibrium._blocks import Values
    from parley.equilibrium._sweep import Sweep
    from parley.typing import Array

    Single: TypeAlias = NDArray[np.float32]

_RESPONSE_TOLERANCE = 1e-5  # of the responses to wages: they only precondition
_RESPONSE_LIMIT = 300


class TwoLevel:
    """An approximate Newton step for economies with one wage each."""

    def __init__(self, sweep: Sweep, v: Values) -> None:
        self._sectors, self._economies = sweep.base.shape
        self._prices = _price_loops(sweep.base, v)
        self._sales = _sales_loops(sweep.base, v)
        payroll = v["payroll"].sum(axis=0)
        labour = (sweep.base.value_added_share - sweep.base.profit_share) * v["sales_level"]
        self._paid = (labour / payroll).astype(np.float32)  # (sector, economy)
        core, economies = sweep.size - sweep.limits, self._economies
        wages = np.zeros((sweep.size, economies))
        wages[:economies] = np.eye(economies)
        pushed = sweep.tangent(v, wages)[1][economies:core]
        rest = np.zeros_like(wages)

        def respond(columns: Array) -> Array:
            rest[economies:core] = columns
            return sweep.tangent(v, rest)[1][economies:core]

        response = solve_linear(
            respond,
            lambda columns: self._own(columns.astype(np.float32)).astype(np.float64),
            pushed,
            tolerance=_RESPONSE_TOLERANCE,
            limit=_RESPONSE_LIMIT,
        )
        wages[economies:core] = response
        market = sweep.tangent(v, wages)[1][:economies]
        self._market = np.linalg.inv(-market).astype(np.float32)
        self._response = response.astype(np.float32)

    def aim(self, v: Values) -> bool:
        return False

    def step(self, residual: Array) -> Array:
        """Return the change of the state that would remove `residual` (size[, batch])."""
        scale, flat = _scaled(residual)
        wages, rest = flat[: self._economies], self._own(flat[self._economies :])
        sales = rest[self._sectors * self._economies :][: self._sectors * self._economies]
        paid = self._paid.reshape(-1, 1) * sales
        wages = self._market @ (
            wages + paid.reshape(self._sectors, self._economies, -1).sum(axis=0)
        )
        moved = np.concatenate((wages, rest + self._response @ wages))
        return scale * moved.astype(np.float64).reshape(residual.shape)

    def transposed(self, residual: Array) -> Array:
        """Return the same step for the transposed system."""
        scale, flat = _scaled(residual)
        wages, rest = flat[: self._economies], flat[self._economies :].copy()
        wages = self._market.T @ (wages + self._response.T @ rest)
        size = self._sectors * self._economies
        paid = self._paid[:, :, None] * wages[None]
        rest[size : 2 * size] += paid.reshape(size, -1)
        moved = np.concatenate((wages, self._own(rest, transposed=True)))
        return scale * moved.astype(np.float64).reshape(residual.shape)

    def _own(self, rest: Single, *, transposed: bool = False) -> Single:
        """Apply each economy's own loops to (prices, sales, spending), (size, batch)."""
        s, n = self._sectors, self._economies
        prices = rest[: s * n].reshape(s, n, -1).transpose(1, 0, 2)
        income = np.concatenate((rest[s * n : 2 * s * n], rest[2 * s * n :]))
        income = income.reshape(s + 1, n, -1).transpose(1, 0, 2)
        loops = (self._prices, self._sales)
        if transposed:
            loops = (self._prices.transpose(0, 2, 1), self._sales.transpose(0, 2, 1))
        prices = np.matmul(loops[0], prices).transpose(1, 0, 2).reshape(s * n, -1)
        income = np.matmul(loops[1], income).transpose(1, 0, 2).reshape((s + 1) * n, -1)
        return np.concatenate((prices, income))


def _price_loops(base: Base, v: Values) -> Single:
    """Return the inverse of how own input prices feed themselves, (economy, sector, sector)."""
    home = (
        _home_share(v["gross"], v["attraction"], base.uses) / v["denominator"][:, -base.shape[1] :]
    )
    loops: Array = np.eye(base.shape[0]) - home.T[:, :, None] * base.input_cost_share
    return np.linalg.inv(loops).astype(np.float32)


def _sales_loops(base: Base, v: Values) -> Single:
    """Return the inverse of how own sales and spending feed each other, spending last."""
    sectors, economies = base.shape
    home = _home_share(v["net"], v["attraction"], base.uses)
    level = np.where(base.sales > 0.0, v["sales_level"], 1.0)
    inputs = np.where(v["input_spending"] > 0.0, v["input_spending"], 1.0)
    used = base.input_share.transpose(0, 2, 1) * v["sales_level"].T[:, None, :]  # (n, input, user)
    per = 1.0 / v["denominator"][:, -economies:]
    by_input = home * v["input_spending"] * per / level  # of own sales, to own producers
    final_home = _home_share(v["net"], v["attraction"], base.uses, final=True)
    by_final = final_home * v["final_spending"] / v["denominator"][:, :economies] / level
    loops = np.zeros((economies, sectors + 1, sectors + 1))
    loops[:, :sectors, :sectors] = (by_input / inputs).T[:, :, None] * used
    loops[:, :sectors, sectors] = by_final.T
    taxed = 1.0 - v["producers_part"]
    earned = (v["payroll"] + v["profit"]).T
    duty = np.einsum("kn,nks->ns", taxed[:, -economies:], used)
    loops[:, sectors, :sectors] = (earned + duty) / v["total_income"][:, None]
    paid = (taxed[:, :economies] * v["final_spending"]).sum(axis=0)
    loops[:, sectors, sectors] = paid / v["total_income"]
    system: Array = np.eye(sectors + 1) - loops
    return np.linalg.inv(system).astype(np.float32)


def _home_share(kernel: Array, attraction: Array, uses: int, *, final: bool = False) -> Array:
    """Return the diagonal flows of a kernel for input (or final) buyers, (sector, economy)."""
    economies = attraction.shape[1]
    own = np.arange(economies)
    shift = 0 if final or uses == 1 else economies
    home: Array = kernel[:, own + shift, own] * attraction
    return home


def _scaled(residual: Array) -> tuple[float, Single]:
    """Return a scale and the residual over it in single precision, (size, batch)."""
    scale = float(np.abs(residual).max()) or 1.0
    return scale, (residual.reshape(len(residual), -1) / scale).astype(np.float32)
