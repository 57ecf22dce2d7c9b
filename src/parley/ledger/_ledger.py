"""The ledger's face: what `Answers` answers, and what it takes in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from parley.errors import LedgerError
from parley.ledger._answers import Answers
from parley.records import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from parley.ledger._database import Database
    from parley.ledger._facts import Fact
    from parley.ledger._writing import Status
    from parley.records import Article, Draft, Rank


class Ledger(Answers):
    """The sourced record: the shipped one beneath, and on top the user's own if there is one.

    Every question takes `on` (what holds on that day), `known` (as known by then, None for all
    that is known), `clock` (known by publication, or by when it was recorded) and `profile`
    (the legal text, or what customs collected). See `parley.ledger._claims` for the rule by
    which claims become a record.
    """

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

    def unite(self, entry_id: str, into: str, *, by: str, why: str) -> None:
        """Decide that an entry is the same as another: all that it says becomes the other's.

        Its claims are written again about `into` and taken back where they stood; whatever
        referred to it refers to `into`. Nothing is deleted, and the history of both shows it.

        Raises
        ------
        LedgerError
            When the two are of different kinds, or one source says different things of them.
        """
        from parley.ledger._uniting import unite

        with self._own().writing("unite", agent=by, note=why) as activity:
            unite(activity, self._subjects(), entry_id, into, why=why)

    # ----------------------------------------------------------------- to and from files

    def export(self, out: str | Path, *, on: date) -> None:
        """Write the record to a file, in the format of its ending.

        ``.jsonl`` holds everything; ``.csv`` and ``.parquet`` are a table of claims; ``.jsonld``
        is PROV-O and Web Annotation; ``.ics`` is a calendar of what ends in the year from `on`.
        """
        from parley.ledger._files import write

        write(self, Path(out), self._subjects().values(), self._database, on=on)

    def take_in(self, file: str | Path, *, by: str, between: Sequence[str] | None = None) -> int:
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
