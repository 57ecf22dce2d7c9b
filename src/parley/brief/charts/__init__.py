"""Charts: one function each, from plain values of a brief to a Vega-Lite spec with its words."""

from __future__ import annotations

from parley.brief.charts._chart import Chart as Chart
from parley.brief.charts._duties import duties_over_time as duties_over_time
from parley.brief.charts._files import check_file as check_file
from parley.brief.charts._files import save as save
from parley.brief.charts._frontier import frontier_map as frontier_map
from parley.brief.charts._income import real_income as real_income
from parley.brief.charts._lags import holding_lags as holding_lags
from parley.brief.charts._payoffs import payoff_map as payoff_map
from parley.brief.charts._slopes import concession_slopes as concession_slopes
