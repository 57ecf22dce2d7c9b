"""Flows by their labels: codes of importers, exporters and sectors as masks and arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from parley.errors import InputError, LabelError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parley.records import DutyTable
    from parley.typing import Array, Mask

Codes: TypeAlias = str | tuple[str, ...] | None
"""One code, several, or None for all of them."""


def flow_mask(
    economies: tuple[str, ...], sectors: tuple[str, ...], named: tuple[Codes, Codes, Codes]
) -> Mask:
    """Return the flows between two different economies that are named, as a mask.

    Parameters
    ----------
    named
        Importer, exporter and sector.

    Raises
    ------
    LabelError
        When a code is not in the world.
    InputError
        When no two different economies are named.
    """
    importer, exporter, sector = named
    rows = positions("importer", importer, economies)
    columns = positions("exporter", exporter, economies)
    layers = positions("sector", sector, sectors)
    mask = np.zeros((len(economies), len(economies), len(sectors)), dtype=bool)
    mask[np.ix_(rows, columns, layers)] = True
    mask[np.arange(len(economies)), np.arange(len(economies))] = False
    if not mask.any():
        raise InputError(f"{importer} and {exporter} name no flow between two economies")
    return mask


def table_rates(table: DutyTable, economies: tuple[str, ...], sectors: tuple[str, ...]) -> Array:
    """Return a table of duties as (importer, exporter, sector), NaN where it has no cell."""
    rates = np.full((len(economies), len(economies), len(sectors)), np.nan)
    for cell in table.cells:
        n = positions("economy", cell.importer, economies)[0]
        i = positions("economy", cell.exporter, economies)[0]
        s = positions("sector", cell.sector, sectors)[0]
        rates[n, i, s] = cell.tariff
    return rates


def positions(what: str, codes: Codes, known: tuple[str, ...]) -> list[int]:
    """Return where codes stand among those known, or raise `LabelError`."""
    if codes is None:
        return list(range(len(known)))
    wanted: Iterable[str] = (codes,) if isinstance(codes, str) else codes
    found = []
    for code in wanted:
        if code not in known:
            raise LabelError(
                f"{what} {code!r} is not in this world ({len(known)} codes, {known[0]} to "
                f"{known[-1]}); see `parley world show`"
            )
        found.append(known.index(code))
    return found


def said(codes: Codes) -> str:
    """Return codes as a label."""
    return "all" if codes is None else codes if isinstance(codes, str) else "+".join(codes)
