"""Laws that hold for any claims: nothing from the future, nothing lost, no overlap."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.errors import ConflictError, LedgerError
from parley.ledger import Fact, Ledger
from parley.ledger._claims import Asked, Subject, covers, known_claims, resolve, versions
from parley.ledger._rows import write_claims, write_entry, write_source
from parley.records import Claim, Commitment, Measure, Rate, Source, When

FIRST = date(2025, 1, 1)
days = st.integers(0, 40).map(lambda number: FIRST + timedelta(days=number))
SOURCES = {
    name: Source(source_id=name, address=name, rank=rank)  # type: ignore[arg-type]  # ranks
    for name, rank in (("law", "legal text"), ("ministry", "official statement"), ("page", "press"))
}


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    start, end = sorted([draw(days), draw(days)])
    return Claim(
        claim_id=str(draw(st.integers(0, 10**9))),
        field="rate",
        value={"kind": "ad_valorem", "ad_valorem": draw(st.sampled_from([0.0, 0.1, 0.2]))},
        source=draw(st.sampled_from(sorted(SOURCES))),
        start=draw(st.none() | st.just(start)),
        end=draw(st.none() | st.just(end + timedelta(days=1))),
        published=draw(days),
        recorded=datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=draw(st.integers(0, 60))),
        revision=draw(st.integers(1, 2)),
    )


def subject(found: list[Claim]) -> Subject:
    base = {"source": "law", "published": FIRST, "recorded": datetime(2025, 1, 1, tzinfo=UTC)}
    fixed = [
        Claim(field=name, value=value, **base)  # type: ignore[arg-type]  # fields of a claim
        for name, value in (("imposer", "RUR"), ("kind", "import_tariff"), ("state", "in_force"))
    ]
    named = [replace(claim, claim_id=str(at)) for at, claim in enumerate([*fixed, *found])]
    return Subject(entry_id="m", type="measure", title="", claims=tuple(named), sources=SOURCES)


@given(st.lists(claims(), max_size=8), days, days, st.sampled_from(["published", "recorded"]))
def test_what_came_later_changes_nothing(
    found: list[Claim], on: date, known: date, clock: str
) -> None:
    asked = Asked(known=known, clock=clock)  # type: ignore[arg-type]  # two words
    everything = subject(found)
    seen = tuple(claim for claim in everything.claims if asked.sees(claim))

    def answer(about: Subject) -> object:
        try:
            return resolve(about, asked, on=on)
        except ConflictError as error:
            return str(error)

    assert answer(everything) == answer(replace(everything, claims=seen))


@given(st.lists(claims(), max_size=8), days)
def test_winner_is_known_covers_the_day_and_is_outranked_by_none(
    found: list[Claim], on: date
) -> None:
    asked = Asked()
    with suppress(ConflictError):
        entry = resolve(subject(found), asked, on=on)
        assert entry is not None
        rates = [claim for claim in entry.claims if claim.field == "rate"]
        holding = [one for one in entry.holding if one.field == "rate" and covers(one, on)]
        ranks = list(SOURCES)
        for winner in holding:
            rivals = [claim for claim in rates if covers(claim, on) and claim.status == "stands"]
            assert all(ranks.index(winner.source) <= ranks.index(one.source) for one in rivals)


@given(st.lists(claims(), max_size=6))
def test_versions_follow_each_other_and_agree_with_the_day(found: list[Claim]) -> None:
    about = subject(found)
    with suppress(ConflictError):
        stretches = versions(about, Asked())
        for before, after in pairwise(stretches):
            assert before.end is not None
            assert after.start is not None
            assert before.end <= after.start
        for stretch in stretches:
            day = stretch.start or (stretch.end or FIRST) - timedelta(days=1)
            entry = resolve(about, Asked(), on=day)
            assert entry is not None
            assert entry.record == stretch.record


@given(st.lists(claims(), max_size=10))
def test_no_two_revisions_of_a_chain_are_mixed(found: list[Claim]) -> None:
    chains: dict[tuple[str, str], set[int]] = {}
    for claim in known_claims(subject(found), Asked()):
        chains.setdefault((claim.field, claim.source), set()).add(claim.revision)
    assert all(len(revisions) == 1 for revisions in chains.values())


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("laws")
    with Ledger.open(folder / "own.db", shipped=False, create=True) as ledger:
        yield ledger


def overlap(one: Claim, other: Claim) -> bool:
    latest = max(one.start or date.min, other.start or date.min)
    return latest < min(one.end or date.max, other.end or date.max)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(claims(), min_size=1, max_size=4))
def test_database_takes_a_claim_if_and_only_if_it_overlaps_none_of_its_chain(
    ledger: Ledger, found: list[Claim]
) -> None:
    kept: list[Claim] = []
    entry_id = uuid4().hex
    with ledger._own().writing("add", agent="ann") as activity:
        for source in SOURCES.values():
            write_source(activity, source)
        write_entry(activity, entry_id, "measure", "")
    for number, claim in enumerate(found):
        made = replace(claim, claim_id=f"{entry_id}{number}")
        chain = [one for one in kept if (one.source, one.revision) == (made.source, made.revision)]
        fits = not any(overlap(made, one) for one in chain)
        refused = nullcontext() if fits else pytest.raises(LedgerError, match="overlap")
        with refused, ledger._own().writing("add", agent="ann") as activity:
            write_claims(activity, entry_id, [made])
        kept += [made] if fits else []
    assert {claim.claim_id for claim in ledger.history(entry_id)} == {
        claim.claim_id for claim in kept
    }


texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
promises = st.builds(
    Commitment,
    made_by=st.tuples(st.sampled_from(["USA", "CHN", "RUR"])),
    action=texts,
    quantity=st.none() | st.floats(-1e9, 1e9),
    due=st.builds(When.day, days),
)
duties = st.builds(
    Measure,
    imposer=st.sampled_from(["USA", "CHN"]),
    kind=st.just("import_tariff"),
    rate=st.builds(Rate, kind=st.just("ad_valorem"), ad_valorem=st.floats(0, 5)),
    legal_basis=texts,
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger to copy, since making one takes a while."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    Ledger.open(path, create=True).close()
    return path


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.lists(st.tuples(promises | duties, texts, days), min_size=1, max_size=4))
def test_json_lines_give_back_what_they_took(
    empty: Path, facts: list[tuple[Commitment | Measure, str, date]]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with (
            Ledger.open(shutil.copy(empty, folder / "one.db"), shipped=False) as one,
            Ledger.open(shutil.copy(empty, folder / "two.db"), shipped=False) as two,
        ):
            one.add(
                [
                    Fact(
                        record=record,
                        source=Source(source_id=f"s{at}", address=text),
                        title=text,
                        published=day,
                    )
                    for at, (record, text, day) in enumerate(facts)
                ],
                by="ann",
            )
            one.export(folder / "one.jsonl", on=FIRST)
            two.take_in(folder / "one.jsonl", by="bob")
            two.export(folder / "two.jsonl", on=FIRST)
            assert (folder / "one.jsonl").read_bytes() == (folder / "two.jsonl").read_bytes()
