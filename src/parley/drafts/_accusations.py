"""Accusations: a claim that a party is unfair, acts in bad faith, or breaks its word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.drafts._clauses import Verb, clause_end, codes_at
from parley.drafts._passages import Passage
from parley.drafts._words import lemmas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._document import Document, Sentence
    from parley.drafts._items import Item
    from parley.drafts._statements import Said

_ACCUSE = lemmas("accuse")
_WRONG = lemmas("wrong")
_SAY = lemmas("say")
_SOFT = frozenset(
    "attack charge challenge oppose object protest complain suspect allege rail rap lash".split()
)
_UNFAIR = re.compile(
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An accusation as one sentence gives it."""

    by: str  # party code, or a name
    by_party: str
    against: tuple[str, ...]
    what: str
    sentence: Sentence
    span: tuple[int, int]
    rule: str
    strength: float


def accusations(document: Document, said: Sequence[Said], pair: Sequence[str]) -> list[Claim]:
    """Return the accusations of the article, each once."""
    out: list[Claim] = []
    for sentence in document.sentences:
        verbs = sentence.verbs
        out.extend(_accusing(document, sentence, verbs, pair))
        out.extend(_claiming(document, sentence, verbs) or _implied(document, sentence, verbs))
        out.extend(_complaints(document, sentence, verbs))
        out.extend(_punishing(document, sentence, verbs))
    out.extend(_quoted(document, said, pair))
    return _once(out)


def _once(found: Sequence[Claim]) -> list[Claim]:
    kept: list[Claim] = []
    for one in sorted(found, key=lambda one: (one.sentence.kind != "body", -one.strength)):
        echoes = one.sentence.kind != "body" and any(_sides_meet(one, other) for other in kept)
        if echoes or any(_same(one, other) or _weaker(one, other) for other in kept):
            continue
        kept.append(one)
    return sorted(kept, key=lambda one: one.span[0])


def _weaker(one: Claim, other: Claim) -> bool:
    """Whether a reproach only echoes what the same side charges outright elsewhere."""
    return _sides_meet(one, other) and one.strength <= 0.5 < other.strength


def _sides_meet(one: Claim, other: Claim) -> bool:
    sides = set((one.by_party or one.by).split(",")) <= set((other.by_party or other.by).split(","))
    return sides and set(one.against) <= set(other.against)


def _same(one: Claim, other: Claim) -> bool:
    if not set(one.against) & set(other.against):
        return False
    if not set((one.by_party or one.by).split(",")) <= set((other.by_party or other.by).split(",")):
        return False
    if one.sentence == other.sentence:
        return True
    a = set(re.findall(r"[a-z]{4,}", one.what.lower()))
    b = set(re.findall(r"[a-z]{4,}", other.what.lower()))
    return len(a & b) >= 0.5 * max(1, min(len(a), len(b)))


def _speakers(items: Sequence[Item], indices: Sequence[int]) -> tuple[str, str]:
    """Return who accuses: one speaker, or the codes of several parties joined by commas."""
    codes = codes_at(items, indices)
    if len(codes) > 1 and all(items[at].official or items[at].kind == "party" for at in indices):
        return ",".join(codes), ""
    return _speaker(items[indices[0]])


def _speaker(item: Item) -> tuple[str, str]:
    """Return who accuses: the party where an official speaks, else the name."""
    if item.codes and (item.official or item.kind == "party"):
        return item.codes[0], item.codes[0]
    return item.name or item.word, ""


def _claim(
    passage: Passage, by: tuple[str, str], against: Sequence[str], rule: str, strength: float
) -> Claim | None:
    targets = tuple(code for code in against if code not in (*by[0].split(","), "WTO"))
    if not targets or not by[0]:
        return None
    return Claim(
        by=by[0],
        by_party=by[1],
        against=targets,
        what=passage.words,
        sentence=passage.sentence,
        span=passage.evidence,
        rule=rule,
        strength=strength,
    )


