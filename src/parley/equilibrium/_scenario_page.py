"""Values out of a TOML document, every fault with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from parley.errors import ScenarioError


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The text of a scenario, to find the line of a fault.

    `array` names the array of tables whose rows are counted.
    """

    text: str
    name: str
    array: str = "policy"

    def line(self, key: str, at: int | None = None) -> int:
        """Return the line of a key: at the top, in the table `array`, or in its row `at`.

        Where the key has no line of its own it is that of the row or table.
        """
        header, single, row, start = "", True, -1, 1
        for number, line in enumerate(self.text.splitlines(), start=1):
            found = re.match(r"\s*(\[+)\s*([^]\s]+)\s*\]", line)
            if found:
                header, single = found[2].partition(".")[0], found[1] == "["
                row += header == self.array and not single
            here = header == self.array and (single if at is None else row == at)
            if (found and here) or (at is None and _is(self.array, line)):
                start = number
            if key and (here or (at is None and header == "")) and _is(key, line):
                return number
        return start

    def fault(self, key: str, words: str, at: int | None = None) -> ScenarioError:
        return ScenarioError(f"{self.name} line {self.line(key, at)}: {words}")

    def choice(
        self,
        content: dict[str, Any],  # Any: what TOML holds
        key: str,
        allowed: tuple[str, ...] | None,
        *,
        default: str | None,
        at: int | None = None,
    ) -> Any:  # noqa: ANN401 - one of the values allowed
        """Return a word; `allowed` is None for any, or the words that may stand there."""
        word = content.get(key, default)
        if isinstance(word, str) and (allowed is None or word in allowed):
            return word
        may = "a word in quotes" if allowed is None else f"one of {', '.join(allowed)}"
        raise self.fault(key, f"{key} is {word!r}; it must be {may}", at)

    def number(
        self, content: dict[str, Any], key: str, at: int | None = None
    ) -> float | None:  # Any: TOML
        value = content.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault(key, f"{key} is {value!r}; it must be a number, 0.25 for 25 %", at)
        return float(value)

    def codes(
        self,
        content: dict[str, Any],  # Any: what TOML holds
        key: str,
        at: int | None = None,
    ) -> str | tuple[str, ...] | None:
        value = content.get(key)
        if value in (None, "all"):
            return None
        if isinstance(value, str):
            return value
        if isinstance(value, list) and value and all(isinstance(code, str) for code in value):
            return tuple(value)
        raise self.fault(key, f"{key} is {value!r}; it must be a code or a list of codes", at)

    def interval(self, content: dict[str, Any], key: str, at: int) -> tuple[float, float] | None:
        """Return two numbers, the lower first; `inf` may stand for no upper end."""
        value = content.get(key)
        if value is None:
            return None
        numbers = isinstance(value, list) and all(
            isinstance(one, int | float) and not isinstance(one, bool) for one in value
        )
        if not numbers or len(value) != 2 or not value[0] <= value[1]:
            raise self.fault(key, f"{key} is {value!r}; it must be two numbers, [0, 1.45]", at)
        return float(value[0]), float(value[1])

    def day(self, content: dict[str, Any], key: str) -> date | None:  # Any: TOML
        value = content.get(key)
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.fault(
                key, f"{key} is {value!r}; it must be a day without quotes: 2025-05-14"
            )
        return value


def _is(key: str, line: str) -> bool:
    return bool(re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line))
