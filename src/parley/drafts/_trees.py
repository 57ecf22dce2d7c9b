"""Subjects from the parser, where the patterns find none.

The names of a sentence are masked by plain ones before it is parsed: titles, unknown names and
datelines are what a small parser stumbles over. What it adds is a subject, never an event.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parley.drafts._parser import Parse, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._clauses import Verb
    from parley.drafts._document import Document, Sentence

_LONGEST = 700  # characters of a sentence that is worth parsing
_SUBJECTS = ("nsubj", "nsubj:pass")


def deepened(document: Document, *, model: str | None = None) -> Document:
    """Return the document with the subjects that the parser sees and the patterns do not."""
    wanted = [at for at, sentence in enumerate(document.sentences) if _worth(sentence)]
    masked = [_masked(document.text, document.sentences[at]) for at in wanted]
    trees = parse([text for text, _ in masked], model=model)
    sentences = list(document.sentences)
    for at, (_, places), tree in zip(wanted, masked, trees, strict=True):
        sentence = sentences[at]
        verbs = tuple(_with_subject(sentence, verb, tree, places) for verb in sentence.verbs)
        sentences[at] = replace(sentence, verbs=verbs)
    return replace(document, sentences=tuple(sentences))


def _worth(sentence: Sentence) -> bool:
    """Whether a verb of the sentence lacks a subject and a party stands in it."""
    return (
        sentence.end - sentence.start <= _LONGEST
        and any(item.actor for item in sentence.items)
        and any(not verb.subject for verb in sentence.verbs)
    )


def _masked(text: str, sentence: Sentence) -> tuple[str, list[tuple[int, int]]]:
    """Return the sentence with names masked, and where each item stands in it."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    at, length = sentence.start, 0
    for item in sentence.items:
        gap = text[at : item.start]
        word = text[item.start : item.end]
        if item.kind == "person":
            word = "Smith"
        elif item.actor and item.kind == "party":
            word = "officials" if len(item.codes) > 1 else "China"
        parts += [gap, word]
        length += len(gap)
        places.append((length, length + len(word)))
        length += len(word)
        at = item.end
    return "".join(parts), places


def _with_subject(
    sentence: Sentence, verb: Verb, tree: Parse, places: Sequence[tuple[int, int]]
) -> Verb:
    if verb.subject:
        return verb
    token = _token_at(tree, places[verb.index])
    if token is None or not tree.tokens[token].tag.startswith("V"):
        return verb
    heads = tree.children(token, *_SUBJECTS)
    if not heads and tree.tokens[token].dep in ("conj", "xcomp"):
        heads = tree.children(tree.tokens[token].head, *_SUBJECTS)
    found = [_item_at(tree, head, places) for head in heads]
    actors = [at for at in found if at is not None and sentence.items[at].actor]
    if not actors:
        return verb
    return replace(verb, subject=tuple(actors), parsed=True)


def _token_at(tree: Parse, place: tuple[int, int]) -> int | None:
    return next(
        (i for i, token in enumerate(tree.tokens) if token.start <= place[0] < token.end), None
    )


def _item_at(tree: Parse, token: int, places: Sequence[tuple[int, int]]) -> int | None:
    start = tree.tokens[token].start
    return next((i for i, (low, high) in enumerate(places) if low <= start < high), None)
