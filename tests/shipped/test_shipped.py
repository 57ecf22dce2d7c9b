from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import parley
from parley import shipped

PACKAGE = Path(parley.__path__[0])
ROOT = Path(__file__).parents[2]
CODE = {".py", ".pyc", ".typed", ".j2", ".css", ".js", ".mako"}


def data_files() -> set[str]:
    files = (path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in CODE)
    return {path.relative_to(PACKAGE).as_posix() for path in files} - {"shipped.toml"}


def test_every_data_file_has_a_source_and_only_one() -> None:
    named = Counter(
        path.relative_to(PACKAGE).as_posix()
        for source in shipped.data()
        for pattern in source.files
        for path in PACKAGE.glob(pattern)
    )
    missing = data_files() - set(named)
    assert not missing, f"say in src/parley/shipped.toml where these come from: {sorted(missing)}"
    assert [name for name, times in named.items() if times > 1] == []


@pytest.mark.parametrize("source", shipped.data(), ids=lambda source: source.files[0])
def test_a_source_is_whole(source: shipped.Shipped) -> None:
    for pattern in source.files:
        assert list(PACKAGE.glob(pattern)), f"no file is called {pattern}"
    assert all([source.holds, source.source, source.licence, source.credit])
    assert source.made_by == "by hand" or (ROOT / source.made_by).is_file()
