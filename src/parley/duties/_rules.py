"""Read stacking rules, shares and groups of partners: `stacking.toml`, or a file like it."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

from parley.duties._lists import DATA
from parley.duties._stacking import Rule, Share, Stacking
from parley.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def shipped_stacking() -> Stacking:
    """Return the rules and shares that ship."""
    return read_stacking(tomllib.loads((DATA / "stacking.toml").read_text(encoding="utf-8")))


@cache
def groups() -> dict[str, frozenset[str]]:
    """Return the groups of partners by name."""
    content = tomllib.loads((DATA / "stacking.toml").read_text(encoding="utf-8"))
    return {name: frozenset(codes) for name, codes in content["group"].items()}


def read_stacking(content: Mapping[str, Any]) -> Stacking:  # Any: values of TOML
    """Return the rules and shares of a parsed file; `from` and `until` bound them, half-open."""
    return Stacking(
        rules=tuple(Rule(**_values(Rule, row)) for row in content.get("rule", ())),
        shares=tuple(Share(**_values(Share, row)) for row in content.get("share", ())),
    )


def _values(kind: type[Rule | Share], row: Mapping[str, Any]) -> dict[str, Any]:
    values = {
        {"from": "start", "until": "end"}.get(name, name): (
            tuple(value) if isinstance(value, list) else value
        )
        for name, value in row.items()
    }
    unknown = values.keys() - {field.name for field in fields(kind)}
    if unknown:
        raise InputError(f"{kind.__name__} has no field {min(unknown)!r} in {dict(row)}")
    return values
