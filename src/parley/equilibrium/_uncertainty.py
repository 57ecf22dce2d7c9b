"""What a draw changes: elasticities, base duties and the closure, and how they go together."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._base import CLOSURES
from parley.errors import InputError

if TYPE_CHECKING:
    from parley.equilibrium._base import Closure
    from parley.world import Elasticities, World

STRUCTURE = ("value_added", "inputs", "demand", "scale", "labour_supply")
_DUTIES = 1  # keeps the stream of base duties and closures apart from that of elasticities


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """What is drawn beside the trade elasticities, whose standard errors the world holds.

    No standard errors are published for the others, so each is drawn only when you say how wide:
    the standard deviation of its logarithm, around the value that the world has as its mean.
    Zero leaves it where it is.

    Parameters
    ----------
    value_added, inputs, demand
        Of eta (value added against inputs), theta (among inputs), and the elasticity of demand
        across sectors. All sectors move together.
    scale, labour_supply
        Of psi (scale economies) and phi (labour supply).
    base_duty
        Of the base duties that are not zero; one factor for each importer.
    closures
        Drawn with equal chance; () keeps the one asked for.
    correlation
        Between 0 and 1: of the logarithms of all elasticities that are drawn, through one common
        factor. Base duties and closures are independent of them and of each other.
    """

    value_added: float = 0.0
    inputs: float = 0.0
    demand: float = 0.0
    scale: float = 0.0
    labour_supply: float = 0.0
    base_duty: float = 0.0
    closures: tuple[Closure, ...] = ()
    correlation: float = 0.0

    def __post_init__(self) -> None:
        for name in (*STRUCTURE, "base_duty"):
            width = getattr(self, name)
            if not (np.isfinite(width) and width >= 0.0):
                raise InputError(
                    f"uncertainty: {name} is {width}; it must be the standard deviation of a "
                    "logarithm, 0.3 for about 30 per cent"
                )
        for closure in self.closures:
            if closure not in CLOSURES:
                raise InputError(f"uncertainty: closure {closure!r} is not one of {CLOSURES}")
        if not 0.0 <= self.correlation <= 1.0:
            raise InputError(f"uncertainty: correlation {self.correlation} is not in [0, 1]")

    @property
    def words(self) -> str:
        """What is drawn, in one line for the reader of an interval."""
        widths = [
            f"{one.name.replace('_', ' ')} (log standard deviation {getattr(self, one.name):g})"
            for one in fields(self)
            if one.name in (*STRUCTURE, "base_duty") and getattr(self, one.name) > 0.0
        ]
        drawn = ["trade elasticities (published standard errors)", *widths]
        if self.closures:
            drawn.append(f"closure ({', '.join(self.closures)})")
        together = (
            f"correlation {self.correlation:g} among elasticities"
            if self.correlation
            else "independent but for sectors that rest on one estimate"
        )
        return f"{', '.join(drawn)}; {together}"


def draw_elasticities(
    elasticities: Elasticities, *, seed: int, number: int, uncertainty: Uncertainty | None = None
) -> Elasticities:
    """Return draw `number` of the elasticities, the same for a seed on every machine.

    Raises
    ------
    InputError
        When an elasticity is to be drawn that is zero in this set.
    """
    how = uncertainty or Uncertainty()
    widths = {name: getattr(how, name) for name in STRUCTURE if getattr(how, name) > 0.0}
    for name in widths:
        if not np.any(np.asarray(getattr(elasticities, name)) > 0.0):
            raise InputError(
                f"uncertainty: {name} is zero in the elasticities {elasticities.name!r}, so that "
                "there is nothing to draw around; give it a value, or leave it out"
            )
    drawn = elasticities.draw(
        np.random.default_rng((seed, number)), correlation=how.correlation, structure=widths
    )
    return replace(drawn, name=f"draw {number} of {elasticities.name}")


def draw_base(
    world: World, closure: Closure, *, seed: int, number: int, uncertainty: Uncertainty
) -> tuple[World, Closure]:
    """Return the base year and the closure of draw `number`."""
    rng = np.random.default_rng((seed, number, _DUTIES))
    if uncertainty.closures:
        closure = uncertainty.closures[int(rng.integers(len(uncertainty.closures)))]
    if uncertainty.base_duty > 0.0:
        width = uncertainty.base_duty
        factor = np.exp(width * rng.standard_normal(len(world.economies)) - width**2 / 2)
        tariff = world.tariff * factor[:, None, None]
        world = world.with_tariff(tariff, known=world.tariff_known)
    return world, closure
