"""The rate and the goods of a measure as its clause states them: basis, rate before, HS codes."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from parley.records import Rate, RateBasis, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parley.drafts._candidates import Candidate
    from parley.drafts._document import Document
    from parley.vocabulary import Mention

_PERCENT = r"\s?-?(?:%|per\s?cent|percent|pct)"
_NEAR = 50  # characters on either side of a rate that say what it is
_ADDED = re.compile(
    r"\b(?:additional|extra|further|another|on top of|added|surcharges?|surtax(?:es)?)\b", re.I
)
_WHOLE = re.compile(
    r"\b(?:total|combined|overall|effective|cumulative|altogether|all[- ]in|in all)\b", re.I
)
_REPLACES = re.compile(
    r"\b(?:rais|increas|hik|cut|lower|reduc|slash|doubl|tripl|lift|drop|bring|rise|climb)\w*\b"
    r"[^.;]{0,60}\bto\s+(?:about\s+|just\s+|only\s+)?$",
    re.I,
)
_BEFORE_IT = re.compile(
    rf"\bfrom\s+(?:the\s+)?(?:current\s+|about\s+|an?\s+)?(\d+(?:\.\d+)?)(?:{_PERCENT}|\s+to\b)",
    re.I,
)
_LEFT_OUT = re.compile(
    r"\b(?:except(?:ing)?(?:\s+for)?|excluding|other\s+than|with\s+the\s+exception\s+of)\s+"
    r"(?P<what>[^.,;:()]{2,60})",
    re.I,
)
_CODES = re.compile(
    r"\b(?P<list>HS|HTSUS|HTS|headings?|subheadings?|tariff (?:codes?|lines?|items?)|chapters?)\s*"
    r"(?P<year>20\d\d)?\s*(?:codes?\s+|chapters?\s+|headings?\s+)?"
    r"(?P<code>\d{2,4}(?:\.\d{2}){0,3}|\d{6,10})\b"
)


def rate_of(document: Document, one: Candidate) -> Rate:
    """Return the rate of a measure, added or whole as its words have it, and the one before."""
    if one.rate is None:
        return Rate()
    found = _place(document, one)
    before = document.text[max(one.span[0], found[0] - 2 * _NEAR) : found[0]]
    after = document.text[found[1] : min(one.span[1], found[1] + _NEAR)]
    former = _BEFORE_IT.search(before + "@" + after)
    previous = float(former[1]) / 100 if former and float(former[1]) != one.rate else None
    return Rate(
        kind="ad_valorem",
        ad_valorem=one.rate / 100,
        basis=_basis(before, after, points=one.points),
        previous=previous,
    )


def _basis(before: str, after: str, *, points: bool) -> RateBasis:
    near = f"{before[-_NEAR:]} {after}"
    added, whole = _ADDED.search(near), _WHOLE.search(near)
    if bool(added or points) == bool(whole):
        return "total" if _REPLACES.search(before) and not (added or points) else "unknown"
    return "total" if whole else "additional"


def _place(document: Document, one: Candidate) -> tuple[int, int]:
    """Return where the rate stands in its clause; the clause where its digits are not found."""
    pattern = rf"(?<![\d.,]){re.escape(f'{one.rate:g}')}(?:\.0+)?{_PERCENT}"
    found = re.compile(pattern, re.I).search(document.text, *one.span)
    return found.span() if found else one.span


def scope_of_words(document: Document, one: Candidate) -> Scope:
    """Return the goods of a measure in its words, with the HS codes that the page or these give.

    Codes that the page prints are taken as they are; else those of the vocabulary's products among
    the words are proposed.
    """
    stated = list(_CODES.finditer(document.text, *one.span))
    if stated:
        codes = tuple(dict.fromkeys(found["code"].replace(".", "") for found in stated))
        return Scope(words=one.product, hs=codes, hs_edition=_edition(stated[0]))
    left_out = _LEFT_OUT.search(document.text, *one.span)
    words = one.product
    if left_out is not None and left_out["what"].strip() not in words:
        words = f"{words}, excluding {' '.join(left_out['what'].split())}".lstrip(", ")
    products = list(_products(document, *one.span))
    out = [m for m in products if left_out and left_out.start() <= m.start < left_out.end()]
    named = one.product.lower()
    meant = [m for m in products if m not in out and _said(document, m) in named]
    hs = tuple(dict.fromkeys(code for m in meant for code in m.hs))
    if not hs:
        return Scope(words=words)
    return Scope(
        words=words,
        hs=hs,
        hs_edition=meant[0].hs_edition,
        exclusions=_narrower(hs, (code for m in out for code in m.hs)),
        proposed=True,
    )


def _narrower(hs: tuple[str, ...], codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes that lie inside `hs`; what the vocabulary cannot tell apart stays words."""
    inside = (code for code in codes if code not in hs and code.startswith(hs))
    return tuple(dict.fromkeys(inside))


def _edition(found: re.Match[str]) -> str:
    return f"{found['list'][:3].strip()}{found['year']}" if found["year"] else ""


def _said(document: Document, mention: Mention) -> str:
    return " ".join(document.text[mention.start : mention.end].replace("-", " ").lower().split())


def _products(document: Document, start: int, end: int) -> Iterator[Mention]:
    at = bisect_left(document.mentions, start, key=lambda mention: mention.start)
    while at < len(document.mentions) and document.mentions[at].start < end:
        if document.mentions[at].kind == "product":
            yield document.mentions[at]
        at += 1
