"""Measures: duties, bans, controls, quotas, sanctions and the rest, as one sentence gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.drafts._clauses import (
    Verb,
    agent_after,
    clause_end,
    codes_at,
    is_verb,
)
from parley.drafts._items import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    Item,
    words_of,
)
from parley.drafts._passages import EVIDENCE, widened
from parley.drafts._rates import rates_in
from parley.drafts._words import lemmas, nouns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._amounts import Amount
    from parley.drafts._document import Document, Sentence
    from parley.records import MeasureKind, MeasureState

HARD_KINDS = frozenset(("other", "sanction", "quota", "visa"))  # often only in passing
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
_ON = frozenset("on against targeting covering hitting upon over".split())
_OF_GOODS = frozenset("from of in".split())
_IMPOSE = lemmas("impose", "raise")
_LOWER = lemmas("lower")
_REMOVE = lemmas("remove")
_SUSPEND = lemmas("suspend")
_KEEP = frozenset(("maintain", "keep", "retain", "leave", "continue", "preserve"))
_THREATEN = lemmas("threaten")
_ACTS = _IMPOSE | _LOWER | _REMOVE | _SUSPEND | _KEEP | _THREATEN
_SUFFER = frozenset(("face", "pay", "attract", "incur", "suffer", "absorb", "avoid", "escape"))
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
    carried: bool = False  # the imposer was taken from elsewhere on the page


@dataclass(frozen=True, slots=True)
class View:
    """A sentence with what the measure patterns look at."""

    text: str
    sentence: Sentence
    items: tuple[Item, ...]
    verbs: tuple[Verb, ...]
    rates: tuple[Amount, ...]
    conditional: bool


def measure_candidates(document: Document) -> list[Candidate]:
    """Return the measures that the sentences name, before they are merged over the page."""
    from parley.drafts._restrictions import restrictions

    out: list[Candidate] = []
    for sentence in document.sentences:
        view = _view(document.text, sentence)
        out.extend(_tariffs(view))
        out.extend(restrictions(view))
    return out


def _view(text: str, sentence: Sentence) -> View:
    items = sentence.items
    conditional = any(item.low in ("if", "unless") for item in items)
    rates = rates_in(text, sentence.start, sentence.end)
    return View(text, sentence, items, sentence.verbs, rates, conditional)


# ----------------------------------------------------------------------------- tariffs


def _tariffs(view: View) -> list[Candidate]:
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
    eased = verb.lemma in _LOWER and any(item.low == "temporarily" for item in items)
    if verb.lemma == "suspend" or eased:
        return "tariff_suspension"
    return kind


def _rate_value(rate: Amount | None, verb: Verb | None) -> float | None:
    return None if rate is None else rate.value


def phrase_start(items: Sequence[Item], at: int) -> int:
    """Return where the noun phrase begins whose head stands at `at`."""
    start = at
    while start:
        item = items[start - 1]
        named = bool(item.codes) and item.kind != "place"
        if named or item.kind == "number" or item.low in ("%", "'s", "-"):
            start -= 1
            continue
        if item.low == "to" and item.joined:
            start -= 1
            continue
        if item.low == "and" and start > 1 and _joins_modifiers(items, start - 1):
            start -= 1
            continue
        if item.kind != "word" or item.low in _PHRASE_STOPS or is_verb(items, start - 1):
            break
        start -= 1
        if item.low in DETERMINERS:
            break
    return start


_PHRASE_STOPS = (
    (PREPOSITIONS - {"per"})
    | RELATIVES
    | CONJUNCTIONS
    | AUXILIARIES
    | (SUBORDINATORS | {"there", "just"})
)


def _joins_modifiers(items: Sequence[Item], at: int) -> bool:
    """Whether "and" joins two modifiers: "steel and aluminium tariffs"."""
    before = items[at - 1]
    if at + 1 < len(items) and (items[at + 1].low in _TARIFF or items[at + 1].kind == "number"):
        return False
    return (
        before.kind == "word"
        and before.low not in _TARIFF
        and not is_verb(items, at - 1)
        and (before.low not in DETERMINERS)
    )


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


def imposer_of(
    view: View, start: int, at: int, end: int, *, wide: bool = False
) -> tuple[tuple[str, ...], tuple[str, ...], float, str, Verb | None]:
    """Return imposer, target that the phrase itself names, strength, the rule and the verb.

    Parameters
    ----------
    start, at, end
        First item of the noun phrase, its head, and the end of the clause.
    wide
        Whether the head is no tariff: an investigation, a quota, a ban.
    """
    items = view.items
    governing = _governing(view, start)
    verb = governing or _following(view, at, end)
    suffering = governing is not None and governing.lemma in _SUFFER and not governing.passive
    if suffering and governing is not None and set(governing.modals) & _UNREAL:
        return (), (), 0.0, "only feared", verb
    inner = [here for here in range(start, at) if items[here].codes and items[here].kind != "place"]
    owner = _subject_imposer(view, governing)
    if inner:
        return (*_by_owner(items, inner, owner, wide=wide), verb)
    for codes, strength, rule in (
        (owner, 0.8, "subject of the verb"),
        (codes_at(items, agent_after(items, at + 1, end)), 0.75, "agent after by"),
        (_object_relative(view, at, end), 0.7, "subject of the relative clause"),
        (_package_owner(items, start), 0.6, "owner of the package"),
    ):
        if codes:
            return codes, (), strength, rule, verb
    hypothetical = governing is None and _supposed(view, at)
    acting = () if hypothetical or wide else _acting_subject(view, start)
    if acting:
        return acting, (), 0.45, "subject of the sentence", verb
    hit = codes_at(items, governing.subject) if suffering and governing is not None else ()
    strength = 0.0 if hypothetical else 0.15 if view.sentence.quoted[at] else 0.3
    return (), hit, strength, "no imposer in the sentence", verb


def _supposed(view: View, at: int) -> bool:
    """Whether the verb after the noun only supposes: "duties could return"."""
    after = next((verb for verb in view.verbs if at < verb.index <= at + 9), None)
    return after is not None and bool(set(after.modals) & _UNREAL)


def _by_owner(
    items: Sequence[Item], inner: Sequence[int], owner: tuple[str, ...], *, wide: bool
) -> tuple[tuple[str, ...], tuple[str, ...], float, str]:
    """Return imposer and target where the noun phrase itself names parties."""
    first = _last_owner(items, inner)
    codes = items[first].codes
    foreign = bool(owner) and owner != codes
    if foreign and not _possessive(items, first):
        return owner, codes, 0.8, "subject of the verb"
    if foreign and wide and items[first].kind == "demonym":
        return owner, codes, 0.75, "subject of the verb"
    others = codes_at(items, [here for here in inner if here > first])
    return codes, others, 0.75 if owner else 0.55, "owner of the measure"


_UNREAL = frozenset("would could may might".split())
_ACTING = frozenset(
    "sign direct outline set begin prepare push mull plan announce unveil propose order launch "
    "weigh "
    "threaten consider detail release proclaim authorise authorize vow".split()
)


def _acting_subject(view: View, start: int) -> tuple[str, ...]:
    """Return who acts in the sentence before a duty that no verb governs."""
    for verb in view.verbs:
        if verb.index < start and verb.lemma in _ACTING and verb.subject and not verb.passive:
            return codes_at(view.items, verb.subject)
    return ()


def _last_owner(items: Sequence[Item], inner: Sequence[int]) -> int:
    """Return which of the parties in the phrase owns the measure: the last with "'s"."""
    owners = [at for at in inner if at + 1 < len(items) and items[at + 1].low == "'s"]
    return owners[-1] if owners else inner[0]


_PACKAGE = frozenset(
    "countermeasures measures tariffs duties levies retaliation plan move package list order "
    "proclamation announcement response sanctions".split()
)


def _package_owner(items: Sequence[Item], start: int) -> tuple[str, ...]:
    """Return whose package holds the duty: "Ottawa's countermeasures, including 25% tariffs"."""
    lead = [
        h for h in range(max(0, start - 3), start) if items[h].low in ("including", "like", "as")
    ]
    if not lead:
        return ()
    for here in range(lead[0] - 1, -1, -1):
        if items[here].codes and items[here].kind != "place":
            after = {item.low for item in items[here + 1 : here + 6]}
            return items[here].codes if after & _PACKAGE else ()
    return ()


def _possessive(items: Sequence[Item], at: int) -> bool:
    return (
        items[at].kind == "demonym"
        or items[at].low in ("its", "his", "her", "their")
        or (at + 1 < len(items) and items[at + 1].low == "'s")
    )


def _subject_imposer(view: View, verb: Verb | None) -> tuple[str, ...]:
    if verb is None or verb.passive or verb.lemma in _SUFFER:
        return ()
    if verb.lemma in _ACTS:
        return codes_at(view.items, verb.subject)
    return ()


def _governing(view: View, start: int) -> Verb | None:
    """Return the verb whose object the phrase that begins at `start` is."""
    items = view.items
    for verb in reversed(view.verbs):
        if verb.index >= start:
            continue
        between = items[verb.index + 1 : start]
        if len(between) > (40 if _with_last(between) else 12) or any(
            i.low in (";", ":", "that", "because") for i in between
        ):
            return None
        if any(
            i.kind == "mark" and i.low not in (",", "$", "%", "(", ")", '"', "“", "”", "-")
            for i in between
        ):
            return None
        marks = [i for i in between if i.low == ","]
        if (
            len(marks) == 1
            and not any(i.low in ("and", "or") for i in between)
            and not _with_last(between)
        ):
            return None
        if between and between[-1].low in PREPOSITIONS and not _object_after(verb, between[-1].low):
            return None
        if verb.lemma in _ACTS or verb.lemma in _SUFFER:
            return verb
        if verb.shape == "gerund" or verb.lemma in lemmas("say") or _with_last(between):
            continue
        return None
    return None


def _object_after(verb: Verb, preposition: str) -> bool:
    """Whether a preposition leads to the object: "hit with tariffs", "exempt from tariffs"."""
    if preposition == "from":
        return verb.lemma in ("exempt", "spare", "exclude")
    if preposition == "to":
        return verb.lemma in ("agree", "resort", "turn")
    return preposition in ("with", "of") or verb.lemma == "decide"


def _with_last(between: Sequence[Item]) -> bool:
    """Whether the phrase hangs on "with": "hit Canada with tariffs"."""
    return bool(between) and between[-1].low == "with"


def _following(view: View, at: int, end: int) -> Verb | None:
    """Return the verb of which the tariff is the subject: "tariffs took effect"."""
    for verb in view.verbs:
        if verb.index <= at:
            continue
        if verb.index - at > 14:
            return None
        if verb.lemma in _ACTS or verb.lemma in lemmas("effect") or verb.passive:
            return verb
        return None
    return None


def _object_relative(view: View, at: int, end: int) -> tuple[str, ...]:
    for verb in view.verbs:
        if (
            at < verb.index <= at + 9
            and verb.lemma in _IMPOSE
            and not verb.passive
            and verb.subject
        ) and at < verb.subject[0] <= at + 3:
            return codes_at(view.items, verb.subject)
    return ()


def scope_of(view: View, start: int, end: int, *, of: bool = False) -> tuple[tuple[str, ...], str]:
    """Return the parties and the goods that "on …", "against …" name between two items."""
    items = view.items
    codes: list[str] = []
    product = ""
    at = start
    while at < end:
        low = items[at].low
        if (
            low in _ON
            or (low == "for" and at == start and _names_party(items, at + 1, end))
            or (of and low in ("of", "into", "from", "to"))
            or (low == "to" and at and items[at - 1].low in ("apply", "applies", "applied"))
        ):
            stop = phrase_end(items, at + 1, end)
            if low == "on" and _is_time(items, at + 1):
                at += 1
                continue
            codes += codes_at(items, _targets(items, at + 1, stop))
            product = product or goods(items[at + 1 : stop])
            at = stop
        else:
            at += 1
    return tuple(sorted(set(codes))), product


def _names_party(items: Sequence[Item], at: int, end: int) -> bool:
    return any(items[here].codes for here in range(at, min(end, at + 4)))


def _is_time(items: Sequence[Item], at: int) -> bool:
    from parley.drafts._items import DAYS, MONTHS

    return at < len(items) and items[at].low in DAYS | MONTHS


def _targets(items: Sequence[Item], start: int, end: int) -> list[int]:
    return [
        at for at in range(start, end) if items[at].codes and items[at].low not in ("its", "his")
    ]


def phrase_end(items: Sequence[Item], start: int, end: int) -> int:
    """Return where the goods after "on" end: at a verb, a mark or a preposition."""
    at = start
    while at < end:
        item = items[at]
        if item.kind == "mark" and item.low not in (",", "(", ")", "&", "$", "'"):
            break
        if item.low == "," and not _list_goes_on(items, at, end):
            break
        if item.low in PREPOSITIONS and item.low not in _OF_GOODS | {
            "including",
            "like",
            "worth",
            "between",
            "on",
        }:
            break
        if (
            item.kind == "word"
            and is_verb(items, at)
            and item.low not in ("made", "produced", "imported", "manufactured", "built", "shipped")
        ):
            break
        if (item.low in AUXILIARIES and item.low != "'s") or item.low in RELATIVES:
            break
        if (
            item.kind == "number"
            and at > start
            and at + 1 < end
            and items[at + 1].low in ("%", "per", "percent")
        ):
            break
        at += 1
    return at


def _list_goes_on(items: Sequence[Item], at: int, end: int) -> bool:
    ahead = items[at + 1 : min(end, at + 14)]
    for item in ahead:
        if item.low in ("and", "or", "as"):
            return True
        if item.kind == "mark" and item.low != ",":
            return False
        if item.low in AUXILIARIES or item.low in RELATIVES or item.low in ("said", "after"):
            return False
    return False


def goods(items: Sequence[Item]) -> str:
    words = [item for item in items if not item.codes or item.kind == "demonym"]
    while words and (words[0].low in DETERMINERS or words[0].low in ("'s", "of", "from")):
        words = words[1:]
    while words and (words[-1].low in PREPOSITIONS or words[-1].low in ("and", ",", "'s", "the")):
        words = words[:-1]
    return words_of(words[:14])


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


def span_of(
    view: View, start: int, end: int, verb: Verb | None, rate: Amount | None = None
) -> tuple[int, int]:
    """Return the characters of the evidence: the sentence, or 200 around what matters most."""
    items = view.items
    sentence = view.sentence
    if sentence.end - sentence.start <= EVIDENCE:
        return sentence.start, sentence.end
    first = min([start, *([verb.start, *verb.subject] if verb is not None else [])])
    last = max(end, verb.index + 1 if verb is not None else 0)
    low, high = items[first].start, items[min(last, len(items)) - 1].end
    if rate is not None:
        low, high = rate.start - 110, rate.end + 70
    return widened(view.text, sentence, low, high)


# ----------------------------------------------------------------------------- state


def state_of(verb: Verb | None, conditional: bool, items: Sequence[Item], end: int) -> MeasureState:
    """Return the state of a measure at publication, by the verb that governs it."""
    if verb is None:
        return "threatened" if conditional else "in_force"
    maybe = any(
        m in ("would", "could", "may", "might", "should", "can", "must", "'d") for m in verb.modals
    )
    threat = any(
        lemma in _THREATEN and lemma not in ("promise", "vow", "plan") for lemma in verb.chain
    )
    threat = threat or any(
        word in ("threat", "threats", "proposal", "proposals") for word in verb.chain
    )
    if verb.chain and verb.chain[-1] in ("start", "begin") and set(verb.modals) == {"would"}:
        return "announced"
    if (
        (verb.lemma in _THREATEN and verb.lemma not in _IMPOSE | _LOWER)
        or threat
        or maybe
        or (conditional and not verb.finite_past)
    ):
        return "threatened"
    if verb.negated:
        return "threatened"
    future = any(m in ("will", "'ll", "shall", "wo", "going") for m in verb.modals) or any(
        lemma
        in (
            "plan",
            "prepare",
            "intend",
            "agree",
            "decide",
            "set",
            "expect",
            "pledge",
            "promise",
            "vow",
        )
        for lemma in verb.chain
    )
    if future:
        return "announced"
    if verb.lemma in _REMOVE and verb.lemma not in ("exempt", "exclude", "spare"):
        return "withdrawn"
    if verb.lemma in _SUSPEND:
        return "suspended"
    if verb.lemma in (
        "announce",
        "order",
        "unveil",
        "sign",
        "propose",
        "approve",
        "proclaim",
        "decide",
    ):
        return "announced"
    if verb.lemma in ("expire", "lapse"):
        return "expired"
    return "in_force"
