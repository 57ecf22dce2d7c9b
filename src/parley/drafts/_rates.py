"""Which percentages of a sentence are rates of duty."""

from __future__ import annotations

import re
from functools import lru_cache

from parley.drafts._amounts import Amount, amounts

_TARIFF = (
    r"(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|(?:sur)?tax(?:es)?|surcharges?|imposts?|charge|"
    r"excise|VAT|GST)"
)
_AFTER = re.compile(
    r"^[\s-]*(?:(?:[“\"'‘]?[a-z-]+[”\"'’]?|[A-Z][\w.’'-]+|U\.S\.),?\s+(?:and\s+)?){0,6}?"
    rf"(?:{_TARIFF}|rates?\b(?! of return))\b",
)
_BEFORE = re.compile(
    rf"\b(?:{_TARIFF}|rate|rates)\b(?:\s+(?:rate|rates))?"
    r"(?:\s+(?!exports?|imports?|sales|trade|demand|growth|GDP)[\w$%.,’'“”\"()-]+){0,14}?\s*\(?$",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"\b(?:fell|fall|falls|falling|rose|rise|rises|rising|grew|grow|dropped?|declined?|plunged?|"
    r"surged?|soared?|shrank|shrink|contract(?:ed)?|reduc(?:e|es|ed|ing)|boost(?:s|ed|ing)?|cost|"
    r"costs|lower(?:ed|s)?|slump(?:ed)?|jump(?:ed)?|climb(?:ed)?|accounts?|accounted|accounting|"
    r"makes? up|made up|represent(?:s|ed)?|share|add(?:s|ed|ing)?|shav(?:e|es|ed|ing)|hurt|"
    r"inflation|"
    r"GDP|gross domestic product|growth|consumption|output|economy)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:tariffs?|duties|duty|levies|levy|rates?)\b(?:\s+\w+){0,6}?\s+(?:rise|rises|rising|rose|"
    r"jump(?:ed)?|climb(?:ed)?|fall|falls|fell|drop(?:ped)?|lower(?:ed)?|reduc\w+|cut|increas\w+|"
    r"rais\w+|double[ds]?)(?:\s+\w+){0,3}?\s+(?:to|from|by|at|of)\s*$",
    re.IGNORECASE,
)
_LEFT_AT = re.compile(
    rf"\b{_TARIFF}\b[^.;]{{0,90}}\b(?:at|(?:raise|raised|cut|reduce|reduced|lower|lowered|"
    rf"increase|increased|"
    r"raising|increasing|cutting|lowering)(?: \w+){0,2} to)\s*$",
    re.IGNORECASE,
)
_MOVED = re.compile(
    rf"\b(?:rais|increas|hik|cut|lower|reduc|slash|doubl|tripl|lift|drop|"
    rf"eas)\w*\s+(?:[\w.’'-]+\s+){{0,4}}?"
    rf"{_TARIFF}\b[^;]{{0,110}}\b(?:to|from|by)\s*(?:about |just |a |an |only |another )?$",
    re.IGNORECASE,
)
_THEM = re.compile(
    r"\b(?:rais|increas|hik|cut|lower|reduc)\w*\s+(?:them|it|those|that|the rates?)\s+(?:to|from|"
    r"by)\s*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:—]|, (?:and|but|while|which|with) ")
_NO_RATE_AFTER = re.compile(
    r"\s*(?:of\b(?! (?:the )?(?:value|import|customs|price))|fall|drop|rise|decline|stake|"
    r"increase in (?:exports|imports))\b"
)
_SIZE = (
    r"(?:up to|between|between [\d.]+ and|as much as|a|an|the|another|an? extra|a further|at least|"
    r"duties of|rates? of)"
)
_BORNE = re.compile(
    rf"\b(?:pays?|paid|paying|attract(?:s|ed|ing)?|fac(?:e|es|ed|ing)|bears?)\s+(?:{_SIZE}\s+)*$",
    re.IGNORECASE,
)
_LEVIED = re.compile(
    r"\b(?:put(?:s|ting)?|slap(?:s|ped|ping)?|impos(?:e|es|ed|ing)|lev(?:y|ies|ied|ying)|"
    r"charg(?:e|es|ed|ing)|clap(?:ped)?|collect(?:s|ed|ing)?|appl(?:y|ies|ied)|threaten\w*|"
    rf"plac(?:e|es|ed|ing))\s+(?:{_SIZE}\s+)*$",
    re.IGNORECASE,
)
_CUE = re.compile(r"\b(?:the|an? extra|an? additional|another|extra)\s+$", re.IGNORECASE)
_ON_GOODS = re.compile(
    r"\s+on\s+(?!average|an? (?:annual|year|month|quarter|daily)|its|their|his|"
    r"the (?:year|day|month|week|quarter|back)|year|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)",
)
_NO_OBJECT = re.compile(
    r"\s+(?:of|more|less|fewer|higher|lower|above|below|in|drop|fall|rise|decline|cut)\b"
)
_NEAR = 300  # characters on either side that may tell whether a percentage is a rate
_LISTED = re.compile(r"^[^.;%$]{0,40}?\b(?:on|for|from|to)\b[^.;%$]{2,60}$|^\s*(?:,|and|or|to)\s*$")


def rates_in(text: str, start: int, end: int) -> tuple[Amount, ...]:
    """Return the percentages of ``text[start:end]``, one sentence, that are rates of duty.

    After a rate, a percentage in the same list is one too: "35% on cars, 50% on steel".
    """
    return _rates(text[start:end], start)


@lru_cache(maxsize=512)
def _rates(words: str, offset: int) -> tuple[Amount, ...]:
    found: list[Amount] = []
    last: Amount | None = None
    for amount in amounts(words):
        if amount.kind != "percent":
            continue
        before = words[max(0, amount.start - _NEAR) : amount.start]
        after = words[amount.end : amount.end + _NEAR]
        listed = last is not None and _LISTED.match(words[last.end : amount.start]) is not None
        if amount.points or is_rate(before, after) or (listed and not _NO_RATE_AFTER.match(after)):
            found.append(amount.moved(offset))
            last = amount
    return tuple(found)


def is_rate(before: str, after: str) -> bool:
    """Whether a percentage is a rate of duty, by the words on both sides.

    Examples
    --------
    >>> is_rate("China imposed a ", " tariff on steel"), is_rate("Exports fell ", " last year")
    (True, False)
    """
    if _NO_RATE_AFTER.match(after):
        return False
    if _BORNE.search(before) and not _NO_OBJECT.match(after):
        return True
    if _ON_GOODS.match(after) and (_LEVIED.search(before) or _CUE.search(before)):
        return True
    if _LEFT_AT.search(before) or _MOVED.search(before) or _THEM.search(before):
        return True
    if _AFTER.match(_CLAUSE.split(after)[0]):
        return True
    link = _BEFORE.search(before)
    if link is None:
        return False
    tail = before[link.start() :]
    return _CHANGE.search(tail) is not None or _EFFECT.search(tail) is None
