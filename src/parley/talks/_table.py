"""The table: who can set what between which bounds, and a deal as a setting of all of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from parley.equilibrium import Policy
from parley.errors import InputError, LabelError
from parley.talks._instrument import DUTIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from parley.equilibrium import Scenario
    from parley.records import DutyTable, Entry
    from parley.talks._instrument import Instrument
    from parley.typing import Array
    from parley.world import World

Payoff: TypeAlias = "Callable[[Deal], Array]"
"""What a deal pays each party of the table, shape (party,), in one stated unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A setting of every instrument of a table, in the units of the instruments."""

    instruments: tuple[str, ...]  # their names, in the order of the table
    settings: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.instruments) != len(self.settings):
            raise InputError(
                f"a deal sets each instrument once: {len(self.settings)} settings for "
                f"{len(self.instruments)} instruments"
            )

    def __getitem__(self, name: str) -> float:
        """Return the setting of the instrument of that name."""
        return self.settings[_position(name, self.instruments)]

    def but(self, settings: Mapping[str, float]) -> Deal:
        """Return the deal with some instruments set otherwise."""
        changed = list(self.settings)
        for name, setting in settings.items():
            changed[_position(name, self.instruments)] = setting
        return replace(self, settings=tuple(changed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsized:
    """An instrument whose setting nobody published; it has no default.

    Over a `span` it is priced as a band, "assumed"; without one nothing bounds it, and what can
    be said is where it breaks even with the duties conceded for it.
    """

    instrument: Instrument  # at the setting that does nothing
    span: tuple[float, float] | None = None  # settings that it may have
    note: str = ""  # why there is no setting; where the span comes from

    def __post_init__(self) -> None:
        if self.instrument.setting != self.instrument.none:
            raise InputError(
                f"{self.instrument.name}: an instrument of unknown setting stands at the one that "
                f"does nothing, {self.instrument.none}"
            )
        for setting in self.span or ():
            self.instrument.checked(setting)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPriced:
    """A measure between the parties for which no instrument stands, with the reason."""

    item: str
    measure: str  # id of the record's entry
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What is under negotiation: the parties and their instruments.

    A deal sets the `instruments`. What has no known setting lies in `unsized` until `sized` gives
    it one; what no instrument can stand for is named in `not_priced`.
    """

    instruments: tuple[Instrument, ...]
    parties: tuple[str, ...] = ()  # the owners of the instruments when left out
    without_deal: Deal | None = None  # what returns when talks fail, by the record
    unsized: tuple[Unsized, ...] = ()
    not_priced: tuple[NotPriced, ...] = ()

    def __post_init__(self) -> None:
        owners = tuple(dict.fromkeys(one.owner for one in self.instruments))
        if not self.parties:
            object.__setattr__(self, "parties", owners)
        names = (*self.names, *(one.instrument.name for one in self.unsized))
        if not owners or len(set(names)) != len(names):
            raise InputError(f"a table needs instruments, each with a name of its own, not {names}")
        if self.without_deal is not None and self.without_deal.instruments != self.names:
            raise LabelError(f"without a deal {self.names} must be set, each once and in order")
        if not set(owners) <= set(self.parties):
            raise InputError(f"{owners} own instruments, but {self.parties} sit at the table")

    @classmethod
    def from_measures(  # noqa: PLR0913 - the options of one question
        cls,
        measures: Iterable[Entry],
        duties: Iterable[DutyTable],
        *,
        between: Sequence[str],
        on: date,
        without_deal: Iterable[DutyTable] = (),
        bounds: tuple[float, float] = (0.0, 10.0),
        base_year: int | None = None,
    ) -> Table:
        """Return the table of the measures between some parties.

        Parameters
        ----------
        measures
            Entries of the record that hold on the day. A measure other than a tariff becomes the
            instrument that ``talks/instruments.csv`` names for its kind and product.
        duties
            What is charged on the day: totals become levels, additional duties become points.
            Sectors in which the parties charge the same are one instrument.
        between
            The parties.
        without_deal
            Duties of the day to which the parties return when talks fail, cell by cell.
        bounds
            Lowest and highest duty that is negotiated; widened where a rate lies outside.
        base_year
            Year of the base duties of the world: a tariff in force by its end is part of them.

        Raises
        ------
        InputError
            When no duty is between the parties, or a duty has no rate without a deal.
        """
        from parley.talks._measures import table_from_measures

        return table_from_measures(
            measures,
            duties,
            between=between,
            on=on,
            without_deal=without_deal,
            bounds=bounds,
            base_year=base_year,
        )

    @classmethod
    def from_scenario(
        cls, scenario: Scenario, world: World, *, between: Sequence[str], highest: float = 10.0
    ) -> Table:
        """Return the table of a scenario: its rows between two parties, and its ``[[table]]``.

        A duty is negotiated between none and `highest`, a limit between a hundredth of the
        base-year flow and none, unless the row says `bounds`. Rows that name others as well stay
        out of it: `beside` is their policy.
        """
        from parley.talks._rows import table_from_scenario

        return table_from_scenario(scenario, world, between=between, highest=highest)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the instruments."""
        return tuple(one.name for one in self.instruments)

    @property
    def status_quo(self) -> Deal:
        """The settings that hold now."""
        return self.deal(tuple(one.setting for one in self.instruments))

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Lowest and highest setting of each instrument."""
        return tuple((one.low, one.high) for one in self.instruments)

    def sized(self, name: str, setting: float, *, source: str = "given by the user") -> Table:
        """Return the table in which an unsized instrument has a setting and so can be dealt in."""
        at = _position(name, tuple(one.instrument.name for one in self.unsized))
        known = replace(self.unsized[at].instrument, setting=setting, source=source)
        returning = self.without_deal
        if returning is not None:
            returning = Deal(
                instruments=(*returning.instruments, name),
                settings=(*returning.settings, setting),
            )
        return replace(
            self,
            instruments=(*self.instruments, known),
            unsized=self.unsized[:at] + self.unsized[at + 1 :],
            without_deal=returning,
        )

    def lowered(self, party: str, points: float) -> Deal:
        """Return the status quo with the duties of a party lower by `points`, not below none."""
        lower = {
            one.name: min(one.setting, max(one.setting - points, 0.0))
            for one in self.instruments
            if one.owner == party and one.kind in DUTIES
        }
        return self.status_quo.but(lower)

    def owned_by(self, party: str) -> tuple[int, ...]:
        """Return the positions of the party's instruments."""
        return tuple(i for i, one in enumerate(self.instruments) if one.owner == party)

    def deal(self, settings: Sequence[float]) -> Deal:
        """Return the deal with these settings, in the order of the instruments."""
        return Deal(instruments=self.names, settings=tuple(settings))

    def policy(self, deal: Deal, world: World, *, beside: Policy | None = None) -> Policy:
        """Return the policy of `deal` in `world`.

        Parameters
        ----------
        beside
            What is not on the table: the policies of all others. Default: the base year. A level
            of duty on the table replaces one in it; points, taxes and limits come on top.

        Raises
        ------
        LabelError
            When the deal is of another table, or the world lacks a party or sector.
        """
        if deal.instruments != self.names:
            raise LabelError(
                f"the deal sets {', '.join(deal.instruments)}; this table has "
                f"{', '.join(self.names)}"
            )
        policy = Policy.none(world) if beside is None else beside
        pairs = list(zip(self.instruments, deal.settings, strict=True))
        pairs.sort(key=lambda pair: pair[0].kind != "duty")  # a level wipes out points
        for instrument, setting in pairs:
            policy = instrument.applied(policy, world, setting)
        return policy


def _position(name: str, names: tuple[str, ...]) -> int:
    if name not in names:
        raise LabelError(f"no instrument {name!r} on this table; there are {', '.join(names)}")
    return names.index(name)
