"""Caliendo and Parro (2015), "Estimates of the trade and welfare effects of NAFTA", table 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.equilibrium._decompose import first_order
from parley.equilibrium._policy import Policy
from parley.equilibrium._shares import Shares, world_from_shares
from parley.equilibrium._solve import solve
from parley.equilibrium.published._cell import Cell
from parley.world import Elasticities

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parley.typing import Array
    from parley.world import World

# Order of the authors' files.
ECONOMIES = tuple(
    "ARG AUS AUT BRA CAN CHL CHN DNK FIN FRA DEU GRC HUN IND IDN IRL ITA JPN KOR MEX NLD NZL NOR "
    "PRT ZAF ESP SWE TUR GBR USA ROW".split()
)
NAFTA = ("CAN", "MEX", "USA")
_GOODS, _SECTORS = 20, 40
_SERVICES_ELASTICITY = 8.22  # of the 20 services, which carry no duty


def caliendo_parro_world(files: Mapping[str, Array]) -> World:
    """Return the economy of 1993 without imbalances.

    Parameters
    ----------
    files
        Numbers of the authors' files by name: "B" value added in output, "GO" output, "IO" input
        shares, "T" trade elasticities, "tariffs1993" in per cent and "xbilat1993" trade in
        thousand USD.
    """
    n, s = len(ECONOMIES), _SECTORS
    tariff = _tariffs(files["tariffs1993"])
    trade = np.zeros((n, n, s))
    trade[:, :, :_GOODS] = _cells(files["xbilat1993"]) * 1000.0
    exports = trade.sum(axis=0)
    output = np.maximum(files["GO"].T, exports)
    own = np.arange(n)
    trade[own, own] = output - exports
    spent = trade * (1.0 + tariff)
    total = spent.sum(axis=1)  # (economy, sector)
    labour = files["B"].T
    mixes = np.maximum(files["IO"].reshape(n, s, s), 0.0)  # (economy, input, user)
    mixed = mixes.sum(axis=1, keepdims=True)
    inputs = mixes / np.where(mixed > 0.0, mixed, 1.0) * (1.0 - labour)[:, None]
    final = np.maximum(total - np.einsum("nks,ns->nk", inputs, output), 0.0)
    shares = Shares(
        economies=ECONOMIES,
        sectors=tuple(f"{at + 1:02d}" for at in range(s)),
        trade=np.divide(
            spent, total[:, None], out=np.zeros_like(spent), where=total[:, None] > 0.0
        ),
        tariff=tariff,
        inputs=inputs,
        final=final / final.sum(axis=1, keepdims=True),
        value_added_usd_mn=(labour * output).sum(axis=1) / 1e6,
    )
    theta = np.concatenate((files["T"].ravel(), np.full(s - _GOODS, _SERVICES_ELASTICITY)))
    elasticities = Elasticities(
        name="Caliendo and Parro (2015), table 1",
        trade=theta,
        trade_se=np.zeros(s),
        value_added=np.ones(s),
        inputs=np.ones(s),
        scale=np.zeros(s),
    )
    return world_from_shares(
        shares,
        elasticities,
        name="cp-1993",
        year=1993,
        source="Caliendo and Parro (2015), Review of Economic Studies 82(1), replication package",
    )


def caliendo_parro(files: Mapping[str, Array]) -> Iterator[Cell]:
    """Yield table 2, and the exact change of real income beside its first-order terms.

    `files` holds those of `caliendo_parro_world` and "tariffs2005".
    """
    world = caliendo_parro_world(files)
    later = _tariffs(files["tariffs2005"])
    policy = Policy.none(world)
    for importer in NAFTA:
        for exporter in NAFTA:
            if importer != exporter:
                at = later[world.economy(importer), world.economy(exporter)]
                for sector, rate in zip(world.sectors, at, strict=True):
                    policy = policy.set_duty(
                        importer=importer, exporter=exporter, sector=sector, rate=float(rate)
                    )
    outcome = solve(world, policy, closure="balanced", tolerance=1e-12)
    parts = first_order(outcome)
    for code, name in (("MEX", "Mexico"), ("CAN", "Canada"), ("USA", "USA")):
        n = world.economy(code)
        wage = outcome.wage_hat[n] / outcome.price_index_hat[n] - 1.0
        for variable, value in (
            ("total", parts.total[n]),
            ("tot", parts.terms_of_trade[n]),
            ("vot", parts.volume_of_trade[n]),
            ("real_wage", wage),
            ("exact_real_income", outcome.real_income_hat[n] - 1.0),
        ):
            yield Cell(
                table="2",
                scenario="NAFTA tariffs of 1993 to 2005",
                who=name,
                variable=variable,
                value=100.0 * float(value),
            )


def _tariffs(percent: Array) -> Array:
    tariff = np.zeros((len(ECONOMIES), len(ECONOMIES), _SECTORS))
    tariff[:, :, :_GOODS] = _cells(percent) / 100.0
    own = np.arange(len(ECONOMIES))
    tariff[own, own] = 0.0
    return tariff


def _cells(stacked: Array) -> Array:
    """From (sector and importer stacked, exporter) to (importer, exporter, sector)."""
    n = len(ECONOMIES)
    return stacked.reshape(_GOODS, n, n).transpose(1, 2, 0)
