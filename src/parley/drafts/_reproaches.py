"""The words that make a sentence a reproach."""

from __future__ import annotations

import re

UNFAIR = re.compile(
    r"\b(?:unfair\w*|illegal\w*|unlawful\w*|illegitimate|unjustifi\w+|unreasonable|"
    r"discriminat\w+|bad faith|"
    r"bully\w*|coerc\w+|blackmail\w*|cheat\w*|stole|stolen|stealing|steals?|theft|rip(?:s|ped|"
    r"ping)? (?:us |them |america )?off|"
    r"violat\w+|breach\w*|(?<!anti-)(?<!anti)dump(?:ed|ing|s)?\b|manipulat\w+|protectionis\w+|"
    r"unilateral\w*|"
    r"hegemon\w+|provocati\w+|"
    r"took advantage|taken advantage|taking advantage|takes advantage|predatory|distort\w*|"
    r"trade[- ]distorting|overcapacity|"
    r"non-?compliance|reneg\w+|backtrack\w*|walk(?:ed|ing)? (?:back|away)|unacceptable|weaponi\w+|"
    r"abus(?:e|ed|ing|ive)|hostile|punish\w*|undermin\w+|escalat\w+|hypocri\w+|double standards?|"
    r"fail(?:ed|s|ing|ure)? to|refus\w+ to|not (?:been )?willing|unwilling|intransigen\w+|"
    r"treated .{0,30}(?:unfairly|badly|poorly)|"
    r"kill(?:ed|ing) us|subsidi[sz]\w+|currency manipulat\w+|forc(?:e|ed|es|ing) .{0,30}transfer|"
    r"smuggl\w+|"
    r"contraven\w+|without justification|no justification|slap in the face|betray\w*|sabotag\w+|"
    r"groundless|"
    r"malicious\w*|suppress\w*|contain(?:ment)?|arbitrar\w+|slander\w*|smear\w*|"
    r"against (?:the )?(?:WTO|rules)|"
    r"inconsistent with|not consistent|not comply\w*|in breach|contrary to|deeply (?:troubled|"
    r"concerned)|"
    r"disappoint(?:ed|ing|ment)|pests?|contaminat\w+|banned (?:drug|substance)s?)\b",
    re.IGNORECASE,
)


_SELF = re.compile(r"\b(?:not|never|no|deny|denied|denies|without)\b", re.IGNORECASE)


_IF = re.compile(r"\b(?:if|unless|would|could)\b", re.IGNORECASE)


def reproach(words: str) -> bool:
    """Whether words hold a reproach that is not denied right before it."""
    if re.match(r"\W*(?:if|unless)\b", words, re.IGNORECASE):
        return False
    return any(
        not _SELF.search(words[max(0, found.start() - 16) : found.start()])
        and not _IF.search(words[max(0, found.start() - 50) : found.start()])
        for found in UNFAIR.finditer(words)
    )
