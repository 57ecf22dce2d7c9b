"""Pages in our own words with the drafts that they must give: regression, no claim of quality.

`pages.toml` holds short pages with the traps of the field (duties of telephone companies, deals of
footballers, quotations inside quotations, two rates in a sentence, captions twice, "May said"), and
for each the drafts as short lines, by either engine. `remake` prints them anew; read every line
before you keep it.
"""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from parley import articles, drafts
from parley.records import (
    Accusation,
    Assessment,
    Commitment,
    Draft,
    Figure,
    Measure,
    Page,
    Record,
    Round,
    Statement,
)

PAGES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("pages.toml").read_text(encoding="utf-8")
)["page"]


def reading(page: dict[str, Any], engine: drafts.Engine) -> drafts.Reading:
    taken = Page(
        address=f"{page['name']}.txt",
        content=page["text"].encode("utf-8"),
        media_type="text/plain",
        retrieved=datetime(2026, 1, 1, tzinfo=UTC),
    )
    published: date = page["published"]
    return drafts.reading(articles.read(taken, published=published), engine=engine)


@pytest.mark.parametrize("engine", ["patterns", "full"])
@pytest.mark.parametrize("page", PAGES, ids=[page["name"] for page in PAGES])
def test_page_gives_its_drafts_and_no_others(page: dict[str, Any], engine: drafts.Engine) -> None:
    if engine == "full":
        pytest.importorskip("spacy", reason="spaCy is not installed: parley[parser]")
    found = reading(page, engine)
    assert found.relevant is page["relevant"]
    assert lines(found.drafts) == sorted(page["drafts"])


def test_there_are_thirty_pages_and_a_sixth_is_of_other_fields() -> None:
    assert len(PAGES) >= 30
    assert sum(not page["relevant"] for page in PAGES) >= 6


def lines(found: tuple[Draft, ...]) -> list[str]:
    """Return one short line for each draft, sorted."""
    records = [draft.record for draft in found if not isinstance(draft.record, Assessment)]
    return sorted(line(record) for record in records)


def line(record: Record) -> str:
    if isinstance(record, Round):
        day = record.when.start.isoformat() if record.when.start else "-"
        place = record.place or "-"
        return f"talks {','.join(record.parties)} {place} {day} {record.format} {record.state}"
    if isinstance(record, Commitment):
        return f"promise {','.join(record.made_by)}: {' '.join(record.action.split()[:4])}"
    if isinstance(record, Accusation):
        return f"charge {record.by_party or record.by} > {','.join(record.against)}"
    if isinstance(record, Statement):
        return f"said {record.speaker}: {' '.join(record.quote.split()[:4])}"
    if isinstance(record, Figure):
        return f"figure {record.value:g} {record.unit}"
    assert isinstance(record, Measure)
    rate = record.rate.ad_valorem
    parties = ",".join((record.imposer, *record.on_behalf))
    percent = "-" if rate is None else f"{rate * 100:g}%"
    targets = ",".join(record.targets) or "-"
    return f"measure {parties} > {targets} {record.kind} {percent} {record.states[0].state}"


def remake() -> str:
    """Return `pages.toml` with the drafts that the reader gives now."""
    out = []
    for page in PAGES:
        found = reading(page, "patterns")
        drafted = "".join(f"  {one!r},\n" for one in lines(found.drafts)).replace("'", '"')
        out.append(
            f'[[page]]\nname = "{page["name"]}"\npublished = {page["published"]}\n'
            f"relevant = {str(found.relevant).lower()}\n"
            f"text = '''\n{page['text'].strip()}\n'''\ndrafts = [\n{drafted}]\n"
        )
    return "\n".join(out)
