"""What `parley talks` starts from: a scenario or the record, and what is on the table of two."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from parley.errors import InputError

if TYPE_CHECKING:
    from parley.equilibrium import Outcome, Uncertainty
    from parley.talks import Band, BreakEven, NotPriced, Payoffs, Table, Unsized
    from parley.world import World

_BILLION = 1e3
_DUTIES = ("duty", "duty_points")


def _said_share(share: float | None) -> str:
    return "no limit" if share is None else f"{100 * share:.0f} % of the base-year flow pass"


def _said_ban(setting: float) -> str:
    return "banned" if setting else "not banned"


_SETTING: dict[str, Callable[[Any], str]] = {  # Any: a number, or None for no limit
    "export_tax": lambda rate: f"{100 * rate:.1f} %",
    "quota": _said_share,
    "cap": _said_share,
    "import_ban": _said_ban,
    "export_ban": _said_ban,
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Talk:
    """Two parties, their table in a world, and how it is solved."""

    name: str  # of the scenario, or the day of the record
    payoffs: "Payoffs"
    horizon: Literal["long", "short"]
    uncertainty: "Uncertainty"  # what draws change

    @property
    def table(self) -> "Table":
        """What is on the table."""
        return self.payoffs.table

    @property
    def world(self) -> "World":
        """The world in which it is priced."""
        return self.payoffs.world

    @property
    def status_quo(self) -> "Outcome":
        """The equilibrium as things stand."""
        return self.payoffs.outcome(self.table.status_quo)


def talk_of_scenario(
    file: Path,
    between: tuple[str, ...],
    *,
    sizes: dict[str, float],
    horizon: Literal["long", "short"] | None,
    highest: float,
) -> Talk:
    """Return what a scenario file puts on the table of two parties."""
    from parley import equilibrium, talks
    from parley.cli.value import scenario_text
    from parley.world import economies_of

    asked = equilibrium.read_scenario(scenario_text(file), name=file.name)
    world = equilibrium.scenario_world(asked)
    for party in between:
        economies_of(world, party)  # names a party that the world does not have
    table = talks.Table.from_scenario(asked, world, between=between, highest=highest)
    chosen = horizon or asked.horizons[0]
    payoffs = talks.Payoffs(
        world=world,
        table=_sized(table, sizes),
        elasticities=equilibrium.scenario_elasticities(asked, world, chosen),
        model=equilibrium.Model(closure=asked.closure),
        beside=talks.beside(asked, world, between=between),
    )
    return Talk(name=file.name, payoffs=payoffs, horizon=chosen, uncertainty=asked.uncertainty)


def talk_of_record(  # noqa: PLR0913 - the options of one command
    on: date,
    between: tuple[str, ...],
    *,
    known: date | None,
    returning: date | None,
    where: str | None,
    world_name: str,
    sizes: dict[str, float],
    horizon: Literal["long", "short"] | None,
    highest: float,
) -> Talk:
    """Return what the record puts on the table of two parties on a day."""
    from parley import equilibrium, talks
    from parley import world as station
    from parley.brief import by_party, duties_on
    from parley.cli._record import open_record

    world = station.load(world_name)
    asked = known or on
    with open_record(where) as record:
        then, after = (
            [by_party(one, world, between) for one in duties_on(record, world, day, known=asked)]
            if day is not None
            else []
            for day in (on, returning)
        )
        measures = record.measures(on=on, known=asked, between=between)
    table = talks.Table.from_measures(
        measures,
        then,
        between=between,
        on=on,
        without_deal=after,
        bounds=(0.0, highest),
        base_year=station.BASE_DUTIES_YEAR,
    )
    chosen = horizon or "long"
    payoffs = talks.Payoffs(
        world=world,
        table=_sized(table, sizes),
        elasticities=world.elasticities_short if chosen == "short" else world.elasticities,
    )
    return Talk(
        name=f"the record of {on}",
        payoffs=payoffs,
        horizon=chosen,
        uncertainty=equilibrium.Uncertainty(),
    )


def sizes_of(words: list[str]) -> dict[str, float]:
    """Return the settings that the user gives to items without a published size."""
    sizes = {}
    for word in words:
        name, _, share = word.rpartition("=")
        try:
            sizes[name.strip()] = float(share)
        except ValueError as error:
            raise InputError(f"--size {word}: write NAME=SHARE, as in visas=0.6") from error
    return sizes


def _sized(table: "Table", sizes: dict[str, float]) -> "Table":
    for name, setting in sizes.items():
        table = table.sized(name, setting)
    return table


def document(talk: Talk) -> dict[str, Any]:  # Any: JSON values
    """Return what is on the table as plain values; null stands for no limit."""
    table = talk.table
    after = table.without_deal or table.status_quo
    return {
        "instruments": [
            {
                "name": one.name,
                "owner": one.owner,
                "partners": list(one.partners),
                "kind": one.kind,
                "sectors": list(one.sectors),
                "setting": _finite(one.setting),
                "bounds": [_finite(one.low), _finite(one.high)],
                "without_deal": _finite(after[one.name]),
                "measures": list(one.measures),
                "from": one.source,
            }
            for one in table.instruments
        ],
        "unsized": [
            {
                "name": one.instrument.name,
                "owner": one.instrument.owner,
                "kind": one.instrument.kind,
                "sectors": list(one.instrument.sectors),
                "measures": list(one.instrument.measures),
                "why": one.note,
            }
            for one in table.unsized
        ],
        "not_priced": [
            {"item": one.item, "measure": one.measure, "reason": one.reason}
            for one in table.not_priced
        ],
    }


def _finite(setting: float) -> float | None:
    return None if math.isinf(setting) else setting


def liftings(talk: Talk) -> list[dict[str, Any]]:  # Any: JSON values
    """Return what lifting each instrument but the duties would bring, as plain values."""
    from parley import talks

    return [
        {
            "name": one.name,
            "owner": one.owner,
            "gains_usd_mn": dict(zip(talk.table.parties, one.gains_usd_mn, strict=True)),
        }
        for one in talks.liftings(talk.payoffs)
    ]


def items(talk: Talk, *, points: float) -> list[dict[str, Any]]:  # Any: JSON values
    """Return what the items of unknown size may be worth, as plain values."""
    from parley import talks
    from parley.cli._console import progress

    found = []
    with progress("items of unknown size", total=len(talk.table.unsized)) as step:
        for item in talk.table.unsized:
            found.append(_priced(talks.price(talk.payoffs, item, points=points), item))
            step()
    return found


def _priced(
    found: "Band | BreakEven | NotPriced", item: "Unsized"
) -> dict[str, Any]:  # Any: JSON values
    from parley.talks import Band, NotPriced

    if isinstance(found, NotPriced):
        return {"name": found.item, "priced": "no", "reason": found.reason}
    if isinstance(found, Band):
        low, high = found.ends
        return {
            "name": found.item,
            "priced": "band",
            "assumed": [found.settings[0], found.settings[-1]],
            "why": item.note,
            "worth_usd_mn": {
                party: [float(low[at]), float(high[at])] for at, party in enumerate(found.parties)
            },
        }
    return {
        "name": found.item,
        "priced": "break-even",
        "why": item.note,
        "owner": item.instrument.owner,
        "target": found.target,
        "points_conceded": found.points,
        "users": "goods" if item.instrument.use == "final" else "inputs",
        "elasticity_between_origins": list(found.origins),
        "elasticity_of_users": list(found.users),
        "worth_usd_mn": found.price_usd_mn.tolist(),
        "cut": [[None if math.isnan(cut) else cut for cut in row] for row in found.cut.tolist()],
        "deepest": found.deepest,
    }


def print_table(table: dict[str, Any]) -> None:  # Any: JSON values
    """Print what is on the table: each side's duties in one line, all else one by one."""
    from parley.cli._console import results

    console = results()
    console.print("On the table", style="bold")
    shown = [*table["instruments"]]
    for owner in dict.fromkeys(one["owner"] for one in shown):
        duties = [one for one in shown if one["owner"] == owner and one["kind"] in _DUTIES]
        for kind in dict.fromkeys(one["kind"] for one in duties):
            console.print(_duty_line([one for one in duties if one["kind"] == kind]), markup=False)
    for one in shown:
        if one["kind"] not in _DUTIES:
            setting = _SETTING[one["kind"]](one["setting"])
            console.print(f"{one['name']}: {setting} ({one['from']})", markup=False)
    for one in table["unsized"]:
        console.print(f"{one['name']}: size unknown; {one['why']}", markup=False)


