"""Who imposes a measure, along the grammar of its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.drafts._items import AUXILIARIES, DAYS, MONTHS, PREPOSITIONS, Item
from parley.drafts._phrases import agent_after, codes_at, topic
from parley.drafts._words import lemmas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._candidates import View
    from parley.drafts._clauses import Verb

IMPOSE = lemmas("impose", "raise")


LOWER = lemmas("lower")


REMOVE = lemmas("remove")


SUSPEND = lemmas("suspend")


_KEEP = frozenset(("maintain", "keep", "retain", "leave", "continue", "preserve", "have"))


THREATEN = lemmas("threaten")


# verbs of speech and judgement: whoever calls, fears or debates a duty does not impose it
_JUDGING = frozenset(
    "call urge demand want discuss debate risk look push hint suggest examine explore aim seek "
    "warn recommend pledge respond retaliate begin start".split()
)
_EVALUATING = frozenset("consider call see regard deem find label brand describe make".split())


_ACTS = (IMPOSE | LOWER | REMOVE | SUSPEND | _KEEP | THREATEN) - (
    _JUDGING - frozenset(("begin", "start", "retaliate", "respond"))
)


_SUFFER = frozenset(
    ("face", "pay", "attract", "incur", "suffer", "absorb", "avoid", "escape", "bear", "draw")
)


_AVOIDING = frozenset("avoid avert escape prevent dodge forestall evade".split())
_TAKING = frozenset("strip deprive".split())  # "stripped India of its privileges"


@dataclass(frozen=True, slots=True)
class Roles:
    """Who imposes a measure on whom, the rule that says so, and the verb that governs it."""

    imposer: tuple[str, ...]
    targets: tuple[str, ...]
    strength: float
    rule: str
    verb: Verb | None


def roles_of(view: View, start: int, at: int, end: int, *, wide: bool = False) -> Roles:
    """Return who imposes the measure that a noun phrase names, and whom the phrase says it hits.

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
    sufferer = _sufferer(view, start, governing)
    feared = governing is not None and (
        governing.lemma in _AVOIDING or (sufferer is not None and set(governing.modals) & _UNREAL)
    )
    if feared:
        return Roles((), (), 0.0, "only feared", verb)
    inner = [here for here in range(start, at) if items[here].codes and items[here].kind != "place"]
    owner = _subject_imposer(view, governing)
    if inner:
        if owner and governing is not None and governing.lemma in _TAKING:
            codes = codes_at(items, [h for h in range(governing.index + 1, at) if items[h].codes])
            return Roles(owner, codes, 0.8, "subject of the verb", verb)
        return Roles(*_by_owner(items, inner, owner, wide=wide), verb)
    for codes, strength, rule in (
        (owner, 0.8, "subject of the verb"),
        (codes_at(items, agent_after(items, at + 1, end)), 0.75, "agent after by"),
        (_object_relative(view, at, end), 0.7, "subject of the relative clause"),
        (_package_owner(items, start), 0.6, "owner of the package"),
        (_at_border(items, at, end), 0.6, "at its border"),
    ):
        if codes:
            return Roles(codes, _struck(items, governing, start), strength, rule, verb)
    hypothetical = governing is None and _supposed(view, at)
    acting = () if hypothetical or wide or sufferer else _acting_subject(view, start)
    if acting:
        return Roles(acting, (), 0.45, "subject of the sentence", verb)
    strength = 0.0 if hypothetical else 0.15 if view.sentence.quoted[at] else 0.3
    return Roles((), sufferer or (), strength, "no imposer in the sentence", verb)


def _struck(items: Sequence[Item], governing: Verb | None, start: int) -> tuple[str, ...]:
    """Return whose goods stand between the verb and its duty: "hit French wine with duties"."""
    if governing is None or governing.passive or items[start - 1].low != "with":
        return ()
    return codes_at(items, [h for h in range(governing.index + 1, start) if items[h].codes])


