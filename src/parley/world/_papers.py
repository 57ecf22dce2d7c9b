"""Worlds of published papers, from data that may not be shipped.

Each loader takes the folder with the files of the paper's own replication package, checks their
SHA-256, and says where to get them when they are not there.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import DataError, InputError
from parley.world._accounts import close_accounts
from parley.world._elasticities import Elasticities
from parley.world._matlab import read_mat
from parley.world._shares import from_shares

if TYPE_CHECKING:
    from parley.typing import Array
    from parley.world._world import World

_CALIENDO_PARRO = {
    "B.txt": "ab6f6686938468052112aeb69a9ece4005e3991faa54a6075994f3e4a28c032f",
    "GO.txt": "ee6b27f50bde6f79cf275fe8037dd92be7a3fa4feda7b9ea89278b53a5d8b151",
    "IO.txt": "844447e2b9db61b91aa64786d4a4dace1553f4c4c240174a9235a76a4b8ce05e",
    "T.txt": "0e9daba39ed0a13bad5e516e459de221d2720f18f791823b8a9e62e8df61c6e8",
    "tariffs1993.txt": "f6824dac7831dbf0bffc2a1c2ff2c37292ef59eec10b9d67fbfb8f5bd1eeb506",
    "tariffs2005.txt": "75f6c5113bb07e2e7c1d5ba3ff9f36b3c51491850ead998b60558e30e7ed90c8",
    "xbilat1993.txt": "dcc0ae3a5b21ebc8e3c864df7e097da9bdbdf6a661ed6fc92d95aa25dc65a116",
}
_CALIENDO_PARRO_PACKAGE = (
    "Caliendo and Parro (2015), supplementary data of the Review of Economic Studies, "
    "https://doi.org/10.1093/restud/rdu035"
)
_OSSA = {
    "trade_ijs.csv": "559a85937c4b8444b05ef103bd4730b02d75f7fe82bac93248e44d9b3238d5ab",
    "tariff_ijs.csv": "d455a235f3b04fa879ae52b50260d12293ebd44d4143ae5043d4ea371ef10a5c",
    "sigma_s.csv": "eb9834ff693d0f7318ceb202f42e7ba95c0a122aad93ef5926fbb8d8bf6fdaf2",
    "labels.csv": "3aa26af3d2c3b5fdfe89c32e9f83e5280d9e78020323e2cb5e3651f0ad7f3ef4",
}
_OSSA_WEIGHTS = {"DATA.mat": "96a2e0e3fc8dd63e87e063fe6164877fde6bc8f950b6a3caf21ba41b4925d9ae"}
_OSSA_PACKAGE = (
    "Ossa (2014), replication files of the American Economic Review, "
    "https://doi.org/10.1257/aer.104.12.4104"
)
_CP_ECONOMIES = (
    "ARG AUS AUT BRA CAN CHL CHN DNK FIN FRA DEU GRC HUN IND IDN IRL ITA JPN KOR MEX NLD NZL NOR "
    "PRT ZAF ESP SWE TUR GBR USA ROW"
)
_CP_TRADED = (
    "Agriculture, Mining, Food, Textile, Wood, Paper, Petroleum, Chemicals, Plastic, Minerals, "
    "Basic metals, Metal products, Machinery, Office, Electrical, Communication, Medical, Auto, "
    "Other transport, Other"
)
_CP_SERVICES_THETA = 8.22  # its data for sectors that are not traded, where it has no effect
_OSSA_REGIONS = ("BRA", "CHN", "EUU", "IND", "JPN", "ROW", "USA")


def caliendo_parro_2015(folder: str | Path) -> tuple[World, Array]:
    """Return the world of 1993 of Caliendo and Parro (2015), and the tariffs of 2005.

    The world has the paper's trade, input and final shares of 31 economies and 40 sectors and
    its value added; the first step of the paper, closing the deficits, is a counterfactual.

    Parameters
    ----------
    folder
        Holds B.txt, GO.txt, IO.txt, T.txt, tariffs1993.txt, tariffs2005.txt, xbilat1993.txt of
        the paper's replication package.

    Returns
    -------
    tuple
        The world, and the tariffs of 2005 as fractions; shape (importer, exporter, sector).

    Raises
    ------
    InputError
        When a file is missing; the error names the package.
    DataError
        When a file is not the one of the package.
    """
    folder = Path(folder)
    _check_files(folder, _CALIENDO_PARRO, _CALIENDO_PARRO_PACKAGE)
    economies = tuple(_CP_ECONOMIES.split())
    count, traded = len(economies), 20
    width = 2 * traded
    shape = (traded, count, count)
    flows = np.zeros((width, count, count))  # (sector, importer, exporter), before duty
    flows[:traded] = _numbers(folder / "xbilat1993.txt").reshape(shape) * 1000
    exports = flows.sum(axis=1)
    output = np.maximum(_numbers(folder / "GO.txt"), exports)
    own = np.arange(count)
    flows[:, own, own] = output - exports
    tariff, tariff_2005 = np.zeros((2, width, count, count))
    tariff[:traded] = _numbers(folder / "tariffs1993.txt").reshape(shape) / 100
    tariff_2005[:traded] = _numbers(folder / "tariffs2005.txt").reshape(shape) / 100
    spending = flows * (1 + tariff)
    bought = spending.sum(axis=2)
    labour_share = _numbers(folder / "B.txt")
    mix = np.maximum(_numbers(folder / "IO.txt").reshape(count, width, width), 0.0)
    mix /= np.maximum(mix.sum(axis=1, keepdims=True), 1.0)
    input_share = mix * (1 - labour_share.T)[:, None, :]
    final = np.maximum(bought.T - np.einsum("nks,sn->nk", input_share, output), 0.0)
    world = from_shares(
        trade_share=(spending / bought[:, :, None]).transpose(1, 2, 0),
        input_share=input_share,
        final_share=final / final.sum(axis=1, keepdims=True),
        value_added=(output * labour_share).sum(axis=0) / 1e6,
        duties=(tariff.transpose(1, 2, 0), np.ones((count, count, width), dtype=bool)),
        name="caliendo-parro-2015",
        year=1993,
        economies=economies,
        **_cp_labels(_numbers(folder / "T.txt"), traded),
        source=_CALIENDO_PARRO_PACKAGE,
        licence="Not stated; for replication only, not for redistribution.",
        notes=(
            "Negative final spending of the data is set to zero, as in the paper's code; so is one "
            "negative input share (Canada, -0.0008).",
        ),
    )
    return world, np.ascontiguousarray(tariff_2005.transpose(1, 2, 0))


def _cp_labels(theta: Array, traded: int) -> dict[str, object]:
    titles = (*_CP_TRADED.split(", "), *(f"Not traded {n}" for n in range(1, traded + 1)))
    sectors = tuple(f"s{number}" for number in range(1, 2 * traded + 1))
    trade = np.concatenate([theta, np.full(traded, _CP_SERVICES_THETA)])
    horizon = _one_horizon(trade, "Caliendo and Parro (2015), T.txt of the replication package")
    return {
        "sectors": sectors,
        "sector_titles": titles,
        "goods": sectors[:traded],
        "elasticities": horizon,
        "elasticities_short": horizon,
    }


def ossa_2014(folder: str | Path) -> World:
    """Return the world of 2007 of Ossa (2014): 7 regions, 33 industries, no inputs.

    Raw trade and factual tariffs; the paper's purge to balanced trade is a counterfactual.

    Parameters
    ----------
    folder
        Holds trade_ijs.csv, tariff_ijs.csv, sigma_s.csv and labels.csv.

    Raises
    ------
    InputError
        When a file is missing; the error names the package.
    DataError
        When a file is not the one of the package.
    """
    folder = Path(folder)
    _check_files(folder, _OSSA, _OSSA_PACKAGE)
    count = len(_OSSA_REGIONS)
    titles = tuple((folder / "labels.csv").read_text("utf-8").replace('"', "").split())
    width = len(titles)
    layers = [
        _numbers(folder / name).reshape(width, count, count)
        for name in ("trade_ijs.csv", "tariff_ijs.csv")
    ]
    flows, tariff = (layer.transpose(2, 1, 0) for layer in layers)  # rows are exporters
    horizon = _one_horizon(
        _numbers(folder / "sigma_s.csv")[:, 0] - 1.0,
        "sigma - 1 of Ossa (2014), sigma_s.csv, first column",
    )
    return close_accounts(
        final=flows,
        intermediate=np.zeros_like(flows),
        input_use=np.zeros((count, width, width)),
        tariff=tariff,
        tariff_known=np.ones(flows.shape, dtype=bool),
        name="ossa-2014",
        year=2007,
        economies=_OSSA_REGIONS,
        sectors=titles,
        sector_titles=titles,
        goods=titles,
        elasticities=horizon,
        elasticities_short=horizon,
        source=_OSSA_PACKAGE,
        licence="Not stated (GTAP 8 inside); for replication only, not for redistribution.",
    )


def ossa_2014_weights(folder: str | Path) -> Array:
    """Return the political weights of Ossa (2014), of mean one by region; (economy, sector).

    Tiny negative weights of the file, left by its own search, are set to zero.

    Parameters
    ----------
    folder
        Holds DATA.mat.

    Raises
    ------
    InputError
        When the file is missing; the error names the package.
    DataError
        When it is not the one of the package.
    """
    folder = Path(folder)
    _check_files(folder, _OSSA_WEIGHTS, _OSSA_PACKAGE)
    weights = np.maximum(read_mat(folder / "DATA.mat")["LAMBDAPOL"], 0.0)
    mean_one: Array = weights / weights.mean(axis=1, keepdims=True)
    return mean_one


def ossa_2014_noncooperative(folder: str | Path) -> Array:
    """Return the noncooperative duties of Ossa (2014) as fractions, (economy, sector).

    What the seven regions charge where they owe nothing to the partner; the paper fits its
    political weights to them. They are data, not an equilibrium.

    Parameters
    ----------
    folder
        Holds DATA.mat.

    Raises
    ------
    InputError
        When the file is missing; the error names the package.
    DataError
        When it is not the one of the package.
    """
    folder = Path(folder)
    _check_files(folder, _OSSA_WEIGHTS, _OSSA_PACKAGE)
    return np.ascontiguousarray(read_mat(folder / "DATA.mat")["TARGETTARIFF"].T)


def _one_horizon(trade: Array, source: str) -> Elasticities:
    ones, zeros = np.ones_like(trade), np.zeros_like(trade)
    return Elasticities(
        name="paper",
        trade=trade,
        trade_se=zeros,
        value_added=ones,
        inputs=ones,
        scale=zeros,
        sources=(source,),
    )


def _check_files(folder: Path, digests: dict[str, str], package: str) -> None:
    missing = [name for name in digests if not (folder / name).is_file()]
    if missing:
        raise InputError(
            f"{folder}: no {', '.join(missing)}. These files may not be shipped; take them from "
            f"{package}, and give their folder with --data"
        )
    for name, digest in digests.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != digest:
            raise DataError(
                f"{folder / name}: SHA-256 {found[:16]}..., expected {digest[:16]}... of {package}"
            )


def _numbers(path: Path) -> Array:
    table: Array = np.loadtxt(
        path, delimiter="," if path.suffix == ".csv" else None, encoding="utf-8"
    )
    return table