def print_not_priced(left: list[dict[str, Any]]) -> None:  # Any: JSON values
    """Print what no instrument stands for, with the reason."""
    from parley.cli._console import results

    console = results()
    if left:
        console.print("Not priced", style="bold")
    for one in left:
        console.print(f"{one['item']}: {one['reason']}", markup=False)


def print_liftings(found: list[dict[str, Any]]) -> None:  # Any: JSON values
    """Print what lifting each instrument but the duties would bring."""
    from parley.cli._console import results

    for one in found:
        gains = ", ".join(
            f"{party} {gain / _BILLION:+.2f}" for party, gain in one["gains_usd_mn"].items()
        )
        results().print(f"Lifting {one['name']}, USD bn a year: {gains}.", markup=False)


def print_items(found: list[dict[str, Any]]) -> None:  # Any: JSON values
    """Print what the items of unknown size may be worth, or that there are none."""
    from parley.cli._console import results

    if not found:
        results().print("Items of unknown size: none is on the table.")
    for one in found:
        console = results()
        console.print(one["name"], style="bold", markup=False)
        match one["priced"]:
            case "no":
                console.print(f"Not priced: {one['reason']}.", markup=False)
            case "band":
                console.print(_band_line(one), markup=False)
            case _:
                _print_break_even(one)


