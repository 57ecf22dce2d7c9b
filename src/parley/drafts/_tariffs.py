"""Duties: where a sentence names one, with its rates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parley.drafts._candidates import Candidate, View
from parley.drafts._imposers import LOWER, imposer_of
from parley.drafts._items import DETERMINERS, Item
from parley.drafts._measure_states import state_of
from parley.drafts._phrases import clause_end, phrase_start
from parley.drafts._scopes import goods, scope_of, span_of
from parley.drafts._verbs import is_verb
from parley.drafts._words import lemmas, nouns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._amounts import Amount
    from parley.drafts._clauses import Verb
    from parley.records import MeasureKind

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


_AFTER_KIND: dict[str, MeasureKind] = {
    "pause": "tariff_suspension", "suspension": "tariff_suspension", "truce": "tariff_suspension",
    "freeze": "tariff_suspension", "exemption": "quota", "exemptions": "quota",
    "exclusion": "quota", "exclusions": "quota", "waiver": "quota", "waivers": "quota",
    "quota": "quota", "quotas": "quota",
}  # fmt: skip


_GENERIC = frozenset(
    "new additional extra further retaliatory reciprocal punitive steep stiff huge hefty import "
    "imports imported existing proposed planned threatened higher high lower broad sweeping global "
    "universal across board blanket goods products such these those some any all other more own "
    "customs trade possible potential so called its their his recent latest current remaining "
    "baseline temporary "
    "permanent similar same the a an of on and ad valorem rate initial previous first second major "
    "tit for tat massive heavy general certain most many as much up to at least"
    .split()
)  # fmt: skip


def tariffs(view: View) -> list[Candidate]:
    out: list[Candidate] = []
    for at, _item in enumerate(view.items):
        if not _is_tariff(view.items, at):
            continue
        out.extend(_tariff_at(view, at))
    return out


def _is_tariff(items: Sequence[Item], at: int) -> bool:
    """Whether the item is a duty on trade, by its neighbours."""
    item = items[at]
    if item.kind != "word":
        return False
    before = items[at - 1].low if at else ""
    after = items[at + 1].low if at + 1 < len(items) else ""
    if item.low in ("tax", "taxes"):
        return before in ("import", "border", "imports", "export", "entry") or (
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


_DUTY_BEFORE_NOT = frozenset("on active off official stamp heavy".split())


_RAISING = lemmas("raise", "lower")


def _quota_or_other(items: Sequence[Item], at: int) -> bool:
    return at < len(items) and items[at].low in ("quota", "quotas", "non", "nontariff")


def _is_rate_of_duty(items: Sequence[Item], at: int, before: str, after: str) -> bool:
    """Whether "rate" means a duty: "ad valorem rate", "of that rate", "increase rate to"."""
    if before in ("valorem", "duty", "reciprocal"):
        return True
    near = [item.low for item in items[max(0, at - 4) : at]]
    if before in ("that", "this") and "points" in near:
        return True
    raised = any(low in _RAISING for low in near[-2:]) and after in ("to", "from", "by")
    return raised and ":" in [item.low for item in items[:at]]


def _own_end(items: Sequence[Item], at: int, end: int) -> int:
    """Return where the words that belong to this duty end: before the next one begins."""
    following = next((h for h in range(at + 1, end) if _is_tariff(items, h)), None)
    return end if following is None else max(at + 1, phrase_start(items, following))


def _levies(items: Sequence[Item], at: int) -> bool:
    """Whether "levies" is a verb: "Washington levies a tariff"."""
    after = items[at + 1] if at + 1 < len(items) else None
    return (
        after is not None
        and is_verb(items, at)
        and (after.low in DETERMINERS or after.kind == "number" or after.low in _TARIFF)
    )


def _tariff_at(view: View, at: int) -> list[Candidate]:
    items = view.items
    start = phrase_start(items, at)
    after = items[at + 1].low if at + 1 < len(items) else ""
    kind: MeasureKind = _AFTER_KIND.get(after, "import_tariff")
    end = clause_end(items, at + 1)
    imposer, owner_target, strength, rule, verb = imposer_of(view, start, at, end)
    targets, product = scope_of(view, at + 1, _own_end(items, at, end))
    if items[at].low in ("rate", "rates") and not product:
        product = goods(items[: next((h for h in range(at) if items[h].low == ":"), 0)])
    targets = targets or owner_target
    if _many(items[at + 1 : end]):
        targets = tuple(sorted({*targets, "WLD"}))
    product = " ".join(filter(None, (_inner_product(items[start:at]), product)))
    state = state_of(verb, view.conditional, items, end)
    pieces = _by_rate(view, start, at, end)
    out = []
    for rate, codes, words in pieces or [(None, (), "")]:
        scope = codes or targets
        out.append(
            Candidate(
                imposer=imposer,
                targets=tuple(code for code in scope if code not in imposer),
                kind=_kind(kind, verb, items),
                product=words or product,
                rate=_rate_value(rate, verb),
                state=state,
                sentence=view.sentence,
                span=span_of(view, start, end, verb, rate),
                rule=rule,
                strength=strength + (0.25 if rate is not None else 0.0) + (0.05 if scope else 0),
                points=rate.points if rate is not None else False,
            )
        )
    return out


_ALL = frozenset("all most many dozens scores other several virtually nearly almost".split())


_PARTNERS = frozenset("partners countries nations economies imports".split())


def _many(items: Sequence[Item]) -> bool:
    """Whether a measure hits all or many partners: "on most trading partners"."""
    lows = [item.low for item in items[:14]]
    return any(
        low in _ALL and _PARTNERS & set(lows[at : at + 5]) for at, low in enumerate(lows)
    ) or bool({"world", "worldwide", "globally"} & set(lows[:6]))


def _kind(kind: MeasureKind, verb: Verb | None, items: Sequence[Item]) -> MeasureKind:
    if kind != "import_tariff" or verb is None:
        return kind
    eased = verb.lemma in LOWER and any(item.low == "temporarily" for item in items)
    if verb.lemma == "suspend" or eased:
        return "tariff_suspension"
    return kind


def _rate_value(rate: Amount | None, verb: Verb | None) -> float | None:
    return None if rate is None else rate.value


def _inner_product(items: Sequence[Item]) -> str:
    words = [
        item.word
        for item in items
        if item.kind == "word"
        and item.low not in _GENERIC
        and item.low not in DETERMINERS
        and item.low not in ("'s", "per", "cent", "percent", "pct", "percentage", "points")
        and not item.low.endswith("ly")
    ]
    return " ".join(words)


def _by_rate(
    view: View, start: int, at: int, end: int
) -> list[tuple[Amount | None, tuple[str, ...], str]]:
    """Return each rate of the phrase with the parties and goods that belong to it alone."""
    items = view.items
    first = items[start].start
    next_noun = next((h for h in range(at + 1, len(items)) if _is_tariff(items, h)), len(items))
    stop = items[min(end, next_noun) - 1].end if min(end, next_noun) else first
    if next_noun < end:
        stop = items[phrase_start(items, next_noun)].start
    rates = [rate for rate in view.rates if first <= rate.start and rate.end <= stop]
    rates = [rate for rate in rates if not _former(view.text, rate, rates)]
    if not rates and next_noun >= len(items):
        rates = _rate_nearby(view, start)
    if len(rates) < 2:
        return [(rate, (), "") for rate in rates]
    out: list[tuple[Amount | None, tuple[str, ...], str]] = []
    for index, rate in enumerate(rates):
        bound = rates[index + 1].start if index + 1 < len(rates) else stop
        inside = [h for h, item in enumerate(items) if rate.end <= item.start < bound]
        codes: tuple[str, ...] = ()
        words = ""
        if inside:
            here = next((h for h in inside if items[h].kind != "mark"), inside[0])
            codes, words = scope_of(view, here, inside[-1] + 1)
        out.append((rate, codes, words))
    return out


def _rate_nearby(view: View, start: int) -> list[Amount]:
    """Return a rate that stands before the phrase in the same clause: "25% in tariffs"."""
    items = view.items
    first = items[max(0, start - 4)].start
    return [r for r in view.rates if first <= r.start and r.end <= items[start].start][:1]


def _former(text: str, rate: Amount, rates: Sequence[Amount]) -> bool:
    """Whether a rate is the one that is replaced: "to 25% from 10%"."""
    return (
        len(rates) > 1
        and re.search(
            r"\bfrom\s+(?:the\s+)?(?:current\s+|about\s+)?$",
            text[max(0, rate.start - 20) : rate.start],
        )
        is not None
    )
