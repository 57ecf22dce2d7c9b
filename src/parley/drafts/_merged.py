"""One record per measure, however often the page repeats it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.drafts._candidates import COMPARED, GROUP, Candidate
from parley.drafts._carried_imposers import with_imposers

if TYPE_CHECKING:
    from collections.abc import Sequence

_EMPTY_WORDS = frozenset(
    "goods imports products exports all most some other certain any good import export its the of "
    "and from to on in articles items sending foreign made billion million trillion worth value "
    "annually these those such anti dumping subsidy countervailing safeguard reciprocal "
    "retaliatory "
    "punitive section duty duties tariff tariffs tax rate rates additional extra new "
    "separate".split()
)


def merged(
    candidates: Sequence[Candidate],
    pair: Sequence[str],
    home: Sequence[str] = (),
    bloc: Sequence[str] = (),
) -> list[Candidate]:
    """Return the measures of a page, each once, stated where the page states it best."""
    known = [_with_bloc(one, bloc) for one in with_imposers(candidates, pair, home)]
    ranked = sorted(known, key=lambda one: (-_rank(one), one.span[0]))
    kept: list[Candidate] = []
    for one in ranked:
        for at in range(max(0, len(kept) - COMPARED), len(kept)):
            if same_measure(one, kept[at]):
                kept[at] = _filled(kept[at], one)
                break
        else:
            kept.append(one)
    return sorted(kept, key=lambda one: one.span[0])


def _with_bloc(one: Candidate, bloc: Sequence[str]) -> Candidate:
    """Add the European Union where a measure hits goods of its members from outside."""
    if not set(one.targets) & set(bloc) or set(one.imposer) & {*bloc, "EUU"}:
        return one
    return replace(one, targets=tuple(sorted({*one.targets, "EUU"})))


def _rank(one: Candidate) -> float:
    body = 0.0 if one.sentence.kind == "body" else -0.3
    return one.strength + body + 0.1 * bool(one.targets) + 0.1 * bool(one.product)


def same_measure(one: Candidate, other: Candidate) -> bool:
    """Whether two places in the text speak of the same measure."""
    if GROUP.get(one.kind, one.kind) != GROUP.get(other.kind, other.kind):
        return False
    if not set(one.imposer) & set(other.imposer):
        return False
    suspension = one.kind != other.kind and "tariff_suspension" in (one.kind, other.kind)
    if suspension and min(one.strength, other.strength) >= 0.7:
        return False
    if one.targets and other.targets and not set(one.targets) & set(other.targets):
        return False
    if one.rate is not None and other.rate is not None and one.rate != other.rate:
        return False
    if _lends_rate(one, other) or _lends_rate(other, one):
        return False
    return _products_meet(one.product, other.product)


def _lends_rate(one: Candidate, other: Candidate) -> bool:
    """Whether `one` would lend its rate to a measure that only a guess makes the same."""
    if one.rate is None or other.rate is not None or not one.carried:
        return False
    if one.sentence.paragraph == other.sentence.paragraph:
        return False
    return not product_words(one.product) & product_words(other.product)


def _products_meet(one: str, other: str) -> bool:
    a, b = product_words(one), product_words(other)
    return not a or not b or bool(a & b)


def product_words(product: str) -> set[str]:
    """Return the words that tell one product from another.

    Examples
    --------
    >>> sorted(product_words("all imports of steel"))
    ['steel']
    """
    words = {
        w[:-1] if len(w) > 3 and w.endswith("s") else w
        for w in re.findall(r"[a-z]{3,}", product.lower())
    }
    if "metal" in words:
        words |= {"steel", "aluminum", "aluminium"}
    return words - _EMPTY_WORDS - {w[:-1] for w in _EMPTY_WORDS}


def _filled(best: Candidate, other: Candidate) -> Candidate:
    return replace(
        best,
        targets=best.targets or other.targets,
        rate=best.rate if best.rate is not None else other.rate,
        span=best.span if best.rate is not None or other.rate is None else other.span,
        sentence=best.sentence if best.rate is not None or other.rate is None else other.sentence,
    )
