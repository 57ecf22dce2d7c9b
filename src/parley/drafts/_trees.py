"""The trees of a page's sentences, token by token beside the items of the reader.

The names of a sentence are masked by plain ones before it is parsed: titles, unknown names and
datelines are what a small parser stumbles over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.drafts._parser import Parse, Token, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._document import Document, Sentence
    from parley.drafts._items import Item

_LONGEST = 700  # characters of a sentence that is worth parsing
_OWNERS = frozenset(("its", "his", "her", "their"))


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence's tree over its items: `token_of` and `item_of` lead from one to the other."""

    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]  # of each token, in order
    token_of: tuple[int, ...]  # for each item its first token, or -1
    item_of: tuple[int, ...]  # for each token the item that it stands in, or -1

    def below(self, head: int, *deps: str) -> tuple[int, ...]:
        """Return the dependents of a token that have one of the labels, in order."""
        return tuple(at for at in self.children[head] if self.tokens[at].dep in deps)

    def head(self, token: int) -> int:
        """Return the token that this one depends on: itself for a root."""
        return self.tokens[token].head


def trees(
    document: Document, wanted: Sequence[int], *, model: str | None = None
) -> dict[int, Tree]:
    """Return the tree of each sentence that is `wanted` by its index; too long ones have none."""
    short = [
        at
        for at in wanted
        if document.sentences[at].end - document.sentences[at].start <= _LONGEST
        and document.sentences[at].items
    ]
    masked = [_masked(document.text, document.sentences[at]) for at in short]
    parses = parse([text for text, _ in masked], model=model)
    return {
        at: _tree(parsed, places)
        for at, (_, places), parsed in zip(short, masked, parses, strict=True)
    }


def _tree(parsed: Parse, places: Sequence[tuple[int, int]]) -> Tree:
    children: list[list[int]] = [[] for _ in parsed.tokens]
    token_of = [-1] * len(places)
    item_of = []
    item = 0
    for at, token in enumerate(parsed.tokens):
        if token.head != at:
            children[token.head].append(at)
        while item < len(places) and places[item][1] <= token.start:
            item += 1
        inside = item < len(places) and places[item][0] < token.end
        item_of.append(item if inside else -1)
        if inside and token_of[item] < 0:
            token_of[item] = at
    return Tree(parsed.tokens, tuple(map(tuple, children)), tuple(token_of), tuple(item_of))


def _masked(text: str, sentence: Sentence) -> tuple[str, list[tuple[int, int]]]:
    """Return the sentence with names masked, and where each item stands in it."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    at, length = sentence.start, 0
    for item in sentence.items:
        gap = text[at : item.start]
        word = _mask(item) or text[item.start : item.end]
        parts += [gap, word]
        length += len(gap)
        places.append((length, length + len(word)))
        length += len(word)
        at = item.end
    return "".join(parts), places


def _mask(item: Item) -> str:
    """Return the plain name that stands for an item while it is parsed, or an empty string."""
    if item.low in _OWNERS:
        return ""
    if item.kind == "person":
        return "Smith"
    if item.actor and item.kind == "party":
        return "officials" if len(item.codes) > 1 else "China"
    return ""
