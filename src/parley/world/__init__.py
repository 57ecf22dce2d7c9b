"""World: a balanced baseline of economies by sectors, with duties and elasticities.

Takes input-output tables, tariffs and elasticities; gives a frozen `World`. Knows no policy.
"""

from parley.world._attributes import attribute
from parley.world._base_duties import BASE_DUTIES_YEAR
from parley.world._bundle import load, names, save
from parley.world._choke import ChokePoint, carve, choke_point, choke_points
from parley.world._elasticities import Elasticities
from parley.world._mrio import from_table
from parley.world._papers import (
    caliendo_parro_2015,
    ossa_2014,
    ossa_2014_noncooperative,
    ossa_2014_weights,
)
from parley.world._parties import economies_of, party_notes
from parley.world._published import published
from parley.world._read_gtap import read_gtap
from parley.world._read_icio import read_icio
from parley.world._read_long import read_duties, read_long, sectors_of
from parley.world._read_trade import read_trade
from parley.world._read_wiod import read_wiod_2013, read_wiod_2016
from parley.world._reshape import aggregate, balanced, services_mask, with_tariff
from parley.world._shares import from_shares
from parley.world._world import World

__all__ = [
    "BASE_DUTIES_YEAR",
    "ChokePoint",
    "Elasticities",
    "World",
    "aggregate",
    "attribute",
    "balanced",
    "caliendo_parro_2015",
    "carve",
    "choke_point",
    "choke_points",
    "economies_of",
    "from_shares",
    "from_table",
    "load",
    "names",
    "ossa_2014",
    "ossa_2014_noncooperative",
    "ossa_2014_weights",
    "party_notes",
    "published",
    "read_duties",
    "read_gtap",
    "read_icio",
    "read_long",
    "read_trade",
    "read_wiod_2013",
    "read_wiod_2016",
    "save",
    "sectors_of",
    "services_mask",
    "with_tariff",
]
