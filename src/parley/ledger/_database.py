"""The user's ledger: a SQLite file, or a PostgreSQL database, opened, checked and upgraded."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from parley import __version__
from parley.errors import LedgerError
from parley.ledger import _schema as t

if TYPE_CHECKING:
    from collections.abc import Iterator

_log = logging.getLogger(__name__)

_BUSY_SECONDS = 30  # how long a writer waits for another
_LOCK = 0x5041524C  # the advisory lock that writers take in PostgreSQL


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A write that is under way: everything in it stands or falls together."""

    connection: sa.Connection
    activity_id: str
    at: datetime
    agent: str


class Database:
    """A ledger on disk or on a server. Every write is one activity in one transaction."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @property
    def name(self) -> str:
        """The file or the URL, without password."""
        return _name(self.engine.url)

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state of the ledger throughout."""
        with _explained(self.name), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, kind: str, *, agent: str, note: str = "") -> Iterator[Activity]:
        """Give one transaction, recorded as an activity; it is kept only if nothing fails."""
        writer = self.engine.execution_options(parley_writes=True)
        with _explained(self.name), writer.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:k)"), {"k": _LOCK})
            activity = Activity(
                connection=connection,
                activity_id=uuid4().hex,
                at=datetime.now(UTC),
                agent=agent,
            )
            connection.execute(
                t.activities.insert().values(
                    activity_id=activity.activity_id,
                    kind=kind,
                    agent=agent,
                    at=activity.at,
                    parley_version=__version__,
                    note=note,
                )
            )
            yield activity
        _log.info("wrote %s by %s", kind, agent)


def open_database(where: str | Path, *, create: bool = False) -> Database:
    """Return the ledger at a path or URL, upgraded to the schema of this Parley.

    Before an upgrade the old file is copied beside itself.

    Raises
    ------
    LedgerError
        When nothing is there and `create` is off, when what is there is no ledger, and when a
        newer Parley wrote it.
    """
    url = _url(where)
    path = Path(url.database) if url.drivername.startswith("sqlite") and url.database else None
    try:
        if path is not None and not path.exists():
            _may_create(path, create=create)
        elif path is not None:
            _must_be_a_ledger(path)
    except OSError as error:
        raise LedgerError(f"{path}: it cannot be opened ({error.strerror})") from error
    database = Database(_engine(url, read_only=path is not None and _is_read_only(path)))
    try:
        with _explained(database.name):
            _bring_up_to_date(database, path, create=create)
    except BaseException:
        database.close()  # no connection stays open on a file that was refused
        raise
    _log.info("ledger %s", database.name)
    return database


def _url(where: str | Path) -> URL:
    text = str(where)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser()))
    url = make_url(text)
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerError(
            f"{_name(url)}: a ledger is a SQLite file or a postgresql:// URL, "
            f"not {url.get_backend_name()}"
        )
    return url


def _name(url: URL) -> str:
    sqlite = url.get_backend_name() == "sqlite"
    return url.database or ":memory:" if sqlite else url.render_as_string(hide_password=True)


def _may_create(path: Path, *, create: bool) -> None:
    if not create:
        raise LedgerError(f"{path}: there is no ledger. Make one: `parley ledger init`")
    from parley.settings import private_file

    private_file(path)


