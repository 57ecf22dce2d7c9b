"""What an item of unknown size is worth: a band over a range, or where it breaks even."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import InputError
from parley.talks._table import NotPriced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.talks._instrument import Instrument
    from parley.talks._payoffs import Payoffs
    from parley.talks._table import Deal, Unsized
    from parley.typing import Array
    from parley.world import Elasticities, World

ORIGINS_TRIED = (1 / 3, 1.0, 2.0)
"""Between origins, over the elasticity that the world has: where an item's break-even is asked."""
USERS_TRIED = (0.5, 1.0, 2.0)
"""The same of the elasticity of its users."""

_FIRST_CUTS = (0.1, 0.4, 0.7, 0.9)
_CLOSE = 0.005  # of the base-year flow: how closely a break-even is found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Band:
    """What an item may be worth over the range that its setting is assumed to lie in."""

    item: str
    parties: tuple[str, ...]
    settings: tuple[float, ...]
    worth_usd_mn: Array = field(repr=False)  # against no such limit, (setting, party)

    @property
    def ends(self) -> tuple[Array, Array]:
        """The lowest and the highest worth to each party, each of shape (party,)."""
        return self.worth_usd_mn.min(axis=0), self.worth_usd_mn.max(axis=0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BreakEven:
    """The smallest cut at which an item outweighs the duties conceded, to its target.

    By the two numbers that decide how much a shortage hurts: the trade elasticity between origins
    of what is cut, and the elasticity of substitution among the inputs of its users (among all
    goods where it goes to final users).
    """

    item: str
    target: str
    conceded: Deal  # the duties conceded, all others as they are
    points: float  # by which duties are conceded at most, a fraction of the price
    origins: tuple[float, ...]
    users: tuple[float, ...]
    price_usd_mn: Array = field(repr=False)  # what they are worth to it; (origins, users)
    cut: Array = field(repr=False)  # a part of the base-year flow; NaN: none up to `deepest`
    deepest: float


def price(payoffs: Payoffs, item: Unsized, *, points: float = 0.1) -> Band | BreakEven | NotPriced:
    """Return what can be said of an item of unknown size.

    A band over its span; without one its break-even with the duties of its owner, lowered by
    `points`, at three elasticities between origins and three of its users; or why neither can be.
    """
    limit = item.instrument
    world, table = payoffs.world, payoffs.table
    missing = [code for code in limit.sectors if code not in world.sectors]
    conceded = table.lowered(limit.owner, points)
    why = ""
    if missing:
        why = f"world {world.name} has no sector {', '.join(missing)}; a scenario can carve it out"
    elif item.span is not None:
        return band(payoffs, item)
    elif not limit.is_limit:
        why = f"{limit.kind} of unknown setting"
    elif conceded == table.status_quo:
        why = f"{limit.owner} has no duty on the table to weigh it against"
    if why:
        return NotPriced(item=limit.name, measure=" ".join(limit.measures), reason=why)
    grid = _Grid(world, limit, payoffs.elasticities)
    return break_even(
        payoffs,
        item,
        conceded=conceded,
        origins=[factor * grid.origin for factor in ORIGINS_TRIED],
        users=[factor * grid.user for factor in USERS_TRIED],
    )


def band(payoffs: Payoffs, item: Unsized, *, points: int = 5) -> Band:
    """Return what an item is worth to each party at settings from one end of its span to the other.

    All other instruments of the table stay at the status quo.

    Raises
    ------
    InputError
        When nothing bounds the item; ask where it breaks even.
    """
    name = item.instrument.name
    if item.span is None:
        raise InputError(f"{name}: nothing bounds its setting; ask for its break-even")
    opened, deal = _opened(payoffs, item)
    settings = tuple(np.linspace(*item.span, points).tolist())
    without = opened(deal)
    return Band(
        item=name,
        parties=payoffs.table.parties,
        settings=settings,
        worth_usd_mn=np.stack([opened(deal.but({name: one})) - without for one in settings]),
    )


def break_even(  # noqa: PLR0913 - the options of one question
    payoffs: Payoffs,
    item: Unsized,
    *,
    conceded: Deal,
    target: str = "",
    origins: Sequence[float] = (),
    users: Sequence[float] = (),
    deepest: float = 0.99,
) -> BreakEven:
    """Return the smallest cut at which a limit outweighs the duties conceded, to its target.

    Duties that others concede bring the target a gain; the limit outweighs them when it costs the
    target more. Duties that the target itself concedes cost it something; the limit outweighs
    them when it costs more still, so that the target had better concede them to have it lifted.

    Parameters
    ----------
    conceded
        The status quo with some duties lowered: those of the target alone, or those of others.
    target
        Whom the limit hurts; default: the partner of the instrument.
    origins, users
        Elasticities that are tried: between origins of what is cut, and among the inputs of its
        users. Default: those of `payoffs`.
    deepest
        Largest cut that is tried.

    Raises
    ------
    InputError
        For an item that is no limit, or elasticities that are not positive.
    ConvergenceError
        When an equilibrium is not found; a smaller `deepest` or larger elasticities help.
    """
    limit = item.instrument
    if not limit.is_limit:
        raise InputError(f"{limit.name}: only a quota or cap has a break-even cut")
    target = target or limit.partners[0]
    opened, deal = _opened(payoffs, item)
    opened(deal.but({limit.name: 1.0}))  # from which limits at other elasticities start
    lowered = deal.but({name: conceded[name] for name in payoffs.table.names})
    settings = zip(payoffs.table.status_quo.settings, conceded.settings, strict=True)
    moved = [(now, then) for now, then in settings if now != then]
    sign = -1.0 if _conceding(payoffs, conceded) == {target} else 1.0
    at_home = _Grid(payoffs.world, limit, payoffs.elasticities)
    origins, users = tuple(origins or (at_home.origin,)), tuple(users or (at_home.user,))
    price, cut = (np.empty((len(origins), len(users))) for _ in range(2))
    for row, column in np.ndindex(cut.shape):
        varied = opened.on(opened.table, elasticities=at_home.at(origins[row], users[column]))
        pays = _Target(varied, limit.name, payoffs.table.parties.index(target), deal)
        worth = sign * (pays(lowered) - pays(deal))
        price[row, column], cut[row, column] = worth, pays.smallest_cut(worth, deepest=deepest)
    return BreakEven(
        item=limit.name,
        target=target,
        conceded=conceded,
        points=max(now - then for now, then in moved),
        origins=origins,
        users=users,
        price_usd_mn=price,
        cut=cut,
        deepest=deepest,
    )


def _opened(payoffs: Payoffs, item: Unsized) -> tuple[Payoffs, Deal]:
    """Return the payoffs of the table with the item on it, and the status quo without it."""
    table = payoffs.table.sized(item.instrument.name, item.instrument.setting)
    return payoffs.on(table), table.status_quo


def _conceding(payoffs: Payoffs, conceded: Deal) -> set[str]:
    """Return who sets something otherwise than at the status quo."""
    table = payoffs.table
    settings = zip(table.instruments, conceded.settings, strict=True)
    owners = {one.owner for one, setting in settings if setting != one.setting}
    if not owners:
        raise InputError("the duties conceded are those of the status quo; lower some")
    return owners


class _Grid:
    """The elasticities of a world with two of them varied: between origins, and of the users."""

    def __init__(self, world: World, limit: Instrument, central: Elasticities) -> None:
        self._central = central
        codes = limit.sectors or world.goods or world.sectors
        self._cut = [world.sector(code) for code in codes]
        self._users = np.flatnonzero(world.input_use[:, self._cut].sum(axis=(0, 1)) > 0.0)
        self._is_final = limit.use == "final" or not self._users.size

    @property
    def origin(self) -> float:
        return float(np.mean(self._central.trade[self._cut]))

    @property
    def user(self) -> float:
        if self._is_final:
            return self._central.demand
        return float(np.mean(self._central.inputs[self._users]))

    def at(self, origin: float, user: float) -> Elasticities:
        if not (origin > 0.0 and user > 0.0):
            raise InputError(f"elasticities must be above zero, not {origin:g} and {user:g}")
        trade = self._central.trade.copy()
        trade[self._cut] = origin
        if self._is_final:
            return replace(self._central, trade=trade, demand=user)
        inputs = self._central.inputs.copy()
        inputs[self._users] = user
        return replace(self._central, trade=trade, inputs=inputs)


class _Target:
    """What deals pay one party, and the cut that costs it a price."""

    def __init__(self, payoffs: Payoffs, limit: str, position: int, deal: Deal) -> None:
        self._payoffs, self._limit, self._position = payoffs, limit, position
        self._deal = deal

    def __call__(self, deal: Deal) -> float:
        return float(self._payoffs(deal)[self._position])

    def smallest_cut(self, price: float, *, deepest: float) -> float:
        """Return the smallest cut that costs `price` or more; zero when any does, NaN when none."""
        if price <= 0.0:
            return 0.0
        below = 0.0
        for cut in (*(one for one in _FIRST_CUTS if one < deepest), deepest):
            if self._harm(cut) >= price:
                return self._between(below, cut, price)
            below = cut
        return np.nan

    def _between(self, below: float, above: float, price: float) -> float:
        while above - below > _CLOSE:
            middle = 0.5 * (below + above)
            if self._harm(middle) >= price:
                above = middle
            else:
                below = middle
        return above

    def _harm(self, cut: float) -> float:
        return self(self._deal) - self(self._deal.but({self._limit: 1.0 - cut}))
