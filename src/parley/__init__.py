"""Parley: from a press page on trade talks to a sourced, computed brief."""

from __future__ import annotations

__version__ = "0.1.0"
