"""The ledger's face: questions on any date, as known on any date, and what it takes in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from parley.errors import LedgerError
from parley.ledger import _questions as questions
from parley.ledger._claims import BY_NAME, Asked, Subject, knowable, resolve, versions
from parley.ledger._match import Match, matches
from parley.ledger._shipped import shipped as shipped_record
from parley.records import Claim, Entry, Measure, Round, Source, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from parley.ledger._database import Database
    from parley.ledger._facts import Fact
    from parley.ledger._questions import Expiry, Promise, Reach, Talk
    from parley.ledger._writing import Status
    from parley.records import (
        Article,
        Clock,
        Draft,
        MeasureState,
        Profile,
        Rank,
        Record,
        Version,
    )

Between: TypeAlias = "Sequence[str] | None"

_OVER = ("expired", "withdrawn", "struck_down")  # a measure in one of these no longer holds


class Ledger:
    """The sourced record: the shipped one beneath, and on top the user's own if there is one.

    Every question takes `on` (what holds on that day), `known` (as known by then, None for all
    that is known), `clock` (known by publication, or by when it was recorded) and `profile`
    (the legal text, or what customs collected). See `parley.ledger._claims` for the rule by
    which claims become a record.
    """

    def __init__(self, *, database: Database | None, shipped: bool) -> None:
        self._database = database
        self._shipped = shipped_record() if shipped else {}

    @classmethod
    def open(
        cls, where: str | Path | None = None, *, shipped: bool = True, create: bool = False
    ) -> Ledger:
        """Return the ledger at a path or URL; without one, the shipped record alone.

        Raises
        ------
        LedgerError
            When there is no ledger and `create` is off, or what is there cannot be used.
        """
        if where is None:
            return cls(database=None, shipped=shipped)
        from parley.ledger._database import open_database

        return cls(database=open_database(where, create=create), shipped=shipped)

    def close(self) -> None:
        """Let go of the user's file or server."""
        if self._database is not None:
            self._database.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # ----------------------------------------------------------------- questions

    def on(
        self,
        day: date,
        known: date | None = None,
        clock: Clock = "published",
        profile: Profile = "legal",
        between: Between = None,
    ) -> tuple[Entry, ...]:
        """Return the measures and agreements that hold on a day, threats and plans included."""
        measures = self.measures(on=day, known=known, clock=clock, profile=profile, between=between)
        agreements = self.entries(
            "agreement", on=day, known=known, clock=clock, profile=profile, between=between
        )
        holding = [entry for entry in measures if _state(entry, day) not in _OVER]
        return (*holding, *(entry for entry in agreements if _stands(entry, day)))

    def measures(  # noqa: PLR0913 - the filters of one query
        self,
        *,
        on: date | None = None,
        known: date | None = None,
        clock: Clock = "published",
        profile: Profile = "legal",
        between: Between = None,
        kind: str | None = None,
        state: MeasureState | None = None,
    ) -> tuple[Entry, ...]:
        """Return the measures; with `on` only those that have a state on that day."""
        found = self.entries(
            "measure", on=on, known=known, clock=clock, profile=profile, between=between
        )
        return tuple(
            entry
            for entry in found
            if isinstance(entry.record, Measure)
            and (kind is None or entry.record.kind == kind)
            and (on is None or _state(entry, on) is not None)
            and (state is None or _state(entry, on) == state)
        )

    def rounds(
        self, *, between: Between = None, known: date | None = None, **asked: object
    ) -> tuple[Entry, ...]:
        """Return the rounds of talks by date."""
        found = self.entries("round", between=between, known=known, **asked)  # type: ignore[arg-type]  # passed on as given
        return tuple(sorted(found, key=_round_start))

    def commitments(
        self, *, between: Between = None, known: date | None = None, **asked: object
    ) -> tuple[Entry, ...]:
        """Return what the parties promised."""
        return self.entries("commitment", between=between, known=known, **asked)  # type: ignore[arg-type]  # passed on as given

    def assessments(
        self, commitment: str | None = None, *, known: date | None = None, **asked: object
    ) -> tuple[Entry, ...]:
        """Return the accounts of one commitment, or of all: each speaker's stands by itself."""
        found = self.entries("assessment", known=known, **asked)  # type: ignore[arg-type]  # passed on as given
        return tuple(
            entry
            for entry in found
            if commitment is None or getattr(entry.record, "commitment", "") == commitment
        )

    def entries(
        self,
        kind: str,
        *,
        on: date | None = None,
        known: date | None = None,
        clock: Clock = "published",
        profile: Profile = "legal",
        between: Between = None,
    ) -> tuple[Entry, ...]:
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
        asked = Asked(known=known, clock=clock, profile=profile)
        found = (resolve(subject, asked, on=on) for subject in self._subjects(kind=kind).values())
        return tuple(
            entry
            for entry in found
            if entry is not None and (between is None or _concerns(entry.record, set(between)))
        )

    def entry(
        self,
        entry_id: str,
        *,
        on: date | None = None,
        known: date | None = None,
        clock: Clock = "published",
        profile: Profile = "legal",
    ) -> Entry:
        """Return one entry.

        Raises
        ------
        LedgerError
            When there is none of that id, or it was not known by then.
        """
        asked = Asked(known=known, clock=clock, profile=profile)
        found = resolve(self._subject(entry_id), asked, on=on)
        if found is None:
            raise LedgerError(f"entry {entry_id} was not known by {known}")
        return found

    def versions(
        self,
        entry_id: str,
        *,
        known: date | None = None,
        clock: Clock = "published",
        profile: Profile = "legal",
    ) -> tuple[Version, ...]:
        """Return how an entry changes over time, as known: half-open stretches of days."""
        asked = Asked(known=known, clock=clock, profile=profile)
        return versions(self._subject(entry_id), asked)

    def history(
        self, entry_id: str, *, known: date | None = None, clock: Clock = "published"
    ) -> tuple[Claim, ...]:
        """Return every claim ever recorded about an entry, unresolved, as it became known."""
        claims = [
            claim
            for claim in self._subject(entry_id).claims
            if known is None or knowable(claim, clock) <= known
        ]
        return tuple(
            sorted(
                claims,
                key=lambda claim: (
                    claim.published or date.min,
                    claim.field,
                    claim.start or date.min,
                    claim.revision,
                ),
            )
        )

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

    def promises(
        self, *, between: Between = None, known: date | None = None, clock: Clock = "published"
    ) -> tuple[Promise, ...]:
        """Return the board of promises: who promised what, and each speaker's account of it."""
        found = {
            kind: self.entries(kind, known=known, clock=clock)
            for kind in ("commitment", "assessment", "accusation")
        }
        wanted = found["commitment"]
        if between is not None:
            wanted = tuple(one for one in wanted if _concerns(one.record, set(between)))
        return questions.promises(wanted, found["assessment"], found["accusation"])

    def expiring(
        self,
        *,
        on: date,
        within: int = 90,
        known: date | None = None,
        between: Between = None,
        profile: Profile = "legal",
    ) -> tuple[Expiry, ...]:
        """Return what ends in the `within` days from `on`, and what returns if nobody acts."""
        asked = Asked(known=known, profile=profile)
        entries = [
            entry
            for kind in ("measure", "agreement", "commitment")
            for entry in self.entries(kind, known=known, profile=profile, between=between)
        ]
        return questions.expiries(entries, self._stretches(asked), on=on, within=within)

    def never_applied(
        self, *, by: date | None = None, known: date | None = None, between: Between = None
    ) -> tuple[Entry, ...]:
        """Return the measures that were announced or threatened and never came into force."""
        asked = Asked(known=known)
        measures = self.entries("measure", known=known, between=between)
        return questions.never_applied(measures, self._stretches(asked), by=by)

    def reaching_back(
        self, *, known: date | None = None, between: Between = None
    ) -> tuple[Reach, ...]:
        """Return the versions of measures that were in force before their act was signed."""
        asked = Asked(known=known)
        measures = self.entries("measure", known=known, between=between)
        return questions.reaching_back(measures, self._stretches(asked))

    def talks(self, *, known: date | None = None, between: Between = None) -> tuple[Talk, ...]:
        """Return the rounds, each with the measure that came next and after how many days."""
        asked = Asked(known=known)
        rounds = self.rounds(known=known, between=between)
        measures = self.entries("measure", known=known, between=between)
        return questions.talks(rounds, measures, self._stretches(asked))

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

    # ----------------------------------------------------------------- what it takes in

    def save(
        self, article: Article, drafts: Iterable[Draft], *, by: str, rank: Rank = "press"
    ) -> tuple[str, ...]:
        """Store a page's text and its drafts as proposals; return their ids. Twice is as once.

        A text that is nearly the same as one in the ledger joins its group of witnesses.

        Raises
        ------
        LedgerError
            When the words of a draft do not stand in the text where it says.
        """
        from parley.ledger._writing import save_capture, save_proposals

        with self._own().writing("save", agent=by, note=article.address) as activity:
            source = save_capture(activity, article, rank=rank)
            return save_proposals(activity, source, article.text, drafts)

    def proposals(self) -> tuple[tuple[str, Draft, str], ...]:
        """Return the proposals that nobody decided on: id, draft, id of the source."""
        from parley.ledger._writing import proposals

        return proposals(self._own())

    def accept(
        self,
        proposal_id: str,
        *,
        by: str,
        title: str = "",
        act: str = "",
        acted: date | None = None,
        why: str = "",
    ) -> str:
        """Make a proposal a new entry and return its id."""
        return self._take(proposal_id, by=by, into=None, title=title, act=act, acted=acted, why=why)

    def merge(
        self,
        proposal_id: str,
        entry_id: str,
        *,
        by: str,
        act: str = "",
        acted: date | None = None,
        why: str = "",
    ) -> str:
        """Add what a proposal says to an entry that exists, as claims of the page."""
        return self._take(proposal_id, by=by, into=entry_id, act=act, acted=acted, why=why)

    def reject(self, proposal_id: str, *, by: str, why: str = "") -> None:
        """Record that a proposal is not to be taken."""
        from parley.ledger._writing import decide, pending

        with self._own().writing("reject", agent=by, note=why) as activity:
            pending(activity.connection, proposal_id)
            decide(activity, proposal_id, "rejected", entry_id=None, why=why)

    def add(self, facts: Iterable[Fact], *, by: str) -> tuple[str, ...]:
        """Record facts, all or none, and return the ids of their entries.

        What a source says already is left as it is; where it now says something else, that is
        the next revision of its claims.
        """
        from parley.ledger._writing import record_fact

        with self._own().writing("add", agent=by) as activity:
            return tuple(record_fact(activity, fact)[0] for fact in facts)

    def set_aside(self, entry_id: str, claim_id: str, *, by: str, why: str) -> None:
        """Decide that a claim does not count: it stays visible with the reason, and never wins."""
        self._revise(entry_id, claim_id, by=by, status="set aside", why=why)

    def retract(self, entry_id: str, claim_id: str, *, by: str, why: str) -> None:
        """Take a claim back, by a new revision of its chain."""
        self._revise(entry_id, claim_id, by=by, status="retracted", why=why)

    def correct(
        self, entry_id: str, claim_id: str, *, by: str, why: str, **changes: object
    ) -> None:
        """Correct a claim's value or dates (`value`, `start`, `end`), by a new revision."""
        self._revise(entry_id, claim_id, by=by, status="stands", why=why, **changes)

    # ----------------------------------------------------------------- to and from files

    def export(self, out: str | Path, *, on: date) -> None:
        """Write the record to a file, in the format of its ending.

        ``.jsonl`` holds everything; ``.csv`` and ``.parquet`` are a table of claims; ``.jsonld``
        is PROV-O and Web Annotation; ``.ics`` is a calendar of what ends in the year from `on`.
        """
        from parley.ledger._files import write

        write(self, Path(out), self._subjects().values(), self._database, on=on)

    def take_in(self, file: str | Path, *, by: str, between: Between = None) -> int:
        """Take in a file, all or nothing, and return how many of its lines or facts were new.

        ``.jsonl`` is an export of a ledger, ``.json`` one of the Global Trade Alert, ``.csv`` a
        timeline between two parties.
        """
        from parley.ledger._files import read

        return read(Path(file), self._own(), by=by, between=between)

    # ----------------------------------------------------------------- inside

    def _own(self) -> Database:
        if self._database is None:
            raise LedgerError(
                "the shipped record is read-only. Make a ledger of your own: `parley ledger init`"
            )
        return self._database

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

    def _take(  # noqa: PLR0913 - what a reviewer may add
        self,
        proposal_id: str,
        *,
        by: str,
        into: str | None,
        why: str,
        act: str,
        acted: date | None,
        title: str = "",
    ) -> str:
        from parley.ledger._rows import source_by_id
        from parley.ledger._writing import claims_of, decide, pending, referred, write_record

        verdict = "accepted" if into is None else "merged"
        target = self._subject(into) if into is not None else None
        with self._own().writing(verdict, agent=by, note=why) as activity:
            draft, source_id = pending(activity.connection, proposal_id)
            kind = type(draft.record).__name__.lower()
            if target is not None and target.type != kind:
                raise LedgerError(f"proposal {proposal_id} is a {kind}; {into} is a {target.type}")
            entry_id = into or f"{kind}-{proposal_id}"
            published = source_by_id(activity.connection, source_id).published
            about = Claim(
                field="",
                value=None,
                source=source_id,
                published=published,
                act=act,
                acted=acted or (published if act else None),
                evidence=draft.evidence,
            )
            record = referred(activity.connection, draft, source_id)
            title = target.title if target is not None else title
            write_record(activity, entry_id, kind, title, claims_of(record, about=about))
            decide(activity, proposal_id, verdict, entry_id=entry_id, why=why)
        return entry_id

    def _revise(
        self, entry_id: str, claim_id: str, *, by: str, status: Status, why: str, **changes: object
    ) -> None:
        from parley.ledger._writing import revise

        with self._own().writing(status, agent=by, note=why) as activity:
            subject = self._subject(entry_id)
            if claim_id not in {claim.claim_id for claim in subject.claims}:
                raise LedgerError(f"entry {entry_id} has no claim {claim_id}")
            revise(activity, subject, claim_id, status=status, why=why, changes=changes)


