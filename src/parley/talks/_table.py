"""The table: who can set what between which bounds, and a deal as a setting of all of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from parley.equilibrium import Policy
from parley.errors import InputError, LabelError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
class Table:
    """What is under negotiation: the parties and their instruments."""

    instruments: tuple[Instrument, ...]
    parties: tuple[str, ...] = ()  # the owners of the instruments when left out

    def __post_init__(self) -> None:
        owners = tuple(dict.fromkeys(one.owner for one in self.instruments))
        if not self.parties:
            object.__setattr__(self, "parties", owners)
        if not owners or len(set(self.names)) != len(self.names):
            raise InputError(
                f"a table needs instruments, each with a name of its own, not {self.names}"
            )
        if not set(owners) <= set(self.parties):
            raise InputError(f"{owners} own instruments, but {self.parties} sit at the table")

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
