"""What a page says of promises made: broken, kept, stalled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parley.drafts._items import PREPOSITIONS
from parley.drafts._passages import Passage
from parley.drafts._phrases import clause_end, codes_at, topic
from parley.drafts._promise_words import BREACH, KEEP, PLANNED, PROMISE_NOUNS, WORD
from parley.drafts._undertakings import How, Page, Promise, promise
from parley.drafts._words import lemmas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._clauses import Verb
    from parley.drafts._items import Item
    from parley.records import Verdict


def accounts(page: Page) -> list[Promise]:
    """Return the promises that the sentence says were broken or kept."""
    items, verbs = page.sentence.items, page.sentence.verbs
    out: list[Promise] = []
    for at, verb in enumerate(verbs):
        verdict = _verdict(items, verb)
        if verdict is None or verb.modals or set(verb.chain) & PLANNED or _supposed(items, verb):
            continue
        by = _accused(items, verbs, at) or codes_at(items, verb.subject)
        by = by or codes_at(items, topic(items, verb.start)) if verb.passive else by
        if by:
            passage = Passage(page.document, page.sentence, verb.index, len(items))
            how = How(verdict, 0.6, "verb of breach" if verdict == "broken" else "verb of keeping")
            found = promise(passage, verb, by, pair=page.pair, how=how)
            out.append(replace(found, what=_promised(page, verb)))
    return out or _failures(page)


def _promised(page: Page, verb: Verb) -> str:
    """Return what was promised: "its pledge to buy rice" is "buy rice", else whose promise it is.

    The verb has a word of promise as its object.
    """
    items = page.sentence.items
    nouns = [at for at in range(verb.index + 1, len(items)) if items[at].low in WORD | _PLEDGES]
    noun = next((at for at in nouns if _tells(items, at)), nouns[0])
    leading = (at for at in range(noun, verb.index, -1) if items[at - 1].low in PREPOSITIONS)
    begin = noun + 2 if _tells(items, noun) else next(leading, verb.index + 1)
    end = clause_end(items, max(begin, noun + 1))
    comma = next((at for at in range(noun + 1, end) if _said_after(page, at)), end)
    return Passage(page.document, page.sentence, begin, comma).words


def _tells(items: Sequence[Item], at: int) -> bool:
    """Whether a word of promise is followed by what was promised: "its pledge to buy"."""
    after = items[at + 1].low if at + 2 < len(items) else ""
    return items[at].low in _PLEDGES and after in ("to", "that", "of", "on")


def _said_after(page: Page, at: int) -> bool:
    """Whether a comma stands before who says so: ", the minister said"."""
    items = page.sentence.items
    verbs = {verb.index for verb in page.sentence.verbs if verb.lemma in lemmas("say")}
    return items[at].low == "," and bool(verbs & set(range(at + 1, at + 6)))


def _verdict(items: Sequence[Item], verb: Verb) -> Verdict | None:
    """Return what a verb with a word of promise as its object says became of it."""
    end = clause_end(items, verb.index + 1)
    lows = [item.low for item in items[verb.index + 1 : min(end, verb.index + 8)]]
    if not set(lows) & WORD:
        return None
    if verb.lemma in BREACH or "fail" in verb.chain:
        return "broken"
    if (verb.lemma == "fall" and lows[:1] == ["short"]) or (verb.lemma == "go" and "back" in lows):
        return "broken"
    if verb.lemma == "drag" and "feet" in lows:
        return "stalled"
    if verb.lemma not in KEEP and not (verb.lemma == "make" and lows[:1] == ["good"]):
        return None
    if verb.negated:
        return "broken"
    return "kept" if verb.finite_past and not verb.chain else None


def _supposed(items: Sequence[Item], verb: Verb) -> bool:
    before = items[max(0, verb.start - 6) : verb.index]
    return any(item.low in ("if", "unless") for item in before)


def _accused(items: Sequence[Item], verbs: Sequence[Verb], at: int) -> tuple[str, ...]:
    """Return the object of "accused X of breaking": X."""
    for verb in reversed(verbs[:at]):
        if verb.lemma in lemmas("accuse") and clause_end(items, verb.index + 1) > verbs[at].index:
            for here in range(verb.index + 1, min(verb.index + 5, len(items))):
                if items[here].codes:
                    return items[here].codes
    return ()


_PLEDGES = PROMISE_NOUNS | frozenset(("obligation", "obligations"))
_FAILURES = frozenset("failure refusal breach violation reversal".split())


def _failures(page: Page) -> list[Promise]:
    """Find "X's failure to honour the agreement", "X's breach of its obligations"."""
    items = page.sentence.items
    for at, item in enumerate(items):
        if item.low not in _FAILURES or at < 2 or at + 2 >= len(items):
            continue
        after = {one.low for one in items[at + 1 : at + 8]}
        owner = items[at - 2] if items[at - 1].low == "'s" else items[at - 1]
        owns = owner.codes and (items[at - 1].low == "'s" or owner.kind == "demonym")
        its = owner.codes and owner.low in ("its", "their")
        if not (owns or its) or not after & WORD:
            continue
        verb = next((v for v in page.sentence.verbs if v.index > at), None)
        if verb is None:
            return []
        passage = Passage(page.document, page.sentence, at, clause_end(items, at + 2, soft=True))
        how = How("broken", 0.55, "noun of breach")
        found = promise(passage, verb, owner.codes, pair=page.pair, how=how)
        return [replace(found, what=replace(passage, start=at + 2).words)]
    return []
