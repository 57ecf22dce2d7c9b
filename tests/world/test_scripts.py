"""The shipped data are what the scripts in the repository compute."""

import importlib
import sys
from pathlib import Path

import pytest

from parley import world

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
SHIPPED = Path(world.__file__).parent / "data"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data"),
]


def run(name: str, monkeypatch: pytest.MonkeyPatch, **places: Path) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    script = importlib.import_module(name)
    for place, path in places.items():
        monkeypatch.setattr(script, place, path)
    monkeypatch.setattr(sys, "argv", [name, str(SHARED)])
    script.main()


def assert_same(name: str, folder: Path) -> None:
    """Compare all but the last digits, which differ between processors."""
    built, shipped = world.load(folder / f"{name}.npz"), world.load(name)
    assert built.flows == pytest.approx(shipped.flows, rel=1e-9, abs=1e-9)
    assert built.value_added == pytest.approx(shipped.value_added, rel=1e-9, abs=1e-6)
    assert (built.tariff == shipped.tariff).all()
    for words in ("notes", "source", "licence", "sector_titles"):
        assert getattr(built, words) == getattr(shipped, words)
    for horizon in ("elasticities", "elasticities_short"):
        assert getattr(built, horizon).sources == getattr(shipped, horizon).sources
        assert (getattr(built, horizon).trade == getattr(shipped, horizon).trade).all()


def test_g20_2019(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("build_g20_2019", monkeypatch, TARGET=tmp_path / "g20-2019.npz")
    assert_same("g20-2019", tmp_path)


def test_g20_detail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("build_g20_detail", monkeypatch, DATA=tmp_path)
    assert_same("g20-detail", tmp_path)
    assert_same("g20-detail-bilateral-2023", tmp_path)


def test_countries_2023(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("build_countries_2023", monkeypatch, DATA=tmp_path)
    assert_same("countries-2023", tmp_path)


@pytest.mark.parametrize(
    ("script", "file"),
    [
        ("build_us_duties", "us_duties_2024.csv"),
        ("build_choke_points", "choke_point_shares.csv"),
    ],
)
def test_tables(script: str, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "choke_points.csv").write_bytes(
        (SHIPPED / "choke_points.csv").read_bytes()
    )
    (tmp_path / "parties.csv").write_bytes((SHIPPED.parent / "parties.csv").read_bytes())
    run("build_us_duties", monkeypatch, PACKAGE=tmp_path / "data")
    if script != "build_us_duties":
        run(script, monkeypatch, PACKAGE=tmp_path / "data")
    assert (tmp_path / "data" / file).read_text("utf-8") == (SHIPPED / file).read_text("utf-8")
