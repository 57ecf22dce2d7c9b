"""From measures of the ledger to the charges that fall on goods, as known on any date."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from parley.duties._lists import DATA
from parley.duties._stack import Charge
from parley.errors import InputError
from parley.records import Measure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from parley.ledger import Ledger
    from parley.records import Clock, Profile, Version

WORLD = "WLD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of the ledger: whose duties, as known when, by which clock and profile."""

    importer: str = "USA"
    known: date | None = None
    clock: Clock = "published"
    profile: Profile = "legal"


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The charges in force on a day, and which measures in force cannot be computed, with why."""

    charges: tuple[Charge, ...]
    not_computed: dict[str, str]
    headlines: tuple[Charge, ...] = ()  # of measures whose list is not at hand
    unknown: tuple[Charge, ...] = ()  # of measures whose rate is not one number

    def missing(self, partner: str | None = None) -> dict[str, str]:
        """Return what is not computed and falls on the goods of `partner`, with why."""
        falling = {
            charge.measure
            for charge in (*self.headlines, *self.unknown)
            if partner is None or charge.falls_on(partner)
        }
        return {name: why for name, why in self.not_computed.items() if name in falling}


@cache
def notes() -> dict[str, Any]:  # Any: values of TOML
    return tomllib.loads((DATA / "stacking.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A measure on imports with its versions, and the sources that no legal text backs."""

    entry_id: str
    title: str
    versions: tuple[Version, ...]
    weak: frozenset[str]  # ids of its sources of the lowest rank

    def is_of(self, names: Collection[str]) -> bool:
        """Return whether the measure or its programme is among `names`."""
        return self.entry_id in names or any(
            isinstance(version.record, Measure) and version.record.instrument in names
            for version in self.versions
        )

    def on(self, day: date) -> Version | None:
        """Return the version that is in force on `day`, or None."""
        for version in self.versions:
            begun = version.start is None or version.start <= day
            if begun and (version.end is None or day < version.end):
                return version if version.state == "in_force" else None
        return None


def acts(ledger: Ledger, asked: Asked) -> tuple[Act, ...]:
    """Return the measures of the importer on imports, as known as asked."""
    how = {"known": asked.known, "clock": asked.clock, "profile": asked.profile}
    found = []
    for entry in ledger.measures(kind="import_tariff", **how):  # type: ignore[arg-type]  # as given
        if not isinstance(entry.record, Measure) or entry.record.imposer != asked.importer:
            continue
        sources = ledger.sources(entry.entry_id)
        found.append(
            Act(
                entry_id=entry.entry_id,
                title=entry.title,
                versions=ledger.versions(entry.entry_id, **how),  # type: ignore[arg-type]  # as given
                weak=frozenset(name for name, source in sources.items() if source.rank == "other"),
            )
        )
    return tuple(found)


def require_covered(ledger: Ledger, day: date, *, importer: str = "USA") -> None:
    """Refuse a day before the first that the record covers.

    Raises
    ------
    InputError
        When no measure of `importer` in the record is as old as `day`; the first day is named.
    """
    first = min(edges(acts(ledger, Asked(importer=importer))), default=day)
    if day < first:
        raise InputError(
            f"{day}: the record of duties of {importer} begins on {first}; ask for a later day"
        )


def in_force(among: Iterable[Act], day: date, *, loaded: date | None = None) -> InForce:
    """Return the charges in force on `day`, those with a list apart from those without.

    Goods that were `loaded` before a duty began or rose, and entered in time, pay what was
    charged before.
    """
    known = notes()
    charges, headlines, unknown, reasons = [], [], [], {}
    for act in among:
        version = act.on(_day_of_rate(act, day, loaded))
        if version is None or act.entry_id in known["parts"]:
            continue
        charge = _charge(act, version)
        measure = version.record
        assert isinstance(measure, Measure)
        rate = measure.rate
        if rate.kind not in ("ad_valorem", "floor", "quota") or rate.ad_valorem is None:
            reasons[act.entry_id] = f"its rate is {rate.kind.replace('_', ' ')}: {rate.words}"
            unknown.append(charge)
        elif act.entry_id in known["not_listed"]:
            reasons[act.entry_id] = known["not_listed"][act.entry_id]
            headlines.append(charge)
        elif not (charge.products or charge.covers_all):
            reasons[act.entry_id] = "there is no product list of it here"
            headlines.append(charge)
        else:
            charges.append(charge)
    return InForce(
        charges=tuple(charges),
        not_computed=reasons,
        headlines=tuple(headlines),
        unknown=tuple(unknown),
    )


def _day_of_rate(act: Act, day: date, loaded: date | None) -> date:
    """Return the day whose rate an entry pays: an earlier one for goods in transit."""
    if loaded is None:
        return day
    before = [
        clause["from"] - timedelta(days=1)
        for clause in notes()["transit"]
        if loaded < clause["from"] <= day < clause["entered_before"]
        and act.is_of(clause["measures"])
    ]
    return min(before, default=day)


def edges(among: Iterable[Act]) -> set[date]:
    """Return the days on which a version of a measure begins or ends."""
    return {
        day
        for act in among
        for version in act.versions
        for day in (version.start, version.end)
        if day is not None
    }


def _charge(act: Act, version: Version) -> Charge:
    measure = version.record
    assert isinstance(measure, Measure)
    targets = frozenset(measure.targets)
    return Charge(
        measure=act.entry_id,
        family=measure.instrument or act.entry_id,
        rate=measure.rate.ad_valorem or 0.0,
        kind=measure.rate.kind if measure.rate.kind in ("floor", "quota") else "ad_valorem",
        in_quota=measure.rate.in_quota or 0.0,
        products=measure.scope.product_list,
        partners=None if WORLD in targets else targets,
        exempt=frozenset(measure.exempt_partners),
        title=act.title,
        law=measure.legal_basis,
        covers_all=not measure.scope.hs and measure.scope.words.startswith("all goods"),
        single_source=len(version.sources) == 1 and set(version.sources) <= act.weak,
    )