def _state(entry: Entry, on: date | None) -> MeasureState | None:
    if not isinstance(entry.record, Measure) or not entry.record.states:
        return None
    return entry.record.states[-1].state if on is None else entry.record.state_on(on)


def _stands(entry: Entry, day: date) -> bool:
    record = entry.record
    start, end = record.concluded.start, record.expires.start  # type: ignore[union-attr]  # agreements alone come here
    over = getattr(record, "state", "") in ("expired", "superseded", "collapsed")
    return not over and (start is None or start <= day) and (end is None or day < end)


def _round_start(entry: Entry) -> tuple[date, str]:
    record = entry.record
    start = record.when.start if isinstance(record, Round) else None
    return start or date.max, entry.entry_id


def _concerns(record: Record, parties: set[str]) -> bool:
    """Return whether a record is about talks or measures between the parties."""
    sides: list[tuple[str, ...]] = []
    for name in ("parties", "imposer", "targets", "made_by", "made_to", "by", "against"):
        value = getattr(record, name, None)
        if value:
            sides.append(value if isinstance(value, tuple) else (value,))
    named = {code for side in sides for code in side}
    if isinstance(record, Measure):
        others = parties - {record.imposer} - set(record.exempt_partners)
        return record.imposer in parties and bool(
            others & set(record.targets) or (others and "WLD" in record.targets)
        )
    named |= {getattr(record, name, "") for name in ("by_party", "speaker_party")}
    return parties <= named if len(named & parties) > 1 else bool(named & parties)
