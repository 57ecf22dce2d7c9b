"""Dictionary forms of verbs and plural nouns."""

from __future__ import annotations

import pytest

from parley.drafts._lemmas import lemma


@pytest.mark.parametrize(
    ("form", "tag", "expected"),
    [
        ("imposed", "VBN", "impose"), ("slapped", "VBD", "slap"), ("levied", "VBD", "levy"),
        ("raising", "VBG", "raise"), ("walked", "VBD", "walk"), ("accuses", "VBZ", "accuse"),
        ("threatening", "VBG", "threaten"), ("relaxed", "VBD", "relax"), ("broke", "VBD", "break"),
        ("withdrawn", "VBN", "withdraw"), ("is", "VBZ", "be"), ("’s", "VBZ", "be"),
        ("reneged", "VBD", "renege"), ("agreeing", "VBG", "agree"), ("made", "VBD", "make"),
        ("stuffed", "VBN", "stuff"), ("hiked", "VBD", "hike"), ("setting", "VBG", "set"),
        ("duties", "NNS", "duty"), ("countries", "NNS", "country"), ("taxes", "NNS", "tax"),
        ("men", "NNS", "man"), ("crises", "NNS", "crisis"), ("licences", "NNS", "licence"),
    ],
)  # fmt: skip
def test_form_has_its_lemma(form: str, tag: str, expected: str) -> None:
    assert lemma(form, tag) == expected


@pytest.mark.parametrize(("form", "tag"), [("u.s.", "NNP"), ("tariffs", "NNP"), ("new", "JJ")])
def test_other_words_are_their_own_form(form: str, tag: str) -> None:
    assert lemma(form, tag) == form
