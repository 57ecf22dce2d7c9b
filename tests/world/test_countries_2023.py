"""The world of 194 economies against the totals of its source."""

import numpy as np
import pytest

from parley import world
from parley.errors import LabelError


@pytest.fixture(scope="module")
def countries() -> world.World:
    return world.load("countries-2023")


def test_shape(countries: world.World) -> None:
    assert (len(countries.economies), countries.sectors) == (194, ("ALL",))


def test_trade_of_the_united_states(countries: world.World) -> None:
    trade, us = countries.trade()[:, :, 0], countries.economy("USA")
    assert trade[us].sum() / 1e3 == pytest.approx(2902.6, abs=0.05)
    assert trade[:, us].sum() / 1e3 == pytest.approx(1858.7, abs=0.05)
    assert trade[us, countries.economy("CHN")] / 1e3 == pytest.approx(440.5, abs=0.05)


def test_two_economies_buy_nothing_at_home(countries: world.World) -> None:
    home = countries.flows[:, :, 0].diagonal()
    assert [countries.economies[n] for n in np.flatnonzero(home == 0)] == ["GMB", "MHL"]


def test_margin_shares_are_those_of_the_paper(countries: world.World) -> None:
    share = world.attribute(countries, "margin_share")
    assert share[countries.economy("USA")] == pytest.approx(0.270471, abs=5e-7)
    assert share[countries.economy("DEU")] == pytest.approx(0.114335, abs=5e-7)


def test_spending_on_gdp_and_transfers_is_spent(countries: world.World) -> None:
    share = world.attribute(countries, "margin_share")
    gdp = world.attribute(countries, "gdp_usd_mn")
    trade = countries.trade()[:, :, 0]
    imports = trade.sum(axis=1)
    transfer = (1 - share) * (imports - trade.T @ (1 - share))
    spent = countries.flows[:, :, 0].sum(axis=1)
    np.testing.assert_allclose(spent, np.maximum(gdp + transfer, imports), rtol=1e-12)


def test_the_union_is_all_its_members(countries: world.World) -> None:
    assert len(world.economies_of(countries, "EUU")) == 27
    assert world.party_notes(countries, "EUU") == ()


def test_missing_column_is_named(countries: world.World) -> None:
    with pytest.raises(LabelError, match="no column 'population'"):
        world.attribute(countries, "population")


def test_world_without_a_table_is_named() -> None:
    with pytest.raises(LabelError, match="no table of economies ships beside world 'g20-2019'"):
        world.attribute(world.load("g20-2019"), "gdp_usd_mn")
