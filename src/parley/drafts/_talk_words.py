"""What the talks patterns find, and the nouns of talks and deals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from parley.drafts._verbs import is_verb
from parley.drafts._words import nouns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._document import Sentence
    from parley.drafts._items import Item
    from parley.records import RoundState, TalksFormat, When

MEET_NOUNS = frozenset(
    "meeting meetings summit summits visit visits encounter conference session sessions dinner "
    "lunch supper retreat huddle get-together".split()
)


TALK_NOUNS = frozenset(
    "talks negotiation negotiations round rounds discussions discussion dialogue consultations "
    "consultation talking negotiating bargaining haggling parleys diplomacy".split()
)


_DEAL_NOUNS = nouns("deal") - {"truce", "truces", "ceasefire", "ceasefires", "treaty", "treaties"}


_NOT_CALL = frozenset("a to for on that into by".split())


_TALK_NOT = frozenset("show shop point points radio board".split())


_COUNTED = frozenset(
    "next first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "final latest last previous following".split()
)
# what follows "the next round" where talks are meant: no goods, no name of a game
_HELD = frozenset("will is was would takes took begins began ended ends in on at".split())


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
    engine: str = ""


def noun_kind(items: Sequence[Item], at: int) -> tuple[TalkKind | None, TalksFormat]:
    low = items[at].low
    before = items[at - 1].low if at else ""
    after = items[at + 1].low if at + 1 < len(items) else ""
    if low == "talk" and before in ("phone", "telephone", "video"):
        return "session", "virtual" if before == "video" else "call"
    if low in TALK_NOUNS and after not in _TALK_NOT:
        if low in ("round", "rounds") and not (
            after == "of"
            or before in ("negotiating", "uruguay", "doha")
            or (before in _COUNTED and low == "round" and after in _HELD)
        ):
            return None, "unknown"
        if low in ("talks", "negotiating", "talking") and is_verb(items, at) and low != "talks":
            return None, "unknown"
        return ("session" if low in ("round", "rounds") else "process"), "unknown"
    if low in MEET_NOUNS and not (
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


GOING = frozenset(
    "send sends sent sending travel travels travelled traveled travelling fly flies flew flying "
    "visit trip head heads heading headed arrived dispatch dispatched going go return "
    "returned".split()
)
