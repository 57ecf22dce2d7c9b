"""The same economies solved by other packages, installed from the registry for the purpose."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley import equilibrium
from parley.equilibrium import Policy
from parley.world import Elasticities, World, load
from timing import least

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parley.typing import Array

PACKAGES = ("gegravity==0.3", "puremacro==5.7.1")
SIZES = (30, 60, 120, 194)
SIGMA = 5.0
RISE = 1.1  # of the cost of all imports of the first economy
DUTY = 0.5  # of the United States on China
TOLERANCE = 1e-8  # the default of both packages
LIMIT = 20_000  # steps that a package may take
SECONDS = 900  # that one answer may take


@contextmanager
def environment(python: Path | None) -> Iterator[Path]:
    """Yield an interpreter that has the packages: the given one, or a new one for this run."""
    if python is not None:
        yield python
        return
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        uv = shutil.which("uv")
        make = [uv, "venv", "-q", folder] if uv else [sys.executable, "-m", "venv", folder]
        pip = [uv, "pip", "install", "-q", "--python", found] if uv else [found, "-m", "pip"]
        subprocess.run(make, check=True, capture_output=True, text=True)
        tail = PACKAGES if uv else ("install", "-q", *PACKAGES)
        subprocess.run([*pip, *tail], check=True, capture_output=True, text=True)
        yield found


def ask(python: Path, task: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return what a package answers, from a process of its own on one thread."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given.npz"
        np.savez(path, **given)
        script = Path(__file__).with_name("peer_models.py")
        done = subprocess.run(
            [python, script, task, path],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:]
        return {"converged": False, "error": " ".join(last)}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One economy and one change of policy, solved by both."""

    name: str
    answer: dict[str, Any]
    ours: Array  # welfare hat by economy
    right: Array | None  # the package's equations carried to the end, where it stops before
    ours_ms: float  # at the tolerance of the package
    default_ms: float  # at our own

    def row(self) -> list[str]:
        """Return the cells of the table; no ratio where the package has no answer."""
        if not self.answer["converged"]:
            said = self.answer.get("error", "did not converge")
            return [self.name, "no answer", f"{self.ours_ms:.2f}", "", "", str(said)[:60], ""]
        seconds, theirs = self.answer["seconds"], np.array(self.answer["welfare_hat"])
        return [
            self.name,
            f"{seconds:.2f}",
            f"{self.ours_ms:.2f}",
            f"{1e3 * seconds / self.ours_ms:,.0f}",
            f"{1e3 * seconds / self.default_ms:,.0f}",
            f"{np.abs(theirs - self.ours).max():.0e}",
            "" if self.right is None else f"{np.abs(self.right - self.ours).max():.0e}",
        ]


HEADS = ["model", "peer s", "Parley ms", "ratio", "at defaults", "gap", "gap at rest"]


def rows(python: Path) -> Iterator[list[str]]:
    """Yield one row for each comparison."""
    for size in SIZES:
        yield endowment(python, size).row()
    yield caliendo_parro(python).row()


def timed(world: World, policy: Policy, **options: Any) -> tuple[Array, float, float]:  # noqa: ANN401
    def task(tolerance: float) -> Callable[[], equilibrium.Outcome]:
        return lambda: equilibrium.solve(world, policy, tolerance=tolerance, **options)

    found = task(1e-12)().real_income_hat
    return found, least(task(TOLERANCE)), least(task(1e-10))


# --------------------------------------------------------------------------- one sector


def endowment(python: Path, size: int) -> Comparison:
    """Return structural gravity with GDP of the largest economies and geography from a seed."""
    countries = load("countries-2023")
    output = np.sort(countries.output.sum(axis=1))[::-1][:size]
    place = np.random.default_rng(1).uniform(size=(size, 2))
    distance = np.linalg.norm(place[:, None] - place, axis=2) + 0.05
    before = -np.log(distance) - 2.0 * (1.0 - np.eye(size))  # log of cost ** (1 - sigma)
    after = before.copy()
    after[0, 1:] += (1.0 - SIGMA) * np.log(RISE)
    share = output / output.sum()
    inward, outward = resistances(np.exp(before), share)
    flow = np.exp(before) * np.outer(inward * share, outward * share) * output.sum()
    world = one_sector(flow)
    policy = Policy.none(world).add_iceberg(importer=world.economies[0], exporter=None, factor=RISE)
    ours, equal, default = timed(world, policy, closure="balanced")
    given = {"output": output, "flow": flow, "log_cost": before, "log_cost_new": after}
    answer = ask(python, "gegravity", given | {"sigma": SIGMA, "tolerance": TOLERANCE})
    return Comparison(
        name=f"gegravity {size}x1",
        answer=answer,
        ours=ours,
        right=gravity(np.exp(before), np.exp(after), share),
        ours_ms=equal,
        default_ms=default,
    )


def resistances(cost: Array, share: Array) -> tuple[Array, Array]:
    """Return inward and outward multilateral resistances, last economy at one."""
    outward = np.ones(len(share))
    for _ in range(100_000):
        inward = 1.0 / (cost @ (share * outward))
        new = 1.0 / (cost.T @ (share * inward))
        done = np.abs(new / outward - 1.0).max() < 1e-15
        outward = new
        if done:
            break
    return inward / inward[-1], outward * inward[-1]


