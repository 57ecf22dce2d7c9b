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
from trees import Tree, adposition, comma, finished, leaf, owner, verb, with_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from treebank import Sentence

TO = leaf("to", "PART", "TO")


# Verb phrases: a verb in some form, then what it governs


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
    if draw < 0.94:
        return send_phrase(speaker, make)
    return rate_phrase(speaker, make)


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


# Clauses with a subject


def active(speaker: Speaker, subject: Tree | None = None) -> Tree:
    """Return a clause of any action: who, did, what, when."""
    who = subject or speaker.subject()
    clause = action_on(speaker, lambda base: speaker.predicate(base, who))
    return _placed(speaker, clause, 0.35)


def _placed(speaker: Speaker, clause: Tree, share: float) -> Tree:
    """Add a time or place, after the clause or, set off by a comma, before it."""
    if not speaker.often(share):
        return clause
    label, when = speaker.adjunct() if speaker.often(0.8) else speaker.reason()
    if label == "obl" and speaker.often(0.15):
        return clause.first("punct", comma()).first("obl", when)
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
    return _placed(speaker, measure_phrase(speaker, head, entry, passive=True), 0.3)


def nominal_phrase(speaker: Speaker) -> Tree:
    """Return "the imposition of tariffs by X on Y" or "X's suspension of tariffs"."""
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
    return _placed(speaker, head, 0.15)


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
        return _placed(speaker, speaker.predicate(base, who).then("xcomp", inner), 0.2)
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
    return _placed(speaker, clause, 0.3)


def happen(speaker: Speaker) -> Tree:
    """Return "the truce expired on Friday", "the tariffs take effect on August 1"."""
    what = speaker.one(("deal", "talks", "measure"))
    subject = {"deal": speaker.deal, "talks": speaker.talks, "measure": speaker.measure}[what]()
    if speaker.often(0.3):
        head = speaker.predicate("take", subject)
        noun = speaker.one(("effect", "place")) if what == "talks" else "effect"
        return _placed(speaker, head.then("obj", leaf(noun, "NOUN", "NN")), 0.8)
    return _placed(speaker, speaker.predicate(speaker.one(lexicon.HAPPEN), subject), 0.7)


def meet(speaker: Speaker) -> Tree:
    """Return "Bessent and Lifeng met in London", "the two sides agreed on a truce"."""
    who = speaker.subject()
    head = speaker.predicate("meet", who)
    if not who.plural:
        head = head.then("obl", with_case("with", speaker.party()))
    return _placed(speaker, head, 0.8)


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
    head = _placed(speaker, head, 0.6)
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
    head = head.then("iobj", speaker.party())
    return head.then("obj", noun.first("det", leaf(article, "DET", "DT")))


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
    inner = _placed(speaker, inner, 0.6).first("punct", comma())
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
    return _placed(speaker, head.then("obj", speaker.measure()), 0.2)


# Sentences of more than one clause


SIMPLE: tuple[tuple[Callable[[Speaker], Tree], int], ...] = (
    (bare, 16), (active, 16), (passive, 9), (nominal, 6), (intend, 10), (expected, 2), (press, 5),
    (accuse, 6), (follow_through, 6), (happen, 5), (meet, 4), (figure, 5), (coordinated_actions, 6),
    (call, 2), (grant, 2), (verdict, 4), (by_doing, 4), (set_off, 3), (imposed_by, 5),
    (decision, 4), (face, 3),
)  # fmt: skip


def simple(speaker: Speaker) -> Tree:
    """Return one clause of a frame drawn by its weight."""
    frames, weights = zip(*SIMPLE, strict=True)
    frame: Callable[[Speaker], Tree] = speaker.chance.choices(frames, weights)[0]
    return frame(speaker)


def reported(speaker: Speaker) -> Tree:
    """Return "X said (that) ...", "..., X said" or "According to X, ..."."""
    inner = simple(speaker)
    draw = speaker.chance.random()
    if draw < 0.2:
        said = speaker.in_tense("say", speaker.subject(), "past")
        return said.first("ccomp", inner.then("punct", comma()))
    if draw < 0.3:
        according = leaf("according", "VERB", "VBG").then("fixed", adposition("to"))
        source = speaker.party().first("case", according)
        return inner.first("punct", comma()).first("obl", source)
    base = speaker.one(lexicon.PROBE_REPORT if speaker.probe else lexicon.REPORT)
    if speaker.often(0.4):
        base = "say"
    if speaker.often(0.5):
        inner = inner.first("mark", leaf("that", "SCONJ", "IN"))
    said = speaker.in_tense(
        base, speaker.subject(), speaker.one(("past", "past", "present", "perfect"))
    )
    if speaker.often(0.25):
        said = said.then(*speaker.adjunct())
    return said.then("ccomp", inner)


def conditional(speaker: Speaker) -> Tree:
    """Return a clause with "if", "after", "because" ... before or after it."""
    word = speaker.one(
        ("if", "if", "unless", "after", "before", "when", "because", "while", "as", "until")
    )
    mark = leaf(word, "ADV", "WRB") if word == "when" else leaf(word, "SCONJ", "IN")
    inner = active(speaker).first("advmod" if word == "when" else "mark", mark)
    if word in ("after", "before") and speaker.often(0.25):
        day = leaf(speaker.one(("day", "week", "month")), "NOUN", "NN")
        inner = inner.first("obl:unmarked", day.first("det", leaf("a", "DET", "DT")))
    main = simple(speaker)
    if speaker.often(0.4):
        return main.first("advcl", inner.then("punct", comma()))
    return main.then("advcl", inner)


def headline(speaker: Speaker) -> Tree:
    """Return a headline: "China to send Lifeng to London", "Canada lifts tariffs"."""
    who = speaker.name() if speaker.often(0.8) else speaker.officials()
    who = replace(who, before=tuple(pair for pair in who.before if pair[0] != "det"))
    if speaker.often(0.35):
        return action(speaker, "VB").first("mark", TO).first("nsubj", who)
    return action_on(speaker, lambda base: speaker.in_tense(base, who, "present"))


def opened(speaker: Speaker, root: Tree) -> Tree:
    """Return the sentence with, now and then, a "But", "Meanwhile," or "Also" before it."""
    draw = speaker.chance.random()
    if draw < 0.03:
        return root.first("cc", leaf(speaker.one(("but", "and")), "CCONJ", "CC"))
    if draw < 0.06:
        word = speaker.one(("meanwhile", "however", "separately", "earlier", "now"))
        return root.first("punct", comma()).first("advmod", leaf(word, "ADV", "RB"))
    return root


def sentence(speaker: Speaker) -> Sentence:
    """Return one generated sentence with its gold tree."""
    draw = speaker.chance.random()
    if draw < 0.07:
        return finished(headline(speaker), stop="")
    if draw < 0.65:
        return finished(opened(speaker, simple(speaker)))
    if draw < 0.85:
        return finished(opened(speaker, reported(speaker)))
    return finished(conditional(speaker))
