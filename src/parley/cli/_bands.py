"""`parley replicate bands`: the packages from the record, and the published figures beside ours."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parley.equilibrium import Policy
    from parley.equilibrium.published import Cell
    from parley.world import World

# The duties announced on 12 May 2025 were charged from 14 May.
_PACKAGES = {"15 April 2025": date(2025, 4, 15), "12 May 2025": date(2025, 5, 14)}
_CHANGES = ("US real GDP", "US-China goods trade")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One published figure beside ours."""

    said: dict[str, str]  # the row of the table
    value: float
    faults: tuple[str, ...]

    @property
    def in_band(self) -> bool:
        """Whether ours lies inside the band."""
        return float(self.said["low"]) <= self.value <= float(self.said["high"])

    @property
    def fails(self) -> bool:
        """Whether a sign or an order is wrong, or a level lies outside without a reason."""
        return bool(self.faults) or not (self.in_band or self.said["reason"])


def package_of() -> "tuple[World, dict[str, Policy]]":
    """Return the world and the duties of each package against those of its base year."""
    from parley import world as station
    from parley.brief import duties_since
    from parley.ledger import Ledger

    world = station.load("g20-detail", bilateral=2023)
    with Ledger.open() as record:
        packages = {name: duties_since(record, world, day=day) for name, day in _PACKAGES.items()}
    return world, packages


def compare(cells: "Iterable[Cell]") -> tuple[Row, ...]:
    """Return each published figure with ours, and which signs and orders are wrong."""
    found = {_key(cell): cell.value for cell in cells}
    table = _published()
    ours = {said["id"]: found[said["table"], said["scenario"], said["variable"]] for said in table}
    return tuple(
        Row(said=said, value=ours[said["id"]], faults=_faults(said, ours)) for said in table
    )


def alone(cells: "Iterable[Cell]") -> "tuple[Cell, ...]":
    """Return our figures beside which nothing is published; the reasons refer to them."""
    published = {(said["table"], said["scenario"], said["variable"]) for said in _published()}
    return tuple(cell for cell in cells if _key(cell) not in published)


def _key(cell: "Cell") -> tuple[str, str, str]:
    return cell.table, cell.scenario, cell.variable


def _faults(said: dict[str, str], ours: dict[str, float]) -> tuple[str, ...]:
    value, faults = ours[said["id"]], []
    if said["variable"] in _CHANGES and value * float(said["published"]) <= 0.0:
        faults.append("the sign differs")
    if said["below"] and value >= ours[said["below"]]:
        faults.append(f"not below {said['below']}")
    return tuple(faults)


def _published() -> list[dict[str, str]]:
    import csv
    from importlib import resources

    file = resources.files("parley.cli") / "published_tables" / "bands.csv"
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def show(rows: tuple[Row, ...], ours: "tuple[Cell, ...]", world: "World", *, as_json: bool) -> int:
    """Print the figures with their bands, and ours alone; return how many fail."""
    from parley.cli._console import print_json, results
    from parley.cli._record import table

    failed = sum(row.fails for row in rows)
    if as_json:
        figures = [
            {**row.said, "parley": row.value, "in_band": row.in_band, "faults": list(row.faults)}
            for row in rows
        ]
        rest = [dict(zip(("table", "scenario", "variable"), _key(cell), strict=True))
                | {"parley": cell.value} for cell in ours]  # fmt: skip
        print_json({"world": world.name, "figures": figures, "alone": rest, "failed": failed})
        return failed
    shown = table("package", "horizon", "figure", "published", "band", "parley", "")
    for row in rows:
        said = row.said
        verdict = ", ".join(row.faults) or ("in band" if row.in_band else "outside")
        shown.add_row(
            said["table"],
            said["scenario"],
            said["variable"],
            said["published"],
            f"{said['low']} to {said['high']}",
            f"{row.value:.2f}",
            verdict,
        )
    console = results()
    console.print(shown)
    for row in rows:
        said = row.said
        console.print(f"{said['id']}: {said['definition']}. {said['source']}.", markup=False)
        if not row.in_band:
            why = said["reason"] or "NO REASON IS GIVEN"
            console.print(f"    outside its band: {why}", markup=False)
    for cell in ours:
        where = f"{cell.table}, {cell.scenario}: {cell.variable}"
        console.print(f"ours alone: {where} {cell.value:.2f}", markup=False)
    outside = sum(not row.in_band for row in rows)
    console.print(
        f"{len(rows)} figures on {world.name}, {outside} outside their band with a reason, "
        f"{failed} failed"
    )
    return failed
