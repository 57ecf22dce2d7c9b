"""Read worlds and duties from long tables: CSV, Parquet, pandas or xarray."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from parley.errors import DataError, InputError, LabelError
from parley.world._accounts import close_accounts
from parley.world._reshape import services_mask, with_tariff
from parley.world._tables import read_parquet

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from parley.typing import Array
    from parley.world._world import World

    Table: TypeAlias = str | Path | pd.DataFrame | xr.Dataset

FINAL = "final"
_FLOW_KEYS = ("importer", "exporter", "sector", "user")
_DUTY_KEYS = ("importer", "exporter", "sector")


def read_long(
    table: Table,
    *,
    output: Table | None = None,
    tolerance: float = 1e-6,
    **labels: Any,  # noqa: ANN401 - the label fields of World
) -> World:
    """Return a world from a long table of purchases.

    Parameters
    ----------
    table
        Path to a CSV or Parquet file, a data frame, or a dataset with these names: `importer`,
        `exporter`, `sector`, `user` (a sector code, or "final") and `value_usd_mn` (at the
        exporter's price before duty). One row for each flow; flows that are not there are zero.
    output
        Gross output as you know it, to check the table against: `economy`, `sector`,
        `output_usd_mn`.
    tolerance
        Largest accepted gap between sales and `output`, as a share.
    **labels
        The label fields of `World`: name, year, elasticities, elasticities_short, goods,
        source, licence; economies, sectors and sector_titles are taken from the table in the
        order in which they first appear, unless they are given.

    Raises
    ------
    DataError
        When a column is missing, a key repeats, a value is negative or not a number, inputs of
        a sector exceed its sales, or sales differ from `output`; it says where and by how much.
    LabelError
        When a code is not among the economies or sectors that were given.
    """
    frame = read_frame(table, (*_FLOW_KEYS, "value_usd_mn"), keys=_FLOW_KEYS)
    economies = labels.pop("economies", None) or codes_of(frame, ("importer", "exporter"))
    sectors = labels.pop("sectors", None) or codes_of(frame, ("sector",))
    shape = (len(economies), len(economies), len(sectors), len(sectors) + 1)
    axes = (economies, economies, sectors, (*sectors, FINAL))
    cells = fill(frame, axes, _FLOW_KEYS, "value_usd_mn", shape)
    final, inputs = cells[..., -1], cells[..., :-1]
    if output is not None:
        given = read_frame(
            output, ("economy", "sector", "output_usd_mn"), keys=("economy", "sector")
        )
        known = fill(given, axes[1:3], ("economy", "sector"), "output_usd_mn", shape[1:3])
        _check_output(cells.sum(axis=(0, 3)), known, tolerance, (economies, sectors))
    flows = final + inputs.sum(axis=3)
    goods = np.isin(sectors, labels.get("goods", ()))
    own = np.eye(len(economies), dtype=bool)[:, :, None]
    return close_accounts(
        final=final,
        intermediate=inputs.sum(axis=3),
        input_use=inputs.sum(axis=1),
        tariff=np.zeros_like(flows),
        tariff_known=np.broadcast_to(~goods | own, flows.shape),
        economies=tuple(economies),
        sectors=tuple(sectors),
        **({"sector_titles": tuple(sectors)} | labels),
    )


def sectors_of(table: Table) -> tuple[str, ...]:
    """Return the sector codes of a long table in the order in which they first appear."""
    return codes_of(read_frame(table, ("sector",), keys=("sector",), unique=False), ("sector",))


def read_duties(world: World, table: Table, *, source: str, keep: bool = True) -> World:
    """Return the world with base duties from a long table.

    Parameters
    ----------
    table
        Path, data frame or dataset with `importer`, `exporter`, `sector` and `tariff` (ad
        valorem, a fraction of the exporter's price).
    source
        Where the duties come from; it becomes a note of the world.
    keep
        Whether duties that the world already knows stay where the table has none.

    Raises
    ------
    LabelError
        When a code is not in the world.
    DataError
        When a duty falls on a service or inside an economy, or is not above -1.
    """
    frame = read_frame(table, (*_DUTY_KEYS, "tariff"), keys=_DUTY_KEYS)
    axes = (world.economies, world.economies, world.sectors)
    given = fill(frame, axes, _DUTY_KEYS, "tariff", world.tariff.shape, lowest=-1.0)
    named = fill(frame.assign(tariff=1.0), axes, _DUTY_KEYS, "tariff", world.tariff.shape) > 0
    wrong = named & services_mask(world) & (given != 0)
    if wrong.any():
        n, i, s = (int(axis) for axis in np.argwhere(wrong)[0])
        raise DataError(
            f"a duty of {given[n, i, s]} of {world.economies[n]} on {world.economies[i]} in "
            f"{world.sectors[s]}: no customs duty falls on it"
        )
    tariff = np.where(named, given, world.tariff * keep)
    known = named | (world.tariff_known & keep)
    return replace(
        with_tariff(world, tariff, known=known), notes=(*world.notes, f"Base duties: {source}")
    )


def read_frame(
    table: Table, columns: tuple[str, ...], *, keys: tuple[str, ...], unique: bool = True
) -> pd.DataFrame:
    """Return a table as a data frame that has `columns` and, if wanted, no key twice."""
    import pandas as pd

    if isinstance(table, str | Path):
        path = Path(table)
        if not path.is_file():
            raise InputError(f"{path}: no such file")
        if path.suffix not in (".csv", ".parquet"):
            raise InputError(f"{path}: give the table as .csv or .parquet, not {path.suffix!r}")
        text = dict.fromkeys(keys, str)
        frame = (
            read_parquet(path)
            if path.suffix == ".parquet"
            else pd.read_csv(path, dtype=text, keep_default_na=False, na_values={columns[-1]: ""})
        )
    elif isinstance(table, pd.DataFrame):
        frame = table
    else:
        frame = table.to_dataframe().dropna().reset_index()
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise DataError(
            f"the table has no column {', '.join(missing)}; it has {', '.join(map(str, frame))}"
        )
    twice = frame.duplicated(list(keys))
    if unique and twice.any():
        row = frame.loc[twice].iloc[0]
        raise DataError(f"{' x '.join(str(row[key]) for key in keys)} stands in the table twice")
    return frame


def codes_of(frame: pd.DataFrame, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes of some columns in the order in which they first appear."""
    return tuple(dict.fromkeys(code for column in columns for code in frame[column]))


def fill(
    frame: pd.DataFrame,
    axes: tuple[tuple[str, ...], ...],
    keys: tuple[str, ...],
    column: str,
    shape: tuple[int, ...],
    *,
    lowest: float = 0.0,
) -> Array:
    """Return a column as an array over `axes`, strictly by label; cells without a row are zero."""
    places = []
    for key, codes in zip(keys, axes, strict=True):
        at = frame[key].map({code: place for place, code in enumerate(codes)})
        if at.isna().any():
            raise LabelError(f"{key} {frame[key][at.isna()].iloc[0]!r} is not in the world")
        places.append(at.to_numpy(dtype=np.int64))
    values = frame[column].to_numpy(dtype=np.float64)
    bad = ~(values >= lowest) | ~np.isfinite(values)
    if bad.any():
        row = frame[bad].iloc[0]
        raise DataError(f"{' x '.join(str(row[key]) for key in keys)}: {column} is {row[column]}")
    cells = np.zeros(shape)
    cells[tuple(places)] = values
    return cells


def _check_output(
    sales: Array, output: Array, tolerance: float, codes: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    gap = np.abs(sales - output)
    over = gap > tolerance * np.maximum(np.maximum(sales, output), 1.0)
    if over.any():
        n, s = np.unravel_index(int(np.argmax(np.where(over, gap, 0.0))), gap.shape)
        raise DataError(
            f"{codes[0][n]} {codes[1][s]} sells {sales[n, s]:.6f} but its output is "
            f"{output[n, s]:.6f} USD million (a gap of {gap[n, s]:.6g}); "
            f"{int(over.sum())} of {over.size} sectors do not add up"
        )
