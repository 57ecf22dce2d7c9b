"""The words that make a sentence a reproach."""

from __future__ import annotations

import re

# words that blame by themselves
_STRONG = (
    r"unfair\w*|illegal\w*|unlawful\w*|illegitimate\w*|unjust(?:ly|ifi\w+)?|unwarranted|unfounded|"
    r"groundless|baseless|discriminat\w+|bad faith|bully\w*|bullied|coerc\w+|blackmail\w*|"
    r"cheat\w*|stole|stolen|stealing|steals?|theft|cyber ?theft|rob(?:s|bed|bing)\b|"
    r"rip(?:s|ped|ping)? (?:us |them |\w+ )?off|rip-?offs?|violat\w+|breach\w*|"
    r"(?<!anti-)(?<!anti )(?<!anti)dump(?:ed|ing|s)?\b|manipulat\w+|protectionis[mt]\w*|hegemon\w+|"
    r"provocati\w+|(?:take|took|taken|taking|takes) advantage|predatory|trade[- ]distorting|"
    r"distort\w*|overcapacity|non-?compliance|reneg\w+|backtrack\w*|walk(?:ed|ing|s)? back|"
    r"(?:go|goes|going|gone|went) back on|(?:tore|torn|tears?|tearing) up|weaponi\w+|"
    r"abus(?:e|ed|ing|ive)|"
    r"hypocri\w+|double standards?|betray\w*|sabotag\w+|malicious\w*|arbitrar\w+|slander\w*|"
    r"smear\w*|smuggl\w+|contraven\w+|flout\w*|circumvent\w*|evad\w+|evasion|shirk\w*|"
    r"(?:without|no) justification|slap in the face|in breach|inconsistent with|incompatible with|"
    r"not consistent|not comply\w*|contrary to|against (?:the )?(?:WTO|rules|international law)|"
    r"break(?:s|ing)? (?:the |its |their |WTO |international |trade )*(?:rules|law|promises?|word|"
    r"commitments?|pledges?|agreements?)|broke(?:n)? (?:the |its |their |WTO |his |international )*"
    r"(?:rules|law|promises?|word|commitments?|pledges?|agreements?|deal|treaty)|"
    r"(?:politically motivated|pretext|revenge|vindictive|punitive in nature)|hostage|handouts?|"
    r"economic (?:coercion|aggression|warfare|blackmail|terrorism)|gun (?:is |was )?(?:held )?to|"
    r"thumb\w* (?:its|their|his) nose|absurd|insulting|insult|outrageous|ridiculous|"
    r"subsidi[sz](?:e|es|ed|ing)|state subsid\w+|unfair subsid\w+|massive subsid\w+|"
    r"forc(?:e|ed|es|ing) .{0,30}transfer|treated .{0,30}(?:unfairly|badly|poorly)|"
    r"kill(?:ed|ing) us|currency manipulat\w+|counterfeit\w*|pirac\w+|infring\w+|"
    r"cake and eat it|moving the goal ?posts|moved the goal ?posts|shut(?:s|ting)? out|"
    r"as a (?:weapon|bargaining chip|cudgel|pretext|hostage)|politici[sz]\w+|"
    r"s(?:ell|old|elling) out|"
    r"bad[- ]faith|in disguise|disguised|not (?:a )?level playing field|unlevel playing field|"
    r"closed markets?|trade cheats?|sham|a farce|wrong practices|wrongful\w*|wrongdoings?"
)
# words that blame only where a party is said to do it
_WEAK = (
    r"unilateral\w*|unreasonabl\w+|unacceptable|hostile|punish\w*|undermin\w+|escalat\w+|"
    r"fail(?:ed|s|ing|ure)? to|fall(?:s|en|ing)? short|fell short|refus\w+ to|refusal|"
    r"not (?:been )?willing|unwilling\w*|intransigen\w+|obstruct\w*|stonewall\w*|suppress\w*|"
    r"contain(?:ment| china)|disrupt\w*|disturb\w*|harm(?:s|ed|ful|ing)?\b|hurt(?:s|ing)?\b|"
    r"damag\w+|destabili\w+|threaten\w*|insist(?:s|ing|ed)? on|inadequate\w*|"
    r"deeply (?:troubled|concerned|regret\w*)|pests?|contaminat\w+|banned (?:drug|substance)s?|"
    r"(?:ha(?:s|ve) not|ha(?:s|ve)n.t|did not|didn.t|does not|doesn.t|do not|don.t|will not|won.t|"
    r"never) (?:yet |fully |even )?(?:honou?r\w*|keep|kept|live up|deliver\w*|implement\w*|"
    r"eliminat\w+|abid\w+|respect\w*|fulfil\w*|compl\w+|stop\w*|take our|buy our|open\w*|play)|"
    r"done (?:nothing|little|too little)|drag\w* (?:its|their) feet|stall\w*|foot-?dragging|"
    r"flood(?:s|ed|ing)?\b|undercut\w*|undervalu\w+|steep\w* subsid\w+|too (?:low|many|much|high)|"
    r"aggressive\w*|death sentence|kills? jobs|costs? (?:us |american )*jobs|one-sided|selling out|"
    r"smacks of|shield(?:s|ed|ing)? (?:its|their)|keep(?:s|ing)? (?:its|their) market\w* closed|"
    r"wants? to destroy|threatens? (?:our|european|american)|playing games"
)
UNFAIR = re.compile(rf"\b(?:{_STRONG}|{_WEAK})\b", re.IGNORECASE)
_HARD = re.compile(rf"\b(?:{_STRONG})\b", re.IGNORECASE)
_SELF = re.compile(
    r"\b(?:not|never|no|deny|denied|denies|without|reject\w*|rebut\w*|avoid|prevent\w*|end|stop|"
    r"combat|fight\w*|tackle|against|resist\w*|address|curb|counter)\b(?! (?:been )?(?:willing|"
    r"honou?r|keep|kept|live|deliver|implement|eliminat|abid|respect|fulfil|compl))",
    re.IGNORECASE,
)
_IF = re.compile(r"\b(?:if|unless|would|could|may|might)\b", re.IGNORECASE)


def reproach(words: str, *, strong: bool = False) -> bool:
    """Whether words hold a reproach that is neither denied nor supposed right before it.

    Parameters
    ----------
    strong
        Whether the words must blame by themselves: "unfair", not only "failed to".

    Examples
    --------
    >>> reproach("the duties are illegal"), reproach("the duties are not illegal")
    (True, False)
    """
    if re.match(r"\W*(?:if|unless)\b", words, re.IGNORECASE):
        return False
    return any(
        not _SELF.search(words[max(0, found.start() - 18) : found.start()])
        and not _IF.search(words[max(0, found.start() - 40) : found.start()])
        for found in (_HARD if strong else UNFAIR).finditer(words)
    )
