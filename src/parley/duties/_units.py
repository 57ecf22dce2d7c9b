"""The partner units of the trade data, and the check that each is counted once."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parley.duties._lists import DATA
from parley.errors import DataError, InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A partner in the trade data: a country, or a bloc that counts as one."""

    code: str
    census_code: str
    name: str
    within: str = ""  # the bloc whose figures contain this unit's


@cache
def units() -> tuple[Unit, ...]:
    """Return all units, blocs and their members."""
    with (DATA / "units.csv").open(encoding="utf-8") as file:
        return tuple(Unit(**row) for row in csv.DictReader(line for line in file if line[0] != "#"))


def unit(code: str) -> Unit:
    """Return the unit of a party code.

    Raises
    ------
    InputError
        When the trade data hold no such partner.
    """
    for one in units():
        if one.code == code:
            return one
    known = ", ".join(one.code for one in units())
    raise InputError(f"the trade data have no partner {code!r}; they have {known}")


def check_units(codes: Iterable[str], *, counted_apart: Collection[str] = ()) -> None:
    """Stop when a total of these units would count one twice.

    Raises
    ------
    DataError
        When a unit stands there twice, or a member beside the bloc that contains it.
    """
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise DataError(f"{unit(code).name} ({code}) is in the total twice")
        seen.add(code)
    for code in sorted(seen - set(counted_apart)):
        bloc = unit(code).within
        if bloc in seen:
            raise DataError(
                f"{unit(code).name} ({code}) is in the total by itself and inside "
                f"{unit(bloc).name} ({bloc}); leave one out"
            )
