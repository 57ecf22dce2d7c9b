"""Near-duplicate texts: one story on forty sites is one witness.

A text is signed by MinHash over its shingles of words (Broder 1997); texts whose signatures share
a band are compared, and those that agree in most of it belong to one group.
"""

from __future__ import annotations

import hashlib
import re
import struct
from importlib.metadata import version
from typing import TYPE_CHECKING

import sqlalchemy as sa

from parley.ledger import _schema as t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parley.ledger._database import Activity
    from parley.records import Article

_WORDS = 3  # in a shingle
_PERMUTATIONS = 128
_ROWS = 4  # of a band: 32 bands find 99 % of the pairs that share 60 % of their shingles
_SEED = 1
ALIKE = 0.6
"""Estimated share of common shingles from which two texts count as one story."""


def body(article: Article) -> str:
    """Return the text of an article without its furniture."""
    parts = [
        article.text[paragraph.start : paragraph.end]
        for paragraph in article.paragraphs
        if paragraph.kind != "furniture"
    ]
    return "\n".join(parts) or article.text


def signature(text: str) -> tuple[int, ...]:
    """Return the MinHash signature of a text, 128 numbers below 2**32."""
    from rensa import RMinHash  # type: ignore[import-untyped]  # it ships no types

    words = re.findall(r"\w+", text.lower())
    shingles = {" ".join(words[at : at + _WORDS]) for at in range(max(1, len(words) - _WORDS + 1))}
    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    minhash.update(sorted(shingles))
    return tuple(minhash.digest())


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the estimated share of shingles that two signed texts have in common."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def group_of(activity: Activity, signed: tuple[int, ...]) -> str | None:
    """Return the witness of the most similar text in the ledger, None when none is alike."""
    found: dict[str, float] = {}
    for band, key in enumerate(_keys(signed)):
        query = (
            sa.select(t.sources.c.witness, t.signatures.c.digest)
            .join(t.bands, t.bands.c.source_id == t.sources.c.source_id)
            .join(t.signatures, t.signatures.c.source_id == t.sources.c.source_id)
            .where(t.bands.c.band == band, t.bands.c.key == key)
        )
        for row in activity.connection.execute(query):
            found[row.witness] = max(
                found.get(row.witness, 0.0), likeness(signed, _unpack(row.digest))
            )
    best = max(found, key=lambda witness: found[witness], default=None)
    return best if best is not None and found[best] >= ALIKE else None


def write_signature(activity: Activity, source_id: str, signed: tuple[int, ...]) -> None:
    """Store the signature of a source, for the texts that come after it."""
    activity.connection.execute(
        t.signatures.insert().values(
            source_id=source_id, digest=struct.pack(f"<{len(signed)}I", *signed)
        )
    )
    rows = [
        {"source_id": source_id, "band": band, "key": key} for band, key in enumerate(_keys(signed))
    ]
    activity.connection.execute(t.bands.insert(), rows)


def _keys(signed: tuple[int, ...]) -> Iterator[str]:
    """Yield a key for each band; signatures of another method never share one."""
    method = f"rensa {version('rensa').rsplit('.', 1)[0]}"
    for at in range(0, len(signed), _ROWS):
        band = struct.pack(f"<{_ROWS}I", *signed[at : at + _ROWS])
        yield hashlib.sha256(method.encode() + band).hexdigest()[:16]


def _unpack(digest: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(digest) // 4}I", digest)
