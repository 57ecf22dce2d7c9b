"""One story on many sites is one witness."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parley.ledger._witness import ALIKE, likeness, signature
from parley.records import Article, Paragraph

if TYPE_CHECKING:
    from parley.ledger import Ledger
    from parley.records import Draft

STORY = (
    "Ruritania and Graustark will talk about salt on Monday in the border town of Strelsau. "
    "The minister said that the duty of ten per cent could fall if the mines opened by spring. "
    "Traders on both sides doubt it, since the last promise was not kept and the roads are bad. "
    "A second round is planned for June, when the harvest is in and the delegations have voted."
)
OTHER = (
    "The football club of Strelsau lost at home again on Sunday after a late goal in the rain. "
    "Its trainer blamed the grass and announced that he would stay until the end of the season."
)


def test_agency_text_with_another_site_around_it_is_the_same_witness(
    own: Ledger, draft: Draft
) -> None:
    groups = {}
    for number, text in enumerate((STORY, "BREAKING. " + STORY + " More to follow.", OTHER)):
        article = Article(
            page_sha256=str(number) * 64, text=text, address=f"https://site{number}.example"
        )
        made = replace(draft, draft_id=str(number), evidence=(article.span(0, 9),))
        (proposal,) = own.save(article, [made], by="ann")
        entry_id = own.accept(proposal, by="ann")
        groups[number] = own.entry(entry_id).sources[0].witness
    assert groups[0] == groups[1] != groups[2]


def test_furniture_does_not_make_two_stories_alike(own: Ledger, draft: Draft) -> None:
    menu = "Home News Sport Weather Subscribe to our newsletter and never miss a story again. " * 9
    witnesses = set()
    for number, body in enumerate((STORY, OTHER)):
        text = menu + body
        article = Article(
            page_sha256=str(number) * 64,
            text=text,
            address=f"https://site{number}.example",
            paragraphs=(
                Paragraph(start=0, end=len(menu), kind="furniture"),
                Paragraph(start=len(menu), end=len(text), kind="body"),
            ),
        )
        made = replace(draft, draft_id=str(number), evidence=(article.span(0, 9),))
        (proposal,) = own.save(article, [made], by="ann")
        witnesses.add(own.entry(own.accept(proposal, by="ann")).sources[0].witness)
    assert len(witnesses) == 2


def test_likeness_of_texts() -> None:
    assert likeness(signature(STORY), signature(STORY)) == 1.0
    assert likeness(signature(STORY), signature(OTHER)) < 0.1 < ALIKE
