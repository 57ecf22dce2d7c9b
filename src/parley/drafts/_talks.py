"""Talks: meetings, calls, rounds, visits and concluded deals between parties."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from parley.drafts._clauses import Verb, clause_end, codes_at, coordinated, is_verb
from parley.drafts._document import dates_in
from parley.drafts._items import AUXILIARIES, PREPOSITIONS, RELATIVES, SUBORDINATORS, Item
from parley.drafts._measures import phrase_start
from parley.drafts._passages import widened
from parley.drafts._words import lemmas, nouns
from parley.records import RoundState, TalksFormat, When

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from parley.drafts._document import Document, Sentence

_MEET_NOUNS = frozenset(
    "meeting meetings summit summits visit visits encounter conference session sessions dinner "
    "lunch".split()
)
_TALK_NOUNS = frozenset(
    "talks negotiation negotiations round rounds discussions discussion dialogue consultations "
    "consultation talking negotiating".split()
)
_DEAL_NOUNS = nouns("deal") - {"truce", "truces", "ceasefire", "ceasefires", "treaty", "treaties"}
_DEAL_VERBS = lemmas("deal")
_NOT_CALL = frozenset("a to for on that".split())
_TRADE = re.compile(
    r"\b(?:trade|tariffs?|dut(?:y|ies)|econom\w+|commerc\w+|exports?|imports?|quotas?|levies|"
    r"market access|"
    r"free[- ]trade|customs|goods|investment|rare earths?|semiconductors?|chips|steel|alumini?um|"
    r"agricultur\w+|soybeans?|NAFTA|USMCA|Brexit|FTA|WTO|truce|sanctions?|protocol|fisher\w+|"
    r"subsid\w+)\b",
    re.IGNORECASE,
)
_TALK_NOT = frozenset("show shop point points radio board".split())
TalkKind = Literal["session", "process", "deal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Talks as one sentence gives them."""

    parties: tuple[str, ...]
    kind: TalkKind
    place: str
    when: When
    format: TalksFormat
    state: RoundState
    people: tuple[Item, ...]
    sentence: Sentence
    span: tuple[int, int]
    rule: str
    strength: float
    sequence: str = ""


def talk_candidates(document: Document, pair: Sequence[str]) -> list[Talk]:
    """Return the talks that the sentences name, before they are merged over the page."""
    out: list[Talk] = []
    for sentence in document.sentences:
        verbs = sentence.verbs
        found = [*_from_nouns(sentence, verbs, pair), *_from_verbs(sentence, verbs)]
        nouns_seen = sum(
            _noun_kind(sentence.items, at)[0] in ("session", "process")
            and not sentence.items[at].low.startswith("round")
            for at in range(len(sentence.items))
        )
        for talk in _deals_first(found):
            crowded = nouns_seen + ("verb" in talk.rule) > 1
            own = _own_span(sentence, talk.span) if crowded else (sentence.start, sentence.end)
            out.extend(_completed(document, replace(talk, span=own)))
    return out


def _deals_first(found: Sequence[Talk]) -> list[Talk]:
    """Leave out the talks that only led to the deal that the same sentence reports."""
    deals = [talk for talk in found if talk.kind == "deal" and talk.state == "concluded"]
    return [
        talk
        for talk in found
        if talk.kind == "deal"
        or not any(set(talk.parties) <= set(deal.parties) for deal in deals)
        or talk.format == "call"
    ]


# ----------------------------------------------------------------------------- by nouns


def _from_nouns(sentence: Sentence, verbs: Sequence[Verb], pair: Sequence[str]) -> list[Talk]:
    out: list[Talk] = []
    for at, item in enumerate(sentence.items):
        if item.kind == "word":
            kind, style = _noun_kind(sentence.items, at)
            talk = None if kind is None else _from_noun(sentence, at, (kind, style), verbs, pair)
            out += [talk] if talk is not None else []
    return out


def _from_noun(
    sentence: Sentence,
    at: int,
    what: tuple[TalkKind, TalksFormat],
    verbs: Sequence[Verb],
    pair: Sequence[str],
) -> Talk | None:
    """Return the talks that the noun at `at` names, if its parties are known."""
    items = sentence.items
    kind, style = what
    start = phrase_start(items, at)
    end = clause_end(items, at + 1)
    parties, rule, strength = _who(items, (start, at, end), kind, verbs, pair)
    if len(parties) < 2 or ("WTO" in parties and len(parties) == 2):
        return None
    verb = _deal_verb(items, start, at, verbs)
    if kind == "deal":
        if verb is None or verb.negated or _unsure(items, start, at, verb):
            return None
        strength += 0.1 if verb.lemma in _MADE else -0.1
    return Talk(
        parties=parties,
        kind=kind,
        place="",
        when=When(),
        format=style,
        state=_state(items, kind, at, verb, verbs),
        people=(),
        sentence=sentence,
        span=(items[start].start, items[max(at, min(end, len(items)) - 1)].end),
        rule=f"{kind} noun, {rule}",
        strength=strength,
    )


