import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.drafts import _sentences


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in _sentences.split(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Talks began.", "They ended."],
        ["The U.S. Treasury objected.", "Canada did not."],
        ["He spoke to the U.S.", "The minister left."],
        ["Mr. Ortega met Dr. Lund on Jan. 5 at 9 a.m. in Bern.", "They agreed."],
        ["Duties rose by 2.5 percent.", "Steel fell 0.3 percent."],
        ["“We will not sign.”", "She left."],
        ["“Will you sign?” he asked.", "Nobody spoke."],
        ["Is it over?", "It is!", "We think so…"],
        ["J. D. Ortega leads Acme Corp. of Lima.", "He is new."],
        ["The deal covers Nos. 4 and 5.", "It is short."],
        ["The rule (see Art. 5) applies.", "It binds."],
        ["Exports to the E.U. rose.", "Imports from the U.K. fell."],
        ["It sold to Acme Inc.", "The price was not given."],
        ["1. Chile will cut duties.", "Peru will follow."],
        ["They left at 5 p.m.", "The talks go on."],
    ],
)
def test_paragraph_is_cut_where_sentences_end(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


@given(st.text(alphabet='aB. !?"“”’\n1U.S', max_size=200))
def test_sentences_cover_all_that_is_not_white_space(text: str) -> None:
    sentences = _sentences.split(text)
    kept = "".join(text[s.start : s.end] for s in sentences)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(sentences))


@pytest.mark.parametrize(
    ("text", "place", "date", "agency"),
    [
        ("TOKYO (Newswire) - Japan said", "TOKYO", "", "Newswire"),
        ("BRUSSELS, July 14 (Wire) - The EU", "BRUSSELS", "July 14", "Wire"),
        ("LIMA — Ministers met", "LIMA", "", ""),
        ("LIMA/QUITO, 3 May (Wire) -- Ministers met", "LIMA/QUITO", "3 May", "Wire"),
        ("NEW DELHI: (Agency) - India", "", "", ""),
        ("Geneva (Wire) – Talks", "Geneva", "", "Wire"),
        ("By Ann Lee LIMA/QUITO (Wire) - Ministers", "LIMA/QUITO", "", "Wire"),
    ],
)
def test_dateline_is_read(text: str, place: str, date: str, agency: str) -> None:
    found = _sentences.dateline(text, 0, len(text))
    if not place:
        assert found is None
    else:
        assert found is not None
        assert (found.place, found.date, found.agency) == (place, date, agency)


@pytest.mark.parametrize(
    "text", ["Trade — a hard word — is back", "The US-China talks - again", "He said: no"]
)
def test_prose_has_no_dateline(text: str) -> None:
    assert _sentences.dateline(text, 0, len(text)) is None
