"""Vocabulary: parties, offices, bodies and product words, as dated data with sources."""

from parley.vocabulary._mentions import Mention, MentionKind
from parley.vocabulary._tables import Holding, PartyRow, Person
from parley.vocabulary._vocabulary import Vocabulary, load

__all__ = ["Holding", "Mention", "MentionKind", "PartyRow", "Person", "Vocabulary", "load"]
