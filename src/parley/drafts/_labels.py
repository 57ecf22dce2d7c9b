"""CLEAR-style trees, as `en_core_web_*` models draw them, turned into UD trees.

CLEAR makes prepositions and "be" heads; UD makes them dependents of the noun or predicate. The
shipped parser draws UD trees, which pass through unchanged.

References
----------
Choi and Palmer (2012), Guidelines for the CLEAR style constituent to dependency conversion.
de Marneffe et al. (2021), Universal Dependencies, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

CLEAR_ONLY = frozenset(
    "dobj pobj prep attr acomp nsubjpass auxpass agent pcomp dative oprd npadvmod relcl poss prt "
    "neg quantmod predet preconj intj csubjpass".split()
)
RENAMED = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "dobj": "obj",
    "dative": "iobj", "relcl": "acl:relcl", "poss": "nmod:poss", "prt": "compound:prt",
    "neg": "advmod", "npadvmod": "obl:unmarked", "quantmod": "advmod", "predet": "det:predet",
    "preconj": "cc:preconj", "intj": "discourse", "oprd": "xcomp", "acomp": "xcomp",
    "attr": "xcomp", "prep": "advmod", "agent": "advmod", "pcomp": "advcl", "pobj": "obl",
    "meta": "dep",
}  # fmt: skip
PREPOSITIONS = frozenset(("prep", "agent", "dative"))
NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "SYM"))
BE = frozenset("be am is are was were been being 's 're 'm ’s ’re ’m".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """A token's head (an index; itself for a root), label, tags and lower-case form."""

    head: int
    dep: str
    tag: str
    upos: str
    lower: str


def to_universal(arcs: list[Arc]) -> list[Arc]:
    """Return the tree with UD heads and labels; a UD tree is returned as it is."""
    if not any(arc.dep in CLEAR_ONLY for arc in arcs):
        return arcs
    arcs = list(arcs)
    for index in reversed(range(len(arcs))):  # inner prepositions stand after outer ones
        if arcs[index].dep in PREPOSITIONS and arcs[index].upos in ("ADP", "SCONJ", "PART"):
            _lower_preposition(arcs, index)
    for index in range(len(arcs)):
        _lower_copula(arcs, index)
    return [_renamed(arc) for arc in arcs]


def _children(arcs: list[Arc], head: int, *deps: str) -> list[int]:
    return [
        i
        for i, arc in enumerate(arcs)
        if arc.head == head and i != head and (not deps or arc.dep in deps)
    ]


def _lower_preposition(arcs: list[Arc], index: int) -> None:
    """Hang a preposition on its object, and the object where the preposition hung."""
    objects = _children(arcs, index, "pobj", "pcomp", "obl", "nmod", "advcl")
    if not objects:
        return
    outer, noun = arcs[index], objects[0]
    clause = arcs[noun].dep in ("pcomp", "advcl")
    dep = "advcl" if clause else "nmod" if arcs[outer.head].upos in NOMINAL else "obl"
    if outer.dep == "agent" and not clause:
        dep = "obl:agent"
    if arcs[outer.head].dep in PREPOSITIONS:
        dep = "advcl" if clause else "obl"
    for child in _children(arcs, index):
        arcs[child] = replace(arcs[child], head=noun)
    arcs[noun] = replace(arcs[noun], head=outer.head, dep=dep)
    arcs[index] = replace(outer, head=noun, dep="mark" if clause else "case")


def _lower_copula(arcs: list[Arc], index: int) -> None:
    """Make the predicate of "be" the head, and "be" its `cop`."""
    if arcs[index].lower not in BE or arcs[index].upos not in ("AUX", "VERB"):
        return
    predicates = _children(arcs, index, "attr", "acomp")
    if not predicates:
        return
    verb, head = arcs[index], predicates[0]
    for child in _children(arcs, index):
        arcs[child] = replace(arcs[child], head=head)
    arcs[head] = replace(arcs[head], head=head if verb.head == index else verb.head, dep=verb.dep)
    arcs[index] = replace(verb, head=head, dep="cop", upos="AUX")


def _renamed(arc: Arc) -> Arc:
    """Return the arc with its UD label; an infinitive's "to" is a mark."""
    if arc.dep == "aux" and arc.tag == "TO":
        return replace(arc, dep="mark")
    return replace(arc, dep=RENAMED.get(arc.dep, arc.dep))
