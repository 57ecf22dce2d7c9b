"""Drafts: proposed facts, each with the exact words that say it. Knows nothing of storage."""

from parley.drafts._annotation import annotation
from parley.drafts._read import Engine, Reading, read, reading, relevant

__all__ = ["Engine", "Reading", "annotation", "read", "reading", "relevant"]
