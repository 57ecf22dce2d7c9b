"""The confidence of a draft: how often drafts of its kind and strength were right.

`bench/calibration.py` prints the weights, fitted on annotated pages, and how reliable they are on
pages left out.
"""

from __future__ import annotations

import math

KINDS = ("round", "commitment", "accusation", "measure", "statement", "figure")
_INTERCEPT = dict(zip(KINDS, (1.14, -0.06, 0.58, 0.41, 2.18, 1.64), strict=True))
_SLOPE = 1.74


def confidence(kind: str, strength: float) -> float:
    """Return the probability that a draft is right.

    Parameters
    ----------
    kind
        Type of the record; an assessment counts as its commitment.
    strength
        How directly the text says it, 0 to 1, by the rule that fired.
    """
    kind = "commitment" if kind == "assessment" else kind
    return 1.0 / (1.0 + math.exp(-_INTERCEPT[kind] - _SLOPE * (strength - 0.6)))
