"""A second solver, written apart: prices and spending in nests, full Newton on wages and limits.

It shares no code with the engine: levels instead of logs, axes (importer, exporter, sector), an
inner fixed point for prices, a dense linear system for spending, Fischer-Burmeister for limits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from parley.equilibrium import Closure, Policy, balanced, solve
from parley.errors import ConvergenceError, InfeasibleError
from parley.world import World

if TYPE_CHECKING:
    from parley.typing import Array, Index

MakeWorld = Callable[..., World]


class Second:
    """The economy of Caliendo and Parro (2015) with limits, in levels."""

    def __init__(self, world: World, policy: Policy, closure: Closure) -> None:
        self.world, self.policy, self.closure = world, policy, closure
        self.n, self.s = world.value_added.shape
        self.eps = world.elasticities.trade
        paid = 1.0 + world.tariff
        self.flows = [world.final * paid, world.intermediate * paid]
        self.shares = []
        for flow in self.flows:
            total = flow.sum(axis=1, keepdims=True)
            self.shares.append(np.divide(flow, total, out=np.zeros_like(flow), where=total > 0.0))
        self.output = (world.final + world.intermediate).sum(axis=0)
        self.beta = world.value_added / self.output
        self.gamma = world.input_use / self.output[:, None, :]  # (economy, input, user)
        spent = self.flows[0].sum(axis=(1, 2))
        self.alpha = self.flows[0].sum(axis=1) / spent[:, None]
        self.spent = spent
        self.tariff = policy.tariff(world.tariff)
        self.income = world.value_added.sum(axis=1)
        base = world.final + world.intermediate
        self.caps = []
        for limit in policy.limits:
            mask = limit.cells[0]
            volume = limit.volume_usd_mn
            if limit.share is not None:
                volume = limit.share * base[mask].sum()
            size = volume if limit.value_usd_mn is None else limit.value_usd_mn
            self.caps.append((mask, size, limit.rent, limit.value_usd_mn is not None))
        self.specific = policy.specific_duty[0]
        self.rate = self.tariff  # with duties per unit, at the prices of the last evaluation

    def economy(self, z: Array) -> dict[str, Array]:
        """Everything at given log wages and log shadow prices."""
        wage, shadow = np.exp(z[: self.n]), z[self.n :]
        border = np.zeros_like(self.tariff)  # log wedge on the exporter's side
        behind = np.zeros_like(self.tariff)  # on the importer's side
        for (mask, _, rent, _), price in zip(self.caps, shadow, strict=True):
            target = behind if rent == "importer" else border
            target[mask] += price
        taxed = np.exp(border) * (1.0 + self.policy.export_tax)
        open_ = [~banned for banned in self.policy.banned]
        prices = [np.ones((self.n, self.s)), np.ones((self.n, self.s))]
        for _ in range(5000):
            log_input = np.einsum("nk,nks->ns", np.log(prices[1]), self.gamma)
            cost = wage[:, None] ** self.beta * np.exp(log_input)
            self.rate = self.tariff + self.specific / (cost[None] * taxed)
            wedge = (1.0 + self.rate) / (1.0 + self.world.tariff) * taxed * np.exp(behind)
            pull = [
                share * (cost[None] * wedge) ** -self.eps * can
                for share, can in zip(self.shares, open_, strict=True)
            ]
            new = [p.sum(axis=1) ** (-1.0 / self.eps) for p in pull]
            moved = np.abs(np.log(new[1]) - np.log(prices[1])).max()
            prices = new
            if moved < 1e-15:
                break
        share = [p / p.sum(axis=1, keepdims=True) for p in pull]
        after_duty = [part / ((1.0 + self.rate) * np.exp(behind)) for part in share]
        to_producer = [
            part / (np.exp(border) * (1 + self.policy.export_tax)) for part in after_duty
        ]
        sales, spending = self._spending(wage, shadow, (share, to_producer), (border, behind))
        buys = [self.alpha * spending[:, None], np.einsum("nks,ns->nk", self.gamma, sales)]
        values = sum(p * b[:, None] for p, b in zip(to_producer, buys, strict=True))
        index = np.exp((self.alpha * np.log(prices[0])).sum(axis=1))
        return {
            "spending": spending,
            "volume": values / cost[None],
            "value": values * taxed,
            "welfare": spending / self.spent / index - 1.0,
            "payroll": (self.beta * sales).sum(axis=1),
            "wage": wage,
        }

    def _spending(
        self,
        wage: Array,
        shadow: Array,
        shares: tuple[list[Array], list[Array]],
        sides: tuple[Array, Array],
    ) -> tuple[Array, Array]:
        """Sales and final spending at given shares: a linear system."""
        (share, to_producer), (border, behind) = shares, sides
        size = self.n * self.s
        # Unknowns: sales R (n, s) and final spending E (n); all else is linear in them.
        sales_of_inputs = np.einsum("nik,nks->ikns", to_producer[1], self.gamma).reshape(size, size)
        sales_of_final = np.einsum("nik,nk->ikn", to_producer[0], self.alpha).reshape(size, self.n)
        take = np.zeros((self.n, size)), np.zeros((self.n, self.n))
        for use in (1, 0):
            wedges = (border, behind, shadow)
            self._collect(take[0 if use else 1], share[use], to_producer[use], wedges, use=use)
        income_of_sales = np.zeros((self.n, size))
        for n in range(self.n):
            income_of_sales[n, n * self.s : (n + 1) * self.s] = self.beta[n]
        deficit = self._deficit_matrix(wage, income_of_sales)
        top = np.hstack([np.eye(size) - sales_of_inputs, -sales_of_final])
        bottom = np.hstack([-(income_of_sales + take[0] + deficit), np.eye(self.n) - take[1]])
        system = np.vstack([top, bottom])
        # Walras: the system is singular; fix world factor income instead of one equation.
        system[-1] = np.concatenate([income_of_sales.sum(axis=0), np.zeros(self.n)])
        right = np.zeros(size + self.n)
        right[-1] = self.income.sum()
        solution = np.linalg.solve(system, right)
        return solution[:size].reshape(self.n, self.s), solution[size:]

    def _collect(
        self,
        into: Array,
        share: Array,
        producers: Array,
        wedges: tuple[Array, Array, Array],
        *,
        use: int,
    ) -> None:
        """Add to `into` what each economy takes of the spending of each buyer."""
        border, behind, shadow = wedges

        def put(owner: Index, value: Array) -> None:  # value: (importer, exporter, sector)
            for n in range(self.n):
                for i in range(self.n):
                    if use == 1:
                        columns = slice(n * self.s, (n + 1) * self.s)
                        into[owner[n, i], columns] += value[n, i] @ self.gamma[n]
                    else:
                        into[owner[n, i], n] += value[n, i] @ self.alpha[n]

        here = np.tile(np.arange(self.n)[:, None], (1, self.n))
        there = here.T
        put(here, producers * (1 + self.policy.export_tax) * np.exp(border) * self.rate)
        put(there, producers * self.policy.export_tax)
        for (mask, _, rent, _), price in zip(self.caps, shadow, strict=True):
            if rent == "importer":
                part = np.where(mask, price / np.where(behind != 0, behind, 1.0), 0.0)
                put(here, share * (1.0 - np.exp(-behind)) * part)
                continue
            part = np.where(mask, price / np.where(border != 0, border, 1.0), 0.0)
            value = producers * (1 + self.policy.export_tax) * np.expm1(border) * part
            owner = there
            if rent != "exporter":
                owner = np.full_like(here, self.world.economies.index(rent))
            put(owner, value)

    def _deficit_matrix(self, wage: Array, income: Array) -> Array:
        """Deficits as a linear function of sales, at the world income that is the numeraire."""
        rate = self.world.trade_deficit / self.income
        if self.closure == "balanced":
            return np.zeros_like(income)
        if self.closure == "fixed_share":
            per = self.world.trade_deficit / self.income.sum()
            return per[:, None] * income.sum(axis=0)
        # Proportional: the mean depends on incomes themselves; taken at the wages at hand, which
        # clear the labour market at the solution.
        level = wage * self.income
        mean = (rate * level).sum() / level.sum()
        return (rate - mean)[:, None] * income

    def residual(self, z: Array) -> Array:
        e = self.economy(z)
        labour = np.log(e["payroll"] / (e["wage"] * self.income))
        numeraire = np.log((e["wage"] * self.income).sum() / self.income.sum())
        labour[-1] = numeraire
        slack = [
            np.log(size / e["value" if valued else "volume"][mask].sum())
            for mask, size, _, valued in self.caps
        ]
        shadow = z[self.n :]
        meet = [
            np.hypot(price, gap) - price - gap for price, gap in zip(shadow, slack, strict=True)
        ]
        return np.concatenate([labour, meet])

    def solve(self, start: Array | None = None) -> Array:
        """Return the state, or raise `ArithmeticError`."""
        z = np.zeros(self.n + len(self.caps)) if start is None else start.copy()
        if start is None:
            z[self.n :] = 0.1
        with np.errstate(all="ignore"):
            for _ in range(100):
                r = self.residual(z)
                if not np.isfinite(r).all():
                    raise ArithmeticError("left the economy")
                if np.abs(r).max() < 1e-11:
                    if self.economy(z)["spending"].min() <= 0.0:
                        raise ArithmeticError("somebody spends less than nothing")
                    return z
                steps = np.full(z.size, 1e-7)
                columns = [
                    (self.residual(z + h * e) - self.residual(z - h * e)) / (2 * h)
                    for h, e in zip(steps, np.eye(z.size), strict=True)
                ]
                move = -np.linalg.solve(np.array(columns).T, r)
                move *= min(1.0, 1.0 / np.abs(move).max())
                size = 1.0
                while size > 1e-4:
                    trial = self.residual(z + size * move)
                    if np.isfinite(trial).all() and np.linalg.norm(trial) < np.linalg.norm(r):
                        break
                    size /= 2.0
                z = z + size * move
        raise ArithmeticError(f"residual {np.abs(r).max():.1e}")


def random_policy(world: World, seed: int, *, limits: bool) -> Policy:
    rng = np.random.default_rng(seed)
    policy = Policy.none(world)
    codes = world.economies

    def cell() -> dict[str, str]:
        importer, exporter = rng.choice(len(codes), 2, replace=False)
        sector = world.sectors[rng.integers(len(world.sectors))]
        return {"importer": codes[importer], "exporter": codes[exporter], "sector": sector}

    for _ in range(rng.integers(1, 6)):
        policy = policy.set_duty(**cell(), rate=float(rng.uniform(-0.3, 5.0)))
    for _ in range(rng.integers(0, 3)):
        policy = policy.ban(**cell())
    if rng.random() < 0.3:
        policy = policy.add_export_tax(**cell(), rate=float(rng.uniform(-0.1, 0.5)))
    if limits:
        for _ in range(rng.integers(1, 3)):
            rent = ("importer", "exporter", codes[0])[rng.integers(3)]
            where = cell()
            at = (codes.index(where["importer"]), codes.index(where["exporter"]))
            flow = (*at, world.sectors.index(where["sector"]))
            if not policy.banned[0][flow] and world.flows[flow] > 0.0:
                policy = policy.cap(**where, share=float(rng.uniform(0.05, 1.2)), rent=rent)
    if rng.random() < 0.4:
        policy = policy.add_specific_duty(**cell(), amount=float(rng.uniform(-0.1, 0.8)))
    where = cell()
    at = (codes.index(where["importer"]), codes.index(where["exporter"]))
    flow = (*at, world.sectors.index(where["sector"]))
    if limits and rng.random() < 0.5 and not policy.banned[0][flow] and world.flows[flow] > 0.0:
        size = float(rng.uniform(0.1, 1.2) * world.flows[flow])
        policy = policy.quota(**where, value_usd_mn=size, rent="exporter")
    return policy


def compare(world: World, policy: Policy, closure: Closure) -> str:
    """Hold the engine's answer to the second solver: its point, and where it ends by itself."""
    try:
        outcome = solve(world, policy, closure=closure, tolerance=1e-12)
    except InfeasibleError:
        with pytest.raises((ArithmeticError, np.linalg.LinAlgError)):
            follow(world, policy, closure)
        return "infeasible"
    flows = outcome.trade_usd_mn.sum(axis=2)
    if (1.0 - np.diag(flows) / flows.sum(axis=1)).min() < 1e-3:
        # Its linear system is then nearly one system per economy and loses the digits to check.
        return "beyond the second solver"
    second = Second(world, policy, closure)
    point = np.log(outcome.wage_hat)
    point = np.concatenate([point, np.log1p(list(outcome.shadow_price.values()))])
    assert np.abs(second.residual(point)).max() < 1e-8
    np.testing.assert_allclose(outcome.welfare, second.economy(point)["welfare"], atol=1e-9)
    try:
        z = second.solve()
    except (ArithmeticError, np.linalg.LinAlgError):
        try:
            z = follow(world, policy, closure)
        except (ArithmeticError, np.linalg.LinAlgError):
            return "agree at the engine's point"
    np.testing.assert_allclose(outcome.welfare, second.economy(z)["welfare"], atol=1e-9)
    return "agree"


