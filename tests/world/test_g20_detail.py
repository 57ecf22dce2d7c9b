"""The detailed world keeps the OECD table of 2019 cell by cell."""

import numpy as np
import pytest

from parley import world
from parley.errors import InputError
from parley.world._reshape import input_use_before_duty

INDUSTRIES = {f"c{number}": "C" for number in range(3, 17)}


@pytest.fixture(scope="module")
def detail() -> world.World:
    return world.load("g20-detail")


@pytest.fixture(scope="module")
def partners() -> world.World:
    return world.load("g20-detail", bilateral=2023)


def test_shape(detail: world.World) -> None:
    assert (len(detail.economies), len(detail.sectors), len(detail.goods)) == (20, 33, 16)


def test_merged_again_it_is_the_aggregate_world(detail: world.World) -> None:
    g20, merged = world.load("g20-2019"), detail.aggregate(sectors=INDUSTRIES)
    assert merged.sectors == g20.sectors
    np.testing.assert_allclose(merged.final, g20.final, rtol=1e-10)
    np.testing.assert_allclose(merged.intermediate, g20.intermediate, rtol=1e-10)
    np.testing.assert_allclose(
        input_use_before_duty(merged), input_use_before_duty(g20), rtol=1e-10
    )


def test_every_industry_of_every_economy_has_output(detail: world.World) -> None:
    assert (detail.output[:, [code in INDUSTRIES for code in detail.sectors]] > 0).all()


def test_us_duties_differ_by_industry(detail: world.World) -> None:
    duty = detail.tariff[detail.economy("USA"), detail.economy("CHN")]
    assert duty[detail.sector("c14")] == pytest.approx(0.064, abs=0.001)
    assert duty[detail.sector("c15")] == pytest.approx(0.234, abs=0.001)


def test_partners_of_2023_keep_every_margin(detail: world.World, partners: world.World) -> None:
    np.testing.assert_allclose(partners.output, detail.output, rtol=1e-11)
    for use in ("final", "intermediate"):
        before, after = getattr(detail, use).sum(axis=1), getattr(partners, use).sum(axis=1)
        np.testing.assert_allclose(after, before, rtol=1e-10)
    services = ~np.isin(detail.sectors, detail.goods)
    np.testing.assert_array_equal(partners.flows[:, :, services], detail.flows[:, :, services])


def test_partners_of_2023_lower_the_share_of_china_in_us_imports(
    detail: world.World, partners: world.World
) -> None:
    goods = np.isin(detail.sectors, detail.goods)
    share = []
    for each in (detail, partners):
        imports = each.trade()[each.economy("USA")][:, goods].sum(axis=1)
        share.append(imports[each.economy("CHN")] / imports.sum())
    assert share[0] == pytest.approx(0.189, abs=0.001)
    assert share[1] == pytest.approx(0.147, abs=0.001)


def test_variant_that_does_not_exist_is_named() -> None:
    with pytest.raises(InputError, match="no world 'g20-2019-bilateral-2023'"):
        world.load("g20-2019", bilateral=2023)
