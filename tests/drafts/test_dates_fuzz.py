from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from parley.drafts import _dates

WORDS = st.sampled_from(
    "Monday Friday May June Feb. 29 30 31 2023 2024 1999 the first second half of quarter last next"
    " this week month year years days 999 0 12 ago in from to until - , and by since late mid early"
    " end weekend Q3 spring winter FY 2023-24 02/30/2024 29/02/2023 1990s later earlier following"
    " coming within day after tomorrow so far a couple".split(" ")
)


def check(text: str, anchor: date | None, tense: str | None) -> None:
    end = 0
    for found in _dates.find(text, anchor=anchor, tense=tense):  # type: ignore[arg-type]  # one of two words or None
        assert end <= found.start < found.end <= len(text)
        assert found.when.phrase in text
        assert (found.when.start is None) == (found.when.end is None)
        end = found.end


@given(
    words=st.lists(WORDS, max_size=12),
    anchor=st.one_of(st.none(), st.dates(date(1995, 1, 1), date(2035, 12, 31))),
    tense=st.sampled_from([None, "past", "future"]),
)
def test_any_words_of_dates_are_read(
    words: list[str], anchor: date | None, tense: str | None
) -> None:
    check(" ".join(words), anchor, tense)


@given(text=st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    check(text, date(2020, 2, 29), "past")
