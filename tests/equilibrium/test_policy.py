"""Policies are built, added and read as they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

import numpy as np
import pytest

from parley.equilibrium import Policy
from parley.errors import InputError, LabelError
from parley.records import DutyCell, DutyTable
from parley.world import World

MakeWorld = Callable[..., World]


def table(basis: Literal["total", "additional"], **rates: float) -> DutyTable:
    cells = tuple(
        DutyCell(importer="E00", exporter=exporter, sector="S01", tariff=rate)
        for exporter, rate in rates.items()
    )
    return DutyTable(on=date(2025, 5, 14), basis=basis, cells=cells)


def test_set_and_add_are_two_verbs(make_world: MakeWorld) -> None:
    world = make_world(1)
    none = Policy.none(world)
    level = none.set_duty(importer="E00", exporter="E01", sector="S01", rate=0.3)
    points = none.add_duty(importer="E00", exporter="E01", sector="S01", rate=0.3)
    assert level.tariff(world.tariff)[0, 1, 1] == 0.3
    assert points.tariff(world.tariff)[0, 1, 1] == world.tariff[0, 1, 1] + 0.3
    both = level.add_duty(importer="E00", exporter="E01", sector="S01", rate=0.1)
    assert both.tariff(world.tariff)[0, 1, 1] == pytest.approx(0.4)


def test_sum_is_commutative_and_does_both(make_world: MakeWorld) -> None:
    world = make_world(1)
    first = Policy.none(world).set_duty(importer="E00", exporter=("E01", "E02"), rate=0.3)
    second = Policy.none(world).add_duty(importer=None, exporter="E01", rate=0.2)
    for policy in (first + second, second + first):
        tariff = policy.tariff(world.tariff)
        np.testing.assert_allclose(tariff[0, 1], 0.5)
        np.testing.assert_allclose(tariff[0, 2], 0.3)
        np.testing.assert_allclose(tariff[2, 1], world.tariff[2, 1] + 0.2)


def test_sum_of_two_levels_for_one_flow_is_refused(make_world: MakeWorld) -> None:
    world = make_world(1)
    first = Policy.none(world).set_duty(importer="E00", exporter="E01", rate=0.3)
    second = Policy.none(world).set_duty(importer="E00", exporter="E01", rate=0.4)
    with pytest.raises(InputError, match=r"duty of E00 on E01 in S00: 0.3 and 0.4"):
        first + second


def test_domestic_flows_carry_no_duty(make_world: MakeWorld) -> None:
    world = make_world(1)
    tariff = (
        Policy.none(world).set_duty(importer=None, exporter=None, rate=9.0).tariff(world.tariff)
    )
    assert np.all(tariff[np.arange(4), np.arange(4)] == 0.0)


def test_unknown_code_is_named(make_world: MakeWorld) -> None:
    with pytest.raises(LabelError, match="importer 'CHI' is not in this world"):
        Policy.none(make_world(1)).add_duty(importer="CHI", exporter="E01", rate=0.1)


def test_duty_below_minus_one_is_refused(make_world: MakeWorld) -> None:
    world = make_world(1)
    policy = Policy.none(world).add_duty(importer="E00", exporter="E01", rate=-1.5)
    with pytest.raises(InputError, match="must stay above -1"):
        policy.tariff(world.tariff)


def test_additional_tables_add_their_difference(make_world: MakeWorld) -> None:
    world = make_world(1)
    policy = Policy.from_duties(
        world, table("additional", E01=0.3, E02=0.1), table("additional", E01=1.45)
    )
    change = policy.tariff(world.tariff) - world.tariff
    assert change[0, 1, 1] == pytest.approx(1.15)
    assert change[0, 2, 1] == pytest.approx(-0.1)
    assert np.count_nonzero(change) == 2


def test_total_tables_set_what_differs(make_world: MakeWorld) -> None:
    world = make_world(1)
    policy = Policy.from_duties(
        world, table("total", E01=0.3, E02=0.1), table("total", E01=0.5, E02=0.1)
    )
    tariff = policy.tariff(world.tariff)
    assert tariff[0, 1, 1] == 0.5
    assert tariff[0, 2, 1] == world.tariff[0, 2, 1]


def test_tables_of_two_bases_are_refused(make_world: MakeWorld) -> None:
    with pytest.raises(InputError, match="build both with one basis"):
        Policy.from_duties(make_world(1), table("total", E01=0.3), table("additional", E01=0.5))


def test_total_that_is_lost_is_named(make_world: MakeWorld) -> None:
    with pytest.raises(InputError, match="E00 on E02 in S01"):
        Policy.from_duties(make_world(1), table("total", E01=0.3, E02=0.2), table("total", E01=0.5))