def _who(
    items: Sequence[Item],
    where: tuple[int, int, int],
    kind: TalkKind,
    verbs: Sequence[Verb],
    pair: Sequence[str],
) -> tuple[tuple[str, ...], str, float]:
    """Return the parties of a noun of talks, how they were found, and how sure that is."""
    start, at, end = where
    parties, rule, strength = _parties(items, start, at, end, verbs)
    if len(parties) >= 2 or kind == "deal":
        return parties, rule, strength
    implied = _implied(items, start, at, parties, pair)
    if implied:
        return implied, "parties of the page", strength * 0.6
    return _delegations(items, at), "delegations named", 0.6


def _noun_kind(items: Sequence[Item], at: int) -> tuple[TalkKind | None, TalksFormat]:
    low = items[at].low
    before = items[at - 1].low if at else ""
    after = items[at + 1].low if at + 1 < len(items) else ""
    if low in _TALK_NOUNS and after not in _TALK_NOT:
        if low in ("round", "rounds") and not (
            after == "of" or before in ("negotiating", "uruguay", "doha")
        ):
            return None, "unknown"
        if low in ("talks", "negotiating", "talking") and is_verb(items, at) and low != "talks":
            return None, "unknown"
        return ("session" if low in ("round", "rounds") else "process"), "unknown"
    if low in _MEET_NOUNS and not (
        before in ("committee", "board", "cabinet") or after in ("minutes", "room")
    ):
        if is_verb(items, at):
            return None, "unknown"
        return "session", "in-person"
    if low in (
        "call",
        "calls",
        "conversation",
        "conversations",
        "teleconference",
        "videoconference",
    ):
        if (
            low.startswith("call")
            and (after in _NOT_CALL or is_verb(items, at))
            and before not in ("phone", "telephone")
        ):
            return None, "unknown"
        style: TalksFormat = (
            "virtual"
            if before in ("video", "zoom", "virtual") or low.startswith("video")
            else "call"
        )
        return "session", style
    if low in _DEAL_NOUNS and after not in ("breaker", "maker", "making", "breakers"):
        return "deal", "unknown"
    return None, "unknown"


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
            first = _next_actor(items, at + 1, end)
            if first is not None:
                codes = codes_at(items, _listed(items, first, end))
                return codes, "between"
        if low in ("with", "among", "involving") or (
            low in ("of", "by") and items[at].kind == "word"
        ):
            first = _next_actor(items, at + 1, min(end, at + 6))
            if first is not None:
                return codes_at(items, _listed(items, first, end)), "with"
        if at > start and ((items[at].kind == "word" and is_verb(items, at)) or low in RELATIVES):
            between = next((h for h in range(at, end) if items[h].low == "between"), None)
            if between is None:
                break
            at = between
            continue
        at += 1
    return (), ""


def _next_actor(items: Sequence[Item], start: int, end: int) -> int | None:
    for at in range(start, min(end, len(items))):
        if items[at].codes and items[at].kind in ("party", "person", "demonym"):
            return at
        if items[at].low in PREPOSITIONS or items[at].kind == "mark":
            return None
    return None


def _listed(items: Sequence[Item], first: int, end: int) -> list[int]:
    """Return the actor and those joined to it, titles and appositions between them skipped."""
    found = list(coordinated(items, first))
    at = found[-1] + 1
    while at < min(end, len(items)):
        low = items[at].low
        if low in ("and", "&", "as"):
            nxt = _next_actor(items, at + 1, min(end, at + 9))
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
    if "with" in [item.low for item in items[at + 1 : at + 3]]:
        return ()
    lows = {item.low for item in items[start:at]}
    specific = lows & {
        "trade",
        "the",
        "these",
        "that",
        "this",
        "tariff",
        "latest",
        "new",
        "next",
        "fresh",
        "round",
        "of",
        "formal",
        "another",
    }
    return tuple(pair) if specific or items[at].low in ("talks", "negotiations") else ()


