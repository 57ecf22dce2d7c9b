"""Vocabulary: parties, offices, bodies and product words, as dated data with sources."""
