"""Names for types that many stations use. Loads no library at run time."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]
    """Float64 array; the docstring that uses it gives its axes and unit."""
    Mask: TypeAlias = NDArray[np.bool_]
    """Boolean array."""
    Index: TypeAlias = NDArray[np.intp]
    """Array of positions."""

Party: TypeAlias = str
"""ISO 3166 alpha-3 code, or ``EUU`` for the European Union."""