def _deal_verb(items: Sequence[Item], start: int, at: int, verbs: Sequence[Verb]) -> Verb | None:
    """Return the verb that says that a deal was made: before it, or passive after it."""
    for verb in verbs:
        gap = start - verb.index
        if verb.lemma == "agree" and _then(items, verb.index, "that"):
            continue
        if 0 < gap <= 9 and verb.lemma in _DEAL_VERBS and not (verb.passive and gap > 4):
            return verb
        after = verb.index - at
        if (
            0 < after <= 14
            and verb.lemma in _DEAL_VERBS
            and (verb.passive or verb.shape in ("past", "participle"))
        ):
            return verb
    return None


def _then(items: Sequence[Item], at: int, low: str) -> bool:
    return at + 1 < len(items) and items[at + 1].low == low


_MADE = frozenset(
    "sign reach strike conclude clinch seal secure finalise finalize ink complete initial agree "
    "forge achieve ratify".split()
)
_UNSURE = frozenset(
    "no any without if unless whether potential possible hope hopes hoping likely prospects "
    "chance failing fail fails failed bid efforts".split()
)


def _unsure(items: Sequence[Item], start: int, at: int, verb: Verb) -> bool:
    """Whether a deal is only wished for, denied or put under a condition."""
    if any(m in _MAYBE or m in ("will", "'ll") for m in verb.modals) or verb.shape in (
        "base",
        "gerund",
    ):
        return True
    if any(lemma not in ("say", "announce") for lemma in verb.chain):
        return True
    around = items[max(0, min(start, verb.start) - 3) : at + 1]
    return any(item.low in _UNSURE for item in around)


_MAYBE = frozenset("would could may might should can must 'd".split())


# ----------------------------------------------------------------------------- by verbs


_MEET_VERBS = frozenset(
    (
        "meet",
        "speak",
        "talk",
        "negotiate",
        "confer",
        "huddle",
        "consult",
        "discuss",
        "phone",
        "host",
        "visit",
        "sit",
        "dispatch",
        "send",
        "travel",
        "fly",
        "arrive",
        "head",
        "call",
        "engage",
        "agree",
    )
)
_DIRECT = frozenset(("meet", "phone", "host", "visit"))
_TRAVEL = frozenset(("dispatch", "send", "travel", "fly", "arrive", "head"))


def _from_verbs(sentence: Sentence, verbs: Sequence[Verb]) -> list[Talk]:
    items = sentence.items
    out: list[Talk] = []
    for verb in verbs:
        if verb.lemma not in _MEET_VERBS or verb.negated or set(verb.modals) & _MAYBE:
            continue
        subject = codes_at(items, verb.subject)
        if not subject:
            continue
        others, rule = _counterparts(items, verb)
        parties = tuple(sorted({*subject, *others}))
        if len(parties) < 2 or not (others or len(subject) > 1):
            continue
        if (
            len(subject) > 1
            and not others
            and verb.lemma not in ("meet", "negotiate", "talk", "speak", "confer", "agree")
        ):
            continue
        if verb.lemma == "agree" or "WTO" in parties:
            continue
        end = clause_end(items, verb.index + 1, soft=True)
        out.append(
            Talk(
                parties=parties,
                kind="session" if verb.lemma != "negotiate" else "process",
                place="",
                when=When(),
                format=_verb_format(items, verb),
                state=_verb_state(verb, items),
                people=(),
                sentence=sentence,
                span=(
                    items[min([verb.start, *verb.subject])].start,
                    items[min(end, len(items)) - 1].end,
                ),
                rule=f"verb {verb.lemma}, {rule}",
                strength=0.7 if verb.lemma not in _TRAVEL else 0.65,
            )
        )
    return out


def _counterparts(items: Sequence[Item], verb: Verb) -> tuple[tuple[str, ...], str]:
    """Return the other parties of a verb of meeting, and how they were found."""
    at = verb.index + 1
    end = clause_end(items, at, soft=True)
    if verb.lemma in _TRAVEL:
        return _journey(items, at, end)
    if verb.lemma in _DIRECT:
        first = _next_actor(items, at, min(end, at + 5))
        if first is not None:
            return codes_at(items, _listed(items, first, end)), "object"
    links = ("with", "to") if verb.lemma in ("speak", "talk") else ("with",)
    for here in range(at, min(end, at + 16)):
        if items[here].low in links and verb.lemma != "visit":
            first = _next_actor(items, here + 1, min(end, here + 7))
            if first is not None:
                return codes_at(items, _listed(items, first, end)), "with"
    return (), "joint subject"


_GOALS = frozenset("talks negotiations discuss negotiate meet meeting trade".split())


