"""Who stands in a sentence: titles, bodies and officials folded into one item, pronouns resolved.

"China's Commerce Ministry", "officials in Beijing", "U.S. Trade Representative Jamieson Greer"
become one item each, with the party that they speak for. A pronoun or a description ("the bloc",
"both sides", "the prime minister") takes the party of what it refers to, and says that it was
resolved.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parley.drafts._items import (
    AUXILIARIES,
    DETERMINERS,
    PORTFOLIOS,
    PREPOSITIONS,
    RELATIVES,
    Item,
    Person,
    is_capital,
    name_length,
    words_of,
)
from parley.drafts._words import nouns, verb_forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_GOVERN = nouns("govern")
_TITLE = nouns("title")
_LINKS = frozenset("of in from for at to".split())
_POSTED = frozenset(
    "ambassador ambassadors envoy representative spokesman spokeswoman spokesperson".split()
)
_BOTH = frozenset(
    "sides countries parties nations governments economies powers giants delegations neighbours "
    "neighbors leaders presidents allies partners capitals ministers negotiators teams "
    "officials".split()
)
_HE = frozenset(("he", "she", "him", "his", "her"))
_IT = frozenset(("it", "its"))
_THEY = frozenset(("they", "their", "them"))
_BLOC = frozenset(("bloc", "union"))


def folded(items: Sequence[Item], people: Mapping[str, Person]) -> list[Item]:
    """Return the items with every name of a government, body or official as one item."""
    return _fold_links(_fold_people(_fold_bodies(list(items)), people))


def _merge(items: Sequence[Item], head: Item) -> Item:
    """Return one item over all of `items` with what `head` stands for."""
    return replace(
        head,
        start=items[0].start,
        end=items[-1].end,
        low=" ".join(item.low for item in items),
        word=words_of(items),
        joined=items[0].joined,
    )


def _fold_bodies(items: list[Item]) -> list[Item]:
    """Fold "party ['s] … government noun" into one item."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        end = _body_end(items, at) if item.codes and item.kind != "place" else at
        if end > at:
            name = words_of(items[at : end + 1])
            head = replace(item, kind="party", name=name, official=True)
            out.append(_merge(items[at : end + 1], head))
        else:
            out.append(item)
        at = end + 1
    return out


def _body_end(items: Sequence[Item], at: int) -> int:
    """Return the index of the last government noun of the phrase that starts at `at`, or `at`."""
    end = at
    ahead = at + 1
    if ahead < len(items) and items[ahead].low == "'s":
        ahead += 1
    elif items[at].kind == "person" and ahead < len(items) and items[ahead].low not in _GOVERN:
        return at
    limit = ahead + 5
    while ahead < min(limit, len(items)):
        item = items[ahead]
        if item.kind == "party" and item.official and item.codes == items[at].codes:
            return ahead
        if item.kind != "word" or item.low in PREPOSITIONS or item.low in AUXILIARIES:
            break
        if item.low in DETERMINERS or item.low in ("and", "'s") or item.low in RELATIVES:
            break
        if item.low in _GOVERN:
            end = _portfolio_end(items, ahead)
            limit = end + 4
            ahead = end
        elif _is_finite(item):
            break
        ahead += 1
    return end


def _portfolio_end(items: Sequence[Item], at: int) -> int:
    """Return where "Ministry of Commerce and Industry" ends, or `at`."""
    if items[at].low not in ("ministry", "department", "office", "bureau", "minister"):
        return at
    if (
        at + 2 >= len(items)
        or items[at + 1].low not in ("of", "for")
        or not is_capital(items[at + 2])
    ):
        return at
    end = at + 2
    while end + 1 < len(items) and (
        items[end + 1].low in PORTFOLIOS
        or (
            items[end + 1].low in ("and", ",", "&", "the")
            and end + 2 < len(items)
            and items[end + 2].low in PORTFOLIOS
        )
    ):
        end += 1
    return end if items[at + 2].low in PORTFOLIOS else at


def _is_finite(item: Item) -> bool:
    form = verb_forms().get(item.low)
    if form is None or item.word[:1].isupper():
        return False
    return form[1] in ("past", "third") and item.low not in (
        "customs",
        "united",
        "proposed",
        "talks",
    )


