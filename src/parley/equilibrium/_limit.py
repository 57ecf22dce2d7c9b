"""A limit on flows as a policy states it: how much may pass, and who earns from the shortage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict, get_args

import numpy as np

from parley.errors import InputError

if TYPE_CHECKING:
    from parley.typing import Mask

Deflator: TypeAlias = Literal["numeraire", "importer_prices"]
"""What amounts of money follow: world factor income, or the importer's consumer prices."""
DEFLATORS: tuple[Deflator, ...] = get_args(Deflator)


class Size(TypedDict, total=False):
    """How much may pass; exactly one of the first three."""

    share: float | None  # of the base-year flow
    volume_usd_mn: float | None  # base-period units: the value at base prices
    value_usd_mn: float | None  # customs value
    deflator: Deflator  # of `value_usd_mn`


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Limit:
    """A limit on one flow or on a set of flows taken together.

    `volume_usd_mn` counts base-period units: the value that the flow would have at base prices.
    `value_usd_mn` counts customs value, the price at the border before duty, in money of
    `deflator`. The shadow price of the limit is an ad valorem wedge, at most `ceiling` (infinite
    for a cap, the gap between the two duties for a tariff-rate quota); its rent goes to `rent`.
    """

    name: str
    cells: Mask = field(repr=False)  # shape (use, importer, exporter, sector)
    rent: str  # "importer", "exporter", "wasted", or the economy that holds the licences
    share: float | None = None  # of the base-year flow, by volume
    volume_usd_mn: float | None = None
    value_usd_mn: float | None = None
    deflator: Deflator = "numeraire"
    ceiling: float = np.inf  # greatest log wedge

    def __post_init__(self) -> None:
        stated = [
            size for size in (self.share, self.volume_usd_mn, self.value_usd_mn) if size is not None
        ]
        if len(stated) != 1:
            raise InputError(
                f"limit {self.name}: give one of share, volume_usd_mn and value_usd_mn"
            )
        if not (np.isfinite(stated[0]) and stated[0] > 0.0):
            raise InputError(
                f"limit {self.name}: {stated[0]:g} is not a positive size; use ban() for none"
            )
        check_deflator(f"limit {self.name}", self.deflator)


def check_deflator(where: str, deflator: str) -> None:
    """Raise `InputError` for a deflator that does not exist."""
    if deflator not in DEFLATORS:
        raise InputError(f"{where}: deflator {deflator!r} is not one of {', '.join(DEFLATORS)}")
