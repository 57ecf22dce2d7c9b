from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from parley import articles
from parley.records import Article, Page


@pytest.fixture(scope="session")
def article_of() -> Callable[..., Article]:
    """Make an article of plain text, published on a day."""

    def make(text: str, published: date | None = None) -> Article:
        page = Page(
            address="page.txt",
            content=text.encode("utf-8"),
            media_type="text/plain",
            retrieved=datetime(2026, 1, 1, tzinfo=UTC),
        )
        return articles.read(page, published=published)

    return make