def _fold_people(items: list[Item], people: Mapping[str, Person]) -> list[Item]:
    out: list[Item] = []
    at = 0
    while at < len(items):
        length, person = _person_at(items, at, people, out)
        if person is None:
            out.append(items[at])
            at += 1
            continue
        before = _title_start(out)
        owner = next((item.codes for item in out[before:] if item.codes), ())
        office = words_of([item for item in out[before:] if item.low not in DETERMINERS])
        span = [*out[before:], *items[at : at + length]]
        codes = owner or person.codes
        head = Item(
            0,
            0,
            "",
            "person",
            codes=codes,
            name=person.name,
            office=_clean_office(office) or person.office,
            official=bool(codes),
        )
        del out[before:]
        out.append(_merge(span, head))
        at += length
    return out


def _clean_office(office: str) -> str:
    words = office.replace("’s", "'s").split("'s ")[-1].split()
    return " ".join(words) if words and any(word.lower() in _TITLE for word in words) else ""


def _person_at(
    items: Sequence[Item], at: int, people: Mapping[str, Person], out: Sequence[Item]
) -> tuple[int, Person | None]:
    item = items[at]
    if item.kind == "person":
        known = people.get(item.name.lower().split()[-1])
        codes = item.codes or (known.codes if known else ())
        return 1, Person(name=item.name, codes=codes, office=item.office)
    if not is_capital(item) and item.low not in people:
        return 0, None
    length = name_length(items, at)
    while length >= 1:
        words = [part.low for part in items[at : at + length]]
        person = people.get(words[-1])
        if person is not None and _same(words, person) and _alone(items, at, length, out):
            return length, person
        length -= 1
    return 0, None


def _same(words: Sequence[str], person: Person) -> bool:
    parts = person.name.lower().replace("-", " ").split()
    return all(word in parts for word in words)


def _alone(items: Sequence[Item], at: int, length: int, out: Sequence[Item]) -> bool:
    """Whether a surname stands by itself and is no part of another name."""
    if length > 1 or not items[at].word[:1].isupper():
        return length > 1
    after = items[at + 1] if at + 1 < len(items) else None
    if after is not None and is_capital(after) and after.low not in _TITLE:
        return False
    before = out[-1] if out else None
    return not (
        before is not None
        and before.kind == "word"
        and is_capital(before)
        and before.low not in _TITLE
        and len(out) > 1
        and before.low not in verb_forms()
    )


_TITLE_WORDS = frozenset(
    "vice deputy foreign trade finance commerce treasury prime chief senior former economy "
    "economic "
    "international agriculture industry general assistant acting interior federal cabinet first "
    "commercial top lead special main permanent counterpart democratic republican federal "
    "the".split()
)


def _title_start(out: Sequence[Item]) -> int:
    """Return the index in `out` at which the title phrase before a name starts."""
    start = len(out)
    seen_title = False
    while start:
        item = out[start - 1]
        if item.low in _TITLE:
            seen_title = True
        elif (item.codes and item.official and item.kind == "party") or (
            item.codes
            and item.kind in ("party", "demonym")
            and (seen_title or item.kind == "demonym")
        ):
            return start - 1
        elif not (
            seen_title
            and (item.low in _TITLE_WORDS or item.low == "'s" or (is_capital(item) and start > 1))
        ):
            break
        start -= 1
    if not seen_title:
        return len(out)
    while start < len(out) and out[start].low in ("'s",):
        start += 1
    return start


