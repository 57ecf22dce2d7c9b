"""Talks: what the sides could agree on and whether it would hold. Knows no pages."""

from __future__ import annotations

from parley.talks._bargain import RULES as RULES
from parley.talks._bargain import RuleName as RuleName
from parley.talks._bargain import equal_gains as equal_gains
from parley.talks._bargain import gains_over as gains_over
from parley.talks._bargain import kalai_smorodinsky as kalai_smorodinsky
from parley.talks._bargain import nash_product as nash_product
from parley.talks._concessions import Concession as Concession
from parley.talks._concessions import concessions as concessions
from parley.talks._cooperate import Cooperation as Cooperation
from parley.talks._cooperate import cooperate as cooperate
from parley.talks._holding import Holding as Holding
from parley.talks._holding import Verdict as Verdict
from parley.talks._holding import holds as holds
from parley.talks._instrument import Instrument as Instrument
from parley.talks._instrument import InstrumentKind as InstrumentKind
from parley.talks._keeping import Temptation as Temptation
from parley.talks._keeping import temptations as temptations
from parley.talks._objective import Objective as Objective
from parley.talks._objective import WeightedIncome as WeightedIncome
from parley.talks._objective import Welfare as Welfare
from parley.talks._ossa import ossa_tables as ossa_tables
from parley.talks._respond import STARTS as STARTS
from parley.talks._respond import Optimum as Optimum
from parley.talks._respond import Response as Response
from parley.talks._respond import best_response as best_response
from parley.talks._revealed import Revealed as Revealed
from parley.talks._revealed import revealed_weights as revealed_weights
from parley.talks._search import Search as Search
from parley.talks._search import search as search
from parley.talks._settle import Bargain as Bargain
from parley.talks._settle import Breach as Breach
from parley.talks._settle import PaidDeal as PaidDeal
from parley.talks._settle import bargain as bargain
from parley.talks._settle import best_breach as best_breach
from parley.talks._settle import holding as holding
from parley.talks._settle import paid as paid
from parley.talks._table import Deal as Deal
from parley.talks._table import Payoff as Payoff
from parley.talks._table import Table as Table
from parley.talks._war import WAR_STARTS as WAR_STARTS
from parley.talks._war import War as War
from parley.talks._war import Wars as Wars
from parley.talks._war import deviations as deviations
from parley.talks._war import nash as nash
