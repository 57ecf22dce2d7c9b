"""A GTAP-style data base in small: two regions, food, goods and freight."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from parley import world
from parley.errors import DataError, InputError

GOODS, REGIONS = ("food", "mnfc", "otp"), ("USA", "ROW")
AXES = {
    "VDFB": (GOODS, GOODS, REGIONS),
    "VMFB": (GOODS, GOODS, REGIONS),
    **dict.fromkeys(("VDPB", "VMPB", "VDGB", "VMGB", "VDIB", "VMIB"), (GOODS, REGIONS)),
    **dict.fromkeys(("VFOB", "VCIF", "VMSB"), (GOODS, REGIONS, REGIONS)),
    "VTWR": (GOODS, GOODS, REGIONS, REGIONS),
    "VST": (GOODS, REGIONS),
}
LABELS = {
    "name": "gtap",
    "year": 2017,
    "goods": ("food", "mnfc"),
    "elasticities": world.published(("A", "C", "H"), horizon="long"),
    "elasticities_short": world.published(("A", "C", "H"), horizon="short"),
    "source": "made for a test",
    "licence": "none",
}


def data_base() -> dict[str, np.ndarray]:
    """Return arrays that satisfy the identities of GTAP; the US duty on food is 25 % of cif."""
    rng = np.random.default_rng(4)
    header = {name: np.zeros([len(axis) for axis in axes]) for name, axes in AXES.items()}
    for c, (i, n) in product(range(2), ((0, 1), (1, 0))):
        header["VFOB"][c, i, n] = rng.uniform(5, 10)
        header["VTWR"][2, c, i, n] = 0.1 * header["VFOB"][c, i, n]
    header["VCIF"] = header["VFOB"] + header["VTWR"].sum(axis=0)
    header["VMSB"] = header["VCIF"].copy()
    header["VMSB"][0, 1, 0] *= 1.25
    header["VST"][2] = header["VTWR"].sum() * np.array([0.25, 0.75])
    split = rng.dirichlet(np.ones(6), (3, 2))
    imports = header["VMSB"].sum(axis=1)
    header["VMFB"] = (imports[:, :, None] * split[:, :, :3]).transpose(0, 2, 1)
    for place, use in enumerate(("P", "G", "I")):
        header[f"VM{use}B"] = imports * split[:, :, 3 + place]
        header[f"VD{use}B"] = rng.uniform(20, 30, (3, 2))
    header["VDFB"] = rng.uniform(1, 4, (3, 3, 2))
    return header


def write(header: dict[str, np.ndarray], folder: Path) -> None:
    for name, axes in AXES.items():
        lines = [",".join([*(f"SET{n}" for n in range(len(axes))), "Value"])]
        for place in np.ndindex(*header[name].shape):
            codes = [axis[at] for axis, at in zip(axes, place, strict=True)]
            lines.append(",".join([*codes, repr(float(header[name][place]))]))
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_buyers_pay_what_the_data_base_says(tmp_path: Path) -> None:
    header = data_base()
    write(header, tmp_path)
    read = world.read_gtap(tmp_path, **LABELS)
    paid = (read.flows * (1 + read.tariff))[0].sum()
    domestic = header["VDFB"][:, :, 0].sum() + sum(header[f"VD{u}B"][:, 0].sum() for u in "PGI")
    assert paid == pytest.approx(header["VMSB"][:, :, 0].sum() + domestic)


def test_revenue_is_the_duty_of_the_data_base(tmp_path: Path) -> None:
    header = data_base()
    write(header, tmp_path)
    read = world.read_gtap(tmp_path, **LABELS)
    assert read.duty_revenue[0] == pytest.approx(0.25 * header["VCIF"][0, 1, 0])
    assert read.duty_revenue[1] == 0


def test_freight_is_sold_by_its_suppliers(tmp_path: Path) -> None:
    header = data_base()
    write(header, tmp_path)
    read = world.read_gtap(tmp_path, **LABELS)
    domestic = header["VDFB"][2, :, 0].sum() + sum(header[f"VD{u}B"][2, 0] for u in "PGI")
    assert read.output[0, 2] == pytest.approx(domestic + header["VST"][2, 0])


def test_imports_that_do_not_match_their_uses_are_refused(tmp_path: Path) -> None:
    header = data_base()
    header["VMPB"][1, 0] += 2.0
    write(header, tmp_path)
    with pytest.raises(DataError, match=r"mnfc in USA: imports by use .* \(a gap of 2\)"):
        world.read_gtap(tmp_path, **LABELS)


def test_freight_that_nobody_supplies_is_refused(tmp_path: Path) -> None:
    header = data_base()
    header["VST"][2, 0] = 0
    write(header, tmp_path)
    with pytest.raises(DataError, match="freight otp"):
        world.read_gtap(tmp_path, **LABELS)


def test_missing_header_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"VDFB\.csv: no such file"):
        world.read_gtap(tmp_path, **LABELS)
