"""A world from shares, for data that are published in this form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parley.errors import DataError
from parley.world._accounts import close_accounts, mean_factor

if TYPE_CHECKING:
    from parley.typing import Array, Mask
    from parley.world._world import World


def from_shares(
    *,
    trade_share: Array,
    input_share: Array,
    final_share: Array,
    value_added: Array,
    duties: tuple[Array, Mask],
    **labels: Any,  # noqa: ANN401 - the label fields of World
) -> World:
    """Return the world that has these shares and this value added by economy.

    Final spending of each economy is what makes value added come out as given; deficits follow.
    The world is an equilibrium with these shares whatever the elasticities are.

    Parameters
    ----------
    trade_share
        Share of spending on each sector by origin, at duty-paid prices; shape (importer,
        exporter, sector), sums to one over exporters wherever anything is bought.
    input_share
        Duty-paid value of input k per value of output; shape (economy, input k, user s).
    final_share
        Shares of final spending; shape (economy, sector), rows sum to one.
    value_added
        USD million; shape (economy,).
    duties
        Tariffs as fractions and which of them have a source; shape of `trade_share`.
    **labels
        The label fields of `World`.

    Raises
    ------
    DataError
        When inputs exceed output, or when no positive final spending gives the value added; the
        economy is named.
    """
    tariff, known = duties
    count, width = final_share.shape
    before_duty = trade_share / (1.0 + tariff)
    spread = np.einsum("nis,nst->isnt", before_duty, input_share).reshape(count * width, -1)
    demand = np.einsum("nis,ns->isn", before_duty, final_share).reshape(count * width, count)
    sales_by_spender = np.linalg.solve(np.eye(count * width) - spread, demand)
    margin = 1.0 - input_share.sum(axis=1)
    if (margin < -1e-12).any():
        n, s = np.argwhere(margin < -1e-12)[0]
        raise DataError(
            f"inputs of {labels['economies'][n]} {labels['sectors'][s]} are "
            f"{1 - margin[n, s]:.6f} of its output"
        )
    earned = margin[:, :, None] * sales_by_spender.reshape(count, width, count)
    spending = np.linalg.solve(earned.sum(axis=1), value_added)
    if (spending <= 0).any():
        n = int(np.argmin(spending))
        raise DataError(
            f"value added of {labels['economies'][n]} ({value_added[n]:.6f}) would need final "
            f"spending of {spending[n]:.6f} USD million: the shares do not fit it"
        )
    output = (sales_by_spender @ spending).reshape(count, width)
    use = input_share * output[:, None, :]
    intermediate = before_duty * use.sum(axis=2)[:, None, :]
    return close_accounts(
        final=before_duty * (final_share * spending[:, None])[:, None, :],
        intermediate=intermediate,
        input_use=use / mean_factor(intermediate, tariff)[:, :, None],
        tariff=tariff,
        tariff_known=known,
        **labels,
    )
