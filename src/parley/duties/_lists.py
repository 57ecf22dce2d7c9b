"""Product lists: which codes stand in which list, and sets made of lists.

A list is named by its id (`s232_steel`) or by id and qualifier (`s301_china/9903.88.01`). The
codes are prefixes of HTS numbers with 2 to 10 digits. `lists.toml` holds the size that each list
must have, and sets: all of some lists but those of others.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.errors import DataError, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parley.typing import Mask

DATA = files("parley.duties") / "data"
EDITION = "HTS 2024"
ALL = "all"
Codes = dict[str, frozenset[str]]


def read_parquet(name: str) -> dict[str, np.ndarray[Any, Any]]:
    """Return the columns of a Parquet file that ships."""
    import duckdb

    with as_file(DATA / name) as path, duckdb.connect() as connection:
        table = connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchnumpy()
    return {name: np.asarray(column) for name, column in table.items()}


@cache
def definitions() -> dict[str, Any]:  # Any: values of TOML
    """Return `lists.toml`: the asserted sizes and the sets."""
    return tomllib.loads((DATA / "lists.toml").read_text(encoding="utf-8"))


@cache
def codes() -> Codes:
    """Return the codes of every list, by id and by id and qualifier.

    Raises
    ------
    DataError
        When a list has another size than `lists.toml` asserts, or none is asserted.
    """
    table = read_parquet("product_lists.parquet")
    found: dict[str, set[str]] = {}
    for name, qualifier, code in zip(
        table["list"].tolist(), table["qualifier"].tolist(), table["code"].tolist(), strict=True
    ):
        found.setdefault(name, set()).add(code)
        if qualifier:
            found.setdefault(f"{name}/{qualifier}", set()).add(code)
    for prefix in definitions()["prefixes"]:
        found[f"hs:{prefix}"] = {prefix}
    listed = {name: frozenset(members) for name, members in found.items()}
    check_sizes(listed, definitions()["sizes"])
    return listed


def check_sizes(listed: Mapping[str, frozenset[str]], sizes: Mapping[str, int]) -> None:
    """Stop unless every list has as many codes as was asserted when it was taken in."""
    names = {name for name in listed if "/" not in name and not name.startswith("hs:")}
    for name in sorted(names | sizes.keys()):
        held = len(listed.get(name, ()))
        if held != sizes.get(name):
            raise DataError(
                f"product list {name} has {held} codes, {sizes.get(name)} are asserted in "
                "lists.toml; take the list in again from its source"
            )


def elementary() -> tuple[str, ...]:
    """Return the names of the lists that a product is on or not: the smallest parts."""
    qualified = {name.split("/")[0] for name in codes() if "/" in name}
    return tuple(sorted(name for name in codes() if name not in qualified))


def is_on(name: str, code: str) -> bool:
    """Return whether the HTS number `code` (digits alone) is on the list `name`."""
    members = codes()[name]
    return any(code[:digits] in members for digits in (2, 4, 6, 8, 10))


def covered(name: str, memberships: Mapping[str, Mask], count: int) -> Mask:
    """Return which of `count` products belong to a list or set, given those of the small lists.

    Raises
    ------
    InputError
        When there is no list or set of that name.
    """
    if name in ("", ALL):
        return np.ones(count, dtype=bool)
    if name in memberships:
        return memberships[name]
    sets = definitions()["sets"]
    if name in sets:
        members = _union(sets[name].get("any", [ALL]), memberships, count)
        return members & ~_union(sets[name].get("but", []), memberships, count)
    parts = [part for part in memberships if part.startswith(f"{name}/")]
    if not parts:
        raise InputError(f"there is no product list {name!r} in parley/duties/data")
    return _union(parts, memberships, count)


def _union(names: Sequence[str], memberships: Mapping[str, Mask], count: int) -> Mask:
    found = np.zeros(count, dtype=bool)
    for name in names:
        found |= covered(name, memberships, count)
    return found
