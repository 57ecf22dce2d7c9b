"""Every code block of the README and of docs/ is run, in the order of its page.

A block of `text` after one of `sh` or `python` is what that one prints, `...` standing for
anything. A block below the comment ``<!-- not run: why -->`` is left out.
"""

from __future__ import annotations

import doctest
import io
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from parley import settings

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md"))]
FENCE = re.compile(
    r"^(?:<!-- not run: (?P<why>.+?) -->\n)?^```(?P<language>\S*)\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
SHOWN = {"text"}
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block: its language, its code, its line, and why it is not run, if it is not."""

    language: str
    code: str
    line: int
    why: str


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            language=found["language"],
            code=found["code"],
            line=text.count("\n", 0, found.start("code")),
            why=found["why"] or "",
        )
        for found in FENCE.finditer(text)
        if not found["language"].startswith("{")
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder with ./run and the examples, in which the blocks of a page run."""
    folder = tmp_path / "reader"
    folder.mkdir()
    script = folder / "run"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m parley "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    (folder / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(folder)
    return folder


def run_sh(code: str) -> str:
    done = subprocess.run(
        ["sh", "-eu", "-c", code], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_python(code: str, names: dict[str, object]) -> str:
    with redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, "block", "exec"), names)
    return printed.getvalue()


def run_pycon(code: str, names: dict[str, object]) -> str:
    test = doctest.DocTestParser().get_doctest(code, names, "block", None, 0)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
    failed = runner.run(test, out=said.append, clear_globs=False).failed
    names.update(test.globs)
    assert not failed, "".join(said)
    return ""


def run_toml(code: str) -> str:
    home = Path(os.environ["PARLEY_HOME"])
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(code, encoding="utf-8")
    loaded = settings.load()
    (home / "config.toml").unlink()
    assert loaded.origins
    return ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_runs(page: Path, folder: Path) -> None:
    names: dict[str, object] = {}
    printed = ""
    for block in blocks(page):
        if block.why:
            continue
        where = f"{page.name} line {block.line}"
        if block.language == "sh":
            printed = run_sh(block.code)
        elif block.language == "python":
            printed = run_python(block.code, names)
        elif block.language == "pycon":
            run_pycon(block.code, names)
        elif block.language == "toml":
            run_toml(block.code)
        else:
            assert block.language in SHOWN, f"{where}: no way to run {block.language!r}"
            if printed:
                same = doctest.OutputChecker().check_output(block.code, printed, FLAGS)
                assert same, f"{where} shows\n{block.code}but this was printed\n{printed}"


def test_blocks_are_found() -> None:
    languages = {block.language for page in PAGES for block in blocks(page)}
    assert {"sh", "toml", "powershell"} <= languages
