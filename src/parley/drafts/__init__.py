"""Drafts: proposed facts, each with the exact words that say it. Knows nothing of storage."""
