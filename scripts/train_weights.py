"""Learn how likely a draft is right: ``scripts/train_weights.py FOLDER[:WEIGHT] … [--write]``.

Each folder holds ``pages/`` and ``gold/`` in the form of the annotation rules, with ``score.py``
beside it or above it; they are not part of Parley. A draft is right when the scorer matches it with
a gold record. Everything that the reader proposes is an example, also what it would not give. The
weights are logistic with a ridge. Prints precision and recall with each page left out, for the
patterns and for both engines, and with ``--write`` writes ``resources/weights.json``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley import articles, drafts
from parley.drafts._document import document
from parley.drafts._read import weighed
from parley.drafts._relevance import relevance
from parley.records import Page
from parley.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType

    from parley.drafts._records import Proposed
    from parley.drafts._weights import Readers
    from parley.records import Article
    from parley.typing import Array

FIRST = Path(__file__).with_name("first_seen.json")
RESOURCE = Path(__file__).parents[1] / "src/parley/drafts/resources/weights.json"
RIDGE = 3.0
RARE = 3  # a feature that fewer examples have gets no weight
FREE = 0.3  # ridge of the intercepts
PRIOR = {"strength": 3.0}  # what the rules say of themselves, before anything is learned
FOR = frozenset((
    "strength", "both", "share", "acting", "rate", "targets", "product", "place", "date", "people",
    "official", "said by", "number", "to", "party", "person", "joint",
))  # fmt: skip
AGAINST = frozenset((
    "unreal", "denied", "carried", "bare", "often in passing", "parties of the page", "quoted",
    "parties from beside", "stronger beside", "stronger on the page", "no body", "crowded",
    "body imposes", "past",
    "short", "inside", "single marks", "parser", "small", "threatened", "many",
))  # fmt: skip
LATE = 3.0  # weight of pages that the rules were not made on
PRECISION = 0.75
LISTS = {
    "round": "talks", "commitment": "commitments", "accusation": "accusations",
    "measure": "measures", "statement": "statements", "figure": "figures",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Annotated:
    """A page with what it should give, and how much it counts."""

    name: str
    article: Article
    gold: dict[str, Any]  # Any: JSON
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Example:
    """What the reader proposes on a page, with its features and whether it is right."""

    page: str
    proposed: Proposed | None  # None where only features and outcome were kept
    features: dict[str, float]
    right: bool
    weight: float


def scorer(folder: Path) -> ModuleType:
    """Return the scorer that lies beside the annotated pages."""
    found = next(p / "score.py" for p in (folder, *folder.parents) if (p / "score.py").is_file())
    spec = importlib.util.spec_from_file_location("score", found)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def annotated(folder: Path, weight: dict[str, float]) -> list[Annotated]:
    """Return the pages of a folder; `weight` by page, "" for the others."""
    pages = []
    for gold in sorted((folder / "gold").glob("*.json")):
        raw = (folder / "pages" / f"{gold.stem}.txt").read_text(encoding="utf-8")
        head, _, body = raw.partition("\n-----\n")
        stated = re.search(r"published: (\d{4}-\d\d-\d\d)", head)
        page = Page(address=gold.stem, content=body.encode("utf-8"), media_type="text/plain")
        article = articles.read(page, published=date.fromisoformat(stated[1]) if stated else None)
        truth = json.loads(gold.read_text(encoding="utf-8"))
        counts = weight.get(gold.stem, weight[""])
        pages.append(Annotated(gold.stem, article, truth, body, counts))
    return pages


def examples(pages: Iterable[Annotated], score: ModuleType, readers: Readers) -> list[Example]:
    """Return what the reader proposes on the pages that it takes for relevant."""
    out = []
    for page in pages:
        seen = document(page.article, load())
        if not relevance(seen).relevant:
            continue
        found = weighed(seen, readers=readers)
        right = {id(one) for one in matched([one for one, _ in found], page, score)}
        out += [
            Example(page.name, one, values, id(one) in right, page.weight) for one, values in found
        ]
    return out


def first_seen(readers: Readers) -> list[Example]:
    """Return the examples of pages as the reader proposed them before its rules knew the pages."""
    stored = json.loads(FIRST.read_text(encoding="utf-8"))[readers]
    return [Example(row["page"], None, row["features"], row["right"], LATE) for row in stored]


def matched(proposed: Sequence[Proposed], page: Annotated, score: ModuleType) -> list[Proposed]:
    """Return what the scorer matches with the gold of the page."""
    out = []
    for kind, name in LISTS.items():
        mine = [one for one in proposed if one.drafts[0].record.type == kind]
        kept = tuple(draft for one in mine for draft in one.drafts)
        lists = drafts.annotation(page.article, kept)
        pairs = score.assign(
            score.lst(page.gold, name), lists[name], score.MATCH[name], score.Page(page.text)
        )
        out += [mine[pair[1]] for pair in pairs]
    return out


def fit(rows: Sequence[Example]) -> dict[str, float]:
    """Return weights by feature; a feature that would speak against its sense gets none."""
    counts: dict[str, int] = {}
    for row in rows:
        for name, value in row.features.items():
            counts[name] = counts.get(name, 0) + (value != 0)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    signs = np.array([sign_of(name) for name in names])
    values = np.array([[row.features.get(name, 0.0) for name in names] for row in rows])
    right = np.array([float(row.right) for row in rows])
    weight = np.array([row.weight for row in rows])
    ridge = np.array([FREE if name in LISTS else RIDGE for name in names])
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    free = np.ones(len(names), dtype=bool)
    while True:
        found: Array = np.zeros(len(names))
        found[free] = newton(
            values[:, free], right, weight / weight.mean(), ridge[free], prior[free]
        )
        wrong = found * signs < 0
        if not wrong.any():
            return {name: float(value) for name, value in zip(names, found, strict=True)}
        free &= ~wrong


def sign_of(name: str) -> int:
    """Return 1 for a feature that can only speak for a draft, -1 for one that cannot, else 0."""
    short = name.rpartition(": ")[2].removesuffix("strength") or "strength"
    short = "strength" if name.endswith("strength") else short
    return 1 if short in FOR else -1 if short in AGAINST else 0


def newton(values: Array, right: Array, weight: Array, ridge: Array, prior: Array) -> Array:
    """Return logistic weights, drawn to `prior` as strongly as `ridge` says."""
    found = prior.copy()
    for _ in range(50):
        chance = 1.0 / (1.0 + np.exp(-values @ found))
        slope = values.T @ (weight * (chance - right)) + ridge * (found - prior)
        curve = (values * (weight * chance * (1 - chance))[:, None]).T @ values + np.diag(ridge)
        found = found - np.linalg.solve(curve, slope)
    return found


def chance(weights: dict[str, float], features: dict[str, float]) -> float:
    """Return the probability that a draft with these features is right."""
    score = sum(weights.get(name, 0.0) * value for name, value in features.items())
    return float(1.0 / (1.0 + np.exp(-score)))


def left_out(rows: Sequence[Example]) -> list[float]:
    """Return the probability of each example by weights learned on the other pages."""
    out = [0.0] * len(rows)
    for name in {row.page for row in rows}:
        weights = fit([row for row in rows if row.page != name])
        for at, row in enumerate(rows):
            if row.page == name:
                out[at] = chance(weights, row.features)
    return out


def totals(
    pages: Sequence[Annotated], rows: Sequence[Example], kept: Sequence[bool], score: ModuleType
) -> dict[str, tuple[int, int, int]]:
    """Return matches, gold and given records by type, over pages."""
    out = {}
    given = {page.name: list[Any]() for page in pages}
    for row, keep in zip(rows, kept, strict=True):
        if keep and row.proposed:
            given[row.page].append(row.proposed)
    right = [one for page in pages for one in matched(given[page.name], page, score)]
    for kind, name in LISTS.items():
        gold = sum(len(score.lst(page.gold, name)) for page in pages)
        mine = [one for ones in given.values() for one in ones if one.drafts[0].record.type == kind]
        hits = [one for one in right if one.drafts[0].record.type == kind]
        out[name] = (len(hits), gold, len(mine))
    return out


def least_for(rows: Sequence[Example], chances: Sequence[float]) -> float:
    """Return the probability from which on drafts are right often enough.

    On pages left out, of those only that count most: the rules were not made on them.
    """
    most = max(row.weight for row in rows)
    unseen = [at for at, row in enumerate(rows) if row.weight == most]
    best, hits = 1.0, 0
    for given, at in enumerate(sorted(unseen, key=lambda at: -chances[at]), start=1):
        hits += rows[at].right
        if hits / given >= PRECISION:
            best = chances[at]
    return round(best, 3)


def report(name: str, found: dict[str, tuple[int, int, int]]) -> None:
    """Print precision and recall, and matches, gold and given records by type."""
    hits, gold, given = (sum(row[at] for row in found.values()) for at in range(3))
    parts = "  ".join(f"{k[:5]} {m}/{g}/{n}" for k, (m, g, n) in found.items())
    print(
        f"{name:24} precision {hits / max(1, given):.3f} recall {hits / max(1, gold):.3f}   {parts}"
    )


def pages_of(given: Sequence[str], late: set[str]) -> dict[str, list[Annotated]]:
    """Return the pages of FOLDER[:WEIGHT] by group; those of `late` are a group of their own."""
    groups: dict[str, list[Annotated]] = {}
    for one in given:
        path, _, weight = one.partition(":")
        pages = annotated(Path(path), {"": float(weight or 1), **dict.fromkeys(late, LATE)})
        name = Path(path).name
        groups[name] = [page for page in pages if page.name not in late]
        groups[f"{name}, late"] = [page for page in pages if page.name in late]
    return {name: pages for name, pages in groups.items() if pages}


def learned(
    groups: dict[str, list[Annotated]], readers: Readers, score: ModuleType
) -> dict[str, object]:
    """Return weights and threshold as they are stored, after a report on pages left out."""
    rows = examples([p for pages in groups.values() for p in pages], score, readers)
    rows += first_seen(readers)
    chances = left_out(rows)
    least = least_for(rows, chances)
    errors = [(c - row.right) ** 2 for c, row in zip(chances, rows, strict=True)]
    print(f"== {readers}: {len(rows)} examples, least {least}, Brier score {np.mean(errors):.3f}")
    for name, pages in groups.items():
        inside = {page.name for page in pages}
        mine = [at for at, row in enumerate(rows) if row.proposed and row.page in inside]
        of_group = [rows[at] for at in mine]
        report(name, totals(pages, of_group, [chances[at] >= least for at in mine], score))
        report("  all proposals", totals(pages, of_group, [True] * len(mine), score))
    weights = {name: round(value, 3) for name, value in fit(rows).items() if round(value, 3)}
    return {"least": least, "weights": weights}


def main() -> None:
    """Learn, report and, if asked, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--late", default="", help="pages that count three times")
    options = parser.parse_args()
    groups = pages_of(options.folders, set(filter(None, options.late.split(","))))
    score = scorer(Path(options.folders[0].partition(":")[0]))
    sets: tuple[Readers, ...] = ("patterns", "full")
    stored = {readers: learned(groups, readers, score) for readers in sets}
    if options.write:
        RESOURCE.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
