"""Where wages come from: labour that moves or stays, of a fixed or an elastic quantity.

With elasticity phi labour is supplied to the real wage. Preferences have no income effect
(Greenwood, Hercowitz and Huffman 1988), so that the pay that just makes up for the effort is the
share phi / (1 + phi) of the payroll: the value ``effort``, which welfare leaves out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._blocks import add

if TYPE_CHECKING:
    from parley.equilibrium._base import Base
    from parley.equilibrium._blocks import Directions, Values


class MobileLabour:
    """One wage for each economy."""

    def __init__(self, base: Base) -> None:
        self._payroll = base.payroll.sum(axis=0)
        self._supply = base.elasticities.labour_supply
        self._effort = self._supply / (1.0 + self._supply)
        self._rest = np.zeros_like(base.payroll)  # the effort where labour is fixed

    def forward(self, v: Values) -> None:
        wage = np.log(np.add.reduce(v["payroll"]) / self._payroll)
        if self._supply:
            wage -= self._supply * (v["wage"][0] - v["price_index"])
        v["wage_new"] = wage[None]
        v["effort"] = self._effort * v["payroll"] if self._supply else self._rest

    def tangent(self, v: Values, d: Directions) -> None:
        total = d["payroll"].sum(axis=0) / v["payroll"].sum(axis=0)[:, None]
        hours = self._supply * (d["wage"][0] - d["price_index"])
        d["wage_new"] = (total - hours)[None]
        d["effort"] = self._effort * d["payroll"]

    def adjoint(self, v: Values, b: Values) -> None:
        share = b["wage_new"][0] / v["payroll"].sum(axis=0)[:, None]
        add(b, "payroll", share + self._effort * b["effort"])
        if self._supply:
            add(b, "wage", -self._supply * b["wage_new"])
            add(b, "price_index", self._supply * b["wage_new"][0])


class SpecificLabour:
    """One wage for each economy and sector: labour stays where it was in the base year."""

    def __init__(self, base: Base) -> None:
        self._paid = base.payroll > 0.0
        self._payroll = np.where(self._paid, base.payroll, 1.0)
        self._supply = base.elasticities.labour_supply
        self._effort = self._supply / (1.0 + self._supply)

    def forward(self, v: Values) -> None:
        hours = self._supply * (v["wage"] - v["price_index"])
        wage = np.log(v["payroll"] / self._payroll) - hours
        v["wage_new"] = np.where(self._paid, wage, 0.0)
        v["effort"] = self._effort * v["payroll"]

    def tangent(self, v: Values, d: Directions) -> None:
        payroll = np.where(self._paid, v["payroll"], 1.0)[:, :, None]
        hours = self._supply * (d["wage"] - d["price_index"])
        d["wage_new"] = np.where(self._paid[:, :, None], d["payroll"] / payroll - hours, 0.0)
        d["effort"] = self._effort * d["payroll"]

    def adjoint(self, v: Values, b: Values) -> None:
        payroll = np.where(self._paid, v["payroll"], 1.0)[:, :, None]
        wage = np.where(self._paid[:, :, None], b["wage_new"], 0.0)
        add(b, "payroll", wage / payroll + self._effort * b["effort"])
        add(b, "wage", -self._supply * wage)
        add(b, "price_index", self._supply * wage.sum(axis=0))


class NationalLabour:
    """One wage, with employment in the state, so that other steps can read it.

    With the income-tax rebate duty revenue lowers the tax on wages: labour sees the wage over
    ``1 - relief``, relief being revenue over the payroll (Ignatenko and others 2025).
    """

    def __init__(self, base: Base) -> None:
        self._payroll = base.payroll.sum(axis=0)
        self._supply = base.elasticities.labour_supply
        self._effort = self._supply / (1.0 + self._supply)
        self._rebate = float(base.model.rebate == "income_tax")

    def forward(self, v: Values) -> None:
        total = v["payroll"].sum(axis=0)
        v["relief"] = self._rebate * v["revenue"] / total
        real_wage = v["wage"][0] - v["price_index"] - np.log1p(-v["relief"])
        v["labour_new"] = (self._supply * real_wage)[None]
        v["wage_new"] = np.log(total / self._payroll)[None] - v["labour"]
        v["effort"] = self._effort * (1.0 - v["relief"]) * v["payroll"]

    def tangent(self, v: Values, d: Directions) -> None:
        total, grown = v["payroll"].sum(axis=0)[:, None], d["payroll"].sum(axis=0)
        relief = (self._rebate * d["revenue"] - v["relief"][:, None] * grown) / total
        left = (1.0 - v["relief"])[:, None]
        real_wage = d["wage"][0] - d["price_index"] + relief / left
        d["relief"] = relief
        d["labour_new"] = (self._supply * real_wage)[None]
        d["wage_new"] = (grown / total)[None] - d["labour"]
        d["effort"] = self._effort * (left * d["payroll"] - relief * v["payroll"][:, :, None])

    def adjoint(self, v: Values, b: Values) -> None:
        total, left = v["payroll"].sum(axis=0)[:, None], (1.0 - v["relief"])[:, None]
        real_wage = self._supply * b["labour_new"][0]
        add(b, "wage", real_wage[None])
        add(b, "price_index", -real_wage)
        add(b, "labour", -b["wage_new"])
        effort = self._effort * b["effort"]
        relief = real_wage / left - (effort * v["payroll"][:, :, None]).sum(axis=0)
        add(b, "revenue", self._rebate * relief / total)
        spread = b["wage_new"][0] / total - relief * v["relief"][:, None] / total
        add(b, "payroll", left * effort + spread)
