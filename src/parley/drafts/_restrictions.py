"""Bans, export controls, quotas, visas, subsidies, sanctions, listings, probes and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._candidates import HARD_KINDS, Candidate, View
from parley.drafts._entries import entries
from parley.drafts._imposers import announcer_of, roles_of
from parley.drafts._items import Item, words_of
from parley.drafts._measure_states import barrier_state, doubt, state_of
from parley.drafts._phrases import agent_after, clause_end, codes_at, phrase_start
from parley.drafts._restriction_nouns import EXEMPTIONS, EXPORTS, noun_kind
from parley.drafts._scopes import goods, phrase_end, scope_of, span_of
from parley.drafts._words import lemmas, nouns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._clauses import Verb
    from parley.records import MeasureKind, MeasureState

_RESTRICT = lemmas("restrict")
_BARRIERS = frozenset(("import_ban", "export_control", "export_licence"))


_GOODS_NOUNS = frozenset(
    "imports exports import export shipments shipment sales sale goods products purchases purchase "
    "sending selling exporting importing shipping buying".split()
)


def restrictions(view: View) -> list[Candidate]:
    """Return every measure of a sentence that is no tariff."""
    out: list[Candidate] = []
    for at, item in enumerate(view.items):
        if item.kind != "word":
            continue
        kind = noun_kind(view, at)
        if kind is not None:
            out.extend(_from_noun(view, at, kind))
    out.extend(_from_verbs(view))
    return out


def _from_noun(view: View, at: int, kind: MeasureKind) -> list[Candidate]:
    items = view.items
    start = phrase_start(items, at)
    end = clause_end(items, at + 1)
    roles = roles_of(view, start, at, end, wide=True)
    targets, product = scope_of(view, at + 1, end, of=True)
    if kind == "visa" and not targets:
        targets = codes_at(items, [h for h in range(at, end) if items[h].kind == "demonym"])
    targets = targets or roles.targets
    state = state_of(roles.verb, view.conditional, items, end)
    if items[at].low in EXEMPTIONS and state == "threatened":
        return []
    if kind in _BARRIERS:
        state = barrier_state(roles.verb, state)
    if not product:
        product = goods(items[start:at])
    return [
        Candidate(
            imposer=roles.imposer,
            targets=tuple(code for code in targets if code not in roles.imposer),
            kind=kind,
            product=product or words_of(items[start : at + 1]),
            rate=None,
            state=state,
            sentence=view.sentence,
            span=span_of(view, start, end, roles.verb),
            rule=f"{kind} noun, {roles.rule}",
            strength=roles.strength
            - 0.2 * (kind in HARD_KINDS and roles.verb is None)
            - doubt(view, start),
            speaker=() if roles.imposer else announcer_of(view, at),
        )
    ]


def _from_verbs(view: View) -> list[Candidate]:
    out: list[Candidate] = []
    for verb in view.verbs:
        if verb.lemma in _RESTRICT:
            out.extend(_restricting(view, verb))
        out.extend(_guidance(view, verb))
    return out + entries(view)


_FIRMS = frozenset(
    "companies firms company businesses manufacturers importers exporters retailers banks "
    "suppliers "
    "chipmakers carmakers airlines enterprises traders citizens agencies".split()
)


_GUIDE = frozenset("tell warn advise instruct urge ask order direct require bar forbid".split())


_SHUN = frozenset("avoid stop not away against suspend halt boycott refrain cease pause".split())


def _guidance(view: View, verb: Verb) -> list[Candidate]:
    """Return "the ministry told companies to stay away from …"."""
    items = view.items
    if verb.lemma not in _GUIDE or verb.passive or not verb.subject:
        return []
    head = items[verb.subject[-1]]
    end = clause_end(items, verb.index + 1)
    firms = [
        at for at in range(verb.index + 1, min(end, verb.index + 6)) if items[at].low in _FIRMS
    ]
    if not head.official or not firms or not any(i.low in _SHUN for i in items[firms[0] : end]):
        return []
    others = codes_at(items, [at for at in range(firms[0], end) if items[at].codes])
    return [
        Candidate(
            imposer=head.codes,
            targets=tuple(code for code in others if code not in head.codes),
            kind="other",
            product=goods(items[firms[0] + 1 : end]),
            rate=None,
            state="in_force" if verb.finite_past else "announced",
            sentence=view.sentence,
            span=span_of(view, verb.start, end, verb),
            rule="guidance to firms",
            strength=0.65,
        )
    ]


def _restricting(view: View, verb: Verb) -> list[Candidate]:
    items = view.items
    end = clause_end(items, verb.index + 1)
    words = items[verb.index + 1 : end]
    heads = [
        at
        for at in range(verb.index + 1, min(end, verb.index + 14))
        if items[at].low in _GOODS_NOUNS and _stands_alone(items, at)
    ]
    heads = heads or _goods_from(view, verb, end)
    subject = codes_at(items, verb.subject)
    if verb.passive:
        return _restricted(view, verb, end, subject)
    if not heads or not subject:
        return []
    head = heads[0]
    if items[verb.index + 1 : head] and any(
        i.low in ("tariffs", "tariff", "duties", "talks", "meeting")
        for i in items[verb.index + 1 : head]
    ):
        return []
    inside = codes_at(items, [h for h in range(verb.index + 1, end) if items[h].codes])
    others = tuple(code for code in inside if code not in subject)
    kind = _direction(items, verb, head, end, subject)
    if kind is None:
        return []
    return [
        Candidate(
            imposer=subject,
            targets=others,
            kind=kind,
            product=goods(items[verb.index + 1 : phrase_end(items, verb.index + 1, end)])
            or words_of(words[:8]),
            rate=None,
            state=state_of(verb, view.conditional, items, end)
            if verb.lemma not in ("suspend", "halt", "block", "stop")
            else _started(verb, view, end),
            sentence=view.sentence,
            span=span_of(view, verb.start, end, verb),
            rule="verb of restriction",
            strength=0.75,
        )
    ]


def _goods_from(view: View, verb: Verb, end: int) -> list[int]:
    """Return the goods of "banned beef from Brazil", where a party's goods are the object."""
    items = view.items
    near = [at for at in range(verb.index + 1, min(end, verb.index + 8)) if at in view.goods]
    if not near:
        return []
    own = any(items[h].kind == "demonym" for h in range(verb.index + 1, near[0]))
    return near if own or (items[near[-1] + 1 : near[-1] + 2] and _origin(items, near[-1])) else []


