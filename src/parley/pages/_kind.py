"""What a file holds, told from its bytes; its name is never asked.

References
----------
WHATWG, MIME Sniffing standard, section 7.1 (how HTML begins) and section 6 (signatures).
"""

from __future__ import annotations

import codecs
import re

# The first bytes of files that people save by mistake where they meant a page.
_SIGNATURES = {
    b"\xff\xd8\xff": "a JPEG image",
    b"\x89PNG\r\n\x1a\n": "a PNG image",
    b"GIF8": "a GIF image",
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a ZIP archive (or an office document)",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old office document",
    b"SQLite format 3\x00": "an SQLite database",
    b"\x7fELF": "a program",
    b"{\\rtf": "an RTF document",
    b"WARC/1.": "a WARC archive",
}
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_HEAD = 4096
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.01  # scraped text has a stray control character here and there; binaries abound
_HTML = re.compile(
    r"\s*(<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(!doctype\s+html|(html|head|body|title|meta|link|script|"
    r"style|iframe|article|main|section|div|table|font|h[1-6]|p|a|b|br)[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_OPEN_COMMENT = re.compile(r"\s*<!--")
_FEED = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(rss|feed|rdf:rdf)[\s>]", re.IGNORECASE | re.DOTALL
)


def not_a_page(content: bytes) -> str:
    """Return what `content` is when it is neither HTML nor text, and "" when it is a page."""
    for signature, words in _SIGNATURES.items():
        if content.startswith(signature):
            return words
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "a WebP image"
    if _FEED.match(_head(content)):
        return "a feed (RSS or Atom), which lists pages"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    sample = content[: 16 * _HEAD]
    if b"\x00" in sample or len(_CONTROLS.findall(sample)) > _MOST_CONTROLS * len(sample):
        return "binary data"
    return ""


def media_type(content: bytes) -> str:
    """Return ``"text/html"`` or ``"text/plain"``.

    Examples
    --------
    >>> media_type(b"<!DOCTYPE html><title>Talks</title>"), media_type(b"Talks < 3 days away")
    ('text/html', 'text/plain')
    """
    head = _head(content)
    return "text/html" if _HTML.match(head) or _OPEN_COMMENT.match(head) else "text/plain"


def _head(content: bytes) -> str:
    """Return the first characters; what cannot be decoded matters for none of the patterns."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return content[len(mark) : len(mark) + _HEAD].decode(encoding, errors="replace")
    return content[:_HEAD].decode("latin-1")
