"""World: a balanced baseline of economies by sectors, with duties and elasticities.

Takes input-output tables, tariffs and elasticities; gives a frozen `World`. Knows no policy.
"""

from parley.world._world import Elasticities, World

__all__ = ["Elasticities", "World"]
