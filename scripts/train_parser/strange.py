"""Put made-up words into a sentence, so that a parser must go by form and place.

"Canada imposed tariffs" and "Norvald blenched gribes" have the same tree. The endings stay: what is
learned is that a word in -ed between two nouns is their verb, whatever the word.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

    from treebank import Sentence, Word

SHARE = 0.5  # of the words that can be replaced
ONSETS = """b br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr r s sh sk sl sn sp st t tr v
w""".split()
VOWELS = "a e i o u ai ea oo ou".split()
ENDS = "b ck d f ft g ld lk lt m mp n nd ng nt p r rd rk rn rt sh sk st t tch x".split()
ENDINGS = {"VBD": "ed", "VBN": "ed", "VBG": "ing", "VBZ": "s", "NNS": "s"}
VERB_TAGS = ("VB", "VBP", "VBZ", "VBD", "VBN", "VBG")
LIGHT = frozenset("according say says said take takes took taken taking".split())


def with_strange_words(words: Sentence, chance: random.Random) -> Sentence:
    """Return the sentence with about half of its verbs, nouns and names made up."""
    return tuple(
        replace(word, text=_strange(word, chance))
        if _can_be_replaced(word) and chance.random() < SHARE
        else word
        for word in words
    )


def _can_be_replaced(word: Word) -> bool:
    if not word.text.isalpha() or word.text.lower() in LIGHT or len(word.text) < 3:
        return False
    noun = word.tag in ("NN", "NNS", "NNP") and word.upos in ("NOUN", "PROPN")
    return noun or (word.upos == "VERB" and word.tag in VERB_TAGS)


def _strange(word: Word, chance: random.Random) -> str:
    """Return a made-up word with the ending and the capitals of the real one."""
    count = chance.choice((1, 1, 2))
    pieces = [chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(count)]
    stem = "".join(pieces) + chance.choice(ENDS)
    ending = ENDINGS.get(word.tag, "")
    if ending == "s" and stem.endswith(("sh", "tch", "x")):
        ending = "es"
    made = stem + ending
    return made.capitalize() if word.text[0].isupper() else made
