"""Pack a trained pipeline into the one file that the package ships, at half precision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import srsly
from thinc.api import Config

if TYPE_CHECKING:
    from spacy.language import Language


def packed(nlp: Language) -> bytes:
    """Return configuration, tokenizer and components; float32 weights become float16.

    The words that were seen in training are left out: the hashes of the embedding need none of
    them, and labels are written again when the file is read.
    """
    stored = srsly.msgpack_loads(nlp.to_bytes(exclude=["vocab"]))
    config = Config({key: nlp.config[key] for key in ("nlp", "components")})
    pipes = {name: _component(stored[name]) for name in nlp.pipe_names}
    content: bytes = srsly.msgpack_dumps(
        {"config": config.to_str(), "tokenizer": stored["tokenizer"], "pipes": pipes}
    )
    return content


def _component(content: bytes) -> dict[str, Any]:  # Any: msgpack has no types
    part: dict[str, Any] = srsly.msgpack_loads(content)
    model: dict[str, Any] = srsly.msgpack_loads(part["model"])
    params = [
        {name: None if value is None else _halved(value) for name, value in node.items()}
        for node in model["params"]
    ]
    return {**part, "model": {**model, "params": params}}


def _halved(value: np.ndarray[Any, np.dtype[np.float32]]) -> np.ndarray[Any, np.dtype[np.float16]]:
    half = value.astype(np.float16)
    if not np.isfinite(half).all():
        raise ValueError(f"a weight of {np.abs(value).max():g} does not fit into float16")
    return half
