"""Score the reader on annotated pages: ``bench/reading.py [--engine full] [--left-out]``.

Pages, gold and scorer lie beside the repository in ``../shared/reading``. Ten of the thirty pages,
chosen by the SHA-256 of their number before any rule was written, were not looked at while the
first rules were made: ``--held`` scores those, ``--tuned`` the other twenty. ``--folder`` takes
other pages in the same form, ``--errors`` counts the classes of error, ``--detail`` lists them,
``--pred DIR`` keeps the predictions. With ``--left-out`` the drafts of each page are weighed by
weights that were learned on the other pages (and on those of ``--also FOLDER:WEIGHT``); the rules
themselves know the tuned pages. The headers' dates stand for the publication dates that a user
would give.
"""

import argparse
import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from parley import articles, drafts
from parley.drafts._weights import weights
from parley.records import Article, Draft, Page

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
import train_weights as train

from reading_errors import classes, seen_of

READING = Path(__file__).resolve().parents[2] / "shared" / "reading"
HELD = 10


def split(folder: Path) -> tuple[list[str], list[str]]:
    """Return the held-out pages and the tuned ones."""
    ids = sorted(path.stem for path in (folder / "gold").glob("*.json"))
    ids.sort(key=lambda page: hashlib.sha256(page.encode()).hexdigest())
    return sorted(ids[:HELD]), sorted(ids[HELD:])


def article_of(path: Path) -> Article:
    head, _, body = path.read_text(encoding="utf-8").partition("\n-----\n")
    stated = re.search(r"published: (\d{4}-\d\d-\d\d)", head)
    page = Page(
        address=path.name,
        content=body.encode("utf-8"),
        media_type="text/plain",
        retrieved=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return articles.read(page, published=date.fromisoformat(stated[1]) if stated else None)


def predict(path: Path, engine: drafts.Engine) -> dict[str, object]:
    article = article_of(path)
    found = drafts.reading(article, engine=engine)
    return drafts.annotation(article, found.drafts, relevant=found.relevant)


def left_out(folder: Path, also: list[str], engine: drafts.Engine) -> dict[str, dict[str, object]]:
    """Return the annotation of each page by weights that were learned on the other pages."""
    groups = train.pages_of([str(folder), *also], set(split(folder)[0]))
    readers: Literal["patterns", "full"] = "full" if engine == "full" else "patterns"
    every = [page for pages in groups.values() for page in pages]
    rows = train.examples(every, train.scorer(folder), readers) + train.first_seen(readers)
    chances = train.left_out(rows)
    least = weights(readers).least
    kept: dict[str, list[Draft]] = {page.name: [] for page in every}
    for row, chance in zip(rows, chances, strict=True):
        if row.proposed is not None and chance >= least:
            kept[row.page] += row.proposed.drafts
    return {
        page.name: drafts.annotation(
            page.article, kept[page.name], relevant=drafts.relevant(page.article)
        )
        for page in every
    }


def groups_of(folder: Path, *, held: bool, tuned: bool) -> list[tuple[str, list[str]]]:
    """Return the groups of pages that are scored apart."""
    if folder != READING / "dev":
        return [("all pages", sorted(path.stem for path in (folder / "gold").glob("*.json")))]
    kept, seen = split(folder)
    groups = [("tuned", seen), ("held out", kept)]
    return [g for g in groups if not (held or tuned) or g[0] == ("held out" if held else "tuned")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", default=str(READING / "dev"))
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--tuned", action="store_true")
    parser.add_argument("--detail", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--pred")
    parser.add_argument("--engine", choices=("patterns", "full"), default="patterns")
    parser.add_argument("--left-out", action="store_true")
    parser.add_argument("--also", action="append", default=[], metavar="FOLDER:WEIGHT")
    options = parser.parse_args()
    folder = Path(options.folder)
    known = left_out(folder, options.also, options.engine) if options.left_out else {}
    for name, ids in groups_of(folder, held=options.held, tuned=options.tuned):
        print(f"== {name}: {len(ids)} pages")
        with tempfile.TemporaryDirectory() as scratch:
            target = Path(options.pred or scratch)
            target.mkdir(exist_ok=True)
            for page in ids:
                path = folder / "pages" / f"{page}.txt"
                found = known[page] if known else predict(path, options.engine)
                words = json.dumps(found, ensure_ascii=False, indent=1)
                (target / f"{page}.json").write_text(words, encoding="utf-8")
            _score(folder, target, ids, detail=options.detail)
            if options.errors:
                _print_errors(folder, target, ids, engine=options.engine)


def _print_errors(folder: Path, target: Path, ids: list[str], *, engine: drafts.Engine) -> None:
    spec = importlib.util.spec_from_file_location("score", READING / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    total = Counter[tuple[str, str, str]]()
    for page in ids:
        path = folder / "pages" / f"{page}.txt"
        gold = json.loads((folder / "gold" / f"{page}.json").read_text(encoding="utf-8"))
        found = json.loads((target / f"{page}.json").read_text(encoding="utf-8"))
        seen = seen_of(article_of(path), "full" if engine == "full" else "patterns")
        text = path.read_text(encoding="utf-8").partition("\n-----\n")[2]
        total += classes(score, gold, found, seen, text)
    for side in ("missed", "false"):
        print(f"{side}:")
        for (name, where, what), number in sorted(total.items(), key=lambda one: -one[1]):
            if where == side:
                print(f"  {number:4}  {name:12} {what}")


def _score(folder: Path, target: Path, ids: list[str], *, detail: bool) -> None:
    command = [sys.executable, str(READING / "score.py"), str(target)]
    command += ["--gold", str(folder / "gold"), "--pages", str(folder / "pages")]
    command += ["--only", ",".join(ids)] + (["--detail"] if detail else [])
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
