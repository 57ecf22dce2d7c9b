"""From a scenario to a table, and to the policy of what is not on it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from parley import talks, world
from parley.equilibrium import read_scenario, scenario_policy, scenario_world
from parley.errors import InputError, ScenarioError
from parley.world import World

DUTIES = """
[[policy]]
importer = "USA"
exporter = "CHN"
sector = ["A", "B", "C"]
instrument = "duty_points"
setting = 0.3
without_deal = 1.45
from = "an order"

[[policy]]
importer = "CHN"
exporter = "USA"
sector = "C"
instrument = "duty_points"
setting = 0.1
bounds = [0.0, 0.5]

[[policy]]
importer = "USA"
exporter = "all"
sector = "C"
instrument = "duty_points"
setting = 0.05
"""
VISAS = """
[[table]]
name = "visas"
importer = "CHN"
exporter = "USA"
sector = "P"
use = "final"
instrument = "cap"
range = [0.2, 0.9]
from = "assumed"
"""


@pytest.fixture(scope="module")
def g20() -> World:
    return world.load("g20-2019")


def table(text: str, g20: World) -> talks.Table:
    scenario = read_scenario(text, name="x.toml")
    return talks.Table.from_scenario(scenario, g20, between=("USA", "CHN"))


def test_rows_between_the_two_are_instruments(g20: World) -> None:
    found = table(DUTIES, g20)
    assert found.parties == ("USA", "CHN")
    assert found.status_quo.settings == (0.3, 0.1)
    assert found.names == ("USA additional duty on CHN", "CHN additional duty on USA, C")
    assert found.bounds == ((0.0, 10.0), (0.0, 0.5))
    assert found.without_deal is not None
    assert found.without_deal.settings == (1.45, 0.1)
    assert found.instruments[0].source == "an order"


def test_table_and_what_lies_beside_it_make_the_policy_of_the_scenario(g20: World) -> None:
    scenario = read_scenario(DUTIES, name="x.toml")
    off = talks.beside(scenario, g20, between=("USA", "CHN"))
    found = table(DUTIES, g20)
    policy = found.policy(found.status_quo, g20, beside=off)
    whole = scenario_policy(scenario, g20)
    np.testing.assert_allclose(policy.tariff(g20.tariff), whole.tariff(g20.tariff))


def test_a_row_without_a_setting_is_unsized_and_no_part_of_the_policy(g20: World) -> None:
    found = table(DUTIES + VISAS, g20)
    (visas,) = found.unsized
    assert visas.instrument.owner == "USA"
    assert visas.span == (0.2, 0.9)
    assert visas.instrument.name == "visas"
    assert math.isinf(visas.instrument.setting)
    assert scenario_policy(read_scenario(DUTIES + VISAS, name="x.toml"), g20).limits == ()


def test_a_row_with_a_setting_is_an_instrument(g20: World) -> None:
    found = table(DUTIES + VISAS.replace("range = [0.2, 0.9]", "setting = 0.5"), g20)
    assert found.unsized == ()
    assert found.status_quo["visas"] == 0.5


def test_a_ban_belongs_to_the_importer_unless_the_row_says_otherwise(g20: World) -> None:
    ban = '[[policy]]\nimporter = "USA"\nexporter = "CHN"\nsector = "B"\ninstrument = "ban"\n'
    (one,) = table(ban, g20).instruments
    assert (one.kind, one.owner, one.setting) == ("import_ban", "USA", 1.0)
    (other,) = table(ban + 'owner = "CHN"\n', g20).instruments
    assert (other.kind, other.owner) == ("export_ban", "CHN")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (DUTIES + VISAS.replace('"CHN"', '"IND"'), 26, "not between USA and CHN"),
        (DUTIES + VISAS.replace("0.2, 0.9", "0.9, 0.2"), 33, "must be two numbers"),
        (DUTIES + VISAS.replace("range", "band"), 33, "key 'band' is unknown"),
        (DUTIES.replace("bounds = [0.0, 0.5]", "range = [0.0, 0.5]"), 17, "key 'range' is unknown"),
        (DUTIES.replace("setting = 0.1", "setting = nan"), 11, "nan is no setting"),
    ],
)
def test_faults_are_named_with_their_line(text: str, line: int, said: str, g20: World) -> None:
    with pytest.raises((ScenarioError, InputError), match=f"x.toml line {line}: .*{said}"):
        table(text, g20)


def test_a_scenario_with_nothing_between_the_two_is_refused(g20: World) -> None:
    with pytest.raises(InputError, match="no row is between USA and CHN"):
        table(DUTIES.replace('"CHN"', '"IND"'), g20)


def test_a_scenario_carves_its_choke_points() -> None:
    carve = '\n[[carve]]\nname = "magnets"\nelasticity = 0.1\nshare = { USA = 0.0 }\n'
    scenario = read_scenario('world = "g20-detail"\n' + DUTIES + carve, name="x.toml")
    assert "magnets" in scenario_world(scenario).sectors
    lacking = read_scenario(
        'world = "g20-detail"\n' + DUTIES + carve.replace("elasticity = 0.1\n", ""), name="x.toml"
    )
    with pytest.raises(ScenarioError, match="x.toml line 27: .*no published elasticity"):
        scenario_world(lacking)