def _must_be_a_ledger(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(100)
    if not head:
        return
    if not head.startswith(b"SQLite format 3\x00"):
        raise LedgerError(f"{path} is no ledger: it is not a SQLite file. Choose another --ledger")
    if int.from_bytes(head[68:72], "big") not in (0, t.APPLICATION_ID):
        raise LedgerError(
            f"{path} is no ledger: another program made this SQLite file. Choose another --ledger"
        )


def _is_read_only(path: Path) -> bool:
    import os

    return not os.access(path, os.W_OK)


def _engine(url: URL, *, read_only: bool) -> sa.Engine:
    try:
        engine = sa.create_engine(url, connect_args=_connect_args(url))
    except ModuleNotFoundError as error:
        raise LedgerError(
            f"{_name(url)} needs the PostgreSQL driver: pip install 'parley[postgres]'"
        ) from error
    if url.get_backend_name() == "sqlite":
        _settle_sqlite(engine, read_only=read_only)
    return engine


def _connect_args(url: URL) -> dict[str, Any]:  # Any: what each driver takes
    if url.get_backend_name() == "sqlite":
        return {"timeout": _BUSY_SECONDS, "isolation_level": None}
    return {"connect_timeout": 10}


def _settle_sqlite(engine: sa.Engine, *, read_only: bool) -> None:
    """Let transactions be SQLite's own: deferred to read, immediate to write, durable."""

    @sa.event.listens_for(engine, "connect")
    def _pragmas(connection: sqlite3.Connection, _record: object) -> None:
        pragmas = ["foreign_keys = ON", "synchronous = FULL", "cache_size = -64000"]
        pragmas += ["query_only = ON"] if read_only else ["journal_mode = WAL"]
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("parley_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(database: Database, path: Path | None, *, create: bool) -> None:
    with database.reading() as connection:
        found = _revision(connection, database.name)
    if found == t.REVISIONS[-1]:
        return
    if found is None and not create and (path is None or path.stat().st_size > 0):
        raise LedgerError(f"{database.name}: there is no ledger. Make one: `parley ledger init`")
    if found is not None and path is not None:
        _copy(path, path.with_name(f"{path.name}.schema-{found}"))
    _migrate(database)


def _revision(connection: sa.Connection, name: str) -> str | None:
    """Return the schema's revision, None in an empty database.

    Raises
    ------
    LedgerError
        When the tables are not a ledger's, or a newer Parley's.
    """
    names = set(sa.inspect(connection).get_table_names())
    if not names:
        return None
    if not {"alembic_version", "activities", "claims"} <= names:
        raise LedgerError(
            f"{name} is no ledger: it holds the tables {', '.join(sorted(names)[:5])}. "
            "Choose another --ledger"
        )
    found: str = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
    if found not in t.REVISIONS:
        writer = connection.execute(
            sa.select(t.activities.c.parley_version).order_by(t.activities.c.at.desc()).limit(1)
        ).scalar()
        raise LedgerError(
            f"{name} was written by a newer Parley ({writer or 'version unknown'}, "
            f"schema {found}); this one is {__version__} and knows schema {t.REVISIONS[-1]}. "
            "Upgrade Parley"
        )
    return found


def _copy(path: Path, copy: Path) -> None:
    """Copy a SQLite file by its backup interface, which sees only whole transactions."""
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


def _migrate(database: Database, to: str = "head") -> None:
    """Bring the schema to a revision, all steps in one transaction."""
    from alembic import command
    from alembic.config import Config

    with as_file(files("parley.ledger") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        with database.engine.execution_options(parley_writes=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:k)"), {"k": _LOCK})
            config.attributes["connection"] = connection
            command.upgrade(config, to)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turn what a database says into what a user can mend."""
    try:
        yield
    except DBAPIError as error:
        raise LedgerError(f"{name}: {_reason(error)}") from error
    except SQLAlchemyError as error:
        raise LedgerError(f"{name}: {error}") from error


_REASONS = {
    "readonly": "it is read-only, so nothing can be recorded. Make it writable",
    "disk is full": "the disk is full; nothing of this write was kept. Make room and repeat",
    "database is locked": f"another program has held it for {_BUSY_SECONDS} seconds. Try again",
    "malformed": "the file is damaged. Restore a copy of it",
    "unable to open": "it cannot be opened; look at the rights of the file and its folder",
    "no room": "the disk is full; nothing of this write was kept. Make room and repeat",
}


def _reason(error: DBAPIError) -> str:
    said = str(error.orig)
    for words, reason in _REASONS.items():
        if words in said:
            return reason
    if isinstance(error, OperationalError):
        return f"the database does not answer ({said.strip()})"
    return f"it refuses the write ({said.strip().splitlines()[0]})"
