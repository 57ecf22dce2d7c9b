"""Fit and check the confidence of drafts: ``bench/calibration.py``.

A draft is right when the scorer matches it with a gold record. The confidence of a kind of record
is logistic in the strength that its rule gives; it is fitted on the pages of
``../shared/reading/dev`` and checked with whole pages left out. Prints the weights and a
reliability table.
"""

from __future__ import annotations

import importlib.util
import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from parley import articles, drafts
from parley.drafts._calibrated import KINDS
from parley.drafts._document import document
from parley.drafts._records import drafts_of
from parley.drafts._relevance import relevance
from parley.records import Page
from parley.vocabulary import load
from reading import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parley.typing import Array

READING = Path(__file__).resolve().parents[2] / "shared" / "reading"
RIDGE = 1.0
LATE = 3.0  # weight of the ten pages that the rules saw last: the others flatter them
TYPES = {
    "round": "talks",
    "commitment": "commitments",
    "accusation": "accusations",
    "measure": "measures",
    "statement": "statements",
    "figure": "figures",
}


def outcomes() -> Iterator[tuple[int, str, float, bool]]:
    """Yield page, kind, strength and whether the scorer matches, for each draft."""
    spec = importlib.util.spec_from_file_location("score", READING / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    for number, gold in enumerate(sorted((READING / "dev" / "gold").glob("*.json"))):
        truth = json.loads(gold.read_text(encoding="utf-8"))
        raw = (READING / "dev" / "pages" / f"{gold.stem}.txt").read_text(encoding="utf-8")
        head, _, body = raw.partition("\n-----\n")
        stated = re.search(r"published: (\d{4}-\d\d-\d\d)", head)
        page = Page(address=gold.stem, content=body.encode(), media_type="text/plain")
        when = date.fromisoformat(stated[1]) if stated else None
        article = articles.read(page, published=when)
        seen = document(article, load())
        if not relevance(seen).relevant:
            continue
        found = tuple(drafts_of(seen, calibrate=False))
        lists = drafts.annotation(article, found)
        text = score.Page(body)
        for kind, name in TYPES.items():
            mine = [draft for draft in found if draft.record.type == kind]
            pairs = score.assign(truth[name], lists[name], score.MATCH[name], text)
            right = {pair[1] for pair in pairs}
            for at, draft in enumerate(mine):
                yield number, kind, draft.confidence, at in right


def fit(kinds: Array, strength: Array, right: Array, weight: Array) -> Array:
    """Return intercept by kind and one slope, by weighted ridge logistic regression."""
    values = np.column_stack([kinds, strength - 0.6])
    found: Array = np.zeros(values.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-values @ found))
        slope = values.T @ (weight * (chance - right)) + RIDGE * found
        curve = (values * (weight * chance * (1 - chance))[:, None]).T @ values
        found = found - np.linalg.solve(curve + RIDGE * np.eye(len(found)), slope)
    return found


def main() -> None:
    rows = list(outcomes())
    ids = sorted(path.stem for path in (READING / "dev" / "gold").glob("*.json"))
    pages = np.array([row[0] for row in rows])
    kinds = np.array([[float(row[1] == kind) for kind in KINDS] for row in rows])
    strength = np.array([row[2] for row in rows])
    right = np.array([float(row[3]) for row in rows])
    late = np.isin(pages, [ids.index(page) for page in split(READING / "dev")[0]])
    weight = np.where(late, LATE, 1.0)
    weights = fit(kinds, strength, right, weight)
    print(
        "weights", {k: round(float(w), 2) for k, w in zip((*KINDS, "slope"), weights, strict=True)}
    )
    chance = np.zeros(len(rows))
    for page in np.unique(pages):
        rest = pages != page
        found = fit(kinds[rest], strength[rest], right[rest], weight[rest])
        values = np.column_stack([kinds[~rest], strength[~rest] - 0.6])
        chance[~rest] = 1 / (1 + np.exp(-values @ found))
    print("confidence with its page left out   drafts   right")
    for low in np.arange(0.3, 1.0, 0.1):
        inside = (chance >= low) & (chance < low + 0.1)
        if inside.any():
            print(f"{low:.1f} to {low + 0.1:.1f} {inside.sum():24d} {right[inside].mean():10.2f}")
    print(f"Brier score {np.mean((chance - right) ** 2):.3f}")


if __name__ == "__main__":
    main()
