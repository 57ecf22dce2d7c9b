"""Choke points: a small critical product carved out of a sector of a world."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.errors import DataError, LabelError
from parley.world._accounts import close_accounts, ratio
from parley.world._reshape import input_use_before_duty
from parley.world._tables import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parley.typing import Array
    from parley.world._elasticities import Elasticities
    from parley.world._world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class ChokePoint:
    """A product inside a sector: who sells how much of it, who needs it, what replaces it."""

    name: str  # becomes the code of the new sector
    title: str
    parent: str  # the sector that it is carved out of
    share: Mapping[str, float]  # by exporter: its part of all sales of the parent
    elasticity: float | None  # of substitution among the inputs of its users; None is not known
    users: tuple[str, ...]  # sectors that need it
    final: bool = False  # whether final users buy it too
    trade_elasticity: float | None = None  # between origins; None is that of the parent
    share_source: str = ""
    elasticity_source: str = ""

    def around(self, *, factor: float = 2.0) -> dict[str, ChokePoint]:
        """Return the neighbours that tell how much a result rests on the two numbers.

        Both are divided and multiplied by `factor`, one at a time.

        Examples
        --------
        >>> sorted(choke_point("magnets", elasticity=0.1, share={"USA": 0.0}).around())
        ['elasticity x 0.5', 'elasticity x 2', 'share x 0.5', 'share x 2']
        """
        elasticity = _required(self)
        neighbours = {}
        for scale in (1 / factor, factor):
            share = {economy: min(part * scale, 1.0) for economy, part in self.share.items()}
            neighbours[f"share x {scale:g}"] = replace(self, share=share)
            neighbours[f"elasticity x {scale:g}"] = replace(self, elasticity=elasticity * scale)
        return neighbours


def choke_points() -> tuple[str, ...]:
    """Return the names of the choke points that ship with Parley."""
    return tuple(row["name"] for row in rows("data/choke_points.csv"))


def choke_point(
    name: str, *, elasticity: float | None = None, share: Mapping[str, float] | None = None
) -> ChokePoint:
    """Return a shipped choke point, with your own numbers where there is no published one.

    Parameters
    ----------
    name
        One of `choke_points()`.
    elasticity
        Substitution among the inputs of the users. No shipped choke point has a published one.
    share
        Shares by exporter that are added to the shipped ones or replace them. The shipped ones
        come from US imports of 2024, so that the United States must always be given.

    Raises
    ------
    LabelError
        When no choke point has the name.
    """
    for row in rows("data/choke_points.csv"):
        if row["name"] == name:
            break
    else:
        raise LabelError(f"no choke point {name!r}: there are {', '.join(choke_points())}")
    shipped = {
        each["economy"]: float(each["product_usd_mn"]) / float(each["parent_usd_mn"])
        for each in rows("data/choke_point_shares.csv")
        if each["name"] == name and float(each["parent_usd_mn"]) > 0
    }
    published = float(row["elasticity"]) if row["elasticity"] else None
    return ChokePoint(
        name=name,
        title=row["title"],
        parent=row["parent"],
        users=tuple(row["users"].split()),
        final=row["final"] == "yes",
        share=shipped | dict(share or {}),
        elasticity=published if elasticity is None else elasticity,
        share_source=(
            f"share in US imports of 2024 by exporter (US Census; HTS {row['hts']}; {row['note']})"
            + (f"; given by the user for {', '.join(share)}" if share else "")
        ),
        elasticity_source=row["elasticity_source"] if elasticity is None else "given by the user",
    )


def carve(world: World, choke: ChokePoint) -> World:
    """Return the world in which `choke` is a sector of its own.

    In every economy the exporter's share of its sales of the parent sector becomes sales of the
    new sector to the users (and to final users, if they buy it); every total of the two sectors
    together stays. What exceeds the users' purchases from that origin is left out, and the note
    of the world says how much that is. The new sector has the technology, base duties and other
    elasticities of its parent. The users' elasticity of substitution holds among all their
    inputs, in both horizons.

    Raises
    ------
    LabelError
        When the parent, a user or an exporter is not in the world, or the name is taken.
    DataError
        When a share is missing or not between 0 and 1, or no elasticity is known.
    """
    _required(choke)
    parent, share = world.sector(choke.parent), _shares(world, choke)
    if choke.name in world.sectors:
        raise LabelError(f"world {world.name!r} already has a sector {choke.name!r}")
    users = np.zeros(len(world.sectors), dtype=bool)
    users[[world.sector(user) for user in choke.users]] = True
    use = input_use_before_duty(world)
    needed = ratio(use[:, parent] * users, use[:, parent].sum(axis=1, keepdims=True))
    inputs, final = world.intermediate[:, :, parent], world.final[:, :, parent]
    wanted = share * (inputs if choke.final else inputs + final)
    moved = np.minimum(wanted, inputs * needed.sum(axis=1)[:, None])
    moved_final = share * final * float(choke.final)
    moved_use = moved.sum(axis=1)[:, None] * ratio(needed, needed.sum(axis=1, keepdims=True))
    sales = (moved + moved_final).sum(axis=0)
    use = _with_row(use, parent, moved_use)
    use = _with_column(use, parent, ratio(sales, world.output[:, parent]))
    codes = _inserted(world.sectors, parent, choke.name)
    doubled = np.insert(np.arange(len(world.sectors)), parent + 1, parent)
    return close_accounts(
        final=_with_flow(world.final, parent, moved_final),
        intermediate=_with_flow(world.intermediate, parent, moved),
        input_use=use,
        tariff=world.tariff[:, :, doubled],
        tariff_known=world.tariff_known[:, :, doubled],
        name=f"{world.name} with {choke.name}",
        year=world.year,
        economies=world.economies,
        sectors=codes,
        sector_titles=_inserted(world.sector_titles, parent, choke.title),
        elasticities=_horizon(world.elasticities, choke, parent, users[doubled]),
        elasticities_short=_horizon(world.elasticities_short, choke, parent, users[doubled]),
        goods=tuple(code for code in codes if code in (*world.goods, choke.name)),
        source=world.source,
        licence=world.licence,
        notes=(*world.notes, _note(choke, sales.sum(), (wanted - moved).sum())),
    )


def _required(choke: ChokePoint) -> float:
    if choke.elasticity is None:
        raise DataError(
            f"choke point {choke.name!r}: no published elasticity of substitution "
            f"({choke.elasticity_source}); give one: choke_point({choke.name!r}, elasticity=0.2)"
        )
    if choke.elasticity < 0:
        raise DataError(f"choke point {choke.name!r}: elasticity {choke.elasticity} is negative")
    return choke.elasticity


def _shares(world: World, choke: ChokePoint) -> Array:
    for economy in choke.share:
        world.economy(economy)
    missing = [code for code in world.economies if code not in choke.share]
    if missing:
        raise DataError(
            f"choke point {choke.name!r}: no published share of {choke.parent} for "
            f"{', '.join(missing)}; give one: share={{{missing[0]!r}: 0.0}}"
        )
    share = np.array([choke.share[code] for code in world.economies])
    if not ((share >= 0) & (share <= 1)).all():
        worst = world.economies[int(np.argmax(~((share >= 0) & (share <= 1))))]
        raise DataError(f"choke point {choke.name!r}: share of {worst} is not in [0, 1]")
    return share


def _with_row(use: Array, parent: int, moved: Array) -> Array:
    """Return input use in which `moved`, by user, is use of the new input below the parent."""
    use = np.insert(use, parent + 1, moved, axis=1)
    use[:, parent] = np.maximum(use[:, parent] - moved, 0.0)
    return use


def _with_column(use: Array, parent: int, part: Array) -> Array:
    """Return input use in which `part`, by economy, of the parent's inputs are the new sector's."""
    new = use[:, :, parent] * part[:, None]
    use = np.insert(use, parent + 1, new, axis=2)
    use[:, :, parent] -= new
    return use


def _with_flow(flows: Array, parent: int, moved: Array) -> Array:
    flows = np.insert(flows, parent + 1, moved, axis=2)
    flows[:, :, parent] = np.maximum(flows[:, :, parent] - moved, 0.0)
    return flows


def _inserted(labels: tuple[str, ...], parent: int, label: str) -> tuple[str, ...]:
    return (*labels[: parent + 1], label, *labels[parent + 1 :])


def _horizon(horizon: Elasticities, choke: ChokePoint, parent: int, users: Array) -> Elasticities:
    arrays: dict[str, Any] = {
        name: np.insert(getattr(horizon, name), parent + 1, getattr(horizon, name)[parent])
        for name in ("trade", "trade_se", "value_added", "inputs", "scale")
    }
    if choke.trade_elasticity is not None:
        arrays["trade"][parent + 1], arrays["trade_se"][parent + 1] = choke.trade_elasticity, 0.0
    arrays["inputs"][users] = _required(choke)
    labels = horizon.estimates or tuple(str(place) for place in range(horizon.trade.size))
    estimate = labels[parent] if choke.trade_elasticity is None else choke.name
    return replace(
        horizon,
        **arrays,
        estimates=_inserted(labels, parent, estimate),
        sources=(
            *horizon.sources,
            f"inputs of {', '.join(choke.users)}: {choke.elasticity:g}, {choke.elasticity_source}",
        ),
    )


def _note(choke: ChokePoint, sales: float, left_out: float) -> str:
    users = ", ".join(choke.users)
    buyers = f"{users} and final users" if choke.final else users
    return (
        f"{choke.title} ({choke.name}) are carved out of {choke.parent}: sales of {sales:,.0f} USD "
        f"million to {buyers} ({left_out:,.0f} more did not fit in what they buy); "
        f"{choke.share_source or 'shares given by the user'}. Elasticity of substitution among all "
        f"inputs of {users}: {choke.elasticity:g} "
        f"({choke.elasticity_source or 'given by the user'}). Results rest on these two numbers."
    )
