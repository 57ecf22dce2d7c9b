"""The wheel, in an environment that has Parley from nowhere else."""

from __future__ import annotations

import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the Python of a new environment: the wheel, and the libraries of this environment."""
    pytest.importorskip("hatchling", reason="needs hatchling, which ./run test installs")
    folder = tmp_path_factory.mktemp("install")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    build = ["wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", folder]
    subprocess.run([*pip, *build, ROOT], check=True, capture_output=True)
    (wheel,) = folder.glob("parley-*.whl")
    venv.create(folder / "venv", with_pip=False, symlinks=sys.platform != "win32")
    scripts = "Scripts" if sys.platform == "win32" else "bin"
    python = folder / "venv" / scripts / "python"
    install = ["install", "--no-deps", "--no-index", wheel]
    subprocess.run([*pip, "--python", python, *install], check=True, capture_output=True)
    # A folder named in a .pth file has its own .pth files left unread: src/ stays out of sight.
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    found = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True)
    libraries = "\n".join(site.getsitepackages())
    Path(found.stdout.strip(), "libraries.pth").write_text(libraries, encoding="utf-8")
    return python


def run(python: Path, *arguments: str | Path, cwd: Path) -> str:
    environ = {"PATH": "", "PARLEY_HOME": str(cwd / "home"), "SYSTEMROOT": "C:\\Windows"}
    done = subprocess.run(
        [python, *arguments], cwd=cwd, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_package_comes_from_the_wheel(python: Path, tmp_path: Path) -> None:
    found = run(python, "-c", "import parley; print(parley.__file__)", cwd=tmp_path)
    assert Path(found.strip()).is_relative_to(python.parents[1])


def test_the_program_runs(python: Path, tmp_path: Path) -> None:
    assert run(python.parent / "parley", "--version", cwd=tmp_path).startswith("parley ")


def test_the_main_command_of_the_readme_runs(python: Path, tmp_path: Path) -> None:
    page = ROOT / "examples" / "london-talks.html"
    out = tmp_path / "brief.html"
    command = ["brief", page, "--published", "2025-06-06", "--out", out]
    printed = run(python.parent / "parley", *command, cwd=tmp_path)
    assert "What is it worth, and to whom?" in printed
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_wheel_holds_every_file_of_the_package(python: Path, tmp_path: Path) -> None:
    code = "import parley; print(parley.__path__[0])"
    installed = Path(run(python, "-c", code, cwd=tmp_path).strip())
    source = ROOT / "src" / "parley"
    files = [path.relative_to(source) for path in source.rglob("*") if path.is_file()]
    shipped = [path for path in files if "__pycache__" not in path.parts]
    assert shipped
    assert [path for path in shipped if not (installed / path).is_file()] == []
