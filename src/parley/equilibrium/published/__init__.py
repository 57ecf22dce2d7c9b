"""Published papers as compositions of the public variants: worlds, policies, tables."""

from __future__ import annotations

from parley.equilibrium.published._bands import bands as bands
from parley.equilibrium.published._caliendo_parro import caliendo_parro as caliendo_parro
from parley.equilibrium.published._cell import Cell as Cell
from parley.equilibrium.published._liberation_day import liberation_day as liberation_day
from parley.equilibrium.published._liberation_day import liberation_day_map as liberation_day_map
from parley.equilibrium.published._liberation_day import roundabout_optimum as roundabout_optimum
from parley.equilibrium.published._ossa import OSSA_MODEL as OSSA_MODEL
from parley.equilibrium.published._ossa import REGIONS as REGIONS
from parley.equilibrium.published._ossa import ossa as ossa
