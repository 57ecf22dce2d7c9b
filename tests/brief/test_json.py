"""The brief as JSON: by its schema, and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from parley import brief
from parley.brief import Brief
from parley.ledger import Ledger
from parley.records import Article


def test_json_gives_back_the_same_brief(made: Brief) -> None:
    text = json.dumps(brief.encode_brief(made))
    assert brief.decode_brief(json.loads(text)) == made


def test_the_schema_is_named_in_the_value_and_in_itself(article: Article) -> None:
    made = brief.make_brief(article, (), Ledger.open())
    assert brief.encode_brief(made)["schema"] == "brief/1"
    assert brief.brief_schema()["$id"] == "brief/1"


def test_an_unknown_field_is_refused(article: Article) -> None:
    value = brief.encode_brief(brief.make_brief(article, (), Ledger.open()))
    with pytest.raises(ValidationError, match="verdict"):
        brief.decode_brief(value | {"verdict": "good"})


def test_the_published_schema_is_that_of_the_types() -> None:
    published = Path(__file__).parents[2] / "docs" / "reference" / "brief-1.schema.json"
    assert json.loads(published.read_text(encoding="utf-8")) == brief.brief_schema()


def test_every_field_of_a_brief_is_documented() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "brief-json.md"
    text = page.read_text(encoding="utf-8")
    assert [name for name in brief.brief_schema()["properties"] if f"`{name}`" not in text] == []
