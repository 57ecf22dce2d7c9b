from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[2]


def imported() -> dict[str, str]:
    """Return each foreign package that Parley imports, with a file that does."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                found.setdefault(name.partition(".")[0], path.relative_to(ROOT).as_posix())
    return {name: path for name, path in found.items() if name not in sys.stdlib_module_names}


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = list(chain(project["dependencies"], *project["optional-dependencies"].values()))
    return {normal(re.match(r"[\w.-]+", line)[0]) for line in lines}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_import_is_a_declared_dependency() -> None:
    known = packages_distributions()
    missing = {
        name: path
        for name, path in imported().items()
        if name != "parley" and not {normal(one) for one in known.get(name, [name])} & declared()
    }
    assert missing == {}, "name these in pyproject.toml and run scripts/lock.sh"


def test_the_locks_pin_every_dependency() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text
        pinned = {normal(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
        optional = {"psycopg", "jax"} if lock == "requirements.lock" else set()
        assert declared() - optional - pinned == set()
