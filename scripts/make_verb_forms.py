"""Make `src/parley/drafts/verb_forms.txt`: English words that are nearly always verbs.

usage: make_verb_forms.py TREEBANK.conllu.gz… > src/parley/drafts/verb_forms.txt

Counts how often each lower-case form is tagged VERB in the treebanks given, and keeps a form with
its finiteness when at least `SHARE` of its uses are verbs. Reads UD English-EWT and the freely
licensed part of English-GUM (CC BY-SA 4.0); the list is under the same licence.
"""

import collections
import gzip
import sys
from pathlib import Path

SHARE = 0.7
LEAST = 2


def main() -> None:
    """Print the list."""
    total: collections.Counter[str] = collections.Counter()
    tagged: collections.Counter[tuple[str, str]] = collections.Counter()
    for name in sys.argv[1:]:
        with gzip.open(Path(name), "rt", encoding="utf-8") as lines:
            for line in lines:
                cells = line.split("\t")
                if len(cells) < 6 or not cells[0].isdigit():
                    continue
                form = cells[1].lower()
                total[form] += 1
                if cells[3] == "VERB":
                    tagged[form, _shape(cells[4])] += 1
    shapes: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for (form, shape), count in tagged.items():
        shapes[form][shape] = count
    for form, counts in sorted(shapes.items()):
        verbal = sum(counts.values())
        if form.isalpha() and len(form) > 2 and verbal >= LEAST and verbal >= SHARE * total[form]:
            print(f"{form}\t{counts.most_common(1)[0][0]}")


def _shape(tag: str) -> str:
    return {"VBD": "past", "VBN": "past", "VBZ": "third", "VBG": "gerund"}.get(tag, "base")


if __name__ == "__main__":
    main()
