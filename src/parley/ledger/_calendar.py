"""Expiries as an iCalendar file, one all-day event each.

References
----------
Desruisseaux (2009), RFC 5545: Internet Calendaring and Scheduling Core Object Specification.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parley.ledger._questions import Expiry

_OCTETS = 75  # of a line, RFC 5545 section 3.1


def calendar(expiries: Iterable[Expiry]) -> str:
    """Return the expiries as an iCalendar object."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parley//Ledger//EN"]
    for expiry in expiries:
        lines += _event(expiry)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line))


def _event(expiry: Expiry) -> list[str]:
    known = expiry.entry.published or expiry.day
    following = "returns: " + (expiry.returns.state.replace("_", " ") if expiry.returns else "none")
    return [
        "BEGIN:VEVENT",
        f"UID:{expiry.entry.entry_id}-{expiry.day:%Y%m%d}@parley",
        f"DTSTAMP:{known:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{expiry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{expiry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped('Ends: ' + expiry.entry.title)}",
        f"DESCRIPTION:{_escaped(expiry.snapback or following)}",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets; continuations begin with a space."""
    piece = ""
    for character in line:
        if len((piece + character).encode("utf-8")) > _OCTETS:
            yield piece
            piece = " "
        piece += character
    yield piece
