"""Amounts in a sentence: money, per cent, and counted quantities, with ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

AmountKind: TypeAlias = Literal["money", "percent", "count"]

_CURRENCY = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "pounds sterling": "GBP",
    "¥": "JPY", "jpy": "JPY", "yen": "JPY",
    "yuan": "CNY", "cny": "CNY", "rmb": "CNY", "renminbi": "CNY",
    "₹": "INR", "rs": "INR", "rs.": "INR", "inr": "INR", "rupee": "INR", "rupees": "INR",
    "a$": "AUD", "au$": "AUD", "aud": "AUD", "c$": "CAD", "ca$": "CAD", "cad": "CAD",
    "nz$": "NZD", "nzd": "NZD", "hk$": "HKD", "s$": "SGD", "nt$": "TWD", "r$": "BRL",
    "won": "KRW", "₩": "KRW", "real": "BRL", "reais": "BRL", "peso": "MXN", "pesos": "MXN",
    "franc": "CHF", "francs": "CHF", "chf": "CHF", "rouble": "RUB", "roubles": "RUB",
    "rubles": "RUB", "ruble": "RUB", "lira": "TRY", "rand": "ZAR", "ringgit": "MYR",
    "baht": "THB", "dirhams": "AED", "riyals": "SAR", "krona": "SEK", "kronor": "SEK",
}  # fmt: skip
_SCALE = {
    "trillion": ("tn", 1.0), "tn": ("tn", 1.0), "trn": ("tn", 1.0),
    "billion": ("bn", 1.0), "bn": ("bn", 1.0), "b": ("bn", 1.0), "bln": ("bn", 1.0),
    "million": ("mn", 1.0), "mn": ("mn", 1.0), "m": ("mn", 1.0), "mln": ("mn", 1.0),
    "crore": ("mn", 10.0), "lakh crore": ("tn", 1.0), "lakh": ("mn", 0.1),
    "thousand": ("thousand", 1.0), "k": ("thousand", 1.0), "hundred": ("", 100.0),
}  # fmt: skip
_COUNTED = (
    "tonnes|tons|tonne|ton|metric tons|metric tonnes|barrels|bushels|vehicles|cars|trucks|autos|"
    "automobiles|units|jobs|workers|companies|firms|products|items|barrels per day|"
    "tariff lines|aircraft|planes|jets|gallons|litres|liters|cubic metres|cubic meters|kilograms|"
    "kilogrammes|kg|pounds|ounces|carats|heads?|containers|TEUs?|farmers|"
    "businesses|exporters|importers|farms|shipments|bales|cases|bottles|hectares|"
    "acres|megawatts|gigawatts|chips|GPUs|petajoules|cubic feet|product lines|doses"
)
_NUMBER = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALES = (
    "lakh crore|trillion|billion|million|thousand|hundred|crore|lakh|trn|tn|bln|bn|mln|mn|"
    "[bmk](?![a-z])"
)
_SIGNS = (
    r"US\$|A\$|AU\$|C\$|CA\$|NZ\$|HK\$|S\$|NT\$|R\$|\$|€|£|¥|₹|₩|USD|EUR|GBP|CNY|RMB|AUD|CAD|NZD|"
    r"INR|"
    r"JPY|CHF|Rs\.?"
)
_NAMES = (
    r"(?:(?:US|U\.S\.|American|Australian|Canadian|New Zealand|Hong Kong|Singapore|Taiwan|"
    r"New Taiwan|Chinese|Swiss|British|Mexican|Indian|Russian|Brazilian|Japanese|South Korean)\s+)?"
    r"(?:dollars?|euros?|pounds sterling|pounds?(?! of)|yen|yuan|renminbi|rupees?|won|reais|real|"
    r"pesos?|francs?|roubles?|rubles?|lira|rand|ringgit|baht|dirhams|riyals|kronor|krona|USD|EUR|"
    r"GBP|CNY|RMB|AUD|CAD|NZD|INR|JPY|CHF)"
)
_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "a": 1, "half a": 0.5,
}  # fmt: skip
_WORDS = "|".join(sorted(_ONES, key=len, reverse=True))
_TO = r"\s*(?:-|–|—|to|and|or)\s*"

_MONEY_SIGN = re.compile(
    rf"(?P<sign>(?<![A-Za-z])(?:{_SIGNS}))\s?(?P<low>{_NUMBER})\s?-?(?P<lows>{_SCALES})?"
    rf"(?:{_TO}(?:{_SIGNS})?\s?(?P<high>{_NUMBER})(?![\d%])\s?-?(?P<highs>{_SCALES})?)?"
    rf"(?P<plus>\+)?",
    re.IGNORECASE,
)
_MONEY_NAME = re.compile(
    rf"(?<![\w$€£¥.,])(?:(?P<low>{_NUMBER})\s?-?(?P<lows>{_SCALES})?{_TO})?"
    rf"(?P<high>{_NUMBER}|\b(?:{_WORDS})(?=\s(?:{_SCALES})))\s?-?(?P<highs>{_SCALES})?[\s-]"
    rf"(?P<sign>{_NAMES})\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"(?<![\w$€£.,])(?:(?P<low>{_NUMBER})\s?(?:%|per\s?cent|percent|pct)?{_TO})?"
    rf"(?P<high>{_NUMBER}|\b(?:{_WORDS}))[\s-]?"
    r"(?:%|per\s?cent\b|percent\b|pct\b|percentage[\s-]points?\b|"
    r"p\.p\.)(?P<points>\s?(?:percentage )?points?\b)?",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"\b(?:(?P<some>an?|one|two|three|four)[\s-])?(?P<part>half|third|quarter|fifth|tenth)s?"
    r"(?= of (?:(?:all|its|their|our|the|total)\b|[A-Z])| of [a-z]+ (?:exports?|imports?|trade)\b)",
    re.IGNORECASE,
)
_PARTS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
_COUNT = re.compile(
    rf"(?<![\w$€£.,])(?<!Jan )(?<!Feb )(?<!March )(?<!April )(?<!May )(?<!June )(?<!July )(?<!Aug )"
    rf"(?<!August )(?<!September )(?<!October )(?<!November )(?<!December )(?<!January )"
    rf"(?<!February )(?:(?P<low>{_NUMBER})\s?(?P<lows>{_SCALES})?{_TO})?"
    rf"(?P<high>{_NUMBER}|\b(?:{_WORDS}) (?=million|billion|thousand))\s?(?P<highs>{_SCALES})?\s"
    rf"(?:[a-z]+\s){{0,2}}?(?P<unit>{_COUNTED})\b",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\s?(?:/|\bper\b|\ban?\b)\s?(?P<per>kg|kilograms?|kilogrammes?|hour|day|week|month|year|"
    r"tonnes?|"
    r"metric tons?|tons?|barrels?|bushels?|person|head|household|family|unit|litre|liter|pound|"
    r"vehicle|car|mmBtu)\b",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as the text gives it; of a range, the higher end."""

    start: int
    end: int
    value: float
    unit: str
    kind: AmountKind
    points: bool = False  # percentage points
    low: float | None = None  # the lower end of a range

    def moved(self, offset: int) -> Amount:
        """Return the amount `offset` characters further on."""
        return replace(self, start=self.start + offset, end=self.end + offset)


