"""How well paragraphs of real plain-text scrapes are marked, page by page.

    python bench/paragraphs.py [../shared/reading/dev/pages]

``paragraph_kinds.csv`` holds what a person says of each paragraph of those pages by its number
(those not listed are body); the pages themselves are not part of the repository. The cues were
tuned on these pages, the weights of the model were not trained on them.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from parley import articles, pages

HERE = Path(__file__).resolve().parent
RULE = "\n-----\n"


def gold() -> dict[tuple[str, int], str]:
    with (HERE / "paragraph_kinds.csv").open(encoding="utf-8", newline="") as stream:
        return {(row["page"], int(row["paragraph"])): row["kind"] for row in csv.DictReader(stream)}


def main() -> None:
    default = HERE.parent.parent / "shared/reading/dev/pages"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    kinds = gold()
    seen: Counter[tuple[str, str]] = Counter()
    for file in sorted(folder.glob("*.txt")):
        article = articles.read(pages.read(file, limit_bytes=20_000_000))
        begin = article.text.find(RULE) + len(RULE)
        below = [p for p in article.paragraphs if p.start >= begin]
        for number, paragraph in enumerate(below):
            right = kinds.get((file.stem, number), "body")
            seen[right, paragraph.kind] += 1
    print(f"{'kind':12}{'gold':>6}{'said':>6}{'right':>7}{'precision':>11}{'recall':>9}")
    for kind in ("title", "body", "caption", "furniture"):
        said = sum(count for (_, k), count in seen.items() if k == kind)
        want = sum(count for (k, _), count in seen.items() if k == kind)
        hits = seen[kind, kind]
        print(f"{kind:12}{want:6}{said:6}{hits:7}{hits / said:11.3f}{hits / want:9.3f}")


if __name__ == "__main__":
    main()
