"""What the vocabulary finds in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

MentionKind: TypeAlias = Literal[
    "party",  # a name: "China", "the EU", "Mercosur"
    "demonym",  # "Chinese", "Canadians"
    "capital",  # a capital, for its government or as a place: the sentence decides
    "metonym",  # "White House", "Number 10"
    "body",  # "Commerce Ministry", "USTR"
    "person",
    "title",  # an office without a name: "the prime minister"
    "product",
    "channel",  # "Truth Social", "press conference"
    "agency",  # "Reuters", "Global Times"
    "place",  # a city that is no capital: "Geneva"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words of a text that the vocabulary knows, half-open in characters.

    `party` is empty when the words alone do not say whose body, title or person it is.
    """

    start: int
    end: int
    kind: MentionKind
    name: str  # "United States", "He Lifeng", "Commerce Ministry", "soybeans"
    party: str = ""
    role: str = ""  # persons and titles: "trade", "head of state"
    office: str = ""  # persons: "Vice Premier"
    hs: tuple[str, ...] = ()  # products: prefixes of `hs_edition`
    hs_edition: str = ""
    known: bool = True  # False for a person whom only a title introduces
