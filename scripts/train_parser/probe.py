"""Probe whether the parser finds who did what in a trade clause whose words it never saw."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import clauses
import sentences
from corpora import SEED, probe_sentences
from phrases import Speaker
from treebank import Sentence, to_doc
from trees import Tree, finished, leaf, verb, with_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.language import Language
    from spacy.tokens import Token

SIZE = 600
ROLES = ("nsubj", "nsubj:pass", "obj", "obl:agent")
COMMON_VERBS = "impose lift relax revoke threaten cut suspend announce raise remove".split()
COMMON_PARTIES = "Canada China Beijing Washington Brussels".split()
COMMON_OBJECTS = "tariffs duties sanctions export|controls import|duties restrictions".split()


@dataclass
class Tally:
    """Clauses whose roles are all right, and single roles right, of how many."""

    clauses: int = 0
    clauses_right: int = 0
    roles: int = 0
    roles_right: int = 0

    def add(self, right: list[bool]) -> None:
        """Count one clause by the roles that it has."""
        self.clauses += 1
        self.clauses_right += all(right)
        self.roles += len(right)
        self.roles_right += sum(right)


def score_probe(nlp: Language) -> None:
    """Print the share of clauses with every subject, object and agent right, by kind."""
    kinds = {
        "commonest clause, words of the training": common_clauses(),
        "commonest clause, unseen words": list(_drawn(clauses.bare)),
        "passive, unseen words": list(_drawn(clauses.passive)),
        "agreed to, unseen words": list(_drawn(clauses.intend)),
        "accused of, unseen words": list(_drawn(clauses.accuse)),
        "urged to, unseen words": list(_drawn(clauses.press)),
        "reported, unseen words": list(_drawn(sentences.reported)),
        "all frames, unseen words": probe_sentences(SIZE),
    }
    for name, golds in kinds.items():
        tally = tally_of(nlp, golds)
        print(
            f"probe, {name}: {tally.clauses_right / tally.clauses:.3f} of {tally.clauses} clauses, "
            f"{tally.roles_right / tally.roles:.3f} of {tally.roles} roles"
        )


def tally_of(nlp: Language, expected: Iterable[Sentence]) -> Tally:
    """Count the sentences of which every role is found: same head, same label."""
    tally = Tally()
    golds = [to_doc(nlp.vocab, [each]) for each in expected]
    for found, gold in zip(nlp.pipe([gold.text for gold in golds]), golds, strict=True):
        places = {token.idx: token for token in found}
        tally.add([_same(places.get(role.idx), role) for role in gold if role.dep_ in ROLES])
    return tally


def _same(found: Token | None, gold: Token) -> bool:
    return found is not None and (found.text, found.dep_, found.head.idx) == (
        gold.text,
        gold.dep_,
        gold.head.idx,
    )


def common_clauses() -> list[Sentence]:
    """Return "S V-ed [the/new] O on steel." for 10 verbs, 6 objects, 5 subjects, 2 frames."""
    return [
        finished(_common(base, what, who, frame))
        for base in COMMON_VERBS
        for what in COMMON_OBJECTS
        for who in COMMON_PARTIES
        for frame in ("", "new")
    ]


def _common(base: str, what: str, who: str, frame: str) -> Tree:
    *firsts, last = what.split("|")
    noun = leaf(last, "NOUN", "NNS")
    for first in firsts:
        noun = noun.near("compound", leaf(first, "NOUN", "NN"))
    if frame:
        noun = noun.first("amod", leaf(frame, "ADJ", "JJ"))
    clause = verb(base, "VBD").first("nsubj", leaf(who, "PROPN", "NNP")).then("obj", noun)
    return clause.then("obl", with_case("on", leaf("steel", "NOUN", "NN")))


def _drawn(frame: Callable[[Speaker], Tree]) -> Iterable[Sentence]:
    speaker = Speaker(random.Random(SEED + 2), probe=True)
    for _ in range(SIZE // 3):
        yield finished(frame(speaker))
