"""A critical product carved out of a sector."""

from dataclasses import replace

import numpy as np
import pytest

from parley import world
from parley.errors import DataError, LabelError


@pytest.fixture(scope="module")
def detail() -> world.World:
    return world.load("g20-detail")


@pytest.fixture(scope="module")
def magnets() -> world.ChokePoint:
    return world.choke_point("magnets", elasticity=0.1, share={"USA": 0.0})


def test_merged_again_nothing_has_changed(detail: world.World, magnets: world.ChokePoint) -> None:
    merged = detail.carve(magnets).aggregate(sectors={"magnets": "c14"})
    assert merged.sectors == detail.sectors
    for name in ("final", "intermediate", "input_use", "value_added", "tariff"):
        np.testing.assert_allclose(
            getattr(merged, name), getattr(detail, name), rtol=1e-10, atol=1e-9
        )


def test_share_of_the_exporter_is_its_part_of_all_sales(
    detail: world.World, magnets: world.ChokePoint
) -> None:
    carved = detail.carve(magnets)
    china, us = carved.economy("CHN"), carved.economy("USA")
    flow = carved.flows[us, china]
    before = detail.flows[us, china, detail.sector("c14")]
    assert flow[carved.sector("magnets")] == pytest.approx(magnets.share["CHN"] * before)
    assert flow[carved.sector("magnets")] + flow[carved.sector("c14")] == pytest.approx(before)


def test_what_the_users_do_not_buy_is_left_out_and_told(
    detail: world.World, magnets: world.ChokePoint
) -> None:
    wide = replace(magnets, share=dict.fromkeys(detail.economies, 0.9))
    carved = detail.carve(wide)
    assert (carved.flows >= 0).all()
    assert "more did not fit in what they buy" in carved.notes[-1]
    assert "(0 more" in detail.carve(magnets).notes[-1]


def test_only_the_users_use_it(detail: world.World, magnets: world.ChokePoint) -> None:
    carved = detail.carve(magnets)
    use = carved.input_use[carved.economy("DEU"), carved.sector("magnets")]
    users = {code for code, value in zip(carved.sectors, use, strict=True) if value > 0}
    assert users == {"c13", "c14", "c15", "magnets"}


def test_elasticity_holds_for_the_users_in_both_horizons(
    detail: world.World, magnets: world.ChokePoint
) -> None:
    carved = detail.carve(magnets)
    for horizon in (carved.elasticities, carved.elasticities_short):
        assert horizon.inputs[carved.sector("c15")] == 0.1
    assert carved.elasticities.inputs[carved.sector("c9")] == 1.0
    assert carved.elasticities.trade[carved.sector("magnets")] == pytest.approx(9.63)


def test_final_users_buy_vehicles(detail: world.World) -> None:
    share = {"USA": 0.3}
    carved = detail.carve(world.choke_point("vehicles", elasticity=0.5, share=share))
    us, japan = carved.economy("USA"), carved.economy("JPN")
    vehicles = carved.final[us, japan, carved.sector("vehicles")]
    rest = carved.final[us, japan, carved.sector("c15")]
    assert vehicles / (vehicles + rest) == pytest.approx(0.7392, abs=1e-3)


def test_no_published_elasticity_is_an_error_that_asks_for_one(detail: world.World) -> None:
    with pytest.raises(DataError, match="no published elasticity of substitution"):
        detail.carve(world.choke_point("advanced-chips", share={"USA": 0.1}))


def test_no_published_share_is_an_error_that_asks_for_one(detail: world.World) -> None:
    with pytest.raises(DataError, match="no published share of c14 for USA"):
        detail.carve(world.choke_point("magnets", elasticity=0.1))


def test_world_without_the_parent_is_named() -> None:
    choke = world.choke_point("magnets", elasticity=0.1, share={"USA": 0.0})
    with pytest.raises(LabelError, match="sector 'c14' is not in world 'g20-2019'"):
        world.load("g20-2019").carve(choke)


def test_neighbours_move_one_number_at_a_time(magnets: world.ChokePoint) -> None:
    around = magnets.around()
    assert around["share x 2"].share["CHN"] == pytest.approx(2 * magnets.share["CHN"])
    assert around["share x 2"].elasticity == magnets.elasticity
    assert around["elasticity x 0.5"].elasticity == 0.05
    assert around["elasticity x 0.5"].share == magnets.share


def test_note_says_what_it_rests_on(detail: world.World, magnets: world.ChokePoint) -> None:
    assert "Results rest on these two numbers" in detail.carve(magnets).notes[-1]
    assert "US imports of 2024" in detail.carve(magnets).notes[-1]


def test_unknown_choke_point_is_named() -> None:
    with pytest.raises(LabelError, match="no choke point 'helium': there are magnets"):
        world.choke_point("helium")
