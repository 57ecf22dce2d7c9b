"""Scenarios: TOML in, a policy out, every fault with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parley import world as station
from parley.cli import main
from parley.equilibrium import (
    Policy,
    Uncertainty,
    read_scenario,
    scenario_elasticities,
    scenario_policy,
)
from parley.errors import ScenarioError

HEAD = 'world = "g20-2019"\n\n'
DUTY = '[[policy]]\nimporter = "USA"\nexporter = "CHN"\ninstrument = "duty_points"\nsetting = 0.3\n'
EXAMPLE = Path(__file__).parents[2] / "examples" / "truce-ends.toml"


def test_rows_become_a_policy() -> None:
    world = station.load("g20-2019")
    text = (
        HEAD
        + DUTY
        + '[[policy]]\nimporter = "EUU"\nexporter = "USA"\nsector = ["C"]\n'
        + 'instrument = "duty"\nsetting = 0.2\n'
        + '[[policy]]\nimporter = "USA"\nexporter = "CHN"\nsector = "B"\ninstrument = "cap"\n'
        + 'setting = 0.5\nrent = "exporter"\n'
        + '[[policy]]\nimporter = "all"\nexporter = "RUS"\nsector = "C"\ninstrument = "ban"\n'
    )
    policy = scenario_policy(read_scenario(text, name="x.toml"), world)
    tariff = policy.tariff(world.tariff)
    usa, chn = world.economy("USA"), world.economy("CHN")
    deu = world.economy("DEU")
    assert tariff[usa, chn, 0] == pytest.approx(world.tariff[usa, chn, 0] + 0.3)
    assert tariff[deu, usa, world.sector("C")] == 0.2
    assert policy.limits[0].share == 0.5
    assert policy.banned[0, usa, world.economy("RUS"), world.sector("C")]


def test_quotas_and_duties_per_unit_are_rows() -> None:
    world = station.load("g20-2019")
    flow = '[[policy]]\nimporter = "USA"\nexporter = "CHN"\nsector = "C"\n'
    text = (
        flow
        + 'instrument = "quota"\nvalue_usd_mn = 1e5\ndeflator = "importer_prices"\n'
        + flow
        + 'instrument = "specific_duty"\nsetting = 0.2\n'
    )
    policy = scenario_policy(read_scenario(text, name="x.toml"), world)
    (limit,) = policy.limits
    assert (limit.value_usd_mn, limit.deflator, limit.rent) == (1e5, "importer_prices", "importer")
    assert policy.specific_duty.sum() == 0.2


def test_limit_that_cannot_be_is_named_with_its_line() -> None:
    row = '[[policy]]\nimporter = "USA"\nexporter = "CHN"\ninstrument = "quota"\n'
    scenario = read_scenario(HEAD + row + "setting = -0.5\n", name="x.toml")
    with pytest.raises(ScenarioError, match="x.toml line 3: limit USA from CHN, all: -0.5"):
        scenario_policy(scenario, station.load("g20-2019"))


def test_uncertainty_and_variants_are_read() -> None:
    text = "scale = 0.1\nlabour_supply = 0.5\n" + DUTY
    text += '[uncertainty]\nscale = 0.3\nclosures = ["proportional", "balanced"]\n'
    scenario = read_scenario(text + "correlation = 0.5\n", name="x.toml")
    assert scenario.uncertainty == Uncertainty(
        scale=0.3, closures=("proportional", "balanced"), correlation=0.5
    )
    world = station.load("g20-2019")
    drawn = scenario_elasticities(scenario, world, "long")
    assert drawn.labour_supply == 0.5
    assert [drawn.scale[world.sector(code)] for code in ("C", "G")] == [0.1, 0.0]


def test_duties_from_the_record_are_not_left_out_in_silence() -> None:
    text = "from_record = { on = 2025-05-14, between = ['USA', 'CHN'] }\n"
    scenario = read_scenario(text, name="x.toml")
    assert scenario.from_record is not None
    assert scenario.from_record.between == ("USA", "CHN")
    world = station.load("g20-2019")
    with pytest.raises(ScenarioError, match="x.toml line 1: duties from the record"):
        scenario_policy(scenario, world)
    recorded = Policy.none(world).add_duty(importer="USA", exporter="CHN", rate=0.5)
    policy = scenario_policy(scenario, world, recorded=recorded)
    assert policy.duty_points.sum() == recorded.duty_points.sum()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (HEAD + "colour = 1\n" + DUTY, 3, "key 'colour' is unknown"),
        (HEAD + DUTY + "rate = 2\n", 8, "key 'rate' is unknown"),
        (HEAD + DUTY + DUTY.replace("0.3", '"much"'), 12, "setting is 'much'"),
        (HEAD + DUTY.replace("duty_points", "duties"), 6, "instrument is 'duties'"),
        ('closure = "open"\n' + DUTY, 1, "closure is 'open'"),
        (HEAD + DUTY.replace("setting = 0.3\n", ""), 6, "needs `setting`"),
        (HEAD + "from_record = { onn = 2025-05-14 }\n", 3, "key 'onn' is unknown"),
        (HEAD + "from_record = { known = 2025-05-14 }\n", 3, "from_record needs `on`"),
        (HEAD + '[from_record]\non = "14 May"\n', 4, "on is '14 May'; it must be a day"),
        (HEAD + DUTY + "[uncertainty]\nbase_duty = 0.1\ninputs = -1.0\n", 8, "inputs is -1.0"),
        (HEAD + DUTY + "[uncertainty]\ntrade = 0.1\n", 9, "key 'trade' is unknown"),
        (HEAD + DUTY + '[uncertainty]\ninputs = "wide"\n', 9, "inputs is 'wide'"),
    ],
)
def test_faults_are_named_with_their_line(text: str, line: int, said: str) -> None:
    with pytest.raises(ScenarioError, match=f"x.toml line {line}: ") as fault:
        read_scenario(text, name="x.toml")
    assert said in str(fault.value)


def test_unknown_economy_is_named_with_the_line_of_its_row() -> None:
    scenario = read_scenario(HEAD + DUTY.replace("CHN", "CHI"), name="x.toml")
    with pytest.raises(ScenarioError, match=r"x.toml line 3: .*'CHI'"):
        scenario_policy(scenario, station.load("g20-2019"))


def test_scenario_without_rows_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"no \[\[policy\]\] row"):
        read_scenario(HEAD, name="x.toml")


def test_value_prints_both_horizons(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["value", str(EXAMPLE), "--draws", "20", "--workers", "1"]) == 0
    shown = capsys.readouterr().out
    assert "long horizon" in shown
    assert "short horizon" in shown
    assert "20 draws, seed 20250609: trade elasticities" in shown
    assert "OECD" in shown


def test_value_as_json_holds_every_economy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["value", str(EXAMPLE), "--draws", "20", "--workers", "1", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    china = document["horizons"]["long"]["economies"]["CHN"]
    low, high = china["welfare_pct_interval"]
    assert low < china["welfare_pct"] < high < 0.0
    assert len(document["horizons"]["short"]["economies"]) == 20


def test_value_of_a_missing_file_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["value", "nowhere.toml"]) == 1
    assert "nowhere.toml: there is no such scenario file" in capsys.readouterr().err


def test_values_that_nest_too_deeply_are_refused() -> None:
    with pytest.raises(ScenarioError, match=r"deep\.toml: not a scenario"):
        read_scenario("a = " + "[" * 100_000, name="deep.toml")
