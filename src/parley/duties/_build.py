"""Build the tables of `data/` from files of the US Census, the USITC and the annexes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.duties._lists import DATA, codes, definitions, elementary, is_on
from parley.duties._units import check_units, units
from parley.errors import DataError, InputError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from parley.typing import Mask

HIGH_MFN = "mfn:15"
"""The mark of a product whose column-1 rate is 15 per cent or more: floors are linear below."""

_COUNTED_APART = "4359"  # Slovakia, which is inside the European Union's line too
_NEEDED = {
    "us_imports_hs10_2024.parquet": "imports for consumption by HS10 and partner, with duty",
    "usitc_mfn_hs8_2025.parquet": "column-1 rates by HS8",
    "usmca_shares_2025.parquet": "shares of imports that claim USMCA",
    "product_lists.csv": "product lists",
}


def build(source: Path, out: Path, *, lists: bool = False) -> dict[str, int]:
    """Write the tables from the files in `source` to `out`; return the rows of each.

    Raises
    ------
    InputError
        When a file is missing; all that are needed are named.
    DataError
        When a code has no unit, no sector, or a unit is counted twice.
    """
    missing = [
        f"{name} ({what})" for name, what in _NEEDED.items() if not (source / name).is_file()
    ]
    if missing:
        raise InputError(f"{source} lacks {', '.join(missing)}")
    out.mkdir(parents=True, exist_ok=True)
    written = {}
    if lists:
        written["product_lists.parquet"] = _product_lists(source, out)
    written["mfn_hs8.parquet"] = _mfn(source, out)
    classes, members = _classes(source)
    written["rate_classes.parquet"] = _write(classes, out / "rate_classes.parquet")
    written["signatures.parquet"] = _write(members, out / "signatures.parquet")
    return written


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """Codes of a list that are in no tariff schedule at hand, and what they may stand for."""

    codes: int
    of: int
    subheadings_usd: float  # imports of the six-digit subheadings that they belong to


def unmatched(source: Path) -> dict[str, Unmatched]:
    """Return the lists with codes that match no HTS number of 2024 or 2025.

    The lists are of several editions of the HTS; a code that was split or renamed since covers
    nothing here. What it covered lies within the imports of its subheading.
    """
    flows = _read(source / "us_imports_hs10_2024.parquet")
    flows = flows[flows["cty_code"] != _COUNTED_APART]
    traded = flows.groupby("hs10")["imports_consumption_usd"].sum()
    rates = _read(source / "usitc_mfn_hs8_2025.parquet")["hts8"]
    known = {code[:digits] for code in [*traded.index, *rates] for digits in (2, 4, 6, 8, 10)}
    found = {}
    for name in definitions()["sizes"]:
        listed = codes()[name]
        gone = {code for code in listed if code not in known and code[:8] not in known}
        if gone:
            subheadings = {code[:6] for code in gone}
            value = traded[[code[:6] in subheadings for code in traded.index]].sum()
            found[name] = Unmatched(codes=len(gone), of=len(listed), subheadings_usd=float(value))
    return found


def _write(table: pd.DataFrame, path: Path) -> int:
    import duckdb

    with duckdb.connect() as connection:
        connection.register("made", table)
        connection.execute(f"COPY made TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    return len(table)


def _read(path: Path) -> pd.DataFrame:
    import duckdb

    with duckdb.connect() as connection:
        return connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).df()


def _product_lists(source: Path, out: Path) -> int:
    import pandas as pd

    table = pd.read_csv(source / "product_lists.csv", dtype=str, keep_default_na=False)
    table = table[["list_id", "code", "qualifier"]].rename(columns={"list_id": "list"})
    table = table[table["list"].isin(definitions()["sizes"])]
    return _write(table.sort_values(["list", "code"]), out / "product_lists.parquet")


def _mfn(source: Path, out: Path) -> int:
    table = _read(source / "usitc_mfn_hs8_2025.parquet").rename(
        columns={
            "hts8": "hs8",
            "mfn_text_rate": "words",
            "mfn_rate_type_code": "kind",
            "mfn_ad_val_rate": "ad_valorem",
            "mfn_specific_rate": "specific",
        }
    )
    table[["ad_valorem", "specific"]] = table[["ad_valorem", "specific"]].astype(float)
    return _write(table.sort_values("hs8"), out / "mfn_hs8.parquet")


def _classes(source: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return value, duty and USMCA value by class, unit, chapter and sector, and the classes."""
    flows = _read(source / "us_imports_hs10_2024.parquet")
    by_code = {unit.census_code: unit.code for unit in units()}
    unknown = set(flows["cty_code"]) - by_code.keys()
    if unknown:
        raise DataError(f"units.csv has no unit with Census code {min(unknown)}")
    check_units([by_code[code] for code in flows["cty_code"].unique()], counted_apart=("SVK",))
    import pandas as pd

    shares = _read(source / "usmca_shares_2025.parquet").rename(columns={"hts10": "hs10"})
    flows = flows.merge(shares, on=["hs10", "cty_code"], how="left")
    products = pd.DataFrame({"hs10": sorted(flows["hs10"].unique())})
    products["signature"], members = _signatures(products["hs10"].to_numpy(), source)
    products["hs2"] = products["hs10"].str[:2]
    products["sector"] = _sectors(products["hs10"])
    flows = flows.merge(products, on="hs10")
    flows["unit"] = flows["cty_code"].map(by_code)
    flows["value"] = flows["imports_consumption_usd"]
    flows["duty"] = flows["calculated_duty_usd"]
    rates = _read(source / "usitc_mfn_hs8_2025.parquet").set_index("hts8")["mfn_ad_val_rate"]
    listed = flows["hs10"].str[:8].map(rates.astype(float))
    flows["mfn"] = listed.fillna(0.0) * flows["value"]
    flows["usmca"] = flows["usmca_share"].fillna(0.0) * flows["value"]
    keys = ["signature", "unit", "hs2", "sector"]
    table = flows.groupby(keys, as_index=False)[["value", "duty", "mfn", "usmca"]].sum()
    return table, members


def _signatures(products: np.ndarray, source: Path) -> tuple[np.ndarray, pd.DataFrame]:
    """Return the class of each product, and the lists that each class is on."""
    import pandas as pd

    names = elementary()
    rates = _read(source / "usitc_mfn_hs8_2025.parquet").set_index("hts8")["mfn_ad_val_rate"]
    high = set(rates.index[rates.astype(float) >= 0.15])
    marks = [[is_on(name, code) for name in names] for code in products]
    table: Mask = np.column_stack([np.array(marks), [code[:8] in high for code in products]])
    distinct, place = np.unique(table, axis=0, return_inverse=True)
    columns = (*names, HIGH_MFN)
    rows = [
        (signature, columns[column])
        for signature, marked in enumerate(distinct)
        for column in np.flatnonzero(marked)
    ]
    return place.ravel(), pd.DataFrame(rows, columns=["signature", "list"])


def _sectors(products: pd.Series) -> pd.Series:
    sector = {
        row[0]: row[1]
        for line in (DATA / "hs_sectors.csv").read_text(encoding="utf-8").splitlines()[1:]
        if not line.startswith("#") and (row := line.split(","))
    }
    found = {}
    for code in products:
        prefix = next((code[:n] for n in (6, 4, 2) if code[:n] in sector), None)
        if prefix is None:
            raise DataError(f"HS {code} has no sector in hs_sectors.csv")
        found[code] = sector[prefix]
    return products.map(found)
