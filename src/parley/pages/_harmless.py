"""Text of a page made harmless to show: it may not steer a terminal or turn its line around."""

from __future__ import annotations

import unicodedata

SHOWN_INSTEAD = "\N{REPLACEMENT CHARACTER}"
_KEPT = frozenset("\n\t")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def harmless(text: str) -> str:
    r"""Return `text` with control characters shown as such and without marks of direction.

    Examples
    --------
    >>> harmless("rates \x1b[2J fall") == "rates \ufffd[2J fall"
    True
    """
    return "".join(
        character
        if character in _KEPT or unicodedata.category(character) not in ("Cc", "Cs")
        else SHOWN_INSTEAD
        for character in text
        if character not in _TURNING
    )
