"""Talks: what the sides could agree on and whether it would hold. Knows no pages."""
