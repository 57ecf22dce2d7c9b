"""A sentence as items: words, and the names that stand in it as one item each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from parley.drafts._words import nouns, verb_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parley.drafts._tokens import Token
    from parley.vocabulary import Mention

ItemKind: TypeAlias = Literal["word", "number", "mark", "party", "demonym", "person", "place"]

ACTORS: frozenset[ItemKind] = frozenset({"party", "person"})
PLACE_BEFORE = frozenset("in at near outside into visiting hosted across around".split())
DETERMINERS = frozenset(
    "the a an this that these those its their his her our your my any some all each every no both "
    "another such".split()
)
PREPOSITIONS = frozenset(
    "of in on at to for with by from against between among over under into about during after "
    "before since until through across around within without toward towards as via per amid "
    "despite regarding concerning respecting including like unlike than upon onto out off up "
    "versus along alongside following given".split()
)
CONJUNCTIONS = frozenset("and or but nor yet so while whereas although though".split())
SUBORDINATORS = frozenset(
    "that if unless because when whenever whether where why how until till once lest provided "
    "while although though since as after before".split()
)
RELATIVES = frozenset("which who that whose whom where".split())
AUXILIARIES = frozenset(
    "be am is are was were been being has have had having do does did will would shall should may "
    "might can could must 'll 've 're 'd n't not to ca wo cannot 's".split()
)
MONTHS = frozenset(
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sep sept oct nov dec".split()
)
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
    "sat sun today tomorrow yesterday tonight".split()
)
_PARTICLES = frozenset("de da van von der den bin al el la le du dos del di ibn ben y".split())
_ORG_WORDS = frozenset(
    "ministry department commission council association institute university bank group inc corp "
    "ltd committee agency times news act agreement party house street day congress senate court "
    "office parliament union federation chamber center centre board bureau fund organization "
    "organisation authority journal post tribune herald guardian daily company co plc llc "
    "television radio foundation administration program programme treaty partnership protocol bill "
    "summit forum city county state north south east west new great section order statement "
    "report week month year".split()
)


@dataclass(frozen=True, slots=True)
class Item:
    """A word, number or mark, or a name with the party that it stands for."""

    start: int
    end: int
    low: str
    kind: ItemKind
    word: str = ""
    joined: bool = False
    codes: tuple[str, ...] = ()
    name: str = ""
    office: str = ""
    official: bool = False  # a government, a body or someone who speaks for one
    metonym: bool = False  # a capital that stands for its state
    refers: bool = False  # resolved from a pronoun or a description

    @property
    def actor(self) -> bool:
        """Whether it can act at a table: it has at least one party code."""
        return bool(self.codes) and self.kind in ACTORS


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as the page names them."""

    name: str
    codes: tuple[str, ...] = ()
    office: str = ""


def base_items(
    words: Sequence[Token], mentions: Sequence[Mention], agreements: frozenset[str] = frozenset()
) -> list[Item]:
    """Return the items of a sentence with the vocabulary's names as one item each.

    Parameters
    ----------
    mentions
        What the vocabulary finds in the sentence, in order; titles and products stay words.
    agreements
        Codes of treaties that the vocabulary lists among the parties: no one who can act.
    """
    found: list[Item] = []
    at = 0
    for mention in mentions:
        if mention.kind not in _KINDS or (not mention.party and mention.kind != "person"):
            continue
        if mention.party in agreements:
            continue
        while at < len(words) and words[at].end <= mention.start:
            found.append(_plain(words[at]))
            at += 1
        first = at
        while at < len(words) and words[at].start < mention.end:
            at += 1
        if at > first:
            found.append(_located(_mentioned(words[first:at], mention), found))
    found.extend(_plain(word) for word in words[at:])
    return found


_KINDS: dict[str, ItemKind] = {
    "party": "party",
    "demonym": "demonym",
    "capital": "party",
    "metonym": "party",
    "body": "party",
    "person": "person",
    "place": "place",
}


