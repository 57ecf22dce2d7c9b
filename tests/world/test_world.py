"""Laws of accounts: closing, duties, merging, balancing, hashing, drawing."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import world
from parley.errors import DataError, LabelError
from parley.world._accounts import close_accounts

LABELS = (
    "name",
    "year",
    "economies",
    "sectors",
    "sector_titles",
    "goods",
    "elasticities",
    "elasticities_short",
    "source",
    "licence",
)
CODES = ("USA", "CHN", "ROW")
SECTORS = ("A", "C", "G")


def small_world(seed: int = 0, *, tariff: bool = True, equal: bool = False) -> world.World:
    """Return a random 3 x 3 world whose inputs take at most half of sales.

    With `equal`, final and intermediate buyers have the same suppliers.
    """
    rng = np.random.default_rng(seed)
    intermediate = rng.uniform(1, 10, (3, 3, 3))
    final = rng.uniform(10, 40, (3, 3, 3))
    if equal:
        final = intermediate * rng.uniform(20, 30, (3, 1, 3))
    split = rng.dirichlet(np.ones(3), (3, 3))
    duty = rng.uniform(0, 0.3, (3, 3, 3)) * (tariff * (1 - np.eye(3)))[:, :, None]
    duty[:, :, 2] = 0
    return close_accounts(
        final=final,
        intermediate=intermediate,
        input_use=intermediate.sum(axis=1)[:, :, None] * split,
        tariff=duty,
        tariff_known=np.ones((3, 3, 3), dtype=bool),
        name="small",
        year=2020,
        economies=CODES,
        sectors=SECTORS,
        sector_titles=SECTORS,
        goods=("A", "C"),
        elasticities=world.published(SECTORS, horizon="long"),
        elasticities_short=world.published(SECTORS, horizon="short"),
        source="made for a test",
        licence="none",
    )


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_income_equals_spending_less_deficit(seed: int) -> None:
    small = small_world(seed)
    paid = (small.final * (1 + small.tariff)).sum(axis=(1, 2))
    np.testing.assert_allclose(small.income + small.trade_deficit, paid, rtol=1e-12)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_duties_off_and_on_again_change_nothing(seed: int) -> None:
    small = small_world(seed)
    again = small.without_duties().with_tariff(small.tariff, known=small.tariff_known)
    np.testing.assert_allclose(again.input_use, small.input_use, rtol=1e-12)
    np.testing.assert_allclose(again.value_added, small.value_added, rtol=1e-12)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_merging_keeps_every_total(seed: int) -> None:
    small = small_world(seed)
    merged = small.aggregate(economies={"CHN": "ROW"}, sectors={"A": "goods", "C": "goods"})
    assert merged.economies == ("USA", "ROW")
    assert merged.sectors == ("goods", "G")
    assert merged.goods == ("goods",)
    for name in ("final", "intermediate", "output", "duty_revenue"):
        assert getattr(merged, name).sum() == pytest.approx(getattr(small, name).sum())
    assert merged.trade_deficit[0] == pytest.approx(small.trade_deficit[0])
    np.testing.assert_allclose(
        merged.without_duties().value_added.sum(axis=1)[0],
        small.without_duties().value_added.sum(axis=1)[0],
    )


@given(seed=st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_balanced_world_has_no_deficit_and_keeps_shares(seed: int) -> None:
    small = small_world(seed)
    even = small.balanced()
    assert np.abs(even.trade_deficit).max() < 1e-10 * even.output.sum()
    assert even.value_added.sum() == pytest.approx(small.value_added.sum())
    share = small.flows / small.flows.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(even.flows / even.flows.sum(axis=1, keepdims=True), share)


def test_balancing_a_balanced_world_changes_nothing() -> None:
    even = small_world().balanced()
    np.testing.assert_allclose(even.balanced().flows, even.flows, rtol=1e-9)


def test_hash_depends_on_numbers_and_labels() -> None:
    small = small_world()
    assert small.content_hash == small_world().content_hash
    assert small.content_hash != replace(small, year=2021).content_hash
    assert small.content_hash != small.without_duties().content_hash


def test_bundle_round_trip(tmp_path: Path) -> None:
    small = small_world()
    world.save(small, tmp_path / "small.npz")
    assert world.load(tmp_path / "small.npz").content_hash == small.content_hash


def test_arrays_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        small_world().final[0, 0, 0] = 1.0


def test_gap_in_the_accounts_is_named_with_its_amount() -> None:
    small = small_world()
    value_added = small.value_added.copy()
    value_added[1, 2] += 5
    with pytest.raises(DataError, match=r"sales of CHN G .* by 5 USD million; 1 of 9 accounts"):
        replace(small, value_added=value_added)


def test_nan_is_named() -> None:
    small = small_world()
    final = small.final.copy()
    final[0, 1, 2] = np.nan
    with pytest.raises(DataError, match="final is nan at USA x CHN x G"):
        replace(small, final=final)


def test_wrong_shape_is_named() -> None:
    with pytest.raises(LabelError, match="final has shape"):
        replace(small_world(), final=np.ones((2, 2, 3)))


def test_repeated_label_is_named() -> None:
    with pytest.raises(LabelError, match="economy 'USA' appears twice"):
        replace(small_world(), economies=("USA", "USA", "ROW"))


def test_duty_without_a_source_is_refused() -> None:
    small = small_world()
    known = np.zeros_like(small.tariff_known)
    with pytest.raises(DataError, match=r"duty of USA on CHN in A .* not known"):
        small.with_tariff(small.tariff, known=known)


def test_merging_an_unknown_code_is_named() -> None:
    with pytest.raises(LabelError, match="'JPN' cannot be merged"):
        small_world().aggregate(economies={"JPN": "ROW"})


def test_frame_holds_every_flow() -> None:
    small = small_world()
    frame = small.to_frame()
    assert len(frame) == 27
    assert frame["final_usd_mn"].sum() == pytest.approx(small.final.sum())


def test_dataset_is_labelled() -> None:
    small = small_world()
    cell = small.to_xarray()["final"].sel(importer="USA", exporter="CHN", sector="A")
    assert float(cell) == small.final[0, 1, 0]


def test_draws_have_the_published_mean_and_spread() -> None:
    long = world.published(("A", "C", "G"), horizon="long")
    rng = np.random.default_rng(7)
    draws = np.array([long.draw(rng).trade for _ in range(5_000)])
    np.testing.assert_allclose(draws.mean(axis=0), long.trade, rtol=0.02)
    np.testing.assert_allclose(draws.std(axis=0), long.trade_se, rtol=0.06)
    assert (draws > 0).all()


def test_sectors_of_one_estimate_are_drawn_together() -> None:
    drawn = world.published(("A", "C", "G"), horizon="long").draw(np.random.default_rng(3))
    assert drawn.trade[1] == drawn.trade[2] != drawn.trade[0]


def test_full_correlation_moves_all_estimates_alike() -> None:
    long = world.published(("A", "B", "C"), horizon="long")
    drawn = long.draw(np.random.default_rng(3), correlation=1.0)
    spread = np.sqrt(np.log1p((long.trade_se / long.trade) ** 2))
    steps = (np.log(drawn.trade / long.trade) + spread**2 / 2) / spread
    np.testing.assert_allclose(steps, steps[0])


def test_sector_without_estimate_is_named() -> None:
    with pytest.raises(LabelError, match="sector 'Z9' has no published elasticity"):
        world.published(("Z9",), horizon="long")


@given(seed=st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_shares_give_the_world_back(seed: int) -> None:
    small = small_world(seed, equal=True)
    paid = small.flows * (1 + small.tariff)
    final = (small.final * (1 + small.tariff)).sum(axis=1)
    again = world.from_shares(
        trade_share=paid / paid.sum(axis=1, keepdims=True),
        input_share=small.input_use / small.output[:, None, :],
        final_share=final / final.sum(axis=1, keepdims=True),
        value_added=small.value_added.sum(axis=1),
        duties=(small.tariff, small.tariff_known),
        **{name: getattr(small, name) for name in LABELS},
    )
    np.testing.assert_allclose(again.flows, small.flows, rtol=1e-9)
    np.testing.assert_allclose(again.value_added, small.value_added, rtol=1e-9)


def emptied() -> world.World:
    """Return the small world in which CHN produces nothing in G."""
    small = small_world(tariff=False)
    final, intermediate = small.final.copy(), small.intermediate.copy()
    final[:, 1, 2] = intermediate[:, 1, 2] = 0
    left = intermediate.sum(axis=1) / small.intermediate.sum(axis=1)
    use = small.input_use * left[:, :, None]
    moved = use[1, :, 2].copy()
    use[1, :, 2] = 0
    use[1, :, 0] += moved
    return close_accounts(
        final=final,
        intermediate=intermediate,
        input_use=use,
        tariff=small.tariff,
        tariff_known=small.tariff_known,
        **{name: getattr(small, name) for name in LABELS},
    )


def test_a_sector_without_output_stays_empty_through_every_operation() -> None:
    small = emptied()
    assert small.summary()["empty_sectors"] == "CHN G"
    for changed in (small.balanced(), small.without_duties(), small.aggregate(sectors={"A": "C"})):
        assert changed.output[1, changed.sector("G")] == 0
        assert changed.value_added[1, changed.sector("G")] == 0
        assert np.isfinite(changed.flows).all()
