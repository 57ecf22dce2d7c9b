"""What the measure patterns look at, and what they find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.drafts._amounts import Amount
    from parley.drafts._clauses import Verb
    from parley.drafts._document import Sentence
    from parley.drafts._items import Item
    from parley.records import MeasureKind, MeasureState

GROUP = {
    "import_tariff": "tariff",
    "tariff_suspension": "tariff",
    "export_control": "export",
    "export_licence": "export",
    "sanction": "sanction",
    "entity_listing": "sanction",
}

# A record is compared with so many others of its kind; a page with more of them may repeat some.
COMPARED = 300
HARD_KINDS = frozenset(("other", "sanction", "quota", "visa"))  # often only in passing


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A measure as one place in the text gives it."""

    imposer: tuple[str, ...]
    targets: tuple[str, ...]
    kind: MeasureKind
    product: str
    rate: float | None
    state: MeasureState
    sentence: Sentence
    span: tuple[int, int]  # characters of the clause
    rule: str
    strength: float  # how directly the text says it, 0 to 1
    previous: float | None = None
    points: bool = False
    speaker: tuple[str, ...] = ()  # whose official reports it in the sentence
    carried: bool = False  # the imposer was taken from elsewhere on the page
    engine: str = ""  # "both", "patterns" or "parser"; empty where only one engine reads


@dataclass(frozen=True, slots=True)
class View:
    """A sentence with what the measure patterns look at."""

    text: str
    sentence: Sentence
    items: tuple[Item, ...]
    verbs: tuple[Verb, ...]
    rates: tuple[Amount, ...]
    conditional: bool
    goods: frozenset[int]  # items that name a product of the vocabulary
