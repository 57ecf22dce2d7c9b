"""Tables as they are published, in small: what is read, what is refused and by how much."""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from parley import world
from parley.errors import DataError, InputError, LabelError

SHARED = Path(__file__).parents[3] / "shared" / "data" / "world"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/world")

LABELS = {
    "name": "long",
    "year": 2020,
    "goods": ("A", "C"),
    "elasticities": world.published(("A", "C", "G"), horizon="long"),
    "elasticities_short": world.published(("A", "C", "G"), horizon="short"),
    "source": "made for a test",
    "licence": "none",
}
EDITIONS = {
    "2021": {"sectors": ("01T02", "10T12", "35"), "added": "VALU", "total": "TOTAL"},
    "2023": {"sectors": ("A01_02", "C10T12", "D"), "added": "VA", "total": "OUT"},
}


def icio(edition: str, *, extended: bool = False) -> pd.DataFrame:
    """Return a table of two economies and three sectors in the layout of an edition."""
    rng = np.random.default_rng(5)
    sectors = EDITIONS[edition]["sectors"]
    economies = ("USA", "CN1", "CN2") if extended else ("USA", "CHN")
    nodes = [f"{economy}_{sector}" for economy in economies for sector in sectors]
    final = ("USA", "CHN")
    uses = [f"{economy}_{use}" for economy in final for use in ("HFCE", "GFCF", "INVNT")]
    table = pd.DataFrame(
        rng.uniform(1, 5, (len(nodes), len(nodes) + len(uses))), index=nodes, columns=nodes + uses
    )
    table.loc[:, [use for use in uses if "INVNT" not in use]] *= 30
    table.loc[nodes[0], "USA_INVNT"] = -7.0
    total = EDITIONS[edition]["total"]
    table[total] = table.sum(axis=1)
    inputs = table.loc[nodes, nodes].sum()
    table.loc[EDITIONS[edition]["added"], nodes] = table.loc[nodes, total] - inputs
    table.loc["OUT"] = table.sum()
    table.index.name = "V1"
    return table


@pytest.mark.parametrize("edition", ["2021", "2023"])
def test_icio_of_an_edition(tmp_path: Path, edition: str) -> None:
    icio(edition).to_csv(tmp_path / "table.csv")
    read = world.read_icio(tmp_path / "table.csv", year=2019)
    assert read.economies == ("CHN", "USA")
    assert [sector[0] for sector in read.sectors] == ["A", "C", "D"]
    assert read.goods == read.sectors[:2]
    assert "left out" in read.notes[0]


def test_icio_without_stocks_keeps_input_coefficients(tmp_path: Path) -> None:
    table = icio("2023")
    table.to_csv(tmp_path / "table.csv")
    read = world.read_icio(tmp_path / "table.csv", year=2019)
    uses = table.loc[["USA_D", "CHN_D"], "USA_A01_02"].sum()
    n, k, s = read.economy("USA"), read.sector("D"), read.sector("A01_02")
    coefficient = read.input_use[n, k, s] / read.output[n, s]
    assert coefficient == pytest.approx(uses / table.loc["USA_A01_02", "OUT"])


def test_parts_of_china_are_added_up(tmp_path: Path) -> None:
    table = icio("2023", extended=True)
    table.to_csv(tmp_path / "table.csv")
    read = world.read_icio(tmp_path / "table.csv", year=2019)
    assert read.economies == ("CHN", "USA")
    consumed = table.loc[["CN1_D", "CN2_D"], ["USA_HFCE", "USA_GFCF"]].sum().sum()
    assert read.final[read.economy("USA"), read.economy("CHN"), read.sector("D")] == pytest.approx(
        consumed
    )


def test_icio_that_does_not_add_up_says_by_how_much(tmp_path: Path) -> None:
    table = icio("2023")
    table.loc["CHN_D", "OUT"] += 12.5
    table.to_csv(tmp_path / "table.csv")
    with pytest.raises(DataError, match=r"row CHN D sells .*\(a gap of 12\.5\); 1 of 6 rows"):
        world.read_icio(tmp_path / "table.csv", year=2019)


def test_icio_with_an_unknown_row_is_refused(tmp_path: Path) -> None:
    table = icio("2023")
    table.loc["SURPLUS"] = 1.0
    table.to_csv(tmp_path / "table.csv")
    with pytest.raises(DataError, match="row 'SURPLUS' is no industry, factor or total"):
        world.read_icio(tmp_path / "table.csv", year=2019)


