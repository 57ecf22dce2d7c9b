"""Read CoNLL-U treebanks as spaCy documents that keep the spacing of the raw text.

A multiword token ("don't") becomes its words where they spell it, and one token where they do not,
so that the text of every document is the text of the treebank.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.vocab import Vocab

PARAGRAPH_MARKS = ("# newdoc", "# newpar")
LONGEST_PARAGRAPH = 8  # sentences in one training text


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One token of a gold tree; `head` is an index into its sentence, itself for the root."""

    text: str
    upos: str
    tag: str
    head: int
    dep: str
    lemma: str = ""
    space_after: bool = True


Sentence = tuple[Word, ...]


def read_paragraphs(path: Path, *, only: str = "") -> Iterator[list[Sentence]]:
    """Yield the sentences of a gzipped CoNLL-U file, paragraph by paragraph.

    `only` keeps the sentences whose `sent_id` begins so ("n" is the news half of PUD).
    """
    paragraph: list[Sentence] = []
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for block in stream.read().split("\n\n"):
            lines = block.splitlines()
            if any(line.startswith(PARAGRAPH_MARKS) for line in lines) and paragraph:
                yield paragraph
                paragraph = []
            rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
            if rows and any(line.startswith(f"# sent_id = {only}") for line in lines):
                paragraph.append(_sentence(rows))
    if paragraph:
        yield paragraph


def _sentence(rows: list[list[str]]) -> Sentence:
    """Return one sentence; multiword tokens are split or kept whole, empty nodes dropped."""
    words = [row for row in rows if row[0].isdigit()]
    group = list(range(len(words)))  # the first word of each word's token
    surface: dict[int, str] = {}
    spaced = ["SpaceAfter=No" not in row[9].split("|") for row in words]
    for row in rows:
        if "-" not in row[0]:
            continue
        first, last = (int(part) - 1 for part in row[0].split("-"))
        spaced[last] = "SpaceAfter=No" not in row[9].split("|")
        spaced[first:last] = [False] * (last - first)
        if "".join(word[1] for word in words[first : last + 1]) != row[1]:
            surface[first] = row[1]
            group[first : last + 1] = [first] * (last + 1 - first)
    return tuple(_joined(words, group, surface, spaced))


def _joined(
    words: list[list[str]], group: list[int], surface: dict[int, str], spaced: list[bool]
) -> Iterator[Word]:
    """Yield one `Word` a group, with the head of the member that points out of it."""
    position = {first: index for index, first in enumerate(sorted(set(group)))}
    for first in position:
        members = [index for index, own in enumerate(group) if own == first]
        top = next(m for m in members if _outside(words[m], members))
        head = int(words[top][6]) - 1
        yield Word(
            text=surface.get(first, words[first][1]),
            upos=words[top][3],
            tag=words[top][4],
            head=position[first] if head < 0 else position[group[head]],
            dep=words[top][7],
            lemma=words[top][2],
            space_after=spaced[members[-1]],
        )


def _outside(word: list[str], members: list[int]) -> bool:
    return int(word[6]) - 1 not in members


def to_doc(vocab: Vocab, sentences: list[Sentence]) -> Doc:
    """Return one gold document of one or more sentences."""
    words = [word for sentence in sentences for word in sentence]
    starts = [index == 0 for sentence in sentences for index in range(len(sentence))]
    offsets: list[int] = []
    for sentence in sentences:
        offsets += [len(offsets)] * len(sentence)
    return Doc(
        vocab,
        words=[word.text for word in words],
        spaces=[word.space_after for word in words],
        tags=[word.tag for word in words],
        pos=[word.upos for word in words],
        heads=[word.head + offset for word, offset in zip(words, offsets, strict=True)],
        deps=[word.dep for word in words],
        sent_starts=starts,
    )


def training_texts(path: Path, *, chance: random.Random) -> Iterator[list[Sentence]]:
    """Yield about half of the paragraphs whole, at most eight together, the rest by sentence."""
    for paragraph in read_paragraphs(path):
        whole = chance.random() < 0.5
        size = LONGEST_PARAGRAPH if whole else 1
        for first in range(0, len(paragraph), size):
            yield paragraph[first : first + size]
