"""Vocabulary: parties, offices, bodies and product words, as dated data with sources."""

from parley.vocabulary._load import load
from parley.vocabulary._mentions import Mention, MentionKind
from parley.vocabulary._tables import COLUMNS as TABLES
from parley.vocabulary._tables import Holding, Membership, PartyRow, Person
from parley.vocabulary._user import add, table
from parley.vocabulary._vocabulary import Vocabulary

__all__ = [
    "TABLES",
    "Holding",
    "Membership",
    "Mention",
    "MentionKind",
    "PartyRow",
    "Person",
    "Vocabulary",
    "add",
    "load",
    "table",
]
