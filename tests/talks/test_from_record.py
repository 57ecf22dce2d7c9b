"""From measures and duties to a table: instruments, what has no size, what is not priced."""

from __future__ import annotations

from datetime import date

import pytest

from parley import talks
from parley.errors import InputError, LabelError
from parley.records import DatedState, DutyCell, DutyTable, Entry, Measure, Rate, Scope
from parley.talks._measures import NO_ROW, Rule, _priced, rules

DAY = date(2025, 6, 9)
SIDES = ("AAA", "BBB")


def entry(name: str, kind: str, words: str, *, state: str = "in_force", **more: object) -> Entry:
    fields = {"imposer": "AAA", "targets": ("BBB",)} | more
    measure = Measure(
        kind=kind,
        scope=Scope(words=words),
        states=(DatedState(state=state, start=date(2025, 1, 1)),),
        **fields,
    )
    return Entry(entry_id=name, record=measure, sources=(), title=f"title of {name}")


def duties(basis: str = "additional", **rates: float) -> DutyTable:
    cells = tuple(
        DutyCell(importer="AAA", exporter="BBB", sector=sector, tariff=rate, measures=("duty-1",))
        for sector, rate in rates.items()
    )
    return DutyTable(on=DAY, basis=basis, cells=cells)


def made(*measures: Entry, **more: object) -> talks.Table:
    given = {"duties": (duties(A=0.1, C=0.1),)} | more
    return talks.Table.from_measures(measures, between=SIDES, on=DAY, **given)


def test_sectors_with_one_rate_are_one_instrument_with_its_measures() -> None:
    (one,) = made().instruments
    assert (one.name, one.sectors) == ("AAA additional duty on BBB", ("A", "C"))
    assert (one.kind, one.setting, one.measures) == ("duty_points", 0.1, ("duty-1",))
    assert (one.low, one.high) == (0.0, 10.0)


def test_totals_are_levels_and_each_rate_an_instrument() -> None:
    table = made(duties=(duties("total", A=0.1, C=0.3),))
    assert [one.kind for one in table.instruments] == ["duty", "duty"]
    assert table.names == ("AAA duty on BBB, A", "AAA duty on BBB, C")


def test_what_returns_without_a_deal_is_a_deal() -> None:
    table = made(without_deal=(duties(A=1.2, C=1.0),))
    assert table.without_deal is not None
    assert table.without_deal.settings == (1.2, 1.0)
    assert table.status_quo.settings == (0.1, 0.1)


def test_a_duty_without_a_rate_without_a_deal_is_named() -> None:
    with pytest.raises(InputError, match="AAA on BBB in C"):
        made(without_deal=(duties(A=1.2),))


def test_a_table_with_nothing_to_set_is_refused() -> None:
    with pytest.raises(InputError, match="between AAA and BBB on 2025-06-09"):
        made(entry("x", "visa", "students"), duties=())


def test_a_control_without_a_published_size_has_no_setting() -> None:
    visas = entry("visas", "visa", "visas of students")
    table = made(visas)
    (item,) = table.unsized
    assert len(table.instruments) == 1
    assert item.instrument.setting == item.instrument.none
    assert (item.instrument.kind, item.instrument.sectors, item.instrument.use) == (
        "cap",
        ("P",),
        "final",
    )
    assert item.instrument.measures == ("visas",)
    assert item.span is None


def test_the_user_may_size_it() -> None:
    table = made(entry("visas", "visa", "visas of students"), without_deal=(duties(A=1.2, C=1.2),))
    sized = table.sized("title of visas", 0.6)
    assert sized.unsized == ()
    assert sized.status_quo["title of visas"] == 0.6
    assert sized.instruments[-1].source == "given by the user"
    assert sized.without_deal is not None
    assert sized.without_deal["title of visas"] == 0.6
    with pytest.raises(LabelError, match="no instrument 'magnets'"):
        table.sized("magnets", 0.5)


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        (entry("x", "other", "flags of ships of the sea"), "a fee on ships"),
        (entry("x", "export_licence", "tea"), NO_ROW),
        (entry("x", "import_tariff", "coal", rate=Rate()), "covers some products only"),
        (
            entry("x", "import_tariff", "coal", state="threatened"),
            "a tariff threatened, not in force",
        ),
    ],
)
def test_what_no_instrument_stands_for_is_named_with_the_reason(
    measure: Entry, reason: str
) -> None:
    (left,) = made(measure).not_priced
    assert left.item == "title of x"
    assert left.reason.startswith(reason)


@pytest.mark.parametrize(
    "measure",
    [
        entry("duty-1", "import_tariff", "all goods"),  # inside the duties
        entry("x", "visa", "students", targets=("CCC",)),
        entry("x", "visa", "students", imposer="CCC"),
        entry("x", "visa", "students", state="withdrawn"),
        entry("x", "visa", "students", state="expired"),
    ],
)
def test_what_is_counted_elsewhere_or_over_is_no_item(measure: Entry) -> None:
    table = made(measure)
    assert table.unsized == table.not_priced == ()


def test_a_measure_on_all_partners_falls_on_those_at_the_table() -> None:
    (item,) = made(
        entry("x", "export_licence", "rare earths and magnets", targets=("WLD",))
    ).unsized
    assert item.instrument.partners == ("BBB",)
    assert item.instrument.sectors == ("magnets",)


def test_every_rule_says_what_it_does_and_sizes_have_a_source() -> None:
    for rule in rules():
        assert rule.note
        assert rule.setting is None or rule.source
        assert rule.instrument is not None or not (rule.sectors or rule.setting or rule.span)


def rule(**more: object) -> Rule:
    fields = {"kind": "visa", "product": (), "instrument": "cap", "sectors": ("P",), "use": None}
    fields |= {"rent": "", "setting": None, "span": None, "source": "", "note": "why"}
    return Rule(**(fields | more))


def test_a_published_setting_makes_an_instrument_with_its_source() -> None:
    found = _priced(
        rule(setting=0.4, source="a law"), "cap", "AAA", ("BBB",), name="visas", measure="v"
    )
    assert isinstance(found, talks.Instrument)
    assert (found.setting, found.source, found.measures) == (0.4, "a law", ("v",))


def test_a_range_without_a_setting_makes_a_span() -> None:
    found = _priced(rule(span=(0.2, 0.8)), "cap", "AAA", ("BBB",), name="visas", measure="v")
    assert isinstance(found, talks.Unsized)
    assert found.span == (0.2, 0.8)
