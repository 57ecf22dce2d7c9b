"""What data come with Parley: their sources, licences and credits."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """Data files of one source: what they hold, where they come from, on what terms."""

    files: tuple[str, ...]  # paths or patterns inside the package
    holds: str
    source: str
    address: str
    licence: str
    credit: str
    made_by: str  # the script that makes them, or "by hand"


def data() -> tuple[Shipped, ...]:
    """Return every source of the data that come with Parley.

    Examples
    --------
    >>> data()[0].files
    ('world/data/g20-2019.npz',)
    """
    import tomllib

    text = files("parley").joinpath("shipped.toml").read_text(encoding="utf-8")
    return tuple(
        Shipped(**{**entry, "files": tuple(entry["files"])})
        for entry in tomllib.loads(text)["data"]
    )
