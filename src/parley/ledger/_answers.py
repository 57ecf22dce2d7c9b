"""What the ledger answers: the record on any date, as known on any date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypedDict

from parley.errors import LedgerError
from parley.ledger import _questions as questions
from parley.ledger._claims import BY_NAME, Asked, Subject, covers, knowable, resolve, versions
from parley.ledger._holding import (
    concerns,
    holds,
    measure_state,
    round_start,
    said_by_day,
    under_way,
)
from parley.ledger._match import Match, matches
from parley.ledger._shipped import shipped as shipped_record
from parley.records import Assessment, Claim, Entry, Measure, Source, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Unpack

    import pandas as pd

    from parley.ledger._database import Database
    from parley.ledger._questions import Expiry, Promise, Reach, Talk
    from parley.records import Clock, Draft, MeasureState, Profile, Version


class AsKnown(TypedDict, total=False):
    """As of which knowledge a question is asked."""

    known: date | None  # as known by this day; None is all that is known
    clock: Clock  # known since it was published, or since it was recorded
    profile: Profile  # by the legal text, or by what customs collected


class Among(AsKnown, total=False):
    """Among whom, and as of which knowledge."""

    between: Sequence[str] | None  # party codes; None is everybody


class Asking(Among, total=False):
    """How a question is asked: every query of the ledger takes these."""

    on: date | None  # what holds on this day


class Answers:
    """The reading half of the ledger. See `parley.ledger._claims` for how claims are resolved."""

    def __init__(self, *, database: Database | None, shipped: bool) -> None:
        self._database = database
        self._shipped = shipped_record() if shipped else {}

    def on(self, day: date, **among: Unpack[Among]) -> tuple[Entry, ...]:
        """Return the measures and agreements that hold on a day, threats and plans included."""
        found = (*self.measures(on=day, **among), *self.entries("agreement", on=day, **among))
        return tuple(entry for entry in found if holds(entry, day))

    def measures(
        self,
        *,
        kind: str | None = None,
        state: MeasureState | None = None,
        **asking: Unpack[Asking],
    ) -> tuple[Entry, ...]:
        """Return the measures; with `on` only those that have a state on that day."""
        on = asking.get("on")
        return tuple(
            entry
            for entry in self.entries("measure", **asking)
            if isinstance(entry.record, Measure)
            and (kind is None or entry.record.kind == kind)
            and (on is None or measure_state(entry, on) is not None)
            and (state is None or measure_state(entry, on) == state)
        )

    def rounds(self, **asking: Unpack[Asking]) -> tuple[Entry, ...]:
        """Return the rounds of talks by date; with `on` those under way on that day."""
        on = asking.get("on")
        found = self.entries("round", **asking)
        kept = [entry for entry in found if on is None or under_way(entry, on)]
        return tuple(sorted(kept, key=round_start))

    def commitments(self, **asking: Unpack[Asking]) -> tuple[Entry, ...]:
        """Return what the parties promised; with `on` what they had promised by that day."""
        return self._said("commitment", **asking)

    def assessments(
        self, commitment: str | None = None, **asking: Unpack[Asking]
    ) -> tuple[Entry, ...]:
        """Return the accounts of one commitment, or of all: each speaker's stands by itself."""
        return tuple(
            entry
            for entry in self._said("assessment", **asking)
            if isinstance(entry.record, Assessment)
            and commitment in (None, entry.record.commitment)
        )

    def entries(self, kind: str, **asking: Unpack[Asking]) -> tuple[Entry, ...]:
        """Return all entries of a kind: round, agreement, commitment, assessment, ...

        Raises
        ------
        LedgerError
            When there is no such kind.
        ConflictError
            When two claims of equal rank disagree; both are named.
        """
        if kind not in BY_NAME:
            raise LedgerError(f"{kind!r} is no kind of record; choose from {', '.join(BY_NAME)}")
        on, between, asked = asking.get("on"), asking.get("between"), _asked(asking)
        found = (resolve(subject, asked, on=on) for subject in self._subjects(kind=kind).values())
        return tuple(
            entry
            for entry in found
            if entry is not None and (between is None or concerns(entry.record, set(between)))
        )

    def entry(self, entry_id: str, *, on: date | None = None, **known: Unpack[AsKnown]) -> Entry:
        """Return one entry.

        Raises
        ------
        LedgerError
            When there is none of that id, it was not known by then, or it was taken back.
        """
        subject = self._subject(entry_id)
        found = resolve(subject, _asked(known), on=on)
        if found is None:
            raise LedgerError(_why_none(subject, known.get("known")))
        return found

    def versions(self, entry_id: str, **known: Unpack[AsKnown]) -> tuple[Version, ...]:
        """Return how an entry changes over time, as known: half-open stretches of days."""
        return versions(self._subject(entry_id), _asked(known))

    def history(
        self,
        entry_id: str,
        *,
        on: date | None = None,
        known: date | None = None,
        clock: Clock = "published",
        profile: Profile | None = None,
    ) -> tuple[Claim, ...]:
        """Return every claim ever recorded about an entry, unresolved, as it became known.

        With `on` those about that day, with `profile` those that count for it.
        """
        claims = [
            claim
            for claim in self._subject(entry_id).claims
            if (known is None or knowable(claim, clock) <= known)
            and (on is None or covers(claim, on))
            and (profile is None or claim.profile in ("both", profile))
        ]
        return tuple(sorted(claims, key=_place_in_history))

    def sources(self, entry_id: str) -> dict[str, Source]:
        """Return the sources of every claim about an entry, by id."""
        return dict(self._subject(entry_id).sources)

    def match(
        self, draft: Draft, *, published: date | None = None, known: date | None = None
    ) -> tuple[Match, ...]:
        """Return the records that a draft may belong to, likeliest first.

        `published` is the day of the draft's page: measures are compared as they held then.
        """
        kind = type(draft.record).__name__.lower()
        on = published if kind == "measure" else None
        return matches(draft, self.entries(kind, on=on, known=known))

    def promises(self, **asking: Unpack[Asking]) -> tuple[Promise, ...]:
        """Return the board of promises: who promised what, and each speaker's account of it.

        With `on` it is the board of that day: what was promised and said by then, with the
        deadlines that held.
        """
        wanted = self.commitments(**asking)
        asking["between"] = None  # whoever gives an account of it
        said = (self._said(kind, **asking) for kind in ("assessment", "accusation"))
        return questions.promises(wanted, *said, on=asking.get("on"))

    def expiring(self, *, on: date, within: int = 90, **among: Unpack[Among]) -> tuple[Expiry, ...]:
        """Return what ends in the `within` days from `on`, and what returns if nobody acts."""
        entries = [
            entry
            for kind in ("measure", "agreement", "commitment")
            for entry in self.entries(kind, **among)
        ]
        return questions.expiries(entries, self._stretches(_asked(among)), on=on, within=within)

    def never_applied(self, **asking: Unpack[Asking]) -> tuple[Entry, ...]:
        """Return the measures that were announced or threatened and not in force up to `on`."""
        by = asking.pop("on", None)
        return questions.never_applied(
            self.entries("measure", **asking), self._stretches(_asked(asking)), by=by
        )

    def reaching_back(self, **asking: Unpack[Asking]) -> tuple[Reach, ...]:
        """Return the versions of measures that were in force before their act was signed.

        With `on` those that cover that day.
        """
        on = asking.pop("on", None)
        found = questions.reaching_back(
            self.entries("measure", **asking), self._stretches(_asked(asking))
        )
        return tuple(reach for reach in found if on is None or covers(reach.version, on))

    def talks(self, **asking: Unpack[Asking]) -> tuple[Talk, ...]:
        """Return the rounds, each with the measure that came next and after how many days."""
        rounds = self.rounds(**asking)
        asking.pop("on", None)
        measures = self.entries("measure", **asking)
        return questions.talks(rounds, measures, self._stretches(_asked(asking)))

    def frame(self, entries: Iterable[Entry]) -> pd.DataFrame:
        """Return entries as a table, one row each, with the fields of their records."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "entry_id": entry.entry_id,
                    "title": entry.title,
                    "published": entry.published,
                    **encode(entry.record),
                    "sources": tuple(source.address for source in entry.sources),
                }
                for entry in entries
            ]
        )

    def _said(self, kind: str, **asking: Unpack[Asking]) -> tuple[Entry, ...]:
        on = asking.get("on")
        found = self.entries(kind, **asking)
        return tuple(entry for entry in found if on is None or said_by_day(entry, on))

    def _subjects(self, *, kind: str | None = None, ids: Sequence[str] = ()) -> dict[str, Subject]:
        found = {
            entry_id: subject
            for entry_id, subject in self._shipped.items()
            if (kind is None or subject.type == kind) and (not ids or entry_id in ids)
        }
        if self._database is not None:
            from parley.ledger._rows import subjects

            with self._database.reading() as connection:
                own = subjects(connection, ids=ids or None, kind=kind)
            for entry_id, subject in own.items():
                beneath = found.get(entry_id)
                found[entry_id] = subject if beneath is None else beneath.and_also(subject)
        return found

    def _stretches(self, asked: Asked) -> dict[str, tuple[Version, ...]]:
        return {
            entry_id: versions(subject, asked)
            for entry_id, subject in self._subjects(kind="measure").items()
        }

    def _subject(self, entry_id: str) -> Subject:
        found = self._subjects(ids=(entry_id,))
        if entry_id not in found:
            raise LedgerError(f"there is no entry {entry_id!r} in the ledger")
        return found[entry_id]


def _asked(asking: AsKnown) -> Asked:
    return Asked(
        known=asking.get("known"),
        clock=asking.get("clock", "published"),
        profile=asking.get("profile", "legal"),
    )


def _why_none(subject: Subject, known: date | None) -> str:
    taken_back = [claim for claim in subject.claims if claim.status == "retracted"]
    if known is None and taken_back:
        return f"entry {subject.entry_id} was taken back: {taken_back[-1].why}"
    return f"entry {subject.entry_id} was not known by {known}"


def _place_in_history(claim: Claim) -> tuple[date, str, date, int]:
    return claim.published or date.min, claim.field, claim.start or date.min, claim.revision