def _fold_links(items: list[Item]) -> list[Item]:
    """Fold "officials in Beijing", "the government of Canada" into one item."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        linked = _linked(items, at)
        if item.low in _GOVERN and item.kind == "word" and linked:
            span = items[at : linked + 1]
            name = words_of(span)
            head = replace(items[linked], kind="party", name=name, official=True, office="")
            out.append(_merge(span, head))
            at = linked + 1
            continue
        out.append(item)
        at += 1
    return out


def _linked(items: Sequence[Item], at: int) -> int:
    if at + 2 >= len(items) or items[at + 1].low not in _LINKS:
        return 0
    if items[at + 1].low in ("to", "for", "at") and items[at].low not in _POSTED:
        return 0
    after = at + 2
    if items[after].low == "the":
        after += 1
    if after < len(items) and items[after].codes and items[after].kind in ("party", "place"):
        beyond = items[after + 1].low if after + 1 < len(items) else ""
        return 0 if beyond == "'s" else after
    return 0


# ----------------------------------------------------------------------------- references


@dataclass
class _Memory:
    """What the page spoke of last, as it is read from top to bottom."""

    pair: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    own_voice: bool = False
    person: Item | None = None
    subject: Item | None = None
    titles: dict[str, Item] = field(default_factory=dict)


def resolved(
    sentences: Sequence[Sequence[Item]],
    quoted: Sequence[Sequence[bool]],
    *,
    own_voice: bool = False,
) -> list[list[Item]]:
    """Return the sentences with pronouns and descriptions resolved.

    Parameters
    ----------
    quoted
        For each item, whether it stands inside a quotation: "we" and "they" of a speaker are
        left alone, and names inside a quotation are nobody's subject.
    own_voice
        Whether the page is a government's own statement, in which "I" and "we" are that government.
    """
    memory = _Memory(pair=main_pair(sentences), home=home_of(sentences), own_voice=own_voice)
    out = []
    for items, inside in zip(sentences, quoted, strict=True):
        out.append(_resolve(list(items), inside, memory))
    return out


def main_pair(sentences: Sequence[Sequence[Item]]) -> tuple[str, ...]:
    """Return the two parties that the page names most, sorted, or fewer where it names fewer."""
    return tuple(sorted(code for code, _ in _counted(sentences).most_common(2)))


def dominant_pair(sentences: Sequence[Sequence[Item]]) -> tuple[str, ...]:
    """Return the page's two parties where no third is named nearly as often, else none."""
    ranked = _counted(sentences).most_common(3)
    if len(ranked) < 2 or ranked[1][1] < 3:
        return ()
    if len(ranked) > 2 and ranked[1][1] < 1.5 * ranked[2][1]:
        return ()
    return tuple(sorted(code for code, _ in ranked[:2]))


def home_of(sentences: Sequence[Sequence[Item]]) -> tuple[str, ...]:
    """Return the party whose officials the page names most: whom "the government" means."""
    count: Counter[str] = Counter()
    for items in sentences:
        count.update(code for item in items if item.official for code in item.codes)
    if not count:
        count = _counted(sentences)
    return tuple(code for code, _ in count.most_common(1))


def _counted(sentences: Sequence[Sequence[Item]]) -> Counter[str]:
    count: Counter[str] = Counter()
    for index, items in enumerate(sentences):
        for item in items:
            for code in item.codes if item.kind != "place" else ():
                count[code] += 3 if index < 2 else 1
    return count


def _resolve(items: list[Item], inside: Sequence[bool], memory: _Memory) -> list[Item]:
    local = {
        code
        for item, hidden in zip(items, inside, strict=False)
        if not hidden and item.kind in ("party", "demonym", "person")
        for code in item.codes
    }
    if len(local) == 2:
        memory.pair = tuple(sorted(local))
    out: list[Item] = []
    plain: list[Item] = []  # the same without what is quoted
    at = 0
    head: Item | None = None
    while at < len(items):
        item = items[at]
        if inside[at]:
            out.append(item)
            at += 1
            continue
        length, new = _reference(items, at, memory, plain)
        if new is not None:
            item = _merge(items[at : at + length], replace(new, refers=True))
        out.append(item)
        plain.append(item)
        if item.actor or item.kind == "person":
            if item.kind == "person":
                memory.person = item if head is None or memory.person is None else memory.person
                _remember_title(item, memory)
            head = head or item
        at += length
    out = _fold_bodies(out)
    if head is not None:
        memory.subject = head
    named = {code for item in out if item.actor and not item.refers for code in item.codes}
    if len(named) == 2:
        memory.pair = tuple(sorted(named))
    people = [i for i, q in zip(items, inside, strict=False) if i.kind == "person" and not q]
    if people and (head is None or head.kind != "person"):
        memory.person = people[0]
    return out


def _remember_title(item: Item, memory: _Memory) -> None:
    for title in (
        "prime minister",
        "president",
        "minister",
        "secretary",
        "premier",
        "chancellor",
        "senator",
        "ambassador",
        "commissioner",
        "negotiator",
        "representative",
        "speaker",
    ):
        if title in item.low or title in item.office.lower():
            memory.titles[title] = item
            if title == "prime minister":
                memory.titles["pm"] = memory.titles["premier"] = item
            break


