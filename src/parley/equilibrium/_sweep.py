"""The sweep: from a state to the state that it implies, with derivatives both ways."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._blocks import (
    Block,
    CellDirections,
    Directions,
    FixedKernel,
    NoTransfers,
    Sales,
    Trade,
    Values,
    add,
)
from parley.equilibrium._demand import CesDemand, CobbDouglasDemand
from parley.equilibrium._distribution import Margins, PassThrough
from parley.equilibrium._income import Income
from parley.equilibrium._labour import MobileLabour, NationalLabour, SpecificLabour
from parley.equilibrium._limits import CellFlows, LimitedKernel, Shadows
from parley.equilibrium._production import (
    CobbDouglasCost,
    CobbDouglasPayments,
    ConstantReturns,
    NationalScale,
    NestedCost,
    NestedPayments,
    ScaleEconomies,
)
from parley.equilibrium._transfers import Transfers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parley.equilibrium._base import Base
    from parley.equilibrium._kernel import Kernel
    from parley.typing import Array

_IMPLIED = {"price_inputs": "price_inputs_new", "wage": "wage_new"}
_IMPLIED |= {
    "labour": "labour_new",
    "shadow": "shadow_new",
    "sales": "sales_new",
    "spending": "spending_new",
}
_SEEDED: tuple[str, ...] = (
    "bought",
    "denominator",
    "producers_part",
    "sales_level",
    "payroll",
    "profit",
    "price_final",
    "price_index",
    "effort",
    "labour_share",
    "input_shares",
    "input_spending",
    "final_spending",
    "attraction",
    "per_denominator",
)


_NOTHING = np.zeros(())  # stands for zeros of any shape


class Economy:
    """The blocks of one base that no policy changes, in the groups between those that it does."""

    def __init__(self, base: Base) -> None:
        self.base = base
        elasticities = base.elasticities
        nested = bool((elasticities.value_added != 1.0).any() or (elasticities.inputs != 1.0).any())
        self.costs: list[Block] = [
            NestedCost(base) if nested else CobbDouglasCost(base),
            _returns(base),
        ]
        self.spending: list[Block] = [
            NestedPayments(base) if nested else CobbDouglasPayments(base),
            CobbDouglasDemand(base) if elasticities.demand == 1.0 else CesDemand(base),
            *([PassThrough(base)] if (base.pass_through != 1.0).any() else []),
        ]
        self.income: list[Block] = [
            *([Margins(base)] if base.margin.any() else []),
            Income(base),
        ]
        self.labour: list[Block] = [_labour(base)]


class Sweep:
    """The model of one economy and one scenario: a list of blocks and the layout of its state."""

    def __init__(self, economy: Economy, kernel: Kernel) -> None:
        self.economy = economy
        self.base = base = economy.base
        self.kernel = kernel
        wedges, elasticities = kernel.wedges, base.elasticities
        self.blocks: list[Block] = [
            FixedKernel(kernel) if wedges is None else LimitedKernel(base, kernel, wedges),
            *economy.costs,
            Trade(base, kernel),
            *economy.spending,
            *_transfers(base, kernel),
            *economy.income,
            Sales(base, kernel),
            *economy.labour,
        ]
        sectors, economies = base.shape
        self.layout: dict[str, tuple[int, ...]] = {
            "wage": (1 if elasticities.labour_mobile else sectors, economies),
            "price_inputs": (sectors, economies),
            "sales": (sectors, economies),
            "spending": (economies,),
        }
        if base.national_labour:
            self.layout["labour"] = (1, economies)
        if wedges is not None:
            self.layout["shadow"] = (wedges.count,)
        self.limits = 0 if wedges is None else wedges.count
        self.size, self._slices = 0, {}
        for name, shape in self.layout.items():
            start, self.size = self.size, self.size + math.prod(shape)
            self._slices[name] = slice(start, self.size)

    def unpack(self, state: Array) -> Values:
        """Return the named parts of a state (size[, batch])."""
        batch = state.shape[1:]
        return {
            name: state[self._slices[name]].reshape(shape + batch)
            for name, shape in self.layout.items()
        }

    def pack(self, parts: Mapping[str, Array]) -> Array:
        """Return the state (size[, batch]) that has the named parts."""
        named = [(parts[name], len(shape)) for name, shape in self.layout.items()]
        return np.concatenate([part.reshape(-1, *part.shape[axes:]) for part, axes in named])

    def values(self, state: Array) -> Values:
        """Return every value of the model at `state`."""
        v = self.unpack(state)
        with np.errstate(all="ignore"):  # whoever asks judges what is not finite
            for block in self.blocks:
                block.forward(v)
        return v

    def within_bounds(self, state: Array) -> Array:
        """Return `state` with every shadow price between its floor and its ceiling."""
        if self.kernel.wedges is None:
            return state
        floor, ceiling = self.kernel.wedges.floor[:, 0], self.kernel.wedges.ceiling[:, 0]
        shadow = np.clip(state[-self.limits :], floor, ceiling) if self.limits else state[:0]
        return np.concatenate((state[: self.size - self.limits], shadow))

    def residual(self, v: Values) -> Array:
        """Return implied minus given state, market by market, in logs."""
        return self.pack({name: v[_IMPLIED[name]] - v[name] for name in self.layout})

    def tangent(
        self, v: Values, direction: Array, *cells: CellDirections
    ) -> tuple[Directions, Array]:
        """Return the directions of all values and of the residual.

        Parameters
        ----------
        direction
            Direction of the state, shape (size, batch).
        cells
            Directions of the kernels that a change of policy gives.
        """
        d = Directions(self.unpack(direction))
        d.cells = cells
        for block in self.blocks:
            block.tangent(v, d)
        change = {name: d[_IMPLIED[name]] - d[name] for name in self.layout}
        return d, self.pack(change)

    def adjoint(
        self, v: Values, implied: Array, seeds: Values | None = None
    ) -> tuple[Values, Array]:
        """Return the sensitivities of all values and of the state.

        Parameters
        ----------
        implied
            Sensitivities of the residual, shape (size, batch).
        seeds
            Sensitivities of other values that the objective reads directly.
        """
        b: Values = {}
        for name, part in self.unpack(implied).items():
            b[_IMPLIED[name]] = part
            b[name] = -part
        b |= {name: _NOTHING for name in _SEEDED if name in v}
        if self.kernel.wedges is not None:
            b["excess"] = np.zeros((*v["excess"].shape[:1], implied.shape[1]))
        for name, seed in (seeds or {}).items():
            add(b, name, seed)
        for block in reversed(self.blocks):
            block.adjoint(v, b)
        return b, self.pack(b)


def _transfers(base: Base, kernel: Kernel) -> list[Block]:
    wedges = kernel.wedges
    if wedges is None:
        return [NoTransfers(base)]
    return [CellFlows(wedges), Shadows(wedges), Transfers(base, wedges)]


def _returns(base: Base) -> Block:
    if not base.elasticities.scale.any():
        return ConstantReturns()
    return NationalScale(base) if base.national_labour else ScaleEconomies(base)


def _labour(base: Base) -> Block:
    if base.national_labour:
        return NationalLabour(base)
    return MobileLabour(base) if base.elasticities.labour_mobile else SpecificLabour(base)