def _accusing(
    document: Document, sentence: Sentence, verbs: Sequence[Verb], pair: Sequence[str]
) -> list[Claim]:
    items = sentence.items
    out = []
    for verb in verbs:
        if verb.lemma not in _ACCUSE or verb.negated:
            continue
        end = clause_end(items, verb.index + 1, soft=True)
        if _to_an_act(items, verb):
            end = max(end, clause_end(items, min(verb.index + 3, len(items)), soft=True))
        by, against = _sides(items, verb, end, verbs)
        if by is None:
            continue
        rest = document.text[items[verb.index].start : items[min(end, len(items)) - 1].end]
        strong = verb.lemma in ("accuse", "blame")
        direct = verb.lemma in ("object", "protest") and _to_an_act(items, verb)
        if verb.lemma in _SOFT and not direct and not _UNFAIR.search(rest):
            continue
        claim = _claim(
            Passage(document, sentence, verb.index, end),
            by,
            against,
            f"verb {verb.lemma}",
            0.8 if strong else 0.6,
        )
        if claim is not None:
            out.append(claim)
    return out


def _to_an_act(items: Sequence[Item], verb: Verb) -> bool:
    """Whether someone objects to what another does: "objected when …", "protested against …"."""
    after = items[verb.index + 1].low if verb.index + 1 < len(items) else ""
    return after in ("when", "to", "against", "after", "over", "that", "as")


def _sides(
    items: Sequence[Item], verb: Verb, end: int, verbs: Sequence[Verb]
) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
    if verb.passive:
        against = codes_at(items, verb.subject)
        for here in range(verb.index + 1, min(end, len(items) - 1)):
            if items[here].low == "by" and items[here + 1].codes:
                return _speaker(items[here + 1]), against
        return None, ()
    if not verb.subject:
        return None, ()
    by = _speakers(items, verb.subject)
    for here in range(verb.index + 1, min(end, verb.index + 12)):
        if items[here].codes and items[here].kind != "place" and items[here].codes[0] != by[1]:
            return by, items[here].codes
    return None, ()


def _claiming(document: Document, sentence: Sentence, verbs: Sequence[Verb]) -> list[Claim]:
    """Find "X said that Y has …" with a reproach in what is said."""
    items = sentence.items
    for at, verb in enumerate(verbs):
        if verb.lemma not in _SAY or verb.lemma in _ACCUSE or not verb.subject or verb.passive:
            continue
        head = items[verb.subject[0]]
        if not head.codes and head.kind != "person":
            continue
        for inner in verbs[at + 1 :]:
            claim = _inner_claim(document, sentence, verb, inner)
            if claim is not None:
                return [claim]
    return []


_UNREAL = frozenset("would could may might should will".split())


def _inner_claim(document: Document, sentence: Sentence, verb: Verb, inner: Verb) -> Claim | None:
    """Return the claim if what `verb` reports, the clause of `inner`, reproaches its subject."""
    items = sentence.items
    if not inner.subject or inner.subject[0] <= verb.index or set(inner.modals) & _UNREAL:
        return None
    by = _speaker(items[verb.subject[0]])
    against = codes_at(items, inner.subject)
    if not against or by[1] in against or any(sentence.quoted[h] for h in inner.subject):
        return None
    conditional = any(item.low == "if" for item in items[verb.index : inner.start])
    if conditional or not _complement(items, verb, inner):
        return None
    passage = Passage(
        document, sentence, inner.start, clause_end(items, inner.index + 1, soft=True)
    )
    first, last = passage.offsets
    reproach = _UNFAIR.search(document.text[first:last]) is not None
    wrong = inner.lemma in _WRONG or "fail" in inner.chain or "refuse" in inner.chain
    if not reproach and (not wrong or inner.negated):
        return None
    return _claim(passage, by, against, "said that another party does wrong", 0.6)


def _implied(document: Document, sentence: Sentence, verbs: Sequence[Verb]) -> list[Claim]:
    """Find "X said that Y's refusal was …": an official, one other party, a reproach."""
    items = sentence.items
    for verb in verbs:
        if (
            verb.lemma not in _SAY
            or verb.lemma in ("threaten", "vow", "pledge")
            or not verb.subject
        ):
            continue
        if verb.passive or verb.negated:
            continue
        head = items[verb.subject[0]]
        if not head.official and head.kind != "party":
            continue
        by = _speaker(head)
        end = clause_end(items, min(verb.index + 3, len(items)), soft=True)
        span = range(verb.index + 1, end)
        others = {c for h in span for c in items[h].codes if items[h].kind != "place"} - {by[1]}
        passage = Passage(document, sentence, verb.index, end)
        first, last = passage.offsets
        if len(others) == 1 and _reproach(document.text[first:last]):
            claim = _claim(passage, by, tuple(others), "reproach in what is said", 0.5)
            return [claim] if claim is not None else []
    return []


