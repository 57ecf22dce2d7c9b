"""Verb phrases of trade reports as gold trees, for a verb in whatever form the clause needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lexicon
from trees import Tree, leaf, verb, with_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from phrases import Speaker

TO = leaf("to", "PART", "TO")


def measure_phrase(speaker: Speaker, head: Tree, entry: str, *, passive: bool = False) -> Tree:
    """Return the verb with a measure as object and, often, the goods that it hits."""
    _, _, hangs_on_verb = entry.partition("|")
    target = speaker.goods() if speaker.often(0.7) else speaker.party()
    preposition = hangs_on_verb or speaker.one(("on", "on", "on", "against", "for"))
    hit = with_case(preposition, target)
    if passive:
        return head.then("obl", hit) if speaker.often(0.5) else head
    measure = speaker.measure()
    if speaker.often(0.35):
        return head.then("obj", measure)
    if hangs_on_verb:
        return head.then("obj", measure).then("obl", hit)
    return head.then("obj", measure.then("nmod", hit))


def action(speaker: Speaker, form: str) -> Tree:
    """Return a verb phrase of one of the kinds that can stand after "agreed to"."""
    return action_on(speaker, lambda base: verb(base, form))


def action_on(speaker: Speaker, make: Callable[[str], Tree]) -> Tree:
    """Return a verb phrase whose verb `make` puts into its form."""
    if speaker.probe:
        entry = speaker.one(lexicon.PROBE_MEASURE_VERBS)
        return measure_phrase(speaker, make(entry.split("|")[0]), entry)
    draw = speaker.chance.random()
    if draw < 0.42:
        entry = speaker.one(lexicon.MEASURE_VERBS)
        return measure_phrase(speaker, make(entry.split("|")[0]), entry)
    if draw < 0.52:
        return particle_phrase(speaker, make)
    if draw < 0.64:
        return make(speaker.one(lexicon.DEAL_VERBS)).then("obj", speaker.deal())
    if draw < 0.76:
        return make(speaker.one(lexicon.GOODS_VERBS)).then("obj", speaker.goods())
    if draw < 0.86:
        return preposition_phrase(speaker, make)
    if draw < 0.91:
        return send_phrase(speaker, make)
    if draw < 0.95:
        return from_phrase(speaker, make)
    return rate_phrase(speaker, make)


def from_phrase(speaker: Speaker, make: Callable[[str], Tree]) -> Tree:
    """Return "exempted Canada from the tariffs", "hit Canada with tariffs"."""
    base, preposition = speaker.one(
        ("exempt from", "exclude from", "shield from", "hit with", "slap with", "threaten with")
    ).split()
    whom = speaker.party() if speaker.often(0.6) else speaker.goods()
    return make(base).then("obj", whom).then("obl", with_case(preposition, speaker.measure()))


def particle_phrase(speaker: Speaker, make: Callable[[str], Tree]) -> Tree:
    """Return "phased out the duties", "rolled back tariffs"."""
    base, particle, tag = speaker.one(lexicon.PARTICLE_MEASURE_VERBS).split()
    return _with_particle(make(base), particle, tag).then("obj", speaker.measure())


def _with_particle(head: Tree, particle: str, tag: str) -> Tree:
    """Return the verb with "out" as `compound:prt` (RP) or "back" as `advmod` (RB)."""
    if tag == "RP":
        return head.then("compound:prt", leaf(particle, "ADP", "RP"))
    return head.then("advmod", leaf(particle, "ADV", "RB"))


def preposition_phrase(speaker: Speaker, make: Callable[[str], Tree]) -> Tree:
    """Return "walked back from the deal", "objected to the tariffs"."""
    entries = lexicon.PROBE_WITH_PREPOSITION if speaker.probe else lexicon.WITH_PREPOSITION
    *words, tag_or_preposition = speaker.one(entries).split()
    if words[1] == "-":
        head, preposition = make(words[0]), tag_or_preposition
    else:
        head = _with_particle(make(words[0]), words[1], tag_or_preposition)
        preposition = words[2]
    person = preposition in ("with", "against", "at")
    noun = (
        speaker.party() if person else speaker.deal() if speaker.often(0.6) else speaker.measure()
    )
    return head.then("obl", with_case(preposition, noun))


def send_phrase(speaker: Speaker, make: Callable[[str], Tree]) -> Tree:
    """Return "send Lifeng to London", "meet Greer in Geneva", "hold talks with Japan"."""
    place = leaf(speaker.one(lexicon.PLACES), "PROPN", "NNP")
    draw = speaker.chance.random()
    if draw < 0.4:
        head = make(speaker.one(("send", "invite", "bring"))).then("obj", speaker.person())
        return head.then("obl", with_case("to", place))
    if draw < 0.7:
        return make("meet").then("obj", speaker.party()).then("obl", with_case("in", place))
    head = make(speaker.one(("hold", "resume", "begin", "continue"))).then("obj", speaker.talks())
    return head.then("obl", with_case("with", speaker.party()))


def rate_phrase(speaker: Speaker, make: Callable[[str], Tree]) -> Tree:
    """Return "raised the duty on steel from 10% to 25%"."""
    head = make(speaker.one(lexicon.CHANGE_RATE))
    measure = speaker.measure()
    if speaker.often(0.6):
        measure = measure.then("nmod", with_case("on", speaker.goods()))
    head = head.then("obj", measure)
    if speaker.often(0.5):
        head = head.then("obl", with_case("from", speaker.per_cent()))
    return head.then("obl", with_case(speaker.one(("to", "to", "by")), speaker.per_cent()))
