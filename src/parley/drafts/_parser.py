"""Grammatical trees of sentences: the shipped spaCy pipeline, or the user's own.

The shipped pipeline is one file of half-precision weights, pinned by its SHA-256 below; its licence
lies beside it. `scripts/train_parser` makes it from the treebanks and prints its scores.
spaCy is an extra: without it `available` says no, and the reader works by patterns alone.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from parley.drafts._labels import Arc, to_universal
from parley.drafts._lemmas import lemma
from parley.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

RESOURCE = "parser-en.bin"
SHA256 = "1df8f8d3123ada2307a247c065e577a6393584fb6f8a25e14e22d888460e9aff"
_TURN = Lock()  # a vocabulary has one memory zone at a time
NO_SPACY = 'The parser needs spaCy, which is not installed: `pip install "parley[parser]"`.'


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word of a sentence with its place in the tree.

    `start` and `end` are characters of the sentence that was given, half-open. `tag` is the Penn
    tag, `upos` the universal one; `head` is an index into the sentence's tokens, and a root is its
    own head.
    """

    text: str
    start: int
    end: int
    lower: str
    lemma: str
    upos: str
    tag: str
    head: int
    dep: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """The tree of one sentence, or trees where the parser saw several sentences in it."""

    text: str
    tokens: tuple[Token, ...]

    def roots(self) -> tuple[int, ...]:
        """Return the indices of the tokens that depend on none."""
        return tuple(i for i, token in enumerate(self.tokens) if token.head == i)

    def children(self, head: int, *deps: str) -> tuple[int, ...]:
        """Return the dependents of a token in order; only those with one of `deps` if given."""
        return tuple(
            i
            for i, token in enumerate(self.tokens)
            if token.head == head and i != head and (not deps or token.dep in deps)
        )

    def subtree(self, head: int) -> tuple[int, ...]:
        """Return a token and all that depends on it, in order."""
        return tuple(i for i in range(len(self.tokens)) if self._is_below(i, head))

    def _is_below(self, index: int, head: int) -> bool:
        while index != head and self.tokens[index].head != index:
            index = self.tokens[index].head
        return index == head


def available(model: str | None = None) -> bool:
    """Tell whether spaCy and the model are installed, without loading either.

    Parameters
    ----------
    model
        Name of an installed spaCy package or a path; None or empty for the shipped pipeline.
    """
    if importlib.util.find_spec("spacy") is None:
        return False
    if not model:
        return files("parley.drafts").joinpath("resources", RESOURCE).is_file()
    return (Path(model) / "meta.json").is_file() or _is_package(model)


def _is_package(name: str) -> bool:
    return name.isidentifier() and importlib.util.find_spec(name) is not None


def parse(sentences: Sequence[str], *, model: str | None = None) -> tuple[Parse, ...]:
    """Return one `Parse` a sentence, in order, with UD labels whatever the model's own are.

    Parameters
    ----------
    sentences
        Any number of sentences; they go through the pipeline in batches, so give a page's at once.
    model
        Name of an installed spaCy package or a path; None or empty for the shipped pipeline.

    Raises
    ------
    DataError
        When spaCy or the model is not installed, the model has no usable parser, or the shipped
        weights are damaged.
    """
    nlp = _pipeline(model or "")
    with _TURN, nlp.memory_zone():
        docs = nlp.pipe(_tokenized(nlp, text) for text in sentences)
        return tuple(_parse(text, doc) for text, doc in zip(sentences, docs, strict=True))


def _tokenized(nlp: Language, text: str) -> Doc:
    """Return the words of one sentence without the tokens that spaCy makes of white space."""
    from spacy.tokens import Doc

    rows = [(token.text, token.idx) for token in nlp.tokenizer(text) if not token.is_space]
    doc = Doc(
        nlp.vocab,
        words=[word for word, _ in rows],
        spaces=[_space_at(text, start + len(word)) for word, start in rows],
    )
    doc.user_data["starts"] = [start for _, start in rows]
    return doc