def amounts(text: str, start: int = 0, end: int | None = None) -> list[Amount]:
    """Return the amounts in ``text[start:end]``, in order, without overlaps.

    Examples
    --------
    >>> [(a.value, a.unit) for a in amounts("a $582 billion trade, up 10% to 15%")]
    [(582.0, 'USD bn'), (15.0, '%')]
    """
    stop = len(text) if end is None else end
    found: list[Amount] = []
    for pattern, build in (
        (_MONEY_SIGN, _money),
        (_MONEY_NAME, _money),
        (_PERCENT, _percent),
        (_COUNT, _count),
        (_FRACTION, _fraction),
    ):
        for match in pattern.finditer(text, start, stop):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            found.append(build(match, text, stop))
    return sorted(found, key=lambda amount: amount.start)


def _value(words: str) -> float:
    low = words.strip().lower()
    return float(_ONES[low]) if low in _ONES else float(low.replace(",", ""))


def _money(match: re.Match[str], text: str, stop: int) -> Amount:
    groups = match.groupdict()
    high, end = groups.get("high"), match.end()
    low, scale_word = groups.get("low"), groups.get("highs") or groups.get("lows") or ""
    if groups.get("high") and groups.get("plus", "x") != "x" and not _range_holds(match, text):
        high, scale_word, end = None, groups.get("lows") or "", _end_of_low(match)
    value = _value(high or low or "0")
    suffix, factor = _SCALE.get(scale_word.lower(), ("", 1.0))
    sign = match["sign"].lower()
    currency = _CURRENCY.get(sign) or _named_currency(sign)
    unit = f"{currency} {suffix}".strip()
    per = _PER.match(text, end, stop)
    if per is not None:
        unit, end = f"{unit} per {per['per'].lower()}", per.end()
    lowest = _value(low) if low and high else None
    return Amount(match.start(), end, value * factor, unit, "money", low=lowest)


def _range_holds(match: re.Match[str], text: str) -> bool:
    """Whether the second number of "$4 to 6" belongs to the money and is no other quantity."""
    between = text[_end_of_low(match) : match.start("high")].strip().lower()
    if match["highs"]:
        return True
    if between in ("and", "or"):
        return "$" in between or (match["lows"] is None and match["highs"] is not None)
    return (match["lows"] is not None and bool(re.search(r"[$€£¥]", between))) or match[
        "lows"
    ] is None


def _end_of_low(match: re.Match[str]) -> int:
    return match.end("lows") if match["lows"] else match.end("low")


_ADJECTIVES = {
    "us": "USD", "u.s.": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD",
    "new zealand": "NZD", "hong kong": "HKD", "singapore": "SGD", "taiwan": "TWD",
    "new taiwan": "TWD", "chinese": "CNY", "swiss": "CHF", "british": "GBP", "mexican": "MXN",
    "indian": "INR", "russian": "RUB", "brazilian": "BRL", "japanese": "JPY", "south korean": "KRW",
}  # fmt: skip


def _named_currency(sign: str) -> str:
    words = sign.split()
    return _ADJECTIVES.get(" ".join(words[:-1])) or _CURRENCY.get(words[-1], "USD")


def _percent(match: re.Match[str], text: str, stop: int) -> Amount:
    points = "point" in match.group().lower()
    low = _value(match["low"]) if match["low"] else None
    return Amount(match.start(), match.end(), _value(match["high"]), "%", "percent", points, low)


def _count(match: re.Match[str], text: str, stop: int) -> Amount:
    scale = (match["highs"] or match["lows"] or "").lower()
    suffix, factor = _SCALE.get(scale, ("", 1.0))
    name = {"bn": "billion", "mn": "million", "tn": "trillion"}.get(suffix, suffix)
    unit = f"{name} {match['unit'].lower()}".strip()
    return Amount(match.start(), match.end(), _value(match["high"]) * factor, unit, "count")


def _fraction(match: re.Match[str], text: str, stop: int) -> Amount:
    some = _ONES.get((match["some"] or "a").lower(), 1)
    value = round(some * _PARTS[match["part"].lower()], 1)
    return Amount(match.start(), match.end(), value, "%", "percent")