def follow(world: World, policy: Policy, closure: Closure) -> Array:
    """Walk the second solver from no duty change to the policy in twenty steps."""
    base = world.tariff
    z: Array | None = None
    for part in np.linspace(0.05, 1.0, 20):
        level = (1.0 + base) * ((1.0 + policy.tariff(base)) / (1.0 + base)) ** part - 1.0
        near = Policy.none(world)
        near = near + policy if part == 1.0 else _with_level(policy, level)
        z = Second(world, near, closure).solve(z)
    assert z is not None
    return z


def _with_level(policy: Policy, level: Array) -> Policy:
    return replace(policy, duty_level=level, duty_points=np.zeros_like(level))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("limits", [False, True])
def test_second_solver_agrees(make_world: MakeWorld, seed: int, limits: bool) -> None:
    world = balanced(make_world(100 + seed, economies=3 + seed % 3, sectors=2 + seed % 2))
    policy = random_policy(world, seed, limits=limits)
    closure: Closure = ("balanced", "fixed_share", "proportional")[seed % 3]
    assert compare(world, policy, closure) == "agree"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_second_solver_agrees_on_many_worlds(make_world: MakeWorld, seed: int) -> None:
    """Balanced worlds all solve; with deficits the two agree, or no equilibrium is confirmed."""
    world = make_world(
        1000 + seed,
        economies=3 + seed % 4,
        sectors=2 + seed % 3,
        zeros=0.1,
        imbalance=0.02 + 0.3 * (seed % 5 == 0),
    )
    closure: Closure = ("balanced", "fixed_share", "proportional")[seed % 3]
    if closure == "balanced":
        world = balanced(world)
    result = compare(world, random_policy(world, seed, limits=seed % 2 == 0), closure)
    assert result == "agree" or closure != "balanced"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(24))
def test_no_equilibrium_is_confirmed(make_world: MakeWorld, seed: int) -> None:
    """Large deficits under duties on the whole world: agreement, or both solvers stop."""
    world = make_world(2000 + seed, economies=4, sectors=3, imbalance=0.3)
    rate = (1.0, 5.0, 50.0, 1000.0)[seed % 4]
    policy = Policy.none(world).set_duty(importer=None, exporter=None, rate=rate)
    said = compare(world, policy, ("fixed_share", "proportional")[seed % 2])
    assert said in ("agree", "infeasible", "beyond the second solver")


def test_deficit_that_no_trade_carries_is_named(make_world: MakeWorld) -> None:
    world = make_world(2002, economies=4, sectors=3, imbalance=0.3)
    policy = Policy.none(world).set_duty(importer=None, exporter=None, rate=50.0)
    with pytest.raises(InfeasibleError, match="spending of E03 gives way; .* a surplus of 237,218"):
        solve(world, policy, closure="fixed_share")


def test_convergence_errors_share_a_parent() -> None:
    assert issubclass(InfeasibleError, ConvergenceError)
