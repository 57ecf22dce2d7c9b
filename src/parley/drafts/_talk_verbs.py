"""Talks that a verb reports: "met with", "flew to … for talks"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._phrases import clause_end, codes_at, topic
from parley.drafts._talk_parties import listed, next_actor
from parley.drafts._talk_states import MAYBE, verb_state
from parley.drafts._talk_words import MEET_NOUNS, TALK_NOUNS, Talk
from parley.drafts._verbs import BE
from parley.drafts._words import nouns, verbs
from parley.records import RoundState, TalksFormat, When

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._clauses import Verb
    from parley.drafts._document import Sentence
    from parley.drafts._items import Item
    from parley.drafts._talk_context import Context

_MEET_VERBS = frozenset(
    "meet speak talk negotiate confer huddle consult discuss phone host visit sit dispatch send "
    "travel fly arrive head call engage see gather convene reconvene receive welcome go come jet "
    "journey wrap telephone ring".split()
)
_DIRECT = frozenset("meet phone host visit see call receive welcome telephone ring".split())
_OF_PEOPLE = frozenset(("see", "call", "receive", "welcome", "ring"))
_TRAVEL = frozenset("dispatch send travel fly arrive head go come jet journey".split())
_JOINTLY = frozenset(
    "meet negotiate talk speak confer gather convene reconvene huddle wrap discuss".split()
)
_NEGOTIATORS = frozenset(
    "negotiators officials ministers teams delegations diplomats envoys leaders experts sides "
    "delegates chiefs heads presidents".split()
)


def from_verbs(sentence: Sentence, context: Context) -> list[Talk]:
    """Return the talks that verbs of meeting, calling and travelling report."""
    items = sentence.items
    out: list[Talk] = []
    for verb in sentence.verbs:
        if verb.lemma not in _MEET_VERBS or verb.negated or set(verb.modals) & MAYBE:
            continue
        subject = codes_at(items, verb.subject) or _council(items, verb)
        implied = () if subject else _unnamed(items, verb, context)
        others, rule = _counterparts(items, verb)
        rule = context.rule if implied else rule
        parties = tuple(sorted({*subject, *implied, *others}))
        together = len(subject) > 1 or len(implied) > 1
        if not (subject or implied) or len(parties) < 2 or not (others or together):
            continue
        if "WTO" in parties or (together and not others and verb.lemma not in _JOINTLY):
            continue
        end = clause_end(items, verb.index + 1, soft=True)
        out.append(
            Talk(
                parties=parties,
                kind="session" if verb.lemma != "negotiate" else "process",
                place="",
                when=When(),
                format=_verb_format(items, verb),
                state=verb_state(verb, items),
                people=(),
                sentence=sentence,
                span=(
                    items[min([verb.start, *verb.subject])].start,
                    items[min(end, len(items)) - 1].end,
                ),
                rule=f"verb {verb.lemma}, {rule}",
                strength=0.45 if implied else 0.7 if verb.lemma not in _TRAVEL else 0.65,
            )
        )
    return out or _presence(sentence)


def _council(items: Sequence[Item], verb: Verb) -> tuple[str, ...]:
    """Return the two parties of a body that meets: "the EU-US Trade and Technology Council"."""
    span = topic(items, verb.start)
    codes = codes_at(items, [at for at in span if items[at].kind in ("party", "demonym")])
    body = {items[at].low for at in span} & _BODIES
    return codes if body and len(codes) > 1 and verb.lemma in _JOINTLY else ()


_BODIES = frozenset("council committee commission group teams negotiators dialogue".split())


def _unnamed(items: Sequence[Item], verb: Verb, context: Context) -> tuple[str, ...]:
    """Return the parties that the text around means by "negotiators will meet"."""
    words = [items[at] for at in topic(items, verb.start)]
    if verb.lemma not in _JOINTLY or any(item.codes and item.kind != "place" for item in words):
        return ()
    return context.parties if {item.low for item in words} & _NEGOTIATORS else ()


def _counterparts(items: Sequence[Item], verb: Verb) -> tuple[tuple[str, ...], str]:
    """Return the other parties of a verb of meeting, and how they were found."""
    at = verb.index + 1
    end = clause_end(items, at, soft=True)
    if verb.lemma in _TRAVEL:
        return _journey(items, at, end)
    if verb.lemma in _DIRECT:
        first = next_actor(items, at, min(end, at + 5))
        if first is not None and (verb.lemma not in _OF_PEOPLE or items[first].official):
            return codes_at(items, listed(items, first, end)), "object"
        if verb.lemma in _OF_PEOPLE:
            return (), ""
    links = ("with", "to") if verb.lemma in ("speak", "talk") else ("with",)
    for here in range(at, min(end, at + 16)):
        if items[here].low in links and verb.lemma != "visit":
            first = next_actor(items, here + 1, min(end, here + 7))
            if first is not None:
                return codes_at(items, listed(items, first, end)), "with"
    return (), "joint subject"


_BY_PHONE = frozenset(("phone", "call", "telephone", "ring"))
_GOALS = frozenset(
    "talks negotiations discuss negotiate meet meeting trade see bargaining negotiating".split()
)


def _journey(items: Sequence[Item], at: int, end: int) -> tuple[tuple[str, ...], str]:
    """Return with whom someone who travels will talk: named after "with", else the goal."""
    lows = [item.low for item in items[at:end]]
    for here in range(at, end - 1):
        if items[here].low == "with" and (TALK_NOUNS | MEET_NOUNS) & set(lows[: here - at]):
            first = next_actor(items, here + 1, min(end, here + 5))
            if first is not None:
                return codes_at(items, listed(items, first, end)), "journey for talks"
    for here in range(at, end):
        if items[here].low == "for" and TALK_NOUNS & set(lows[here - at : here - at + 6]):
            near = [h for h in range(here, min(end, here + 6)) if items[h].codes]
            if near:
                return codes_at(items, near), "journey for talks"
    sent = _OFFICIALS & set(lows) or any(item.official for item in items[at:end])
    if _GOALS & set(lows) or (sent and items[at - 1].low in _SENDING):
        for here in range(at, end - 1):
            if items[here].low in ("to", "in", "for") and items[here + 1].codes:
                return items[here + 1].codes, "journey"
    return (), ""


_SENDING = verbs("send")
_OFFICIALS = nouns("govern")


def _presence(sentence: Sentence) -> list[Talk]:
    """Find "X is in Washington for talks", "X is due in Brussels to meet …"."""
    items = sentence.items
    for at in range(1, len(items) - 2):
        near = items[at + 1] if items[at].low in BE else None
        if near is None or not items[at - 1].actor:
            continue
        due = near.low in ("due", "expected", "back", "scheduled")
        here = at + 2 if due else at + 1
        if (
            here + 1 >= len(items)
            or items[here].low not in ("in", "at")
            or not items[here + 1].codes
        ):
            continue
        lows = {item.low for item in items[here + 2 : here + 14]}
        parties = tuple(sorted({*items[at - 1].codes, *items[here + 1].codes}))
        goal = lows & (_GOALS | {"revive", "resume", "bargaining"})
        if len(parties) < 2 or not (goal or (due and items[at - 1].official)):
            continue
        span = (items[at - 1].start, items[clause_end(items, here + 2, soft=True) - 1].end)
        state: RoundState = "scheduled" if due else "ongoing"
        return [
            Talk(
                parties=parties,
                kind="session",
                place="",
                when=When(),
                format="in-person",
                state=state,
                people=(),
                sentence=sentence,
                span=span,
                rule="presence, journey",
                strength=0.6,
            )
        ]
    return []


def _verb_format(items: Sequence[Item], verb: Verb) -> TalksFormat:
    lows = {item.low for item in items[max(0, verb.index - 4) : verb.index + 9]}
    if lows & {"phone", "telephone", "telephoned"} or verb.lemma in _BY_PHONE:
        return "call"
    if lows & {"video", "virtually", "zoom", "videoconference", "teleconference", "online"}:
        return "virtual"
    if verb.lemma in ("meet", "host", "visit", "receive", "welcome", "see", "gather", *_TRAVEL):
        return "in-person"
    return "unknown"
