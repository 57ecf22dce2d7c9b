"""Equilibrium: who gains and loses from a policy, and by how much. Opens no file."""

from __future__ import annotations

from parley.equilibrium._attribute import Attribution as Attribution
from parley.equilibrium._attribute import attribute as attribute
from parley.equilibrium._attribute import attribute_along_path as attribute_along_path
from parley.equilibrium._base import CLOSURES as CLOSURES
from parley.equilibrium._base import Closure as Closure
from parley.equilibrium._base import Model as Model
from parley.equilibrium._decompose import Diversion as Diversion
from parley.equilibrium._decompose import FirstOrder as FirstOrder
from parley.equilibrium._decompose import first_order as first_order
from parley.equilibrium._decompose import real_gdp_hat as real_gdp_hat
from parley.equilibrium._decompose import trade_diverted as trade_diverted
from parley.equilibrium._draws import Draws as Draws
from parley.equilibrium._draws import PolicyDraws as PolicyDraws
from parley.equilibrium._draws import Spread as Spread
from parley.equilibrium._draws import draws as draws
from parley.equilibrium._fixedpoint import Anderson as Anderson
from parley.equilibrium._gradient import OBJECTIVES as OBJECTIVES
from parley.equilibrium._gradient import Objective as Objective
from parley.equilibrium._gradient import gradient as gradient
from parley.equilibrium._gradient import gradients as gradients
from parley.equilibrium._gradient import tangent as tangent
from parley.equilibrium._instruments import Gradient as Gradient
from parley.equilibrium._outcome import NUMERAIRE as NUMERAIRE
from parley.equilibrium._outcome import Outcome as Outcome
from parley.equilibrium._policy import Policy as Policy
from parley.equilibrium._policy import Use as Use
from parley.equilibrium._read_scenario import read_scenario as read_scenario
from parley.equilibrium._scenario import FromRecord as FromRecord
from parley.equilibrium._scenario import Horizon as Horizon
from parley.equilibrium._scenario import Row as Row
from parley.equilibrium._scenario import Scenario as Scenario
from parley.equilibrium._scenario import scenario_elasticities as scenario_elasticities
from parley.equilibrium._scenario import scenario_neighbours as scenario_neighbours
from parley.equilibrium._scenario import scenario_policy as scenario_policy
from parley.equilibrium._scenario import scenario_world as scenario_world
from parley.equilibrium._solve import balanced as balanced
from parley.equilibrium._solve import relinearised as relinearised
from parley.equilibrium._solve import solve as solve
from parley.equilibrium._uncertainty import Uncertainty as Uncertainty
from parley.equilibrium._uncertainty import draw_elasticities as draw_elasticities
