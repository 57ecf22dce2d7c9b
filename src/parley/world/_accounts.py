"""Close the accounts: from flows before duty and base duties to a `World`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parley.errors import DataError
from parley.world._world import World

if TYPE_CHECKING:
    from parley.typing import Array, Mask


def close_accounts(
    *,
    final: Array,
    intermediate: Array,
    input_use: Array,
    tariff: Array,
    tariff_known: Mask,
    **labels: Any,  # noqa: ANN401 - the label fields of World, checked by World itself
) -> World:
    """Return a `World` in which value added is what sales leave after duty-paid inputs.

    Parameters
    ----------
    final, intermediate
        Purchases before duty, USD million; shape (importer, exporter, sector).
    input_use
        Value before duty of input k used by sector s, from all origins; shape (economy, k, s).
        Its sum over users must be the sum of `intermediate` over origins.
    tariff, tariff_known
        Base-year duties as fractions, and which of them have a source; shape of the flows.
    **labels
        The remaining fields of `World`: name, year, economies, sectors and so on.

    Raises
    ------
    DataError
        When an input's uses and purchases differ, or when duty-paid inputs exceed sales; the
        economy, the sector and the amount are named.

    Notes
    -----
    The origins of an input are the same for all its users, so the duty that a user pays on it is
    the mean duty on that input. Net taxes, margins and profits are part of value added; duty
    revenue is not.
    """
    bought = intermediate.sum(axis=1)
    used = input_use.sum(axis=2)
    gap = np.abs(bought - used)
    if (gap > 1e-9 * np.maximum(bought, 1e-3)).any():
        n, k = np.unravel_index(int(np.argmax(gap)), gap.shape)
        raise DataError(
            f"world {labels.get('name')!r}: {labels['economies'][n]} buys inputs of "
            f"{labels['sectors'][k]} worth {bought[n, k]:.6f} but uses {used[n, k]:.6f} USD "
            f"million (a gap of {gap[n, k]:.6g})"
        )
    duty_paid = input_use * mean_factor(intermediate, tariff)[:, :, None]
    flows = final + intermediate
    value_added = flows.sum(axis=0) - duty_paid.sum(axis=1)
    return World(
        final=final,
        intermediate=intermediate,
        input_use=duty_paid,
        value_added=_cleared(value_added, flows.sum(axis=0), labels),
        tariff=tariff,
        tariff_known=tariff_known,
        trade_deficit=flows.sum(axis=(1, 2)) - flows.sum(axis=(0, 2)),
        **labels,
    )


def mean_factor(intermediate: Array, tariff: Array) -> Array:
    """Return the mean of 1 + tariff over origins, by purchases; shape (importer, sector).

    One where nothing is bought.
    """
    bought = intermediate.sum(axis=1)
    paid = (intermediate * (1.0 + tariff)).sum(axis=1)
    factor: Array = np.divide(paid, bought, out=np.ones_like(paid), where=bought > 0)
    return factor


def _cleared(value_added: Array, sales: Array, labels: dict[str, Any]) -> Array:
    rounding = np.abs(value_added) <= 1e-12 * sales
    value_added = np.where(rounding, 0.0, value_added)
    if (value_added < 0).any():
        n, s = np.unravel_index(int(np.argmin(value_added)), value_added.shape)
        raise DataError(
            f"world {labels.get('name')!r}: duty-paid inputs of {labels['economies'][n]} "
            f"{labels['sectors'][s]} exceed its sales of {sales[n, s]:.6f} by "
            f"{-value_added[n, s]:.6f} USD million; lower the duty or mend the table"
        )
    return value_added


def ratio(part: Array, whole: Array) -> Array:
    """Return part over whole, broadcast; zero where the whole is zero."""
    whole = np.broadcast_to(whole, part.shape)
    share: Array = np.divide(part, whole, out=np.zeros_like(part), where=whole != 0)
    return share
