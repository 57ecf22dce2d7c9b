"""Train the marker of plain-text paragraphs and write its weights.

    python scripts/train_marker.py ../shared/data/treebanks

No scraped pages with marked paragraphs may be shipped, so pages are put together: article text is
the sentences of English treebanks (GUM's free genres; weblogs and newsgroups of EWT), and what
stands around it is made from the lines of ``marker_lines.txt``, written for this purpose, with made
headlines, names and dates. The figures that it prints are for such pages, an upper bound for real
ones; ``bench/paragraphs.py`` measures real pages where they lie beside the repository.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from pathlib import Path

import numpy as np

from parley.articles import _marker

HERE = Path(__file__).parent
OUT = HERE.parent / "src/parley/articles/marker.json"
SEED = 20250609
PAGES, TEST_PAGES = 1500, 300
RIDGE = 2.0
GENRES = {"news", "interview", "speech", "bio", "voyage", "academic", "textbook"}
FILES = ("en_gum-free-train", "en_ewt-train")

PLACES = "Chile Peru Norway Ghana Kenya Canada Brazil Japan India Spain Mexico Turkey Egypt".split()
TOPICS = "wine steel fish copper chips cars grain sugar cotton rice visas ports banks films".split()
VERBS = "cuts raises weighs drops slams backs eyes blocks wins loses hails delays".split()
THINGS = "duty on|ban on|deal over|probe into|quota for|row over|talks about|plan for".split("|")
GIVEN = "Ann Omar Lena Raj Mia Paul Ines Kofi Eva Tom Yuki Sara".split()
FAMILY = "Lind Okoro Varga Patel Duarte Nakano Weiss Moreau Silva Novak Brandt Quist".split()
SECTIONS = "Trade Economy Energy Science Health Technology Finance Asia Europe Africa".split()
PAPERS = "Harbour Gazette|Morning Ledger|Northern Wire|The Daily Courier|Trade Post".split("|")
MONTHS = "January February March April May June July August September October".split()


def headline(dice: random.Random) -> str:
    """Return a made headline."""
    words = [dice.choice(PLACES), dice.choice(VERBS), dice.choice(THINGS), dice.choice(TOPICS)]
    if dice.random() < 0.5:
        words += ["as", dice.choice(PLACES), dice.choice(VERBS), "its", dice.choice(TOPICS)]
    if dice.random() < 0.3:
        words = [dice.choice(TOPICS).title() + ":", *words]
    line = " ".join(words)
    return line.title() if dice.random() < 0.4 else line


def filled(line: str, dice: random.Random) -> str:
    """Return a line with made words in its braces."""
    makers = {
        "{H}": lambda: headline(dice),
        "{N}": lambda: f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}",
        "{D}": lambda: f"{dice.choice(MONTHS)} {dice.randint(1, 28)}, {dice.randint(2004, 2025)}",
        "{S}": lambda: dice.choice(SECTIONS),
        "{P}": lambda: dice.choice(PAPERS),
    }
    return re.sub(r"\{[HNDSP]\}", lambda found: makers[found.group()](), line)


def documents(folder: Path) -> list[list[str]]:
    """Return the sentences of each document that reads like an article."""
    found: list[list[str]] = []
    for name in FILES:
        keep = False
        with gzip.open(folder / f"{name}.conllu.gz", "rt", encoding="utf-8") as stream:
            for line in stream:
                if line.startswith("# newdoc id"):
                    words = line.split("=")[1].strip()
                    keep = words.startswith(("weblog", "newsgroup")) or any(
                        f"_{genre}_" in words for genre in GENRES
                    )
                    if keep:
                        found.append([])
                if keep and line.startswith("# text ="):
                    found[-1].append(line.split("=", 1)[1].strip())
    return [document for document in found if len(document) >= 8]


def page(
    document: list[str], lines: dict[str, list[str]], dice: random.Random
) -> list[tuple[str, int]]:
    """Return one made page: (paragraph, 1 for article text)."""

    def some(kind: str, most: int) -> list[tuple[str, int]]:
        return [(filled(dice.choice(lines[kind]), dice), 0) for _ in range(dice.randint(0, most))]

    nav, end = (dice.choice((0, 0, 2, 12)), dice.choice((0, 0, 3, 14)))  # many scrapes have neither
    made = [*some("nav", nav), (headline(dice), 1), *some("top", dice.choice((0, 2, 6)))]
    at = dice.randrange(max(1, len(document) - 8))
    longest = dice.choice((1, 2, 3, 5))  # sentences a paragraph: the house style of the page
    for _ in range(dice.randint(4, 25)):
        size = dice.randint(1, longest)
        text = " ".join(document[at : at + size])
        at += size
        if not text:
            break
        made.append((text, 1))
        if dice.random() < 0.15:
            made += some("mid", 2)
    return made + some("end", end)


def fit(rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the weights of a logistic regression by Newton's method with a ridge."""
    weights = np.zeros(rows.shape[1])
    ridge = RIDGE * np.eye(rows.shape[1])
    ridge[0, 0] = 1e-6
    for _ in range(50):
        chance = 1.0 / (1.0 + np.exp(-rows @ weights))
        slope = rows.T @ (chance - labels) + ridge @ weights
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + ridge
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            return weights
    raise RuntimeError("Newton's method did not converge")


def scores(chance: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Return precision, recall and F1 of article text."""
    said = chance >= 0.5
    hits = float((said & (labels == 1)).sum())
    precision, recall = hits / float(said.sum()), hits / float((labels == 1).sum())
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / (precision + recall), 4),
    }


def main() -> None:
    """Make the pages, fit, print and write."""
    folder = Path(sys.argv[1])
    dice = random.Random(SEED)
    lines: dict[str, list[str]] = {}
    for line in (HERE / "marker_lines.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, words = line.split("|", 1)
            lines.setdefault(kind, []).append(words)
    every = documents(folder)
    dice.shuffle(every)
    cut = len(every) // 6
    sets = []
    for source, count in ((every[cut:], PAGES), (every[:cut], TEST_PAGES)):
        rows, labels = [], []
        for _ in range(count):
            made = page(dice.choice(source), lines, dice)
            rows += _marker.features([text for text, _ in made])
            labels += [label for _, label in made]
        sets.append((np.array(rows), np.array(labels)))
    (rows, labels), (test_rows, test_labels) = sets
    weights = fit(rows, labels)
    chance = 1.0 / (1.0 + np.exp(-test_rows @ weights))
    figures = scores(chance, test_labels)
    print(f"{len(every)} documents, {len(labels)} paragraphs; made pages held out: {figures}")
    OUT.write_text(
        json.dumps(
            {
                "features": list(_marker.FEATURES),
                "weights": [round(float(weight), 4) for weight in weights],
                "made_by": "scripts/train_marker.py",
                "trained_on": "made pages: sentences of UD English GUM (free genres) and EWT "
                "(weblogs, newsgroups) among lines of scripts/marker_lines.txt",
                "held_out_made_pages": figures,
                "licence": "CC BY-SA 4.0 (as the EWT treebank); credit: Silveira et al. (2014), "
                "Zeldes (2017)",
            },
            indent=1,
            ensure_ascii=False,
        )
        + "\n",
        encoding="utf-8",
    )
    for name, weight in sorted(zip(_marker.FEATURES, weights, strict=True), key=lambda p: p[1]):
        print(f"{weight:8.2f}  {name}")


if __name__ == "__main__":
    main()
