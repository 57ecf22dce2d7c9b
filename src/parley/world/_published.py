"""Horizons from the tables of published estimates that ship with the package."""

from __future__ import annotations

from typing import Literal

import numpy as np

from parley.errors import LabelError
from parley.world._elasticities import Elasticities
from parley.world._tables import rows

Horizon = Literal["long", "short"]

# Cobb-Douglas between value added and inputs and among inputs, as in Caliendo and Parro (2015).
_LONG = {"value_added": 1.0, "inputs": 1.0, "demand": 1.0, "labour_mobile": True}
# Elasticities across industries of Baqaee and Farhi (2024), Econometrica 92(2), section on
# calibration; labour stays in its sector.
_SHORT = {"value_added": 0.5, "inputs": 0.2, "demand": 0.9, "labour_mobile": False}
_STRUCTURE: dict[Horizon, str] = {
    "long": "value added, inputs and demand: Cobb-Douglas, as in Caliendo and Parro (2015)",
    "short": "value added 0.5, inputs 0.2, demand 0.9: Baqaee and Farhi (2024) Econometrica 92(2); "
    "no standard errors are published for them",
}


def published(sectors: tuple[str, ...], *, horizon: Horizon) -> Elasticities:
    """Return the published elasticities of a horizon for sectors of the shipped worlds.

    Parameters
    ----------
    sectors
        ISIC Rev.4 sections "A" to "T", ICIO activities ("C10T12", "H49") or WIOD 2013 industries
        "c1" to "c35".
    horizon
        "long" or "short".

    Raises
    ------
    LabelError
        When a sector has no row in `world/data/sector_elasticities.csv`.

    Examples
    --------
    >>> published(("A", "C"), horizon="long").trade
    array([9.11, 4.49])
    """
    estimates = {row["estimate"]: row for row in rows("data/elasticities.csv")}
    used = {row["sector"]: row for row in rows("data/sector_elasticities.csv")}
    taken = [_row_of(sector, used) for sector in sectors]
    parts = [row[horizon].split(";") for row in taken]
    notes = [row[f"note_{horizon}"] for row in taken]
    values = [[float(estimates[label]["value"]) for label in part] for part in parts]
    errors = [[float(estimates[label]["standard_error"]) for label in part] for part in parts]
    count = len(sectors)
    rest = _LONG if horizon == "long" else _SHORT
    return Elasticities(
        name=horizon,
        trade=np.array([np.mean(value) for value in values]),
        trade_se=np.array([np.sqrt(np.sum(np.square(se))) / len(se) for se in errors]),
        value_added=np.full(count, rest["value_added"]),
        inputs=np.full(count, rest["inputs"]),
        scale=np.zeros(count),
        demand=rest["demand"],
        labour_mobile=bool(rest["labour_mobile"]),
        estimates=tuple("+".join(part) for part in parts),
        sources=(*_source_lines(sectors, parts, estimates, notes), _STRUCTURE[horizon]),
    )


def _row_of(sector: str, used: dict[str, dict[str, str]]) -> dict[str, str]:
    begins = [code for code in used if code.isupper() and sector.startswith(code)]
    if sector in used or begins:
        return used.get(sector) or used[max(begins, key=len)]
    raise LabelError(
        f"sector {sector!r} has no published elasticity in sector_elasticities.csv; "
        "pass Elasticities of your own"
    )


def _source_lines(
    sectors: tuple[str, ...],
    parts: list[list[str]],
    estimates: dict[str, dict[str, str]],
    notes: list[str],
) -> tuple[str, ...]:
    groups: dict[tuple[str, str], list[str]] = {}
    for sector, part, note in zip(sectors, parts, notes, strict=True):
        groups.setdefault((";".join(part), note), []).append(sector)
    lines = []
    for (labels, note), members in groups.items():
        taken = [estimates[label] for label in labels.split(";")]
        said = ", ".join(f"{row['value']} ({row['standard_error']})" for row in taken)
        quantity = f"{taken[0]['quantity']} = {said}, {taken[0]['paper']}, {taken[0]['place']}"
        lines.append(f"{', '.join(members)}: {quantity}" + (f"; {note}" if note else ""))
    return tuple(lines)