def _sufferer(view: View, start: int, governing: Verb | None) -> tuple[str, ...] | None:
    """Return the parties that bear a duty as the subject of "face", "be hit with", "subject to"."""
    items = view.items
    if governing is not None:
        bears = governing.lemma in _SUFFER and not governing.passive
        struck = governing.passive and items[start - 1].low == "with"
        if bears or struck:
            begin = governing.start
            if begin and items[begin - 1].low in ("that", "which"):
                begin -= 1  # "goods that will pay": what the clause hangs on
            return codes_at(items, topic(items, begin))
    lead = next((at for at in range(start - 1, max(-1, start - 4), -1) if items[at].low == "to"), 0)
    if lead > 1 and items[lead - 1].low == "subject":
        begin = lead - 1
        while begin and items[begin - 1].low in AUXILIARIES:
            begin -= 1
        return codes_at(items, topic(items, begin))
    return None


def _at_border(items: Sequence[Item], at: int, end: int) -> tuple[str, ...]:
    """Return whose border, market or ports goods meet the duty at: "at the Mexican border"."""
    for here in range(at + 1, min(end, len(items) - 2)):
        if items[here].low == "at" and items[here + 1].low == "the" and items[here + 2].codes:
            beyond = items[here + 3].low if here + 3 < len(items) else ""
            return items[here + 2].codes if beyond in _BORDERS else ()
    return ()


_BORDERS = frozenset("border borders customs frontier ports".split())


def announcer_of(view: View, at: int) -> tuple[str, ...]:
    """Return whose official reports in the sentence that the measure at `at` comes or changes."""
    items = view.items
    changes = next((verb for verb in view.verbs if at < verb.index <= at + 14), None)
    if changes is None or changes.lemma not in _CHANGING:
        return ()
    for verb in view.verbs:
        if verb.lemma not in _REPORTING or verb.passive or verb.negated or not verb.subject:
            continue
        before = verb.index < at and not any(
            verb.index < other.index < at and other.subject for other in view.verbs
        )
        head = items[verb.subject[0]]
        if (before or verb.index > at) and head.codes and head.kind != "place":
            return head.codes
    return ()


_CHANGING = _ACTS | lemmas("effect") | {"end", "stop"}
_REPORTING = frozenset("say announce declare confirm state add tell write tweet post".split())


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
        acts = verb.lemma in _ACTING and verb.subject and not verb.passive
        if verb.index < start and acts and not _evaluated(view.items, verb):
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
    if verb.lemma in _ACTS and not _evaluated(view.items, verb):
        return codes_at(view.items, verb.subject)
    return ()


def _evaluated(items: Sequence[Item], verb: Verb) -> bool:
    """Whether a verb only judges what stands after it: "considers the duties unfair"."""
    definite = items[verb.index + 1].low if verb.index + 1 < len(items) else ""
    return verb.lemma in _EVALUATING and definite in ("the", "its", "their", "these", "those")


def _governing(view: View, start: int) -> Verb | None:
    """Return the verb whose object the phrase that begins at `start` is."""
    items = view.items
    for verb in reversed(view.verbs):
        if verb.index >= start:
            continue
        between = _without_time(items[verb.index + 1 : start])
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


def _without_time(between: Sequence[Item]) -> Sequence[Item]:
    """Return what stands between a verb and its object without a day: "endorsed on Wednesday"."""
    if len(between) > 1 and between[0].low in ("on", "in") and between[1].low in DAYS | MONTHS:
        return between[2:]
    return between[1:] if between and between[0].low in DAYS else between


def _object_after(verb: Verb, preposition: str) -> bool:
    """Whether a preposition leads to the object: "hit with tariffs", "exempt from tariffs"."""
    if preposition == "from":
        return verb.lemma in ("exempt", "spare", "exclude")
    if preposition == "to":
        return verb.lemma in ("agree", "resort", "turn", "add")
    if preposition == "on":
        return verb.lemma in ("place", "put")
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
            at < verb.index <= at + 9 and verb.lemma in IMPOSE and not verb.passive and verb.subject
        ) and at < verb.subject[0] <= at + 3:
            return codes_at(view.items, verb.subject)
    return ()
