"""Between whom the page's main round or dispute is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from parley.records import Accusation, Agreement, Commitment, Measure, Round

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parley.records import Draft, Record

# A round of talks names its parties outright; what else a page says hints at them.
_WEIGHT_OF_ROUND, _WEIGHT_OF_OTHERS = 3.0, 1.0
_NOT_A_SIDE = ("WLD",)


def main_parties(drafts: Iterable[Draft]) -> tuple[str, ...]:
    """Return the two parties that most of the page's rounds, promises and reproaches are between.

    Sorted by code; empty when no draft is between two parties. Ties go to the pair that is named
    first.

    Examples
    --------
    >>> main_parties(())
    ()
    """
    score: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for draft in drafts:
        for pair in _pairs(draft.record):
            score[pair] += draft.confidence * (
                _WEIGHT_OF_ROUND if isinstance(draft.record, Round) else _WEIGHT_OF_OTHERS
            )
    return max(score, key=lambda pair: score[pair]) if score else ()


def _pairs(record: Record) -> Iterator[tuple[str, ...]]:
    for one, other in _sides(record):
        if one != other and one and other and not {one, other} & set(_NOT_A_SIDE):
            yield tuple(sorted((one, other)))


def _sides(record: Record) -> Iterator[tuple[str, str]]:
    match record:
        case Round(parties=parties) | Agreement(parties=parties):
            if len(parties) == 2:
                yield parties[0], parties[1]
        case Commitment(made_by=by, made_to=to):
            yield from ((one, other) for one in by for other in to)
        case Accusation(by=by, by_party=party, against=against):
            yield from ((party or by, other) for other in against)
        case Measure(imposer=imposer, targets=targets):
            yield from ((imposer, target) for target in targets)
        case _:
            return
