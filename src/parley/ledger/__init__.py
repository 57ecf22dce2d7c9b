"""Ledger: the sourced record, on any date, as known on any date. Knows no economics."""

from parley.ledger._ledger import Ledger
from parley.ledger._match import Compared, Match

__all__ = ["Compared", "Ledger", "Match"]
