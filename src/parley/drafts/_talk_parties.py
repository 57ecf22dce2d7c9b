"""Who takes part in talks, along the grammar of the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._items import AUXILIARIES, PREPOSITIONS, RELATIVES, Item
from parley.drafts._phrases import codes_at, coordinated
from parley.drafts._verbs import is_verb
from parley.drafts._words import lemmas, verbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._clauses import Verb
    from parley.drafts._talk_context import Context


def who(
    items: Sequence[Item],
    where: tuple[int, int, int],
    verbs: Sequence[Verb],
    context: Context,
    *,
    known: bool = False,
) -> tuple[tuple[str, ...], str, float]:
    """Return the parties of a noun of talks, how they were found, and how sure that is.

    Parameters
    ----------
    where
        First item of the noun phrase, its head, and the end of the clause.
    known
        Whether only parties that the sentence names count.
    """
    start, at, end = where
    parties, rule, strength = _parties(items, start, at, end, verbs)
    if len(parties) >= 2 or known:
        return parties, rule, strength
    members = next(
        (context.members[item.low] for item in items[start:at] if item.low in context.members), ()
    )
    if members:
        return members, "parties of the agreement", 0.6
    implied = _implied(items, start, at, parties, context.parties)
    if implied:
        return implied, context.rule, strength * 0.6
    return _delegations(items, at), "delegations named", 0.6


def _parties(
    items: Sequence[Item], start: int, at: int, end: int, verbs: Sequence[Verb]
) -> tuple[tuple[str, ...], str, float]:
    """Return the parties of a talk noun, by the grammar around it."""
    inner = codes_at(
        items, [h for h in range(start, at) if items[h].codes and items[h].kind != "place"]
    )
    outer, rule = _after_noun(items, at + 1, min(end, at + 22))
    if rule == "between" and len(outer) >= 2:
        return outer, "between", 0.85
    if rule == "with":
        subject = _subject_codes(items, start, verbs)
        both = tuple(sorted({*inner, *outer, *subject}))
        return both, "with, and subject", 0.75 if subject or inner else 0.5
    both = tuple(sorted({*inner, *outer}))
    if len(inner) >= 2:
        return both, "parties before the noun", 0.8
    if len(both) >= 2:
        return both, "one before, one with", 0.75
    subject = _subject_codes(items, start, verbs)
    both = tuple(sorted({*inner, *outer, *subject}))
    if len(both) >= 2 and (outer or inner or len(subject) > 1):
        return both, "subject and with", 0.7
    return both, "", 0.5


def _delegations(items: Sequence[Item], at: int) -> tuple[str, ...]:
    """Return the parties of the officials whom the sentence names with the talks."""
    named = [
        h
        for h, item in enumerate(items)
        if item.kind == "person" and item.official and not item.refers
    ]
    codes = codes_at(items, named)
    return codes if len(codes) == 2 else ()


def _after_noun(items: Sequence[Item], start: int, end: int) -> tuple[tuple[str, ...], str]:
    at = start
    while at < end:
        low = items[at].low
        if low == "between":
            first = next_actor(items, at + 1, end)
            if first is not None:
                codes = codes_at(items, listed(items, first, end))
                return codes, "between"
        if low in ("with", "among", "involving") or (
            low in ("of", "by") and items[at].kind == "word"
        ):
            first = next_actor(items, at + 1, min(end, at + 6))
            if first is not None:
                return codes_at(items, listed(items, first, end)), "with"
        stop = items[at].kind == "word" and is_verb(items, at) and low not in _MAKING
        if at > start and (stop or low in RELATIVES):
            between = next((h for h in range(at, end) if items[h].low == "between"), None)
            if between is None:
                break
            at = between
            continue
        at += 1
    return (), ""


def next_actor(items: Sequence[Item], start: int, end: int) -> int | None:
    for at in range(start, min(end, len(items))):
        if items[at].codes and items[at].kind in ("party", "person", "demonym"):
            return at
        if items[at].low in PREPOSITIONS or items[at].kind == "mark":
            return None
    return None


def listed(items: Sequence[Item], first: int, end: int) -> list[int]:
    """Return the actor and those joined to it, titles and appositions between them skipped."""
    found = list(coordinated(items, first))
    at = found[-1] + 1
    while at < min(end, len(items)):
        low = items[at].low
        if low in ("and", "&", "as"):
            nxt = next_actor(items, at + 1, min(end, at + 9))
            if nxt is None:
                break
            found += coordinated(items, nxt)
            at = found[-1] + 1
            continue
        if (
            low == ","
            or items[at].kind in ("party", "demonym", "person")
            or (
                items[at].kind == "word"
                and (
                    low not in AUXILIARIES
                    and not is_verb(items, at)
                    and (low not in PREPOSITIONS or low == "of")
                )
            )
        ):
            at += 1
            continue
        break
    return found


def _subject_codes(items: Sequence[Item], start: int, verbs: Sequence[Verb]) -> tuple[str, ...]:
    """Return the subject of the nearest verb before the noun: "Trump held talks with Xi"."""
    for verb in reversed(verbs):
        if verb.index < start and start - verb.index < 16:
            if verb.subject:
                return codes_at(items, verb.subject)
            if verb.shape != "gerund" and verb.lemma not in lemmas("say"):
                return ()
    return ()


def _implied(
    items: Sequence[Item],
    start: int,
    at: int,
    known: Sequence[str],
    pair: Sequence[str],
) -> tuple[str, ...]:
    """Return the page's pair for "the talks", where the sentence names none or one of it."""
    if len(pair) != 2 or (known and not set(known) <= set(pair)):
        return ()
    if "with" in [item.low for item in items[at + 1 : at + 9]]:
        return ()
    if items[at].low not in _IMPLYING or _of_others(items, at):
        return ()
    lows = {item.low for item in items[start:at]}
    vague = lows & _ANY or (items[start].low in ("a", "an") and items[at].low not in _SESSIONS)
    return () if vague else tuple(pair)


_MAKING = verbs("deal")
_ANY = frozenset(
    "any no such other company labour labor union merger peace climate coalition pay cabinet board "
    "annual internal domestic press news party council parliamentary g20 g7 g8 apec nato brics "
    "asean un opec ministerial emergency committee executive shareholder industry".split()
)
_IMPLYING = frozenset(
    "talks negotiation negotiations negotiating round rounds meeting meetings summit call calls "
    "discussions discussion dialogue consultations conversation conversations deal agreement "
    "accord pact bargaining framework".split()
)


def _of_others(items: Sequence[Item], at: int) -> bool:
    """Whether the talks are those of somebody else: "a meeting of the unions"."""
    after = [item.low for item in items[at + 1 : at + 5]]
    return after[:1] == ["of"] and not set(after) & _IMPLYING


_SESSIONS = frozenset("round rounds session sessions call".split())
