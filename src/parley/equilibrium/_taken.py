"""What duties take between buyer and producer, kept apart where few buyers pay any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from parley.typing import Array, Mask

_FEW = 0.25  # of all rows: with more of them taxed a product with all of `net` is faster
_LARGE = 150_000  # cells of a kernel, from where reading it is what costs


class Taken:
    """``gross - net`` by the rows (sector, buyer) in which it is not zero.

    Products with `net` are those with `gross` less what these rows give, so an iteration reads one
    large kernel instead of two.
    """

    def __init__(self, rows: Mask, gross: Array, net: Array) -> None:
        self._sector, self._buyer = np.nonzero(rows)
        self._rows = gross[self._sector, self._buyer] - net[self._sector, self._buyer]
        self._by_sector = (np.arange(len(rows))[:, None] == self._sector).astype(np.float64)

    def reached(self, bought: Array, values: Array) -> Array:
        """Return ``net @ values``, given ``bought = gross @ values``; a batch axis may follow."""
        left = bought.copy()
        taken = np.einsum("kn,kn...->k...", self._rows, values[self._sector])
        left[self._sector, self._buyer] -= taken
        return left

    def pulled(self, pull: Array, values: Array) -> Array:
        """Return ``net.T @ values``, given ``pull = gross.T @ values``."""
        taken = np.einsum("kn,k...->kn...", self._rows, values[self._sector, self._buyer])
        left: Array = pull - np.tensordot(self._by_sector, taken, 1)
        return left


def taken(rows: Mask, gross: Array, net: Array) -> Taken | None:
    """Return what duties take where `rows` pay any, or None where keeping it does not pay."""
    return Taken(rows, gross, net) if gross.size > _LARGE and rows.mean() < _FEW else None
