"""Score the reader on annotated pages: ``bench/reading.py [--held | --tuned | --all] [--detail]``.

Pages, gold and scorer lie beside the repository in ``../shared/reading``. Ten of the thirty pages,
chosen by the SHA-256 of their number before any rule was written, were never looked at while the
rules were made: ``--held`` scores those, ``--tuned`` the other twenty. ``--pred DIR`` keeps the
predictions. The headers' dates stand for the publication dates that a user would give.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from parley import articles, drafts
from parley.records import Page

READING = Path(__file__).resolve().parents[2] / "shared" / "reading"
HELD = 10


def split(folder: Path) -> tuple[list[str], list[str]]:
    """Return the held-out pages and the tuned ones."""
    ids = sorted(path.stem for path in (folder / "gold").glob("*.json"))
    ids.sort(key=lambda page: hashlib.sha256(page.encode()).hexdigest())
    return sorted(ids[:HELD]), sorted(ids[HELD:])


def predict(path: Path, engine: drafts.Engine) -> dict[str, object]:
    head, _, body = path.read_text(encoding="utf-8").partition("\n-----\n")
    stated = re.search(r"published: (\d{4}-\d\d-\d\d)", head)
    page = Page(
        address=path.name,
        content=body.encode("utf-8"),
        media_type="text/plain",
        retrieved=datetime(2026, 1, 1, tzinfo=UTC),
    )
    article = articles.read(page, published=date.fromisoformat(stated[1]) if stated else None)
    found = drafts.reading(article, engine=engine)
    return drafts.annotation(article, found.drafts, relevant=found.relevant)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", default=str(READING / "dev"))
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--tuned", action="store_true")
    parser.add_argument("--detail", action="store_true")
    parser.add_argument("--pred")
    parser.add_argument("--engine", choices=("patterns", "full"), default="patterns")
    options = parser.parse_args()
    folder = Path(options.folder)
    held, tuned = split(folder)
    groups = [("tuned", tuned), ("held out", held)]
    if options.held or options.tuned:
        groups = [g for g in groups if g[0] == ("held out" if options.held else "tuned")]
    for name, ids in groups:
        print(f"== {name}: {len(ids)} pages")
        with tempfile.TemporaryDirectory() as scratch:
            target = Path(options.pred or scratch)
            target.mkdir(exist_ok=True)
            for page in ids:
                found = predict(folder / "pages" / f"{page}.txt", options.engine)
                words = json.dumps(found, ensure_ascii=False, indent=1)
                (target / f"{page}.json").write_text(words, encoding="utf-8")
            _score(folder, target, ids, detail=options.detail)


def _score(folder: Path, target: Path, ids: list[str], *, detail: bool) -> None:
    command = [sys.executable, str(READING / "score.py"), str(target)]
    command += ["--gold", str(folder / "gold"), "--pages", str(folder / "pages")]
    command += ["--only", ",".join(ids)] + (["--detail"] if detail else [])
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
