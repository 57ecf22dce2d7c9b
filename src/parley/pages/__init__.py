"""Pages: files as they were taken, with address, times and sha256. Knows no language."""

from __future__ import annotations

from parley.pages._harmless import harmless
from parley.pages._read import read

__all__ = ["harmless", "read"]
