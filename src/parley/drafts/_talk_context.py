"""Which parties "the talks" mean where their sentence names none, by the text around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parley.drafts._document import Document, Sentence

_REACH = 2  # paragraphs back


@dataclass(frozen=True, slots=True)
class Context:
    """Parties meant by default, the rule that says so, and the small agreements' members."""

    parties: tuple[str, ...]
    rule: str
    members: Mapping[str, tuple[str, ...]]


def context_of(document: Document, index: int) -> Context:
    """Return whom the sentence at `index` means by "the talks", if it names nobody.

    The two parties that its paragraph named last; else the page's two; else the title's; else
    those of the paragraphs before.
    """
    here = document.sentences[index].paragraph
    near: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    for sentence in reversed(document.sentences[max(0, index - 8) : index]):
        if here - sentence.paragraph > _REACH or near:
            break
        named = _named(sentence)
        if len(named) == 2:
            near = named if sentence.paragraph == here else ()
            far = far or named
    answers: tuple[tuple[Sequence[str], str], ...] = (
        (near, "parties of the paragraph"),
        (document.pair, "parties of the page"),
        (_of_title(document), "parties of the title"),
        (far, "parties of the paragraph before"),
    )
    parties, rule = next((one for one in answers if len(one[0]) == 2), ((), ""))
    return Context(tuple(parties), rule, document.agreements)


def _named(sentence: Sentence) -> tuple[str, ...]:
    found = {
        code
        for item in sentence.items
        if item.kind != "place" and not item.refers
        for code in item.codes
    }
    return tuple(sorted(found - {"WTO"}))


def _of_title(document: Document) -> Sequence[str]:
    first = document.sentences[0] if document.sentences else None
    return _named(first) if first is not None and first.kind == "title" else ()
