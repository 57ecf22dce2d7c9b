"""What holds for every test: the user's own settings, record and terminal play no part."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from parley import fleet

fleet.keep_to_one_core()

# The same examples in every run, however slow or busy the machine is.
settings.register_profile("parley", derandomize=True, deadline=None)
settings.load_profile("parley")

_DEBIAN_POSTGRES = Path("/usr/lib/postgresql")
_OWN_TERMINAL = ("FORCE_COLOR", "NO_COLOR", "COLUMNS")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty home of Parley and no other setting."""
    for name in os.environ:
        if name.startswith("PARLEY_") or name in _OWN_TERMINAL:
            monkeypatch.delenv(name)
    home = tmp_path / "parley-home"
    monkeypatch.setenv("PARLEY_HOME", str(home))
    return home


@pytest.fixture
def hears_ctrl_c() -> Iterator[None]:
    """Let programs that the test starts hear SIGINT, which a background job ignores."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Give the URL of an empty PostgreSQL database that lives for this run of the tests.

    The server listens on the loopback address alone and keeps its files in a temporary folder;
    it refuses to run as root, so that root hands it to the user `postgres`.
    """
    programs = _postgres_programs()
    owner = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="parley-postgres-") as name:
        folder = Path(name)
        if owner is not None:
            shutil.chown(folder, owner)

        def call(program: str, *arguments: str) -> None:
            command = [programs / program, "-D", folder / "data", *arguments]
            done = subprocess.run(
                command, user=owner, cwd=folder, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr

        call("initdb", "--username=parley", "--auth=trust", "--encoding=UTF8", "--no-sync")
        port = _free_port()
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -k {folder} -F"
        call("pg_ctl", "start", "--wait", f"--log={folder / 'log'}", f"--options={options}")
        try:
            yield f"postgresql://parley@127.0.0.1:{port}/postgres"
        finally:
            call("pg_ctl", "stop", "--mode=immediate")


def _postgres_programs() -> Path:
    found = [*sorted(_DEBIAN_POSTGRES.glob("*/bin"), reverse=True)]
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).parent)
    if not found:
        pytest.skip("needs the programs of PostgreSQL (apt-get install postgresql)")
    return found[0]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
