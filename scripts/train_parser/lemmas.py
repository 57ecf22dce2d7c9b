"""Draw the lemma table from the treebanks: what the suffix rules of the reader cannot know."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import lexicon
from treebank import Word, read_paragraphs
from trees import inflected

from parley.drafts._lemmas import VERB_TAGS, by_rule

if TYPE_CHECKING:
    from pathlib import Path

NOUN_TAGS = ("NNS", "NNPS")
FORMS = ("VBZ", "VBD", "VBN", "VBG")


def write_lemmas(treebanks: list[Path], out: Path) -> None:
    """Write the exceptions and known words as JSON, sorted."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in treebanks:
        for paragraph in read_paragraphs(path):
            for word in (word for sentence in paragraph for word in sentence):
                kind = _kind(word)
                if kind and word.text.lstrip("'’").isalpha() and word.lemma.isalpha():
                    seen[kind, word.text.lower()][f"{word.tag} {word.lemma.lower()}"] += 1
    pairs: dict[str, dict[tuple[str, str], str]] = {"verb": {}, "noun": {}}
    for (kind, form), counts in seen.items():
        tag, word = counts.most_common(1)[0][0].split()
        pairs[kind][form, tag] = word
    for base in _verbs_of_the_clauses():
        pairs["verb"] |= {(inflected(base, form), form): base for form in FORMS}
    table: dict[str, dict[str, object]] = {"exceptions": {}, "known": {}}
    for kind, own in pairs.items():
        known = frozenset(own.values())
        wrong = {
            form: word for (form, tag), word in own.items() if by_rule(form, tag, known) != word
        }
        needed = {
            word for (form, tag), word in own.items()
            if form not in wrong and by_rule(form, tag, frozenset()) != word
        }  # fmt: skip
        table["exceptions"][kind] = dict(sorted(wrong.items()))
        table["known"][kind] = sorted(needed)
    out.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _kind(word: Word) -> str:
    if word.upos in ("VERB", "AUX") and word.tag in VERB_TAGS:
        return "verb"
    return "noun" if word.upos == "NOUN" and word.tag in NOUN_TAGS else ""


def _verbs_of_the_clauses() -> set[str]:
    """Return every base form that the generated clauses may use."""
    entries = (
        *lexicon.MEASURE_VERBS, *lexicon.PROBE_MEASURE_VERBS, *lexicon.DEAL_VERBS,
        *lexicon.GOODS_VERBS, *lexicon.INTEND, *lexicon.PRESS, *lexicon.REPORT,
        *lexicon.STOP_GERUND, *lexicon.HAPPEN, *lexicon.MOVE_NUMBER, *lexicon.AFFECT,
        *lexicon.WITH_PREPOSITION, *lexicon.PARTICLE_MEASURE_VERBS, *lexicon.PROBE_INTEND,
        *lexicon.PROBE_PRESS, *lexicon.PROBE_REPORT, *lexicon.PROBE_WITH_PREPOSITION,
    )  # fmt: skip
    return {entry.split("|")[0].split()[0] for entry in entries} | set(lexicon.IRREGULAR)
