"""What the two engines find, side by side: together they are sure, alone each says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parley.drafts._tree_verbs import verbs_by_tree
from parley.drafts._trees import trees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._document import Document
    from parley.records import Draft

BOTH, PARSER = "both engines", "parser alone"
ALONE = 0.2  # of what only the parser gave on development pages, 2 in 12 were right


def agreed(plain: Sequence[Draft], full: Sequence[Draft]) -> tuple[Draft, ...]:
    """Return the drafts of the full reader, each marked with the engines that give it.

    A draft of the patterns that the full reader words differently is left out: the full reader
    has seen everything that the patterns saw.
    """
    known = {draft.draft_id for draft in plain}
    return tuple(
        replace(
            draft,
            rules=(*draft.rules, BOTH if draft.draft_id in known else PARSER),
            confidence=draft.confidence if draft.draft_id in known else ALONE,
        )
        for draft in full
    )


def deepened(document: Document, *, model: str | None = None) -> Document:
    """Return the document with the verbs that its trees give in place of the patterns' own."""
    sentences = list(document.sentences)
    for at, tree in trees(document, range(len(sentences)), model=model).items():
        verbs = tuple(verbs_by_tree(sentences[at].items, tree))
        sentences[at] = replace(sentences[at], verbs=verbs)
    return replace(document, sentences=tuple(sentences))
