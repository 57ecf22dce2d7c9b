"""A page, its drafts, and an empty ledger of the user's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from parley import records as r
from parley.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = "Ruritania will lower its duty on salt to 5 per cent from 1 July, its minister said."


@pytest.fixture
def article() -> r.Article:
    return r.Article(
        page_sha256="a" * 64,
        text=TEXT,
        title="Salt",
        publisher="The Example",
        published=date(2025, 6, 3),
        published_origin="stated",
        language="en",
        address="https://example.org/salt",
    )


@pytest.fixture
def draft(article: r.Article) -> r.Draft:
    return r.Draft(
        draft_id="d1",
        record=r.Measure(
            imposer="RUR",
            targets=("WLD",),
            kind="import_tariff",
            scope=r.Scope(words="salt"),
            rate=r.Rate(kind="ad_valorem", ad_valorem=0.05, basis="total"),
            states=(
                r.DatedState(state="announced", start=date(2025, 6, 3)),
                r.DatedState(state="in_force", start=date(2025, 7, 1)),
            ),
        ),
        evidence=(article.span(0, 40),),
        rules=("test",),
        confidence=0.9,
    )


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of the user's own, without the shipped record."""
    with Ledger.open(tmp_path / "own.db", shipped=False, create=True) as ledger:
        yield ledger
