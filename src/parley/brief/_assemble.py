"""One page in, one brief out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import parley
from parley.brief._brief import Brief, Missing, PageHead, Section
from parley.brief._facts import sections
from parley.brief._findings import findings
from parley.brief._names import capital
from parley.brief._options import Options
from parley.brief._parties import main_parties
from parley.brief._scenarios import Step, not_priced, step_of
from parley.errors import InputError, LabelError, PageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from parley.brief._stakes import Worth
    from parley.ledger import Ledger
    from parley.records import Article, Draft

LANGUAGES = ("en", "")  # what the reader reads; "" is not known and is tried


def make_brief(
    article: Article,
    drafts: tuple[Draft, ...],
    ledger: Ledger,
    *,
    options: Options | None = None,
    on_result: Callable[[int], None] | None = None,
) -> Brief:
    """Return the brief of one page.

    Parameters
    ----------
    article
        The page's text.
    drafts
        What a reader proposes to have found in it.
    ledger
        The record. Nothing is written to it.
    on_result
        Called with the number of draws that have been solved.

    Raises
    ------
    PageError
        When the page is in a language that the reader does not read.
    InputError
        When the draft to be assumed is not on the page or has no number.
    """
    options = options or Options()
    require_language(article)
    brief = _empty(article, options)
    if not drafts:
        assumed_draft(drafts, options.assume)
        return replace(brief, missing=_missing(article, brief))
    parties = main_parties(drafts)
    happening, on_the_table, promises = sections(
        drafts, ledger, parties, on=brief.on, known=brief.known
    )
    brief = replace(
        brief,
        parties=parties,
        about_talks=True,
        happening=happening,
        on_the_table=on_the_table,
        promises=promises,
    )
    from parley.world import BASE_DUTIES_YEAR

    step = _step(ledger, brief, drafts, options)
    worth, no_stakes = _worth(step, brief, ledger, options=options, on_result=on_result)
    brief = replace(
        brief,
        missing=_missing(article, brief),
        stakes=worth.stakes if worth else None,
        settlement=worth.settlement if worth else None,
        no_stakes=no_stakes,
        priced=worth.items.priced if worth else (),
    )
    left = not_priced(
        brief,
        base_year=BASE_DUTIES_YEAR,
        assumed=options.assume,
        holding=step.holding if worth or step.before is None else (),
        reasons=worth.items.reasons if worth else {},
    )
    brief = replace(brief, not_priced=left)
    return replace(brief, findings=findings(brief))


NO_TALKS = (
    "This page does not speak of trade talks or trade measures between governments, so there is "
    "nothing to brief and no stakes are computed."
)
_NO_DATE = (
    "The record is asked for a day, and the page gives none, so no stakes are computed. Give the "
    "day of publication with --published, or the day to ask for with --on."
)
_NO_PARTIES = "No two parties were found that this page is about, so no stakes are computed."


def require_language(article: Article) -> None:
    """Raise `PageError` when the article is in a language that is not read."""
    if article.language not in LANGUAGES:
        raise PageError(
            f"{article.address}: the page is in language {article.language!r}; Parley reads "
            "English. Give an English version of the page"
        )


def assumed_draft(drafts: tuple[Draft, ...], draft_id: str) -> Draft | None:
    """Return the draft of that id, None for "".

    Raises
    ------
    InputError
        When the page has no such draft; those it has are named.
    """
    if not draft_id:
        return None
    for draft in drafts:
        if draft.draft_id == draft_id:
            return draft
    raise InputError(
        f"--assume {draft_id}: this page has no such draft; it has "
        f"{', '.join(draft.draft_id for draft in drafts) or 'none'}"
    )


def _step(ledger: Ledger, brief: Brief, drafts: tuple[Draft, ...], options: Options) -> Step:
    assumed = assumed_draft(drafts, options.assume)
    if not brief.parties:
        return Step(why_not=_NO_PARTIES)
    if brief.on is None or brief.known is None:
        return Step(why_not=_NO_DATE)
    from parley.world import BASE_DUTIES_YEAR

    return step_of(
        ledger,
        brief.parties,
        on=brief.on,
        known=brief.known,
        base_year=BASE_DUTIES_YEAR,
        assumed=assumed,
    )


def _worth(
    step: Step,
    brief: Brief,
    ledger: Ledger,
    *,
    options: Options,
    on_result: Callable[[int], None] | None,
) -> tuple[Worth | None, str]:
    """Return what the step is worth, or why that is not computed."""
    if step.before is None or step.after is None or brief.on is None:
        return None, step.why_not
    from parley import world
    from parley.brief._charged import charged
    from parley.brief._stakes import worth_of

    economies = world.load(options.world)
    try:
        for duty in step.before.duties:
            world.economies_of(economies, duty.importer)
    except LabelError as error:
        return None, f"No stakes are computed: {error}."
    worth = worth_of(
        economies,
        step.before,
        step.after,
        ledger.measures(on=brief.on, known=brief.known, between=brief.parties),
        on=brief.on,
        listed=[one.entry_id for one in brief.on_the_table.recorded],
        options=options,
        assumed_draft=options.assume,
        on_result=on_result,
    )
    law, why_not = charged(ledger, worth.economy, step.before, step.after, known=brief.known)
    stakes = replace(worth.stakes, charged=law, not_charged=why_not)
    return replace(worth, stakes=stakes), ""


def _empty(article: Article, options: Options) -> Brief:
    """Return the brief of a page on which nothing was found."""
    on = options.on or article.published
    return Brief(
        made_by=f"Parley {parley.__version__}",
        page=PageHead(
            address=article.address,
            title=article.title,
            publisher=article.publisher,
            published=article.published,
            published_origin=article.published_origin,
            published_source=article.published_source,
            language=article.language,
            page_sha256=article.page_sha256,
            text_sha256=article.text_sha256,
        ),
        on=on,
        known=options.known or on,
        parties=(),
        about_talks=False,
        findings=(),
        missing=(),
        happening=Section(),
        on_the_table=Section(),
        promises=Section(),
        stakes=None,
        no_stakes=NO_TALKS,
        settlement=None,
        not_priced=(),
    )


def _missing(article: Article, brief: Brief) -> tuple[Missing, ...]:
    """Return what a reader must know to be missing, with the option that mends it."""
    found = [Missing(what=f"{capital(note)}.", remedy="") for note in article.notes]
    if article.published is None:
        undated = _undated_words(brief)
        words = f" ({', '.join(undated)})" if undated else ""
        found.append(
            Missing(
                what=f"The page gives no date of publication: relative dates stay relative{words}.",
                remedy="Give it with --published YYYY-MM-DD.",
            )
        )
    return tuple(found)


def _undated_words(brief: Brief) -> list[str]:
    """Return the words for times that could not be resolved, each once, in quotation marks."""
    phrases: dict[str, None] = {}
    for section in (brief.happening, brief.on_the_table, brief.promises):
        for one in section.reported:
            for name in ("when", "concluded", "on", "said", "due", "period"):
                when = getattr(one.record, name, None)
                if when is not None and when.start is None and when.end is None and when.phrase:
                    phrases[f"“{when.phrase}”"] = None
    return list(phrases)
