"""Write the training texts: the treebanks mixed with generated clauses."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from phrases import Speaker
from sentences import sentence
from spacy.tokens import DocBin
from strange import with_strange_words
from treebank import Sentence, read_paragraphs, to_doc, training_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.vocab import Vocab

SEED = 20250607
GENERATED = 10_000  # clauses in the mix: about a quarter of its words
TREEBANKS = ("en_ewt", "en_gum-free")
SMALL_WORDS = frozenset("a an the of on to in by from for with and as at n't".split())


def write_corpora(treebanks: Path, out: Path, vocab: Vocab) -> None:
    """Write train.spacy, treebanks with clauses, and dev.spacy to choose the best step by."""
    out.mkdir(parents=True, exist_ok=True)
    chance = random.Random(SEED)
    train = [
        text
        for name in TREEBANKS
        for text in training_texts(treebanks / f"{name}-train.conllu.gz", chance=chance)
    ]
    dev = [
        text for name in TREEBANKS for text in read_paragraphs(treebanks / f"{name}-dev.conllu.gz")
    ]
    generated = [[each] for each in generated_sentences(GENERATED, random.Random(SEED))]
    for name, texts in (("train", train + generated), ("dev", dev)):
        chance.shuffle(texts)
        DocBin(docs=[to_doc(vocab, text) for text in texts]).to_disk(out / f"{name}.spacy")


def generated_sentences(count: int, chance: random.Random) -> Iterator[Sentence]:
    """Yield clauses of the trade templates, some in the dress in which pages print them."""
    speaker = Speaker(chance)
    for _ in range(count):
        words = sentence(speaker)
        if chance.random() < 0.3:
            words = with_strange_words(words, chance)
        draw = chance.random()
        if draw < 0.05:
            words = _in_title_case(words)
        elif draw < 0.30:
            words = tuple(replace(word, text=word.text.replace("'", "’")) for word in words)
        yield words


def probe_sentences(count: int) -> list[Sentence]:
    """Return the probe: other verbs, parties and measures than the generated clauses have."""
    speaker = Speaker(random.Random(SEED + 1), probe=True)
    return [sentence(speaker) for _ in range(count)]


def _in_title_case(words: Sentence) -> Sentence:
    """Return a headline's capitals, without the full stop."""
    body = words[:-1] if words[-1].text == "." else words
    cased = [
        word
        if word.text in SMALL_WORDS
        else replace(word, text=word.text[0].upper() + word.text[1:])
        for word in body
    ]
    cased[-1] = replace(cased[-1], space_after=False)
    return tuple(cased)
