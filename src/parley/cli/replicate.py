"""`parley replicate`: tables of published papers, recomputed."""

from collections.abc import Iterable
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
    from parley import world
    from parley.equilibrium import published

    folder = _given(data, "Caliendo and Parro (2015), Review of Economic Studies 82(1)")
    cells = published.caliendo_parro(*world.caliendo_parro_2015(folder))
    _show("caliendo-parro-2015", cells, as_json=as_json)


@replicate.command("ossa-2014")
def ossa(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Recompute tables 3, 4 and 5 of Ossa (2014): optimal duties, trade war, trade talks.

    Takes about two minutes. Example: `parley replicate ossa-2014 --data ossa2014/`
    """
    from itertools import chain

    from parley import talks, world
    from parley.equilibrium import published

    folder = _given(data, "Ossa (2014), American Economic Review 104(12)")
    base, weights = world.ossa_2014(folder), world.ossa_2014_weights(folder)
    cells = chain(published.ossa(base), talks.ossa_tables(base, weights))
    _show("ossa-2014", cells, as_json=as_json)


@replicate.command("bands")
def bands(as_json: JsonOption = False) -> None:
    """Price the packages of 2025 and hold them against published estimates.

    Each estimate has a band; a level outside it fails unless the reason is given, and the sign
    and order must agree. Example: `parley replicate bands`
    """
    from parley.cli._bands import alone, compare, package_of, show
    from parley.equilibrium import published

    world, packages = package_of()
    cells = tuple(published.bands(world, packages))
    failed = show(compare(cells), alone(cells), world, as_json=as_json)
    if failed:
        raise typer.Exit(1)


@replicate.command("duties")
def duties(as_json: JsonOption = False) -> None:
    """Hold the average duties of the record against those that others published.

    Where the definition is the same ours must lie within 4 points; elsewhere the reason is
    given. Example: `parley replicate duties`
    """
    from parley.cli._published_duties import beside, show
    from parley.ledger import Ledger

    with Ledger.open() as record:
        rows = beside(record)
    if show(rows, as_json=as_json):
        raise typer.Exit(1)


def _given(folder: Path | None, paper: str) -> Path:
    """Return the folder that the user named; without one, say what it must hold."""
    if folder is None:
        raise InputError(
            f"the data of {paper} may not be shipped: get its replication package from the "
            "publisher and name the folder that holds its files with --data"
        )
    return folder


def _show(paper: str, cells: Iterable["Cell"], *, as_json: bool) -> None:
    """Print the published table beside ours; exit 1 when one lies beyond for no named reason."""
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
        rows.append(row | {"within_tolerance": holds, "reason": said.get("reason") or ""})
    if published:
        raise DataError(f"{paper}: {len(published)} published cells were not recomputed")
    off = sum(not row["within_tolerance"] and not row["reason"] for row in rows)
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
                "" if row["within_tolerance"] else row["reason"] or "beyond tolerance",
            )
        console.print(table)
    beyond = [row for row in rows if not row["within_tolerance"]]
    known = sum(bool(row["reason"]) for row in beyond)
    said = f", {known} of them for the reason named" if known else ""
    console.print(f"{len(rows)} cells, {len(beyond)} beyond their tolerance{said}")
