"""Promises of things: "pledged reforms", "a commitment of $200 billion", "offered access"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._passages import Passage
from parley.drafts._phrases import clause_end, codes_at
from parley.drafts._promise_words import MEASURE_WORDS, PROMISE_NOUNS, TALK_WORDS, VAGUE
from parley.drafts._undertakings import How, Page, Promise, promise
from parley.drafts._verbs import is_verb
from parley.drafts._words import verb_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._clauses import Verb
    from parley.drafts._items import Item

_GIVING = frozenset("pledge promise offer guarantee commit undertake vow".split())
_GIVEN = frozenset("give make offer repeat renew include secure win".split())


def promised_things(page: Page) -> list[Promise]:
    """Return the promises whose content is a noun, after a verb of promise or a noun of it."""
    items = page.sentence.items
    out: list[Promise] = []
    for verb in page.sentence.verbs:
        by = codes_at(items, verb.subject)
        if verb.lemma in _GIVING and by and not verb.negated and not verb.passive:
            begin = _thing(items, verb)
            if begin is not None:
                out += _made(page, verb, by, (begin, "promised thing"))
    for at, item in enumerate(items):
        if item.low in PROMISE_NOUNS and item.kind == "word" and not is_verb(items, at):
            out += _of_noun(page, at)
    return out


def _thing(items: Sequence[Item], verb: Verb) -> int | None:
    """Return where the thing promised begins: "offered greater access", "committed to reforms"."""
    at = verb.index + 1
    if at < len(items) and items[at].low in ("itself", "themselves", "himself"):
        at += 1
    if at < len(items) and items[at].low in ("to", "on"):
        at += 1
    if at >= len(items) or items[at].kind == "mark" or items[at].low in ("that", "not", "by", "in"):
        return None
    form = verb_forms().get(items[at].low)
    if items[at - 1].low == "to" and form is not None and form[1] == "base":
        return None  # an infinitive: a verb of its own
    return at


def _made(page: Page, verb: Verb, by: tuple[str, ...], what: tuple[int, str]) -> list[Promise]:
    begin, rule = what
    items = page.sentence.items
    end = clause_end(items, begin)
    lows = {item.low for item in items[begin : min(end, begin + 9)]}
    form = verb_forms().get(items[begin].low)
    empty = form is not None and form[0] in VAGUE and form[1] == "gerund"
    clause = any(begin < v.index < end and v.subject for v in page.sentence.verbs)
    if clause or any(item.low in ("if", "unless") for item in items[:begin]):
        return []
    if empty or lows & (MEASURE_WORDS | TALK_WORDS) or end - begin < 2:
        return []
    unreal = set(verb.modals) & {"would", "could", "might", "may", "should"}
    if unreal or set(verb.chain) & {"refuse", "want", "urge", "ask", "call", "press"}:
        return []
    passage = Passage(page.document, page.sentence, verb.index, end)
    how = How("pledged", 0.55 + 0.1 * (len(by) > 1), rule)
    return [promise(passage, verb, by, pair=page.pair, how=how)]


def _of_noun(page: Page, at: int) -> list[Promise]:
    """Find "X's pledge of …", "a commitment by X on …", "X gave an assurance that …"."""
    items = page.sentence.items
    after = items[at + 1].low if at + 1 < len(items) else ""
    if after not in ("to", "of", "on", "that", "for", "by"):
        return []
    verb = next((v for v in reversed(page.sentence.verbs) if v.index < at), None)
    later = next((v for v in page.sentence.verbs if v.index > at), None)
    owner = _owner(items, at)
    giver = verb is not None and verb.lemma in _GIVEN and at - verb.index < 7 and not verb.negated
    if not owner and giver and verb is not None:
        owner = codes_at(items, verb.subject)
    anchor = verb if giver else later or verb
    infinitive = after == "to" and later is not None and later.index <= at + 3
    if not owner or anchor is None or (infinitive and later is not None and later.chain):
        return []
    return _made(page, anchor, owner, (at + 2, "promised thing of a noun"))


def _owner(items: Sequence[Item], at: int) -> tuple[str, ...]:
    """Return whose promise it is: "Brussels's pledge", "its commitment", "the Chinese offer"."""
    for back in range(at - 1, max(-1, at - 4), -1):
        item = items[back]
        if item.codes and item.kind != "place":
            near = items[back + 1].low == "'s" or item.kind == "demonym"
            return item.codes if near or item.low in ("its", "their") or back == at - 1 else ()
        if item.kind == "mark" or is_verb(items, back):
            return ()
    return ()
