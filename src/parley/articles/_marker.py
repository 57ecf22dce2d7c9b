"""Tell the paragraphs of a page of plain text from what stands around them.

A logistic model over features of a line and its neighbours gives the probability that a paragraph
belongs to the article; cue words (`_cues`) overrule it. The weights are a data file of numbers,
made by ``scripts/train_marker.py``, which also says from what.

References
----------
Kohlschütter, Fankhauser and Nejdl (2010), Boilerplate detection using shallow text features, WSDM:
length, link and neighbour features decide most cases.
"""

from __future__ import annotations

import json
import math
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from parley.articles import _cues
from parley.articles._published import is_date_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.records import ParagraphKind

FEATURES = (
    "bias", "log_length", "log_words", "ends_sentence", "has_inner_end", "capitalised",
    "all_capitals", "digits", "function_words", "says_or_is", "commas", "quotes", "cue_start",
    "cue_anywhere", "symbols", "first_three", "last_five", "position", "log_before", "log_after",
    "ends_before", "ends_after", "short_around", "seen_before", "you_or_we", "imperative",
    "ends_colon", "has_date",
)  # fmt: skip

_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*$")
_INNER_END = re.compile(r"(?:[a-z]{2}|[\d)])[.!?][\"'”’)\]]*\s+[\"'“‘(]*[A-Z]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_FUNCTION = frozenset(
    "the of and to a in that is was for on with as by at from are be this it an its have has had"
    " not but were which their they he his she her or after over into who will would said than"
    " been more also about when there if".split()
)
_VERBS = frozenset(
    "said says is are was were will would has have had been could should told may might did does"
    " agreed announced called made met took added warned".split()
)
_TOLD = _VERBS | frozenset(
    "held began rose fell cut set put won lost gave sent left led paid sold bought kept spoke wrote"
    " came went saw grew hit struck".split()
)
_DIGIT = re.compile(r"\d")
_YOU = frozenset("you your yours we our us i my me".split())
_IMPERATIVES = frozenset(
    "get read share sign subscribe follow join watch listen click see find download enter view"
    " try buy support stay learn check visit skip log tap browse discover explore save".split()
)
_SYMBOLS = re.compile(r"https?:|www\.|[»|©®™•▶►→@#]|\.com\b")
_DATE = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d|\b\d{1,2}:\d\d\b|"
    r"\b(?:19|20)\d\d-\d\d-\d\d|\b\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_AMOUNT = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:%|per\s?cent|[bm]illion|bn\b|tonnes|tons)")
_QUOTES = re.compile(r"[\"“”]")
_SHORT = 60  # characters
_RUN = 4  # words of the runs by which repeated text is found
_DOUBLED = 0.7  # share of a caption's runs that stand in an earlier paragraph
_LEAST_CAPTION = 12  # words
_LEAST_SENTENCE = 4  # words


