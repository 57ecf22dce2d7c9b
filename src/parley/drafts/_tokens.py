"""Words with their offsets: the smallest units that the reader works on."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}(?=\W|$)"  # U.S., U.K.
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+(?:[’'][^\W\d_]+)*"
    r"|[’']s\b|[^\w\s]|_",
)
_CLITIC = re.compile(r"(?i)(n[’']t|[’'](?:s|re|ve|ll|d|m))$")
_APOSTROPHE = str.maketrans({"’": "'", "‘": "'"})
_SHORT = frozenset(
    "Mr Mrs Ms Dr Sen Rep Gov Gen Col Lt Sgt Prof Rev Hon St Jr Sr Jan Feb Mar Apr Jun Jul Aug Sep "
    "Sept Oct Nov Dec No vs Inc Corp Ltd Co Cos Bros".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark: ``text[start:end] == word``."""

    start: int
    end: int
    word: str
    low: str  # lower case, straight apostrophes
    joined: bool  # a hyphen stands between it and the token before


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of ``text[start:end]``; hyphens inside words are dropped.

    Clitics stand alone ("China's" is two tokens), abbreviations keep their dots.

    Examples
    --------
    >>> [token.word for token in tokens("China's U.S.-made goods, 25%.")]
    ['China', "'s", 'U.S.', 'made', 'goods', ',', '25', '%', '.']
    """
    found: list[Token] = []
    stop = len(text) if end is None else end
    joined = False
    for match in _TOKEN.finditer(text, start, stop):
        word = match.group()
        if (
            word in "-‑‐"
            and found
            and found[-1].end == match.start()
            and match.end() < stop
            and (text[match.end()].isalnum())
        ):
            joined = True
            continue
        if word == "." and found and found[-1].end == match.start() and found[-1].word in _SHORT:
            continue
        found.extend(_split(match.start(), word, joined))
        joined = False
    return found


def _split(start: int, word: str, joined: bool) -> list[Token]:
    clitic = _CLITIC.search(word)
    if clitic is None or clitic.start() == 0:
        return [_token(start, word, joined)]
    cut = clitic.start()
    return [_token(start, word[:cut], joined), _token(start + cut, word[cut:], False)]


def _token(start: int, word: str, joined: bool) -> Token:
    return Token(start, start + len(word), word, word.lower().translate(_APOSTROPHE), joined)
