"""Ignatenko, Macedoni, Lashkaripour and Simonovska (2025), "Making America great again?".

One sector; duties are rebated as a lump sum or against the income tax; labour is elastic; firms
enter with employment; a part of each purchase stays with the buyer's own labour; duties are passed
on in excess of one. Every variant is public: `Model` and `Elasticities` of `parley.world`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._base import Model, Rebate
from parley.equilibrium._fixedpoint import Anderson
from parley.equilibrium._gradient import gradient
from parley.equilibrium._policy import Policy
from parley.equilibrium._solve import solve
from parley.equilibrium.published._cell import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parley.equilibrium._outcome import Outcome
    from parley.typing import Array, Mask
    from parley.world import Elasticities, World

_EPSILON = 4.0  # trade elasticity, section 4.1 of the paper
_MARKUP = 0.67  # markup parameter of the paper: psi = 0.67 / 4, theta = 4 / 0.67
_KAPPA = 0.5  # elasticity of labour supply, section 4.1
_LABOUR_IN_COST = 0.49  # share of labour in cost of the roundabout variant, section 5
_FEDERAL_BUDGET = 0.23  # of GDP, note to table 3
_FLOOR = 0.10  # the least announced duty on any origin
_TOLERANCE = 1e-12
_ROUNDS, _STRIDE, _STILL = 200, 0.7, 1e-7  # of the search for the best duties
# The 25 members that the paper's code lists; CZE and SVK are missing in it.
_EU25 = (
    "AUT BEL BGR HRV CYP DNK EST FIN FRA DEU GRC HUN IRL ITA LVA LTU LUX MLT NLD POL PRT ROU SVN "
    "ESP SWE"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """The economy of one column: the world, what differs in the model, and how it is reported."""

    world: World
    margin: Array
    pass_through: Array
    rebate: Rebate = "income_tax"
    epsilon: float = _EPSILON
    numeraire: str = "prices"


def liberation_day(
    world: World, *, margin: Array, announced: Array, gdp_usd_mn: Array
) -> Iterator[Cell]:
    """Yield every cell of tables 1, 2, 3, 9 and 4 that the world `countries-2023` carries.

    Parameters
    ----------
    world
        `countries-2023`.
    margin, announced, gdp_usd_mn
        Its columns "margin_share", "announced_tariff" and "gdp_usd_mn"; shape (economy,).
    """
    setting = _baseline(world, margin)
    ustr = _ustr(world, announced)
    best = _optimal(setting, denominator="spending")
    lump_sum = replace(setting, rebate="lump_sum")
    usa, abroad = ("USA",), ("USA", "nonUS")
    everyone = ("USA", "CHN", "EU25", "nonUS")
    six = ("welfare", "deficit", "exports_gdp", "imports_gdp", "employment", "prices")
    four = ("welfare", "deficit", "employment", "prices")
    retaliation = _retaliation(setting)
    runs = [
        ("1", "case1 USTR, income-tax relief, no retaliation", setting, ustr, abroad, six),
        ("1", "case2 USTR, lump-sum rebate", lump_sum, ustr, abroad, six),
        ("1", "case3 closed-form optimal US tariff", setting, best, abroad, six),
        ("2", "(1) USTR + reciprocal", setting, _reciprocal(world, ustr), everyone, four),
        ("2", "(3) USTR + optimal retaliation", setting, ustr + retaliation, everyone, four),
        (
            "2",
            "(4) optimal + optimal retaliation",
            setting,
            _optimal(setting, denominator="income") + retaliation,
            everyone,
            four,
        ),
        ("9", "baseline", setting, ustr, abroad, six),
        (
            "9",
            "alt2 incomplete pass-through phi=0.25+phi_tilde",
            replace(setting, pass_through=_pass_through(margin, 0.25)),
            ustr,
            abroad,
            six,
        ),
        (
            "9",
            "alt3 eps=8, psi and phi kept at their eps=4 values",
            replace(setting, epsilon=8.0),
            ustr,
            abroad,
            six,
        ),
        (
            "9",
            "alt4 Eaton-Kortum-Krugman nu=0 phi=1",
            replace(setting, margin=np.zeros_like(margin), pass_through=np.ones_like(margin)),
            ustr,
            abroad,
            six,
        ),
    ]
    for table, name, variant, policy, who, variables in runs:
        yield from _cells(table, name, _report(variant, policy), who, variables)
    for name, policy in (
        ("USTR tariff", ustr),
        ("optimal tariff", best),
        ("USTR + optimal retaliation", ustr + retaliation),
        ("USTR + reciprocal", _reciprocal(world, ustr)),
    ):
        report = _report(setting, policy)
        names = ("tariff_revenue_pct_of_E", "tariff_revenue_pct_of_federal_budget")
        yield from _cells("3", name, report, usa, names)
    roundabout = _roundabout(setting)
    for name, policy in (
        ("pre (1) USTR, one-sector roundabout IO", ustr),
        ("post (1) reciprocal, one-sector IO", _reciprocal(world, ustr)),
    ):
        report = _report(roundabout, policy, weight=gdp_usd_mn)
        for cell in _cells("4", name, report, abroad, six):
            label = "nonUS (weights=raw WDI GDP)" if cell.who == "nonUS" else cell.who
            yield replace(cell, who=label)


def liberation_day_map(
    world: World, *, margin: Array, announced: Array, retaliation: bool
) -> Array:
    """Return the paper's map file: welfare, deficit, exports/GDP, imports/GDP, employment, prices.

    Percent, and revenue as a fraction of spending; shape (economy, 7).
    """
    setting = _baseline(world, margin)
    ustr = _ustr(world, announced)
    policy = ustr + _retaliation(setting) if retaliation else ustr
    report = _report(setting, policy)
    names = ("welfare", "deficit", "exports_gdp", "imports_gdp", "employment", "prices")
    columns = [report.values[name] for name in names]
    return np.stack([*columns, report.values["tariff_revenue_pct_of_E"] / 100.0], axis=1)


def roundabout_optimum(world: World, *, margin: Array) -> tuple[Array, float]:
    """Return the duties of the United States that serve it best with inputs, and its welfare.

    The paper prints 2.15 per cent for a search that stopped early. Steps follow the first-order
    condition of each partner's duty, in units of the trade it falls on, with Anderson mixing.

    Returns
    -------
    tuple
        Duties by partner, (economy,), and welfare in per cent, by the paper's formula.
    """
    setting = _roundabout(_baseline(world, margin))
    usa = setting.world.economy("USA")
    others = np.arange(len(world.economies)) != usa
    elasticities, model = _solved_with(setting)
    log_duty = np.full(others.sum(), np.log(1.18))
    outcome: Outcome | None = None
    mixer = Anderson(log_duty.size)
    for _ in range(_ROUNDS):
        duty = np.zeros(setting.world.tariff.shape)
        duty[usa, others, 0] = np.expm1(log_duty)
        policy = Policy.none(setting.world).moved(duty=duty)
        outcome = solve(
            setting.world,
            policy,
            elasticities=elasticities,
            model=model,
            start=outcome,
            tolerance=_TOLERANCE,
        )
        slope = gradient(outcome, _welfare_slope(outcome, usa)).duty[usa, others, 0]
        traded = outcome.trade_usd_mn[usa, others, 0] / outcome.expenditure_base_usd_mn[usa]
        step = _STRIDE * slope / (setting.epsilon * np.maximum(traded, 1e-12))
        if np.abs(step * traded).max() < _STILL * traded.max():
            break
        log_duty = mixer.propose(log_duty, step)
    found = solve(setting.world, policy, elasticities=elasticities, model=model)
    values = _values(setting, found)
    return duty[usa, :, 0], float(values["welfare"][usa])


def _welfare_slope(outcome: Outcome, at: int) -> dict[str, Array]:
    """Return the derivative of the paper's welfare of one economy to what it is made of."""
    spending, before = outcome.expenditure_base_usd_mn[at], outcome.income_base_usd_mn[at]
    income, revenue = outcome.income_usd_mn[at], outcome.revenue_usd_mn[at]
    price, real = outcome.price_index_hat[at], outcome.real_income_hat[at]
    part = _KAPPA / (1.0 + _KAPPA)
    effort = part * (1.0 - revenue / income) * before
    labour = income / before / price
    net = spending - effort
    by_effort = (spending * real - effort * labour - labour * net) / net**2
    slopes = {
        "real_income_hat": spending / net,
        "price_index_hat": effort / net * labour / price,
        "income_usd_mn": -effort / net / before / price
        + by_effort * part * before * revenue / income**2,
        "revenue_usd_mn": -by_effort * part * before / income,
    }
    unit = np.eye(len(outcome.economies))[at]
    return {name: slope * unit for name, slope in slopes.items()}


