"""Find phrases of a word list in a text, longest first, in one pass over its words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

P = TypeVar("P")

# A word, or an abbreviation with points ("U.S.", "E.U", "J.D.").
WORD = re.compile(r"(?:[A-Z]\.){2,}(?:[A-Z]\b)?|[A-Z](?:\.[A-Z])+\b|[^\W_]+")

_JOINERS = str.maketrans(
    dict.fromkeys("-‐‑‒–—_/", " ") | dict.fromkeys("'’‘`´.,", "") | {"&": " and "}
)


@lru_cache(maxsize=1 << 16)
def fold(phrase: str) -> str:
    """Return `phrase` without points, apostrophes, accents and runs of spaces; case is kept.

    Examples
    --------
    >>> fold("U.S.-Mexico"), fold("São  Tomé")
    ('US Mexico', 'Sao Tome')
    """
    if not phrase.isascii():
        decomposed = unicodedata.normalize("NFKD", phrase.replace("ø", "o").replace("ł", "l"))
        phrase = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(phrase.translate(_JOINERS).split())


class Lexicon(Generic[P]):
    """Phrases with what they stand for; `cased` phrases match only in their own case.

    Words in capitals throughout ("CHINA") also match a cased phrase of more than three letters.
    """

    def __init__(self, entries: Iterable[tuple[str, P]], *, cased: bool) -> None:
        self._cased = cased
        self._by_first: dict[str, dict[str, P]] = {}
        self._lengths: dict[str, list[int]] = {}
        for phrase, payload in entries:
            self._add(phrase, payload)

    def _add(self, phrase: str, payload: P) -> None:
        words = WORD.findall(phrase)
        if not words:
            return
        first, whole = self._key(words[0]), self._key(phrase)
        self._by_first.setdefault(first, {})[whole] = payload
        lengths = self._lengths.setdefault(first, [])
        if len(words) not in lengths:
            lengths.append(len(words))
            lengths.sort(reverse=True)

    def _key(self, phrase: str) -> str:
        folded = fold(phrase)
        return folded if self._cased else folded.casefold()

    def find(self, text: str, words: Sequence[re.Match[str]]) -> Iterator[tuple[int, int, P]]:
        """Yield (start, end, payload) for each phrase in `text`; matches do not overlap.

        Parameters
        ----------
        words
            The matches of `WORD` in `text`, in order.
        """
        index, count = 0, len(words)
        while index < count:
            found = self._at(text, words, index)
            if found is None:
                index += 1
                continue
            length, payload = found
            yield words[index].start(), words[index + length - 1].end(), payload
            index += length

    def _at(self, text: str, words: Sequence[re.Match[str]], index: int) -> tuple[int, P] | None:
        word = words[index].group()
        for first in self._readings(word):
            for length in self._lengths.get(first, ()):
                if index + length > len(words):
                    continue
                exact = text[words[index].start() : words[index + length - 1].end()]
                if "\n\n" in exact:
                    continue
                key = self._key(exact)
                if first != self._key(word):
                    key = key.title()
                payload = self._by_first[first].get(key)
                if payload is not None:
                    return length, payload
        return None

    def _readings(self, word: str) -> tuple[str, ...]:
        key = self._key(word)
        if self._cased and len(word) > 3 and word.isupper():
            return (key, key.title())
        return (key,)
