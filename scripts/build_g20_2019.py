"""Build the shipped world `g20-2019`: 20 economies x 20 ISIC sections, OECD ICIO 2019.

    python scripts/build_g20_2019.py ../shared/data

Takes the OECD ICIO table that was aggregated to the G20 economies and ISIC sections; computes
flows by importer, exporter and sector, input use by economy, and base duties.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np

from parley.world import from_table, published, save
from parley.world._base_duties import NOTES, base_duties

TARGET = Path(__file__).parents[1] / "src" / "parley" / "world" / "data" / "g20-2019.npz"
SHA256 = "07bc20e77cd15a65dec28b195f6eeef672a1336fd8b4f03a04bd1d3e3efa9b77"
SECTIONS = {
    "A": "Agriculture, forestry and fishing",
    "B": "Mining and quarrying",
    "C": "Manufacturing",
    "D": "Electricity, gas, steam and air conditioning",
    "E": "Water supply, sewerage, waste",
    "F": "Construction",
    "G": "Wholesale and retail trade, repair of vehicles",
    "H": "Transportation and storage",
    "I": "Accommodation and food service",
    "J": "Information and communication",
    "K": "Finance and insurance",
    "L": "Real estate",
    "M": "Professional, scientific and technical services",
    "N": "Administrative and support services",
    "O": "Public administration and defence",
    "P": "Education",
    "Q": "Health and social work",
    "R": "Arts, entertainment and recreation",
    "S": "Other services",
    "T": "Households as employers",
}
GOODS = ("A", "B", "C")
FILLER = 1e-6  # one dollar that the aggregation put where the OECD reports no activity
SOURCE = "OECD (2023), OECD Inter-Country Input-Output Tables, http://oe.cd/icio"
LICENCE = (
    "OECD Terms and Conditions, section 3 (Data): may be extracted, adapted and distributed for "
    "any purpose with credit to the OECD; pass this acknowledgment on to your sub-licensees."
)
DISCLAIMERS = (
    "This is an adaptation of an original work by the OECD. The opinions expressed and arguments "
    "employed in this adaptation should not be reported as representing the official views of "
    "the OECD or of its Member countries.",
    "The OECD's statistical data for Israel (inside ROW) are supplied by and under the "
    "responsibility of the relevant Israeli authorities; their use by the OECD is without "
    "prejudice to the status of the Golan Heights, East Jerusalem and Israeli settlements in "
    "the West Bank under the terms of international law.",
    "ROW is the sum of the 57 other economies of the OECD tables and the OECD's rest of the "
    "world; 4 negative final uses (0.41 USD million in all) were netted in the aggregation.",
    "Value added is what output leaves after duty-paid inputs: it holds wages, profits, margins "
    "and net taxes on inputs other than customs duties. Net taxes on products for final use (3.86 "
    "USD tn) are left out: final purchases stand at basic prices, and income is below GDP at "
    "market prices. Households as employers (T) of AUS, CHN and JPN have no output in the source "
    "and stay empty.",
)


def read(folder: Path) -> tuple[np.ndarray, tuple[str, ...], tuple[str, ...]]:
    """Return the table and its labels; stop if the file is not the one that was documented."""
    path = folder / "icio_oecd2023_2019_isic_g20.npz"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA256:
        raise SystemExit(f"{path}: SHA-256 {digest}, expected {SHA256}")
    with np.load(path, allow_pickle=False) as table:
        economies = tuple(table["country_codes"].tolist())
        return table["data"], economies, tuple(table["sector_codes"].tolist())


def without_filler(data: np.ndarray, nodes: int) -> np.ndarray:
    """Return the table in which sectors that sell one dollar in all are empty."""
    filled = np.isclose(data[:nodes].sum(axis=1), FILLER, rtol=1e-6, atol=0)
    data = data.copy()
    data[:nodes][filled] = 0.0
    data[:, :nodes][:, filled] = 0.0
    print(f"{int(filled.sum())} sectors without activity")
    return data


def main() -> None:
    """Write the bundle and print its summary."""
    data, economies, sectors = read(Path(sys.argv[1]) / "world" / "oecd-icio-2019-g20")
    nodes = len(economies) * len(sectors)
    data = without_filler(data, nodes)
    tariff, known = base_duties(economies, sectors, GOODS)
    world = from_table(
        transactions=data[:nodes, :nodes],
        final_use=data[:nodes, nodes:],
        output=data[:, :nodes].sum(axis=0),  # inputs, net taxes and value added
        tariff=tariff,
        tariff_known=known,
        name="g20-2019",
        year=2019,
        economies=economies,
        sectors=sectors,
        sector_titles=tuple(SECTIONS[code] for code in sectors),
        goods=GOODS,
        elasticities=published(sectors, horizon="long"),
        elasticities_short=published(sectors, horizon="short"),
        source=SOURCE,
        licence=LICENCE,
        notes=(*DISCLAIMERS, *NOTES),
    )
    save(world, TARGET)
    for key, value in world.summary().items():
        print(f"{key}: {value}")


if __name__ == "__main__":
    main()
