"""The script ./run, on a small project of its own: no package is fetched from the net."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

RUN = Path(__file__).parents[2] / "run"
BASE = Path(sys.base_prefix) / "bin" / "python3"

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="./run is for POSIX; README has Windows"),
]


def wheel(folder: Path, version: str) -> str:
    """Put a wheel of the package `tiny` into `folder` and return its line for a lock."""
    path = folder / f"tiny-{version}-py3-none-any.whl"
    info = f"tiny-{version}.dist-info"
    content = {
        "tiny.py": f"version = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in content.items():
            archive.writestr(name, text)
        archive.writestr(f"{info}/RECORD", "".join(f"{name},,\n" for name in content))
    return f"tiny=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with ./run, a lock of one wheel, and a `parley` that tells what it sees."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    project = tmp_path / "a project"
    (project / "src" / "parley").mkdir(parents=True)
    shutil.copy(RUN, project / "run")
    (project / "requirements.lock").write_text(wheel(wheels, "1.0"), encoding="utf-8")
    (project / "src" / "parley" / "__init__.py").touch()
    (project / "src" / "parley" / "__main__.py").write_text(
        "import os, sys, tiny\nprint(tiny.version, os.getcwd(), *sys.argv[1:])\n", encoding="utf-8"
    )
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    monkeypatch.setenv("PYTHON", str(BASE))
    return project


def start(project: Path, *arguments: str, cwd: Path | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [project / "run", *arguments],
        cwd=cwd or project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run(
    project: Path, *arguments: str, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    process = start(project, *arguments, cwd=cwd)
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(arguments, process.returncode, out, err)


@pytest.mark.slow
def test_the_first_call_sets_up_and_the_second_does_not(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "tiny.py").write_text("version = 'of the caller'", encoding="utf-8")
    first = run(project, "brief", "a page.html", cwd=elsewhere)
    second = run(project, "brief", "a page.html", cwd=elsewhere)
    assert first.stdout == second.stdout == f"1.0 {elsewhere} brief a page.html\n"
    assert "setting up" in first.stderr
    assert second.stderr == ""


@pytest.mark.slow
def test_an_interrupted_installation_is_done_again(project: Path) -> None:
    process = start(project)
    while not list(project.glob(".venv/lib/*/site-packages/pip/__init__.py")):
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert not (project / ".venv" / "installed").exists()
    again = run(project)
    assert again.stdout.startswith("1.0 ")
    assert "setting up" in again.stderr
    assert "waiting" not in again.stderr


@pytest.mark.slow
def test_a_changed_lock_is_installed_anew(project: Path) -> None:
    assert run(project).stdout.startswith("1.0 ")
    lock = project / "requirements.lock"
    lock.write_text(wheel(project.parent / "wheels", "2.0"), encoding="utf-8")
    changed = run(project)
    assert changed.stdout.startswith("2.0 ")
    assert "setting up" in changed.stderr


@pytest.mark.slow
def test_two_calls_at_once_wait_for_each_other(project: Path) -> None:
    calls = [start(project, str(number)) for number in (1, 2)]
    ended = [call.communicate(timeout=120) for call in calls]
    assert [out for out, _ in ended] == [f"1.0 {project} 1\n", f"1.0 {project} 2\n"]
    said = "".join(err for _, err in ended)
    assert said.count("setting up") == 1 + said.count("waiting")
    assert said.count(f"setting up {project}/.venv;") == 1


@pytest.mark.slow
def test_the_folder_can_be_moved_and_linked_to(project: Path, tmp_path: Path) -> None:
    run(project)
    moved = project.rename(tmp_path / "moved")
    link = tmp_path / "parley"
    link.symlink_to(moved / "run")
    called = subprocess.run([link, "x"], cwd="/", capture_output=True, text=True, check=True)
    assert (called.stdout, called.stderr) == ("1.0 / x\n", "")


@pytest.mark.slow
def test_a_package_that_does_not_match_its_hash_is_not_installed(project: Path) -> None:
    lock = project / "requirements.lock"
    lock.write_text(f"tiny==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    refused = run(project)
    assert refused.returncode == 1
    assert "DO NOT MATCH THE HASHES" in refused.stderr
    assert "the installation failed" in refused.stderr
    assert not (project / ".venv" / "installed").exists()


@pytest.mark.parametrize(
    ("python", "words"),
    [
        ("exit 127", "was not found. Install Python 3.11 or newer: the packages python3 and"),
        (
            "case $2 in *print*) echo 3.9 ;; *version_info*) exit 1 ;; esac",
            "is Python 3.9; 3.11 or newer is needed. Install python3.12",
        ),
        (
            "case $2 in *print*) echo 3.11 ;; *ensurepip*) exit 1 ;; esac",
            "Install the package python3-venv (or python3.11-venv)",
        ),
    ],
)
def test_what_is_missing_is_named_with_its_package(
    project: Path, monkeypatch: pytest.MonkeyPatch, python: str, words: str
) -> None:
    stand_in = project / "python3"
    stand_in.write_text(f"#!/bin/sh\n{python}\n", encoding="utf-8")
    stand_in.chmod(0o755)
    monkeypatch.setenv("PYTHON", str(stand_in))
    refused = run(project)
    assert refused.returncode == 1
    assert words in refused.stderr
    assert refused.stdout == ""
    assert not (project / ".venv").exists()
