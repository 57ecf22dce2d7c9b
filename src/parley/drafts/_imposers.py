"""Who imposes a measure, along the grammar of its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._items import PREPOSITIONS, Item
from parley.drafts._phrases import agent_after, codes_at
from parley.drafts._words import lemmas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._candidates import View
    from parley.drafts._clauses import Verb

IMPOSE = lemmas("impose", "raise")


LOWER = lemmas("lower")


REMOVE = lemmas("remove")


SUSPEND = lemmas("suspend")


_KEEP = frozenset(("maintain", "keep", "retain", "leave", "continue", "preserve"))


THREATEN = lemmas("threaten")


_ACTS = IMPOSE | LOWER | REMOVE | SUSPEND | _KEEP | THREATEN


_SUFFER = frozenset(("face", "pay", "attract", "incur", "suffer", "absorb", "avoid", "escape"))


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
            at < verb.index <= at + 9 and verb.lemma in IMPOSE and not verb.passive and verb.subject
        ) and at < verb.subject[0] <= at + 3:
            return codes_at(view.items, verb.subject)
    return ()
