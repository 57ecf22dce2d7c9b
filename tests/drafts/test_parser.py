"""The shipped parser: its file, its interface, and the clauses that it must get right."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.drafts import _parser
from parley.drafts._parser import Parse, available, parse
from parley.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

needs_spacy = pytest.mark.skipif(
    importlib.util.find_spec("spacy") is None, reason="spaCy is not installed: parley[parser]"
)
RESOURCES = files("parley.drafts").joinpath("resources")


def roles(tree: Parse, verb: str) -> dict[str, str]:
    """Return the dependents of a verb by label, each by its own word."""
    head = next(i for i, token in enumerate(tree.tokens) if token.text == verb)
    return {tree.tokens[i].dep: tree.tokens[i].text for i in tree.children(head)}


def one(sentence: str) -> Parse:
    (tree,) = parse([sentence])
    return tree


def test_resource_is_the_pinned_one_and_small() -> None:
    content = RESOURCES.joinpath(_parser.RESOURCE).read_bytes()
    assert hashlib.sha256(content).hexdigest() == _parser.SHA256
    assert len(content) <= 10_000_000


def test_weights_have_their_own_licence_with_attribution() -> None:
    text = RESOURCES.joinpath("LICENSE-parser.md").read_text(encoding="utf-8")
    assert "CC BY-SA 4.0" in text
    assert "English Web Treebank" in text
    assert "GUM" in text


def test_damaged_weights_are_refused() -> None:
    content = bytearray(RESOURCES.joinpath(_parser.RESOURCE).read_bytes())
    content[len(content) // 2] ^= 1
    with pytest.raises(DataError, match=r"parser-en\.bin is damaged"):
        _parser.checked(bytes(content))


@needs_spacy
def test_weights_are_what_was_stored() -> None:
    import numpy as np

    model = _parser._pipeline("").get_pipe("tok2vec").model
    params = [
        n.get_param(name) for n in model.walk() for name in n.param_names if n.has_param(name)
    ]
    assert sum(param.size for param in params) > 1_000_000
    for param in params:
        assert param.dtype == np.float32
        np.testing.assert_array_equal(param, param.astype(np.float16).astype(np.float32))


@needs_spacy
@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Canada imposed tariffs on steel.", "imposed", {"nsubj": "Canada", "obj": "tariffs"}),
        ("Beijing relaxed tariffs.", "relaxed", {"nsubj": "Beijing", "obj": "tariffs"}),
        (
            "The two sides temporarily relaxed tariffs.",
            "relaxed",
            {"nsubj": "sides", "obj": "tariffs"},
        ),
        (
            "China will send Lifeng to London on Monday.",
            "send",
            {"nsubj": "China", "obj": "Lifeng"},
        ),
        (
            "Norway agreed to lift the ban on salmon.",
            "agreed",
            {"nsubj": "Norway", "xcomp": "lift"},
        ),
        ("Mexico threatened to tax corn.", "threatened", {"nsubj": "Mexico", "xcomp": "tax"}),
        (
            "Tariffs on steel were imposed by Canada.",
            "imposed",
            {"nsubj:pass": "Tariffs", "obl:agent": "Canada"},
        ),
        (
            "Japan accused Korea of walking back from the deal.",
            "accused",
            {"nsubj": "Japan", "obj": "Korea", "advcl": "walking"},
        ),
    ],
)
def test_trade_clause_has_its_roles(sentence: str, verb: str, expected: dict[str, str]) -> None:
    found = roles(one(sentence), verb)
    assert {dep: found.get(dep) for dep in expected} == expected


@needs_spacy
def test_imposition_by_one_on_another_is_a_noun_with_cases() -> None:
    tree = one("The imposition of tariffs by India on steel angered Japan.")
    found = roles(tree, "angered")
    assert (found["nsubj"], found["obj"]) == ("imposition", "Japan")
    tariffs = next(t for t in tree.tokens if t.text == "tariffs")
    assert tree.tokens[tariffs.head].text == "imposition"


@needs_spacy
def test_offsets_are_those_of_the_sentence_as_given() -> None:
    sentence = "  Canada\timposed 25% tariffs  on U.S. steel. "
    tree = one(sentence)
    assert tree.text == sentence
    assert [sentence[t.start : t.end] for t in tree.tokens] == [t.text for t in tree.tokens]
    assert "".join(t.text for t in tree.tokens) == "".join(sentence.split())


@needs_spacy
@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_gives_trees_over_its_own_characters(sentences: list[str]) -> None:
    trees = parse(sentences)
    assert [tree.text for tree in trees] == sentences
    for tree in trees:
        for index, token in enumerate(tree.tokens):
            assert tree.text[token.start : token.end] == token.text
            assert index in tree.subtree(token.head)
        assert bool(tree.roots()) == bool(tree.tokens)


@needs_spacy
def test_no_sentences_give_no_trees_and_an_empty_one_has_no_tokens() -> None:
    assert parse([]) == ()
    assert [tree.tokens for tree in parse(["", " \n"])] == [(), ()]


@needs_spacy
def test_a_sentence_parses_alike_alone_and_in_a_batch() -> None:
    sentences = [f"Party {name} cut duties on goods from Peru." for name in "ABCDEFGH"]
    assert parse(sentences) == tuple(one(sentence) for sentence in sentences)


@needs_spacy
def test_verbs_come_with_their_lemma_and_penn_tag() -> None:
    imposed = one("Canada imposed duties.").tokens[1]
    assert (imposed.lemma, imposed.tag, imposed.upos) == ("impose", "VBD", "VERB")


@needs_spacy
def test_the_users_model_is_used_where_it_is_named(tmp_path: Path) -> None:
    _parser._pipeline("").to_disk(tmp_path / "own")
    own = str(tmp_path / "own")
    assert available(own)
    assert parse(["Canada imposed tariffs."], model=own) == parse(["Canada imposed tariffs."])


@needs_spacy
def test_unknown_model_is_named_with_the_remedy() -> None:
    assert not available("xx_no_such_model")
    with pytest.raises(DataError, match=r"'xx_no_such_model'.*PARLEY_SPACY_MODEL"):
        parse(["Canada imposed tariffs."], model="xx_no_such_model")


@needs_spacy
def test_model_without_parser_is_refused(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(DataError, match="has no parser and no tagger"):
        parse(["Canada imposed tariffs."], model=str(tmp_path))


def test_without_spacy_the_error_names_the_extra() -> None:
    program = (
        "import sys; sys.modules['spacy'] = None\n"
        "from parley.drafts._parser import available, parse\n"
        "from parley.errors import DataError\n"
        "assert not available()\n"
        "try: parse(['Canada imposed tariffs.'])\n"
        "except DataError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ
    )
    assert "parley[parser]" in done.stdout


def test_importing_the_parser_loads_neither_spacy_nor_numpy() -> None:
    program = (
        "import sys, parley.drafts._parser\n"
        "print(sorted({'spacy', 'numpy', 'thinc'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "[]"
