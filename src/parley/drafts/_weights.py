"""How likely a draft is right: logistic in its features, with weights learned from annotated pages.

`scripts/train_weights.py` makes the weights; `bench/calibration.py` shows how reliable they are on
pages left out. There is one set for the patterns alone and one for both engines.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

RESOURCE = "weights.json"
Readers: TypeAlias = Literal["patterns", "full"]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature, and the probability from which on a draft is given."""

    by_feature: Mapping[str, float]
    least: float

    def chance(self, features: Mapping[str, float]) -> float:
        """Return the probability that a draft with these features is right."""
        score = sum(self.by_feature.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-score))


@cache
def weights(readers: Readers) -> Weights:
    """Return the weights for drafts of the patterns alone, or of both engines."""
    text = files("parley.drafts").joinpath("resources", RESOURCE).read_text(encoding="utf-8")
    stored = json.loads(text)[readers]
    return Weights(stored["weights"], stored["least"])
