"""Whole sentences: clauses reported, quoted, joined, asked, or set as a headline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import lexicon
from clauses import active, simple
from trees import Tree, adposition, comma, finished, leaf
from verb_phrases import TO, action, action_on

if TYPE_CHECKING:
    from phrases import Speaker
    from treebank import Sentence


def reported(speaker: Speaker) -> Tree:
    """Return "X said (that) ...", "..., X said" or "According to X, ..."."""
    inner = simple(speaker)
    draw = speaker.chance.random()
    if draw < 0.12:
        return quoted(speaker, inner)
    if draw < 0.25:
        said = speaker.in_tense("say", speaker.subject(), "past")
        return said.first("ccomp", inner.then("punct", comma()))
    if draw < 0.33:
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


def quoted(speaker: Speaker, inner: Tree) -> Tree:
    """Return "...," X said, with the words in quotation marks, or X said: "..."."""
    opening = leaf(speaker.one(('"', "“")), "PUNCT", "``")
    closing = leaf("”" if opening.text == "“" else '"', "PUNCT", "''", glued=True)
    said = speaker.in_tense("say", speaker.subject(), "past")
    inner = _as_quoted(inner).first("punct", opening)
    if speaker.often(0.7):
        return said.first("ccomp", inner.then("punct", comma()).then("punct", closing))
    colon = leaf(":", "PUNCT", ":", glued=True)
    return said.then("ccomp", inner.first("punct", colon).then("punct", closing))


def _as_quoted(tree: Tree) -> Tree:
    """Return the tree as after a quotation mark: a capital, and no space before it."""
    if not tree.before:
        return replace(tree, glued=True, text=tree.text[0].upper() + tree.text[1:])
    (dep, child), *others = tree.before
    return replace(tree, before=((dep, _as_quoted(child)), *others))


def question(speaker: Speaker) -> Tree:
    """Return "Will Canada lift tariffs", "Did they break the deal"."""
    word, tag = speaker.one(("will MD", "could MD", "should MD", "did VBD")).split()
    clause = action(speaker, "VB").first("nsubj", speaker.subject())
    return clause.first("aux", leaf(word, "AUX", tag))


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
    if speaker.often(0.15):
        second = replace(speaker.person(), plural=True)
        who = replace(who.then("conj", second.first("punct", comma())), plural=True)
    if speaker.often(0.35):
        return action(speaker, "VB").first("mark", TO).first("nsubj", who)
    clause = action_on(speaker, lambda base: speaker.in_tense(base, who, "present"))
    if speaker.often(0.2):
        says = speaker.in_tense(
            "say", leaf(speaker.one(lexicon.PERSONS), "PROPN", "NNP"), "present"
        )
        return says.then("ccomp", clause)
    return clause


def opened(speaker: Speaker, root: Tree) -> Tree:
    """Return the sentence with, now and then, a "But", "Meanwhile," or "On Friday" before it."""
    draw = speaker.chance.random()
    if draw < 0.03:
        return root.first("cc", leaf(speaker.one(("but", "and")), "CCONJ", "CC"))
    if draw < 0.06:
        word = speaker.one(("meanwhile", "however", "separately", "earlier", "now"))
        return root.first("punct", comma()).first("advmod", leaf(word, "ADV", "RB"))
    if draw < 0.14:
        label, when = speaker.adjunct() if speaker.often(0.7) else speaker.reason()
        return (root.first("punct", comma()) if speaker.often(0.7) else root).first(label, when)
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
    if draw < 0.88:
        return finished(question(speaker), stop="?")
    return finished(conditional(speaker))
