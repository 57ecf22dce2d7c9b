"""World: a balanced baseline of economies by sectors, with duties and elasticities.

Takes input-output tables, tariffs and elasticities; gives a frozen `World`. Knows no policy.
"""

from parley.world._attributes import attribute
from parley.world._bundle import load, names, save
from parley.world._elasticities import Elasticities
from parley.world._mrio import from_table
from parley.world._parties import economies_of, party_notes
from parley.world._published import published
from parley.world._reshape import aggregate, balanced, services_mask, with_tariff
from parley.world._world import World

__all__ = [
    "Elasticities",
    "World",
    "aggregate",
    "attribute",
    "balanced",
    "economies_of",
    "from_table",
    "load",
    "names",
    "party_notes",
    "published",
    "save",
    "services_mask",
    "with_tariff",
]
