"""Accusations: a claim that a party is unfair, acts in bad faith, or breaks its word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._claims import Claim, claimed, once, speaker, speakers
from parley.drafts._passages import Passage
from parley.drafts._phrases import clause_end, codes_at
from parley.drafts._reproaches import UNFAIR, reproach
from parley.drafts._words import lemmas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._clauses import Verb
    from parley.drafts._document import Document, Sentence
    from parley.drafts._items import Item
    from parley.drafts._statements import Said

_ACCUSE = lemmas("accuse")


_WRONG = lemmas("wrong")


_SAY = lemmas("say")


_SOFT = frozenset(
    "attack charge challenge oppose object protest complain suspect allege rail rap lash".split()
)


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
    return once(out)


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
        if verb.lemma in _SOFT and not direct and not UNFAIR.search(rest):
            continue
        claim = claimed(
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
                return speaker(items[here + 1]), against
        return None, ()
    if not verb.subject:
        return None, ()
    by = speakers(items, verb.subject)
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
    by = speaker(items[verb.subject[0]])
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
    reproach = UNFAIR.search(document.text[first:last]) is not None
    wrong = inner.lemma in _WRONG or "fail" in inner.chain or "refuse" in inner.chain
    if not reproach and (not wrong or inner.negated):
        return None
    return claimed(passage, by, against, "said that another party does wrong", 0.6)


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
        by = speaker(head)
        end = clause_end(items, min(verb.index + 3, len(items)), soft=True)
        span = range(verb.index + 1, end)
        others = {c for h in span for c in items[h].codes if items[h].kind != "place"} - {by[1]}
        passage = Passage(document, sentence, verb.index, end)
        first, last = passage.offsets
        if len(others) == 1 and reproach(document.text[first:last]):
            claim = claimed(passage, by, tuple(others), "reproach in what is said", 0.5)
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
        if acting is None or not reproach(document.text[first:last]):
            continue
        by = speakers(items, acting.subject)
        others = codes_at(items, [h for h in range(at + 2, passage.end) if items[h].codes])
        claim = claimed(passage, by, others, "punishment for a wrong", 0.5)
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
        claim = claimed(
            Passage(document, sentence, verb.index, end),
            speaker(items[verb.subject[0]]),
            against,
            "complaint",
            0.65,
        )
        if claim is not None:
            return [claim]
    return []


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
            if not inside or not against or not reproach(words):
                continue
            by = (own, own) if one.attribution.official else (one.attribution.speaker, "")
            claim = claimed(
                Passage(document, sentence, inside[0], inside[-1] + 1),
                by,
                (against[0],),
                "reproach in a quotation",
                0.45,
            )
            if claim is not None:
                out.append(claim)
    return out
