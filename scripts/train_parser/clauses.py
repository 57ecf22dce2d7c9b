"""The frames of trade reports as gold trees: who did, promised, threatened or undid what.

Each frame is a function of a `Speaker` that returns the tree of a clause. Labels and attachments
are those of UD English EWT: "on steel" hangs on "imposed" but on the noun in "lifted tariffs on
steel", "agreed to lift" is an `xcomp`, "accused X of breaking" an `advcl` with mark "of".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import lexicon
from phrases import THE, Speaker
from trees import Tree, comma, leaf, owner, verb, with_case
from verb_phrases import TO, action, action_on, measure_phrase, preposition_phrase

if TYPE_CHECKING:
    from collections.abc import Callable


def active(speaker: Speaker, subject: Tree | None = None) -> Tree:
    """Return a clause of any action: who, did, what, when."""
    who = subject or speaker.subject()
    clause = action_on(speaker, lambda base: speaker.predicate(base, who))
    return placed(speaker, clause, 0.35)


def placed(speaker: Speaker, clause: Tree, share: float) -> Tree:
    """Add a time, a place or a reason after the clause, with this probability."""
    if not speaker.often(share):
        return clause
    label, when = speaker.adjunct() if speaker.often(0.8) else speaker.reason()
    return clause.then(label, when)


def bare(speaker: Speaker) -> Tree:
    """Return the commonest clause of all, short: "Canada imposed tariffs on steel"."""
    entry = speaker.one(lexicon.PROBE_MEASURE_VERBS if speaker.probe else lexicon.MEASURE_VERBS)
    kind = "past" if speaker.often(0.8) else "present"
    head = speaker.in_tense(entry.split("|")[0], speaker.name(), kind)
    noun = speaker.plain_measure()
    goods = with_case("on", speaker.goods())
    if speaker.often(0.25):
        return head.then("obj", noun)
    if "|" in entry:
        return head.then("obj", noun).then("obl", goods)
    return head.then("obj", noun.then("nmod", goods))


def passive(speaker: Speaker) -> Tree:
    """Return "tariffs on steel were imposed by Canada"."""
    entries = lexicon.PROBE_MEASURE_VERBS if speaker.probe else lexicon.MEASURE_VERBS
    entry = speaker.one(entries)
    head = speaker.predicate(entry.split("|")[0], speaker.measure(), passive=True)
    if speaker.often(0.5):
        head = head.then("obl:agent", with_case("by", speaker.party()))
    return placed(speaker, measure_phrase(speaker, head, entry, passive=True), 0.3)


def nominal_phrase(speaker: Speaker) -> Tree:
    """Return "the imposition of tariffs by X on Y" or "X's suspension of tariffs"."""
    if not speaker.probe and speaker.often(0.2):
        word, preposition = speaker.one(lexicon.ABOUT_MEASURES).split()
        noun = leaf(word, "NOUN", "NN").then("nmod", with_case(preposition, speaker.measure()))
        return noun.first("det", THE if preposition == "of" else leaf("a", "DET", "DT"))
    entries = lexicon.PROBE_NOMINALS if speaker.probe else lexicon.NOMINALS
    noun = leaf(speaker.one(entries).split()[1], "NOUN", "NN")
    noun = noun.then("nmod", with_case("of", speaker.measure()))
    if speaker.often(0.3):
        return noun.first("nmod:poss", owner(speaker.name()))
    noun = noun.first("det", THE)
    if speaker.often(0.7):
        noun = noun.then("nmod", with_case("by", speaker.party()))
    if speaker.often(0.5):
        noun = noun.then("nmod", with_case("on", speaker.goods()))
    return noun


def nominal(speaker: Speaker) -> Tree:
    """Return a clause about "the imposition of tariffs by X on Y"."""
    if speaker.often(0.3):
        head = speaker.predicate(speaker.one(lexicon.REPORT[:6]), speaker.subject())
        return head.then("obj", nominal_phrase(speaker))
    return _affecting(speaker, nominal_phrase(speaker))


def _affecting(speaker: Speaker, subject: Tree) -> Tree:
    """Return "(the tariffs) angered Y on Monday"."""
    head = speaker.predicate(speaker.one(lexicon.AFFECT), subject).then("obj", speaker.party())
    return placed(speaker, head, 0.15)


def intend(speaker: Speaker) -> Tree:
    """Return "X agreed to lift tariffs", and its kin "X is expected to", "X is considering"."""
    who = speaker.subject()
    draw = speaker.chance.random()
    if speaker.probe or draw < 0.7:
        base = speaker.one(lexicon.PROBE_INTEND if speaker.probe else lexicon.INTEND)
        inner = action(speaker, "VB")
        if speaker.often(0.08):
            inner = inner.first("mark", TO).first("advmod", leaf("not", "PART", "RB"))
        else:
            inner = inner.first("mark", TO)
        return placed(speaker, speaker.predicate(base, who).then("xcomp", inner), 0.2)
    if draw < 0.85:
        inner = action(speaker, "VBG")
        base = speaker.one(lexicon.STOP_GERUND)
        return speaker.predicate(base, who).then("xcomp", inner)
    text = speaker.one(("ready", "set", "likely", "willing", "due", "unwilling", "able"))
    be = leaf("are" if who.plural else "am" if who.text == "I" else "is", "AUX", "VBZ")
    head = leaf(text, "ADJ", "JJ").first("cop", be).first("nsubj", who)
    return head.then("xcomp", action(speaker, "VB").first("mark", TO))


def expected(speaker: Speaker) -> Tree:
    """Return "X is expected to lift tariffs"."""
    base = speaker.one(("expect", "force", "schedule", "urge", "allow", "require"))
    head = speaker.in_tense(base, speaker.subject(), "present", passive=True)
    return head.then("xcomp", action(speaker, "VB").first("mark", TO))


def press(speaker: Speaker) -> Tree:
    """Return "X urged Y to lift tariffs", "X called on Y to", "X warned Y not to"."""
    inner = action(speaker, "VB").first("mark", TO)
    if not speaker.probe and speaker.often(0.2):
        head = speaker.predicate("call", speaker.subject())
        return head.then("obl", with_case("on", speaker.party())).then("xcomp", inner)
    if not speaker.probe and speaker.often(0.15):
        head = speaker.predicate("tell", speaker.subject()).then("iobj", speaker.party())
        return head.then("xcomp", inner)
    if speaker.often(0.1):
        inner = inner.first("advmod", leaf("not", "PART", "RB"))
    base = speaker.one(lexicon.PROBE_PRESS if speaker.probe else lexicon.PRESS)
    return (
        speaker.predicate(base, speaker.subject()).then("obj", speaker.party()).then("xcomp", inner)
    )


def accuse(speaker: Speaker) -> Tree:
    """Return "X accused Y of walking back from the deal", "X barred Y from importing steel"."""
    base, mark = speaker.one(
        (
            "accuse of",
            "accuse of",
            "accuse of",
            "suspect of",
            "stop from",
            "prevent from",
            "bar from",
        )
    ).split()
    if speaker.often(0.35):
        inner = preposition_phrase(speaker, lambda word: verb(word, "VBG"))
    else:
        inner = action(speaker, "VBG")
    inner = inner.first("mark", leaf(mark, "SCONJ", "IN"))
    return (
        speaker.predicate(base, speaker.subject()).then("obj", speaker.party()).then("advcl", inner)
    )


def follow_through(speaker: Speaker) -> Tree:
    """Return "X objected to the tariffs", "X walked back from the deal"."""
    who = speaker.subject()
    clause = preposition_phrase(speaker, lambda base: speaker.predicate(base, who))
    return placed(speaker, clause, 0.3)


def happen(speaker: Speaker) -> Tree:
    """Return "the truce expired on Friday", "the tariffs take effect on August 1"."""
    what = speaker.one(("deal", "talks", "measure"))
    subject = {"deal": speaker.deal, "talks": speaker.talks, "measure": speaker.measure}[what]()
    if speaker.often(0.15):
        base, word, noun = speaker.one(
            ("go into effect", "come into force", "remain in place")
        ).split()
        head = speaker.predicate(base, subject)
        return placed(speaker, head.then("obl", with_case(word, leaf(noun, "NOUN", "NN"))), 0.6)
    if speaker.often(0.3):
        head = speaker.predicate("take", subject)
        noun = speaker.one(("effect", "place")) if what == "talks" else "effect"
        return placed(speaker, head.then("obj", leaf(noun, "NOUN", "NN")), 0.8)
    return placed(speaker, speaker.predicate(speaker.one(lexicon.HAPPEN), subject), 0.7)


def meet(speaker: Speaker) -> Tree:
    """Return "Bessent and Lifeng met in London", "the two sides agreed on a truce"."""
    who = speaker.subject()
    head = speaker.predicate("meet", who)
    if not who.plural:
        head = head.then("obl", with_case("with", speaker.party()))
    return placed(speaker, head, 0.8)


def figure(speaker: Speaker) -> Tree:
    """Return "Swiss exports to Japan fell 9.2% in May to $3.1 billion"."""
    noun = leaf(speaker.one(("exports", "imports", "shipments", "sales")), "NOUN", "NNS")
    if speaker.often(0.6):
        noun = noun.first("amod", leaf(speaker.one(lexicon.DEMONYMS), "ADJ", "JJ"))
    if speaker.often(0.4):
        noun = noun.then("nmod", with_case(speaker.one(("to", "from", "of")), speaker.name()))
    kind = "past" if speaker.often(0.7) else "perfect"
    head = speaker.in_tense(speaker.one(lexicon.MOVE_NUMBER), noun, kind)
    if speaker.often(0.35):
        head = head.then("obl", with_case("by", speaker.per_cent()))
    else:
        head = head.then("obl:unmarked", speaker.per_cent())
    head = placed(speaker, head, 0.6)
    if speaker.often(0.3):
        head = head.then("obl", with_case("to", speaker.dollars()))
    return head


def coordinated_actions(speaker: Speaker) -> Tree:
    """Return "X lifted tariffs and resumed exports", "X raised tariffs, escalating tensions"."""
    who = speaker.subject()
    kind = speaker.one(("past", "past", "present", "modal"))
    clause = action_on(speaker, lambda base: speaker.in_tense(base, who, kind))
    if speaker.often(0.3):
        tail = action(speaker, "VBG").first("punct", comma())
        return clause.then("advcl", tail)
    form = {"past": "VBD", "modal": "VB"}.get(kind, "VBP" if who.plural else "VBZ")
    joiner = leaf(speaker.one(("and", "and", "but")), "CCONJ", "CC")
    return clause.then("conj", action(speaker, form).first("cc", joiner))


def call(speaker: Speaker) -> Tree:
    """Return "X called the tariffs illegal", "X granted Y an exemption"."""
    head = speaker.predicate(speaker.one(("call", "consider", "deem")), speaker.subject())
    head = head.then("obj", speaker.measure())
    return head.then("xcomp", leaf(speaker.one(lexicon.ADJECTIVES), "ADJ", "JJ"))


def grant(speaker: Speaker) -> Tree:
    """Return "X granted Y an exemption"."""
    head = speaker.predicate(speaker.one(("grant", "give", "offer", "deny")), speaker.subject())
    noun = leaf(
        speaker.one(("exemption", "extension", "waiver", "licence", "reprieve")), "NOUN", "NN"
    )
    article = "an" if noun.text[0] in "ae" else "a"
    noun = noun.first("det", leaf(article, "DET", "DT"))
    if speaker.often(0.4):
        noun = noun.then("nmod", with_case(speaker.one(("from", "on")), speaker.measure()))
    return head.then("iobj", speaker.party()).then("obj", noun)


def subject_to(speaker: Speaker) -> Tree:
    """Return "Chinese goods are subject to a 25% tariff"."""
    goods = speaker.goods()
    head = leaf("subject", "ADJ", "JJ")
    if speaker.often(0.4):
        modal = leaf(speaker.one(("will", "would", "could")), "AUX", "MD")
        head = head.near("aux", modal).near("cop", leaf("be", "AUX", "VB"))
    else:
        be = ("are", "VBP") if goods.plural else ("is", "VBZ")
        head = head.near("cop", leaf(be[0], "AUX", be[1]))
    return head.first("nsubj", goods).then("obl", with_case("to", speaker.measure()))


def signed(speaker: Speaker) -> Tree:
    """Return a clause about "the deal (that) Japan signed in Geneva"."""
    inner = speaker.in_tense(
        speaker.one(("sign", "reach", "strike", "make")), speaker.party(), "past"
    )
    if speaker.often(0.4):
        inner = inner.first("obj", leaf("that", "PRON", "WDT"))
    deal = speaker.deal().then("acl:relcl", placed(speaker, inner, 0.5))
    if speaker.often(0.5):
        return _affecting(speaker, deal)
    return speaker.predicate(speaker.one(lexicon.DEAL_VERBS), speaker.subject()).then("obj", deal)


def verdict(speaker: Speaker) -> Tree:
    """Return "the tariffs are unfair", "the move was a breach of the deal"."""
    subject = (
        speaker.measure() if speaker.often(0.7) else leaf("move", "NOUN", "NN").first("det", THE)
    )
    texts = ("are", "were") if subject.plural else ("is", "was")
    text = speaker.one(texts)
    be = leaf(text, "AUX", "VBD" if text in ("was", "were") else "VBP" if subject.plural else "VBZ")
    if speaker.often(0.5):
        head = leaf(speaker.one(lexicon.ADJECTIVES), "ADJ", "JJ")
    else:
        noun = leaf(speaker.one(("breach", "violation", "threat", "response")), "NOUN", "NN")
        preposition = "to" if noun.text in ("threat", "response") else "of"
        head = noun.first("det", leaf("a", "DET", "DT"))
        head = head.then("nmod", with_case(preposition, speaker.deal()))
    head = head.first("cop", be)
    if speaker.often(0.15):
        head = head.near("advmod", leaf("not", "PART", "RB")) if head.upos == "ADJ" else head
    return head.first("nsubj", subject)


def by_doing(speaker: Speaker) -> Tree:
    """Return "X responded by raising tariffs", "X raised tariffs to protect producers"."""
    if speaker.often(0.5):
        base = speaker.one(("respond", "retaliate", "react", "begin", "start", "end"))
        word = speaker.one(("by", "by", "by", "without", "after"))
        inner = action(speaker, "VBG").first("mark", leaf(word, "SCONJ", "IN"))
        return speaker.predicate(base, speaker.subject()).then("advcl", inner)
    aim = verb(speaker.one(("protect", "help", "punish", "support", "pressure")), "VB").first(
        "mark", TO
    )
    return active(speaker).then("advcl", aim.then("obj", speaker.party()))


# Nouns with clauses


def imposed_by(speaker: Speaker) -> Tree:
    """Return a clause about "tariffs imposed by X on Y" or "the tariffs that X imposed"."""
    entry = speaker.one(lexicon.MEASURE_VERBS[:28])
    base = entry.split("|")[0]
    noun = speaker.measure()
    if speaker.often(0.5):
        inner = verb(base, "VBN").then("obl:agent", with_case("by", speaker.party()))
        if speaker.often(0.5):
            inner = inner.then("obl", with_case("on", speaker.goods()))
        noun = noun.then("acl", inner)
    else:
        inner = speaker.in_tense(base, speaker.party(), speaker.one(("past", "perfect")))
        if speaker.often(0.7):
            inner = inner.first("obj", leaf(speaker.one(("that", "which")), "PRON", "WDT"))
        if speaker.often(0.5):
            inner = inner.then("obl", with_case("on", speaker.goods()))
        noun = noun.then("acl:relcl", inner)
    if speaker.often(0.5):
        return _affecting(speaker, noun)
    return speaker.predicate(
        speaker.one(lexicon.MEASURE_VERBS).split("|")[0], speaker.subject()
    ).then("obj", noun)


def set_off(speaker: Speaker) -> Tree:
    """Return "the tariffs, which took effect on Friday, hit steel"."""
    which = leaf("which", "PRON", "WDT")
    noun = speaker.measure()
    which = replace(which, plural=noun.plural)
    if speaker.often(0.5):
        inner = speaker.in_tense("take", which, speaker.one(("past", "present", "modal")))
        inner = inner.then("obj", leaf("effect", "NOUN", "NN"))
    else:
        base = speaker.one(lexicon.MEASURE_VERBS[:28]).split("|")[0]
        inner = speaker.in_tense(base, which, "past", passive=True)
    inner = placed(speaker, inner, 0.6).first("punct", comma())
    noun = noun.then("acl:relcl", inner).then("punct", comma())
    return _affecting(speaker, noun)


def decision(speaker: Speaker) -> Tree:
    """Return a clause about "X's decision to lift tariffs"."""
    noun = leaf(
        speaker.one(lexicon.INTENTIONS),
        "NOUN",
        "NN",
    )
    noun = noun.first("nmod:poss", owner(speaker.name())).then(
        "acl", action(speaker, "VB").first("mark", TO)
    )
    if speaker.often(0.5):
        return _affecting(speaker, noun)
    return speaker.predicate(
        speaker.one(("criticise", "welcome", "condemn", "reject")), speaker.subject()
    ).then("obj", noun)


def face(speaker: Speaker) -> Tree:
    """Return "Chinese goods face a 25% tariff"."""
    head = speaker.predicate(
        speaker.one(("face", "attract", "carry", "incur", "avoid")), speaker.goods()
    )
    return placed(speaker, head.then("obj", speaker.measure()), 0.2)


SIMPLE: tuple[tuple[Callable[[Speaker], Tree], int], ...] = (
    (bare, 16), (active, 16), (passive, 9), (nominal, 6), (intend, 10), (expected, 2), (press, 5),
    (accuse, 6), (follow_through, 6), (happen, 5), (meet, 4), (figure, 5), (coordinated_actions, 6),
    (call, 2), (grant, 2), (verdict, 4), (by_doing, 4), (set_off, 3), (imposed_by, 5),
    (decision, 4), (face, 3), (subject_to, 2), (signed, 3),
)  # fmt: skip


def simple(speaker: Speaker) -> Tree:
    """Return one clause of a frame drawn by its weight."""
    frames, weights = zip(*SIMPLE, strict=True)
    frame: Callable[[Speaker], Tree] = speaker.chance.choices(frames, weights)[0]
    return frame(speaker)
