"""The fuzzer of the reader, where its library is installed."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "fuzz_reader.py"


@pytest.mark.slow
@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None,
    reason="the fuzzer needs the library atheris: pip install atheris",
)
def test_mutated_pages_break_no_law_of_the_reader(tmp_path: Path) -> None:
    pages = SCRIPT.parents[1] / "examples"
    begin = tmp_path / "pages"
    begin.mkdir()
    for page in [*pages.glob("*.html"), *pages.glob("*.txt")]:
        (begin / page.name).write_bytes(page.read_bytes())
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "-runs=300", "-max_len=2000", "-seed=1", str(begin)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
