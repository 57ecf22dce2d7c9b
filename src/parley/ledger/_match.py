"""Which records a draft may belong to, how likely, why, and where the two agree."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from parley.records import (
    Accusation,
    Agreement,
    Assessment,
    Commitment,
    Entry,
    Figure,
    Measure,
    Record,
    Round,
    Statement,
    When,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from parley.records import Draft

SAME = 0.7
"""Score from which a draft is said to be about the record; below, "possibly the same as"."""
POSSIBLE = 0.5
"""Score below which nothing is proposed."""

_LEAD = 0.05  # how far a match must lead the next to be clear
_NEAR_DAYS = 3  # two reports of one event date it at most this far apart
_STOP = frozenset(
    """
    about after again against also and any are been before being but can could for from had has
    have her his into its more most new not now off only other our out over said says she should
    some such than that the their them then there these they this those through under until was
    were what when where which while who will with would year years
    """.split()
)

_COMMON = frozenset(
    "all america american appli ban billion china chinese control dollar dut duti duty export "
    "good import licenc million nation never new other product rate rul stat tariff threat unit "
    "worth".split()
)  # of any measure, in the form that `words` gives

Pair: TypeAlias = Any  # a draft's record or a ledger's, of the same type


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One field of a draft beside the record's. `agrees` is None where one side says nothing."""

    field: str
    draft: object
    record: object
    agrees: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A record that a draft may belong to, with a score in [0, 1] and what spoke for it."""

    entry_id: str
    title: str
    score: float
    reasons: tuple[str, ...]
    compared: tuple[Compared, ...]
    clear: bool = True  # no other entry comes near

    @property
    def agrees(self) -> bool | None:
        """False if any field disagrees, True if one agrees and none disagrees, else None."""
        verdicts = {compared.agrees for compared in self.compared} - {None}
        return None if not verdicts else False not in verdicts

    @property
    def same(self) -> bool:
        """Whether draft and record are taken as one: the score is high and no other comes near."""
        return self.clear and self.score >= SAME


Feature = tuple[str, float, "Callable[[Pair, Pair], float | None]", bool]
"""What is compared, its weight, how, and whether a difference rules the match out."""


def matches(draft: Draft, entries: Iterable[Entry]) -> tuple[Match, ...]:
    """Return the entries that `draft` may be about, likeliest first."""
    rivals = [entry for entry in entries if type(entry.record) is type(draft.record)]
    names = {entry.entry_id: _name(entry) for entry in rivals}
    rarity = _rarity(list(names.values()))
    said = words(" ".join(span.exact for span in draft.evidence))
    found = []
    for entry in rivals:
        named = _named(said, names[entry.entry_id], rarity)
        score, reasons = _score(draft.record, entry.record, named)
        if score >= POSSIBLE:
            found.append((score, reasons, entry))
    found.sort(key=lambda one: (-one[0], one[2].entry_id))
    lead = [*(score for score, *_ in found[1:]), 0.0]
    return tuple(
        Match(
            entry_id=entry.entry_id,
            title=entry.title,
            score=round(score, 4),
            reasons=reasons,
            compared=_compared(draft.record, entry.record),
            clear=at == 0 and score - lead[0] >= _LEAD,
        )
        for at, (score, reasons, entry) in enumerate(found)
    )


def _name(entry: Entry) -> set[str]:
    """Return the words by which an entry is told from others: its title, programme and goods."""
    record = entry.record
    parts = [entry.title]
    if isinstance(record, Measure):
        parts += [record.instrument, record.scope.words]
    return {word for word in words(" ".join(parts)) - _COMMON if not word.isdigit()}


def _rarity(names: list[set[str]]) -> dict[str, float]:
    """Return how much each word tells: the fewer entries have it, the more."""
    counts = Counter(word for name in names for word in name)
    return {word: math.log(1 + len(names) / count) for word, count in counts.items()}


def _named(said: set[str], name: set[str], rarity: Mapping[str, float]) -> float:
    """Return how far the words of a passage name an entry: the rarest word shared counts."""
    shared = [rarity[word] for word in said & name]
    return max(shared, default=0.0) / max(rarity.values(), default=1.0)


def _score(draft: Record, record: Record, named: float) -> tuple[float, tuple[str, ...]]:
    """Return the weighted mean of what can be compared; 0 when what must agree does not."""
    total = weights = 0.0
    reasons = []
    for name, weight, likeness, must in _FEATURES[type(record)]:
        value = named if name == "name" else likeness(draft, record)
        if value is None:
            continue
        if value == 0.0 and must:
            return 0.0, ()
        total += weight * value
        weights += weight
        if value >= 0.5:
            reasons.append(f"same {name}" if value == 1.0 else f"like {name}")
    enough = weights >= _ENOUGH
    return (total / weights if enough else 0.0), tuple(reasons)


_ENOUGH = 5.0  # sum of weights that must be comparable


def _shared(name: str) -> Callable[[Pair, Pair], float | None]:
    def likeness(draft: Pair, record: Pair) -> float | None:
        one, other = set(_many(getattr(draft, name))), set(_many(getattr(record, name)))
        if not one or not other:
            return None
        return len(one & other) / len(one | other)

    return likeness


def _targets(draft: Measure, record: Measure) -> float | None:
    one, other = set(draft.targets), set(record.targets)
    if not one or not other:
        return None
    if "WLD" in one ^ other:
        return 0.0 if one & set(record.exempt_partners) else 0.5
    return len(one & other) / min(len(one), len(other))


def _many(value: object) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (str(value),) if value else ()


def _time(name: str, *, days: int = _NEAR_DAYS) -> Callable[[Pair, Pair], float | None]:
    def likeness(draft: Pair, record: Pair) -> float | None:
        gap = days_apart(getattr(draft, name), getattr(record, name))
        if gap is None:
            return None
        return 1.0 if gap == 0 else 0.6 if gap <= days else 0.0

    return likeness


def days_apart(one: When, other: When) -> int | None:
    """Return the days between two intervals, 0 when they meet, None when one is unknown."""
    if one.start is None or other.start is None:
        return None
    first, second = sorted((one, other), key=lambda when: when.start or date.min)
    last = (first.end or (first.start or date.min) + timedelta(days=1)) - timedelta(days=1)
    return max(0, ((second.start or last) - last).days)


def _text(name: str) -> Callable[[Pair, Pair], float | None]:
    def likeness(draft: Pair, record: Pair) -> float | None:
        one, other = words(str(getattr(draft, name))), words(str(getattr(record, name)))
        if not one or not other:
            return None
        return len(one & other) / min(len(one), len(other))

    return likeness


def words(text: str) -> set[str]:
    """Return the words of a text that carry meaning, without their commonest endings.

    Examples
    --------
    >>> sorted(words("Approve the additional exports of rare earths"))
    ['addition', 'approv', 'earth', 'export', 'rar']
    """
    text = re.sub(r"(\d+(?:\.\d+)?)\s*(?:bn|billion)\b", r"bn\1", text.lower())
    text = re.sub(r"\bsection (\d+)", r"section\1", text)
    found = re.findall(r"[a-z][a-z0-9]{2,}|\d+(?:\.\d+)?", text)
    return {re.sub(r"(?:al|ing|ed|es|s|e)$", "", word) for word in found if word not in _STOP}


def _scope(draft: Measure, record: Measure) -> float | None:
    one, other = words(draft.scope.words) - _COMMON, words(record.scope.words) - _COMMON
    if not one or not other:
        return None
    return len(one & other) / min(len(one), len(other))


def _turns(draft: Measure, record: Measure) -> float | None:
    """Return whether a state of one begins when a state of the other does."""
    gaps = [
        abs((one.start - other.start).days)
        for one in draft.states
        for other in record.states
        if one.start is not None and other.start is not None
    ]
    return None if not gaps else float(min(gaps) <= _NEAR_DAYS)


def _same_commitment(draft: Assessment, record: Assessment) -> float | None:
    """Return 1 for the same entry; a draft's own reference cannot be compared with an entry's."""
    return 1.0 if draft.commitment == record.commitment else None


def _never(_draft: Pair, _record: Pair) -> float | None:
    """Stand for the likeness of names, which needs the passage and the other entries."""
    return None


def _rate(draft: Measure, record: Measure) -> float | None:
    same = _same_rate(draft, record)
    return None if same is None else float(same)


def _same_rate(draft: Measure, record: Measure) -> bool | None:
    if draft.rate.kind != record.rate.kind or draft.rate.kind in ("unknown", "none"):
        return None
    if draft.rate.ad_valorem is None or record.rate.ad_valorem is None:
        return None
    return abs(draft.rate.ad_valorem - record.rate.ad_valorem) < 1e-9


def _quantity(draft: Commitment, record: Commitment) -> float | None:
    if draft.quantity is None or record.quantity is None:
        return None
    return float(abs(draft.quantity - record.quantity) <= 1e-9 * abs(record.quantity))


_FEATURES: dict[type, tuple[Feature, ...]] = {
    Round: (
        ("parties", 3.0, _shared("parties"), True),
        ("dates", 4.0, _time("when"), True),
        ("place", 2.0, _text("place"), False),
    ),
    Agreement: (
        ("parties", 3.0, _shared("parties"), True),
        ("date", 4.0, _time("concluded"), True),
        ("content", 2.0, _text("content"), False),
    ),
    Commitment: (
        ("promisor", 3.0, _shared("made_by"), True),
        ("action", 4.0, _text("action"), True),
        ("quantity", 2.0, _quantity, False),
        ("deadline", 1.0, _time("due"), False),
    ),
    Assessment: (
        ("commitment", 3.0, _same_commitment, False),
        ("speaker", 3.0, _text("speaker"), True),
        ("date", 3.0, _time("on"), True),
        ("verdict", 2.0, _shared("verdict"), False),
    ),
    Accusation: (
        ("accused", 3.0, _shared("against"), True),
        ("date", 3.0, _time("on", days=14), True),
        ("ground", 4.0, _text("what"), True),
    ),
    Measure: (
        ("imposer", 3.0, _shared("imposer"), True),
        ("targets", 3.0, _targets, True),
        ("kind", 2.0, _shared("kind"), False),
        ("rate", 2.5, _rate, False),
        ("law", 2.5, _text("legal_basis"), False),
        ("products", 3.0, _scope, False),
        ("dates", 2.0, _turns, False),
        ("name", 4.0, _never, False),
    ),
    Statement: (
        ("speaker", 3.0, _text("speaker"), True),
        ("words", 5.0, _text("quote"), True),
    ),
    Figure: (
        ("subject", 3.0, _text("what"), True),
        ("unit", 1.0, _shared("unit"), False),
        ("period", 3.0, _time("period", days=0), True),
    ),
}


def _compared(draft: Pair, record: Pair) -> tuple[Compared, ...]:
    return tuple(
        Compared(field=name, draft=one, record=other, agrees=agrees)
        for name, one, other, agrees in _pairs(draft, record)
    )


def _pairs(draft: Pair, record: Pair) -> list[tuple[str, object, object, bool | None]]:
    """Return the fields on which a reader wants to know whether page and record agree."""
    if isinstance(draft, Measure):
        state = draft.states[-1].state if draft.states else None
        held = record.states[-1].state if record.states else None
        return [
            ("rate", draft.rate, record.rate, _same_rate(draft, record)),
            ("state", state, held, None if state is None or held is None else state == held),
        ]
    pairs: list[tuple[str, object, object, bool | None]] = []
    for name in ("when", "concluded", "due", "on", "period"):
        if hasattr(record, name):
            gap = days_apart(getattr(draft, name), getattr(record, name))
            agrees = None if gap is None else gap == 0
            pairs.append((name, getattr(draft, name), getattr(record, name), agrees))
    for name in ("place", "format", "made_to", "quantity", "verdict", "against", "value"):
        if hasattr(record, name):
            one, other = getattr(draft, name), getattr(record, name)
            silent = one in ("", None, (), "unknown") or other in ("", None, (), "unknown")
            pairs.append((name, one, other, None if silent else _alike(one, other)))
    return pairs


def _alike(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return bool(words(one) & words(other)) or one == other
    return one == other
