"""The shipped world against the totals that its source's provenance note states."""

import numpy as np
import pytest

from parley import vocabulary, world
from parley.errors import InputError, LabelError


@pytest.fixture(scope="module")
def g20() -> world.World:
    return world.load("g20-2019")


def test_shape_and_labels(g20: world.World) -> None:
    assert (len(g20.economies), len(g20.sectors)) == (20, 20)
    assert g20.economies[-1] == "ROW"
    assert g20.goods == ("A", "B", "C")


@pytest.mark.parametrize(
    ("importer", "exporter", "all_bn", "goods_bn"),
    [("CHN", "USA", 184.5, 78.1), ("USA", "CHN", 415.5, 348.4)],
)
def test_bilateral_trade(
    g20: world.World, importer: str, exporter: str, all_bn: float, goods_bn: float
) -> None:
    flow = g20.trade()[g20.economy(importer), g20.economy(exporter)]
    assert flow.sum() / 1e3 == pytest.approx(all_bn, abs=0.05)
    goods = np.isin(g20.sectors, g20.goods)
    assert flow[goods].sum() / 1e3 == pytest.approx(goods_bn, abs=0.05)


def test_world_output(g20: world.World) -> None:
    assert g20.output.sum() / 1e6 == pytest.approx(170.74, abs=0.005)


@pytest.mark.parametrize(("code", "trillion"), [("USA", 20.85), ("CHN", 13.85), ("DEU", 3.62)])
def test_value_added_with_net_taxes_on_inputs(g20: world.World, code: str, trillion: float) -> None:
    before_duty = g20.without_duties().value_added[g20.economy(code)].sum()
    assert before_duty / 1e6 == pytest.approx(trillion, abs=0.005)


def test_three_sectors_are_empty(g20: world.World) -> None:
    assert g20.summary()["empty_sectors"] == "AUS T, CHN T, JPN T"


def test_us_duty_on_china_is_the_census_mean(g20: world.World) -> None:
    flow = g20.flows[g20.economy("USA"), g20.economy("CHN"), :3]
    duty = g20.tariff[g20.economy("USA"), g20.economy("CHN"), :3]
    assert (flow * duty).sum() / flow.sum() == pytest.approx(0.111, abs=0.002)


def test_summary_counts_trade_without_known_duty(g20: world.World) -> None:
    trade, goods = g20.trade(), np.isin(g20.sectors, g20.goods)
    unknown = trade[:, :, goods][~g20.tariff_known[:, :, goods]].sum()
    share = unknown / trade[:, :, goods].sum()
    assert g20.summary()["goods_trade_without_known_duty"] == pytest.approx(share)
    assert 0.79 < share < 0.82


def test_unknown_duties_are_zero(g20: world.World) -> None:
    assert not g20.tariff[~g20.tariff_known].any()


def test_credit_and_disclaimers_travel(g20: world.World) -> None:
    assert "OECD (2023)" in g20.source
    assert any("Golan Heights" in note for note in g20.notes)
    assert any("adaptation" in note for note in g20.notes)


def test_union_is_its_members(g20: world.World) -> None:
    assert world.economies_of(g20, "EUU") == ("DEU", "FRA", "ITA")
    assert "other 24 members" in world.party_notes(g20, "EUU")[0]


def test_party_without_economy_is_named(g20: world.World) -> None:
    with pytest.raises(LabelError, match="'VNM' has no economy"):
        world.economies_of(g20, "VNM")


def test_unknown_world_is_named() -> None:
    with pytest.raises(InputError, match=r"no world 'g21'.*g20-2019"):
        world.load("g21")


def test_union_has_the_members_that_the_vocabulary_knows() -> None:
    countries = world.load("countries-2023")
    assert set(world.economies_of(countries, "EUU")) == set(vocabulary.load().members("EUU"))


def test_all_partners_are_every_economy(g20: world.World) -> None:
    assert world.economies_of(g20, "WLD") == g20.economies