def _journey(items: Sequence[Item], at: int, end: int) -> tuple[tuple[str, ...], str]:
    """Return with whom someone who travels will talk: named after "with", else the goal."""
    lows = [item.low for item in items[at:end]]
    for here in range(at, end - 1):
        if items[here].low == "with" and (_TALK_NOUNS | _MEET_NOUNS) & set(lows[: here - at]):
            first = _next_actor(items, here + 1, min(end, here + 5))
            if first is not None:
                return codes_at(items, _listed(items, first, end)), "journey for talks"
    for here in range(at, end):
        if items[here].low == "for" and _TALK_NOUNS & set(lows[here - at : here - at + 6]):
            near = [h for h in range(here, min(end, here + 6)) if items[h].codes]
            if near:
                return codes_at(items, near), "journey for talks"
    if _GOALS & set(lows):
        for here in range(at, end - 1):
            if items[here].low in ("to", "in", "for") and items[here + 1].codes:
                return items[here + 1].codes, "journey"
    return (), ""


def _verb_format(items: Sequence[Item], verb: Verb) -> TalksFormat:
    lows = {item.low for item in items[max(0, verb.index - 4) : verb.index + 9]}
    if lows & {"phone", "telephone", "telephoned"} or verb.lemma in ("phone", "call"):
        return "call"
    if lows & {"video", "virtually", "zoom", "videoconference", "teleconference", "online"}:
        return "virtual"
    if verb.lemma in ("meet", "host", "visit", "receive", "welcome", *_TRAVEL):
        return "in-person"
    return "unknown"


# ----------------------------------------------------------------------------- state, place, date


def _state(
    items: Sequence[Item], kind: TalkKind, at: int, deal: Verb | None, verbs: Sequence[Verb]
) -> RoundState:
    verb = deal if kind == "deal" else _main_verb(at, verbs)
    lows = {item.low for item in items}
    if lows & {"cancelled", "canceled", "scrapped"} or {"called", "off"} <= lows:
        return "cancelled"
    if lows & {"postponed", "delayed"}:
        return "postponed"
    if kind == "deal":
        unsure = (
            deal is None
            or deal.negated
            or any(
                m in ("would", "could", "may", "might", "should", "will", "can", "to", "must")
                for m in deal.modals
            )
            or deal.shape in ("base", "gerund")
            or bool(deal.chain)
        )
        return "scheduled" if unsure else "concluded"
    if _future_beside(items, at):
        return "scheduled"
    if verb is not None:
        return _verb_state(verb, items)
    return "ongoing" if lows & {"ongoing", "underway", "continuing"} else "held"


def _future_beside(items: Sequence[Item], at: int) -> bool:
    """Whether "will" governs the noun, from either side: "will be the first talks"."""
    if any(item.low in ("will", "'ll") for item in items[at + 1 : at + 4]):
        return True
    for here in range(at - 1, max(-1, at - 10), -1):
        if items[here].kind == "mark" or items[here].low in SUBORDINATORS:
            return False
        if items[here].low in ("will", "'ll"):
            return items[here + 1].low == "be"
    return False


def _main_verb(at: int, verbs: Sequence[Verb]) -> Verb | None:
    near = [verb for verb in verbs if abs(verb.index - at) <= 12]
    return min(near, key=lambda verb: abs(verb.index - at)) if near else None


def _verb_state(verb: Verb, items: Sequence[Item]) -> RoundState:
    lows = {item.low for item in items}
    if any(
        m in ("will", "'ll", "shall", "going", "would", "could", "may", "might", "should")
        for m in verb.modals
    ):
        return "scheduled"
    if verb.chain and verb.chain[-1] in (
        "expect",
        "plan",
        "set",
        "schedule",
        "due",
        "prepare",
        "agree",
        "hope",
        "want",
        "intend",
        "seek",
    ):
        return "scheduled"
    if lows & {"ongoing", "underway", "continue", "remain"} or verb.lemma in ("remain", "continue"):
        return "ongoing"
    if verb.shape in ("past", "participle"):
        return "held"
    if lows & {"due", "upcoming", "scheduled", "next", "tomorrow"}:
        return "scheduled"
    return "ongoing" if verb.shape in ("third", "base", "gerund") else "held"


