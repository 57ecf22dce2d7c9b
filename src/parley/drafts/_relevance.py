"""Whether a page is about trade between states: the gate of the whole page."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.drafts._measures import measure_candidates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._candidates import Candidate
    from parley.drafts._document import Document, Sentence

_POLICY = re.compile(
    r"\b(?:trade (?:deal|deals|talks|war|wars|agreement|agreements|accord|pact|dispute|disputes|"
    r"row|spat|negotiat\w+|"
    r"policy|tensions?|barriers?|truce|relations?|sanctions?|restrictions?|remed\w+|practices|"
    r"partners?|partnership|"
    r"conflict|representative|measures|surplus|deficit|balance|rules|bloc|ties|framework|"
    r"retaliation|imbalances?|preferences|war|"
    r"terms|facilitation|promotion authority|embargo|envoy|chief|liberali[sz]ation|concessions|"
    r"officials|delegations?|curbs|pacts?|accords?|defen[cs]e)|FTAs?|AGOA|"
    r"(?:Ministry|Department) (?:of|for) (?:\w+,? ){0,3}Trade|"
    r"economic partnership agreements?|bilateral trade|price undertakings?|(?:rules|curbs|controls|"
    r"limits|restrictions) on (?:\w+ ){0,3}(?:shipments|exports|imports|sales)|export rules|"
    r"dut(?:y|ies)-free|free of dut(?:y|ies)|countermeasures|"
    r"(?:material|chip|mineral|magnet|technology|food|steel|shipment)s? curbs|curbs on|"
    r"free[- ]trade|tariffs?|import (?:dut\w+|tax\w*|ban\w*|quotas?|restrictions?|licen\w+|"
    r"curbs?)|customs (?:dut\w+|union)|"
    r"export (?:controls?|curbs?|restrictions?|bans?|licen[cs]\w*|quotas?|dut\w+|tax\w*|"
    r"subsid\w+|embargo)|"
    r"anti-?dumping|countervailing|safeguard (?:measures?|dut\w+)|WTO|"
    r"World Trade Organi[sz]ation|most[- ]favou?red|"
    r"retaliat\w+ (?:against|tariffs?|duties|measures)|NAFTA|USMCA|CPTPP|TPP|RCEP|TTIP|Mercosur|"
    r"GATT|AfCFTA|Section (?:232|301|201|337)|IEEPA|"
    r"entity list|rules of origin|"
    r"Brexit (?:trade )?(?:deal|talks|negotiat\w+)|market access|protectionis\w+|dumping|"
    r"levies on|dut(?:y|ies) on|"
    r"bans? on (?:imports?|exports?)|sanctions|(?:ban(?:s|ned|ning)?|block(?:s|ed)?|halt(?:s|"
    r"ed)?|suspend(?:s|ed)?|restrict(?:s|ed|ing)?|curb(?:s|ed)?|prohibit(?:s|ed)?|stop(?:s|"
    r"ped)?)(?: \w+){0,3} (?:imports?|exports?)|(?:imports?|exports?) (?:of|to|"
    r"from) (?:the )?[A-Z]\w+|(?:open|opening|access to)(?: \w+){0,3} markets?|(?:American|"
    r"U\.S\.|US|Chinese|European|Japanese) (?:goods|products|exports|imports))\b",
    re.IGNORECASE,
)
SURE = 0.55  # strength of a measure that names its imposer
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


# Logistic weights by `bench/relevance.py`, fitted to annotated pages and off-topic texts: bias, cue
# in the title, in the opening, share of sentences with a cue, their number, words of other fields,
# whether at least two parties are named, whether one is named in the title or opening, whether
# there are two cues or more, whether there is any word of other fields, and the number of measures.
_WEIGHTS = (-6.65, 0.43, 2.54, 3.26, 1.31, -2.98, 1.06, 1.15, 0.0, -1.0, 1.73)


def relevance(document: Document, measures: Sequence[Candidate] | None = None) -> Relevance:
    """Return whether the page is about trade policy, negotiations or measures between states.

    Parameters
    ----------
    measures
        The measures that its sentences name, where they are known already.
    """
    seen = features(document, measures)
    score = sum(weight * value for weight, value in zip(_WEIGHTS, seen, strict=True))
    cues = sum(_cue(document.text, sentence) > 0 for sentence in document.sentences)
    reasons = (
        f"{cues} of {len(document.sentences)} sentences speak of trade policy",
        "so does the title" if seen[1] else "the title does not",
        "so does the opening" if seen[2] else "the opening does not",
        *(("words of other fields",) if seen[5] else ()),
    )
    return Relevance(1.0 / (1.0 + math.exp(-score)), reasons)


def features(document: Document, measures: Sequence[Candidate] | None = None) -> tuple[float, ...]:
    """Return what the decision rests on, one value for each weight."""
    named_measures = measure_candidates(document) if measures is None else measures
    text, sentences = document.text, document.sentences
    cues = [_cue(text, sentence) for sentence in sentences]
    title = [cue for cue, s in zip(cues, sentences, strict=True) if s.kind == "title"] or cues[:1]
    lede = [cue for cue, s in zip(cues, sentences, strict=True) if s.kind != "title"][:3]
    hits = sum(cue > 0 for cue in cues)
    off = len(_ELSEWHERE.findall(text))
    named = [code for s in sentences for item in s.items for code in item.codes]
    first = [code for s in sentences[:4] for item in s.items for code in item.codes]
    return (
        1.0,
        float(any(title)),
        float(any(lede)),
        hits / max(1, len(cues)),
        float(min(hits, 8)),
        float(min(off, 3)),
        float(len(set(named)) >= 2),
        float(bool(first)),
        float(hits >= 2),
        float(off > 0),
        float(min(3, sum(one.strength >= SURE for one in named_measures))),
    )


def _cue(text: str, sentence: Sentence) -> int:
    return len(_POLICY.findall(text, sentence.start, sentence.end))
