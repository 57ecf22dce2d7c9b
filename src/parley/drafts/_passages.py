"""A stretch of a sentence, with its words and the characters that serve as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._document import Document, Sentence
    from parley.drafts._items import Item

EVIDENCE = 200  # characters at most


@dataclass(frozen=True, slots=True)
class Passage:
    """The items from `start` until before `end` of a sentence."""

    document: Document
    sentence: Sentence
    start: int
    end: int

    @property
    def items(self) -> Sequence[Item]:
        """The items of the whole sentence."""
        return self.sentence.items

    @property
    def offsets(self) -> tuple[int, int]:
        """The characters of the passage."""
        items = self.items
        return items[self.start].start, items[min(self.end, len(items)) - 1].end

    @property
    def words(self) -> str:
        """The words of the passage, at most 140 characters."""
        first, last = self.offsets
        return " ".join(self.document.text[first:last].split())[:140]

    @property
    def evidence(self) -> tuple[int, int]:
        """The sentence, or 200 characters of it around the passage."""
        sentence = self.sentence
        if sentence.end - sentence.start <= EVIDENCE:
            return sentence.start, sentence.end
        return widened(self.document.text, sentence, *self.offsets)


def widened(text: str, sentence: Sentence, low: int, high: int) -> tuple[int, int]:
    """Return the span widened or cut to at most 200 characters of its sentence, between words.

    Where no blank parts the words, it is cut inside one.
    """
    low, high = max(low, sentence.start), min(high, sentence.end)
    if high - low > EVIDENCE:
        high = low + EVIDENCE
    else:
        low = max(sentence.start, high - EVIDENCE)
        high = min(sentence.end, low + EVIDENCE)
    if low > sentence.start and text[low - 1] != " ":
        low = text.find(" ", low, high) + 1 or low
    if high < sentence.end and text[high] != " ":
        blank = text.rfind(" ", low, high)
        high = blank if blank > low else high
    return low, high
