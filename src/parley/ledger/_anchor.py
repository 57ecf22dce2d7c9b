"""Passages: words tied to a text by their place and by what stands around them.

After W3C Web Annotation: a text-position selector finds the words in the text that was captured,
a text-quote selector finds them again in a later one.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from parley.errors import LedgerError

if TYPE_CHECKING:
    from parley.records import Span


def anchor(span: Span, text: str) -> Span:
    """Return `span` where its words stand in `text`.

    In the text of the capture that is its own place. In another text the words must stand once,
    or once with the same words before and after them.

    Raises
    ------
    LedgerError
        When the words are not there, or stand at several places alike.
    """
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if digest == span.text_sha256:
        if text[span.start : span.end] != span.exact:
            raise LedgerError(f"the passage {span.exact[:60]!r} does not stand at {span.start}")
        return span
    places = _places(span.exact, text)
    if len(places) > 1:
        around = [at for at in places if _fits(span, text, at)]
        places = around or places
    if len(places) != 1:
        found = "not in the text" if not places else f"{len(places)} times in the text"
        raise LedgerError(f"the passage {span.exact[:60]!r} stands {found}; choose its place")
    start = places[0]
    end = start + len(span.exact)
    return replace(
        span,
        text_sha256=digest,
        start=start,
        end=end,
        prefix=text[max(0, start - len(span.prefix)) : start],
        suffix=text[end : end + len(span.suffix)],
    )


def _places(words: str, text: str) -> list[int]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _fits(span: Span, text: str, at: int) -> bool:
    return text[:at].endswith(span.prefix) and text[at + len(span.exact) :].startswith(span.suffix)
