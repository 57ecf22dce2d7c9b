"""The command line: the same calls as the library, with no logic of its own.

A command is one file here, named like the command, with a function (or, for a command of several
words, a `typer.Typer`) of the same name; it is found by its name. Such a file imports nothing
heavy at its top, and has no ``from __future__ import annotations``, since Typer reads annotations.
"""

from __future__ import annotations

from parley.cli._main import application, main

__all__ = ["application", "main"]
