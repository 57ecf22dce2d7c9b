"""Pages that lie beside the repository; without them these tests are skipped."""

import csv
from pathlib import Path

import pytest

from parley import articles, pages

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
DEV = SHARED / "reading/dev/pages"
LONDON = SHARED / "pages/china-london-talks.txt"
LIMIT = 20_000_000


@pytest.mark.skipif(not LONDON.exists(), reason="needs ../shared/pages")
def test_nothing_of_the_furniture_of_the_london_page_is_body() -> None:
    article = articles.read(pages.read(LONDON, limit_bytes=LIMIT))
    body = [article.text[p.start : p.end] for p in article.paragraphs if p.kind != "furniture"]
    assert len(body) == 14
    for word in ("Subscribe", "Disclaimer", "DeFi", "crypto", "Loading", "Share link", "Editor"):
        assert not any(word in paragraph for paragraph in body)


@pytest.mark.skipif(not DEV.exists(), reason="needs ../shared/reading/dev")
def test_real_scrapes_are_marked_as_a_person_marks_them() -> None:
    with (ROOT / "bench/paragraph_kinds.csv").open(encoding="utf-8", newline="") as stream:
        gold = {(r["page"], int(r["paragraph"])): r["kind"] for r in csv.DictReader(stream)}
    right = total = 0
    for file in sorted(DEV.glob("*.txt")):
        article = articles.read(pages.read(file, limit_bytes=LIMIT))
        begin = article.text.index("\n-----\n") + 7
        below = [p for p in article.paragraphs if p.start >= begin]
        total += len(below)
        right += sum(gold.get((file.stem, n), "body") == p.kind for n, p in enumerate(below))
    assert right >= 0.97 * total
