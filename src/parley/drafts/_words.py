"""The reader's verbs and nouns: one table, every inflection, looked up by class.

`lexicon.toml` holds lemmas by class; this module makes their forms, so that both engines (the
patterns and the parser) read the same table.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

_IRREGULAR = {
    "say": ("says", "said", "said", "saying"),
    "tell": ("tells", "told", "told", "telling"),
    "write": ("writes", "wrote", "written", "writing"),
    "read": ("reads", "read", "read", "reading"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "put": ("puts", "put", "put", "putting"),
    "set": ("sets", "set", "set", "setting"),
    "hit": ("hits", "hit", "hit", "hitting"),
    "cut": ("cuts", "cut", "cut", "cutting"),
    "bring": ("brings", "brought", "brought", "bringing"),
    "begin": ("begins", "began", "begun", "beginning"),
    "keep": ("keeps", "kept", "kept", "keeping"),
    "leave": ("leaves", "left", "left", "leaving"),
    "pay": ("pays", "paid", "paid", "paying"),
    "withdraw": ("withdraws", "withdrew", "withdrawn", "withdrawing"),
    "strike": ("strikes", "struck", "struck", "striking"),
    "freeze": ("freezes", "froze", "frozen", "freezing"),
    "hold": ("holds", "held", "held", "holding"),
    "forbid": ("forbids", "forbade", "forbidden", "forbidding"),
    "choke": ("chokes", "choked", "choked", "choking"),
    "withhold": ("withholds", "withheld", "withheld", "withholding"),
    "seek": ("seeks", "sought", "sought", "seeking"),
    "take": ("takes", "took", "taken", "taking"),
    "undertake": ("undertakes", "undertook", "undertaken", "undertaking"),
    "come": ("comes", "came", "come", "coming"),
    "go": ("goes", "went", "gone", "going"),
    "stand": ("stands", "stood", "stood", "standing"),
    "fall": ("falls", "fell", "fallen", "falling"),
    "rise": ("rises", "rose", "risen", "rising"),
    "meet": ("meets", "met", "met", "meeting"),
    "sit": ("sits", "sat", "sat", "sitting"),
    "fly": ("flies", "flew", "flown", "flying"),
    "send": ("sends", "sent", "sent", "sending"),
    "lead": ("leads", "led", "led", "leading"),
    "make": ("makes", "made", "made", "making"),
    "arise": ("arises", "arose", "arisen", "arising"),
    "win": ("wins", "won", "won", "winning"),
    "bind": ("binds", "bound", "bound", "binding"),
    "buy": ("buys", "bought", "bought", "buying"),
    "spend": ("spends", "spent", "spent", "spending"),
    "build": ("builds", "built", "built", "building"),
    "give": ("gives", "gave", "given", "giving"),
    "sell": ("sells", "sold", "sold", "selling"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "tear": ("tears", "tore", "torn", "tearing"),
    "override": ("overrides", "overrode", "overridden", "overriding"),
    "steal": ("steals", "stole", "stolen", "stealing"),
    "undercut": ("undercuts", "undercut", "undercut", "undercutting"),
    "lie": ("lies", "lied", "lied", "lying"),
    "grow": ("grows", "grew", "grown", "growing"),
    "leap": ("leaps", "leapt", "leapt", "leaping"),
    "swell": ("swells", "swelled", "swollen", "swelling"),
    "shrink": ("shrinks", "shrank", "shrunk", "shrinking"),
    "slide": ("slides", "slid", "slid", "sliding"),
    "sink": ("sinks", "sank", "sunk", "sinking"),
    "lose": ("loses", "lost", "lost", "losing"),
    "have": ("has", "had", "had", "having"),
    "choose": ("chooses", "chose", "chosen", "choosing"),
    "get": ("gets", "got", "gotten", "getting"),
    "agree": ("agrees", "agreed", "agreed", "agreeing"),
    "flee": ("flees", "fled", "fled", "fleeing"),
    "free": ("frees", "freed", "freed", "freeing"),
    "see": ("sees", "saw", "seen", "seeing"),
    "travel": ("travels", "travelled", "traveled", "travelling"),
    "total": ("totals", "totalled", "totaled", "totalling"),
    "cancel": ("cancels", "cancelled", "canceled", "cancelling"),
    "signal": ("signals", "signalled", "signaled", "signalling"),
    "label": ("labels", "labelled", "labeled", "labelling"),
    "fulfil": ("fulfils", "fulfilled", "fulfilled", "fulfilling"),
    "quit": ("quits", "quit", "quit", "quitting"),
    "snap": ("snaps", "snapped", "snapped", "snapping"),
    "shoot": ("shoots", "shot", "shot", "shooting"),
    "let": ("lets", "let", "let", "letting"),
    "initial": ("initials", "initialled", "initialled", "initialling"),
    "shake": ("shakes", "shook", "shaken", "shaking"),
    "wrap": ("wraps", "wrapped", "wrapped", "wrapping"),
    "ring": ("rings", "rang", "rung", "ringing"),
    "stick": ("sticks", "stuck", "stuck", "sticking"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "drag": ("drags", "dragged", "dragged", "dragging"),
    "due": ("due", "due", "due", "due"),
    "ready": ("ready", "ready", "ready", "ready"),
    "worth": ("worth", "worth", "worth", "worth"),
}
_DOUBLED = frozenset(
    "slap bar ban stop drop trim scrap curb commit admit plan quip rip slip cap top slam dip "
    "rap jam slim refer defer confer occur incur permit submit transfer equip snap step "
    "rebut".split()
) - {"curb"}


def forms(lemma: str) -> tuple[str, str, str, str]:
    """Return third person, past, participle and gerund of a verb.

    Examples
    --------
    >>> forms("impose")
    ('imposes', 'imposed', 'imposed', 'imposing')
    >>> forms("levy")[1], forms("scrap")[3]
    ('levied', 'scrapping')
    """
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma in _DOUBLED:
        stem = lemma + lemma[-1]
        return (f"{lemma}s", f"{stem}ed", f"{stem}ed", f"{stem}ing")
    if lemma.endswith("e"):
        return (f"{lemma}s", f"{lemma}d", f"{lemma}d", f"{lemma[:-1]}ing")
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return (f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma[:-1]}ied", f"{lemma}ing")
    third = f"{lemma}es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{lemma}s"
    return (third, f"{lemma}ed", f"{lemma}ed", f"{lemma}ing")


def plural(noun: str) -> str:
    """Return the plural of a noun.

    Examples
    --------
    >>> plural("duty"), plural("tariff")
    ('duties', 'tariffs')
    """
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "sh", "ch", "x")) else f"{noun}s"


@cache
def _lexicon() -> dict[str, dict[str, list[str]]]:
    raw = files("parley.drafts").joinpath("lexicon.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


@cache
def verb_forms() -> dict[str, tuple[str, str]]:
    """Return every verb form with its lemma and shape: base, third, past, participle, gerund.

    A form that is both past and participle is called "past". Words of `verb_forms.txt`, which
    the lexicon does not hold, are their own lemma.
    """
    found: dict[str, tuple[str, str]] = {}
    for lemmas in _lexicon()["verbs"].values():
        for lemma in lemmas:
            third, past, participle, gerund = forms(lemma)
            found.setdefault(lemma, (lemma, "base"))
            found.setdefault(third, (lemma, "third"))
            found.setdefault(past, (lemma, "past"))
            found.setdefault(participle, (lemma, "participle"))
            found.setdefault(gerund, (lemma, "gerund"))
    for line in files("parley.drafts").joinpath("verb_forms.txt").read_text("utf-8").splitlines():
        form, shape = line.split("\t")
        if shape in ("past", "third", "gerund"):
            found.setdefault(form, (form, shape))
    return found


@cache
def verbs(*classes: str) -> frozenset[str]:
    """Return every form of the verbs of the classes.

    Examples
    --------
    >>> "slapped" in verbs("impose"), "slapped" in verbs("lower")
    (True, False)
    """
    table = _lexicon()["verbs"]
    return frozenset(
        form for name in classes for lemma in table[name] for form in (lemma, *forms(lemma))
    )


@cache
def lemmas(*classes: str) -> frozenset[str]:
    """Return the lemmas of the verbs of the classes."""
    return frozenset(lemma for name in classes for lemma in _lexicon()["verbs"][name])


@cache
def nouns(*classes: str) -> frozenset[str]:
    """Return the nouns of the classes, singular and plural.

    Examples
    --------
    >>> "duties" in nouns("tariff")
    True
    """
    table = _lexicon()["nouns"]
    return frozenset(
        form for name in classes for noun in table[name] for form in (noun, plural(noun))
    )