def _mentioned(words: Sequence[Token], mention: Mention) -> Item:
    first, last = words[0], words[-1]
    return Item(
        first.start,
        last.end,
        " ".join(word.low for word in words),
        _KINDS[mention.kind],
        " ".join(word.word for word in words),
        first.joined,
        (mention.party,) if mention.party and mention.kind != "place" else (),
        mention.name,
        mention.office,
        official=mention.kind in ("metonym", "body", "person") and bool(mention.party),
        metonym=mention.kind == "capital",
    )


def _located(item: Item, before: Sequence[Item]) -> Item:
    """Return a capital as a place where a preposition of place stands before it."""
    if not item.metonym or not before:
        return item
    if before[-1].low in PLACE_BEFORE:
        return replace(item, kind="place")
    return item


def _plain(token: Token) -> Item:
    if token.word[0].isdigit():
        kind: ItemKind = "number"
    elif token.word[0].isalpha() or token.low.startswith("'") or token.low == "n't":
        kind = "word"
    else:
        kind = "mark"
    return Item(token.start, token.end, token.low, kind, token.word, token.joined)


# ----------------------------------------------------------------------------- people


def people_of(sentences: Sequence[Sequence[Item]]) -> dict[str, Person]:
    """Return the people whom the page names with a title or in full, by surname in lower case."""
    found: dict[str, Person] = {}
    for items in sentences:
        for person in _titled(items):
            _register(found, person)
    return found


def _register(found: dict[str, Person], person: Person) -> None:
    parts = person.name.lower().split()
    keys = (
        {parts[-1], parts[0]} if len(parts) in (2, 3) and _chinese(parts, person) else {parts[-1]}
    )
    for key in keys:
        known = found.get(key)
        if known is None or (len(known.name) < len(person.name) and not known.codes):
            found[key] = person
        elif known.name == person.name or known.name.split()[-1] == person.name.split()[-1]:
            found[key] = Person(
                name=max(known.name, person.name, key=len),
                codes=known.codes or person.codes,
                office=known.office or person.office,
            )


def _chinese(parts: Sequence[str], person: Person) -> bool:
    return (
        bool({"CHN", "TWN", "KOR", "PRK", "HKG", "VNM"} & set(person.codes)) and len(parts[0]) <= 5
    )


def _titled(items: Sequence[Item]) -> Iterator[Person]:
    for at, item in enumerate(items):
        if item.kind == "person":
            codes = item.codes or _owner(items, at)
            yield Person(name=item.name, codes=codes, office=item.office)
        elif item.kind == "word" and item.low in nouns("title"):
            yield from _after_title(items, at)
        elif is_capital(item) and (at == 0 or not is_capital(items[at - 1])):
            yield from _with_apposition(items, at)


def _after_title(items: Sequence[Item], at: int) -> Iterator[Person]:
    start = at + 1
    if start < len(items) and items[start].low in ("of", "to", "for", "at"):
        span = start + 1
        while span < len(items) and span < start + 9 and _of_portfolio(items, span):
            span += 1
        start = span
    length = name_length(items, start)
    if length and start < len(items):
        if length == 1 and items[start].low in _OFFICE_WORDS | _ORG_WORDS:
            return
        name = words_of(items[start : start + length])
        yield Person(name=name, codes=_owner(items, at), office=_office(items, at))


PORTFOLIOS = frozenset(
    "trade commerce industry finance foreign affairs agriculture economy economic state treasury "
    "development energy interior defense defence health labor labour services external "
    "international "
    "business transport environment planning digital technology tourism mining fisheries food "
    "rural "
    "consumer supplies home justice education innovation science external union european "
    "commission "
    "cooperation co-operation policy".split()
)


def _of_portfolio(items: Sequence[Item], at: int) -> bool:
    item = items[at]
    return (
        item.low in PORTFOLIOS
        or item.low in ("and", "the", ",", "&", "'s")
        or (bool(item.codes) and item.kind != "person")
    )


