"""Small trees with an order of words: the pieces that generated clauses are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lexicon import IRREGULAR, REGULAR_DOUBLED
from treebank import Sentence, Word

VOWELS = "aeiou"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A head word with its dependents before and after it, each with its label."""

    text: str
    upos: str
    tag: str
    before: tuple[tuple[str, Tree], ...] = ()
    after: tuple[tuple[str, Tree], ...] = ()
    glued: bool = False  # no space before it
    plural: bool = False
    mass: bool = False  # takes no article, though singular

    def first(self, dep: str, tree: Tree) -> Tree:
        """Return the tree with a dependent put before everything else."""
        return replace(self, before=((dep, tree), *self.before))

    def near(self, dep: str, tree: Tree) -> Tree:
        """Return the tree with a dependent put just before its head."""
        return replace(self, before=(*self.before, (dep, tree)))

    def then(self, dep: str, tree: Tree) -> Tree:
        """Return the tree with a dependent put after everything else."""
        return replace(self, after=(*self.after, (dep, tree)))


def leaf(text: str, upos: str, tag: str, *, glued: bool = False) -> Tree:
    """Return a tree of one word; its number follows from its Penn tag."""
    plural = tag == "NNS" or text in ("they", "we")
    return Tree(text=text, upos=upos, tag=tag, glued=glued, plural=plural)


def adposition(text: str) -> Tree:
    """Return a preposition."""
    return leaf(text, "ADP", "IN")


def with_case(preposition: str, noun: Tree) -> Tree:
    """Return the noun with its preposition as `case`."""
    return noun.first("case", adposition(preposition))


def comma() -> Tree:
    """Return a comma, set without a space."""
    return leaf(",", "PUNCT", ",", glued=True)


def coordinated(first: Tree, *others: Tree) -> Tree:
    """Return "first, second and third", headed by the first."""
    for other in others[:-1]:
        first = first.then("conj", other.first("punct", comma()))
    joined = others[-1].first("cc", leaf("and", "CCONJ", "CC"))
    return replace(first.then("conj", joined), plural=True)


def owner(noun: Tree) -> Tree:
    """Return the noun with its "'s"."""
    return noun.then("case", leaf("'s", "PART", "POS", glued=True))


def inflected(base: str, form: str) -> str:
    """Return a verb in the form that a Penn tag names: VB, VBZ, VBP, VBD, VBN or VBG."""
    if form in ("VB", "VBP"):
        return base
    if form == "VBZ":
        return _with_s(base)
    if form in ("VBD", "VBN") and base in IRREGULAR:
        return IRREGULAR[base][form == "VBN"]
    ending = "ing" if form == "VBG" else "ed"
    if base.endswith("e") and not (base.endswith("ee") and ending == "ing"):
        return base[:-1] + ending
    if base.endswith("y") and base[-2] not in VOWELS and ending == "ed":
        return base[:-1] + "ied"
    if base in REGULAR_DOUBLED or base in ("cut", "put", "set", "hit", "begin", "win", "forbid"):
        return base + base[-1] + ending
    return base + ending


def _with_s(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z", "go")):
        return base + "es"
    if base.endswith("y") and base[-2] not in VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def verb(base: str, form: str) -> Tree:
    """Return a verb in one form, without dependents."""
    return leaf(inflected(base, form), "VERB", form)


def finished(root: Tree, *, stop: str = ".") -> Sentence:
    """Return the words of a whole sentence, capitalised, with its full stop."""
    if stop and not _last(root).endswith("."):
        root = root.then("punct", leaf(stop, "PUNCT", ".", glued=True))
    rows: list[tuple[Tree, int, str]] = []
    _write(root, None, "root", rows)
    words = []
    for index, (tree, head, dep) in enumerate(rows):
        last = index + 1 == len(rows)
        text = tree.text[0].upper() + tree.text[1:] if index == 0 else tree.text
        words.append(
            Word(
                text=text,
                upos=tree.upos,
                tag=tree.tag,
                head=head,
                dep=dep,
                space_after=not last and not rows[index + 1][0].glued,
            )
        )
    return tuple(words)


def _last(tree: Tree) -> str:
    return _last(tree.after[-1][1]) if tree.after else tree.text


def _write(tree: Tree, head: int | None, dep: str, rows: list[tuple[Tree, int, str]]) -> int:
    """Append the tree's words in order; return the row of its head."""
    waiting = [_write(child, -1, label, rows) for label, child in tree.before]
    own = len(rows)
    rows.append((tree, own if head is None else head, dep))
    for row in waiting:
        rows[row] = (rows[row][0], own, rows[row][2])
    for label, child in tree.after:
        _write(child, own, label, rows)
    return own
