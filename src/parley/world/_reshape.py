"""Worlds from worlds: other duties, merged economies and sectors, balanced trade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.errors import ConvergenceError, DataError, LabelError
from parley.world._accounts import close_accounts, mean_factor, ratio

if TYPE_CHECKING:
    from parley.typing import Array, Mask
    from parley.world._world import World

_SHARE_PASSES = 20_000


def _labels(world: World) -> dict[str, object]:
    names = ("name", "year", "economies", "sectors", "sector_titles", "elasticities")
    rest = ("elasticities_short", "goods", "source", "licence", "notes")
    return {name: getattr(world, name) for name in (*names, *rest)}


def input_use_before_duty(world: World) -> Array:
    """Return `input_use` at prices before duty, USD million; shape (economy, input, user)."""
    factor = mean_factor(world.intermediate, world.tariff)
    before: Array = world.input_use / factor[:, :, None]
    return before


def with_tariff(world: World, tariff: Array, *, known: Mask | None = None) -> World:
    """Return the world with other base-year duties on the same flows before duty.

    Value added takes up what inputs cost more or less; revenue follows from the duties.

    Parameters
    ----------
    tariff
        Ad valorem duties, fractions; shape (importer, exporter, sector).
    known
        Which duties have a source; by default all that differ from zero, what was known
        before, and all services.

    Raises
    ------
    DataError
        When a duty that is not zero is marked unknown, or when duty-paid inputs of a sector
        exceed its sales; both are named.
    """
    if known is None:
        known = world.tariff_known | (tariff != 0)
    known = known | services_mask(world)
    unsourced = ~known & (tariff != 0)
    if unsourced.any():
        n, i, s = np.unravel_index(int(np.argmax(unsourced)), tariff.shape)
        raise DataError(
            f"world {world.name!r}: the duty of {world.economies[n]} on {world.economies[i]} "
            f"in {world.sectors[s]} is {tariff[n, i, s]} but marked as not known"
        )
    return close_accounts(
        final=world.final,
        intermediate=world.intermediate,
        input_use=input_use_before_duty(world),
        tariff=tariff,
        tariff_known=known,
        **_labels(world),
    )


def services_mask(world: World) -> Mask:
    """Return True for flows that no customs duty can fall on: services and own purchases."""
    goods = np.isin(world.sectors, world.goods)
    mask = np.broadcast_to(~goods, world.tariff.shape).copy()
    own = np.arange(len(world.economies))
    mask[own, own] = True
    return mask


def aggregate(
    world: World,
    *,
    economies: dict[str, str] | None = None,
    sectors: dict[str, str] | None = None,
    name: str = "",
) -> World:
    """Return the world with economies or sectors merged; flows and revenue are kept.

    Parameters
    ----------
    economies, sectors
        Old code to new code; a code that is not named keeps itself. New codes stand in the
        order in which the old ones first map to them.
    name
        Name of the new world; by default the old name with the new size.

    Raises
    ------
    LabelError
        When a code to be merged is not in the world.

    Notes
    -----
    Duties are means weighted by flows before duty, so that revenue is kept; the duty between
    merged economies stays on the flow within the new one. Where final and intermediate
    purchases of a merged cell paid different duties, value added takes up the difference. A
    cell is known only if all its flows were. Elasticities of merged sectors are means by world
    trade before duty (by output where nothing is traded).
    """
    n_to, new_economies = _grouping(world.economies, economies or {}, "economy", world.name)
    s_to, new_sectors = _grouping(world.sectors, sectors or {}, "sector", world.name)

    def merged(flows: Array) -> Array:
        total: Array = np.einsum("an,bi,cs,nis->abc", n_to, n_to, s_to, flows, optimize=True)
        return total

    flows, unknown = merged(world.flows), merged(world.flows * ~world.tariff_known)
    cells = np.maximum(merged(np.ones_like(world.tariff)), 1.0)
    tariff = np.divide(
        merged(world.flows * world.tariff),
        flows,
        out=np.asarray(merged(world.tariff) / cells, dtype=np.float64),
        where=flows > 0,
    )
    titles = dict(zip(world.sectors, world.sector_titles, strict=True))
    weights = s_to * (world.trade().sum(axis=(0, 1)) + 1e-9 * world.output.sum(axis=0))
    weights = np.where(weights.sum(axis=1, keepdims=True) > 0, weights, s_to)
    weights /= weights.sum(axis=1, keepdims=True)
    goods = np.isin(world.sectors, world.goods)
    return close_accounts(
        final=merged(world.final),
        intermediate=merged(world.intermediate),
        input_use=np.einsum(
            "an,bk,cs,nks->abc", n_to, s_to, s_to, input_use_before_duty(world), optimize=True
        ),
        tariff=tariff,
        tariff_known=(unknown == 0) & (merged(world.tariff_known.astype(np.float64)) > 0),
        name=name or f"{world.name} ({len(new_economies)} x {len(new_sectors)})",
        year=world.year,
        economies=new_economies,
        sectors=new_sectors,
        sector_titles=tuple(titles.get(code, code) for code in new_sectors),
        elasticities=world.elasticities.take(weights),
        elasticities_short=world.elasticities_short.take(weights),
        goods=tuple(
            code for code, row in zip(new_sectors, s_to, strict=True) if goods[row > 0].any()
        ),
        source=world.source,
        licence=world.licence,
        notes=world.notes,
    )


def _grouping(
    codes: tuple[str, ...], groups: dict[str, str], kind: str, world: str
) -> tuple[Array, tuple[str, ...]]:
    for code in groups:
        if code not in codes:
            raise LabelError(f"{kind} {code!r} cannot be merged: it is not in world {world!r}")
    targets = [groups.get(code, code) for code in codes]
    new = tuple(dict.fromkeys(targets))
    member = np.array([[float(target == code) for target in targets] for code in new])
    return member, new


def balanced(world: World) -> World:
    """Return the world in which every economy's trade is in balance.

    Expenditure shares, input coefficients and duties stay as they are at fixed prices; spending
    follows income until they agree. World value added keeps its value. This is a change of the
    base that uses no elasticity; the general-equilibrium effect of closing a deficit is a
    counterfactual of `parley.equilibrium`.

    Raises
    ------
    ConvergenceError
        When outputs do not settle.
    """
    paid = world.flows * (1.0 + world.tariff)
    spending = paid.sum(axis=1)
    share = ratio(paid, spending[:, None, :])
    final_spending = (world.final * (1.0 + world.tariff)).sum(axis=1)
    final_share = ratio(final_spending, final_spending.sum(axis=1, keepdims=True))
    output = world.output
    coefficient = ratio(world.input_use, output[:, None, :])
    margin = ratio(world.value_added, output)
    before_duty = share / (1.0 + world.tariff)
    duty_rate = (share * world.tariff / (1.0 + world.tariff)).sum(axis=1)
    start = world.value_added.sum()
    spent = spending
    for _ in range(_SHARE_PASSES):
        used = np.einsum("nks,ns->nk", coefficient, output)
        income = (margin * output).sum(axis=1) + (duty_rate * spent).sum(axis=1)
        spent = used + final_share * income[:, None]
        new = np.einsum("nis,ns->is", before_duty, spent)
        new *= start / (margin * new).sum()
        moved = np.abs(new - output).max() / output.max()
        output = new
        if moved < 1e-15:
            break
    else:
        raise ConvergenceError(
            f"world {world.name!r}: balancing trade did not settle ({moved:.1e})"
        )
    use = np.einsum("nks,ns->nks", coefficient, output)
    total = before_duty * spent[:, None, :]
    intermediate = before_duty * use.sum(axis=2)[:, None, :]
    factor = mean_factor(intermediate, world.tariff)
    return close_accounts(
        final=np.maximum(total - intermediate, 0.0),
        intermediate=intermediate,
        input_use=use / factor[:, :, None],
        tariff=world.tariff,
        tariff_known=world.tariff_known,
        **(_labels(world) | {"name": f"{world.name} balanced"}),
    )
