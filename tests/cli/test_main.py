from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest
import typer

from parley import __version__
from parley.cli import _main, main
from parley.errors import ConvergenceError, Interrupted, PageError

HEAVY = {"numpy", "pandas", "scipy", "pydantic", "sqlalchemy", "altair", "trafilatura", "rich"}


def with_command(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def application() -> typer.Typer:
        app = typer.Typer(pretty_exceptions_enable=False)

        @app.command()
        def fail() -> NoReturn:
            raise error

        return app

    monkeypatch.setattr(_main, "application", application)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PageError("page.html: the page is empty"), 1),
        (ConvergenceError("stopped at residual 1e-3"), 3),
        (Interrupted("stopped"), 130),
        (KeyboardInterrupt(), 130),
    ],
)
def test_an_error_becomes_its_exit_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
) -> None:
    with_command(monkeypatch, error)
    assert main([]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Traceback" not in printed.err
    assert str(error) in printed.err


def test_the_note_of_an_error_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    error = PageError("the page is empty")
    error.add_note("in item 2: page.html")
    with_command(monkeypatch, error)
    main([])
    assert capsys.readouterr().err == "parley: the page is empty\nin item 2: page.html\n"


def test_a_fault_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    with_command(monkeypatch, ZeroDivisionError("a bug"))
    with pytest.raises(ZeroDivisionError):
        main([])


@pytest.mark.parametrize("arguments", [["nonsense"], ["settings", "--nonsense"]])
def test_wrong_usage_is_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "nonsense" in printed.err


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"parley {__version__}\n"


def test_the_version_loads_no_heavy_library() -> None:
    code = (
        "import sys; from parley.cli import main; main(['--version']); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.splitlines()[1].split())
    assert "typer" in loaded
    assert not loaded & HEAVY


def test_python_m_parley_is_the_same_program() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "parley", "nonsense"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (2, "")


def test_settings_are_printed_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PARLEY_LEDGER", "postgresql://ann:secret@db/trade")
    assert main(["settings", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)["settings"]
    ledger = next(setting for setting in printed if setting["name"] == "ledger")
    assert ledger["value"] == "postgresql://ann:***@db/trade"
    assert ledger["origin"] == "environment PARLEY_LEDGER"


def test_settings_name_the_file(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings"]) == 0
    printed = capsys.readouterr().out
    assert f"File: {own_home / 'config.toml'}\n" in printed
    assert "draws = 200\n" in printed


def test_a_wrong_setting_is_exit_1_and_goes_to_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PARLEY_DRAWZ", "1")
    assert main(["settings"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("parley: environment PARLEY_DRAWZ")


def test_verbose_logs_to_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logging.getLogger("parley"), "handlers", [])
    monkeypatch.setattr(logging.getLogger("parley"), "level", logging.NOTSET)
    assert main(["-v", "settings"]) == 0
    logging.getLogger("parley.pages").info("read 1 page")
    logging.getLogger("parley.pages").debug("details")
    assert capsys.readouterr().err == "parley.pages: read 1 page\n"


def test_the_log_names_the_stations_and_no_words_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logging.getLogger("parley"), "handlers", [])
    monkeypatch.setattr(logging.getLogger("parley"), "level", logging.NOTSET)
    page = tmp_path / "page.txt"
    page.write_text("Ruritania put a tariff of 5 per cent on salt from Sylvania.", encoding="utf-8")
    assert main(["-v", "read", str(page), "--published", "2025-06-06"]) == 0
    log = [line for line in capsys.readouterr().err.splitlines() if line.startswith("parley.")]
    stations = {line.split(".")[1] for line in log}
    assert stations == {"pages", "articles", "drafts"}
    assert "salt" not in "".join(log)


def test_text_goes_into_a_pipe_as_utf_8() -> None:
    environ = {**os.environ, "PARLEY_SPACY_MODEL": "模型", "PYTHONIOENCODING": "ascii"}
    run = subprocess.run(
        [sys.executable, "-m", "parley", "settings"], capture_output=True, env=environ, check=True
    )
    assert "模型" in run.stdout.decode("utf-8")


def test_a_closed_output_is_no_fault() -> None:
    code = (
        "import sys; sys.stdout = None; from parley.cli import main; sys.exit(main(['settings']))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_an_output_that_cannot_be_written_is_named() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        run = subprocess.run(
            [sys.executable, "-m", "parley", "settings"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert run.returncode != 0
    assert "Traceback" not in run.stderr