def _completed(document: Document, talk: Talk) -> list[Talk]:
    """Return the talk with place, date and people of its sentence; once for each place named."""
    sentence, text = talk.sentence, document.text
    future = talk.state == "scheduled" or _progressive(sentence.items)
    found = dates_in(document, sentence, future=future)
    found = [one for one in found if talk.span[0] <= one[0] < talk.span[1]]
    found = [one for one in found if one[2].start is None or _days(one[2]) < 200]
    within = [i for i in sentence.items if talk.span[0] <= i.start < talk.span[1]]
    places = _places(within)
    people = tuple(
        item
        for item in within
        if item.kind == "person" and set(item.codes) & set(talk.parties) and item.official
    )
    low, high = sentence.start, sentence.end
    if high - low > 200:
        low, high = widened(text, sentence, *talk.span)
    trade = 0.1 if _TRADE.search(text[sentence.start : sentence.end]) else 0.0
    out = []
    for at, word in places or [(-1, "")]:
        near = talk.span if len(places) < 2 else (at, at)
        when = _nearest(found, near, after=len(places) > 1)
        extra = trade + 0.1 * bool(word) + 0.05 * bool(when.start)
        session = talk.kind == "process" and (word or _days(when) <= 7)
        out.append(
            replace(
                talk,
                when=when,
                place=word,
                kind="session" if session else talk.kind,
                people=people if len(places) < 2 else (),
                state=_dated_state(talk, when, document.article.published),
                sequence=_sequence(text, sentence, talk.span),
                span=(low, high),
                strength=min(1.0, talk.strength + extra),
            )
        )
    return out


_SEQUENCE = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|latest)\b[^.;,:]{0,70}?"
    r"\b(?:since|round|negotiations?|meeting|talks)\b(?:[^.;:]{0,90}?\bsince\b[^.;,:]*)?"
)


_ELSEWHERE = frozenset("following after amid despite since before ahead".split())


def _own_span(sentence: Sentence, span: tuple[int, int]) -> tuple[int, int]:
    """Return the part of a sentence with several talks that speaks of the one at `span`."""
    for at, item in enumerate(sentence.items[:-1]):
        joins = (
            item.low == "and"
            and not sentence.items[at + 1].codes
            and "phone"
            in (
                sentence.items[at - 2].low,
                sentence.items[at - 1].low,
            )
        )
        if joins and span[0] < item.start < span[1]:
            return span[0], item.start
        if item.low in _ELSEWHERE and span[0] < item.start < span[1] and item.start - span[0] > 12:
            return span[0], item.start
    return span


def _sequence(text: str, sentence: Sentence, span: tuple[int, int]) -> str:
    match = _SEQUENCE.search(text, sentence.start, sentence.end)
    if match is None or not span[0] - 8 <= match.start() < span[1]:
        return ""
    return " ".join(match.group().split())


def _dated_state(talk: Talk, when: When, published: date | None) -> RoundState:
    if (
        published is None
        or when.start is None
        or talk.state in ("cancelled", "postponed", "concluded")
    ):
        return talk.state
    return "scheduled" if when.start > published else talk.state


def _progressive(items: Sequence[Item]) -> bool:
    """Whether the sentence plans in the present: "is sending", "are to meet", "is due"."""
    for at in range(len(items) - 1):
        if items[at].low in ("is", "are") and (
            items[at + 1].low
            in _GOING
            | {
                "to",
                "due",
                "set",
                "scheduled",
                "expected",
                "meeting",
                "holding",
                "hosting",
                "visiting",
            }
        ):
            return True
    return False


def _days(when: When) -> int:
    return (when.end - when.start).days if when.start and when.end else 999


def _nearest(found: Sequence[tuple[int, int, When]], span: tuple[int, int], *, after: bool) -> When:
    if not found:
        return When()
    middle = (span[0] + span[1]) // 2
    ranked = sorted(
        found,
        key=lambda one: (
            after and one[0] < middle,
            not (span[0] <= one[0] < span[1]),
            abs(one[0] - middle),
        ),
    )
    return ranked[0][2]


def _places(items: Sequence[Item]) -> list[tuple[int, str]]:
    """Return the places of the sentence where something can be held, with their offsets."""
    found: list[tuple[int, str]] = []
    for at in range(1, len(items)):
        item, before = items[at], items[at - 1].low
        city = item.kind == "place" and before in ("in", "at", "to", "near")
        journey = (
            item.metonym and before == "to" and any(other.low in _GOING for other in items[:at])
        )
        named = item.kind == "place" and _noun_follows(items, at)
        if (city or journey or named) and item.word not in [word for _, word in found]:
            found.append((item.start, item.word))
    return found


def _noun_follows(items: Sequence[Item], at: int) -> bool:
    """Whether a place stands in the name of the talks: "the Geneva talks"."""
    near = [item.low for item in items[at + 1 : at + 4]]
    nouns_at = [i for i, low in enumerate(near) if low in _TALK_NOUNS | _MEET_NOUNS]
    return bool(nouns_at) and not any(low in PREPOSITIONS for low in near[: nouns_at[0]])


_GOING = frozenset(
    "send sends sent sending travel travels travelled traveled travelling fly flies flew flying "
    "visit trip head heads heading headed arrived dispatch dispatched going go return "
    "returned".split()
)

__all__ = ["Talk", "talk_candidates"]
