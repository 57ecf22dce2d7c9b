"""The clauses that scripts/train_parser generates are trees, and the probe's words are its own."""

from __future__ import annotations

import importlib
import random
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "train_parser"


pytest.importorskip("spacy", reason="spaCy is not installed: parley[parser]")


@pytest.fixture
def corpora(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPT))
    return importlib.import_module("corpora")


def training(corpora: ModuleType, count: int) -> list[tuple[object, ...]]:
    return list(corpora.generated_sentences(count, random.Random(1)))


def test_every_clause_is_a_tree_with_one_root_and_no_crossing_arcs(corpora: ModuleType) -> None:
    for words in [*training(corpora, 400), *corpora.probe_sentences(200)]:
        heads = [word.head for word in words]
        assert [i for i, head in enumerate(heads) if head == i] == [
            i for i, word in enumerate(words) if word.dep == "root"
        ]
        assert [word.dep for word in words].count("root") == 1
        arcs = [tuple(sorted(arc)) for arc in enumerate(heads) if arc[0] != arc[1]]
        assert not any(a < c < b < d for a, b in arcs for c, d in arcs)
        for index in range(len(words)):
            assert reaches_root(index, heads)


def reaches_root(index: int, heads: list[int]) -> bool:
    for _ in heads:
        index = heads[index]
    return heads[index] == index


def test_the_probe_uses_verbs_and_parties_of_its_own(corpora: ModuleType) -> None:
    lexicon = importlib.import_module("lexicon")
    own = {
        entry.split("|")[0].split()[0].lower()
        for name in ("PROBE_PARTIES", "PROBE_MEASURE_VERBS", "PROBE_INTEND", "PROBE_PRESS")
        for entry in getattr(lexicon, name)
    }
    inflected = importlib.import_module("trees").inflected
    forms = own | {inflected(word, tag) for word in own for tag in ("VBD", "VBN", "VBG", "VBZ")}
    seen = {word.text.lower() for words in training(corpora, 1500) for word in words}
    assert seen & forms == set()


def test_made_up_words_keep_the_tree_and_the_endings(corpora: ModuleType) -> None:
    strange = importlib.import_module("strange")
    speaker = importlib.import_module("phrases").Speaker(random.Random(2))
    sentence = importlib.import_module("sentences").sentence
    changed = 0
    for _ in range(100):
        words = sentence(speaker)
        made = strange.with_strange_words(words, random.Random(3))
        assert [(w.head, w.dep, w.tag) for w in made] == [(w.head, w.dep, w.tag) for w in words]
        pairs = [(old, new) for old, new in zip(words, made, strict=True) if old.text != new.text]
        changed += len(pairs)
        for old, new in pairs:
            assert old.text[0].isupper() == new.text[0].isupper()
            assert old.tag not in ("VBD", "VBN") or new.text.endswith("ed")
    assert changed > 100


def test_lemma_table_knows_the_verbs_of_the_clauses(corpora: ModuleType) -> None:
    from parley.drafts._lemmas import lemma

    lexicon = importlib.import_module("lexicon")
    inflected = importlib.import_module("trees").inflected
    for entry in [*lexicon.MEASURE_VERBS, *lexicon.INTEND, *lexicon.REPORT, *lexicon.PRESS]:
        base = entry.split("|")[0]
        for tag in ("VBD", "VBG", "VBZ"):
            assert lemma(inflected(base, tag), tag) == base