class _Lines:
    """What is counted once for every paragraph of a page."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.paragraphs = paragraphs
        self.words = [_WORD.findall(paragraph) for paragraph in paragraphs]
        self.ends = [bool(_ENDS.search(paragraph[-6:])) for paragraph in paragraphs]
        self.seen = _repeated(self.words)


def _repeated(paragraphs: list[list[str]]) -> list[float]:
    """Return for each paragraph the share of its runs of words that came before."""
    before: set[str] = set()
    shares: list[float] = []
    for words in paragraphs:
        lowered = [word.lower() for word in words]
        runs = [" ".join(lowered[i : i + _RUN]) for i in range(max(1, len(lowered) - _RUN + 1))]
        shares.append(sum(run in before for run in runs) / len(runs))
        before.update(runs)
    return shares


def features(paragraphs: Sequence[str]) -> list[list[float]]:
    """Return the features of each paragraph of a page, in the order of `FEATURES`."""
    lines = _Lines(paragraphs)
    return [_own(lines, index) + _around(lines, index) for index in range(len(paragraphs))]


def _own(lines: _Lines, index: int) -> list[float]:
    paragraph, words = lines.paragraphs[index], lines.words[index]
    count = max(1, len(words))
    lowered = [word.lower() for word in words]
    length = len(paragraph)
    return [
        1.0,
        math.log1p(length),
        math.log1p(len(words)),
        float(lines.ends[index]),
        float(bool(_INNER_END.search(paragraph))),
        sum(word[0].isupper() for word in words) / count,
        sum(len(word) > 1 and word.isupper() for word in words) / count,
        len(_DIGIT.findall(paragraph)) / max(1, length),
        sum(word in _FUNCTION for word in lowered) / count,
        float(any(word in _VERBS for word in lowered)),
        paragraph.count(",") / count,
        float(bool(_QUOTES.search(paragraph))),
        float(_cues.opens_like_furniture(paragraph)),
        float(_cues.holds_furniture_words(paragraph)),
        float(len(_SYMBOLS.findall(paragraph)) > 0),
    ]


def _around(lines: _Lines, index: int) -> list[float]:
    paragraphs, last = lines.paragraphs, len(lines.paragraphs) - 1
    before = len(paragraphs[index - 1]) if index else 0
    after = len(paragraphs[index + 1]) if index < last else 0
    near = [
        len(paragraphs[i]) < _SHORT and not lines.ends[i]
        for i in range(max(0, index - 3), min(last, index + 3) + 1)
        if i != index
    ]
    lowered = [word.lower() for word in lines.words[index]]
    return [
        float(index < 3),
        float(index > last - 5),
        index / max(1, last),
        math.log1p(before),
        math.log1p(after),
        float(index > 0 and lines.ends[index - 1]),
        float(index < last and lines.ends[index + 1]),
        sum(near) / max(1, len(near)),
        lines.seen[index],
        sum(word in _YOU for word in lowered) / max(1, len(lowered)),
        float(bool(lowered) and lowered[0] in _IMPERATIVES),
        float(paragraphs[index].endswith((":", "..."))),
        float(bool(_DATE.search(paragraphs[index]))),
    ]


@cache
def _weights() -> tuple[float, ...]:
    path = resources.files("parley.articles") / "marker.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert tuple(stored["features"]) == FEATURES, "marker.json was made for other features"
    return tuple(stored["weights"])


def body_probability(paragraphs: Sequence[str]) -> list[float]:
    """Return for each paragraph the probability that it belongs to the article."""
    weights = _weights()
    return [
        1.0 / (1.0 + math.exp(-sum(w * x for w, x in zip(weights, row, strict=True))))
        for row in features(paragraphs)
    ]


def mark(paragraphs: Sequence[str]) -> list[ParagraphKind]:
    """Return the kind of each paragraph of a page of plain text.

    Cues decide first, then the model; captions are paragraphs that repeat earlier ones or are
    whole sentences without an end among paragraphs that have one.
    """
    probabilities = body_probability(paragraphs)
    lines = _Lines(paragraphs)
    kinds: list[ParagraphKind] = []
    for index, paragraph in enumerate(paragraphs):
        late = index >= len(paragraphs) - 6 and index > 2
        cued = _told_by_words(paragraph) or (late and _cues.is_author_note(paragraph))
        goes_on = bool(kinds) and kinds[-1] == "furniture" and _goes_on(lines, index)
        if cued or goes_on or _stands_twice(lines, index):
            kinds.append("furniture")
        elif probabilities[index] < _least(lines, index) and not _AMOUNT.search(paragraph):
            kinds.append("furniture")  # a line of a table of amounts is short, but no furniture
        else:
            kinds.append("caption" if _is_caption(lines, index) else "body")
    _mark_title(paragraphs, kinds)
    if "body" not in kinds:
        _save_sentences(lines, kinds)
    return kinds


def _save_sentences(lines: _Lines, kinds: list[ParagraphKind]) -> None:
    """Take the whole sentences of a page without a body for it: a title and one short line."""
    for index, paragraph in enumerate(lines.paragraphs):
        whole = lines.ends[index] and len(lines.words[index]) >= _LEAST_SENTENCE
        cued = _told_by_words(paragraph) or _cues.is_author_note(paragraph)
        if whole and kinds[index] == "furniture" and not cued:
            kinds[index] = "body"


def _is_caption(lines: _Lines, index: int) -> bool:
    """Whether a paragraph reads like the words under a picture."""
    words = lines.words[index]
    if len(words) < _LEAST_CAPTION or index == 0:
        return False
    if lines.seen[index] >= _DOUBLED:
        return True
    if lines.ends[index] or sum(lines.ends) < 0.6 * len(lines.ends):
        return False
    paragraph = lines.paragraphs[index]
    capitals = sum(word[0].isupper() for word in words) / len(words)
    quoted = paragraph.startswith(("“", '"', "‘", "'")) or paragraph.endswith((":", "”", '"', ","))
    return capitals < 0.5 and not quoted and any(w.lower() in _FUNCTION for w in words)


def _told_by_words(paragraph: str) -> bool:
    return _cues.is_furniture(paragraph) or is_date_line(paragraph)


def _goes_on(lines: _Lines, index: int) -> bool:
    """Whether a short line goes on with the line before it, which did not end."""
    paragraph = lines.paragraphs[index]
    return paragraph[:1].islower() and len(paragraph) < _SHORT and not lines.ends[index - 1]


def _least(lines: _Lines, index: int) -> float:
    """Return the probability from which a paragraph is body: less for a whole sentence."""
    words = {word.lower() for word in lines.words[index]}
    told = any(word in _TOLD or (word.endswith("ed") and len(word) > 4) for word in words)
    plain = lines.ends[index] and len(words) >= 6 and told and not words & _YOU
    return 0.1 if plain else 0.5


def _stands_twice(lines: _Lines, index: int) -> bool:
    """Whether a short line stands again right before or after itself, as prompts and polls do."""
    paragraphs = lines.paragraphs
    if index == 0 or len(paragraphs[index]) > 2 * _SHORT:
        return False
    return paragraphs[index] in (paragraphs[index - 1], *paragraphs[index + 1 : index + 2])


_TITLE_LONGEST = 300
_TITLE_AMONG = 8  # first paragraphs


def _mark_title(paragraphs: Sequence[str], kinds: list[ParagraphKind]) -> None:
    """Mark the first line that reads like a title, among the first few that are no cue.

    A line of a few words, such as the name of the paper, gives way to a longer one below it.
    """
    if len(paragraphs) == 1:
        return
    fallback: int | None = None
    for index, paragraph in enumerate(paragraphs[:_TITLE_AMONG]):
        if _told_by_words(paragraph):
            continue
        like_title = reads_like_title(paragraph, first=index == 0)
        if like_title:
            short = len(paragraph.split()) <= _NAME_WORDS
            if not short and (fallback is None or not _ENDS.search(paragraph[-6:])):
                kinds[index] = "title"
                return
            if fallback is None or (_is_name(paragraphs[fallback]) and not _is_name(paragraph)):
                fallback = index
        if kinds[index] == "body" and not like_title:
            break
    if fallback is not None:
        kinds[fallback] = "title"


_NAME_WORDS = 3  # of the name of a paper


def _is_name(line: str) -> bool:
    """Whether every word of a line has a capital, as in the name of a paper."""
    return all(word[0].isupper() for word in _WORD.findall(line))


def reads_like_title(paragraph: str, *, first: bool = False) -> bool:
    """Whether a line could be the title: a few words, no sentence after it.

    Examples
    --------
    >>> reads_like_title("Chile and Peru agree on wine"), reads_like_title("News")
    (True, False)
    """
    words = _WORD.findall(paragraph)
    if len(paragraph) > _TITLE_LONGEST or not (2 if first else 3) <= len(words) <= 45:
        return False
    return not _INNER_END.search(paragraph) and (
        not paragraph.rstrip("\"'”’").endswith(".") or len(words) <= 14
    )
