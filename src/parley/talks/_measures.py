"""From measures and duties of the record to a table: what is priced, and what is not and why."""

from __future__ import annotations

import csv
import math
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, TypeAlias, cast

from parley.errors import InputError
from parley.records import Measure
from parley.talks._instrument import KINDS, LEAST, LIMITS, Instrument, InstrumentKind
from parley.talks._table import NotPriced, Table, Unsized

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from parley.equilibrium import Use
    from parley.records import DutyCell, DutyTable, Entry

_TARIFFS = ("import_tariff", "tariff_suspension")
_OVER = ("expired", "withdrawn", "struck_down")
_ALL = "WLD"

NO_ROW = "no row of talks/instruments.csv covers it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row of ``instruments.csv``: what stands for a kind of measure on a product."""

    kind: str
    product: tuple[str, ...]  # words, one of which the scope names; () is any
    instrument: InstrumentKind | None
    sectors: tuple[str, ...]
    use: Use | None
    rent: str
    setting: float | None
    span: tuple[float, float] | None
    source: str
    note: str

    def covers(self, measure: Measure) -> bool:
        """Return whether the row is about this measure."""
        words = measure.scope.words.casefold()
        named = not self.product or any(word.casefold() in words for word in self.product)
        return self.kind == measure.kind and named


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rows of ``instruments.csv``."""
    text = (resources.files("parley.talks") / "instruments.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(_rule(row) for row in csv.DictReader(lines))


def _rule(row: dict[str, str]) -> Rule:
    if row["setting"] and not row["source"]:
        raise InputError(f"instruments.csv: the setting of {row['product']!r} has no source")
    span = (float(row["low"]), float(row["high"])) if row["low"] and row["high"] else None
    return Rule(
        kind=row["kind"],
        product=tuple(row["product"].split("|")) if row["product"] else (),
        instrument=_kind(row["instrument"]),
        sectors=tuple(row["sector"].split()),
        use=cast("Use | None", row["use"] or None),
        rent=row["rent"],
        setting=float(row["setting"]) if row["setting"] else None,
        span=span,
        source=row["source"],
        note=row["note"],
    )


def _kind(word: str) -> InstrumentKind | None:
    for kind in KINDS:
        if kind == word:
            return kind
    if word:
        raise InputError(f"instruments.csv: no instrument {word!r}; there are {', '.join(KINDS)}")
    return None


def why_not_priced(measure: Measure) -> str:
    """Return why a measure other than a tariff has no price of its own, in words.

    Examples
    --------
    >>> why_not_priced(Measure(imposer="USA", kind="entity_listing"))
    'a listing falls on firms, and the world has none'
    """
    rule = next((rule for rule in rules() if rule.covers(measure)), None)
    return NO_ROW if rule is None else rule.note


def table_from_measures(  # noqa: PLR0913 - the options of one question
    measures: Iterable[Entry],
    duties: Iterable[DutyTable],
    *,
    between: Sequence[str],
    on: date,
    without_deal: Iterable[DutyTable],
    bounds: tuple[float, float],
    base_year: int | None,
) -> Table:
    """Return the table of what the record holds; see `Table.from_measures`."""
    after = _rates(without_deal, between)
    tariffs = _duties(duties, after, between=between, bounds=bounds)
    inside = {name for one, _ in tariffs for name in one.measures}
    others = [
        item
        for entry in measures
        if isinstance(entry.record, Measure) and entry.entry_id not in inside
        for item in _items(entry, entry.record, between, on=on, base_year=base_year)
    ]
    sized = [item for item in others if isinstance(item, Instrument)]
    if not tariffs and not sized:
        raise InputError(
            f"no duty and no other setting between {' and '.join(between)} on {on}: there is "
            "nothing to deal in"
        )
    instruments = (*(one for one, _ in tariffs), *sized)
    returning = {one.name: rate for one, rate in tariffs}
    table = Table(
        instruments=instruments,
        parties=tuple(between),
        unsized=tuple(item for item in others if isinstance(item, Unsized)),
        not_priced=tuple(item for item in others if isinstance(item, NotPriced)),
    )
    return replace(table, without_deal=table.status_quo.but(returning)) if after else table


_Flow: TypeAlias = tuple[str, str, str]  # importer, exporter, sector


def _rates(duties: Iterable[DutyTable], between: Sequence[str]) -> dict[_Flow, float]:
    return {
        (cell.importer, cell.exporter, cell.sector): cell.tariff
        for table in duties
        for cell in table.cells
        if cell.importer in between and cell.exporter in between
    }


def _duties(
    duties: Iterable[DutyTable],
    after: dict[_Flow, float],
    *,
    between: Sequence[str],
    bounds: tuple[float, float],
) -> list[tuple[Instrument, float]]:
    """Return the duties, each with its rate without a deal; sectors with the same rates are one."""
    groups: dict[tuple[str, str, InstrumentKind, float, float], list[DutyCell]] = {}
    for table in duties:
        kind: InstrumentKind = "duty" if table.basis == "total" else "duty_points"
        for cell in table.cells:
            flow = (cell.importer, cell.exporter, cell.sector)
            if cell.importer not in between or cell.exporter not in between:
                continue
            if after and flow not in after:
                raise InputError(
                    f"the duty of {flow[0]} on {flow[1]} in {flow[2]} on {table.on} has no rate "
                    "without a deal; give tables of both days with the same cells"
                )
            rates = cell.tariff, after.get(flow, cell.tariff)
            groups.setdefault((flow[0], flow[1], kind, *rates), []).append(cell)
    alone = Counter(key[:2] for key in groups)
    return [
        (_duty(key, cells, bounds, is_alone=alone[key[:2]] == 1), key[4])
        for key, cells in groups.items()
    ]


def _duty(
    key: tuple[str, str, InstrumentKind, float, float],
    cells: list[DutyCell],
    bounds: tuple[float, float],
    *,
    is_alone: bool,
) -> Instrument:
    owner, partner, kind, rate, returning = key
    whole = Instrument(
        owner=owner,
        partners=(partner,),
        kind=kind,
        setting=rate,
        low=min(bounds[0], rate, returning),
        high=max(bounds[1], rate, returning),
        measures=tuple(dict.fromkeys(name for cell in cells for name in cell.measures)),
        source="the record",
    )
    sectors = tuple(cell.sector for cell in cells)
    return replace(whole, sectors=sectors, name=whole.name if is_alone else "")


def _items(
    entry: Entry, measure: Measure, between: Sequence[str], *, on: date, base_year: int | None
) -> list[Instrument | Unsized | NotPriced]:
    """Return what a measure other than the duties is at this table: nothing, or one item."""
    state = measure.state_on(on)
    owners = [party for party in between if party in (measure.imposer, *measure.on_behalf)]
    partners = tuple(
        party for party in between if party not in owners and {party, _ALL} & set(measure.targets)
    )
    if not owners or not partners or state is None or state in _OVER:
        return []
    entry_id, title = entry.entry_id, entry.title or entry.entry_id
    if measure.kind in _TARIFFS:
        reason = _why_no_duty(measure, state, base_year)
        return [NotPriced(item=title, measure=entry_id, reason=reason)]
    rule = next((rule for rule in rules() if rule.covers(measure)), None)
    if rule is None or rule.instrument is None:
        reason = NO_ROW if rule is None else rule.note
        return [NotPriced(item=title, measure=entry_id, reason=reason)]
    return [_priced(rule, rule.instrument, owners[0], partners, name=title, measure=entry_id)]


def _why_no_duty(measure: Measure, state: str, base_year: int | None) -> str:
    """Return why a tariff that is not behind any duty of the table has no number."""
    if state != "in_force":
        return f"a tariff {state.replace('_', ' ')}, not in force"
    began = [one.start for one in measure.states if one.state == "in_force" and one.start]
    if base_year is not None and began and min(began).year <= base_year:
        return f"part of the base duties of {base_year}"
    return "covers some products only, and their rate is not in the duties"


def _priced(
    rule: Rule,
    kind: InstrumentKind,
    owner: str,
    partners: tuple[str, ...],
    *,
    name: str,
    measure: str,
) -> Instrument | Unsized:
    is_limit = kind in LIMITS
    found = Instrument(
        owner=owner,
        partners=partners,
        kind=kind,
        setting=math.inf if is_limit else 0.0,
        low=LEAST if is_limit else 0.0,
        high=math.inf if is_limit else 1.0,
        sectors=rule.sectors,
        use=rule.use,
        rent=rule.rent,
        measures=(measure,),
        name=name,
    )
    if rule.setting is not None:
        return replace(found, setting=rule.setting, source=rule.source)
    return Unsized(instrument=found, span=rule.span, note=rule.note)
