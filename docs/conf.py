"""Sphinx: the four shelves in MyST Markdown; reference pages are made from the code itself."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING

import typer

import parley
from parley import settings
from parley.cli import application

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "Parley"
author = "The Parley authors"
copyright = author
release = parley.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"Parley {release}"
html_show_sphinx = False
autodoc_member_order = "bysource"
napoleon_google_docstring = False

HERE = Path(__file__).parent
STATIONS = [
    "settings",
    "fleet",
    "shipped",
    "records",
    "vocabulary",
    "pages",
    "articles",
    "drafts",
    "ledger",
    "duties",
    "world",
    "equilibrium",
    "equilibrium.published",
    "equilibrium.on_jax",
    "talks",
    "brief",
    "errors",
]


def setup(app: Sphinx) -> None:
    """Write the reference pages before Sphinx reads its sources."""
    app.connect("builder-inited", write_reference)


def write_reference(_app: Sphinx) -> None:
    """Write `reference/commands.md`, `settings.md` and `library.md` from the code."""
    (HERE / "reference").mkdir(exist_ok=True)
    pages = {"commands": commands_page(), "settings": settings_page(), "library": library_page()}
    for name, text in pages.items():
        (HERE / "reference" / f"{name}.md").write_text(text, encoding="utf-8")


def commands_page() -> str:
    """Return every command with its arguments, options and example."""
    parts = ["# Commands\n\nEach takes `--help`. Results go to stdout, messages to stderr."]
    group = typer.main.get_command(application())
    parts += command_parts("parley", group)
    return "\n\n".join(parts) + "\n"


def command_parts(name: str, command: object) -> list[str]:
    """Return the Markdown of one command, then of those below it."""
    parts = [f"## {name}", inspect.cleandoc(command.help or "")]
    rows = [
        f"| {', '.join(f'`{flag}`' for flag in parameter.opts) or parameter.name} "
        f"| {getattr(parameter, 'help', None) or ''} | {default_of(parameter)} |"
        for parameter in command.params
        if parameter.name != "help"
    ]
    if rows:
        parts.append(
            "\n".join(["| option or argument | meaning | default |", "|---|---|---|", *rows])
        )
    for child, below in sorted(getattr(command, "commands", {}).items()):
        parts += command_parts(f"{name} {child}", below)
    return parts


def default_of(parameter: object) -> str:
    """Return the default as the page shows it."""
    value = parameter.default
    return "" if value in (None, False, (), 0) or callable(value) else f"`{value}`"


def settings_page() -> str:
    """Return every setting with its meaning and its default."""
    explained = settings.explain(settings.load(environ={"PARLEY_HOME": "HOME"}))
    machine = {"home", "ledger", "workers"}
    rows = [
        f"| `{one.name}` | `PARLEY_{one.name.upper()}` | {one.about} "
        f"| {'depends on the machine' if one.name in machine else f'`{one.value}`'} |"
        for one in explained
    ]
    head = "| in config.toml | in the environment | meaning | default |"
    return "\n".join(["# Settings", "", head, "|---|---|---|---|", *rows]) + "\n"


def library_page() -> str:
    """Return the public face of every station, by autodoc."""
    parts = ["# Library\n\nThe stations in the order of the data; each folder's public face."]
    for name in STATIONS:
        members = f"   :members: {', '.join(public_names(f'parley.{name}'))}"
        options = f"{members}\n   :imported-members:"
        directive = f"```{{eval-rst}}\n.. automodule:: parley.{name}\n{options}\n```"
        parts.append(f"## parley.{name}\n\n{directive}")
    return "\n\n".join(parts) + "\n"


def public_names(module: str) -> list[str]:
    """Return the classes and functions that a station makes and shows."""
    face = vars(importlib.import_module(module))
    return [
        name
        for name, member in face.items()
        if not name.startswith("_")
        and isinstance(member, type | FunctionType)
        and member.__module__.startswith(module)
    ]
