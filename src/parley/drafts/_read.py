"""From an article to drafts: the stages in order."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from parley.drafts._document import Document, document
from parley.drafts._engines import agreed, deepened
from parley.drafts._measures import measure_candidates
from parley.drafts._records import drafts_of
from parley.drafts._relevance import relevance

from parley.settings import load as load_settings
from parley.vocabulary import Vocabulary, load

if TYPE_CHECKING:
    from parley.drafts._candidates import Candidate
    from parley.records import Article, Draft

_log = logging.getLogger(__name__)

Engine: TypeAlias = Literal["auto", "patterns", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the reader makes of a page.

    `probability` says how likely the page is about trade between states; `reasons` say why.
    Where the page is not relevant there are no drafts.
    """

    relevant: bool
    probability: float
    reasons: tuple[str, ...]
    drafts: tuple[Draft, ...]


def reading(
    article: Article, *, vocabulary: Vocabulary | None = None, engine: Engine = "auto"
) -> Reading:
    """Return whether the page is about trade, why, and its drafts.

    Parameters
    ----------
    vocabulary
        Names, offices, products; the shipped one by default.
    engine
        "patterns" reads with patterns alone. "full" adds what only the parser sees, marked and
        with low confidence; it needs spaCy. "auto" is the one that scores better on annotated
        pages: the patterns (`bench/reading.py` prints both).

    Examples
    --------
    >>> from parley.records import Article
    >>> text = "A Sunday league side won its match."
    >>> reading(Article(page_sha256="", text=text)).relevant
    False
    """
    seen = document(article, vocabulary or load())
    measures = measure_candidates(seen)
    judged = relevance(seen, measures)
    drafts = _drafts(seen, measures, engine) if judged.relevant else ()
    _log.info("engine %s: relevance %.2f, %d drafts", engine, judged.probability, len(drafts))
    return Reading(
        relevant=judged.relevant,
        probability=judged.probability,
        reasons=judged.reasons,
        drafts=drafts,
    )


def _drafts(seen: Document, measures: list[Candidate], engine: Engine) -> tuple[Draft, ...]:
    """Return the drafts of one or both engines; each says which engine stands behind it."""
    plain = tuple(drafts_of(seen, measures=measures))
    if engine != "full":
        return plain
    model = load_settings().spacy_model or None
    return agreed(plain, tuple(drafts_of(deepened(seen, model=model))))


def read(
    article: Article, *, vocabulary: Vocabulary | None = None, engine: Engine = "auto"
) -> tuple[Draft, ...]:
    """Return the drafts of an article, each with the words that say it.

    A page that is not about trade between states gives none.
    """
    return reading(article, vocabulary=vocabulary, engine=engine).drafts


def relevant(article: Article, *, vocabulary: Vocabulary | None = None) -> bool:
    """Return whether the page is about trade policy, talks or measures between states."""
    return relevance(document(article, vocabulary or load())).relevant
