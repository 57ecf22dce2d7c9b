"""Which records a draft may belong to, how likely, why, and where the two agree."""

from __future__ import annotations

import re
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
    from collections.abc import Callable, Iterable

SAME = 0.75
"""Score from which a draft is said to be about the record; below, "possibly the same as"."""
POSSIBLE = 0.5
"""Score below which nothing is proposed."""

_NEAR_DAYS = 3  # two reports of one event date it at most this far apart
_STOP = frozenset(
    """
    about after again against also and any are been before being but can could for from had has
    have her his into its more most new not now off only other our out over said says she should
    some such than that the their them then there these they this those through under until was
    were what when where which while who will with would year years
    """.split()
)

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

    @property
    def agrees(self) -> bool | None:
        """False if any field disagrees, True if one agrees and none disagrees, else None."""
        verdicts = {compared.agrees for compared in self.compared} - {None}
        return None if not verdicts else False not in verdicts

    @property
    def same(self) -> bool:
        """Whether the score reaches the level at which draft and record are taken as one."""
        return self.score >= SAME


Feature = tuple[str, float, "Callable[[Pair, Pair], float | None]"]


def matches(record: Record, entries: Iterable[Entry]) -> tuple[Match, ...]:
    """Return the entries that `record` may be the same as, likeliest first."""
    found = []
    for entry in entries:
        if type(entry.record) is not type(record):
            continue
        score, reasons = _score(record, entry.record)
        if score >= POSSIBLE:
            found.append(
                Match(
                    entry_id=entry.entry_id,
                    title=entry.title,
                    score=round(score, 4),
                    reasons=reasons,
                    compared=_compared(record, entry.record),
                )
            )
    return tuple(sorted(found, key=lambda match: (-match.score, match.entry_id)))


def _score(draft: Record, record: Record) -> tuple[float, tuple[str, ...]]:
    """Return the weighted mean of what can be compared; 0 when what must agree does not."""
    total = weights = 0.0
    reasons = []
    for name, weight, likeness in _FEATURES[type(record)]:
        value = likeness(draft, record)
        if value is None:
            continue
        if value == 0.0 and weight >= _MUST:
            return 0.0, ()
        total += weight * value
        weights += weight
        if value >= 0.5:
            reasons.append(f"same {name}" if value == 1.0 else f"like {name}")
    enough = weights >= _ENOUGH
    return (total / weights if enough else 0.0), tuple(reasons)


_MUST = 3.0  # weight from which a feature that differs rules the match out
_ENOUGH = 5.0  # sum of weights that must be comparable


def _shared(name: str) -> Callable[[Pair, Pair], float | None]:
    def likeness(draft: Pair, record: Pair) -> float | None:
        one, other = set(_many(getattr(draft, name))), set(_many(getattr(record, name)))
        if not one or not other:
            return None
        return len(one & other) / len(one | other)

    return likeness


def _within(name: str) -> Callable[[Pair, Pair], float | None]:
    def likeness(draft: Pair, record: Pair) -> float | None:
        one, other = set(getattr(draft, name)), set(getattr(record, name))
        if not one or not other:
            return None
        if "WLD" in one ^ other:
            return 0.5
        return len(one & other) / min(len(one), len(other))

    return likeness


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
    found = re.findall(r"[a-z][a-z0-9]{2,}|\d+(?:\.\d+)?", text.lower())
    return {re.sub(r"(?:al|ing|ed|es|s|e)$", "", word) for word in found if word not in _STOP}


def _scope(draft: Measure, record: Measure) -> float | None:
    one, other = words(draft.scope.words), words(record.scope.words)
    if not one or not other:
        return None
    return len(one & other) / min(len(one), len(other))


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
        ("parties", 3.0, _shared("parties")),
        ("dates", 4.0, _time("when")),
        ("place", 2.0, _text("place")),
    ),
    Agreement: (
        ("parties", 3.0, _shared("parties")),
        ("date", 4.0, _time("concluded")),
        ("content", 2.0, _text("content")),
    ),
    Commitment: (
        ("promisor", 3.0, _shared("made_by")),
        ("action", 4.0, _text("action")),
        ("quantity", 2.0, _quantity),
        ("deadline", 1.0, _time("due")),
    ),
    Assessment: (
        ("commitment", 3.0, _shared("commitment")),
        ("speaker", 3.0, _text("speaker")),
        ("date", 3.0, _time("on")),
    ),
    Accusation: (
        ("accused", 3.0, _shared("against")),
        ("date", 3.0, _time("on", days=14)),
        ("ground", 4.0, _text("what")),
    ),
    Measure: (
        ("imposer", 3.0, _shared("imposer")),
        ("targets", 2.0, _within("targets")),
        ("kind", 1.0, _shared("kind")),
        ("rate", 2.0, _rate),
        ("law", 3.0, _text("legal_basis")),
        ("products", 3.0, _scope),
    ),
    Statement: (
        ("speaker", 3.0, _text("speaker")),
        ("words", 5.0, _text("quote")),
    ),
    Figure: (
        ("subject", 3.0, _text("what")),
        ("unit", 1.0, _shared("unit")),
        ("period", 3.0, _time("period", days=0)),
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
