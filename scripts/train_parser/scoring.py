"""Score a parser on raw text against gold trees, word by word as the CoNLL 2018 task did.

A predicted word counts where its characters are those of a gold word; the head counts where the
head's characters are those of the gold head. Precision over predicted, recall over gold words.

References
----------
Zeman et al. (2018), CoNLL 2018 shared task: multilingual parsing from raw text, section 3.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from treebank import Sentence, to_doc

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language
    from spacy.tokens import Doc, Token


@dataclass
class Counts:
    """How many items were found, expected and right."""

    found: int = 0
    gold: int = 0
    right: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(self.found + self.gold, 1)

    def add(self, found: Iterable[object], gold: Iterable[object]) -> None:
        """Count the items of one text; an item twice counts twice."""
        found, gold = list(found), list(gold)
        self.found += len(found)
        self.gold += len(gold)
        self.right += (Counter(found) & Counter(gold)).total()


@dataclass
class Score:
    """F1 of words, tags, heads, labelled heads and sentences, and of each label.

    Heads are scored with punctuation and, as spaCy does and older papers did, without it.
    """

    words: Counts = field(default_factory=Counts)
    upos: Counts = field(default_factory=Counts)
    tag: Counts = field(default_factory=Counts)
    uas: Counts = field(default_factory=Counts)
    las: Counts = field(default_factory=Counts)
    uas_words: Counts = field(default_factory=Counts)  # without punctuation
    las_words: Counts = field(default_factory=Counts)
    sentences: Counts = field(default_factory=Counts)
    labels: dict[str, Counts] = field(default_factory=dict)

    def add(self, found: Doc, gold: Doc) -> None:
        """Count one text."""
        rows_found, rows_gold = _rows(found), _rows(gold)
        self.words.add((row[:2] for row in rows_found), (row[:2] for row in rows_gold))
        for name, keep in _VIEWS.items():
            counts: Counts = getattr(self, name)
            counts.add(map(keep, rows_found), map(keep, rows_gold))
        for name in ("uas", "las"):
            bare: Counts = getattr(self, f"{name}_words")
            bare.add(_unpunctuated(rows_found, name), _unpunctuated(rows_gold, name))
        self.sentences.add(_bounds(found), _bounds(gold))
        for label in {row[5] for row in (*rows_found, *rows_gold)}:
            counts = self.labels.setdefault(label, Counts())
            counts.add(
                (row for row in map(_VIEWS["las"], rows_found) if row[-1] == label),
                (row for row in map(_VIEWS["las"], rows_gold) if row[-1] == label),
            )


Row = tuple[int, int, str, str, tuple[int, int], str]
_VIEWS = {
    "upos": lambda row: (*row[:2], row[2]),
    "tag": lambda row: (*row[:2], row[3]),
    "uas": lambda row: (*row[:2], row[4]),
    "las": lambda row: (*row[:2], row[4], row[5]),
}


def _unpunctuated(rows: list[Row], name: str) -> list[object]:
    return [_VIEWS[name](row) for row in rows if row[5] != "punct"]


def _span(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)


def _rows(doc: Doc) -> list[Row]:
    rows: list[Row] = []
    for token in doc:
        if not token.is_space:
            head = (-1, -1) if token.head is token or token.head == token else _span(token.head)
            label = "root" if head == (-1, -1) else token.dep_
            rows.append((*_span(token), token.pos_, token.tag_, head, label))
    return rows


def _bounds(doc: Doc) -> list[tuple[int, int]]:
    return [(sentence.start_char, sentence.end_char) for sentence in doc.sents]


def score(nlp: Language, texts: list[list[Sentence]]) -> Score:
    """Parse the raw text of each group of gold sentences and score it."""
    total = Score()
    golds = [to_doc(nlp.vocab, text) for text in texts]
    for found, gold in zip(nlp.pipe([gold.text for gold in golds]), golds, strict=True):
        total.add(found, gold)
    return total
