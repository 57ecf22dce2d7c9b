"""One number of a published table, recomputed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One recomputed cell, named as in the paper."""

    table: str
    scenario: str
    who: str
    variable: str
    value: float
    unit: str = "percent"
