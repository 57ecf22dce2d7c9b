"""From an article to drafts: the stages in order."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from parley.drafts._document import Document, document
from parley.drafts._features import features, page_of
from parley.drafts._measures import measure_candidates
from parley.drafts._proposals import agreed, engine_of, proposals
from parley.drafts._records import Proposed, found
from parley.drafts._relevance import relevance
from parley.drafts._statements import statements
from parley.drafts._tree_verbs import deepened
from parley.drafts._weights import Readers, weights
from parley.settings import load as load_settings
from parley.vocabulary import Vocabulary, load

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        "patterns" reads with patterns alone. "full" lets the parser propose too; each draft says
        who stands behind it: both engines, or one alone. It needs spaCy. "auto" is full where
        the settings name a model of the user's own, else patterns: with the shipped parser both
        score alike, and patterns are faster.

    Examples
    --------
    >>> from parley.records import Article
    >>> text = "A Sunday league side won its match."
    >>> reading(Article(page_sha256="", text=text)).relevant
    False
    """
    model = load_settings().spacy_model or None
    if engine == "auto":
        engine = "full" if model else "patterns"
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
    """Return the drafts of one or both engines that are likely enough to be right."""
    readers: Readers = "full" if engine == "full" else "patterns"
    learned = weights(readers)
    return tuple(
        replace(draft, confidence=round(chance, 3), rules=(*draft.rules, *engine_of(proposed)))
        for proposed, seen_features in weighed(seen, measures=measures, readers=readers)
        if (chance := learned.chance(seen_features)) >= learned.least
        for draft in proposed.drafts
    )


def weighed(
    seen: Document, *, measures: Sequence[Candidate] | None = None, readers: Readers
) -> list[tuple[Proposed, dict[str, float]]]:
    """Return everything that a page proposes, with the features that it is weighed by."""
    said = statements(seen)
    proposed = proposals(seen, said, measures=measures)
    if readers == "full":
        parsed = deepened(seen, model=load_settings().spacy_model or None)
        proposed = agreed(seen, proposed, proposals(parsed, said))
    once = list(found(seen, proposed, said))
    page = page_of(seen, once)
    return [(one, features(page, one)) for one in once]


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
