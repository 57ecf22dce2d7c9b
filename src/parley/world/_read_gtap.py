"""Read a data base in the form of GTAP: one CSV for each header array."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.errors import DataError, InputError, LabelError
from parley.world._accounts import close_accounts, ratio

if TYPE_CHECKING:
    from parley.typing import Array
    from parley.world._world import World

_AXES = {  # of each header: commodity, activity, region (of use, source, destination)
    "VDFB": "car",
    "VMFB": "car",
    "VDPB": "cr",
    "VMPB": "cr",
    "VDGB": "cr",
    "VMGB": "cr",
    "VDIB": "cr",
    "VMIB": "cr",
    "VFOB": "crr",
    "VCIF": "crr",
    "VMSB": "crr",
    "VTWR": "mcrr",
    "VST": "mr",
}
_TOLERANCE = 1e-6
_CIF_TOLERANCE = 1e-4  # GTAP keeps four digits of some flows


def read_gtap(folder: str | Path, **labels: Any) -> World:  # noqa: ANN401 - fields of World
    """Return the world of a GTAP-style data base.

    Duties are what imports cost at basic prices above their value cif; freight becomes purchases
    of the transport commodities from those who supply them; export taxes and taxes on uses are
    part of value added. The base is fully known: every duty has its source in the data base.

    Parameters
    ----------
    folder
        Holds one CSV for each of VDFB, VMFB, VDPB, VMPB, VDGB, VMGB, VDIB, VMIB, VFOB, VCIF,
        VMSB, VTWR and VST: the set members in the order of the header, then the value in USD
        million, with a line of column names. Activities and commodities are the same set.
    **labels
        The label fields of `World`; economies and sectors are those of VFOB.

    Raises
    ------
    InputError
        When a file is missing.
    DataError
        When imports by use and by origin differ, freight demanded and supplied differ, or cif
        values are not fob values plus freight; it says where and by how much.
    """
    tables = {name: _rows(Path(folder) / f"{name}.csv", len(axes)) for name, axes in _AXES.items()}
    commodities = tuple(dict.fromkeys(row[0][0] for row in tables["VFOB"]))
    regions = tuple(dict.fromkeys(key for row in tables["VFOB"] for key in row[0][1:]))
    codes = {"c": commodities, "a": commodities, "r": regions, "m": commodities}
    header = {name: _filled(name, rows, codes) for name, rows in tables.items()}
    _check(header, commodities, regions)
    used = header["VDFB"], header["VMFB"]  # (commodity, user, region)
    final = header["VDPB"] + header["VDGB"] + header["VDIB"]  # (commodity, region)
    imported = header["VMSB"].sum(axis=1)
    user_share = ratio(used[1], imported[:, None])  # of imports of the commodity
    fob = header["VFOB"].transpose(2, 1, 0)  # (importer, exporter, commodity)
    to_inputs = ratio(used[1].sum(axis=1), imported).T[:, None, :]
    freight = np.einsum("mcsd,cad->mad", header["VTWR"], user_share)
    freight_final = header["VTWR"].sum(axis=2) * (1 - user_share.sum(axis=1))
    supplier = ratio(header["VST"], header["VST"].sum(axis=1)[:, None])
    bought = np.einsum("md,mi->dim", freight.sum(axis=1), supplier)
    bought_final = np.einsum("mcd,mi->dim", freight_final, supplier)
    own = np.arange(len(regions))
    intermediate = fob * to_inputs + bought
    finals = fob * (1 - to_inputs) + bought_final
    intermediate[own, own] += used[0].sum(axis=1).T
    finals[own, own] += final.T
    abroad = np.einsum("csd,cad->dca", header["VFOB"], user_share)
    input_use = abroad + freight.transpose(2, 0, 1) + used[0].transpose(2, 0, 1)
    flows = intermediate + finals
    duty = (header["VMSB"] - header["VCIF"]).transpose(2, 1, 0)
    return close_accounts(
        final=finals,
        intermediate=intermediate,
        input_use=input_use,
        tariff=ratio(duty, flows),
        tariff_known=np.ones(flows.shape, dtype=bool),
        economies=regions,
        sectors=commodities,
        **({"sector_titles": commodities} | labels),
    )


def _rows(path: Path, keys: int) -> list[tuple[tuple[str, ...], float]]:
    if not path.is_file():
        raise InputError(f"{path}: no such file (wanted: {', '.join(sorted(_AXES))})")
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))[1:]
    wrong = next((line for line in lines if len(line) != keys + 1), None)
    if wrong is not None:
        raise DataError(f"{path}: expected {keys} set members and a value, found {wrong}")
    return [(tuple(line[:-1]), float(line[-1])) for line in lines]


def _filled(
    name: str, rows: list[tuple[tuple[str, ...], float]], codes: dict[str, tuple[str, ...]]
) -> Array:
    axes = [{code: place for place, code in enumerate(codes[axis])} for axis in _AXES[name]]
    array = np.zeros([len(axis) for axis in axes])
    for key, value in rows:
        for code, axis in zip(key, axes, strict=True):
            if code not in axis:
                raise LabelError(f"{name}: {code!r} is not in the sets of VFOB")
        array[tuple(axis[code] for code, axis in zip(key, axes, strict=True))] = value
    return array


def _check(
    header: dict[str, Array], commodities: tuple[str, ...], regions: tuple[str, ...]
) -> None:
    by_use = header["VMFB"].sum(axis=1) + sum(header[f"VM{use}B"] for use in "PGI")
    pairs = (
        ("imports by use", by_use, "by origin", header["VMSB"].sum(axis=1), _TOLERANCE),
        (
            "imports cif",
            header["VCIF"].sum(axis=1),
            "fob with freight",
            (header["VFOB"] + header["VTWR"].sum(axis=0)).sum(axis=1),
            _CIF_TOLERANCE,
        ),
    )
    for left_name, left, right_name, right, tolerance in pairs:
        gap = np.abs(left - right)
        over = gap > tolerance * np.maximum(np.maximum(left, right), 1.0)
        if over.any():
            c, r = np.unravel_index(int(np.argmax(np.where(over, gap, 0.0))), gap.shape)
            raise DataError(
                f"{commodities[c]} in {regions[r]}: {left_name} are {left[c, r]:.6f}, {right_name} "
                f"{right[c, r]:.6f} USD million (a gap of {gap[c, r]:.6g})"
            )
    supplied, wanted = header["VST"].sum(axis=1), header["VTWR"].sum(axis=(1, 2, 3))
    gap = np.abs(supplied - wanted)
    if (gap > _CIF_TOLERANCE * np.maximum(supplied, 1.0)).any():
        m = int(np.argmax(gap))
        raise DataError(
            f"freight {commodities[m]}: {supplied[m]:.6f} is supplied, {wanted[m]:.6f} is used "
            f"(a gap of {gap[m]:.6g} USD million)"
        )
