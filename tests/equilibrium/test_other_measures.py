"""Real GDP, balances, diversion, and the packages of 2025 beside published estimates."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from parley.cli import main
from parley.cli._bands import Row, compare
from parley.equilibrium import Policy, real_gdp_hat, solve, trade_diverted
from parley.equilibrium.published import Cell
from parley.world import World

MakeWorld = Callable[..., World]


@pytest.mark.slow
def test_every_estimate_is_in_its_band_or_has_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replicate", "bands", "--json"]) == 0
    figures = {row["id"]: row for row in json.loads(capsys.readouterr().out)["figures"]}
    assert not any(row["faults"] for row in figures.values())
    assert figures["gdp-april"]["parley"] < figures["gdp-may"]["parley"] < 0.0
    assert figures["rate-may"]["parley"] < figures["rate-april"]["parley"]
    assert figures["share-may"]["parley"] < figures["share-base"]["parley"]
    inside = {name for name, row in figures.items() if row["in_band"]}
    assert {"rate-april", "rate-may", "gdp-april", "gdp-may", "share-may"} <= inside
    assert {"trade-short", "rate-may-short"} <= inside


def row(value: float, *, reason: str = "", faults: tuple[str, ...] = ()) -> Row:
    said = {"low": "1", "high": "2", "reason": reason}
    return Row(said=said, value=value, faults=faults)


def test_level_outside_its_band_fails_until_a_reason_is_given() -> None:
    assert row(3.0).fails
    assert not row(3.0, reason="other elasticities").fails
    assert not row(1.5).fails


def test_no_reason_excuses_a_wrong_sign() -> None:
    assert row(1.5, reason="other elasticities", faults=("the sign differs",)).fails


def test_wrong_sign_and_order_are_found() -> None:
    figures = {
        ("base year", "before", "China's share of US goods imports"): 14.0,
        ("12 May 2025", "long", "China's share of US goods imports"): 15.0,
    }
    for package in ("15 April 2025", "12 May 2025"):
        for horizon in ("before", "long", "short"):
            figures[package, horizon, "average US duty"] = 20.0
            figures[package, horizon, "US real GDP"] = 0.1
            figures[package, horizon, "US-China goods trade"] = -80.0
    cells = [
        Cell(table=table, scenario=horizon, who="USA", variable=variable, value=value)
        for (table, horizon, variable), value in figures.items()
    ]
    faults = {found.said["id"]: found.faults for found in compare(cells)}
    assert faults["gdp-may"] == ("the sign differs",)
    assert faults["share-may"] == ("not below share-base",)
    assert faults["trade-short"] == ()


def test_real_gdp_stays_without_a_shock(make_world: MakeWorld) -> None:
    world = make_world(1)
    still = real_gdp_hat(solve(world, Policy.none(world)))
    np.testing.assert_allclose(still, 1.0, atol=1e-9)


def test_small_duty_moves_real_gdp_by_its_square(make_world: MakeWorld) -> None:
    """Without other distortions a first duty costs no output to first order."""
    world = make_world(1, duties=0.0)
    lost = [
        1.0 - real_gdp_hat(solve(world, duty(world, rate), tolerance=1e-13))[0]
        for rate in (0.001, 0.002)
    ]
    assert lost[1] / lost[0] == pytest.approx(4.0, rel=0.02)


def test_real_gdp_leaves_out_the_terms_of_trade(make_world: MakeWorld) -> None:
    world = make_world(1, duties=0.0)
    outcome = solve(world, duty(world, 0.1), closure="balanced")
    assert outcome.welfare[0] > 0.0 > real_gdp_hat(outcome)[0] - 1.0


def test_real_gdp_of_a_closed_economy_is_its_real_income(make_world: MakeWorld) -> None:
    world = make_world(1, duties=0.0)
    none = Policy.none(world)
    closed = replace(none, banned=none.banned | ~np.eye(4, dtype=bool)[None, :, :, None])
    outcome = solve(world, closed, closure="balanced")
    bought = outcome.real_income_hat
    at_base, at_new = bought, bought * outcome.price_index_hat
    prices = outcome.price_index_hat * outcome.expenditure_base_usd_mn
    flows = outcome.trade_base_usd_mn * outcome.exporter_price_hat[None]
    crossing = np.where(np.eye(4, dtype=bool)[:, :, None], 0.0, flows)
    paasche = (
        at_new
        * outcome.expenditure_base_usd_mn
        / (prices + crossing.sum(axis=(0, 2)) - crossing.sum(axis=(1, 2)))
    )
    np.testing.assert_allclose(real_gdp_hat(outcome), np.sqrt(at_base * paasche), rtol=1e-9)


def duty(world: World, rate: float) -> Policy:
    return Policy.none(world).add_duty(importer="E00", exporter=None, rate=rate)


def test_bilateral_balances_are_exports_less_imports(make_world: MakeWorld) -> None:
    world = make_world(2)
    outcome = solve(world, duty(world, 0.3))
    balance = outcome.bilateral_balance_usd_mn
    np.testing.assert_allclose(balance, -balance.T)
    np.testing.assert_allclose(balance.sum(axis=1), -outcome.trade_deficit_usd_mn, atol=1e-6)


def test_duty_on_one_partner_diverts_trade_to_others(make_world: MakeWorld) -> None:
    world = make_world(2, duties=0.0)
    policy = Policy.none(world).add_duty(importer="E00", exporter="E01", rate=0.5)
    found = trade_diverted(solve(world, policy), importer="E00", exporter="E01")
    assert found.between_usd_mn < 0.0
    assert found.from_others_usd_mn > 0.0
    assert found.to_others_usd_mn > 0.0