# --------------------------------------------------------------------------- settings


def _pass_through(margin: Array, own: float) -> Array:
    theta = _EPSILON / _MARKUP
    passed: Array = own + (1.0 + theta) / ((1.0 - margin) * theta) - 1.0 / theta - 1.0
    return passed


def _baseline(world: World, margin: Array) -> _Setting:
    return _Setting(world=world, margin=margin, pass_through=_pass_through(margin, 1.0))


def _roundabout(setting: _Setting) -> _Setting:
    """Return the same economy whose producers buy the final good as an input."""
    world = setting.world
    flows = world.flows.copy()
    own = np.arange(len(world.economies))
    flows[own, own] /= _LABOUR_IN_COST
    made = (flows * (1.0 - setting.margin)[:, None, None]).sum(axis=0)  # (economy, sector)
    inputs = (1.0 - _LABOUR_IN_COST) * made
    part = inputs / flows.sum(axis=1)
    total = replace(
        world,
        name=f"{world.name}, roundabout",
        final=flows * (1.0 - part)[:, None],
        intermediate=flows * part[:, None],
        input_use=inputs[:, :, None],
        value_added=flows.sum(axis=0) - inputs,
    )
    return replace(setting, world=total, numeraire="wages")


# --------------------------------------------------------------------------- policies


