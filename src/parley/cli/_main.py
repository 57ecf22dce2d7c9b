"""The program `parley`: finds the commands, sets up the streams, turns errors into exit codes."""

import os
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Annotated, TextIO

import typer

import parley.cli
from parley import __version__, fleet
from parley.errors import Interrupted, ParleyError


def main(arguments: list[str] | None = None) -> int:
    """Run `parley` with `arguments` (those of the process when None); return its exit code."""
    fleet.keep_to_one_core()
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        _write_utf8(stream)
    try:
        application()(arguments, prog_name="parley")
    except ParleyError as error:
        _say(error)
        return error.exit_code
    except OSError as error:
        if error.filename is not None:  # a file that a station should have named in its own error
            raise
        sys.stdout = _nowhere()
        typer.echo(f"parley: the output cannot be written: {error.strerror or error}", err=True)
        return 1
    except KeyboardInterrupt:
        return Interrupted.exit_code
    except SystemExit as exit_request:
        return exit_request.code if isinstance(exit_request.code, int) else 0
    return 0


def application() -> typer.Typer:
    """Return the Typer application with every command that stands in this folder."""
    app = typer.Typer(
        name="parley",
        callback=_options,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="markdown",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for module in iter_modules(parley.cli.__path__):
        if module.name.startswith("_"):
            continue
        command = getattr(import_module(f"parley.cli.{module.name}"), module.name)
        name = module.name.rstrip("_")  # `import_.py` holds the command `import`
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"parley {__version__}")
        raise typer.Exit


def _options(
    verbose: Annotated[
        int,
        typer.Option(
            "--verbose",
            "-v",
            count=True,
            show_default=False,
            help="Say on stderr what is done; -vv says more.",
        ),
    ] = 0,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Read pages on trade talks, keep a record, and compute what the sides could settle on.

    Results go to stdout, messages to stderr. Exit codes: 0 done, 1 wrong input or data, 2 usage,
    3 no equilibrium found, 130 interrupted.
    """
    if verbose:
        _log(verbose)


def _log(verbose: int) -> None:
    import logging

    level = logging.INFO if verbose == 1 else logging.DEBUG
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    logger = logging.getLogger("parley")
    logger.setLevel(level)
    logger.handlers = [handler]


def _say(error: ParleyError) -> None:
    from parley.pages import harmless

    lines = [f"parley: {error}", *getattr(error, "__notes__", [])]
    typer.echo(harmless("\n".join(lines)), err=True)


def _open_closed_streams() -> None:
    """Send into nothing what would go to a stream that the caller closed (``>&-``)."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, _nowhere())


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")  # until the exit


def _write_utf8(stream: TextIO) -> None:
    """Keep any text printable: UTF-8 into files and pipes, a stand-in on a poorer terminal."""
    if not hasattr(stream, "reconfigure"):
        return
    if stream.isatty():
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8")
