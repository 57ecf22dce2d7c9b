"""Duties: where a sentence names one, with its rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._candidates import Candidate, View
from parley.drafts._imposers import LOWER, Roles, announcer_of, roles_of
from parley.drafts._items import DETERMINERS, Item
from parley.drafts._measure_states import doubt, state_of
from parley.drafts._phrases import clause_end, phrase_start
from parley.drafts._scopes import goods, scope_of, span_of
from parley.drafts._tariff_nouns import is_tariff
from parley.drafts._tariff_rates import by_rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._amounts import Amount
    from parley.drafts._clauses import Verb
    from parley.records import MeasureKind, MeasureState

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
        if not is_tariff(view.items, at):
            continue
        out.extend(_tariff_at(view, at))
    return out


def _own_end(items: Sequence[Item], at: int, end: int) -> int:
    """Return where the words that belong to this duty end: before the next one begins."""
    following = next((h for h in range(at + 1, end) if is_tariff(items, h)), None)
    return end if following is None else max(at + 1, phrase_start(items, following))


def _tariff_at(view: View, at: int) -> list[Candidate]:
    items = view.items
    start = phrase_start(items, at)
    end = clause_end(items, at + 1)
    event = _event(items, start)
    roles = _roles(view, start, at, end, event)
    targets, product = scope_of(view, at + 1, _own_end(items, at, end))
    if items[at].low in ("rate", "rates") and not product:
        product = goods(items[: next((h for h in range(at) if items[h].low == ":"), 0)])
    targets = targets or roles.targets
    if _many(items[at + 1 : end]):
        targets = tuple(sorted({*targets, "WLD"}))
    product = " ".join(filter(None, (_inner_product(items[start:at]), product)))
    kind, state = _kind_and_state(view, at, end, roles.verb, event)
    out = []
    for rate, codes, words in by_rate(view, start, at, end) or [(None, (), "")]:
        scope = codes or targets
        out.append(
            Candidate(
                imposer=roles.imposer,
                targets=tuple(code for code in scope if code not in roles.imposer),
                kind=kind,
                product=words or product,
                rate=_value(rate, roles.verb, items[at].start),
                state=state,
                sentence=view.sentence,
                span=span_of(view, start, end, roles.verb, rate),
                rule=roles.rule,
                strength=roles.strength
                + 0.25 * (rate is not None)
                + 0.05 * bool(scope)
                - doubt(view, start),
                points=rate.points if rate is not None else False,
                speaker=() if roles.imposer else announcer_of(view, at),
            )
        )
    return out


def _value(rate: Amount | None, verb: Verb | None, head: int) -> float | None:
    """Return a rate; none where it is the old one of a duty that was doubled or halved."""
    if rate is None:
        return None
    many = verb is not None and verb.lemma in ("double", "halve", "triple", "quadruple")
    return None if many and rate.end <= head else rate.value


_EVENTS: dict[str, MeasureState] = {
    "suspension": "suspended", "pause": "suspended", "delay": "suspended", "freeze": "suspended",
    "postponement": "suspended", "moratorium": "suspended", "removal": "withdrawn",
    "elimination": "withdrawn", "lifting": "withdrawn", "abolition": "withdrawn",
    "repeal": "withdrawn", "withdrawal": "withdrawn", "rollback": "withdrawn",
    "threat": "threatened", "threats": "threatened", "prospect": "threatened",
    "possibility": "threatened", "imposition": "in_force", "introduction": "in_force",
    "reduction": "in_force", "reductions": "in_force", "cut": "in_force", "cuts": "in_force",
    "lowering": "in_force", "increase": "in_force", "increases": "in_force", "hike": "in_force",
    "hikes": "in_force", "rise": "in_force", "doubling": "in_force", "extension": "in_force",
    "reinstatement": "in_force", "round": "in_force", "wave": "in_force", "set": "in_force",
}  # fmt: skip


def _event(items: Sequence[Item], start: int) -> int | None:
    """Return the noun of change on which a duty hangs: "the suspension of tariffs"."""
    if start < 2 or items[start - 1].low not in ("of", "in", "on"):
        return None
    return start - 2 if items[start - 2].low in _EVENTS else None


def _roles(view: View, start: int, at: int, end: int, event: int | None) -> Roles:
    """Return the roles of a duty, or of the change of which it is the object."""
    own = roles_of(view, start, at, end)
    if event is None or own.imposer:
        return own
    wide = roles_of(view, phrase_start(view.items, event), event, end)
    return wide if wide.imposer else own


def _kind_and_state(
    view: View, at: int, end: int, verb: Verb | None, event: int | None
) -> tuple[MeasureKind, MeasureState]:
    items = view.items
    after = items[at + 1].low if at + 1 < len(items) else ""
    kind: MeasureKind = _AFTER_KIND.get(after, "import_tariff")
    state = state_of(verb, view.conditional, items, end)
    if event is not None and state == "in_force":
        state = _EVENTS[items[event].low]
    if kind != "import_tariff":
        return kind, state
    if verb is not None and verb.lemma in ("exempt", "exclude", "spare"):
        return "quota", "in_force" if state == "withdrawn" else state
    eased = (
        verb is not None
        and verb.lemma in LOWER
        and any(item.low == "temporarily" for item in items)
    )
    if eased or (state == "suspended" and (verb is None or verb.lemma == "suspend")):
        return "tariff_suspension", state
    if verb is not None and verb.lemma == "suspend":
        return "tariff_suspension", state
    return kind, state


_ALL = frozenset("all most many dozens scores other several virtually nearly almost".split())


_PARTNERS = frozenset("partners countries nations economies imports".split())


def _many(items: Sequence[Item]) -> bool:
    """Whether a measure hits all or many partners: "on most trading partners"."""
    lows = [item.low for item in items[:14]]
    return any(
        low in _ALL and _PARTNERS & set(lows[at : at + 5]) for at, low in enumerate(lows)
    ) or bool({"world", "worldwide", "globally"} & set(lows[:6]))


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
