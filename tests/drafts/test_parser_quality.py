"""The shipped parser against gold trees that it was not trained on."""

from __future__ import annotations

import gzip
import importlib.util
from pathlib import Path

import pytest

from parley.drafts._parser import parse

PUD = Path(__file__).parents[3] / "shared" / "data" / "treebanks" / "en_pud-test.conllu.gz"

LEAST_LAS = 0.82  # without punctuation; the documentation prints both
LEAST_ROLES = 0.85  # of subjects and objects, head and label

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("spacy") is None, reason="spaCy is not installed: parley[parser]"
    ),
    pytest.mark.skipif(not PUD.is_file(), reason="needs ../shared/data/treebanks"),
]


def gold_news() -> list[tuple[str, list[list[str]]]]:
    """Return text and word rows of each PUD news sentence."""
    with gzip.open(PUD, "rt", encoding="utf-8") as stream:
        blocks = [block.splitlines() for block in stream.read().split("\n\n")]
    return [
        (
            next(line[9:] for line in block if line.startswith("# text = ")),
            [line.split("\t") for line in block if line.split("\t")[0].isdigit()],
        )
        for block in blocks
        if any(line.startswith("# sent_id = n") for line in block)
    ]


def arcs(words: list[tuple[int, str, int, str]]) -> set[tuple[int, str, int, str]]:
    """Return (start, word, start of the head, label) of all words but punctuation."""
    return {
        (start, word, words[head][0], dep) for start, word, head, dep in words if dep != "punct"
    }


def gold_words(text: str, rows: list[list[str]]) -> list[tuple[int, str, int, str]]:
    words, place = [], 0
    for index, row in enumerate(rows):
        place = text.index(row[1], place)
        words.append((place, row[1], index if row[6] == "0" else int(row[6]) - 1, row[7]))
        place += len(row[1])
    return words


def test_news_is_parsed_as_well_as_the_documentation_says() -> None:
    texts, golds = zip(*gold_news(), strict=True)
    right = expected = roles_right = roles = 0
    for tree, rows in zip(parse(texts), golds, strict=True):
        found = arcs([(t.start, t.text, t.head, t.dep) for t in tree.tokens])
        gold = arcs(gold_words(tree.text, rows))
        gold_roles = {arc for arc in gold if arc[3] in ("nsubj", "nsubj:pass", "obj")}
        right += len(found & gold)
        expected += len(gold)
        roles_right += len(found & gold_roles)
        roles += len(gold_roles)
    assert expected > 8_000
    assert right / expected >= LEAST_LAS
    assert roles_right / roles >= LEAST_ROLES
