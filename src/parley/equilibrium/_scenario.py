"""A what-if: a world by name, how it is solved, and what changes, as a `World` and a `Policy`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict, get_args

import numpy as np

from parley.equilibrium._policy import Policy
from parley.equilibrium._uncertainty import Uncertainty
from parley.errors import DataError, InputError, LabelError, ScenarioError
from parley.world import economies_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from parley.equilibrium._base import Closure
    from parley.equilibrium._limit import Deflator, Size
    from parley.equilibrium._policy import Use
    from parley.world import ChokePoint, Elasticities, World

Instrument: TypeAlias = Literal[
    "duty",
    "duty_points",
    "specific_duty",
    "export_tax",
    "iceberg",
    "quota",
    "cap",
    "tariff_rate_quota",
    "ban",
]
INSTRUMENTS: tuple[Instrument, ...] = get_args(Instrument)
Horizon: TypeAlias = Literal["long", "short"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a policy: who charges whom what on which goods."""

    importer: str | tuple[str, ...] | None  # codes or parties; None is everyone
    exporter: str | tuple[str, ...] | None
    sector: str | tuple[str, ...] | None
    instrument: Instrument
    setting: float | None = None  # rate, points, amount, cost factor, or share of the base flow
    volume_usd_mn: float | None = None
    value_usd_mn: float | None = None
    deflator: Deflator = "numeraire"
    in_quota: float | None = None
    out_of_quota: float | None = None
    use: Use | None = None
    rent: str | None = None
    source: str = ""  # where the setting comes from, the key `from`
    owner: str = ""  # who sets it, where the instrument does not say: a ban
    name: str = ""  # what it is called at a table
    bounds: tuple[float, float] | None = None  # between which it is negotiated
    without_deal: float | None = None  # to which the setting goes when talks fail
    span: tuple[float, float] | None = None  # that an unknown setting may have, the key `range`
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Carve:
    """A choke point that the scenario makes a sector, with what is not published of it."""

    name: str
    elasticity: float | None
    trade_elasticity: float | None
    share: Mapping[str, float]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FromRecord:
    """Duties that a scenario takes from the record, as in force on a day."""

    on: date
    against: date | None = None  # an earlier state to compare with; None is the base year
    between: tuple[str, ...] = ()  # parties whose duties on each other are taken; () is all
    known: date | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A what-if: a world by name, how it is solved, and the policy.

    Rows of `table` are under negotiation and may have no known setting; they are no part of the
    policy. Duties of `from_record` are for the caller to look up: the engine knows no record.
    """

    name: str
    world: str
    closure: Closure
    horizons: tuple[Horizon, ...]
    rows: tuple[Row, ...]
    table: tuple[Row, ...] = ()
    carve: tuple[Carve, ...] = field(default=(), repr=False)
    from_record: FromRecord | None = None
    uncertainty: Uncertainty = field(default_factory=Uncertainty, repr=False)
    scale: float | None = None  # psi of the goods of the world
    labour_supply: float | None = None  # phi


def scenario_world(scenario: Scenario) -> World:
    """Return the world of a scenario, with its choke points carved out.

    Raises
    ------
    ScenarioError
        When a choke point is unknown or lacks a number; the line is named.
    """
    return _carved(scenario, {})


def scenario_neighbours(scenario: Scenario) -> dict[str, World]:
    """Return the worlds with half and twice each number that a choke point of it rests on.

    By the name of the change: "magnets: elasticity x 2". Empty without choke points.
    """
    worlds = {}
    for one in scenario.carve:
        for change, choke in _choke(one).around().items():
            worlds[f"{one.name}: {change}"] = _carved(scenario, {one.name: choke})
    return worlds


def _carved(scenario: Scenario, changed: Mapping[str, ChokePoint]) -> World:
    from parley.world import load

    world = load(scenario.world)
    for one in scenario.carve:
        try:
            world = world.carve(changed.get(one.name) or _choke(one))
        except (DataError, LabelError) as error:
            raise ScenarioError(f"{scenario.name} line {one.line}: {error}") from error
    return world


def _choke(one: Carve) -> ChokePoint:
    from parley.world import choke_point

    choke = choke_point(one.name, elasticity=one.elasticity, share=one.share)
    if one.trade_elasticity is None:
        return choke
    return replace(choke, trade_elasticity=one.trade_elasticity)


def scenario_elasticities(scenario: Scenario, world: World, horizon: Horizon) -> Elasticities:
    """Return the elasticities of a horizon, with what the scenario says of scale and labour."""
    chosen = world.elasticities if horizon == "long" else world.elasticities_short
    if scenario.scale is not None:
        goods = np.isin(world.sectors, world.goods)
        said = f"scale economies of goods: {scenario.scale:g}, {scenario.name}"
        chosen = replace(
            chosen,
            scale=np.where(goods, scenario.scale, chosen.scale),
            sources=(*chosen.sources, said),
        )
    if scenario.labour_supply is not None:
        said = f"labour supply: {scenario.labour_supply:g}, {scenario.name}"
        chosen = replace(
            chosen, labour_supply=scenario.labour_supply, sources=(*chosen.sources, said)
        )
    return chosen


def scenario_policy(scenario: Scenario, world: World, *, recorded: Policy | None = None) -> Policy:
    """Return the policy of a scenario in `world`; parties such as EUU stand for their members.

    Parameters
    ----------
    recorded
        The policy of the duties that `from_record` asks for; the rows come on top of it.

    Raises
    ------
    ScenarioError
        When a row names an economy or sector that the world does not have, or what it asks for
        cannot be; when it takes duties from the record and none are given.
    """
    if scenario.from_record is not None and recorded is None:
        raise ScenarioError(
            f"{scenario.name} line {scenario.from_record.line}: duties from the record are not "
            "looked up here; write them as [[policy]] rows, or use `parley value`"
        )
    policy = Policy.none(world) if recorded is None else recorded
    for row in scenario.rows:
        try:
            policy = _applied(policy, row, world)
        except (InputError, LabelError) as error:
            raise ScenarioError(f"{scenario.name} line {row.line}: {error}") from error
    return policy


def _applied(policy: Policy, row: Row, world: World) -> Policy:
    flow = _Flow(
        importer=_economies(world, row.importer),
        exporter=_economies(world, row.exporter),
        sector=row.sector,
    )
    setting = row.setting or 0.0
    match row.instrument:
        case "duty":
            return policy.set_duty(**flow, rate=setting)
        case "duty_points":
            return policy.add_duty(**flow, rate=setting)
        case "specific_duty":
            return policy.add_specific_duty(**flow, amount=setting, deflator=row.deflator)
        case "export_tax":
            return policy.add_export_tax(**flow, rate=setting)
        case "iceberg":
            return policy.add_iceberg(**flow, factor=setting, use=row.use)
        case "ban":
            return policy.ban(**flow, use=row.use)
        case "quota":
            return policy.quota(**flow, **_size(row), rent=row.rent or "importer", use=row.use)
        case "cap":
            return policy.cap(**flow, **_size(row), rent=row.rent or "exporter", use=row.use)
        case "tariff_rate_quota":
            return policy.tariff_rate_quota(
                **flow,
                **_size(row),
                in_quota=row.in_quota or 0.0,
                out_of_quota=row.out_of_quota or 0.0,
                rent=row.rent or "importer",
            )


class _Flow(TypedDict):
    importer: tuple[str, ...] | None
    exporter: tuple[str, ...] | None
    sector: str | tuple[str, ...] | None


def _size(row: Row) -> Size:
    return {
        "share": row.setting,
        "volume_usd_mn": row.volume_usd_mn,
        "value_usd_mn": row.value_usd_mn,
        "deflator": row.deflator,
    }


def _economies(world: World, parties: str | tuple[str, ...] | None) -> tuple[str, ...] | None:
    if parties is None:
        return None
    named = (parties,) if isinstance(parties, str) else parties
    return tuple(code for party in named for code in economies_of(world, party))
