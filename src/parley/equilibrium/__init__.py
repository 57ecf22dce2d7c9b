"""Equilibrium: who gains and loses from a policy, and by how much. Opens no file."""
