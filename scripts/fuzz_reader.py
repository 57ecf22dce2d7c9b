"""Feed the reader with mutated bytes, guided by which code they reach.

    python scripts/fuzz_reader.py [-max_total_time=60] [FOLDER of pages to begin with]

Needs ``pip install atheris`` (Linux and macOS, an Apache-2.0 library by Google; no dependency of
Parley). The options are those of libFuzzer. A page is HTML where its first byte is even, else plain
text. Whatever the bytes are, the reader gives an article whose paragraphs and evidence are pieces
of its text, or says that it cannot read the page; anything else stops the run and is kept beside
it as ``crash-…``.
"""

from __future__ import annotations

import sys
from datetime import date

import atheris

with atheris.instrument_imports(include=["parley.articles", "parley.drafts"]):
    from parley import articles, drafts

from parley.errors import PageError
from parley.records import Page

LEAD = b"China and the U.S. will hold trade talks on tariffs of 25%.\n\n"


def check(content: bytes) -> None:
    """Read a page twice as it came and once below a lead on trade; raise where a law breaks."""
    media_type = "text/plain" if content[:1] and content[0] % 2 else "text/html"
    for whole in (content, LEAD + content):
        try:
            article = articles.read(
                Page(address="fuzz", content=whole, media_type=media_type),
                published=date(2025, 6, 6),
            )
        except PageError:
            continue
        ends = 0
        for paragraph in article.paragraphs:
            assert ends <= paragraph.start < paragraph.end <= len(article.text), paragraph
            ends = paragraph.end
        found = drafts.read(article)
        for draft in found:
            for span in draft.evidence:
                assert article.text[span.start : span.end] == span.exact, draft
                assert 0 < len(span.exact) <= 200, draft
        drafts.annotation(article, found)


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
