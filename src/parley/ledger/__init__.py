"""Ledger: the sourced record, on any date, as known on any date. Knows no economics."""

from parley.ledger._anchor import anchor
from parley.ledger._facts import Fact, Question, fact_of, facts, questions_for
from parley.ledger._files import line_schema
from parley.ledger._ledger import Ledger
from parley.ledger._match import Compared, Match
from parley.ledger._questions import Expiry, Promise, Reach, Talk

__all__ = [
    "Compared",
    "Expiry",
    "Fact",
    "Ledger",
    "Match",
    "Promise",
    "Question",
    "Reach",
    "Talk",
    "anchor",
    "fact_of",
    "facts",
    "line_schema",
    "questions_for",
]
