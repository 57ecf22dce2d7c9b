"""Build `world/data/choke_point_shares.csv`: shares of critical products in US imports of 2024.

    python scripts/build_choke_points.py ../shared/data

For each product of `choke_points.csv`: US imports for consumption by economy, and those of the
sector that it is carved out of (US Census, HS10, public domain).
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import duckdb
import pandas as pd
from build_us_duties import EU_HELD, EUROPEAN_UNION, PACKAGE, PARTNERS, SLOVAKIA, sectors_of


def main() -> None:
    """Write the table and print it."""
    folder = Path(sys.argv[1]) / "us-tariffs"
    imports = duckdb.read_parquet(str(folder / "us_imports_hs10_2024.parquet")).df()
    imports = imports[imports["cty_code"] != SLOVAKIA]
    imports["sector"] = sectors_of(imports["hs10"])
    with (PACKAGE / "choke_points.csv").open(encoding="utf-8") as file:
        points = list(csv.DictReader(line for line in file if not line.startswith("#")))
    rows = [row for point in points for row in shares(imports, point)]
    with (PACKAGE / "choke_point_shares.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# US imports for consumption of 2024, customs value, USD million (US Census Bureau,\n"
            "# public domain); by scripts/build_choke_points.py. DEU, FRA, ITA: European Union.\n"
        )
        table = pd.DataFrame(rows).round(4)
        table.to_csv(file, index=False, lineterminator="\n")
    table["share"] = table["product_usd_mn"] / table["parent_usd_mn"]
    print(table.pivot_table(index="economy", columns="name", values="share").round(4).to_string())


def shares(imports: pd.DataFrame, point: dict[str, str]) -> list[dict[str, object]]:
    """Return imports of the product and of its parent sector from each economy."""
    product = imports["hs10"].str.startswith(tuple(point["hts"].split()))
    wrong = set(imports.loc[product, "sector"]) - {point["parent"]}
    if wrong:
        raise SystemExit(f"{point['name']}: its HTS numbers lie in {wrong}, not {point['parent']}")
    amounts = pd.DataFrame(
        {
            "cty_code": imports["cty_code"],
            "product_usd_mn": imports["imports_consumption_usd"].where(product, 0) / 1e6,
            "parent_usd_mn": imports["imports_consumption_usd"].where(
                imports["sector"] == point["parent"], 0
            )
            / 1e6,
        }
    )
    sums = amounts.groupby("cty_code").sum()
    economies = {economy: sums.loc[code] for code, economy in PARTNERS.items()}
    economies |= dict.fromkeys(EU_HELD, sums.loc[EUROPEAN_UNION])
    rest = [code for code in sums.index if code not in PARTNERS and code != EUROPEAN_UNION]
    economies["ROW"] = sums.loc[rest].sum()
    return [
        {"name": point["name"], "economy": economy, **economies[economy].to_dict()}
        for economy in sorted(economies)
    ]


if __name__ == "__main__":
    main()