def wiod_2016() -> pd.DataFrame:
    """Return a table of two economies in the layout of the 2016 release."""
    rng = np.random.default_rng(2)
    economies, industries = ("USA", "ROW"), [f"A{n:02d}" for n in range(1, 57)]
    frame = pd.DataFrame(
        [(code, economy, n + 1) for economy in economies for n, code in enumerate(industries)],
        columns=["IndustryCode", "Country", "RNr"],
    )
    names = [f"v{economy}{number}" for economy in economies for number in range(1, 62)]
    high = np.array([0.01 if number <= 56 else 20.0 for _ in economies for number in range(1, 62)])
    cells = pd.DataFrame(rng.uniform(0, high, (len(frame), len(names))), columns=names)
    frame = pd.concat([frame, cells, cells.sum(axis=1).rename("TOT")], axis=1)
    added = pd.DataFrame([{"IndustryCode": "VA", "Country": "TOT", "RNr": 70}])
    return pd.concat([frame, added], ignore_index=True)


def test_wiod_2016_layout(tmp_path: Path) -> None:
    wiod_2016().to_csv(tmp_path / "wiot.csv", index=False)
    codes = tuple(["A"] * 56)
    long, short = (world.published(codes, horizon=h) for h in ("long", "short"))
    read = world.read_wiod_2016(
        tmp_path / "wiot.csv", year=2014, elasticities=long, elasticities_short=short
    )
    assert (len(read.economies), len(read.sectors)) == (2, 56)
    assert read.goods == read.sectors


@needs_shared
def test_wiod_2013_totals() -> None:
    read = world.read_wiod_2013(SHARED / "wiod-2013" / "wiot_2011.npz", year=2011)
    assert (len(read.economies), len(read.sectors)) == (41, 35)
    goods = read.trade()[:, :, :16].sum(axis=2) / 1e3
    us, china = read.economy("USA"), read.economy("CHN")
    assert goods[china, us] == pytest.approx(124.4, rel=0.03)  # with stocks 124.4
    assert goods[us, china] == pytest.approx(360.5, rel=0.03)
    assert "+592.6 net" in read.notes[1]


def long_table() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    rows = [
        (n, i, s, user, rng.uniform(30, 50) if user == "final" else rng.uniform(0, 3))
        for n in ("USA", "CHN")
        for i in ("USA", "CHN")
        for s in ("A", "C", "G")
        for user in ("A", "C", "G", "final")
    ]
    return pd.DataFrame(rows, columns=["importer", "exporter", "sector", "user", "value_usd_mn"])


@pytest.mark.parametrize("form", ["csv", "parquet", "frame", "dataset"])
def test_long_table_in_each_form(tmp_path: Path, form: str) -> None:
    frame = long_table()
    if form == "csv":
        frame.to_csv(tmp_path / "table.csv", index=False)
    elif form == "parquet":
        duckdb.from_df(frame).write_parquet(str(tmp_path / "table.parquet"))
    tables = {
        "frame": frame,
        "dataset": frame.set_index(list(frame.columns[:4])).to_xarray(),
    }
    read = world.read_long(tables.get(form, tmp_path / f"table.{form}"), **LABELS)  # type: ignore[arg-type]
    assert read.flows.sum() == pytest.approx(frame["value_usd_mn"].sum())
    one = frame.query("importer == 'USA' and exporter == 'CHN' and sector == 'C'")
    bought = read.flows[read.economy("USA"), read.economy("CHN"), read.sector("C")]
    assert bought == pytest.approx(one["value_usd_mn"].sum())


def test_long_table_against_output() -> None:
    frame = long_table()
    output = (frame.groupby(["exporter", "sector"])["value_usd_mn"].sum().reset_index()).set_axis(
        ["economy", "sector", "output_usd_mn"], axis=1
    )
    world.read_long(frame, output=output, **LABELS)  # type: ignore[arg-type]
    output.loc[0, "output_usd_mn"] -= 3.0
    with pytest.raises(DataError, match=r"CHN A sells .* \(a gap of 3\); 1 of 6 sectors"):
        world.read_long(frame, output=output, **LABELS)  # type: ignore[arg-type]


def test_long_table_with_a_repeated_key_is_refused() -> None:
    frame = long_table()
    with pytest.raises(DataError, match="USA x USA x A x A stands in the table twice"):
        world.read_long(pd.concat([frame, frame.head(1)]), **LABELS)  # type: ignore[arg-type]


