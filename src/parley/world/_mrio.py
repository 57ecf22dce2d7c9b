"""From an inter-country input-output table to a `World`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parley.errors import DataError
from parley.world._accounts import close_accounts

if TYPE_CHECKING:
    from parley.typing import Array, Mask
    from parley.world._world import World


def from_table(
    *,
    transactions: Array,
    final_use: Array,
    output: Array,
    tolerance: float = 1e-6,
    tariff: Array | None = None,
    tariff_known: Mask | None = None,
    **labels: Any,  # noqa: ANN401 - the label fields of World
) -> World:
    """Return a `World` from the blocks of an inter-country input-output table.

    Parameters
    ----------
    transactions
        Sales of (exporter, sector) to (importer, user), USD million before duty. Shape
        (economies * sectors, economies * sectors), economy-major on both axes.
    final_use
        Sales for final use. Shape (economies * sectors, economies * uses), economy-major.
    output
        Gross output as the table reports it, USD million; shape (economies * sectors,).
    tolerance
        Largest accepted gap between reported output and the sum of a row, as a share of the
        larger of the two. The row sum is what the world uses.
    tariff, tariff_known
        Base duties, axes (importer, exporter, sector); by default zero, and known for services.
    **labels
        The label fields of `World`: name, year, economies, sectors, goods, source and so on.

    Raises
    ------
    DataError
        When a cell is negative or not a number, or a row does not add up to its output; the
        economy, the sector and the amount are named.
    """
    economies, sectors = labels["economies"], labels["sectors"]
    count, width = len(economies), len(sectors)
    uses = final_use.shape[1] // count
    expected = {
        "transactions": (transactions, (count * width, count * width)),
        "final_use": (final_use, (count * width, count * uses)),
        "output": (output, (count * width,)),
    }
    for name, (block, shape) in expected.items():
        if block.shape != shape:
            raise DataError(f"{labels['name']}: {name} has shape {block.shape}, expected {shape}")
        _refuse_negative(name, block, labels)
    sales = transactions.sum(axis=1) + final_use.sum(axis=1)
    refuse_gap(sales, output, labels, tolerance=tolerance)
    cells = transactions.reshape(count, width, count, width)
    goods = np.isin(sectors, labels.get("goods", ()))
    shape = (count, count, width)
    own = np.eye(count, dtype=bool)[:, :, None]
    known = np.broadcast_to(~goods | own, shape) if tariff_known is None else tariff_known
    return close_accounts(
        final=final_use.reshape(count, width, count, uses).sum(axis=3).transpose(2, 0, 1),
        intermediate=cells.sum(axis=3).transpose(2, 0, 1),
        input_use=cells.sum(axis=0).transpose(1, 0, 2),
        tariff=np.zeros(shape) if tariff is None else tariff,
        tariff_known=known,
        **labels,
    )


def _refuse_negative(name: str, block: Array, labels: dict[str, Any]) -> None:
    bad = ~(block >= 0)
    if bad.any():
        where = tuple(int(axis) for axis in np.argwhere(bad)[0])
        row = f"{labels['economies'][where[0] // len(labels['sectors'])]} "
        row += labels["sectors"][where[0] % len(labels["sectors"])]
        raise DataError(
            f"{labels['name']}: {int(bad.sum())} cells of {name} are negative or not a number, "
            f"the first {block[where]} in row {row}, column {where[-1]}; net them first"
        )


def refuse_gap(
    sales: Array,
    output: Array,
    labels: dict[str, Any],
    *,
    tolerance: float,
    slack: float = 0.0,
) -> None:
    """Raise `DataError` unless sales equal output; it names the worst row and its gap.

    `tolerance` is a share of the larger of the two, `slack` comes on top, in USD million.
    """
    gap = np.abs(sales - output)
    over = gap > tolerance * np.maximum(np.maximum(sales, output), 1.0) + slack
    if over.any():
        worst = int(np.argmax(np.where(over, gap, 0.0)))
        width = len(labels["sectors"])
        raise DataError(
            f"{labels['name']}: row {labels['economies'][worst // width]} "
            f"{labels['sectors'][worst % width]} sells {sales[worst]:.6f} but its output is "
            f"{output[worst]:.6f} USD million (a gap of {gap[worst]:.6g}); "
            f"{int(over.sum())} of {over.size} rows do not add up"
        )


def without_stocks(
    transactions: Array, final_use: Array, stocks: Array, output: Array
) -> tuple[Array, Array, str]:
    """Return the table of an economy that does not draw on or add to stocks, and a note.

    Changes in stocks are left out; output is what the other final uses need at the input
    coefficients of the table: x = (1 - A)^-1 f. Final uses that are still negative become zero.

    Parameters
    ----------
    transactions
        Shape (row, column), square.
    final_use
        All uses but changes in stocks, by economy; shape (row, economy).
    stocks
        Changes in stocks, by economy; same shape.
    output
        Gross output of the table; shape (row,).

    Raises
    ------
    DataError
        When inputs of an industry exceed its output.
    """
    coefficient = transactions / np.where(output > 0, output, 1.0)
    if (coefficient.sum(axis=0) > 1.0).any():
        worst = int(np.argmax(coefficient.sum(axis=0)))
        raise DataError(
            f"inputs of column {worst} are {coefficient.sum(axis=0)[worst]:.6f} of its output"
        )
    positive = np.maximum(final_use, 0.0)
    new = np.linalg.solve(np.eye(len(output)) - coefficient, positive.sum(axis=1))
    note = (
        f"Changes in stocks ({np.abs(stocks).sum() / 1e3:.1f} USD bn, {stocks.sum() / 1e3:+.1f} "
        f"net) and {int((final_use < 0).sum())} other negative final uses "
        f"({-np.minimum(final_use, 0).sum():.1f} USD million) are left out; output follows at the "
        f"input coefficients of the table and changes by {new.sum() / output.sum() - 1:+.2%}."
    )
    return coefficient * new, positive, note
