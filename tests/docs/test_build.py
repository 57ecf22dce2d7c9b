from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the pages, built with every warning an error."""
    pytest.importorskip("furo", reason="needs Sphinx and furo, which ./run test installs")
    site = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-E", DOCS, site]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return site


def test_the_reference_names_every_command(site: Path) -> None:
    page = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    for words in ("parley settings", "parley data list", "--json", "--verbose"):
        assert words in page


def test_the_reference_shows_the_public_face_of_every_station(site: Path) -> None:
    page = (site / "reference" / "library.html").read_text(encoding="utf-8")
    faces = ("equilibrium.solve", "equilibrium.Policy", "equilibrium.on_jax.solve_many")
    for name in (*faces, "talks.nash", "duties.on", "brief.make_brief", "world.load"):
        assert f'id="parley.{name}"' in page, name


def test_no_page_takes_anything_from_the_net(site: Path) -> None:
    taken = re.compile(
        r"""<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=["'](?:https?:)?//[^>]*>"""
    )
    for path in site.rglob("*.html"):
        found = taken.findall(path.read_text(encoding="utf-8"))
        assert found == [], path
