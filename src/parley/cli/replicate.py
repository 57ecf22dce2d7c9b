"""`parley replicate`: tables of published papers, recomputed."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parley.errors import DataError, InputError

if TYPE_CHECKING:
    from parley.equilibrium.published import Cell

replicate = typer.Typer(help="Recompute tables of published papers.", no_args_is_help=True)

DataOption = Annotated[
    Path | None, typer.Option("--data", help="Folder with the files of the paper's package.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


_KEY = ("table", "scenario", "who", "variable")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Package:
    """Files of a publisher's replication package, which may not be shipped."""

    name: str
    files: dict[str, str]  # file name to SHA-256
    delimiter: str | None = None


_CALIENDO_PARRO = _Package(
    name="Caliendo and Parro (2015), supplementary data of the Review of Economic Studies",
    files={
        "B.txt": "ab6f6686938468052112aeb69a9ece4005e3991faa54a6075994f3e4a28c032f",
        "GO.txt": "ee6b27f50bde6f79cf275fe8037dd92be7a3fa4feda7b9ea89278b53a5d8b151",
        "IO.txt": "844447e2b9db61b91aa64786d4a4dace1553f4c4c240174a9235a76a4b8ce05e",
        "T.txt": "0e9daba39ed0a13bad5e516e459de221d2720f18f791823b8a9e62e8df61c6e8",
        "tariffs1993.txt": "f6824dac7831dbf0bffc2a1c2ff2c37292ef59eec10b9d67fbfb8f5bd1eeb506",
        "tariffs2005.txt": "75f6c5113bb07e2e7c1d5ba3ff9f36b3c51491850ead998b60558e30e7ed90c8",
        "xbilat1993.txt": "dcc0ae3a5b21ebc8e3c864df7e097da9bdbdf6a661ed6fc92d95aa25dc65a116",
    },
)
_OSSA = _Package(
    name="Ossa (2014), replication package of the American Economic Review (openICPSR)",
    files={
        "trade_ijs.csv": "559a85937c4b8444b05ef103bd4730b02d75f7fe82bac93248e44d9b3238d5ab",
        "tariff_ijs.csv": "d455a235f3b04fa879ae52b50260d12293ebd44d4143ae5043d4ea371ef10a5c",
        "sigma_s.csv": "eb9834ff693d0f7318ceb202f42e7ba95c0a122aad93ef5926fbb8d8bf6fdaf2",
    },
    delimiter=",",
)


@replicate.command("liberation-day")
def liberation_day(as_json: JsonOption = False) -> None:
    """Recompute tables 1, 2, 3, 9 and 4 of Ignatenko and others (2025) on `countries-2023`.

    Example: `parley replicate liberation-day`
    """
    from parley import world
    from parley.equilibrium import published

    countries = world.load("countries-2023")
    cells = published.liberation_day(
        countries,
        margin=world.attribute(countries, "margin_share"),
        announced=world.attribute(countries, "announced_tariff"),
        gdp_usd_mn=world.attribute(countries, "gdp_usd_mn"),
    )
    _show("liberation-day", cells, as_json=as_json)


@replicate.command("caliendo-parro-2015")
def caliendo_parro(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Recompute table 2 of Caliendo and Parro (2015), with the exact changes beside it.

    Example: `parley replicate caliendo-parro-2015 --data cp2015/`
    """
    from parley.equilibrium import published

    files = _read(_CALIENDO_PARRO, data)
    _show("caliendo-parro-2015", published.caliendo_parro(files), as_json=as_json)


@replicate.command("ossa-2014")
def ossa(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Recompute the welfare of free trade in the economy of Ossa (2014).

    Example: `parley replicate ossa-2014 --data ossa2014/`
    """
    from parley.equilibrium import published

    _show("ossa-2014", published.ossa(_read(_OSSA, data)), as_json=as_json)


def _read(package: _Package, folder: Path | None) -> dict[str, Any]:  # Any: NumPy loads later
    """Return the numbers of a package's files by name, after checking their digests."""
    from hashlib import sha256
    from io import StringIO

    import numpy as np

    wanted = ", ".join(package.files)
    if folder is None:
        raise InputError(
            f"the data of {package.name} may not be shipped; give the folder that holds its "
            f"files with --data: {wanted}"
        )
    numbers = {}
    for name, digest in package.files.items():
        file = folder / name
        if not file.is_file():
            raise InputError(f"{file} is missing; {package.name} has these files: {wanted}")
        content = file.read_bytes()
        if sha256(content).hexdigest() != digest:
            raise DataError(f"{file} is not the file of {package.name}: its SHA-256 differs")
        text = StringIO(content.decode("utf-8"))
        numbers[file.stem] = np.loadtxt(text, delimiter=package.delimiter)
    return numbers


def _show(paper: str, cells: Iterable["Cell"], *, as_json: bool) -> None:
    """Print the published table beside ours; exit 1 when a cell lies beyond its tolerance."""
    from parley.cli._console import print_json

    published = _published(paper)
    rows = []
    for cell in cells:
        key = (cell.table, cell.scenario, cell.who, cell.variable)
        said = published.pop(key)
        value, gap = cell.value, cell.value - float(said["published"])
        holds = abs(gap) <= float(said["tolerance"]) + 1e-9
        row: dict[str, Any] = dict(zip(_KEY, key, strict=True))  # Any: words and numbers
        row |= {"published": float(said["published"]), "parley": value, "difference": gap}
        rows.append(row | {"within_tolerance": holds})
    if published:
        raise DataError(f"{paper}: {len(published)} published cells were not recomputed")
    off = sum(not row["within_tolerance"] for row in rows)
    if as_json:
        print_json({"paper": paper, "cells": rows, "beyond_tolerance": off})
    else:
        _print_table(rows)
    if off:
        raise typer.Exit(1)


def _published(paper: str) -> dict[tuple[str, ...], dict[str, str]]:
    import csv
    from importlib import resources

    file = resources.files("parley.cli") / "published_tables" / f"{paper}.csv"
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {tuple(row[key] for key in _KEY): row for row in csv.DictReader(lines)}


def _print_table(rows: list[dict[str, Any]]) -> None:  # Any: cells are words and numbers
    from itertools import groupby

    from rich.table import Table

    from parley.cli._console import results

    console = results()
    for (name, scenario), group in groupby(rows, key=lambda row: (row["table"], row["scenario"])):
        console.print(f"Table {name}: {scenario}", style="bold", markup=False)
        table = Table("who", "variable", box=None, pad_edge=False)
        for column in ("published", "parley", "difference", ""):
            table.add_column(column, justify="right")
        for row in group:
            table.add_row(
                row["who"],
                row["variable"],
                f"{row['published']:g}",
                f"{row['parley']:.5f}",
                f"{row['difference']:+.5f}",
                "" if row["within_tolerance"] else "beyond tolerance",
            )
        console.print(table)
    off = sum(not row["within_tolerance"] for row in rows)
    console.print(f"{len(rows)} cells, {off} beyond their tolerance")
