"""Drafts: proposed facts, each with the exact words that say it. Knows nothing of storage."""

from parley.drafts._annotation import annotation
from parley.drafts._read import Engine, Reading, read, reading, relevant
from parley.drafts._sentences import Sentence, split

__all__ = ["Engine", "Reading", "Sentence", "annotation", "read", "reading", "relevant", "split"]
