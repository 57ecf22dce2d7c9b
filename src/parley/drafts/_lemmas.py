"""Dictionary forms of English verbs and nouns: exceptions and known words, then suffix rules.

The word lists are drawn from the treebanks and the generated clauses by `scripts/train_parser`.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

RESOURCE = "lemmas-en.json"
VERB_TAGS = frozenset(("VBZ", "VBD", "VBN", "VBG", "VBP", "VB", "MD"))
_SHORT = re.compile("[^aeiou]+[aeiouy][^aeiouwxy]")  # else its consonant would be doubled
_LOST_E = tuple("c v u iz at dg rg ng bl rs os as is rad mot ibut stitut".split())


@cache
def _table() -> tuple[dict[str, dict[str, str]], dict[str, frozenset[str]]]:
    """Return the exceptions by word class and the known dictionary forms by word class."""
    text = files("parley.drafts").joinpath("resources", RESOURCE).read_text(encoding="utf-8")
    stored = json.loads(text)
    return stored["exceptions"], {kind: frozenset(words) for kind, words in stored["known"].items()}


def lemma(lower: str, tag: str) -> str:
    """Return the dictionary form of a lower-case word with its Penn tag.

    Verbs and plural nouns are reduced; every other word is its own form.

    Examples
    --------
    >>> lemma("imposed", "VBD"), lemma("cut", "VBN"), lemma("duties", "NNS"), lemma("steel", "NN")
    ('impose', 'cut', 'duty', 'steel')
    """
    lower = lower.replace("’", "'")
    kind = "verb" if tag in VERB_TAGS else "noun" if tag in ("NNS", "NNPS") else ""
    if not kind:
        return lower
    exceptions, known = _table()
    if lower in exceptions[kind]:
        return exceptions[kind][lower]
    return by_rule(lower, tag, known[kind])


def by_rule(lower: str, tag: str, known: frozenset[str]) -> str:
    """Return the first candidate that is a known word, or else the likeliest by its letters."""
    if tag in ("VBZ", "NNS", "NNPS"):
        candidates = _without_s(lower)
    elif tag in ("VBD", "VBN"):
        candidates = _without_ending(lower, "ed")
    elif tag == "VBG":
        candidates = _without_ending(lower, "ing")
    else:
        return lower
    return next((each for each in candidates if each in known), candidates[0])


def _without_s(lower: str) -> list[str]:
    if lower.endswith("ies") and len(lower) > 4:
        return [lower[:-3] + "y", lower[:-1]]
    if lower.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return [lower[:-2], lower[:-1]]
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
        return [lower[:-1], lower[:-2]]
    return [lower]


def _without_ending(lower: str, ending: str) -> list[str]:
    """Return the stems of "imposed", "dropped", "applied", "raising", the likeliest first."""
    if not lower.endswith(ending) or len(lower) < len(ending) + 2:
        return [lower]
    stem = lower[: -len(ending)]
    if ending == "ed" and stem.endswith("i"):
        return [stem[:-1] + "y", stem + "e", stem]
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiousf"
    if doubled and not stem.endswith("ll"):
        return [stem[:-1], stem]
    if _wants_e(stem):
        return [stem + "e", stem]
    return [stem, stem + "e", *([stem[:-1]] if doubled else [])]


def _wants_e(stem: str) -> bool:
    """Tell whether a stem looks as if it had lost an "e": "impos", "hik", "retaliat"."""
    if _SHORT.fullmatch(stem):
        return True
    return stem.endswith(_LOST_E) and not stem.endswith(("eat", "oat"))
