"""Verbs of a sentence with their subject, voice and certainty, by its tree.

The same `Verb` that the patterns give, so that one table of frames serves both engines.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parley.drafts._clauses import Verb
from parley.drafts._trees import Tree, trees
from parley.drafts._verbs import BE, MODAL_FUTURE, MODAL_MAYBE
from parley.drafts._words import lemmas, nouns, verb_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._document import Document, Sentence
    from parley.drafts._items import Item

_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
_NOT = frozenset("not n't n’t never".split())
_OBJECT_CONTROL = frozenset(  # whose object does what the infinitive says: "urged China to lift"
    "urge force order ask tell press require allow permit let encourage call push pressure warn "
    "advise instruct direct authorise authorize compel oblige persuade get cause enable invite "
    "lead prompt want expect bar ban prevent stop keep block accuse exempt".split()
)
_RELATIVE = frozenset(("which", "who", "that", "whom"))
_DEEPEST = 12  # verbs that can hang on one another before the tree is taken for broken


def deepened(document: Document, *, model: str | None = None) -> Document:
    """Return the document with the verbs that its trees give in place of the patterns' own."""
    sentences = list(document.sentences)
    wanted = [at for at, sentence in enumerate(sentences) if _worth(sentence)]
    for at, tree in trees(document, wanted, model=model).items():
        verbs = tuple(verbs_by_tree(sentences[at].items, tree))
        sentences[at] = replace(sentences[at], verbs=verbs)
    return replace(document, sentences=tuple(sentences))


_NOUNS = nouns("tariff", "quota", "sanction", "subsidy", "probe", "retaliation", "talk", "deal")
_VERBS = lemmas("impose", "lower", "remove", "suspend", "restrict", "accuse", "breach", "promise")


def _worth(sentence: Sentence) -> bool:
    """Whether a sentence names a party and speaks of what parties do to one another in trade."""
    return any(item.codes for item in sentence.items) and (
        any(item.low in _NOUNS for item in sentence.items)
        or any(verb.lemma in _VERBS for verb in sentence.verbs)
    )


def verbs_by_tree(items: Sequence[Item], tree: Tree) -> list[Verb]:
    """Return the verbs of a sentence, from left to right."""
    seen: dict[int, Verb] = {}
    for token in range(len(tree.tokens)):
        _verb(items, tree, token, seen, 0)
    return sorted(seen.values(), key=lambda verb: verb.index)


def _is_verb(items: Sequence[Item], tree: Tree, token: int) -> bool:
    one = tree.tokens[token]
    at = tree.item_of[token]
    return (
        at >= 0
        and items[at].kind == "word"
        and items[at].low in verb_forms()
        and one.tag.startswith("VB")
        and one.upos != "AUX"
        and one.dep not in ("amod", "compound", "case", "aux", "aux:pass", "cop", "fixed")
    )


def _verb(
    items: Sequence[Item], tree: Tree, token: int, seen: dict[int, Verb], depth: int
) -> Verb | None:
    """Return the verb at a token, after those that it hangs on, and remember it."""
    if token in seen or not _is_verb(items, tree, token) or depth > _DEEPEST:
        return seen.get(token)
    at = tree.item_of[token]
    lemma, shape = verb_forms()[items[at].low]
    helpers = [tree.tokens[c].lower for c in tree.below(token, "aux", "aux:pass", "advmod")]
    modals = tuple(low for low in helpers if low in MODAL_FUTURE | MODAL_MAYBE)
    subject, chain, inherited, negated = _roles(items, tree, token, seen, depth)
    before = [
        tree.item_of[c]
        for c in tree.below(token, "aux", "aux:pass", "mark")
        if 0 <= tree.item_of[c] < at
    ]
    seen[token] = Verb(
        at,
        lemma,
        shape,
        subject,
        _passive(tree, token, shape),
        chain,
        (*inherited, *modals),
        negated or bool(_NOT & set(helpers)),
        min([at, *before]),
        parsed=True,
    )
    return seen[token]


