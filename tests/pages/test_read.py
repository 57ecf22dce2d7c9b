from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parley import pages
from parley.errors import InputError, PageError

LIMIT = 1_000_000


def page_file(tmp_path: Path, content: bytes, name: str = "page.html") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_file_is_taken_byte_for_byte(tmp_path: Path) -> None:
    content = "<!doctype html>\r\n<p>Gespräche</p>\n".encode("latin-1")
    path = page_file(tmp_path, content)
    taken = datetime(2025, 6, 6, 12, tzinfo=UTC)
    page = pages.read(path, limit_bytes=LIMIT, retrieved=taken)
    assert page.content == content
    assert page.sha256 == hashlib.sha256(content).hexdigest()
    assert (page.address, page.retrieved) == (str(path), taken)


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Talks resumed."), "utf-8"))
    page = pages.read("-", limit_bytes=LIMIT)
    assert (page.address, page.content, page.media_type) == ("-", b"Talks resumed.", "text/plain")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"<!DOCTYPE html><html></html>", "text/html"),
        (b"\xef\xbb\xbf\n  <HTML lang=en>", "text/html"),
        (b"<!-- saved from url=(0020)https://example.org/ -->\n<html>", "text/html"),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'>", "text/html"),
        (b"<p>A fragment", "text/html"),
        ("<html>".encode("utf-16"), "text/html"),
        (b"Officials met.\n<p> is a tag.", "text/plain"),
        (b"< 3 days remain", "text/plain"),
        ("中美经贸磋商".encode("gb18030"), "text/plain"),
        ("Talks".encode("utf-16"), "text/plain"),
        (b"Stray \x0b control", "text/plain"),
    ],
)
def test_the_kind_is_told_from_the_content(tmp_path: Path, content: bytes, media_type: str) -> None:
    assert pages.read(page_file(tmp_path, content), limit_bytes=LIMIT).media_type == media_type


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image"),
        (b"\x89PNG\r\n\x1a\n\x00", "a PNG image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a WebP image"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"WARC/1.1\r\n", "a WARC archive"),
        (b"<?xml version='1.0'?><rss version='2.0'>", "a feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "a feed"),
        (b"text\x00text", "binary data"),
        (bytes(range(256)).replace(b"\x00", b""), "binary data"),
    ],
)
def test_what_is_no_page_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    path = page_file(tmp_path, content)
    with pytest.raises(PageError, match=f"page.html: this is {words}"):
        pages.read(path, limit_bytes=LIMIT)


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_an_empty_page_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(PageError, match="page.html: the page is empty"):
        pages.read(page_file(tmp_path, content), limit_bytes=LIMIT)


def test_a_page_at_the_limit_is_read(tmp_path: Path) -> None:
    assert len(pages.read(page_file(tmp_path, b"x" * 50), limit_bytes=50).content) == 50


def test_a_page_over_the_limit_names_size_and_setting(tmp_path: Path) -> None:
    path = page_file(tmp_path, b"x" * 2_500_000)
    with pytest.raises(PageError, match=r"2\.50 MB is over the limit of 1 MB.*page_limit_mb"):
        pages.read(path, limit_bytes=LIMIT)


def test_a_missing_file_names_the_folder_that_was_searched(tmp_path: Path) -> None:
    with pytest.raises(PageError, match=r"none\.html: there is no such file") as caught:
        pages.read(tmp_path / "none.html", limit_bytes=LIMIT)
    assert str(tmp_path) in str(caught.value)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="this is a folder"):
        pages.read(tmp_path, limit_bytes=LIMIT)


@pytest.mark.parametrize("address", ["https://example.org/a", "http://example.org", "ftp://x/y"])
def test_an_address_is_not_fetched(address: str) -> None:
    with pytest.raises(PageError, match="does not fetch pages"):
        pages.read(address, limit_bytes=LIMIT)


def test_a_time_without_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no time zone"):
        pages.read(page_file(tmp_path, b"text"), limit_bytes=LIMIT, retrieved=datetime(2025, 6, 6))


def test_the_log_names_the_page_and_none_of_its_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = page_file(tmp_path, b"Secret talks.")
    with caplog.at_level("DEBUG", logger="parley"):
        page = pages.read(path, limit_bytes=LIMIT)
    assert f"{path}: 13 bytes of text/plain, sha256 {page.sha256}" in caplog.text
    assert "talks" not in caplog.text
