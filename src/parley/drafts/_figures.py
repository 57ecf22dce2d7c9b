"""Figures: quantities of trade, investment and effect; never duty rates, share prices, votes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.drafts._amounts import Amount, amounts
from parley.drafts._candidates import COMPARED
from parley.drafts._rates import rates_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._document import Document, Sentence

_MARKET = re.compile(
    r"\b(?:shares?(?! of)|stocks?|index|indices|futures|S&P|Nasdaq|Dow|Nikkei|FTSE|Hang Seng|DAX|"
    r"CAC|"
    r"Sensex|Nifty|bond|bonds|yields?|basis points|equities|traded (?:at|up|down)|closed (?:at|"
    r"up|down)|"
    r"against the (?:US |U\.S\. )?dollar|versus the dollar|per share|market cap\w*|intraday|"
    r"premarket|"
    r"Treasur(?:y|ies) (?:yield|note|bond)\w*|interest rates?|mortgage|Bitcoin|crypto\w*|ETFs?|"
    r"poll|polls|polled|survey(?:ed)? (?:respondents|voters)|voters|approval rating|of the vote|"
    r"odds|chance|probability|"
    r"an ounce|a barrel|per barrel|turnout|salary|bonus|prize)\b",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r"\b(?:trade|traded|trading partner|exports?|exported|exporting|exporters?|imports?|imported|"
    r"importing|"
    r"surplus|deficit|goods|merchandise|commerce|shipments?|ship(?:ped|s)|purchas\w+|buy(?:s|"
    r"ing)?|bought|"
    r"invest\w*|GDP|economy|economic|growth|output|tariffs?|dut(?:y|ies)|sales|market|industry|"
    r"products?|"
    r"revenues?|sold|worth|value|valued|businesses|jobs|cost|costs|supply|supplies|demand|"
    r"consumers?|inflation|prices?|production|manufactur\w+|crops?|agricultur\w+|farm\w*|services|"
    r"subsid\w+|aid|tonnes|tons|barrels|bushels|vehicles|cars|bilateral|levies|sanction\w*|"
    r"quotas?|energy|tax(?:es)?|firms|gains?|buys?|"
    r"wage|content|supplier|accounts? for|share of|spend\w*|fund\w*|loans?|pay(?:s|ing)?|paid)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """An amount that counts as a figure, with the words around it."""

    amount: Amount
    sentence: Sentence
    what: str
    evidence: tuple[int, int]


def figures(document: Document) -> list[Found]:
    """Return the figures of the article, each value once."""
    out: list[Found] = []
    seen: dict[tuple[float, str], list[set[str]]] = {}
    for sentence in sorted(document.sentences, key=lambda one: one.kind == "title"):
        for amount in amounts(document.text, sentence.start, sentence.end):
            if not is_figure(document.text, sentence, amount):
                continue
            what = described(document.text, sentence, amount)
            alike = seen.setdefault((amount.value, amount.unit), [])
            words = set(re.findall(r"[a-z]{4,}", what.lower()))
            if _same_again(alike[-COMPARED:], words):
                continue
            alike.append(words)
            out.append(Found(amount, sentence, what, window(document.text, sentence, amount)))
    return sorted(out, key=lambda one: one.evidence)


def _same_again(alike: Sequence[set[str]], words: set[str]) -> bool:
    """Whether an amount measures what the same amount measured before."""
    return any(len(words & known) >= min(2, len(words), len(known)) for known in alike)


def is_figure(text: str, sentence: Sentence, amount: Amount) -> bool:
    """Whether an amount is a quantity of trade or of an effect, and no rate of duty or price."""
    before = text[sentence.start : amount.start]
    after = text[amount.end : sentence.end]
    near = before[-110:] + " " + after[:140]
    if amount in rates_in(text, sentence.start, sentence.end) or _is_conversion(before):
        return False
    if " per " in amount.unit and _SPECIFIC.search(before):
        return False
    if _MARKET.search(near) and not re.search(r"\b(?:exports?|imports?|surplus|deficit)\b", near):
        return False
    listed = re.fullmatch(r"[A-Z][\w ,&'-]{2,50}:\s*", before) is not None
    return listed or _TRADE.search(near) is not None


_SPECIFIC = re.compile(r"\b(?:dut(?:y|ies)|tariffs?|lev(?:y|ies))\b[^.;]{0,60}\b(?:to|of|at)\s*$")
_BEFORE_BRACKET = re.compile(
    r"(?:\d|million|billion|trillion|bn|tn|m|k|yuan|euros?|pounds?|won|yen|rupees|crore)\s*\($"
)


def _is_conversion(before: str) -> bool:
    """Whether an amount in brackets only gives the one before it in another currency."""
    return _BEFORE_BRACKET.search(before) is not None


def described(text: str, sentence: Sentence, amount: Amount) -> str:
    """Return a short description of what the amount measures: the words of its clause."""
    before = re.split(r"[;:—]|, (?:and|but|while|which) ", text[sentence.start : amount.start])[-1]
    after = re.split(r"[;:—,.]", text[amount.end : sentence.end])[0]
    words = [*before.split()[-9:], *after.split()[:7]]
    return " ".join(words).strip(" ,.()“”\"'")


def window(text: str, sentence: Sentence, amount: Amount, *, width: int = 200) -> tuple[int, int]:
    """Return at most `width` characters of the sentence around an amount, cut between words."""
    if sentence.end - sentence.start <= width:
        return sentence.start, sentence.end
    start = max(sentence.start, amount.start - (width - (amount.end - amount.start)) * 3 // 5)
    end = min(sentence.end, start + width)
    start = max(sentence.start, min(start, end - width))
    if start > sentence.start:
        start = text.find(" ", start, amount.start) + 1 or start
    if end < sentence.end:
        cut = text.rfind(" ", amount.end, end)
        end = cut if cut > 0 else end
    return start, end
