"""Duties: what is charged on what, on any date. Knows no world and no equilibrium."""

from __future__ import annotations

from parley.duties._acts import require_covered as require_covered
from parley.duties._build import build as build
from parley.duties._build import unmatched as unmatched
from parley.duties._entry import EntryDuty as EntryDuty
from parley.duties._entry import Line as Line
from parley.duties._entry import entry as entry
from parley.duties._headline import LABEL as LABEL
from parley.duties._headline import Headline as Headline
from parley.duties._headline import headline as headline
from parley.duties._labelled import labelled as labelled
from parley.duties._rates import BASE as BASE
from parley.duties._rates import Duties as Duties
from parley.duties._rates import on as on
from parley.duties._series import series as series
from parley.duties._table import table as table
