"""`parley replicate duties`: average duties that others published, and ours beside them."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.ledger import Ledger

_SAME = {"yes": "same", "no": "other"}
TOLERANCE = 4.0
"""Points within which ours counts as the same where the definitions are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One published figure and ours, with the band of the shares; None where none is computed."""

    said: dict[str, str]  # the row of the table
    ours: float | None = None
    band: tuple[float, float] | None = None

    @property
    def apart(self) -> float | None:
        """Ours less the published figure, in points."""
        return None if self.ours is None else self.ours - float(self.said["published"])

    @property
    def fails(self) -> bool:
        """Whether definitions are the same and the figures are not, or a reason is missing."""
        if self.said["same_definition"] == "yes":
            return self.apart is None or abs(self.apart) > TOLERANCE
        return not self.said["reason"]


def beside(ledger: "Ledger") -> tuple[Beside, ...]:
    """Return every published figure with ours."""
    return tuple(_one(ledger, said) for said in _published())


def _one(ledger: "Ledger", said: dict[str, str]) -> Beside:
    from parley import duties

    if not said["ours_on"]:
        return Beside(said=said)
    day = date.fromisoformat(said["ours_on"])
    if said["about"].startswith("headline"):
        rates = duties.headline(ledger, day, said["about"].split()[-1])
        return Beside(said=said, ours=sum(one.percent for one in rates))
    found = duties.on(ledger, day)
    partner = None if said["about"] == "all" else said["about"]
    average = found.average(partner=partner)
    assert isinstance(average, float)
    return Beside(said=said, ours=average, band=found.span(partner=partner))


def _words(row: Beside) -> str:
    """Return who published a figure, its definition, and why it differs."""
    why = f" Why apart: {row.said['reason']}." if row.said["reason"] else ""
    return f"{row.said['who']}: {row.said['definition']}.{why}"


def _published() -> list[dict[str, str]]:
    import csv
    from importlib import resources

    file = resources.files("parley.cli") / "published_tables" / "duties.csv"
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def show(rows: tuple[Beside, ...], *, as_json: bool) -> int:
    """Print the figures beside each other; return how many fail."""
    from parley.cli._console import print_json, results
    from parley.cli._record import table

    failed = sum(row.fails for row in rows)
    if as_json:
        figures = [{**row.said, "parley": row.ours, "band": row.band} for row in rows]
        print_json({"figures": figures, "tolerance": TOLERANCE, "failed": failed})
        return failed
    shown = table("figure", "day", "published", "parley", "band", "apart", "definition")
    for row in rows:
        shown.add_row(
            row.said["id"],
            row.said["day"],
            row.said["published"],
            "" if row.ours is None else f"{row.ours:.2f}",
            "" if row.band is None else f"{row.band[0]:.1f} to {row.band[1]:.1f}",
            "" if row.apart is None else f"{row.apart:+.1f}",
            "FAILED" if row.fails else _SAME[row.said["same_definition"]],
        )
    console = results()
    console.print(shown)
    for words, those in groupby(rows, key=_words):
        console.print(f"{', '.join(row.said['id'] for row in those)}: {words}", markup=False)
    alike = [abs(row.apart or 0.0) for row in rows if row.said["same_definition"] == "yes"]
    console.print(
        f"{len(rows)} figures, {len(alike)} of them by the same definition and at most "
        f"{max(alike):.1f} points apart; {failed} failed"
    )
    return failed
