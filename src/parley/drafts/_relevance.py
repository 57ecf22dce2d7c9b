"""Whether a page is about trade between states: the gate of the whole page."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.drafts._document import Document, Sentence

_POLICY = re.compile(
    r"\b(?:trade (?:deal|deals|talks|war|wars|agreement|agreements|accord|pact|dispute|disputes|"
    r"row|spat|negotiat\w+|"
    r"policy|tensions?|barriers?|truce|relations?|sanctions?|restrictions?|remed\w+|practices|"
    r"partners?|partnership|"
    r"conflict|representative|measures|surplus|deficit|balance|rules|bloc|ties|framework|"
    r"retaliation|imbalances?|preferences|war|"
    r"terms|facilitation|promotion authority|embargo|envoy|chief|liberali[sz]ation|concessions)|"
    r"free[- ]trade|tariffs?|import (?:dut\w+|tax\w*|ban\w*|quotas?|restrictions?|licen\w+|"
    r"curbs?)|customs (?:dut\w+|union)|"
    r"export (?:controls?|curbs?|restrictions?|bans?|licen[cs]\w*|quotas?|dut\w+|tax\w*|"
    r"subsid\w+|embargo)|"
    r"anti-?dumping|countervailing|safeguard (?:measures?|dut\w+)|WTO|"
    r"World Trade Organi[sz]ation|most[- ]favou?red|"
    r"NAFTA|USMCA|CPTPP|TPP|RCEP|TTIP|Mercosur|GATT|AfCFTA|Section (?:232|301|201|337)|IEEPA|"
    r"entity list|rules of origin|"
    r"Brexit (?:trade )?(?:deal|talks|negotiat\w+)|market access|protectionis\w+|dumping|"
    r"levies on|dut(?:y|ies) on|"
    r"bans? on (?:imports?|exports?)|sanctions)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:prepaid|postpaid|talk ?time|broadband|mobile (?:plan|tariff)|energy tariffs?|"
    r"electricity tariffs?|"
    r"tariff plans?|gas bills?|feed-in|roaming|per unit of power|tariff order|power tariffs?|"
    r"transfer window|"
    r"striker|midfielder|goalkeeper|trade deadline|draft picks?|quarterback|NBA|NFL|"
    r"trade secrets|trade union)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Relevance:
    """How likely a page is about trade between states, and why."""

    probability: float
    reasons: tuple[str, ...]

    @property
    def relevant(self) -> bool:
        """Whether the page counts."""
        return self.probability >= 0.5


# Weights of the features below: bias, cues in the title and opening, share of sentences, count,
# words of other fields.
_WEIGHTS = (-2.6, 2.2, 1.6, 3.5, 0.55, -3.0)


def relevance(document: Document) -> Relevance:
    """Return whether the page is about trade policy, negotiations or measures between states."""
    sentences = document.sentences
    cues = [_cue(document.text, sentence) for sentence in sentences]
    opening = [cue for cue, s in zip(cues, sentences, strict=True) if s.kind == "title"] or cues[:1]
    lede = [cue for cue, s in zip(cues, sentences, strict=True) if s.kind != "title"][:3]
    hits = sum(cue > 0 for cue in cues)
    off = len(_ELSEWHERE.findall(document.text))
    parties = len({code for s in sentences for i in s.items for code in i.codes})
    features = (
        1.0,
        float(any(opening)),
        float(any(lede)),
        hits / max(1, len(cues)),
        float(min(hits, 8)),
        float(min(off, 3)),
    )
    score = sum(w * x for w, x in zip(_WEIGHTS, features, strict=True))
    if parties < 1:
        score -= 3.0
    reasons = (
        f"{hits} of {len(cues)} sentences speak of trade policy",
        "title" if any(opening) else "not in the title",
        "opening" if any(lede) else "not in the opening",
        *((f"{off} words of other fields",) if off else ()),
    )
    return Relevance(1.0 / (1.0 + math.exp(-score)), reasons)


def _cue(text: str, sentence: Sentence) -> int:
    return len(_POLICY.findall(text, sentence.start, sentence.end))