def _space_at(text: str, index: int) -> bool:
    return index < len(text) and text[index].isspace()


def _parse(text: str, doc: Doc) -> Parse:
    """Return the tree of a parsed document as plain values."""
    arcs = to_universal(
        [
            Arc(head=t.head.i, dep=t.dep_.lower(), tag=t.tag_, upos=t.pos_, lower=t.lower_)
            for t in doc
        ]
    )
    tokens = tuple(
        Token(
            text=word.text,
            start=start,
            end=start + len(word.text),
            lower=word.lower_,
            lemma=lemma(word.lower_, arc.tag),
            upos=arc.upos,
            tag=arc.tag,
            head=arc.head,
            dep=arc.dep,
        )
        for word, start, arc in zip(doc, doc.user_data["starts"], arcs, strict=True)
    )
    return Parse(text=text, tokens=tokens)


@cache
def _pipeline(model: str) -> Language:
    """Load a pipeline once a process."""
    if importlib.util.find_spec("spacy") is None:
        raise DataError(NO_SPACY)
    if not model:
        return _shipped()
    import spacy

    if not available(model):
        raise DataError(
            f"spaCy model {model!r} is neither an installed package nor a folder with meta.json. "
            f"Install it, or unset PARLEY_SPACY_MODEL to use the parser that Parley ships."
        )
    nlp = spacy.load(model, exclude=["ner", "lemmatizer", "textcat"])
    if missing := [name for name in ("parser", "tagger") if name not in nlp.pipe_names]:
        raise DataError(
            f"spaCy model {model!r} has no {' and no '.join(missing)}: choose one that has both, "
            f"such as en_core_web_sm, or unset PARLEY_SPACY_MODEL."
        )
    return nlp


def _shipped() -> Language:
    """Return the pipeline of the resource, after a check of its digest."""
    return unpacked(checked(files("parley.drafts").joinpath("resources", RESOURCE).read_bytes()))


def checked(content: bytes) -> bytes:
    """Return the resource's content if its digest is the pinned one, else raise `DataError`."""
    if (found := hashlib.sha256(content).hexdigest()) != SHA256:
        raise DataError(
            f"{RESOURCE} is damaged: its SHA-256 is {found}, not {SHA256}. Install Parley again."
        )
    return content


def unpacked(content: bytes) -> Language:
    """Return the pipeline that `scripts/train_parser` packed: configuration and weights.

    Weights are stored as float16 and computed with as float32; every float16 is a float32, so what
    is loaded is what was stored.
    """
    import srsly  # type: ignore[import-untyped]  # has no stubs
    from spacy.util import load_config_from_str, load_model_from_config

    stored: dict[str, Any] = srsly.msgpack_loads(content)  # Any: msgpack has no types
    nlp = load_model_from_config(load_config_from_str(stored["config"]))
    parts = {
        name: srsly.msgpack_dumps({**part, "model": _widened(part["model"])})
        for name, part in stored["pipes"].items()
    }
    nlp.from_bytes(
        srsly.msgpack_dumps({"tokenizer": stored["tokenizer"], **parts}), exclude=["vocab"]
    )
    for label in _labels(nlp):
        nlp.vocab.strings.add(label)
    return nlp


def _widened(model: dict[str, Any]) -> bytes:
    """Return the weights of one component as thinc reads them, in float32."""
    import numpy as np
    import srsly

    params = [
        {name: None if value is None else value.astype(np.float32) for name, value in node.items()}
        for node in model["params"]
    ]
    content: bytes = srsly.msgpack_dumps({**model, "params": params})
    return content


def _labels(nlp: Language) -> Iterable[str]:
    """Return every string that the pipeline writes on tokens."""
    for name in ("tagger", "parser"):
        pipe: Any = nlp.get_pipe(name)  # Any: spaCy types a pipe as a bare callable
        yield from pipe.labels
