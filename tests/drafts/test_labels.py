"""Trees in CLEAR style become UD trees."""

from __future__ import annotations

from parley.drafts._labels import Arc, to_universal


def tree(*rows: str) -> list[Arc]:
    """Return arcs from "lower/upos/tag/head/dep", heads counted from zero."""
    arcs = []
    for row in rows:
        lower, upos, tag, head, dep = row.split("/")
        arcs.append(Arc(head=int(head), dep=dep, tag=tag, upos=upos, lower=lower))
    return arcs


def shape(arcs: list[Arc]) -> list[tuple[int, str]]:
    return [(arc.head, arc.dep) for arc in arcs]


def test_preposition_becomes_the_case_of_its_object() -> None:
    found = to_universal(
        tree(
            "canada/PROPN/NNP/1/nsubj", "imposed/VERB/VBD/1/root", "tariffs/NOUN/NNS/1/dobj",
            "on/ADP/IN/1/prep", "steel/NOUN/NN/3/pobj",
        )
    )  # fmt: skip
    assert shape(found) == [(1, "nsubj"), (1, "root"), (1, "obj"), (4, "case"), (1, "obl")]


def test_agent_of_a_passive_is_obl_agent() -> None:
    found = to_universal(
        tree(
            "tariffs/NOUN/NNS/2/nsubjpass", "were/AUX/VBD/2/auxpass", "imposed/VERB/VBN/2/root",
            "by/ADP/IN/2/agent", "canada/PROPN/NNP/3/pobj",
        )
    )  # fmt: skip
    assert shape(found) == [
        (2, "nsubj:pass"), (2, "aux:pass"), (2, "root"), (4, "case"), (2, "obl:agent"),
    ]  # fmt: skip


def test_accused_of_doing_is_an_adverbial_clause() -> None:
    found = to_universal(
        tree(
            "china/PROPN/NNP/1/nsubj", "accused/VERB/VBD/1/root", "japan/PROPN/NNP/1/dobj",
            "of/ADP/IN/1/prep", "walking/VERB/VBG/3/pcomp", "back/ADV/RB/4/advmod",
        )
    )  # fmt: skip
    assert shape(found) == [
        (1, "nsubj"), (1, "root"), (1, "obj"), (4, "mark"), (1, "advcl"), (4, "advmod"),
    ]  # fmt: skip


def test_preposition_of_a_noun_gives_nmod_and_nested_ones_share_their_object() -> None:
    found = to_universal(
        tree(
            "pull/VERB/VB/0/root", "out/ADP/IN/0/prep", "of/ADP/IN/1/prep", "talks/NOUN/NNS/2/pobj",
            "with/ADP/IN/3/prep", "japan/PROPN/NNP/4/pobj",
        )
    )  # fmt: skip
    assert shape(found) == [
        (0, "root"), (3, "case"), (3, "case"), (0, "obl"), (5, "case"), (3, "nmod"),
    ]  # fmt: skip


def test_predicate_takes_the_place_of_be() -> None:
    found = to_universal(
        tree(
            "tariffs/NOUN/NNS/1/nsubj", "are/AUX/VBP/1/root", "not/PART/RB/1/neg",
            "illegal/ADJ/JJ/1/acomp", "!/PUNCT/./1/punct",
        )
    )  # fmt: skip
    assert shape(found) == [(3, "nsubj"), (3, "cop"), (3, "advmod"), (3, "root"), (3, "punct")]


def test_infinitive_to_is_a_mark() -> None:
    found = to_universal(
        tree(
            "he/PRON/PRP/1/nsubj", "agreed/VERB/VBD/1/root", "to/PART/TO/3/aux",
            "lift/VERB/VB/1/xcomp", "it/PRON/PRP/3/dobj",
        )
    )  # fmt: skip
    assert shape(found) == [(1, "nsubj"), (1, "root"), (3, "mark"), (1, "xcomp"), (3, "obj")]


def test_universal_tree_is_returned_as_it_is() -> None:
    arcs = tree("canada/PROPN/NNP/1/nsubj", "won/VERB/VBD/1/root", "it/PRON/PRP/1/obj")
    assert to_universal(arcs) == arcs
