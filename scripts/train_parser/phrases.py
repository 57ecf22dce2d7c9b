"""Noun phrases, times and verb forms of the generated clauses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import lexicon
from trees import Tree, adposition, comma, coordinated, leaf, owner, verb, with_case

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

THE = leaf("the", "DET", "DT")


class Speaker:
    """Chooses words: one seeded chance, and the lists that it may use.

    The probe has its own parties, verbs and measures, which no training clause has.
    """

    def __init__(self, chance: random.Random, *, probe: bool = False) -> None:
        self.chance = chance
        self.probe = probe

    def one(self, words: Sequence[str]) -> str:
        """Return one of the words."""
        return self.chance.choice(words)

    def often(self, share: float) -> bool:
        """Return True with this probability."""
        return self.chance.random() < share

    # Parties

    def subject(self) -> Tree:
        """Return who acts: a party, a person with a title, or a pronoun."""
        draw = self.chance.random()
        if self.probe or draw < 0.82:
            return self.party()
        if draw < 0.91:
            return self.pronoun()
        return self.titled() if draw < 0.95 else self.described()

    def party(self) -> Tree:
        """Return one party: a name, "the" with a name, two names, or people."""
        if self.probe:
            return self.name()
        draw = self.chance.random()
        if draw < 0.6:
            return self.name()
        if draw < 0.86:
            return self.the_party()
        if draw < 0.91:
            return coordinated(self.name(), self.name())
        if draw < 0.93:
            return coordinated(self.name(), self.name(), self.name())
        return self.officials()

    def name(self) -> Tree:
        """Return a country, capital or person by name."""
        name = self.one(lexicon.PROBE_PARTIES if self.probe else lexicon.PARTIES)
        if name in ("U.S.", "US", "EU", "UK"):
            return leaf(name, "PROPN", "NNP").first("det", THE)
        return leaf(name, "PROPN", "NNP")

    def the_party(self) -> Tree:
        """Return "the European Union", "the two sides", "Brazil's trade minister"."""
        entry = self.one(lexicon.THE_PARTIES)
        first, upos, last = entry.split("|")
        head = _noun(last, proper=last[0].isupper())
        label = {"ADJ": "amod", "NUM": "nummod"}.get(upos, "compound")
        tag = {"NUM": "CD", "NOUN": "NN", "ADJ": "JJ"}.get(upos, "NNP")
        if head.upos == "PROPN":
            tag = "NNP"
        head = head.near(label, leaf(first, upos, tag))
        if upos in ("NOUN", "ADJ") and first[0].islower() and self.often(0.4):
            return head.first("nmod:poss", owner(self.name()))
        return head.first("det", THE)

    def officials(self) -> Tree:
        """Return "Swiss diplomats", "importers"."""
        word = _noun(self.one(lexicon.COMMON_PARTIES))
        return self.from_there(word) if self.often(0.7) else word

    def pronoun(self) -> Tree:
        """Return a pronoun that can be a subject."""
        text = self.one(("it", "he", "she", "they", "we", "I"))
        return leaf(text, "PRON", "PRP")

    def titled(self) -> Tree:
        """Return "Prime Minister Carney": the name is the head, the title its `nmod:desc`."""
        title = self.one(("Minister", "President", "Premier", "Secretary"))
        kind = self.one(("Prime", "Commerce", "Trade", "Vice", "Foreign", "Treasury"))
        upos, label = ("ADJ", "amod") if kind in ("Prime", "Foreign") else ("PROPN", "compound")
        head = leaf(title, "PROPN", "NNP").near(label, leaf(kind, upos, "NNP"))
        return self.person().near("nmod:desc", head)

    def person(self) -> Tree:
        """Return a surname, as masked names stand."""
        return leaf(self.one(lexicon.PERSONS), "PROPN", "NNP")

    def described(self) -> Tree:
        """Return "Lifeng, China's trade minister,"."""
        office = self.one(("minister", "negotiator", "spokesman", "envoy", "secretary"))
        kind = leaf(self.one(("trade", "commerce", "finance")), "NOUN", "NN")
        title = leaf(office, "NOUN", "NN").near("compound", kind)
        title = title.first("nmod:poss", owner(self.name()))
        return self.person().then("appos", title.first("punct", comma())).then("punct", comma())

    def from_there(self, noun: Tree) -> Tree:
        """Return the noun with its origin: "Chinese goods" or "U.S. goods"."""
        if self.often(0.3):
            name = self.one(("U.S.", "US", "EU", "UK"))
            return noun.first("compound", leaf(name, "PROPN", "NNP"))
        return noun.first("amod", leaf(self.one(lexicon.DEMONYMS), "ADJ", "JJ"))

    # Goods and measures

    def goods(self) -> Tree:
        """Return goods, now and then with their origin, their worth, or a second kind."""
        noun = _phrase(self.one(lexicon.GOODS))
        draw = self.chance.random()
        if draw < 0.35:
            noun = self.from_there(noun)
        elif draw < 0.42:
            noun = noun.then("nmod", with_case("from", self.name()))
        elif draw < 0.50:
            noun = coordinated(noun, _phrase(self.one(lexicon.GOODS)))
        elif draw < 0.56:
            return self.worth().then("nmod", with_case("of", noun))
        elif draw < 0.62:
            word = self.one(("all", "some", "most"))
            return noun.first("det", leaf(word, "DET", "DT"))
        elif draw < 0.68:
            return _noun("imports").then("nmod", with_case("of", noun))
        return noun

    def worth(self) -> Tree:
        """Return "$34 billion" or "$34 billion worth"."""
        if self.often(0.5):
            return self.dollars()
        return leaf("worth", "NOUN", "NN").near("obl:unmarked", self.dollars())

    def dollars(self) -> Tree:
        """Return "$34 billion" with the sign as head."""
        number = leaf(self.one(("million", "billion")), "NUM", "CD")
        amount = replace(self.number(), glued=True)
        return leaf("$", "SYM", "$").then("nummod", number.near("compound", amount))

    def number(self) -> Tree:
        """Return a number in one of the usual spellings."""
        style = self.chance.random()
        if style < 0.6:
            text = str(self.chance.randint(2, 250))
        elif style < 0.9:
            text = f"{self.chance.uniform(0.5, 60):.1f}"
        else:
            text = f"{self.chance.randint(1, 90)},{self.chance.randint(0, 999):03d}"
        return leaf(text, "NUM", "CD")

    def per_cent(self) -> Tree:
        """Return "25%", "25 percent" or "25 per cent" with the sign as head."""
        number = self.number()
        draw = self.chance.random()
        if draw < 0.65:
            return leaf("%", "SYM", "NN", glued=True).near("nummod", number)
        if draw < 0.9:
            return leaf("percent", "NOUN", "NN").near("nummod", number)
        return leaf("cent", "NOUN", "NN").near("nummod", number).near("case", adposition("per"))

    def measure(self) -> Tree:
        """Return a measure: "tariffs", "the new duties", "a 25% tariff", "tariffs of 25%"."""
        noun = _phrase(self.one(lexicon.PROBE_MEASURES if self.probe else lexicon.MEASURES))
        draw = self.chance.random()
        if self.often(0.15) and not self.probe:
            noun = self.on_what(noun)
        noun = self._with_rate(noun, draw)
        if self.often(0.35):
            noun = noun.first("amod", leaf(self.one(lexicon.MEASURE_ADJECTIVES), "ADJ", "JJ"))
        return self._determined(noun)

    def plain_measure(self) -> Tree:
        """Return a measure as it stands in a headline or a short lede, mostly without article."""
        noun = _phrase(self.one(lexicon.PROBE_MEASURES if self.probe else lexicon.MEASURES))
        if self.often(0.12) and not self.probe:
            noun = self.on_what(noun)
        if self.often(0.3):
            noun = noun.first("amod", leaf(self.one(lexicon.MEASURE_ADJECTIVES), "ADJ", "JJ"))
        return noun if noun.plural or noun.mass else self._determined(noun)

    def on_what(self, noun: Tree) -> Tree:
        """Return "steel tariffs", "steel and aluminum tariffs"."""
        goods = leaf(self.one(lexicon.GOODS_BEFORE), "NOUN", "NN")
        if self.often(0.4):
            goods = coordinated(goods, leaf(self.one(lexicon.GOODS_BEFORE), "NOUN", "NN"))
        return noun.first("compound", goods)

    def _with_rate(self, noun: Tree, draw: float) -> Tree:
        if draw < 0.12:
            return noun.first("compound", self.per_cent())
        if draw < 0.2:
            return noun.then("nmod", with_case("of", self.per_cent()))
        if draw < 0.25:
            return self.from_there(noun)
        if draw < 0.27:
            ranging = verb("range", "VBG").then("obl", with_case("from", self.per_cent()))
            return noun.then("acl", ranging.then("obl", with_case("to", self.per_cent())))
        return noun

    def _determined(self, noun: Tree) -> Tree:
        if not (noun.plural or noun.mass):
            word = self.one(("a", "the", "this"))
            if word == "a" and _spoken(noun)[0].lower() in "aeiou8":
                word = "an"
            return noun.first("det", leaf(word, "DET", "DT"))
        draw = self.chance.random()
        if draw < 0.22:
            return noun.first("det", THE)
        if draw < 0.30:
            return noun.first("nmod:poss", leaf(self.one(("its", "their", "his")), "PRON", "PRP$"))
        if draw < 0.36:
            return noun.first("nmod:poss", owner(self.name()))
        if draw < 0.40:
            return noun.first("det", leaf(self.one(("some", "these", "those")), "DET", "DT"))
        return noun

    def deal(self) -> Tree:
        """Return "the truce", "a 90-day trade deal with Japan"."""
        noun = _phrase(self.one(lexicon.DEALS))
        if self.often(0.3):
            noun = noun.first("amod", leaf(self.one(("new", "interim", "broad")), "ADJ", "JJ"))
        elif self.often(0.2):
            noun = noun.first("compound", self.days())
        if self.often(0.2):
            noun = noun.then("nmod", with_case("with", self.name()))
        return self._determined(noun)

    def days(self) -> Tree:
        """Return "90-day" as it stands before a noun."""
        hyphen = leaf("-", "PUNCT", "HYPH", glued=True)
        number = leaf(self.one(("30", "60", "90", "100", "two", "three")), "NUM", "CD")
        unit = leaf(self.one(("day", "month", "year")), "NOUN", "NN", glued=True)
        return unit.near("nummod", number.then("punct", hyphen))

    def talks(self) -> Tree:
        """Return "talks", "the negotiations"."""
        noun = _phrase(self.one(lexicon.EVENTS))
        return noun.first("det", THE) if self.often(0.4) else noun

    # Times and places

    def adjunct(self) -> tuple[str, Tree]:
        """Return a time or place of the clause with its label."""
        draw = self.chance.random()
        if draw < 0.25:
            return "obl", with_case("on", leaf(self.one(lexicon.WEEKDAYS), "PROPN", "NNP"))
        if draw < 0.35:
            return "obl:unmarked", leaf(self.one(lexicon.WEEKDAYS), "PROPN", "NNP")
        if draw < 0.50:
            unit = leaf(self.one(("week", "month", "year", "weekend")), "NOUN", "NN")
            upos, tag, dep = self.chance.choice(
                (("ADJ", "JJ", "amod"), ("ADJ", "JJ", "amod"), ("DET", "DT", "det"))
            )
            word = "this" if upos == "DET" else self.one(("last", "next"))
            return "obl:unmarked", unit.near(dep, leaf(word, upos, tag))
        if draw < 0.62:
            return "obl", with_case("in", leaf(self.one(lexicon.MONTHS), "PROPN", "NNP"))
        if draw < 0.72:
            day = leaf(str(self.chance.randint(1, 31)), "NUM", "CD")
            month = leaf(self.one(lexicon.MONTHS), "PROPN", "NNP")
            word = self.one(("on", "by", "until", "from"))
            return "obl", with_case(word, day.near("nmod:unmarked", month))
        if draw < 0.80:
            year = leaf(str(self.chance.randint(2000, 2026)), "NUM", "CD")
            return "obl", with_case(self.one(("in", "since")), year)
        if draw < 0.88:
            span = _noun("days").near("nummod", leaf(self.one(("30", "60", "90")), "NUM", "CD"))
            return "obl", with_case(self.one(("for", "within", "in")), span)
        place = leaf(self.one(lexicon.PLACES), "PROPN", "NNP")
        return "obl", with_case("in", place)

    def reason(self) -> tuple[str, Tree]:
        """Return "in response to the tariffs", "as part of a deal", "under a truce"."""
        noun = self.deal() if self.often(0.5) else self.measure()
        lead = self.one(
            (
                "in response to",
                "as part of",
                "in exchange for",
                "in violation of",
                "in retaliation for",
                "-",
            )
        )
        if lead == "-":
            return "obl", with_case(self.one(("under", "despite", "after", "over", "amid")), noun)
        first, word, second = lead.split()
        head = leaf(word, "NOUN", "NN").then("nmod", with_case(second, noun))
        return "obl", with_case(first, head)

    # Verbs

    def predicate(self, base: str, subject: Tree | None, *, passive: bool = False) -> Tree:
        """Return the verb with its subject and auxiliaries, in a tense drawn at random."""
        kind = self.chance.choices(
            ("past", "present", "modal", "perfect", "progressive", "negative"),
            (46, 14, 16, 12, 6, 6),
        )[0]
        return self.in_tense(base, subject, kind, passive=passive)

    def in_tense(
        self, base: str, subject: Tree | None, kind: str, *, passive: bool = False
    ) -> Tree:
        """Return the verb in one tense; subject and auxiliaries agree."""
        person = _person(subject)
        chain = _chain(kind, person, self)
        if passive:
            chain = _passive_chain(chain, person)
        head = verb(base, chain[-1][1])
        for text, tag in chain[:-1]:
            if text in ("not", "n't"):
                head = head.near("advmod", leaf(text, "PART", "RB", glued=text == "n't"))
            else:
                be = passive and text in _BE and (text, tag) == _last_be(chain)
                upos_dep = "aux:pass" if be else "aux"
                head = head.near(upos_dep, leaf(text, "AUX", tag))
        if self.often(0.12):
            head = head.near("advmod", leaf(self.one(lexicon.ADVERBS), "ADV", "RB"))
        if subject is None:
            return head
        return head.first("nsubj:pass" if passive else "nsubj", subject)


_BE = ("be", "is", "are", "was", "were", "been", "being", "am")


def _last_be(chain: list[tuple[str, str]]) -> tuple[str, str]:
    return [pair for pair in chain[:-1] if pair[0] in _BE][-1]


def _person(subject: Tree | None) -> str:
    """Return which verb forms the subject takes: "s", "p" or "i"."""
    if subject is None:
        return "p"
    if subject.text == "I" and not subject.plural:
        return "i"
    return "p" if subject.plural else "s"


def _chain(kind: str, person: str, speaker: Speaker) -> list[tuple[str, str]]:
    """Return the auxiliaries and, last, the tag of the main verb."""
    have = ("has", "VBZ") if person == "s" else ("have", "VBP")
    be = {"s": ("is", "VBZ"), "p": ("are", "VBP"), "i": ("am", "VBP")}[person]
    was = ("were", "VBD") if person == "p" else ("was", "VBD")
    negation = (speaker.one(("not", "n't")), "RB")
    if kind == "present":
        return [("", "VBZ" if person == "s" else "VBP")]
    if kind == "modal":
        modal = speaker.one(("will", "will", "would", "could", "may", "might", "should", "must"))
        return [(modal, "MD"), ("", "VB")]
    if kind == "perfect":
        return [have if speaker.often(0.8) else ("had", "VBD"), ("", "VBN")]
    if kind == "progressive":
        return [be if speaker.often(0.7) else was, ("", "VBG")]
    if kind == "negative":
        does = ("does", "VBZ") if person == "s" else ("do", "VBP")
        return [("did", "VBD") if speaker.often(0.6) else does, negation, ("", "VB")]
    return [("", "VBD")]


def _passive_chain(chain: list[tuple[str, str]], person: str) -> list[tuple[str, str]]:
    """Return the chain with a form of "be" where the verb stood, and the participle last."""
    form = chain[-1][1]
    if chain[0][0] in ("did", "does", "do"):  # did not impose -> was not imposed
        form = chain[0][1]
        return [(_be(form, person), form), chain[1], ("", "VBN")]
    return [*chain[:-1], (_be(form, person), form), ("", "VBN")]


def _be(form: str, person: str) -> str:
    finite = {"VBZ": "is", "VBP": "am" if person == "i" else "are"}
    finite["VBD"] = "were" if person == "p" else "was"
    return finite.get(form) or {"VB": "be", "VBN": "been", "VBG": "being"}[form]


def _spoken(tree: Tree) -> str:
    """Return the first word of the phrase."""
    return _spoken(tree.before[0][1]) if tree.before else tree.text


def _noun(word: str, *, proper: bool = False) -> Tree:
    """Return a noun with its number by its ending."""
    many = word.endswith("s") and not word.endswith("ss") and word not in ("gas", "whiskey")
    if proper:
        tag = "NNPS" if word == "States" else "NNP"
        return leaf(word, "PROPN", tag)
    return leaf(word, "NOUN", "NNS" if many else "NN")


def _phrase(entry: str) -> Tree:
    """Return "export|controls" as a noun with its compound, "rare|earths" with its adjective."""
    *firsts, last = entry.split("|")
    head = _noun(last)
    if last in MASS:
        head = replace(head, mass=True)
    for first in firsts:
        if first in ("rare", "electric", "raw"):
            head = head.near("amod", leaf(first, "ADJ", "JJ"))
        else:
            head = head.near("compound", leaf(first, "NOUN", "NN"))
    return head


MASS = frozenset(
    """steel aluminum aluminium pork wine cheese dairy lumber timber copper graphite gallium
    footwear clothing furniture machinery aircraft oil coal gas sugar rice wheat corn fish seafood
    potash whiskey bourbon beef""".split()
)  # take no article
