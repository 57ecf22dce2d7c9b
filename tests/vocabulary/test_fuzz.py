from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from parley import vocabulary

VOCABULARY = vocabulary.load()
WORDS = st.sampled_from(
    "President Xi Mr. He May U.S. the Commission 's ’s of of the EU minister Trade Minister Ann Lee"
    " Jordan , . \n\n - Washington Post de la al Kim Jong \u200b É ministry China customs (".split(
        " "
    )
)


def check(text: str) -> None:
    mentions = VOCABULARY.find(text, on=date(2020, 1, 1))
    end = 0
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert "\n\n" not in text[mention.start : mention.end]
        if mention.kind != "title":
            assert mention.start >= end
            end = mention.end


@given(words=st.lists(WORDS, max_size=30))
def test_mentions_of_the_same_text_do_not_overlap(words: list[str]) -> None:
    check(" ".join(words))


@given(text=st.text(max_size=200))
def test_any_text_is_searched(text: str) -> None:
    check(text)
