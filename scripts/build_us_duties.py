"""Build `world/data/us_duties_2024.csv`: US imports and calculated duty by economy and sector.

    python scripts/build_us_duties.py ../shared/data

Takes the US Census HS10 imports for consumption of 2024 with calculated duty (public domain),
the HS map of the package, and, to split the European Union, the bilateral exports of BACI 2023.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

PACKAGE = Path(__file__).parents[1] / "src" / "parley" / "world" / "data"
HS_SECTORS = Path(__file__).parents[1] / "src" / "parley" / "duties" / "data" / "hs_sectors.csv"
PARTNERS = {  # Census Schedule C code to economy
    "1220": "CAN",
    "2010": "MEX",
    "3510": "BRA",
    "3570": "ARG",
    "4120": "GBR",
    "4621": "RUS",
    "4890": "TUR",
    "5170": "SAU",
    "5330": "IND",
    "5600": "IDN",
    "5700": "CHN",
    "5800": "KOR",
    "5880": "JPN",
    "6021": "AUS",
    "7910": "ZAF",
}
EUROPEAN_UNION, SLOVAKIA = "0003", "4359"  # Slovakia is also inside the Union's line
EU_HELD = ("DEU", "FRA", "ITA")


def main() -> None:
    """Write the table and print what it covers."""
    data = Path(sys.argv[1])
    imports = duckdb.read_parquet(str(data / "us-tariffs" / "us_imports_hs10_2024.parquet")).df()
    imports = imports[imports["cty_code"] != SLOVAKIA].rename(
        columns={
            "imports_consumption_usd": "imports_usd",
            "calculated_duty_usd": "duty_usd",
        }
    )
    imports["sector"] = sectors_of(imports["hs10"])
    check_against_hs2(imports, data / "us-tariffs" / "us_imports_2024_partner_hs2.csv")
    products = imports[imports["sector"] != ""]
    left_out = 1 - products["imports_usd"].sum() / imports["imports_usd"].sum()
    rows = by_economy(products, union_shares(data / "world" / "countries-2023"))
    path = PACKAGE / "us_duties_2024.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# US imports for consumption, 2024, customs value, and calculated duty; USD million.\n"
            "# US Census Bureau, public domain; summed by scripts/build_us_duties.py.\n"
        )
        rows.round(3).to_csv(file, index=False, lineterminator="\n")
    print(f"{path.name}: {len(rows)} rows, {left_out:.2%} of imports is no product (HS 98, 99)")
    total = rows.groupby("economy")[["imports_usd_mn", "duty_usd_mn"]].sum()
    print((100 * total["duty_usd_mn"] / total["imports_usd_mn"]).round(2).to_string())


def sectors_of(codes: pd.Series) -> pd.Series:
    """Return the sector of each HS10 code by the longest prefix of the map."""
    with HS_SECTORS.open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        sector = {row["hs"]: row["sector"] for row in rows}
    unique = {}
    for code in codes.unique():
        prefix = next((code[:n] for n in (6, 4, 2) if code[:n] in sector), None)
        if prefix is None:
            raise SystemExit(f"HS {code} has no sector in hs_sectors.csv")
        unique[code] = sector[prefix]
    return codes.map(unique)


def check_against_hs2(imports: pd.DataFrame, path: Path) -> None:
    """Stop unless the sums equal the partner by HS2 table."""
    table = pd.read_csv(path, dtype={"cty_code": str, "hs2": str})
    table = table[table["cty_code"] != SLOVAKIA]
    for column in ("imports_usd", "duty_usd"):
        if imports[column].sum() != table[column].sum():
            raise SystemExit(f"{column}: {imports[column].sum()} against {table[column].sum()}")
    total = table[["imports_usd", "duty_usd"]].sum() / 1e9
    print(f"imports {total['imports_usd']:.1f} bn, duty {total['duty_usd']:.1f} bn")


def union_shares(folder: Path) -> dict[str, float]:
    """Return the shares of DEU, FRA, ITA and of the rest (ROW) in US imports from the Union."""
    labels = pd.read_csv(folder / "country_labels.csv")["iso3"].tolist()
    trade = np.nan_to_num(pd.read_csv(folder / "trade_cepii.csv").to_numpy())
    with (PACKAGE.parent / "parties.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        union = [row["economy"] for row in rows if row["party"] == "EUU"]
    to_us = {code: trade[labels.index(code), labels.index("USA")] for code in union}
    shares = {code: to_us[code] / sum(to_us.values()) for code in EU_HELD}
    shares["ROW"] = 1 - sum(shares.values())
    print("US imports from the Union, BACI 2023:", {k: round(v, 3) for k, v in shares.items()})
    return shares


def by_economy(products: pd.DataFrame, union_share: dict[str, float]) -> pd.DataFrame:
    """Return imports and duty by economy and sector; the Union's mix and rates hold for each."""
    sums = products.groupby(["cty_code", "sector"])[["imports_usd", "duty_usd"]].sum() / 1e6
    sums.columns = pd.Index(["imports_usd_mn", "duty_usd_mn"])
    union = sums.loc[EUROPEAN_UNION]
    parts = {code: union * union_share[code] for code in EU_HELD}
    parts |= {PARTNERS[code]: sums.loc[code] for code in PARTNERS}
    others = [c for c in sums.index.levels[0] if c not in PARTNERS and c != EUROPEAN_UNION]
    rest = sums.loc[others].groupby(level="sector").sum()
    parts["ROW"] = rest.add(union * union_share["ROW"], fill_value=0.0)
    table = pd.concat(parts, names=["economy"]).reset_index()
    return table.sort_values(["economy", "sector"])


if __name__ == "__main__":
    main()
