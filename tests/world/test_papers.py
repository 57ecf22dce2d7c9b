"""Worlds of published papers, from data that are not in the repository."""

from pathlib import Path

import numpy as np
import pytest

from parley import world
from parley.errors import DataError, InputError

SHARED = Path(__file__).parents[3] / "shared" / "data" / "world"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/world")


@needs_shared
def test_caliendo_parro_has_the_value_added_of_the_data() -> None:
    paper, _ = world.caliendo_parro_2015(SHARED / "cp2015")
    assert (len(paper.economies), len(paper.sectors)) == (31, 40)
    labour_share = np.loadtxt(SHARED / "cp2015" / "B.txt")
    output = paper.output.T
    np.testing.assert_allclose(
        paper.value_added.sum(axis=1), (output * labour_share).sum(axis=0), rtol=1e-6
    )
    assert paper.trade_deficit.sum() == pytest.approx(0, abs=1e-3)


@needs_shared
def test_caliendo_parro_tariffs_of_both_years() -> None:
    paper, later = world.caliendo_parro_2015(SHARED / "cp2015")
    cell = paper.economy("MEX"), paper.economy("USA"), slice(0, 20)
    assert paper.tariff[cell].mean() == pytest.approx(0.1255, abs=1e-4)
    assert later[cell].mean() < 0.005
    assert not paper.tariff[:, :, 20:].any()


@needs_shared
def test_ossa_has_the_raw_trade() -> None:
    paper = world.ossa_2014(SHARED / "ossa2014")
    raw = np.loadtxt(SHARED / "ossa2014" / "trade_ijs.csv", delimiter=",").reshape(33, 7, 7)
    np.testing.assert_array_equal(paper.final, raw.transpose(2, 1, 0))
    assert paper.elasticities.trade.mean() == pytest.approx(2.42, abs=0.005)
    rice = paper.tariff[paper.economy("JPN"), paper.economy("USA"), paper.sector("ric")]
    assert rice > 1


def test_missing_files_are_named_with_their_package(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no B\.txt, GO\.txt.*Review of Economic Studies"):
        world.caliendo_parro_2015(tmp_path)


@needs_shared
def test_changed_file_is_refused(tmp_path: Path) -> None:
    for file in (SHARED / "ossa2014").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "sigma_s.csv").write_text("1,2\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"sigma_s\.csv: SHA-256"):
        world.ossa_2014(tmp_path)


@needs_shared
def test_shipped_elasticities_are_those_of_the_package() -> None:
    theta = np.loadtxt(SHARED / "cp2015" / "T.txt")
    text = (Path(world.__file__).parent / "data" / "elasticities.csv").read_text("utf-8")
    shipped = [float(line.split(",")[1]) for line in text.splitlines() if line.startswith("cp-")]
    replaced = [17, 18]  # auto and other transport
    np.testing.assert_array_equal(shipped[:-1], np.delete(theta, replaced))