def test_long_table_with_a_gap_is_refused() -> None:
    frame = long_table()
    frame.loc[3, "value_usd_mn"] = np.nan
    with pytest.raises(DataError, match="USA x USA x A x final: value_usd_mn is nan"):
        world.read_long(frame, **LABELS)  # type: ignore[arg-type]


def test_long_table_without_a_column_is_refused() -> None:
    with pytest.raises(DataError, match="no column user"):
        world.read_long(long_table().drop(columns="user"), **LABELS)  # type: ignore[arg-type]


def test_long_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: no such file"):
        world.read_long(tmp_path / "none.csv", **LABELS)  # type: ignore[arg-type]


def duty(exporter: str, sector: str, tariff: float) -> pd.DataFrame:
    row = {"importer": "USA", "exporter": exporter, "sector": sector, "tariff": tariff}
    return pd.DataFrame([row])


def test_duties_of_a_user_are_known_and_the_rest_stays() -> None:
    g20 = world.load("g20-2019")
    with_duty = world.read_duties(g20, duty("DEU", "C", 0.05), source="a test")
    cell = g20.economy("USA"), g20.economy("DEU"), g20.sector("C")
    assert with_duty.tariff[cell] == 0.05
    other = g20.economy("USA"), g20.economy("CHN"), g20.sector("C")
    assert with_duty.tariff[other] == g20.tariff[other]
    assert "Base duties: a test" in with_duty.notes


def test_duty_of_zero_is_known() -> None:
    g20 = world.load("g20-2019")
    frame = duty("DEU", "C", 0.0).assign(importer="JPN")
    with_duty = world.read_duties(g20, frame, source="a test", keep=False)
    assert with_duty.tariff_known[g20.economy("JPN"), g20.economy("DEU"), g20.sector("C")]
    assert not with_duty.tariff_known[g20.economy("USA"), g20.economy("CHN"), g20.sector("C")]


def test_duty_on_a_service_is_refused() -> None:
    with pytest.raises(DataError, match="duty of 0.05 of USA on DEU in G"):
        world.read_duties(world.load("g20-2019"), duty("DEU", "G", 0.05), source="a test")


def test_duty_on_an_unknown_economy_is_named() -> None:
    with pytest.raises(LabelError, match="exporter 'VNM' is not in the world"):
        world.read_duties(world.load("g20-2019"), duty("VNM", "C", 0.05), source="a test")


def trade_table() -> pd.DataFrame:
    rows = [("USA", "CHN", "C", 20.0), ("CHN", "USA", "C", 10.0)]
    return pd.DataFrame(rows, columns=["importer", "exporter", "sector", "value_usd_mn"])


def one_sector() -> dict[str, object]:
    horizons = {"elasticities": "long", "elasticities_short": "short"}
    return LABELS | {
        "goods": ("C",),
        **{field: world.published(("C",), horizon=h) for field, h in horizons.items()},  # type: ignore[arg-type]
    }


def test_trade_with_gdp_spends_the_rest_at_home() -> None:
    gdp = pd.DataFrame({"economy": ["USA", "CHN"], "gdp_usd_mn": [100.0, 80.0]})
    read = world.read_trade(trade_table(), gdp=gdp, **one_sector())
    np.testing.assert_allclose(read.value_added[:, 0], [100, 80])
    assert read.flows[1, 1, 0] == 60
    np.testing.assert_allclose(read.trade_deficit, [10, -10])


def test_trade_without_purchases_at_home_needs_gdp() -> None:
    with pytest.raises(DataError, match="USA buys nothing from its own producers"):
        world.read_trade(trade_table(), **one_sector())


def test_exports_above_gdp_are_refused() -> None:
    gdp = pd.DataFrame({"economy": ["USA", "CHN"], "gdp_usd_mn": [100.0, 15.0]})
    with pytest.raises(DataError, match=r"exports of CHN exceed its GDP of 15\.0+ by 5\.0+"):
        world.read_trade(trade_table(), gdp=gdp, **one_sector())


def test_trade_with_purchases_at_home_is_the_world() -> None:
    home = trade_table().assign(importer=["CHN", "USA"], value_usd_mn=[60.0, 90.0])
    read = world.read_trade(pd.concat([trade_table(), home]), **one_sector())
    assert read.output[read.economy("CHN"), 0] == 80
