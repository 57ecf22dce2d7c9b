"""How the weights of drafts are learned, on examples made up here."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "train_weights.py"


@pytest.fixture(scope="module")
def train() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_weights", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["train_weights"] = module
    spec.loader.exec_module(module)
    return module


def rows(train: ModuleType, name: str, *, right_with: float, right_without: float) -> list[object]:
    """Return forty examples, half of them with the feature, right as often as said."""
    return [
        train.Example(f"p{at % 8}", None, {"measure": 1.0, name: have}, at % 20 < 20 * share, 1.0)
        for have, share in ((1.0, right_with), (0.0, right_without))
        for at in range(20)
    ]


def test_feature_that_goes_with_right_drafts_gets_weight(train: ModuleType) -> None:
    assert (
        train.fit(rows(train, "measure: rate", right_with=0.9, right_without=0.3))["measure: rate"]
        > 0.5
    )


def test_feature_never_speaks_against_its_sense(train: ModuleType) -> None:
    learned = train.fit(rows(train, "engine: both", right_with=0.1, right_without=0.9))
    assert learned["engine: both"] == 0.0


def test_without_evidence_weights_stay_at_the_prior(train: ModuleType) -> None:
    prior = np.array([3.0, -1.0])
    found = train.newton(np.zeros((4, 2)), np.ones(4), np.ones(4), np.ones(2), prior)
    np.testing.assert_allclose(found, prior)


def test_page_is_weighed_without_its_own_examples(train: ModuleType) -> None:
    ours = rows(train, "measure: rate", right_with=0.9, right_without=0.3)
    odd = train.Example("odd", None, {"measure": 1.0, "measure: rate": 1.0}, False, 50.0)
    alone = train.left_out([*ours, odd])[-1]
    assert alone == pytest.approx(train.chance(train.fit(ours), odd.features))


def test_first_seen_examples_are_features_and_outcomes(train: ModuleType) -> None:
    stored = train.first_seen("full")
    assert len(stored) > 100
    assert 0.5 < np.mean([row.right for row in stored]) < 0.9
    assert all(row.proposed is None and row.weight == train.LATE for row in stored)