_ANSWERS = frozenset(("punishment", "retaliation", "response", "reprisal"))


def _punishing(document: Document, sentence: Sentence, verbs: Sequence[Verb]) -> list[Claim]:
    """Find "X imposed … as punishment for Y's illegal …": who punishes charges."""
    items = sentence.items
    for at, item in enumerate(items[:-2]):
        if item.low not in _ANSWERS or items[at + 1].low not in ("for", "to", "over"):
            continue
        acting = next((v for v in reversed(verbs) if v.index < at and v.subject), None)
        passage = Passage(document, sentence, at, clause_end(items, at + 2, soft=True))
        first, last = passage.offsets
        if acting is None or not _reproach(document.text[first:last]):
            continue
        by = _speakers(items, acting.subject)
        others = codes_at(items, [h for h in range(at + 2, passage.end) if items[h].codes])
        claim = _claim(passage, by, others, "punishment for a wrong", 0.5)
        if claim is not None:
            return [claim]
    return []


def _complement(items: Sequence[Item], verb: Verb, inner: Verb) -> bool:
    """Whether the clause of `inner` is what the subject of `verb` says."""
    between = items[verb.index + 1 : inner.subject[0]]
    return len(between) <= 8 and not any(
        item.kind == "mark" and item.low not in ('"', "“", "”", "'") for item in between
    )


def _complaints(document: Document, sentence: Sentence, verbs: Sequence[Verb]) -> list[Claim]:
    """Find complaints at the World Trade Organization and the like."""
    items = sentence.items
    lows = [item.low for item in items]
    for verb in verbs:
        if (
            verb.lemma
            not in (
                "file",
                "filed",
                "lodge",
                "lodged",
                "bring",
                "take",
                "launch",
                "submit",
                "submitted",
                "initiate",
                "challenge",
                "raise",
            )
            or not verb.subject
        ):
            continue
        end = clause_end(items, verb.index + 1, soft=True)
        words = set(lows[verb.index : end])
        if not (
            words & {"complaint", "complaints", "case", "dispute", "suit", "lawsuit", "challenge"}
        ) or not (
            words & {"wto", "organization", "organisation", "against"}
            or "WTO" in [i.name for i in items]
        ):
            continue
        against = codes_at(
            items,
            [
                h
                for h in range(verb.index + 1, end)
                if items[h].codes and items[h].codes != ("WTO",)
            ],
        )
        claim = _claim(
            Passage(document, sentence, verb.index, end),
            _speaker(items[verb.subject[0]]),
            against,
            "complaint",
            0.65,
        )
        if claim is not None:
            return [claim]
    return []


def _reproach(words: str) -> bool:
    """Whether words hold a reproach that is not denied right before it."""
    if re.match(r"\W*(?:if|unless)\b", words, re.IGNORECASE):
        return False
    return any(
        not _SELF.search(words[max(0, found.start() - 16) : found.start()])
        and not _IF.search(words[max(0, found.start() - 50) : found.start()])
        for found in _UNFAIR.finditer(words)
    )


def _quoted(document: Document, said: Sequence[Said], pair: Sequence[str]) -> list[Claim]:
    """Find reproaches in quotations of officials."""
    out: list[Claim] = []
    for one in said:
        if not one.attribution.codes:
            continue
        own = one.attribution.codes[0]
        for sentence in document.between(one.quote.start, one.quote.end):
            low, high = max(sentence.start, one.quote.start), min(sentence.end, one.quote.end)
            words = document.text[low:high]
            inside = [h for h, i in enumerate(sentence.items) if low <= i.start < high]
            against = [
                c
                for h in inside
                for c in sentence.items[h].codes
                if c != own and sentence.items[h].kind != "place"
            ]
            if not inside or not against or not _reproach(words):
                continue
            by = (own, own) if one.attribution.official else (one.attribution.speaker, "")
            claim = _claim(
                Passage(document, sentence, inside[0], inside[-1] + 1),
                by,
                (against[0],),
                "reproach in a quotation",
                0.45,
            )
            if claim is not None:
                out.append(claim)
    return out
