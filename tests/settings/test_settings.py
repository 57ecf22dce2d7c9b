from __future__ import annotations

import dataclasses
import os
import stat
import sys
from pathlib import Path

import pytest

from parley import settings
from parley.errors import SettingsError


def environment(home: Path, **variables: str) -> dict[str, str]:
    return {"PARLEY_HOME": str(home), **variables}


def test_defaults_hold_when_nothing_is_set(tmp_path: Path) -> None:
    loaded = settings.load(environ=environment(tmp_path))
    assert (loaded.page_limit_mb, loaded.draws, loaded.spacy_model) == (20.0, 200, "")
    assert loaded.page_limit_bytes == 20_000_000
    assert loaded.workers == os.cpu_count()
    assert "draws" not in loaded.origins


def test_without_parley_home_the_users_data_folder_is_home() -> None:
    assert settings.load(environ={}).home.name == "parley"


def test_the_ledger_lies_below_home(tmp_path: Path) -> None:
    assert settings.load(environ=environment(tmp_path)).ledger == str(tmp_path / "ledger.sqlite")


def test_each_source_wins_over_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("draws = 300\nseed = 1\nworkers = 3\n", encoding="utf-8")
    environ = environment(tmp_path, PARLEY_SEED="2", PARLEY_WORKERS="4")
    loaded = settings.load(environ=environ, options={"workers": 5, "draws": None})
    assert (loaded.draws, loaded.seed, loaded.workers) == (300, 2, 5)
    assert loaded.origins["draws"] == f"{tmp_path / 'config.toml'} line 1"
    assert loaded.origins["seed"] == "environment PARLEY_SEED"
    assert loaded.origins["workers"] == "option --workers"


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert settings.load(environ=environment(tmp_path, PARLEY_DRAWS="")).draws == 200


def test_an_unknown_key_in_the_file_is_named_with_its_line_and_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("seed = 1\n\ndraw = 300\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"config\.toml line 3.*'draw'.*Did you mean 'draws'"):
        settings.load(environ=environment(tmp_path))


def test_an_unknown_table_in_the_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("seed = 1\n[mail]\nhost = 'x'\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"line 2.*'mail'.*Known: home"):
        settings.load(environ=environment(tmp_path))


def test_an_unknown_variable_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="PARLEY_DRAWZ.*Did you mean 'draws'"):
        settings.load(environ=environment(tmp_path, PARLEY_DRAWZ="1"))


def test_an_unknown_option_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="option --page-limit"):
        settings.load(environ=environment(tmp_path), options={"page_limit": 1})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PARLEY_WORKERS", "two", "'two' is not a whole number"),
        ("PARLEY_WORKERS", "2.5", "'2.5' is not a whole number"),
        ("PARLEY_WORKERS", "0", "below the least value, 1"),
        ("PARLEY_PAGE_LIMIT_MB", "nan", "not a finite number"),
        ("PARLEY_PAGE_LIMIT_MB", "inf", "not a finite number"),
        ("PARLEY_PAGE_LIMIT_MB", "0", "below the least value, 0.001"),
        ("PARLEY_SEED", "-1", "below the least value, 0"),
    ],
)
def test_a_wrong_variable_is_refused(tmp_path: Path, name: str, value: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        settings.load(environ=environment(tmp_path, **{name: value}))


@pytest.mark.parametrize("line", ["draws = true", "draws = '9'", "draws = 1.5", "spacy_model = 1"])
def test_a_wrong_type_in_the_file_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "config.toml").write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError, match="line 1.*is not"):
        settings.load(environ=environment(tmp_path))


@pytest.mark.parametrize("content", [b"draws = ", b"draws = '\xff'"])
def test_a_file_that_is_not_toml_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "config.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"config\.toml: cannot be read as TOML"):
        settings.load(environ=environment(tmp_path))


def test_a_whole_number_will_do_for_a_number(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("page_limit_mb = 3", encoding="utf-8")
    loaded = settings.load(environ=environment(tmp_path))
    assert isinstance(loaded.page_limit_mb, float)
    assert loaded.page_limit_bytes == 3_000_000


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://ann:se:cr@et@db/trade", "postgresql://ann:***@db/trade"),
        ("postgresql://:secret@db/trade", "postgresql://:***@db/trade"),
        (
            "postgresql://db/trade?user=ann&password=secret",
            "postgresql://db/trade?user=ann&password=***",
        ),
        ("postgresql://db:5432/trade", "postgresql://db:5432/trade"),
        ("/home/ann/ledger.sqlite", "/home/ann/ledger.sqlite"),
    ],
)
def test_a_password_is_masked(address: str, shown: str) -> None:
    assert settings.mask(address) == shown


def test_every_setting_is_explained(tmp_path: Path) -> None:
    loaded = settings.load(environ=environment(tmp_path))
    explained = settings.explain(loaded)
    names = {field.name for field in dataclasses.fields(loaded)} - {"origins"}
    assert {setting.name for setting in explained} == names
    assert all(setting.about for setting in explained)
    assert explained[0].origin == "environment PARLEY_HOME"
    assert explained[1].origin == "default"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no owner-only mode bits")
def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = settings.private_file(tmp_path / "new" / "ledger.sqlite")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_existing_private_file_keeps_its_content(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"rows")
    assert settings.private_file(path).read_bytes() == b"rows"