def _with_apposition(items: Sequence[Item], at: int) -> Iterator[Person]:
    length = name_length(items, at)
    end = at + length
    if length < 2 or end + 1 >= len(items) or items[end].low != ",":
        if (length >= 2 or at > 1) and length and _said_beside(items, at, end):
            yield Person(name=words_of(items[at:end]))
        return
    for title in range(end + 1, min(end + 9, len(items))):
        if items[title].kind == "mark" or items[title].low in RELATIVES:
            break
        if items[title].low in nouns("title"):
            codes = _owner(items, title) or _owned_after(items, title)
            yield Person(name=words_of(items[at:end]), codes=codes, office=_office(items, title))
            return
    if _said_beside(items, at, end):
        yield Person(name=words_of(items[at:end]))


def _said_beside(items: Sequence[Item], at: int, end: int) -> bool:
    says = {
        "said",
        "says",
        "told",
        "added",
        "wrote",
        "tweeted",
        "warned",
        "noted",
        "argued",
        "explained",
    }
    before = items[at - 1].low if at else ""
    after = items[end].low if end < len(items) else ""
    return before in says or after in says


def name_length(items: Sequence[Item], at: int) -> int:
    """Return how many items from `at` on look like a person's name, at most 4."""
    end = at
    while end < len(items) and end - at < 4:
        item = items[end]
        if (
            (is_capital(item) and item.low not in _ORG_WORDS and item.low not in nouns("title"))
            or (
                end > at
                and item.low in _PARTICLES
                and end + 1 < len(items)
                and is_capital(items[end + 1])
            )
            or (item.low == "." and end > at and len(items[end - 1].word) == 1)
        ):
            end += 1
        else:
            break
    if end < len(items) and items[end].low in _ORG_WORDS and is_capital(items[end]):
        return 0
    return end - at


def is_capital(item: Item) -> bool:
    return (
        item.kind == "word"
        and item.word[:1].isupper()
        and item.low not in MONTHS
        and item.low not in DAYS
        and item.low not in DETERMINERS
        and item.low not in PREPOSITIONS
        and item.low not in CONJUNCTIONS
        and item.low not in SUBORDINATORS
        and item.low not in ("he", "she", "it", "they", "we", "i", "you", "but", "in")
    )


def _owner(items: Sequence[Item], at: int) -> tuple[str, ...]:
    """Return the party named in the title phrase that ends at `at`: "Chinese Commerce Minister"."""
    for back in range(at, max(-1, at - 8), -1):
        item = items[back]
        if item.codes and item.kind in ("party", "demonym"):
            return item.codes
        if item.kind == "mark" or (item.low in PREPOSITIONS and item.low not in ("of", "for")):
            break
        if item.low in verb_forms() and back != at and item.word[:1].islower():
            break
    return ()


def _owned_after(items: Sequence[Item], at: int) -> tuple[str, ...]:
    for ahead in range(at + 1, min(at + 7, len(items))):
        if items[ahead].kind == "mark":
            break
        if items[ahead].codes and items[ahead].kind in ("party", "demonym"):
            return items[ahead].codes
    return ()


def _office(items: Sequence[Item], at: int) -> str:
    start = at
    while start and (
        items[start - 1].low in _OFFICE_WORDS
        or (is_capital(items[start - 1]) and items[start - 1].kind == "word")
    ):
        start -= 1
    return words_of(items[start : at + 1])


_OFFICE_WORDS = frozenset(
    "vice deputy foreign trade finance commerce treasury prime chief senior former economy "
    "economic "
    "international agriculture industry general assistant acting interior federal cabinet first "
    "commercial top lead special main permanent defense defence energy health justice home labour "
    "labor transport environment budget planning education industrial digital agricultural".split()
)


def words_of(items: Sequence[Item]) -> str:
    """Return the words of items as one string, hyphens restored."""
    joined = "".join(("-" if item.joined else " ") + item.word for item in items)
    return joined.lstrip(" -").replace(" .", ".").replace(" '", "'").replace(" ’", "’")
