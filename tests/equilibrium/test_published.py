"""Published tables, recomputed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from parley import world
from parley.cli import main
from parley.equilibrium import balanced, published

SHARED = Path(__file__).parents[2].parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the folder ../shared")


def countries() -> dict[str, np.ndarray]:
    loaded = world.load("countries-2023")
    names = {"margin": "margin_share", "announced": "announced_tariff"}
    return {key: world.attribute(loaded, name) for key, name in names.items()}


@pytest.fixture(scope="module")
def liberation_day() -> dict[tuple[str, ...], float]:
    loaded = world.load("countries-2023")
    gdp = world.attribute(loaded, "gdp_usd_mn")
    cells = published.liberation_day(loaded, **countries(), gdp_usd_mn=gdp)
    return {(cell.table, cell.scenario, cell.who, cell.variable): cell.value for cell in cells}


@pytest.mark.slow
@needs_shared
def test_liberation_day_equals_the_independent_digits(
    liberation_day: dict[tuple[str, ...], float],
) -> None:
    targets = json.loads((SHARED / "targets/liberation-day.json").read_text("utf-8"))["targets"]
    assert len(targets) == len(liberation_day) == 164
    for target in targets:
        key = tuple(target[name] for name in ("table", "scenario", "country", "variable"))
        assert liberation_day[key] == pytest.approx(target["independent"], abs=1e-6)


@needs_shared
@pytest.mark.parametrize("retaliation", [False, True])
def test_liberation_day_maps(retaliation: bool) -> None:
    loaded = world.load("countries-2023")
    found = published.liberation_day_map(loaded, **countries(), retaliation=retaliation)
    name = f"targets/liberation-day-map{'-retaliation' if retaliation else ''}.csv"
    lines = (SHARED / name).read_text("utf-8").splitlines()[1:]
    wanted = np.array([[float(cell) for cell in line.split(",")[1:]] for line in lines])
    np.testing.assert_allclose(found, wanted, atol=1e-6, rtol=1e-6)


@pytest.mark.slow
def test_best_duties_with_inputs_beat_the_printed_search() -> None:
    """The paper prints 2.15 per cent; a uniform duty of 17.9 per cent gives 2.282."""
    loaded = world.load("countries-2023")
    duties, welfare = published.roundabout_optimum(
        loaded, margin=world.attribute(loaded, "margin_share")
    )
    assert welfare >= 2.287
    assert duties[loaded.economy("USA")] == 0.0
    assert duties.max() < 0.25


@pytest.mark.slow
def test_replicate_liberation_day_prints_each_cell(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replicate", "liberation-day"]) == 0
    shown = capsys.readouterr().out
    assert "164 cells, 0 beyond their tolerance" in shown
    assert "1.13071" in shown


@needs_shared
@pytest.mark.slow
def test_replicate_caliendo_parro(capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(SHARED / "data/world/cp2015")
    assert main(["replicate", "caliendo-parro-2015", "--data", folder, "--json"]) == 0
    cells = json.loads(capsys.readouterr().out)["cells"]
    found = {(cell["who"], cell["variable"]): cell["parley"] for cell in cells}
    assert found["Mexico", "total"] == pytest.approx(1.31, abs=0.005)
    assert found["Mexico", "exact_real_income"] == pytest.approx(0.00732, abs=5e-6)


@needs_shared
@pytest.mark.slow
def test_replicate_ossa(capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(SHARED / "data/world/ossa2014")
    assert main(["replicate", "ossa-2014", "--data", folder, "--json"]) == 0
    cells = json.loads(capsys.readouterr().out)["cells"]
    assert len(cells) == 203
    beyond = {(cell["who"], cell["variable"]) for cell in cells if not cell["within_tolerance"]}
    assert beyond <= {("EU", "wage"), ("ROW", "wage"), ("China", "median_duty")}
    [japan] = (
        cell["parley"]
        for cell in cells
        if (cell["table"], cell["scenario"], cell["who"], cell["variable"])
        == ("3", "lobbying", "Japan", "government")
    )
    assert japan >= 2.62


@pytest.mark.slow
@needs_shared
def test_ossa_purge_reproduces_the_published_trade() -> None:
    """Up to the numeraire, one factor for all flows."""
    scipy_io = pytest.importorskip("scipy.io")
    folder = SHARED / "data/world/ossa2014"
    purged = balanced(world.ossa_2014(folder), model=published.OSSA_MODEL)
    purged = purged.flows.transpose(2, 1, 0).reshape(231, 7)
    wanted = scipy_io.loadmat(folder / "DATA.mat")["TRADE"]
    scale = (wanted * purged).sum() / (purged**2).sum()
    np.testing.assert_allclose(scale * purged, wanted, rtol=1e-9)


def test_missing_folder_names_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replicate", "ossa-2014"]) == 1
    said = capsys.readouterr().err
    assert "American Economic Review" in said
    assert "--data" in said


def test_missing_and_changed_files_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replicate", "ossa-2014", "--data", str(tmp_path)]) == 1
    assert "trade_ijs.csv" in capsys.readouterr().err
    for name in ("trade_ijs.csv", "tariff_ijs.csv", "sigma_s.csv", "labels.csv"):
        (tmp_path / name).write_text("1,2,3\n", encoding="utf-8")
    assert main(["replicate", "ossa-2014", "--data", str(tmp_path)]) == 1
    assert "trade_ijs.csv" in capsys.readouterr().err