def _ustr(world: World, announced: Array) -> Policy:
    policy = Policy.none(world)
    for economy, rate in zip(world.economies, announced, strict=True):
        if economy != "USA":
            duty = max(_FLOOR, float(rate))
            policy = policy.set_duty(importer="USA", exporter=economy, rate=duty)
    return policy


def _reciprocal(world: World, policy: Policy) -> Policy:
    usa = world.economy("USA")
    answer = policy
    for at, economy in enumerate(world.economies):
        if at != usa:
            rate = float(policy.duty_level[usa, at, 0])
            answer = answer.set_duty(importer=economy, exporter="USA", rate=rate)
    return answer


def _optimal(setting: _Setting, *, denominator: str) -> Policy:
    """Return the paper's closed form: t = 1 / ((1 + delta epsilon) phi - 1), one rate for all.

    The paper divides by spending net of own supply in table 1 and by income in table 2.
    """
    world, usa = setting.world, setting.world.economy("USA")
    flows = world.flows[:, :, 0]
    share = flows[:, usa] / flows.sum(axis=1)
    kept = 1.0 - setting.margin
    others = np.arange(len(world.economies)) != usa
    gain = (flows[:, usa] * kept * (1.0 - share))[others].sum()
    made = (kept[:, None] * flows).sum(axis=0) + setting.margin * flows.sum(axis=1)
    size = flows[usa].sum() if denominator == "spending" else made[usa]
    delta = gain / (kept[usa] * (size - flows[usa, usa]))
    rate = 1.0 / ((1.0 + delta * setting.epsilon) * setting.pass_through[usa] - 1.0)
    return Policy.none(world).set_duty(importer="USA", exporter=None, rate=float(rate))


def _retaliation(setting: _Setting) -> Policy:
    """Return the best uniform duty of all others on the United States, in two regions."""
    world, usa = setting.world, setting.world.economy("USA")
    flows = world.flows[:, :, 0]
    others = np.arange(len(world.economies)) != usa
    margin = setting.margin[others][0]  # one value for all others in the paper
    sold_to_usa, own = flows[usa, others].sum(), flows[np.ix_(others, others)].sum()
    made = (1.0 - margin) * own + (1.0 - setting.margin[usa]) * sold_to_usa
    made += margin * (own + flows[others, usa].sum())
    share = sold_to_usa / flows[usa].sum()
    gain = sold_to_usa * (1.0 - setting.margin[usa]) * (1.0 - share)
    delta = gain / ((1.0 - margin) * (made - own))
    phi = setting.pass_through[others][0]
    rate = 1.0 / ((1.0 + delta * setting.epsilon) * phi - 1.0)
    partners = tuple(code for code in world.economies if code != "USA")
    return Policy.none(world).set_duty(importer=partners, exporter="USA", rate=float(rate))


