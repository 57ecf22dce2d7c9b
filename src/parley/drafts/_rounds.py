"""One record per meeting, call, process or deal, however often the page speaks of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parley.drafts._candidates import COMPARED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._talk_words import Talk
    from parley.records import When


SURE, LIKELY = 0.45, 0.28  # strengths: enough by itself, enough where the parties have no other


def rounds(candidates: Sequence[Talk]) -> list[Talk]:
    """Return the talks of a page, each once, stated where the page states it best."""
    ranked = sorted(candidates, key=lambda one: (-_rank(one), one.span[0]))
    kept: list[Talk] = []
    for one in ranked:
        for at in range(max(0, len(kept) - COMPARED), len(kept)):
            if _same(one, kept[at]):
                kept[at] = _filled(kept[at], one)
                break
        else:
            kept.append(one)
    sure = [one for one in kept if one.strength >= SURE]
    known = {frozenset(one.parties) for one in sure}
    for one in kept:
        if LIKELY <= one.strength < SURE and frozenset(one.parties) not in known:
            sure.append(one)
            known.add(frozenset(one.parties))
    return sorted(sure, key=lambda one: one.span[0])


def _rank(one: Talk) -> float:
    body = 0.0 if one.sentence.kind == "body" else -0.3
    exact = one.when.start is not None and one.when.end is not None
    day = exact and (one.when.end - one.when.start).days <= 3  # type: ignore[operator]  # both set
    return one.strength + body + 0.1 * (one.kind != "process") + 0.1 * day


def _same(one: Talk, other: Talk) -> bool:
    shared = set(one.parties) & set(other.parties)
    if len(shared) < 2 or len(shared) / len({*one.parties, *other.parties}) < 0.5:
        return False
    if (one.kind == "deal") != (other.kind == "deal"):
        return one.kind == "process" or other.kind == "process"
    if one.kind == "process" and other.kind == "process":
        return _planned(one) == _planned(other)
    if one.kind == "process":
        return True
    if one.place and other.place and one.place != other.place:
        return False
    if not _dates_meet(one.when, other.when):
        return False
    if _planned(one) != _planned(other) and not (one.when.start and other.when.start):
        return bool(one.place) and one.place == other.place
    remote = [a for a, b in ((one, other), (other, one)) if a.format in _REMOTE and b.place]
    return not remote and {one.format, other.format} not in _APART


_REMOTE = ("call", "virtual")
_APART = ({"call", "in-person"}, {"virtual", "in-person"})


def _planned(one: Talk) -> bool:
    return one.state in ("scheduled", "postponed", "cancelled")


def _dates_meet(one: When, other: When) -> bool:
    if one.start is None and other.start is None and one.phrase and other.phrase:
        return one.phrase.split()[-1].lower() == other.phrase.split()[-1].lower()
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return True
    return one.start < other.end and other.start < one.end


def _filled(best: Talk, other: Talk) -> Talk:
    """Return the talks with what another sentence says of the same ones."""
    alike = other.kind == best.kind
    names = {item.name for item in best.people}
    extra = tuple(item for item in other.people if item.name not in names)
    remote = "call" in (best.format, other.format)
    return replace(
        best,
        place=best.place or (other.place if alike and not remote else ""),
        when=other.when if alike and not (best.when.start or best.when.phrase) else best.when,
        format=best.format if best.format != "unknown" else other.format,
        people=(*best.people, *extra) if _takes_part(best, other) else best.people,
        sequence=best.sequence or (other.sequence if "since" in other.sequence else ""),
    )


_ATTEND = frozenset(
    "include includes included including attend attends attended led lead leads represent "
    "represents "
    "represented join joins joined accompanied participate participated delegation negotiators "
    "alongside representative representatives".split()
)


def _takes_part(best: Talk, other: Talk) -> bool:
    """Whether the people named with `other` take part in `best`."""
    if "call" in (best.format, other.format):
        return best.format == other.format
    same_session = other.kind == best.kind and bool(other.place or other.when.start)
    return same_session or any(item.low in _ATTEND for item in other.sentence.items)