def _passive(tree: Tree, token: int, shape: str) -> bool:
    if shape not in ("past", "participle", "base"):
        return False
    if tree.below(token, "aux:pass", "nsubj:pass"):
        return True
    one = tree.tokens[token]
    if one.dep in ("acl", "acl:relcl") and one.tag == "VBN":
        return not tree.below(token, "aux", *_SUBJECTS)
    helpers = {tree.tokens[c].lower for c in tree.below(token, "aux")}
    return one.tag == "VBN" and bool(helpers & BE)


_Roles = tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...], bool]


def _roles(
    items: Sequence[Item], tree: Tree, token: int, seen: dict[int, Verb], depth: int
) -> _Roles:
    """Return subject, the verbs and modals that govern a verb, and whether those are negated."""
    own = tree.below(token, *_SUBJECTS)
    dep, head = tree.tokens[token].dep, tree.head(token)
    if own:
        return _named(items, tree, token, own[0]), (), (), False
    if dep in ("acl", "acl:relcl"):
        return _of_noun(items, tree, token, seen, depth)
    if head == token or dep not in ("xcomp", "ccomp", "advcl", "conj", "parataxis"):
        return (), (), (), False
    governor = _verb(items, tree, head, seen, depth + 1)
    if governor is None:
        return _of_predicate(items, tree, head), (), (), False
    if dep == "conj":
        finite = tree.below(token, "aux", "mark")
        modals = () if finite else governor.modals
        return governor.subject, governor.chain, modals, governor.negated and not finite
    if dep in ("xcomp", "ccomp"):
        chain = (*governor.chain, governor.lemma)
        subject = _controlled(items, tree, head, governor)
        return subject, chain, governor.modals, governor.negated
    return (() if governor.passive and dep == "parataxis" else governor.subject), (), (), False


def _controlled(items: Sequence[Item], tree: Tree, head: int, governor: Verb) -> tuple[int, ...]:
    """Return who does what an infinitive says: the object of "urge", else the subject."""
    objects = tree.below(head, "obj", "iobj")
    if objects and governor.lemma in _OBJECT_CONTROL and not governor.passive:
        return actors_at(items, tree, objects[0])
    return governor.subject


def _named(items: Sequence[Item], tree: Tree, token: int, subject: int) -> tuple[int, ...]:
    """Return the actors that a subject names; a relative pronoun stands for its noun."""
    dep, head = tree.tokens[token].dep, tree.head(token)
    if tree.tokens[subject].lower in _RELATIVE and dep.startswith("acl"):
        return actors_at(items, tree, head)
    return actors_at(items, tree, subject)


def _of_predicate(items: Sequence[Item], tree: Tree, head: int) -> tuple[int, ...]:
    """Return the subject of what is no verb: "ready to lift", "the first to sign"."""
    subjects = tree.below(head, *_SUBJECTS)
    return actors_at(items, tree, subjects[0]) if subjects else ()


def _of_noun(
    items: Sequence[Item], tree: Tree, token: int, seen: dict[int, Verb], depth: int
) -> _Roles:
    """Return the roles of a verb that hangs on a noun: "tariffs imposed", "threat to impose"."""
    noun = tree.head(token)
    if tree.tokens[token].tag != "VB":
        return actors_at(items, tree, noun), (), (), False
    chain = (tree.tokens[noun].lower,)
    owners = tree.below(noun, "nmod:poss", "compound")
    for owner in owners:
        if found := actors_at(items, tree, owner):
            return found, chain, (), False
    above = tree.head(noun)
    governor = _verb(items, tree, above, seen, depth + 1) if above != noun else None
    if governor is None:
        return (), chain, (), False
    return governor.subject, (*governor.chain, *chain), governor.modals, governor.negated


def actors_at(items: Sequence[Item], tree: Tree, token: int) -> tuple[int, ...]:
    """Return the items of the actors that a noun phrase names: its head and what is joined."""
    found: list[int] = []
    for one in (token, *tree.below(token, "conj")):
        at = tree.item_of[one]
        if at >= 0 and (items[at].actor or items[at].kind == "person"):
            found.append(at)
            continue
        for other in tree.below(one, "appos", "flat", "compound"):
            at = tree.item_of[other]
            if at >= 0 and (items[at].actor or items[at].kind == "person"):
                if tree.tokens[other].dep == "compound" and not items[at].official:
                    continue
                found.append(at)
                break
    return tuple(sorted(set(found)))