def gravity(before: Array, after: Array, share: Array, *, rounds: int = 10_000) -> Array:
    """Return welfare hats from the peer's equations, with output shares updated between rounds.

    The package stops after one round: output and spending keep their base shares.
    """
    inward, outward = resistances(before, share)
    taste, size = share * outward, share
    for _ in range(rounds):
        inward_new, outward_new = resistances(after, size)
        price = (size * outward_new / taste) ** (1.0 / (1.0 - SIGMA))
        new = share * price / (share @ price)
        done = np.abs(new - size).max() < 1e-15
        size = new
        if done:
            break
    welfare: Array = price * (inward_new / inward) ** (1.0 / (1.0 - SIGMA))
    return welfare


def one_sector(flow: Array) -> World:
    """Return a world of one sector without inputs, from flows (importer, exporter)."""
    size, still = len(flow), np.zeros((len(flow), len(flow), 1))
    return made(
        final=flow[:, :, None],
        intermediate=still,
        input_use=np.zeros((size, 1, 1)),
        value_added=flow.sum(axis=0)[:, None],
        trade=np.array([SIGMA - 1.0]),
    )


def made(
    *, final: Array, intermediate: Array, input_use: Array, value_added: Array, trade: Array
) -> World:
    size, _, sectors = final.shape
    flows = final + intermediate
    one = np.ones(sectors)
    elasticities = Elasticities(
        name="long", trade=trade, trade_se=0.0 * one, value_added=one, inputs=one, scale=0.0 * one
    )
    return World(
        name="bench",
        year=2023,
        economies=tuple(f"E{at:03d}" for at in range(size)),
        sectors=tuple(f"S{at:02d}" for at in range(sectors)),
        sector_titles=tuple(f"Sector {at}" for at in range(sectors)),
        final=final,
        intermediate=intermediate,
        input_use=input_use,
        value_added=value_added,
        tariff=np.zeros_like(final),
        tariff_known=np.ones(final.shape, dtype=bool),
        trade_deficit=flows.sum(axis=(1, 2)) - flows.sum(axis=(0, 2)),
        elasticities=elasticities,
        elasticities_short=elasticities,
        source="bench",
        licence="none",
    )


# --------------------------------------------------------------------------- many sectors


def caliendo_parro(python: Path) -> Comparison:
    """Return Caliendo and Parro (2015) on the 20 x 20 table that ships with puremacro."""
    given = shares(np.array(ask(python, "puremacro_table", {})["table"]), economies=20, sectors=20)
    given["elasticity"] = load("g20-2019").elasticities.trade
    given["tariff"] = np.zeros_like(given["share"])
    usa, china = 17, 4  # places in the codes of the table
    given["tariff"][:, usa, china] = DUTY
    answer = ask(python, "puremacro", given | {"tolerance": TOLERANCE, "limit": LIMIT})
    world = from_shares(given, np.array(answer["spending"]))
    policy = Policy.none(world).set_duty(
        importer=world.economies[usa], exporter=world.economies[china], rate=DUTY
    )
    ours, equal, default = timed(world, policy, closure="fixed_share")
    return Comparison(
        name="puremacro 20x20",
        answer=answer,
        ours=ours,
        right=None,
        ours_ms=equal,
        default_ms=default,
    )


def shares(table: Array, *, economies: int, sectors: int) -> dict[str, Array]:
    """Return the parameters of the model from a table ordered by economy, then sector.

    Both uses share their suppliers, as the model has it. Taxes count as value added. World income
    is one hundred, so that the package's absolute tolerance means something.
    """
    size = economies * sectors
    inner = table[:size, :size].reshape(economies, sectors, economies, sectors)
    final = table[:size, size:].reshape(economies, sectors, economies, -1).sum(axis=3)
    final = np.maximum(final, 0.0)  # stocks run down
    flow = (inner.sum(axis=3) + final).transpose(1, 2, 0)  # (sector, importer, exporter)
    bought = flow.sum(axis=2, keepdims=True)
    home = np.eye(economies)[None]
    share = np.where(bought > 0.0, flow / np.where(bought > 0.0, bought, 1.0), home)
    use = inner.sum(axis=0).transpose(1, 2, 0)  # (economy, user, input)
    cost = table[: size + 3, :size].sum(axis=0).reshape(economies, sectors)
    inputs = use / np.where(cost > 0.0, cost, 1.0)[:, :, None]
    labour = 1.0 - inputs.sum(axis=2)
    wants = final.sum(axis=0).T
    income = labour * cost
    scale = 100.0 / income.sum()
    deficit = (flow.sum(axis=(0, 2)) - flow.sum(axis=(0, 1))) * scale
    return {
        "share": share,
        "labour": labour,
        "inputs": inputs,
        "final": wants / wants.sum(axis=1, keepdims=True),
        "income": income.sum(axis=1) * scale,
        "deficit": deficit,
    }


def from_shares(given: dict[str, Array], spending: Array) -> World:
    """Return the world that the parameters describe, given spending (economy, sector)."""
    share = given["share"].transpose(1, 2, 0)
    final = given["final"] * (given["income"] + given["deficit"])[:, None]
    output = (share * spending[:, None]).sum(axis=0)
    return made(
        final=share * final[:, None],
        intermediate=share * np.maximum(spending - final, 0.0)[:, None],
        input_use=(given["inputs"] * output[:, :, None]).transpose(0, 2, 1),
        value_added=given["labour"] * output,
        trade=given["elasticity"],
    )
