"""Read the numeric arrays of a MATLAB file, version 5, little-endian."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from parley.typing import Array

_COMPRESSED, _MATRIX = 15, 14
_NUMBERS = {1: "i1", 2: "u1", 3: "<i2", 4: "<u2", 5: "<i4", 6: "<u4", 7: "<f4", 9: "<f8"}
_NUMERIC_CLASSES = range(6, 14)  # double to uint32
_HEADER = 128


def read_mat(path: Path) -> dict[str, Array]:
    """Return the real numeric arrays of a file by name; text and cells are passed over.

    Raises
    ------
    DataError
        When the file is not a MATLAB file of version 5 in little-endian order.

    References
    ----------
    MathWorks, "MAT-File Format", chapter 1, level 5.
    """
    content = path.read_bytes()
    if content[126:128] != b"IM":
        raise DataError(f"{path}: not a little-endian MATLAB file of version 5")
    arrays = {}
    for kind, element in _elements(content[_HEADER:]):
        inner = (
            next(_elements(zlib.decompress(element))) if kind == _COMPRESSED else (kind, element)
        )
        named = _array(inner[1]) if inner[0] == _MATRIX else None
        if named is not None:
            arrays[named[0]] = named[1]
    return arrays


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the type and the data of each element; data are padded to eight bytes."""
    at = 0
    while at + 8 <= len(content):
        kind, size = struct.unpack_from("<II", content, at)
        if kind >> 16:  # a small element: size and data share the first eight bytes
            yield kind & 0xFFFF, content[at + 4 : at + 4 + (kind >> 16)]
            at += 8
            continue
        yield kind, content[at + 8 : at + 8 + size]
        at += 8 + size + (0 if kind == _COMPRESSED else -size % 8)


def _array(matrix: bytes) -> tuple[str, Array] | None:
    parts = _elements(matrix)
    flags = next(parts)[1]
    if flags[0] not in _NUMERIC_CLASSES:
        return None
    shape = np.frombuffer(next(parts)[1], "<i4")
    name = next(parts)[1].decode("ascii")
    kind, data = next(parts)
    values = np.frombuffer(data, _NUMBERS[kind]).astype(np.float64)
    return name, np.ascontiguousarray(values.reshape(shape, order="F"))
