"""Fit and check the page gate: ``bench/relevance.py`` prints its weights and ten-fold errors.

Positives and hard negatives are the annotated pages in ``../shared/reading/dev`` and the pages of
``tests/gate``; easy negatives are the documents of the treebanks in ``../shared/data/treebanks``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from parley import articles
from parley.drafts._document import document
from parley.drafts._relevance import features
from parley.records import Article, Page, Paragraph
from parley.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parley.typing import Array

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PENALTY, HARD, EASY = 0.3, 3.0, 0.3  # ridge; weights of hard and easy negatives
LEAST = 250  # characters of a document


def treebank_texts() -> Iterator[tuple[str, str]]:
    for path in sorted((SHARED / "data" / "treebanks").glob("*.conllu.gz")):
        name, parts = "", list[str]()
        if "pud" in path.name:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# newdoc"):
                    yield name, "".join(parts)[:6000]
                    name, parts = line.split("=")[-1].strip(), []
                elif line.startswith("# newpar"):
                    parts.append("\n\n")
                elif line.startswith("# text = "):
                    parts.append(line[9:].strip() + " ")
        yield name, "".join(parts)[:6000]


def plain(text: str) -> Article:
    paragraphs, at = [], 0
    for part in text.split("\n\n"):
        if part.strip():
            paragraphs.append(Paragraph(start=at, end=at + len(part), kind="body"))
        at += len(part) + 2
    return Article(page_sha256="", text=text, paragraphs=tuple(paragraphs))


def taken(name: str, text: str) -> Article:
    page = Page(address=name, content=text.encode("utf-8"), media_type="text/plain")
    return articles.read(page)


def examples(folders: Sequence[Path]) -> Iterator[tuple[str, Article, bool, bool]]:
    """Yield name, article, whether it is relevant, and whether it counts as hard."""
    for name, text in treebank_texts():
        if len(text) >= LEAST:
            yield name, plain(text), False, False
    for gold in sorted(g for folder in folders for g in (folder / "gold").glob("*.json")):
        page = gold.parents[1] / "pages" / f"{gold.stem}.txt"
        body = page.read_text(encoding="utf-8").partition("\n-----\n")[2]
        label = bool(json.loads(gold.read_text(encoding="utf-8"))["relevant"])
        yield gold.stem, taken(gold.stem, body), label, True
    made = tomllib.loads((ROOT / "tests" / "gate" / "pages.toml").read_text(encoding="utf-8"))
    for one in made["page"]:
        yield one["name"], taken(one["name"], one["text"]), bool(one["relevant"]), True


SIGNS = np.array([0, 1, 1, 1, 1, -1, 1, 1, 1, -1, 1])  # what each feature may speak for


def fit(values: Array, labels: Array, weight: Array) -> Array:
    """Return logistic weights; a feature that would speak against its sense is left out."""
    free = np.ones(values.shape[1], dtype=bool)
    while True:
        found: Array = np.zeros(values.shape[1])
        found[free] = newton(values[:, free], labels, weight)
        wrong = found * SIGNS < 0
        if not wrong.any():
            return found
        free &= ~wrong


def newton(values: Array, labels: Array, weight: Array) -> Array:
    """Return logistic weights by Newton's method, the bias without penalty."""
    found: Array = np.zeros(values.shape[1])
    ridge = PENALTY * np.r_[0.0, np.ones(len(found) - 1)]
    for _ in range(80):
        chance = 1.0 / (1.0 + np.exp(-values @ found))
        slope = values.T @ (weight * (chance - labels)) + ridge * found
        curve = (values * (weight * chance * (1 - chance))[:, None]).T @ values
        found = found - np.linalg.solve(curve + np.diag(ridge + 1e-6), slope)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--also", type=Path, action="append", default=[], metavar="FOLDER")
    folders = [SHARED / "reading" / "dev", *parser.parse_args().also]
    vocabulary = load()
    rows = [(n, features(document(a, vocabulary)), y, h) for n, a, y, h in examples(folders)]
    names = [name for name, *_ in rows]
    values = np.array([row[1] for row in rows])
    labels = np.array([float(row[2]) for row in rows])
    weight = np.array([1.0 if y else HARD if h else EASY for _, _, y, h in rows])
    print("weights", tuple(round(float(w), 2) for w in fit(values, labels, weight)))
    fold = np.random.default_rng(0).integers(0, 10, len(labels))
    chance = np.zeros(len(labels))
    for k in range(10):
        rest = fold != k
        found = fit(values[rest], labels[rest], weight[rest])
        chance[~rest] = 1.0 / (1.0 + np.exp(-values[~rest] @ found))
    wrong = np.flatnonzero((chance > 0.5) != (labels > 0.5))
    print(f"{len(labels)} texts, {int(labels.sum())} relevant, wrong in ten folds: {len(wrong)}")
    for at in wrong:
        print(f"  {names[at]}: relevant {bool(labels[at])}, probability {chance[at]:.2f}")


if __name__ == "__main__":
    main()