# --------------------------------------------------------------------------- reports


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    world: World
    values: dict[str, Array]  # percent, (economy,)
    weight: Array


def _solved_with(setting: _Setting) -> tuple[Elasticities, Model]:
    elasticities = replace(
        setting.world.elasticities,
        trade=np.array([setting.epsilon]),
        scale=np.array([_MARKUP / _EPSILON]),
        labour_supply=_KAPPA,
    )
    passed = setting.pass_through
    model = Model(
        closure="fixed_share",
        rebate=setting.rebate,
        margin=tuple(setting.margin) if setting.margin.any() else (),
        pass_through=tuple(passed) if (passed != 1.0).any() else (),
    )
    return elasticities, model


def _report(setting: _Setting, policy: Policy, *, weight: Array | None = None) -> _Report:
    world = setting.world
    elasticities, model = _solved_with(setting)
    outcome = solve(world, policy, elasticities=elasticities, model=model, tolerance=_TOLERANCE)
    spending = outcome.expenditure_base_usd_mn
    return _Report(
        world=world,
        values=_values(setting, outcome),
        weight=spending if weight is None else weight,
    )


def _values(setting: _Setting, outcome: Outcome) -> dict[str, Array]:
    before = outcome.income_base_usd_mn
    spending = outcome.expenditure_base_usd_mn
    scale = spending.sum() / (spending * outcome.price_index_hat).sum()
    if setting.numeraire == "wages":
        scale = before.sum() / (before * outcome.wage_hat).sum()
    flows, base = outcome.trade_usd_mn[:, :, 0], outcome.trade_base_usd_mn[:, :, 0]
    deficit, deficit_base = (x.sum(axis=1) - x.sum(axis=0) for x in (flows, base))
    income = outcome.income_usd_mn
    relief = outcome.revenue_usd_mn / income if setting.rebate == "income_tax" else 0.0
    effort = _KAPPA / (1.0 + _KAPPA) * (1.0 - relief) * before
    weight = spending / (spending - effort)
    grown = income / before
    labour = income / before / outcome.price_index_hat
    welfare = weight * outcome.real_income_hat + (1.0 - weight) * labour - 1.0
    return {
        "welfare": 100.0 * welfare,
        "deficit": 100.0 * (scale * deficit - deficit_base) / np.abs(deficit_base),
        "exports_gdp": 100.0 * (_abroad(flows, axis=0) / _abroad(base, axis=0) / grown - 1.0),
        "imports_gdp": 100.0 * (_abroad(flows, axis=1) / _abroad(base, axis=1) / grown - 1.0),
        "employment": 100.0 * (income / before / outcome.wage_hat - 1.0),
        "prices": 100.0 * (scale * outcome.price_index_hat - 1.0),
        "tariff_revenue_pct_of_E": 100.0 * scale * outcome.revenue_usd_mn / spending,
        "tariff_revenue_pct_of_federal_budget": 100.0
        * scale
        * outcome.revenue_usd_mn
        / spending
        / _FEDERAL_BUDGET,
    }


def _abroad(flows: Array, *, axis: int) -> Array:
    """Return imports (axis 1) or exports (axis 0) of each economy."""
    total: Array = flows.sum(axis=axis) - np.diag(flows)
    return total


def _cells(
    table: str, scenario: str, report: _Report, who: tuple[str, ...], variables: tuple[str, ...]
) -> Iterator[Cell]:
    for group in who:
        members = _members(report.world, group)
        weight = report.weight * members / (report.weight * members).sum()
        for variable in variables:
            value = float((weight * report.values[variable]).sum())
            yield Cell(table=table, scenario=scenario, who=group, variable=variable, value=value)


def _members(world: World, group: str) -> Mask:
    if group == "nonUS":
        return np.array([code != "USA" for code in world.economies])
    wanted = _EU25 if group == "EU25" else [group]
    return np.array([code in wanted for code in world.economies])