def _duty_line(duties: list[dict[str, Any]]) -> str:  # Any: JSON values
    first = duties[0]
    now, after = (sorted(one[key] for one in duties) for key in ("setting", "without_deal"))
    words = {
        "duty": "duty of",
        "duty_points": "additional duty of",
    }[first["kind"]]
    line = f"{first['owner']}: {words} {_range(now)} on {', '.join(first['partners'])}"
    return line + (f"; {_range(after)} without a deal" if after != now else "")


def _range(rates: list[float]) -> str:
    low, high = f"{100 * rates[0]:.1f}", f"{100 * rates[-1]:.1f}"
    return f"{low} %" if low == high else f"{low} to {high} %"


def _band_line(one: dict[str, Any]) -> str:  # Any: JSON values
    low, high = one["assumed"]
    worth = "; ".join(
        f"{party} {ends[0] / _BILLION:+.2f} to {ends[1] / _BILLION:+.2f}"
        for party, ends in one["worth_usd_mn"].items()
    )
    return (
        f"Assumed: between {100 * low:.0f} and {100 * high:.0f} % of the base-year flow pass. "
        f"Worth, USD bn a year: {worth}."
    )


def _print_break_even(one: dict[str, Any]) -> None:  # Any: JSON values
    from rich.table import Table

    from parley.cli._console import results

    console = results()
    worth = [value for row in one["worth_usd_mn"] for value in row]
    points = 100.0 * one["points_conceded"]
    console.print(
        f"The smallest cut that costs {one['target']} as much as {points:.3g} points off the "
        f"duties of {one['owner']} bring it (USD {min(worth) / _BILLION:.2f} to "
        f"{max(worth) / _BILLION:.2f} bn a year), by the elasticity between origins and that "
        f"among the {one['users']} of its users:",
        markup=False,
    )
    table = Table("between origins", box=None, pad_edge=False)
    for users in one["elasticity_of_users"]:
        table.add_column(f"{users:.3g}", justify="right", no_wrap=True)
    for origins, row in zip(one["elasticity_between_origins"], one["cut"], strict=True):
        cells = ("none" if cut is None else f"{100 * cut:.0f} %" for cut in row)
        table.add_row(f"{origins:.2f}", *cells)
    console.print(table)
