"""Duties: what is charged on what, on any date. Knows no world and no equilibrium."""

from __future__ import annotations

from parley.duties._build import build as build
