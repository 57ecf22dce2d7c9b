"""Train, pack and score the parser that Parley ships.

Run from the root of the repository, in an environment that has spaCy and Parley, with the folder of
the treebanks (gzipped CoNLL-U)::

    python scripts/train_parser train --treebanks treebanks --work build/parser
    python scripts/train_parser score --treebanks treebanks

`train` writes the training texts, trains on one core (about an hour, seeded), packs the weights
into `src/parley/drafts/resources/` and prints their SHA-256 for `_parser.py`. `score` parses the
test treebanks and the probe with the shipped file.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import corpora
import packing
import spacy
from lemmas import write_lemmas
from probe import score_probe
from scoring import Score, score
from spacy.cli.train import train
from treebank import Sentence, read_paragraphs

from parley.drafts._parser import RESOURCE, unpacked

if TYPE_CHECKING:
    from spacy.language import Language

CONFIG = Path(__file__).with_name("config.cfg")
RESOURCES = Path(__file__).parents[2] / "src" / "parley" / "drafts" / "resources"
SHOWN = ("words", "upos", "tag", "uas", "las", "uas_words", "las_words", "sentences")


def main() -> None:
    """Run the stage that the command line names."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    reader.add_argument("stage", choices=("train", "score"))
    reader.add_argument("--treebanks", type=Path, required=True)
    reader.add_argument("--work", type=Path, default=Path("build/parser"))
    given = reader.parse_args()
    if given.stage == "train":
        train_and_pack(given.treebanks, given.work)
    else:
        print_scores(given.treebanks)


def train_and_pack(treebanks: Path, work: Path) -> None:
    """Write the corpora, train, and write the shipped file and the lemma table."""
    corpora.write_corpora(treebanks, work, spacy.blank("en").vocab)
    paths = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")}
    train(CONFIG, work / "model", overrides=paths)
    content = packing.packed(spacy.load(work / "model" / "model-best"))
    (RESOURCES / RESOURCE).write_bytes(content)
    banks = [treebanks / f"{name}-train.conllu.gz" for name in corpora.TREEBANKS]
    write_lemmas(banks, RESOURCES / "lemmas-en.json")
    print(f"{RESOURCE}: {len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")


def print_scores(treebanks: Path) -> None:
    """Print scores by treebank, by relation on PUD news, and on the probe, then size and speed."""
    content = files("parley.drafts").joinpath("resources", RESOURCE).read_bytes()
    start = time.perf_counter()
    nlp = unpacked(content)
    print(f"{RESOURCE}: {len(content):,} bytes, loaded in {time.perf_counter() - start:.2f} s")
    print("texts", *SHOWN, sep="\t")
    for name, texts in _tests(treebanks).items():
        scored = score(nlp, texts)
        print(name, *(f"{getattr(scored, view).f1:.3f}" for view in SHOWN), sep="\t")
        if name == "PUD news":
            _print_labels(scored)
    score_probe(nlp)
    _print_speed(nlp, treebanks)


def _tests(treebanks: Path) -> dict[str, list[list[Sentence]]]:
    """Return raw texts: EWT and GUM by paragraph, PUD sentence by sentence."""
    pud = treebanks / "en_pud-test.conllu.gz"
    return {
        "EWT test": list(read_paragraphs(treebanks / "en_ewt-test.conllu.gz")),
        "GUM test": list(read_paragraphs(treebanks / "en_gum-free-test.conllu.gz")),
        "PUD": [[each] for text in read_paragraphs(pud) for each in text],
        "PUD news": [[each] for text in read_paragraphs(pud, only="n") for each in text],
    }


def _print_labels(scored: Score) -> None:
    common = sorted(scored.labels.items(), key=lambda pair: -pair[1].gold)[:32]
    print("  by relation:", ", ".join(f"{label} {counts.f1:.2f}" for label, counts in common))


def _print_speed(nlp: Language, treebanks: Path) -> None:
    texts = [text for (text,) in _tests(treebanks)["PUD"]]
    lines = ["".join(w.text + " " * w.space_after for w in text) for text in texts]
    start = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(lines))
    print(f"{words / (time.process_time() - start):,.0f} words a second of processor time")


if __name__ == "__main__":
    main()
