from __future__ import annotations

import signal
import subprocess
import sys

import pytest


def hears_ctrl_c() -> None:
    """Undo that a job in the background of a shell ignores SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT to another process")
def test_ctrl_c_is_exit_130_without_a_traceback() -> None:
    command = [sys.executable, "-m", "parley", "-v", "brief", "-"]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hears_ctrl_c,
    )
    assert process.stderr is not None
    assert "standard input" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err
