"""Numbers as a reader sees them: few figures, units said, minus signs true."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.brief._computed import Value

MINUS = "\N{MINUS SIGN}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"
_BILLION, _TRILLION = 1_000.0, 1_000_000.0  # of USD million


def figures(value: float) -> str:
    """Return `value` with two significant figures, or whole from 10 on, and a true minus sign.

    Examples
    --------
    >>> figures(0.12345), figures(1234.5), figures(-7.0)
    ('0.12', '1,234', '−7.0')
    """
    if value == 0:
        return "0"
    size = float(f"{abs(value):.2g}") if abs(value) < 10 else abs(value)
    exponent = int(f"{size:e}".partition("e")[2])
    text = f"{size:,.{max(1 - exponent, 0)}f}"
    return f"{MINUS}{text}" if value < 0 else text


def percent(value: float, *, sign: bool = False) -> str:
    """Return a percentage: `value` is already in per cent.

    Examples
    --------
    >>> percent(-0.5123), percent(0.25, sign=True)
    ('−0.51\N{NARROW NO-BREAK SPACE}%', '+0.25\N{NARROW NO-BREAK SPACE}%')
    """
    return f"{_plus(value, sign)}{figures(value)}{NARROW}%"


def points(rate: float) -> str:
    """Return a duty rate, a fraction of customs value, in per cent without false digits.

    Examples
    --------
    >>> points(1.45), points(0.1375)
    ('145\N{NARROW NO-BREAK SPACE}%', '13.8\N{NARROW NO-BREAK SPACE}%')
    """
    text = f"{rate * 100:.1f}".removesuffix(".0").replace("-", MINUS)
    return f"{text}{NARROW}%"


def money(usd_mn: float, *, sign: bool = False) -> str:
    """Return USD million in the unit that reads best.

    Examples
    --------
    >>> [money(x).replace(NO_BREAK, " ") for x in (-61_234.0, 812.0, 1_250_000.0)]
    ['−$61 bn', '$812 mn', '$1.2 tn']
    """
    size = abs(usd_mn)
    if size >= 0.9995 * _TRILLION:
        amount = f"${figures(size / _TRILLION)}{NO_BREAK}tn"
    elif size >= 0.9995 * _BILLION:
        amount = f"${figures(size / _BILLION)}{NO_BREAK}bn"
    else:
        amount = f"${figures(size)}{NO_BREAK}mn" if size else "$0"
    if usd_mn < 0:
        return f"{MINUS}{amount}"
    return f"+{amount}" if sign and usd_mn > 0 else amount


def money_span(value: Value, *, sign: bool = True) -> str:
    """Return the interval of a sum of money, "−$70 bn to −$55 bn"."""
    return f"{money(value.low, sign=sign)} to {money(value.high, sign=sign)}"


def percent_span(value: Value, *, sign: bool = True) -> str:
    """Return the interval of a percentage."""
    return f"{percent(value.low, sign=sign)} to {percent(value.high, sign=sign)}"


def _plus(value: float, sign: bool) -> str:
    return "+" if sign and value > 0 else ""
