"""What the user may choose for one brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from parley.errors import InputError

if TYPE_CHECKING:
    from datetime import date

Horizon: TypeAlias = Literal["long", "short"]
LEAST_DRAWS = 20  # below that, the ends of a 90 % interval rest on a single draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Dates of the record, the assumption if any, and how to compute."""

    on: date | None = None  # default: the day of publication
    known: date | None = None  # default: the same day as `on`
    assume: str = ""  # a draft_id
    world: str = "g20-2019"
    horizon: Horizon = "long"
    draws: int = 200
    seed: int = 20250609
    level: float = 0.90
    lag_years: float = 1.0
    workers: int = 1

    def __post_init__(self) -> None:
        if self.draws < LEAST_DRAWS:
            raise InputError(
                f"--draws {self.draws}: an interval needs at least {LEAST_DRAWS} draws"
            )