def _origin(items: Sequence[Item], at: int) -> bool:
    return at + 2 < len(items) and items[at + 1].low == "from" and bool(items[at + 2].codes)


def _stands_alone(items: Sequence[Item], at: int) -> bool:
    """Whether a noun of trade is no part of "import duty", "export curbs"."""
    return at + 1 >= len(items) or items[at + 1].low not in _NOT_GOODS


_NOT_GOODS = nouns("tariff", "quota", "probe") | frozenset(
    "tax taxes ban bans curbs controls restrictions restriction licence licences license licenses "
    "rules permits talks".split()
)


def _started(verb: Verb, view: View, end: int) -> MeasureState:
    """Return the state of a ban: what stops trade is in force, not suspended."""
    state = state_of(verb, view.conditional, view.items, end)
    return "in_force" if state == "suspended" else state


_SALES = frozenset(
    "exports export shipments shipment sales sale exporting selling shipping sending".split()
)


_PURCHASES = frozenset("imports import importing buying purchases purchase".split())


def _direction(
    items: Sequence[Item], verb: Verb, at: int, end: int, subject: Sequence[str]
) -> MeasureKind | None:
    """Return whether what is restricted comes in or goes out, by the noun of trade at `at`."""
    head = items[at].low
    if head in _PURCHASES:
        return "import_ban"
    own = set(subject)
    owners = any(items[h].codes and set(items[h].codes) - own for h in range(verb.index + 1, at))
    if head in _SALES:
        return "import_ban" if owners or _comes_home(items, at, end, own) else "export_control"
    return "import_ban" if owners or _origin(items, at) else None


def _comes_home(items: Sequence[Item], at: int, end: int, own: set[str]) -> bool:
    for here in range(at, end - 1):
        if items[here].low in ("to", "into"):
            goal = here + 2 if items[here + 1].low == "the" and here + 2 < end else here + 1
            if set(items[goal].codes) & own:
                return True
    return False


def _restricted(view: View, verb: Verb, end: int, subject: Sequence[str]) -> list[Candidate]:
    """Return "X was banned from sending goods to Y": the agent, or the place, imposes."""
    items = view.items
    agent = codes_at(items, agent_after(items, verb.index + 1, end))
    around = items[max(0, verb.start - 8) : end]
    if not any(i.low in _GOODS_NOUNS for i in around):
        return []
    destinations = [
        h + 1
        for h in range(verb.index, end - 1)
        if items[h].low in ("to", "into") and items[h + 1].codes
    ]
    imposer = agent or codes_at(items, destinations)
    if not imposer or (
        verb.lemma in ("cut", "turn", "reject", "freeze", "control", "limit") and not agent
    ):
        return []
    kind: MeasureKind = "import_ban"
    if agent and not destinations and any(i.low in EXPORTS for i in around):
        kind = "export_control"
    return [
        Candidate(
            imposer=imposer,
            targets=tuple(code for code in subject if code not in imposer),
            kind=kind,
            product=goods(items[_first_goods(items, verb.index + 1, end) : end][:9]),
            rate=None,
            state=_started(verb, view, end),
            sentence=view.sentence,
            span=span_of(view, verb.start, end, verb),
            rule="passive verb of restriction",
            strength=0.65,
        )
    ]


def _first_goods(items: Sequence[Item], start: int, end: int) -> int:
    """Return the item after the first noun or verb of trade between two items."""
    return next((at + 1 for at in range(start, end) if items[at].low in _GOODS_NOUNS), start)
