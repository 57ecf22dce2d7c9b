"""Take a page from a file or from standard input."""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from parley.errors import InputError, PageError
from parley.pages._kind import media_type, not_a_page
from parley.records import Page

if TYPE_CHECKING:
    from datetime import datetime

STANDARD_INPUT = "-"
_log = logging.getLogger(__name__)
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
_MEGABYTE = 1_000_000


def read(address: str | Path, *, limit_bytes: int, retrieved: datetime | None = None) -> Page:
    """Return the page that lies at `address`, byte for byte.

    Parameters
    ----------
    address
        The path of a file, or ``"-"`` for standard input. Nothing is fetched from the net.
    limit_bytes
        Largest page that is taken (the setting ``page_limit_mb``).
    retrieved
        When the page was taken from its publisher, with a time zone; None when not known.

    Raises
    ------
    PageError
        When there is nothing there, or it is a folder, empty, over the limit, or neither HTML
        nor text.
    InputError
        When `retrieved` has no time zone.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "page.html")
    ...     _ = path.write_text("<title>Talks</title>", encoding="utf-8")
    ...     read(path, limit_bytes=1000).media_type
    'text/html'
    """
    if retrieved is not None and retrieved.tzinfo is None:
        raise InputError(f"{address}: the time of retrieval, {retrieved}, has no time zone")
    content = _take(str(address), limit_bytes)
    if not content.strip():
        raise PageError(f"{address}: the page is empty")
    if words := not_a_page(content):
        raise PageError(
            f"{address}: this is {words}, not a page. Parley reads HTML and plain text; "
            "save the page as HTML, or its text as a .txt file"
        )
    page = Page(
        address=str(address),
        content=content,
        media_type=media_type(content),
        retrieved=retrieved,
    )
    _log.info("%s: %d bytes of %s, sha256 %s", address, len(content), page.media_type, page.sha256)
    return page


def _take(address: str, limit_bytes: int) -> bytes:
    if address == STANDARD_INPUT:
        _log.info("reading standard input")
        return _read_up_to(sys.stdin.buffer, address, limit_bytes)
    if _ADDRESS.match(address):
        raise PageError(
            f"{address}: Parley does not fetch pages from the net. Save the page in your browser "
            "and give the file"
        )
    path = Path(address).expanduser()
    if path.is_dir():
        raise PageError(f"{address}: this is a folder; give one file in it")
    try:
        with path.open("rb") as stream:
            return _read_up_to(stream, address, limit_bytes)
    except FileNotFoundError as error:
        raise PageError(
            f"{address}: there is no such file (looked in {path.absolute().parent})"
        ) from error
    except OSError as error:
        raise PageError(f"{address}: cannot be opened: {error.strerror}") from error


def _read_up_to(stream: BinaryIO, address: str, limit_bytes: int) -> bytes:
    content = stream.read(limit_bytes + 1)
    if len(content) > limit_bytes:
        found = max(len(content), _size(stream))
        raise PageError(
            f"{address}: {found / _MEGABYTE:.2f} MB is over the limit of "
            f"{limit_bytes / _MEGABYTE:g} MB; if this is really one page, raise the setting "
            "page_limit_mb"
        )
    return content


def _size(stream: BinaryIO) -> int:
    return stream.seek(0, 2) if stream.seekable() else 0
