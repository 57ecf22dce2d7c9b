"""Duties: what is charged on what, on any date. Knows no world and no equilibrium."""
