"""Settings: one frozen value from defaults, `config.toml`, the environment and options.

Later sources win: defaults < ``config.toml`` in the user's configuration folder < ``PARLEY_*``
variables < options of the command. An unknown key is an error, never ignored. With ``PARLEY_HOME``
set, everything that Parley keeps for the user lies in that one folder, ``config.toml`` included.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, fields
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "PARLEY_"
DEFAULT = "default"
_MEGABYTE = 1_000_000


def _meaning(
    about: str, *, least: float | None = None
) -> dict[str, Any]:  # Any: dataclass metadata
    return {"about": about, "least": least}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every choice that a user can make for all commands, with where each value came from."""

    home: Path = field(metadata=_meaning("folder for the record, added words and caches"))
    ledger: str = field(metadata=_meaning("the record: a file, or the URL of a database"))
    page_limit_mb: float = field(
        default=20.0, metadata=_meaning("largest page that is read, in MB", least=0.001)
    )
    draws: int = field(
        default=200, metadata=_meaning("draws of the elasticities behind an interval", least=1)
    )
    seed: int = field(default=20250609, metadata=_meaning("seed of every random draw", least=0))
    workers: int = field(metadata=_meaning("processes for work that splits", least=1))
    spacy_model: str = field(
        default="", metadata=_meaning("spaCy model for the reader; empty for the shipped one")
    )
    origins: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def page_limit_bytes(self) -> int:
        """Largest page that is read, in bytes."""
        return round(self.page_limit_mb * _MEGABYTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One setting as `parley settings` prints it; a password in a URL is masked."""

    name: str
    value: str
    origin: str
    about: str


def load(
    *,
    options: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Return the settings that hold now.

    Parameters
    ----------
    options
        Values given on the command line by name; None means that the option was not given.
    environ
        The environment; ``os.environ`` when None. An empty variable counts as not set.

    Raises
    ------
    SettingsError
        When a key is unknown, or a value has the wrong type or is out of range.
    """
    environ = os.environ if environ is None else environ
    given = _from_environment(environ)
    asked = {
        name: (value, f"option --{name.replace('_', '-')}")
        for name, value in (options or {}).items()
        if value is not None
    }
    layers = [_from_file(config_file(environ)), given, asked]
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        for name, (value, origin) in layer.items():
            values[name] = _checked(name, value, origin)
            origins[name] = origin
    _fill_defaults(values)
    return Settings(**values, origins=origins)  # type: ignore[arg-type]  # checked one by one above


def explain(settings: Settings) -> tuple[Explained, ...]:
    """Return every setting with its value, its origin and what it means, secrets masked.

    Examples
    --------
    >>> settings = load(options={"ledger": "postgresql://ann:secret@db/trade"}, environ={})
    >>> explain(settings)[1].value
    'postgresql://ann:***@db/trade'
    """
    return tuple(
        Explained(
            name=setting.name,
            value=mask(str(getattr(settings, setting.name))),
            origin=settings.origins.get(setting.name, DEFAULT),
            about=setting.metadata["about"],
        )
        for setting in fields(Settings)
        if setting.metadata
    )


def mask(address: str) -> str:
    """Return `address` with the password of a URL replaced by ``***``."""
    return re.sub(r"(://[^:/@\s]*):\S*@|([?&]password=)[^&\s]*", _hide, address)


def _hide(found: re.Match[str]) -> str:
    return f"{found[1]}:***@" if found[1] else f"{found[2]}***"


def config_file(environ: Mapping[str, str]) -> Path:
    """Return where ``config.toml`` is looked for; it need not exist."""
    if home := environ.get(f"{PREFIX}HOME"):
        return Path(home).expanduser() / "config.toml"
    from platformdirs import user_config_path

    return user_config_path("parley", appauthor=False) / "config.toml"


def private_file(path: Path) -> Path:
    """Make `path`, and the folders above it, readable by their owner alone, and return it.

    An existing file keeps its content and its mode.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=True)
    return path


def _from_file(path: Path) -> dict[str, tuple[object, str]]:
    import tomllib

    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML in UTF-8: {error}") from error
    return {name: (value, f"{path} line {_line(text, name)}") for name, value in content.items()}


def _line(text: str, name: str) -> int:
    key = re.compile(rf"""\s*\[?["']?{re.escape(name)}["']?\s*[=.\]]""")
    return next((at for at, line in enumerate(text.splitlines(), 1) if key.match(line)), 1)


def _from_environment(environ: Mapping[str, str]) -> dict[str, tuple[object, str]]:
    return {
        name.removeprefix(PREFIX).lower(): (value, f"environment {name}")
        for name, value in environ.items()
        if name.startswith(PREFIX) and value
    }


_TYPES: dict[str, tuple[type, str]] = {
    "Path": (Path, "a path"),
    "str": (str, "text"),
    "float": (float, "a finite number"),
    "int": (int, "a whole number"),
}


def _checked(name: str, value: object, origin: str) -> object:
    """Return `value` in the setting's own type, or say what is wrong with it."""
    known = {setting.name: setting for setting in fields(Settings) if setting.metadata}
    if name not in known:
        raise SettingsError(f"{origin}: no setting is called {name!r}.{_nearest(name, [*known])}")
    wanted, words = _TYPES[str(known[name].type)]
    converted = _converted(value, wanted, text=origin.startswith("environment"))
    if converted is None:
        raise SettingsError(f"{origin}: {name} = {value!r} is not {words}")
    least = known[name].metadata["least"]
    if isinstance(converted, int | float) and least is not None and converted < least:
        raise SettingsError(f"{origin}: {name} = {value!r} is below the least value, {least:g}")
    return converted


def _converted(value: object, wanted: type, *, text: bool) -> Path | str | float | None:
    if wanted is Path:
        return Path(value).expanduser().absolute() if isinstance(value, str | Path) else None
    if wanted is str:
        return str(value) if isinstance(value, str | Path) else None
    if text:
        try:
            value = wanted(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int if wanted is int else (int, float)):
        return None
    return wanted(value) if isfinite(value) else None


def _nearest(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1)
    return f" Did you mean {close[0]!r}?" if close else f" Known: {', '.join(known)}."


def _fill_defaults(values: dict[str, object]) -> None:
    """Fill in the defaults that depend on this machine or on other settings."""
    if "home" not in values:
        from platformdirs import user_data_path

        values["home"] = user_data_path("parley", appauthor=False)
    values.setdefault("ledger", str(Path(str(values["home"])) / "ledger.sqlite"))
    values.setdefault("workers", os.cpu_count() or 1)
