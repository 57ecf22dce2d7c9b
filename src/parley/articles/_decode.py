"""Turn a page's bytes into text, and say how when it was not plain UTF-8."""

from __future__ import annotations

import codecs
import re

from parley.errors import PageError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})|encoding="([^"]{2,40})\""""
)
_HEAD = 4096
_FALLBACK = "windows-1252"  # what browsers assume for pages that declare nothing


def decode(content: bytes, *, address: str) -> tuple[str, tuple[str, ...]]:
    r"""Return the text of a page and notes on how it was decoded (none for UTF-8).

    Tried in this order: byte order mark, UTF-8, the charset that the page declares,
    windows-1252. Line ends become ``\n``.

    Raises
    ------
    PageError
        When no reading fits the bytes.

    Examples
    --------
    >>> decode("Malmstr\u00f6m".encode("latin-1"), address="page")[0]
    'Malmström'
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = _strict(content[len(mark) :], encoding)
            if text is None:
                raise PageError(
                    f"{address}: starts with the mark of {encoding} but is not valid {encoding}; "
                    "save it again as UTF-8"
                )
            return _lines(text), () if encoding == "utf-8" else (f"decoded as {encoding}",)
    for encoding, why in _candidates(content):
        text = _strict(content, encoding)
        if text is not None:
            return _lines(text), (f"decoded as {encoding}, {why}",) if why else ()
    raise PageError(
        f"{address}: not UTF-8, nor the charset that it declares, nor {_FALLBACK}; "
        "save it again as UTF-8"
    )


def _candidates(content: bytes) -> list[tuple[str, str]]:
    found = [("utf-8", "")]
    declared = _DECLARED.search(content[:_HEAD])
    if declared:
        name = (declared[1] or declared[2]).decode("ascii", "replace").lower()
        # The WHATWG names: a page that says latin-1 means windows-1252.
        if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
            name = _FALLBACK
        found.append((name, "as the page declares"))
    found.append((_FALLBACK, "because it is not UTF-8 and declares nothing that fits"))
    return found


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            return None
        return content.decode(encoding)
    except (LookupError, UnicodeError):
        return None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
