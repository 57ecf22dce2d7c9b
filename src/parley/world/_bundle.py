"""Worlds in files: one uncompressed `.npz` with arrays and a JSON header."""

from __future__ import annotations

import json
import logging
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.errors import DataError, InputError
from parley.world._elasticities import Elasticities
from parley.world._world import World

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_log = logging.getLogger(__name__)

FORMAT = "parley-world/1"
_ARRAYS = ("final", "intermediate", "input_use", "value_added", "tariff")
_HEADER = ("name", "year", "economies", "sectors", "sector_titles", "goods", "source", "licence")
_ELASTICITY_ARRAYS = ("trade", "trade_se", "value_added", "inputs", "scale")
_ELASTICITY_REST = ("name", "demand", "labour_supply", "labour_mobile", "estimates", "sources")


def names() -> tuple[str, ...]:
    """Return the names of the worlds that ship with Parley."""
    return tuple(
        sorted(
            entry.name.removesuffix(".npz")
            for entry in _shipped().iterdir()
            if entry.name.endswith(".npz")
        )
    )


def load(name: str | Path, *, bilateral: int | None = None) -> World:
    """Return a shipped world by name, or a world from a bundle that `save` wrote.

    Parameters
    ----------
    name
        One of `names()`, or a path.
    bilateral
        Year whose partners goods trade takes, where a shipped world has that variant:
        ``load("g20-detail", bilateral=2023)``.

    Raises
    ------
    InputError
        When no shipped world has the name or the variant and no such file exists.
    DataError
        When the file is no bundle or its content does not match its hash.

    Examples
    --------
    >>> load("g20-2019").economies[:3]
    ('ARG', 'AUS', 'BRA')
    """
    if bilateral is not None:
        name = f"{name}-bilateral-{bilateral}"
    shipped = _shipped() / f"{name}.npz"
    if isinstance(name, str) and shipped.is_file():
        with resources.as_file(shipped) as path:
            return _read(path)
    path = Path(name)
    if not path.is_file():
        raise InputError(
            f"no world {str(name)!r}: the shipped ones are {', '.join(names())}; "
            f"a path must lead to a .npz that `parley world build` wrote"
        )
    return _read(path)


def save(world: World, path: Path) -> None:
    """Write a world to `path` as a bundle that `load` reads."""
    header: dict[str, Any] = {name: getattr(world, name) for name in _HEADER}
    header |= {"format": FORMAT, "notes": world.notes, "content_hash": world.content_hash}
    for field in ("elasticities", "elasticities_short"):
        horizon = getattr(world, field)
        header[field] = {name: getattr(horizon, name).tolist() for name in _ELASTICITY_ARRAYS}
        header[field] |= {name: getattr(horizon, name) for name in _ELASTICITY_REST}
    arrays = {name: getattr(world, name) for name in _ARRAYS}
    arrays["tariff_known"] = world.tariff_known
    text = json.dumps(header, ensure_ascii=False, sort_keys=True).encode("utf-8")
    with path.open("wb") as file:
        np.savez(file, header=np.frombuffer(text, dtype=np.uint8), **arrays)


def _shipped() -> Traversable:
    return resources.files("parley.world") / "data"


def _read(path: Path) -> World:
    _log.info("world from %s", path)
    try:
        with np.load(path, allow_pickle=False) as bundle:
            header = json.loads(bundle["header"].tobytes())
            arrays = {name: bundle[name] for name in (*_ARRAYS, "tariff_known")}
    except (ValueError, KeyError, OSError) as error:
        raise DataError(f"{path}: not a world bundle ({error})") from error
    if header.get("format") != FORMAT:
        raise DataError(f"{path}: format {header.get('format')!r}, expected {FORMAT!r}")
    flows = arrays["final"] + arrays["intermediate"]
    world = World(
        **arrays,
        **{name: _tupled(header[name]) for name in (*_HEADER, "notes")},
        trade_deficit=flows.sum(axis=(1, 2)) - flows.sum(axis=(0, 2)),
        elasticities=_horizon(header["elasticities"]),
        elasticities_short=_horizon(header["elasticities_short"]),
    )
    if world.content_hash != header["content_hash"]:
        raise DataError(
            f"{path}: content hash {world.content_hash[:12]} differs from the stored "
            f"{header['content_hash'][:12]}; the file was changed, build it again"
        )
    return world


def _horizon(fields: dict[str, Any]) -> Elasticities:
    values: dict[str, Any] = {name: np.array(fields[name]) for name in _ELASTICITY_ARRAYS}
    values |= {name: _tupled(fields[name]) for name in _ELASTICITY_REST}
    return Elasticities(**values)


def _tupled(value: Any) -> Any:  # noqa: ANN401 - a JSON value
    return tuple(value) if isinstance(value, list) else value
