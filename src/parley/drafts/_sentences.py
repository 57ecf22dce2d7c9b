"""Cut a paragraph into sentences, and a dateline from the sentence that it opens.

What holds no full stop for `LONGEST` characters is cut between two words, so that a page's time
grows with its length and not faster; the longest sentence of the annotated pages has 721.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Abbreviations before a name or a number: a point after them never ends a sentence.
_NEVER = frozenset(
    "mr mrs ms dr prof sen rep gov gen col lt sgt capt hon rev st mt ft no nos art sec vol fig pp"
    " vs approx ca cf eg ie viz al jan feb mar apr jun jul aug sept sep oct nov dec messrs supt"
    " amb pres rs v secy asst dept".split()
)
_LOWER = frozenset("eg ie vs v al approx ca".split())  # these also in lower case
# Abbreviations that end a sentence when the next word opens one.
_PERHAPS = frozenset(
    "inc corp ltd co llc plc bros jr sr esq etc a.m p.m u.s u.k u.n e.u d.c est gmt".split()
)
# Words that open a sentence after "U.S." rather than go on with a name ("the U.S. Treasury").
_OPENERS = frozenset(
    "the a an this that these those it its he she they we i you but and in on at as if when while"
    " after before since however there here what why how who both such under by for from with to"
    " no not some many most all last next now then meanwhile earlier later according also another"
    " his her their our still yet even officials china's".split()
)
_END = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]]*)(?P<gap>\s+)(?=(?P<next>\S+))"
)
_LAST_WORD = re.compile(r"[^\s\"'“”‘’(\[]+$")
_OPENS = re.compile(r"[\"'“‘«(\[]*(?:[A-ZÀ-ÞĀ-Ž\d$€£¥]|[a-z]+[A-Z])")
_INITIAL = re.compile(r"(?:[A-Z]\.)*[A-Z]$")
_BULLET = re.compile(r"\s*(?:[•*▪◦‣·]|[-–—]\s|\(?\d{1,2}[.)]\s)\s*")
LONGEST = 1_000  # characters of a sentence
_MARGIN = 40  # blanks at most before the number of a list
_PLACE = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ.'’]+(?:[ -][A-ZÀ-Þ][A-Za-zÀ-ÿ.'’]+){0,3}"
_AGENCY = r"\s*,?\s*[(\[](?P<agency>[^()\[\]]{2,40})[)\]]"
_DASH = r"\s*(?P<dash>-{1,2}|–|—|:)\s+"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?:[/,;]\s?{_PLACE}){{0,3}}?)"
    r"(?:,\s+(?P<date>(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8})(?:,\s+\d{4})?))?"
    rf"(?:{_AGENCY})?{_DASH}"
)
# After a byline that a scrape ran into the first line: places in capitals, agency, dash.
_AFTER_BYLINE = re.compile(rf"\b(?P<place>[A-ZÀ-Þ]{{3,}}[A-ZÀ-Þ/ .-]*)(?P<date>){_AGENCY}{_DASH}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence, half-open in characters of the text it was cut from."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The words before the dash that open a wire report: "LONDON, June 9 (Wire) -"."""

    start: int
    end: int  # where the sentence proper begins
    place: str
    date: str  # "June 9", "" when it gives none
    agency: str


def split(text: str, start: int = 0, end: int | None = None) -> tuple[Sentence, ...]:
    """Return the sentences of ``text[start:end]``, which is one paragraph.

    Examples
    --------
    >>> text = "He met Mr. Lee of the U.S. Treasury. Talks go on."
    >>> [text[s.start : s.end] for s in split(text)]
    ['He met Mr. Lee of the U.S. Treasury.', 'Talks go on.']
    """
    end = len(text) if end is None else end
    cuts = [f.end("close") for f in _END.finditer(text, start, end) if _ends(text, start, f)]
    sentences: list[Sentence] = []
    at = start
    for cut in [*cuts, end]:
        first, last = at, cut
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        sentences.extend(_bounded(text, first, last))
        at = cut
    return tuple(sentences)


def _bounded(text: str, start: int, end: int) -> Iterator[Sentence]:
    """Yield ``text[start:end]`` in pieces of at most `LONGEST` characters, cut between words."""
    while end - start > LONGEST:
        gap = max(text.rfind(blank, start, start + LONGEST) for blank in " \n\t")
        cut = gap if gap > start else start + LONGEST
        yield Sentence(start=start, end=cut)
        start = cut + (cut == gap)
    if start < end:
        yield Sentence(start=start, end=end)


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    following = found["next"]
    if not _OPENS.match(following) and not _BULLET.match(following):
        return False
    if found["mark"] != ".":
        # "Yahoo! Inc" and "..." inside a quote go on in lower case, which was excluded above.
        return True
    last = _LAST_WORD.search(text, max(start, found.start() - 40), found.start())
    word = last.group() if last else ""
    begin = last.start() if last else start
    if word.isdigit() and begin - start < _MARGIN and not text[start:begin].strip():
        return False  # the number of a list
    key = word.lower().lstrip("(").rstrip(".")
    if key in _NEVER and (word[:1].isupper() or key in _LOWER):
        return False
    if key in _PERHAPS or _INITIAL.fullmatch(word):
        opener = re.sub(r"[^\w'’]", "", following).lower().replace("’", "'")
        return opener in _OPENERS
    return True


def dateline(text: str, start: int, end: int) -> Dateline | None:
    """Return the dateline that opens a paragraph, or None.

    Examples
    --------
    >>> found = dateline("TOKYO (Newswire) - Japan said", 0, 29)
    >>> found.place, found.agency, found.end
    ('TOKYO', 'Newswire', 19)
    """
    found = _DATELINE.match(text, start, min(end, start + 120))
    if found is None or found["place"].startswith("By ") or not _sure(found):
        found = _AFTER_BYLINE.search(text, start, min(end, start + 200))
    if found is None:
        return None
    return Dateline(
        start=found.start(),
        end=found.end(),
        place=found["place"].strip(),
        date=found["date"] or "",
        agency=found["agency"] or "",
    )


def _sure(found: re.Match[str]) -> bool:
    capitals = re.split(r"[/,;]", found["place"])[0].isupper()
    if found["dash"] == ":" and not found["agency"]:
        return False
    return len(found["place"]) >= 3 and (capitals or found["agency"] is not None)