def _reference(
    items: Sequence[Item], at: int, memory: _Memory, out: Sequence[Item]
) -> tuple[int, Item | None]:
    """Return how many items a reference takes, and what it refers to."""
    item = items[at]
    if item.kind != "word":
        return 1, None
    head = next((one for one in out if one.actor or one.kind == "person"), None)
    if item.low in _HE:
        return 1, memory.person if head is None or head.kind != "person" else head
    if item.low in _IT:
        near = _last_subject(out) or _party_only(head)
        near = near or (_party_only(memory.subject) if head is None else None)
        return 1, None if near is None else replace(
            near, name=near.name if near.refers else near.word
        )
    if item.low in _THEY and head is None and memory.subject is not None:
        return 1, memory.subject if len(memory.subject.codes) > 1 else None
    if item.low in ("the", "both", "two"):
        length, found = _description(items, at, memory)
        if found is not None:
            return length, found
    return _government(items, at, memory)


_GENERIC = frozenset("government govt administration ministry cabinet centre".split())
_LEADERS = frozenset("president chancellor premier".split())
_PLURAL = frozenset(("ministers", "officials", "lawmakers"))


def _government(items: Sequence[Item], at: int, memory: _Memory) -> tuple[int, Item | None]:
    """Return the page's own government for "the government", "ministers say"."""
    if not memory.home:
        return 1, None
    if items[at].low in ("i", "we") and not memory.own_voice:
        return 1, None
    found = Item(0, 0, "", "party", codes=memory.home, name="the government", official=True)
    after = items[at + 1].low if at + 1 < len(items) else ""
    if items[at].low == "the":
        beyond = items[at + 2].low if at + 2 < len(items) else ""
        leader = after in _LEADERS and memory.own_voice
        if (after in _GENERIC or leader) and beyond not in ("of", "in"):
            return 2, found
        return 1, None
    if items[at].low in ("i", "we"):
        return 1, found
    first = at == 0 or items[at - 1].low in ("“", '"', ".")
    bare = items[at].low == "govt" or (items[at].low in _PLURAL and first and after != "of")
    return 1, found if bare else None


def _last_subject(out: Sequence[Item]) -> Item | None:
    """Return the last party named that no preposition governs."""
    for at in range(len(out) - 1, -1, -1):
        item = out[at]
        if item.actor and item.kind == "party":
            before = out[at - 1].low if at else ""
            lead = out[at - 2].low if at > 1 and before == "the" else before
            if lead not in PREPOSITIONS:
                return item
    return None


def _party_only(item: Item | None) -> Item | None:
    return item if item is not None and item.kind == "party" else None


def _description(items: Sequence[Item], at: int, memory: _Memory) -> tuple[int, Item | None]:
    words = [item.low for item in items[at : at + 4]]
    joint = _both_length(words)
    if joint and len(memory.pair) == 2:
        return joint, Item(0, 0, "", "party", codes=memory.pair, name="both sides")
    if len(words) > 1 and words[0] == "the" and words[1] in _BLOC and _bloc(words):
        return 2, Item(0, 0, "", "party", codes=("EUU",), name="the bloc")
    if len(words) > 1 and words[0] == "the":
        for length in (2, 1):
            title = " ".join(words[1 : 1 + length])
            known = memory.titles.get(title)
            following = items[at + 1 + length] if at + 1 + length < len(items) else None
            if known is not None and not (following is not None and following.low == "of"):
                return 1 + length, known
    return 1, None


def _bloc(words: Sequence[str]) -> bool:
    return words[1] == "bloc"


def _both_length(words: Sequence[str]) -> int:
    """Return how many words "both sides", "the two countries", "the parties" take, or 0."""
    if words[0] == "both" and len(words) > 1:
        if words[1] in _BOTH:
            return 2
        return 3 if words[1] in ("the", "of") and len(words) > 2 and words[2] in _BOTH else 0
    if words[0] == "two" and len(words) > 1 and words[1] in _BOTH:
        return 2
    if words[0] == "the" and len(words) > 2:
        if words[1] == "two" and words[2] in _BOTH:
            return 3
        if words[1] == "two" and len(words) > 3 and words[3] in _BOTH:
            return 4
    if words[0] == "the" and len(words) > 1 and words[1] in ("parties", "sides"):
        return 2
    return 0
