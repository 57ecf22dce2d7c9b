"""The `World` that every counterfactual starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.typing import Array, Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Elasticities:
    """A named set of published elasticities, with standard errors and their sources.

    All are data of a `World`; a draw is another `Elasticities` with the same names.
    """

    name: str  # "long", "short", "draw 17 of long"
    trade: Array  # epsilon by sector, positive: sigma - 1 in Armington models; shape (sector,)
    trade_se: Array  # standard errors of `trade`, zero where none is published; shape (sector,)
    value_added: Array  # eta by sector: value added against the input bundle; 1 is Cobb-Douglas
    inputs: Array  # theta by sector: among inputs; 1 is Cobb-Douglas
    scale: Array  # psi by sector: fall of unit cost with the quantity of the input bundle
    demand: float = 1.0  # across sectors in final demand; 1 is Cobb-Douglas
    labour_supply: float = 0.0  # phi: elasticity of labour to the real wage
    labour_mobile: bool = True  # False: labour is specific to its sector
    sources: tuple[str, ...] = ()  # one line for each number's paper and table


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A balanced base year: flows, inputs, value added, duties and elasticities.

    Flows are in current USD million at the exporter's price before duty, axes (importer,
    exporter, sector). A buyer pays `flow * (1 + tariff)`. Accounts close for every economy and
    sector: output = sales = inputs at duty-paid prices + value added.
    """

    name: str
    year: int
    economies: tuple[str, ...]  # ISO 3166 alpha-3, "ROW" for the rest of the world
    sectors: tuple[str, ...]
    sector_titles: tuple[str, ...]
    final: Array  # bought for final use; shape (importer, exporter, sector)
    intermediate: Array  # bought as input, summed over users; same shape
    input_use: Array  # duty-paid value of input k used by sector s; (economy, input k, user s)
    value_added: Array  # residual after duty-paid inputs; shape (economy, sector)
    tariff: Array  # base-year ad valorem duty, fraction of the exporter's price; flows' shape
    tariff_known: Mask  # True where `tariff` has a source; False cells hold zero; flows' shape
    trade_deficit: Array  # imports minus exports at prices before duty; shape (economy,)
    elasticities: Elasticities  # of the `long` horizon
    elasticities_short: Elasticities
    source: str  # the citation that the publisher asks for
    licence: str
    notes: tuple[str, ...] = ()  # what a reader of a result must be told: disclaimers, gaps
    content_hash: str = ""  # SHA-256 over all labels and numbers
