"""Published elasticities of a `World`, with standard errors, and draws from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parley.typing import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Elasticities:
    """A named set of published elasticities, with standard errors and their sources.

    All are data of a `World`; a draw is another `Elasticities` with the same names.
    """

    name: str  # "long", "short", "draw of long"
    trade: Array  # epsilon by sector, positive: sigma - 1 in Armington models; shape (sector,)
    trade_se: Array  # standard errors of `trade`, zero where none is published; shape (sector,)
    value_added: Array  # eta by sector: value added against the input bundle; 1 is Cobb-Douglas
    inputs: Array  # theta by sector: among inputs; 1 is Cobb-Douglas
    scale: Array  # psi by sector: fall of unit cost with the quantity of the input bundle
    demand: float = 1.0  # across sectors in final demand; 1 is Cobb-Douglas
    labour_supply: float = 0.0  # phi: elasticity of labour to the real wage
    labour_mobile: bool = True  # False: labour is specific to its sector
    estimates: tuple[str, ...] = ()  # by sector, the estimate that `trade` is; () is one each
    sources: tuple[str, ...] = ()  # one line for each number's paper and table

    def __post_init__(self) -> None:
        for name in ("trade", "trade_se", "value_added", "inputs", "scale"):
            array = np.array(getattr(self, name), dtype=np.float64)
            array.setflags(write=False)
            object.__setattr__(self, name, array)
            if array.shape != self.trade.shape or array.ndim != 1:
                raise DataError(
                    f"elasticities {self.name!r}: {name} has shape {array.shape}, "
                    f"expected {self.trade.shape} (one number per sector)"
                )
            if not np.isfinite(array).all() or (array < 0).any():
                raise DataError(
                    f"elasticities {self.name!r}: {name} holds a negative number or NaN "
                    f"in sector {int(np.argmax(~(array >= 0)))} (counted from 0)"
                )
        if (self.trade == 0).any():
            raise DataError(f"elasticities {self.name!r}: a trade elasticity is zero")
        if self.estimates and len(self.estimates) != self.trade.size:
            raise DataError(
                f"elasticities {self.name!r}: {len(self.estimates)} estimates are named "
                f"for {self.trade.size} sectors"
            )

    def draw(
        self,
        rng: np.random.Generator,
        *,
        correlation: float = 0.0,
        structure: Mapping[str, float] | None = None,
    ) -> Elasticities:
        """Return one draw of the trade elasticities from their published sampling errors.

        Each estimate is lognormal with its published value as mean and its published standard
        error as standard deviation, so that every draw is positive. Sectors that rest on one
        estimate (`estimates`) take one draw together; estimates of different regressions are
        independent unless `correlation` says otherwise.

        Parameters
        ----------
        rng
            Seeded generator; one standard normal is taken for the common factor and one for
            each estimate, whatever `correlation` is.
        correlation
            Correlation of the log elasticities across estimates, through one common factor;
            between 0 and 1.
        structure
            Standard deviation of the logarithm of "value_added", "inputs", "demand", "scale" or
            "labour_supply", for which no sampling errors are published; each is lognormal around
            its value, all sectors together, and shares the common factor.

        Examples
        --------
        >>> base = Elasticities(name="long", trade=[4.0, 4.0], trade_se=[0.5, 0.0],
        ...     value_added=[1, 1], inputs=[1, 1], scale=[0, 0])
        >>> base.draw(np.random.default_rng(1)).trade.round(3)
        array([4.397, 4.   ])
        """
        if not 0.0 <= correlation <= 1.0:
            raise DataError(f"correlation {correlation} is not between 0 and 1")
        labels = self.estimates or tuple(str(sector) for sector in range(self.trade.size))
        first_seen = {label: place for place, label in enumerate(dict.fromkeys(labels))}
        place = np.array([first_seen[label] for label in labels])
        common = rng.standard_normal()
        own = rng.standard_normal(len(first_seen))[place]
        normal = np.sqrt(correlation) * common + np.sqrt(1.0 - correlation) * own
        log_variance = np.log1p((self.trade_se / self.trade) ** 2)
        trade = self.trade * np.exp(np.sqrt(log_variance) * normal - log_variance / 2)
        others = {}
        for name, width in (structure or {}).items():
            one = np.sqrt(correlation) * common + np.sqrt(1.0 - correlation) * rng.standard_normal()
            others[name] = getattr(self, name) * float(np.exp(width * one - width**2 / 2))
        return replace(self, name=f"draw of {self.name}", trade=trade, **others)

    def take(self, weights: Array) -> Elasticities:
        """Return the set for groups of sectors, each a weighted mean of its members.

        Parameters
        ----------
        weights
            Shape (new sector, sector), rows sum to one. Standard errors are those of the
            weighted mean of independent estimates; members of one estimate add up linearly.
        """
        labels = self.estimates or tuple(str(sector) for sector in range(self.trade.size))
        same = np.array([[float(a == b) for b in labels] for a in labels])
        errors = weights * self.trade_se
        variance = np.einsum("gs,st,gt->g", errors, same, errors)
        return replace(
            self,
            trade=weights @ self.trade,
            trade_se=np.sqrt(variance),
            value_added=weights @ self.value_added,
            inputs=weights @ self.inputs,
            scale=weights @ self.scale,
            estimates=tuple(
                "+".join(dict.fromkeys(np.array(labels)[row > 0].tolist())) for row in weights
            ),
        )
