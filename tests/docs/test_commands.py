from __future__ import annotations

from collections.abc import Iterator

import pytest
import typer
from typer.core import TyperArgument, TyperGroup

from parley.cli import application


def commands(name: str, command: typer.core.TyperCommand) -> Iterator[tuple[str, object]]:
    yield name, command
    if isinstance(command, TyperGroup):
        for child, below in command.commands.items():
            yield from commands(f"{name} {child}", below)


EVERY = dict(commands("parley", typer.main.get_command(application())))
LEAVES = {name: one for name, one in EVERY.items() if not isinstance(one, TyperGroup)}


def test_commands_are_found() -> None:
    assert {"parley settings", "parley data list"} <= set(LEAVES)


@pytest.mark.parametrize("name", EVERY)
def test_every_command_says_what_it_does(name: str) -> None:
    assert EVERY[name].help


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_shows_an_example(name: str) -> None:
    assert f"Example: `{name}" in LEAVES[name].help


@pytest.mark.parametrize("name", EVERY)
def test_every_option_and_argument_says_what_it_means(name: str) -> None:
    silent = [parameter.name for parameter in EVERY[name].params if not parameter.help]
    assert silent == []


@pytest.mark.parametrize("name", LEAVES)
def test_options_come_by_name(name: str) -> None:
    for parameter in LEAVES[name].params:
        if not isinstance(parameter, TyperArgument):
            assert any(flag.startswith("--") for flag in parameter.opts)
