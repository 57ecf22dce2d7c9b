"""Which nouns name a duty on trade, by their neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._items import DETERMINERS, Item
from parley.drafts._verbs import is_verb
from parley.drafts._words import lemmas, nouns

if TYPE_CHECKING:
    from collections.abc import Sequence

_TARIFF = nouns("tariff")


_DUTY_NOT = frozenset("free heavy bound cycle call stamp station roster officer".split())


_AFTER_NOT = frozenset(
    "war wars talks talk row dispute disputes negotiations deal deals revenue revenues truce "
    "regime "
    "policy policies schedule commission line lines code codes treatment man "
    "agenda "
    "strategy tensions tension uncertainty impact concerns fears news agreement agreements evasion "
    "plea issue issues concessions removal escalation outlook exposure costs cost standoff board "
    "classification"
    .split()
)  # fmt: skip


def is_tariff(items: Sequence[Item], at: int) -> bool:
    """Whether the item is a duty on trade, by its neighbours."""
    item = items[at]
    if item.kind != "word":
        return False
    before = items[at - 1].low if at else ""
    after = items[at + 1].low if at + 1 < len(items) else ""
    if item.low in ("tax", "taxes"):
        return before in _TAX_BEFORE or (
            after == "on" and bool(_FOREIGN & {i.low for i in items[at + 2 : at + 5]})
        )
    if item.low in ("rate", "rates"):
        return _is_rate_of_duty(items, at, before, after)
    if item.low not in _TARIFF or (item.low in ("levies", "levy") and _levies(items, at)):
        return False
    if after in _AFTER_NOT or after in _DUTY_NOT or (before in ("non", "zero") and item.joined):
        return False
    if after in ("rate", "and", "or") and _quota_or_other(items, at + 2):
        return False
    return not (item.low in ("duty", "duties") and before in _DUTY_BEFORE_NOT) and before != "zero"


_FOREIGN = frozenset(("imported", "imports", "foreign"))


_TAX_BEFORE = frozenset(
    "import border imports export entry customs reciprocal retaliatory dumping subsidy "
    "countervailing".split()
)


_DUTY_BEFORE_NOT = frozenset("on active off official stamp heavy".split())


_RAISING = lemmas("raise", "lower")


def _quota_or_other(items: Sequence[Item], at: int) -> bool:
    return at < len(items) and items[at].low in ("quota", "quotas", "non", "nontariff")


def _is_rate_of_duty(items: Sequence[Item], at: int, before: str, after: str) -> bool:
    """Whether "rate" means a duty: "ad valorem rate", "of that rate", "increase rate to"."""
    if before in ("valorem", "duty", "reciprocal"):
        return True
    near = [item.low for item in items[max(0, at - 4) : at]]
    if set(near[-2:]) & _OTHER_RATES or after == "of":
        return False
    if before in ("that", "this") and "points" in near:
        return True
    if after in ("on", "for", "to") and _percent_follows(items, at + 2):
        return True
    raised = any(low in _RAISING for low in near[-2:]) and after in ("to", "from", "by")
    return raised and ":" in [item.low for item in items[:at]]


_OTHER_RATES = frozenset(
    "interest exchange growth inflation unemployment mortgage birth tax corporate policy "
    "repo lending bank approval savings".split()
)


def _percent_follows(items: Sequence[Item], at: int) -> bool:
    """Whether "to 15 percent" follows within the clause, as with a rate that changes."""
    for here in range(at, min(at + 12, len(items) - 1)):
        if items[here].kind == "number":
            after = items[here + 1].low
            return after in ("%", "per", "percent", "pct") and items[here - 1].low in _TO
        if items[here].kind == "mark":
            return False
    return False


_TO = frozenset("to at of about around just only".split())


def _levies(items: Sequence[Item], at: int) -> bool:
    """Whether "levies" is a verb: "Washington levies a tariff"."""
    after = items[at + 1] if at + 1 < len(items) else None
    return (
        after is not None
        and is_verb(items, at)
        and (after.low in DETERMINERS or after.kind == "number" or after.low in _TARIFF)
    )
