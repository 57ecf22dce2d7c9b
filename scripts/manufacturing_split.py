"""Split the manufacturing of an aggregate input-output table by the structure of a finer one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from parley.typing import Array

SECTIONS = tuple("ABCDEFGHIJKLMNOPQRST")
INDUSTRIES = {
    "c3": "Food, beverages, tobacco",
    "c4": "Textiles and clothing",
    "c5": "Leather and footwear",
    "c6": "Wood products",
    "c7": "Paper, printing, publishing",
    "c8": "Coke, refined petroleum, nuclear fuel",
    "c9": "Chemicals and pharmaceuticals",
    "c10": "Rubber and plastics",
    "c11": "Other non-metallic minerals",
    "c12": "Basic and fabricated metals",
    "c13": "Machinery",
    "c14": "Electrical and optical equipment, computers, chips",
    "c15": "Transport equipment",
    "c16": "Other manufacturing, furniture, recycling",
}
SECTORS = ("A", "B", *INDUSTRIES, *(code for code in SECTIONS if code > "C"))
MADE = np.array([code in INDUSTRIES for code in SECTORS])
SECTION_OF = (
    np.array(["C" if code in INDUSTRIES else code for code in SECTORS])[None]
    == np.array(SECTIONS)[:, None]
)
WIOD_OF = {  # WIOD industries whose structure an ISIC section takes
    "A": "c1",
    "B": "c2",
    "D": "c17",
    "E": "c17",
    "F": "c18",
    "G": "c19 c20 c21",
    "H": "c23 c24 c25 c26",
    "I": "c22",
    "J": "c27",
    "K": "c28",
    "L": "c29",
    "M": "c30",
    "N": "c30",
    "O": "c31",
    "P": "c32",
    "Q": "c33",
    "R": "c34",
    "S": "c34",
    "T": "c35",
} | {code: code for code in INDUSTRIES}
LARGE = 1_000.0  # USD million
BORROWED = ("ARG", "SAU", "ZAF")


def structure(path: Path, economies: tuple[str, ...]) -> tuple[Array, Array, Array]:
    """Return 2011 weights: deliveries (i, r, n, c), final use (i, r, n), value added (n, c)."""
    table = np.load(path)
    countries, industries = table["countries"].tolist(), table["industries"].tolist()
    count = len(countries)
    deliveries = table["Z"].reshape(count, 35, count, 35).astype(float)
    final = table["F"].reshape(count, 35, count, 5).sum(axis=3).astype(float)
    value_added = (table["output"] - table["Z"].sum(axis=0)).reshape(count, 35).astype(float)
    print(
        f"negative final uses of 2011 set to zero: {(final < 0).sum()}, {final[final < 0].sum()} mn"
    )
    final = np.maximum(final, 0)
    others = [c for c in countries if c not in economies]
    members = [["RoW"] if e in BORROWED else others if e == "ROW" else [e] for e in economies]
    to = np.array([[float(c in group) for c in countries] for group in members])
    sector = np.array([[float(i in WIOD_OF[s].split()) for i in industries] for s in SECTORS])
    value_added = np.einsum("ai,rk,ik->ar", to, sector, value_added)

    def merged(deliveries: Array, final: Array, buyers: Array) -> tuple[Array, Array]:
        z = np.einsum(
            "ai,rk,iknl,bn,sl->arbs", to, sector, deliveries, buyers, sector, optimize=True
        )
        return z, np.einsum("ai,rk,ikn,bn->arb", to, sector, final, buyers, optimize=True)

    z, f = merged(deliveries, final, to)
    # between two economies that hold the rest of the world, its sales to itself are no trade
    row = countries.index("RoW")
    deliveries[row, :, row], final[row, :, row] = 0.0, 0.0
    z_abroad, f_abroad = merged(deliveries, final, to)
    z_away, f_away = merged(deliveries, final, np.ones_like(to))
    nothing = z_abroad.sum(axis=(1, 3)) + f_abroad.sum(axis=1) == 0
    own = np.eye(len(economies), dtype=bool)
    z = np.where(own[:, None, :, None], z, np.where(nothing[:, None, :, None], z_away, z_abroad))
    f = np.where(own[:, None], f, np.where(nothing[:, None], f_away, f_abroad))
    return z, f, value_added


def split(totals: Array, weights: Array, fallback: Array, name: str) -> Array:
    """Return `totals` spread over the last axis by weights, or by `fallback` where all are zero."""
    empty = (weights.sum(axis=-1) <= 0) & (totals > 0)
    weights = np.where(empty[..., None], fallback, weights)
    share = weights / np.maximum(weights.sum(axis=-1, keepdims=True), 1e-300)
    if (totals[weights.sum(axis=-1) <= 0] > 0).any():
        raise SystemExit(f"{name}: a cell has no structure to follow")
    print(
        f"{name}: {empty.sum()} of {(totals > 0).sum()} cells without a structure of their own, "
        f"{totals[empty].sum() / totals.sum():.3%} of their value"
    )
    return totals[..., None] * share


def first_split(
    data: Array, count: int, z11: Array, f11: Array, va11: Array
) -> tuple[Array, Array, Array]:
    """Return the OECD table with every manufacturing cell split by the weights of 2011."""
    nodes = count * len(SECTIONS)
    z19 = data[:nodes, :nodes].reshape(count, 20, count, 20)
    f19 = data[:nodes, nodes:].reshape(count, 20, count, 3).sum(axis=3)
    va19 = data[nodes:, :nodes].sum(axis=0).reshape(count, 20)
    made, other = np.flatnonzero(MADE), np.flatnonzero(~MADE)
    section = SECTION_OF.argmax(axis=0)
    c = SECTIONS.index("C")
    z = np.zeros((count, len(SECTORS), count, len(SECTORS)))
    f, va = np.zeros((count, len(SECTORS), count)), np.zeros((count, len(SECTORS)))
    z[np.ix_(range(count), other, range(count), other)] = z19[
        np.ix_(range(count), section[other], range(count), section[other])
    ]
    f[:, other], va[:, other] = f19[:, section[other]], va19[:, section[other]]
    # sales: the mix that the seller ships to this importer, then its mix to all
    shipped = z11[:, made].sum(axis=3) + f11[:, made]
    mix = np.where(shipped.sum(1, keepdims=True) > 0, shipped, shipped.sum(2, keepdims=True))
    mix = mix.transpose(0, 2, 1)
    sold = split(
        z19[:, c][:, :, section[other]],
        z11[:, made][..., other].transpose(0, 2, 3, 1),
        mix[:, :, None],
        "sales to others",
    )
    z[np.ix_(range(count), made, range(count), other)] = sold.transpose(0, 3, 1, 2)
    f[:, made] = split(f19[:, c], f11[:, made].transpose(0, 2, 1), mix, "final sales").transpose(
        0, 2, 1
    )
    # purchases: the mix of users of this input in the economy, then their value added
    users = z11[:, :, :, made].sum(axis=0)[other] + 1e-6 * va11[None, :, made]
    bought = split(
        z19[:, section[other]][..., c],
        z11[:, other][..., made],
        users[None],
        "purchases from others",
    )
    z[np.ix_(range(count), other, range(count), made)] = bought
    inside = z11[:, made][..., made].transpose(0, 2, 1, 3).reshape(count, count, -1)
    spare = mix[..., None] * va11[None, :, None, made]
    both = split(z19[:, c, :, c], inside, spare.reshape(count, count, -1), "within manufacturing")
    shape = (count, count, len(made), len(made))
    z[np.ix_(range(count), made, range(count), made)] = both.reshape(shape).transpose(0, 2, 1, 3)
    va[:, made] = split(va19[:, c], va11[:, made], va11[:, made], "value added")
    return z, f, va


def rebalance(z: Array, f: Array, va: Array) -> tuple[Array, Array, Array]:
    """Return the split table, rebalanced so that each industry's sales equal its costs.

    Iterated proportional fitting (RAS) to three sets of totals: rows and columns of each
    industry to its output, and every cell of the aggregate table to its value. An industry's
    output is the geometric mean of what the split sales and the split costs say: this moves
    cells less than either of them or the output shares of 2011. Zeros stay zero.
    """
    cells = _totals(z, f, va)
    sales = z.sum(axis=(2, 3)) + f.sum(axis=2)
    costs = z.sum(axis=(0, 1)) + va
    target = np.sqrt(sales * costs)
    made_sales = sales[:, MADE].sum(axis=1)
    target[:, MADE] *= (made_sales / target[:, MADE].sum(axis=1))[:, None]
    z, f, va = z.copy(), f.copy(), va.copy()
    worst, passes = np.inf, 0
    while worst >= 1e-13:
        passes += 1
        rows = _factor(target, z.sum(axis=(2, 3)) + f.sum(axis=2))
        z *= rows[:, :, None, None]
        f *= rows[:, :, None]
        columns = _factor(target, z.sum(axis=(0, 1)) + va)
        z *= columns[None, None]
        va *= columns
        now = _totals(z, f, va)
        back = [
            np.divide(a, b, out=np.ones_like(a), where=b > 0)
            for a, b in zip(cells, now, strict=True)
        ]
        section = SECTION_OF.argmax(axis=0)
        z *= back[0][:, section][..., section]
        f *= back[1][:, section]
        va *= back[2][:, section]
        gap = np.abs(z.sum(axis=(2, 3)) + f.sum(axis=2) - z.sum(axis=(0, 1)) - va)
        worst = (gap / np.maximum(target, 1)).max()
    print(f"RAS: {passes} passes, largest gap of an industry {worst:.1e} of its output")
    return z, f, va


def _factor(target: Array, found: Array) -> Array:
    factor = np.divide(target, found, out=np.ones_like(found), where=found > 0)
    factor[:, ~MADE] = 1.0
    return factor


def _totals(z: Array, f: Array, va: Array) -> tuple[Array, Array, Array]:
    to = SECTION_OF.astype(float)
    return (
        np.einsum("ra,iank,sk->irns", to, z, to, optimize=True),
        np.einsum("ra,ian->irn", to, f),
        va @ to.T,
    )


def report_change(before: Array, after: Array, *, name: str) -> str:
    """Return and print the largest changes that the rebalancing made to cells."""
    change = np.abs(after - before)
    large = np.where((before > LARGE) & (after > 0), before, 1.0)
    ratio = np.exp(np.abs(np.log(np.where(large > 1, after, 1.0) / large)).max())
    said = (
        f"{name} moved by {change.sum() / 2 / before.sum():.2%}, at most {change.max() / 1e3:.1f} "
        f"bn in a cell of {before.flat[change.argmax()] / 1e3:.1f} bn, and by a factor of at most "
        f"{ratio:.2f} in cells above 1 bn"
    )
    print(said)
    return said
